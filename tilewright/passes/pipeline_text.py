"""Read a pipeline such as `canonicalize,a2a3{mat-limit=65536 stages=2}`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from xdsl.passes import ModulePass
from xdsl.utils.arg_spec import PipelineLexer, SpecToken, SpecTokenKind
from xdsl.utils.exceptions import ArgSpecParseError
from xdsl.utils.lexer import Span
from xdsl.utils.mlir_lexer import StringLiteral

from tilewright.dialects.diagnostics import SourceLocation, did_you_mean, fail
from tilewright.passes.options import Option, OptionValue, instantiate
from tilewright.passes.pipelines import PIPELINES
from tilewright.passes.registry import PASSES

PIPELINE_FILE = "<pipeline>"
"""What locations call the text of a pipeline."""

_NESTED = {"mlir": "pipeline"}
"""Passes whose braces hold a pipeline of another tool's, in that tool's grammar, and the option that takes it."""


def parse_pipeline(text: str) -> tuple[ModulePass, ...]:
    """Give the passes that a pipeline text names; a named pipeline stands for its passes.

    The grammar is xDSL's: `name{option=value,value option=value},name`; spaces do not matter, and
    an option without a value is true. `mlir{canonicalize,cse}` is short for `mlir{pipeline="canonicalize,cse"}`.

    Raises:
        DiagnosticError: TW0002 for text of another form or an unknown name, TW0003 for an option
            that the pass does not have or a value that does not fit it.
    """
    passes: list[ModulePass] = []
    for element in _elements(_Tokens(text)):
        passes.extend(_passes_of(element))
    return tuple(passes)


@dataclass(frozen=True)
class _Element:
    name: str
    location: SourceLocation
    options: tuple[Option, ...]


def _passes_of(element: _Element) -> tuple[ModulePass, ...]:
    name, where = element.name, element.location
    if (load_pass := PASSES.get(name)) is not None:
        return (instantiate(load_pass(), element.options, where),)
    if (load_pipeline := PIPELINES.get(name)) is not None:
        return instantiate(load_pipeline(), element.options, where).passes()
    hints = did_you_mean(name, [*PASSES, *PIPELINES])
    fail(
        "TW0002",
        f"unknown pass '{name}'",
        where,
        help=(*hints, "'pto-opt --list-passes' prints every pass and pipeline"),
    )


class _Tokens:
    """The tokens of a pipeline text, without spaces."""

    def __init__(self, text: str) -> None:
        lexer = PipelineLexer(text)
        self._tokens: list[SpecToken] = []
        while not self._tokens or self._tokens[-1].kind is not SpecTokenKind.EOF:
            try:
                token = lexer.lex()
            except ArgSpecParseError:
                at = self._tokens[-1].span.end if self._tokens else 0
                at += len(text[at:]) - len(text[at:].lstrip())
                fail("TW0002", f"unexpected '{text[at]}' in the pipeline", _location(at))
            if token.kind is not SpecTokenKind.SPACE:
                self._tokens.append(token)
            if (end := self._nested_end(text)) is not None:
                start = token.span.end
                self._tokens.append(SpecToken(SpecTokenKind.STRING_LIT, Span(start, end, token.span.input)))
                lexer = PipelineLexer(" " * end + text[end:])
        self._next = 0

    def _nested_end(self, text: str) -> int | None:
        """Where another tool's pipeline ends that starts after the last token, None when none starts there."""
        if [token.kind for token in self._tokens[-2:]] != [SpecTokenKind.IDENT, SpecTokenKind.L_BRACE]:
            return None
        name, brace = self._tokens[-2:]
        if (option := _NESTED.get(name.span.text)) is None:
            return None
        start = brace.span.end
        if re.match(rf"\s*{option}\s*=", text[start:]):
            return None
        depth = 1
        for at in range(start, len(text)):
            depth += {"{": 1, "}": -1}.get(text[at], 0)
            if depth == 0:
                return at
        fail("TW0002", "expected '}' in the pipeline, found the end", _location(len(text)))

    def peek(self) -> SpecToken:
        return self._tokens[self._next]

    def accept(self, *kinds: SpecTokenKind) -> SpecToken | None:
        token = self.peek()
        if token.kind not in kinds:
            return None
        self._next = min(self._next + 1, len(self._tokens) - 1)
        return token

    def expect(self, what: str, *kinds: SpecTokenKind) -> SpecToken:
        if (token := self.accept(*kinds)) is not None:
            return token
        found = self.peek()
        seen = "the end" if found.kind is SpecTokenKind.EOF else f"'{found.span.text}'"
        fail("TW0002", f"expected {what} in the pipeline, found {seen}", _location_of(found))


def _elements(tokens: _Tokens) -> Iterator[_Element]:
    while tokens.accept(SpecTokenKind.EOF) is None:
        name = tokens.expect("the name of a pass", SpecTokenKind.IDENT)
        options: list[Option] = []
        if tokens.accept(SpecTokenKind.L_BRACE):
            if name.span.text in _NESTED and (nested := tokens.accept(SpecTokenKind.STRING_LIT)):
                pipeline = nested.span.text.strip()
                options += [Option(_NESTED[name.span.text], (pipeline,), _location_of(nested))] if pipeline else []
            while not tokens.accept(SpecTokenKind.R_BRACE):
                options.append(_option(tokens))
        yield _Element(name.span.text, _location_of(name), tuple(options))
        if tokens.peek().kind is not SpecTokenKind.EOF:
            tokens.expect("',' or '{'", SpecTokenKind.COMMA)


def _option(tokens: _Tokens) -> Option:
    name = tokens.expect("an option or '}'", SpecTokenKind.IDENT)
    values: list[OptionValue] = []
    if tokens.accept(SpecTokenKind.EQUALS):
        values.append(_value(tokens))
        while tokens.accept(SpecTokenKind.COMMA):
            values.append(_value(tokens))
    return Option(name.span.text, tuple(values), _location_of(name))


def _value(tokens: _Tokens) -> OptionValue:
    kinds = SpecTokenKind.NUMBER, SpecTokenKind.IDENT, SpecTokenKind.STRING_LIT
    token = tokens.expect("a value", *kinds)
    text = token.span.text
    match token.kind:
        case SpecTokenKind.NUMBER:
            return float(text) if "." in text else int(text)
        case SpecTokenKind.STRING_LIT:
            return StringLiteral.from_span(token.span).string_contents
        case _:
            return {"true": True, "false": False}.get(text, text)


def _location_of(token: SpecToken) -> SourceLocation:
    return _location(token.span.start)


def _location(offset: int) -> SourceLocation:
    return SourceLocation(PIPELINE_FILE, 1, offset + 1)
