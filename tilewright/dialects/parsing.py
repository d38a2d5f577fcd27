"""Read MLIR text into IR: every operation located, every mistake a `DiagnosticError`.

This is the only file that touches private parts of xDSL's parser; `xdsl` is pinned for its sake.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate
from typing import Any, NoReturn

from xdsl.context import Context
from xdsl.dialects.builtin import FileLineColLoc, IntAttr, ModuleOp, StringAttr, UnknownLoc, UnregisteredAttr
from xdsl.ir import Attribute, Block, Data, Operation, ParametrizedAttribute, SSAValue, TypeAttribute
from xdsl.parser import Parser, ParserState
from xdsl.utils.exceptions import (
    DiagnosticException,
    MultipleSpansParseError,
    ParseError,
)
from xdsl.utils.lexer import Input, Span
from xdsl.utils.mlir_lexer import MLIRLexer, MLIRTokenKind

from tilewright.dialects.diagnostics import (
    Diagnostic,
    DiagnosticError,
    Severity,
    SourceLocation,
    did_you_mean,
    fail,
    fail_internally,
    has_location,
    location_of,
    split_code,
)
from tilewright.dialects.registry import OTHER_NAMES

MAX_DEPTH = 50
"""How deep regions may be nested. Far beyond any kernel, and within Python's stack for every later
walk over the IR."""


MAX_INTEGER_BITS = 2**24 - 1
"""MLIR's limit of an integer type. A wider one would cost memory wherever a number of the type is made."""

MAX_SIZE = 16 * 2**20
"""Bytes, or characters, of one text: some 200,000 operations. More is a mistake, and would take minutes to refuse."""


def parse_module(ctx: Context, text: str | bytes, filename: str, *, first_line: int = 1) -> ModuleOp:
    """Parse a module; text without an enclosing `builtin.module` gets one.

    Args:
        ctx: the dialects that the text may use.
        text: MLIR text; bytes must be UTF-8. Text without any operation is an empty module.
        filename: what locations call the text.
        first_line: the number of the text's first line in that file.

    Raises:
        DiagnosticError: TW0001 when the text does not parse, TW0006 when it is nested too deep, TW0011 when it is
            too large, or the code that a type's own verifier gives.
    """
    if len(text) > MAX_SIZE:
        fail(
            "TW0011",
            f"the input has {len(text)} bytes; at most {MAX_SIZE} are read",
            SourceLocation(filename, first_line, 1),
        )
    if isinstance(text, bytes):
        text = _decode(text, filename, first_line)
    lines = _LineTable(text, filename, first_line)
    try:
        # The constructor reads the first token, so it may fail as well.
        parser = LocatedParser(ctx, text, lines)
    except ParseError as error:
        _fail_at_span(error, lines)
    return parser.parse_located_module()


class _LineTable:
    """Turns offsets into a text into lines and columns, in logarithmic time."""

    def __init__(self, text: str, filename: str, first_line: int) -> None:
        self.filename = filename
        self._first_line = first_line
        self._starts = [0, *accumulate(len(line) + 1 for line in text.split("\n"))]

    def locate(self, offset: int) -> SourceLocation:
        line = bisect_right(self._starts, offset) - 1
        column = offset - self._starts[line] + 1
        return SourceLocation(self.filename, self._first_line + line, column)


class _Lexer(MLIRLexer):
    """xDSL's lexer, without its exponential time on a string that is never closed."""

    # The possessive quantifiers keep what they matched; otherwise the grammar is xDSL's.
    _unescaped_characters_regex = re.compile(r'"(?:[^"\\\n\v\f]++|\\(?:["nt\\]|[0-9A-Fa-f]{2}))*+"')


_INTEGER_TYPE = re.compile(r"[su]?i0*([0-9]+)")

_SIMPLE_PARAMETERS = re.compile(r'<[^<>"!#]*>')
"""The parameters of a type or an attribute that holds no other one, no alias and no string."""

_KNOWN: dict[tuple[type[Attribute], str], ParametrizedAttribute | Data[Any]] = {}
"""What simple parameters mean, by what they are parameters of; the same in every module, as attributes never change."""

_MOST_KNOWN = 10_000
"""More different types than any program has; a bound for those who parse programs for ever."""


