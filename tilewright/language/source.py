"""The text of a kernel: where it comes from, its syntax tree, and where in it a node stands."""

from __future__ import annotations

import ast
import builtins
import inspect
import linecache
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from textwrap import dedent
from typing import Any

from tilewright.dialects.diagnostics import SourceLocation, fail
from tilewright.language.prompt import typed_text


@dataclass(frozen=True)
class Source:
    """A function as its author wrote it.

    Attributes:
        file: what locations call it.
        node: its syntax tree, whose lines count from `first_line`.
        names: the values of names that the function does not define: closure, globals, builtins.
        first_line, indent: where the parsed text stands in the file.
    """

    file: str
    node: ast.FunctionDef
    names: Mapping[str, Any] = field(repr=False)
    first_line: int = 1
    indent: int = 0
    text: str = field(default="", repr=False)

    def locate(self, node: ast.AST) -> SourceLocation:
        """The place of a node in the file."""
        line = getattr(node, "lineno", self.node.lineno)
        column = getattr(node, "col_offset", 0)
        return SourceLocation(self.file, line + self.first_line - 1, column + self.indent + 1)

    def span(self, node: ast.AST) -> int:
        """How many columns of the node's first line to underline."""
        start, end = getattr(node, "col_offset", None), getattr(node, "end_col_offset", None)
        if start is None or end is None or getattr(node, "end_lineno", None) != getattr(node, "lineno", None):
            return 0
        return end - start


def function_source(function: Callable[..., object]) -> Source:
    """Read the source of a function from its file, notebook cell or prompt.

    Raises:
        DiagnosticError: TW0600 when there is no source to be had.
    """
    file = inspect.getsourcefile(function) or function.__code__.co_filename
    try:
        lines, first = inspect.getsourcelines(function)
    except (OSError, TypeError):
        typed = typed_text(function)
        if typed is not None:
            file, lines, first = f"<prompt: {function.__name__}>", typed.splitlines(keepends=True), 1
            remember_text(file, typed)
            return _source_of(function, file, lines, first)
        fail(
            "TW0600",
            f"the source of {function.__name__} cannot be read: it was typed at a prompt that keeps none, or its file "
            "is gone",
            SourceLocation(file),
            help=("write the kernel into a file or a notebook, or hand its text to pl.parse(...)",),
        )
    return _source_of(function, file, lines, first)


def _source_of(function: Callable[..., object], file: str, lines: list[str], first: int) -> Source:
    text = "".join(lines)
    indent = len(lines[0]) - len(lines[0].lstrip())
    tree = ast.parse(dedent(text))
    node = tree.body[0]
    if not isinstance(node, ast.FunctionDef):
        fail("TW0600", f"{function.__name__} is not defined by `def`", SourceLocation(file, first))
    return Source(file, node, visible_names(function), first, indent, text)


def visible_names(function: Callable[..., Any]) -> Mapping[str, Any]:
    """What the names that a function does not define stand for, at this moment."""
    free = inspect.getclosurevars(function)
    return {**vars(builtins), **function.__globals__, **free.nonlocals}


def remember_text(name: str, text: str) -> None:
    """Let error messages and `inspect` find the lines of a text that is in no file."""
    linecache.cache[name] = (len(text), None, text.splitlines(keepends=True), name)