class LocatedParser(Parser):
    """xDSL's parser, with a location on each operation (its name in the text) and on each error."""

    def __init__(self, ctx: Context, text: str, lines: _LineTable) -> None:
        super().__init__(ctx, "", lines.filename)
        self._parser_state = ParserState(_Lexer(Input(text, lines.filename)))
        self._lines = lines
        self._filename = StringAttr(lines.filename)
        self._open_ops: list[int] = []  # where the names of the operations being parsed stand
        self._defined_later: dict[SSAValue, SSAValue] = {}  # placeholders and the values that they stood for

    def parse_located_module(self) -> ModuleOp:
        """Parse the whole text.

        Raises:
            DiagnosticError: see `parse_module`.
        """
        try:
            module = self._parse_module_or_nothing()
        except ParseError as error:
            self._fail_at_undefined_value(error)
            _fail_at_span(error, self._lines)
        except RecursionError:
            fail("TW0006", "nested too deep", self._lines.locate(self.pos))
        except DiagnosticError as error:
            raise self._located(error) from error
        except (DiagnosticException, NotImplementedError, ValueError) as error:
            code, message = split_code(" ".join(str(error).split()), default="TW0001")
            fail(code, message, self._lines.locate(self._error_offset()))
        except (AssertionError, LookupError) as error:
            # xDSL's parser takes some well-formedness for granted.
            fail("TW0001", f"malformed text ({error})", self._lines.locate(self.pos))
        except Exception as error:
            fail_internally("while parsing", error, self._lines.locate(self._error_offset()))
        if not has_location(module):
            # MLIR gives the implicit module line 0 as well: it stands for the whole file.
            module.location = self._location(SourceLocation(self._lines.filename))
        return module

    def _parse_module_or_nothing(self) -> ModuleOp:
        if self._current_token.kind is MLIRTokenKind.EOF:
            return ModuleOp([])
        return self.parse_module()

    # -- types that were read before -----------------------------------------------------------

    def _parse_dialect_type_or_attribute_body(
        self, attr_name: str, is_type: bool, is_opaque: bool, starting_opaque_pos: int | None
    ) -> UnregisteredAttr | ParametrizedAttribute | Data[Any]:
        # A tile buffer's type has some fifty tokens and stands at every use: most of the time of a parse would go
        # there. The same text means the same type.
        text = self._parser_state.lexer.input.content
        simple = _SIMPLE_PARAMETERS.match(text, self.pos) if "." in attr_name else None
        definition = self.ctx.get_optional_type(attr_name) if is_type else self.ctx.get_optional_attr(attr_name)
        if simple is None or definition is None:
            return super()._parse_dialect_type_or_attribute_body(attr_name, is_type, is_opaque, starting_opaque_pos)
        key = (definition, simple.group())
        known = _KNOWN.get(key)
        if known is not None:
            self._resume_from(simple.end())
            return known
        parsed = super()._parse_dialect_type_or_attribute_body(attr_name, is_type, is_opaque, starting_opaque_pos)
        whole = not text[simple.end() : self.pos].strip()
        if whole and not isinstance(parsed, UnregisteredAttr) and len(_KNOWN) < _MOST_KNOWN:
            _KNOWN[key] = parsed
        return parsed

    # -- locations on operations ----------------------------------------------------------------

    def _parse_op_result_list(self) -> list[tuple[Span, int]]:
        results = super()._parse_op_result_list()
        # The operation's name is the next token; `parse_operation` takes its place from the stack.
        self._open_ops.append(self.pos)
        return results

    def parse_operation(self) -> Operation:
        if len(self._open_ops) >= MAX_DEPTH:
            where = self._lines.locate(self.pos)
            fail("TW0006", f"regions are nested deeper than {MAX_DEPTH} levels", where)
        op = super().parse_operation()
        start = self._open_ops.pop()
        if isinstance(op.location, UnknownLoc):
            op.location = self._location(self._lines.locate(start))
        if self._defined_later:
            self._replace_placeholders(op)
        return op

    def _location(self, where: SourceLocation) -> FileLineColLoc:
        return FileLineColLoc(self._filename, IntAttr(where.line), IntAttr(where.column))

    # -- values that are used before they are defined ---------------------------------------------

    def _register_ssa_definition(self, name: str, values: Sequence[SSAValue], span: Span) -> None:
        placeholders = self.forward_ssa_references.get(name, {})
        super()._register_ssa_definition(name, values, span)
        self._defined_later |= {placeholder: values[index] for index, placeholder in placeholders.items()}

    def _replace_placeholders(self, op: Operation) -> None:
        """Complete what xDSL leaves open: an operand that the operation's own region defines."""
        for index, operand in enumerate(op.operands):
            if (value := self._defined_later.get(operand)) is not None:
                op.operands[index] = value

    # -- integer types ----------------------------------------------------------------------------

    def parse_optional_type(self) -> TypeAttribute | None:
        start = self.pos
        self._check_integer_width()
        try:
            return super().parse_optional_type()
        except (DiagnosticException, ParseError) as error:
            self._fail_in_attribute(error, start)

    def _check_integer_width(self) -> None:
        """Refuse a width beyond MLIR's limit before anything of that size is made."""
        found = _INTEGER_TYPE.fullmatch(self._current_token.text)
        # A number of very many digits is no number for Python either.
        if found is not None and (len(found[1]) > len(str(MAX_INTEGER_BITS)) or int(found[1]) > MAX_INTEGER_BITS):
            self.raise_error(f"an integer type has at most {MAX_INTEGER_BITS} bits", self._current_token.span)

    # -- locations on errors --------------------------------------------------------------------

    def parse_optional_attribute(self) -> Attribute | None:
        start = self.pos
        try:
            return super().parse_optional_attribute()
        except (DiagnosticException, ParseError) as error:
            self._fail_in_attribute(error, start)

    def _parse_block(self) -> Block:
        label = self._current_token
        if label.kind is not MLIRTokenKind.CARET_IDENT:
            found = "the end" if label.kind is MLIRTokenKind.EOF else f"'{label.text}'"
            self.raise_error(f"expected an operation, a block or '}}', found {found}")
        self._check_label(label.span)
        name = label.text[1:]
        # xDSL forgets where a block is defined when a branch has named it before.
        if name in self.blocks and name not in self.forward_block_references:
            self.raise_error(f"re-declaration of block '{name}'", label.span)
        return super()._parse_block()

    def parse_optional_successor(self) -> Block | None:
        if self._current_token.kind is MLIRTokenKind.CARET_IDENT:
            self._check_label(self._current_token.span)
        return super().parse_optional_successor()

    def _check_label(self, label: Span) -> None:
        if not Block.is_valid_name(label.text[1:]):
            self.raise_error(f"a block label starts with a letter, as in ^bb{label.text[1:]}", label)

    def _get_op_by_name(self, name: str) -> type[Operation]:
        try:
            return super()._get_op_by_name(OTHER_NAMES.get(name, name))
        except ParseError:
            where = self._lines.locate(self._open_ops[-1])
            names = (op.name for op in self.ctx.loaded_ops)
            fail("TW0001", f"unknown operation '{name}'", where, help=did_you_mean(name, names))

    def _fail_in_attribute(self, error: DiagnosticException | ParseError, start: int) -> NoReturn:
        """Report what is wrong with an attribute as a whole at its first token."""
        if isinstance(error, ParseError) and not error.msg.endswith("is not registered"):
            raise error
        text = error.msg if isinstance(error, ParseError) else str(error)
        code, message = split_code(" ".join(text.split()), default="TW0001")
        first_line = self.lexer.input.content[start : self.pos].split("\n")[0]
        fail(code, message, self._lines.locate(start), span=len(first_line.rstrip()))

    def _fail_at_undefined_value(self, error: ParseError) -> None:
        """Report values that the text never defines where they are first used, not at its end."""
        if not error.msg.startswith("values used but not defined"):
            return
        diagnostics: list[Diagnostic] = []
        for name, values in self.forward_ssa_references.items():
            for value in values.values():
                user = next(iter(value.uses), None)
                where = None if user is None else location_of(user.operation)
                message = f"use of a value that is not defined: %{name}"
                diagnostics.append(Diagnostic("TW0001", message, where, Severity.ERROR))
        raise DiagnosticError(*diagnostics)

    def _located(self, error: DiagnosticError) -> DiagnosticError:
        """Give a location to the diagnostics that have none; they were raised without the IR."""
        here = self._lines.locate(self._error_offset())
        return DiagnosticError(*(d if d.location is not None else replace(d, location=here) for d in error.diagnostics))

    def _error_offset(self) -> int:
        """Give the operation that is being parsed, or else the current token."""
        return self._open_ops[-1] if self._open_ops else self.pos


def _fail_at_span(error: ParseError, lines: _LineTable) -> NoReturn:
    notes: list[str] = []
    if isinstance(error, MultipleSpansParseError):
        for span, text in error.refs:
            notes.append(f"{text or error.ref_text or 'see'} ({lines.locate(span.start)})")
    text, offset = error.span.text, error.span.start
    width = len(text.split("\n")[0].rstrip())
    fail("TW0001", _reworded(error), lines.locate(offset), span=width, notes=notes)


def _reworded(error: ParseError) -> str:
    """Say in the user's words what xDSL says in its own."""
    if error.msg == "Could not parse entire input!":
        found = error.span.text.split("\n")[0]
        return f"expected an operation, found '{found}'" if found else "expected an operation"
    return " ".join(error.msg.split())


def _decode(data: bytes, filename: str, first_line: int) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8")
        where = _LineTable(before, filename, first_line).locate(len(before))
        bad = data[error.start]
        fail("TW0001", f"the text is not UTF-8: unexpected byte 0x{bad:02x}", where)
