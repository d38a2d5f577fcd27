"""Errors of kernels as their authors see them: with the line, a caret, and what to do."""

from __future__ import annotations

import linecache
from collections.abc import Generator
from contextlib import contextmanager

from tilewright.dialects.diagnostics import DiagnosticError, render


class CompileError(DiagnosticError):
    """What is wrong with a kernel, or with the arguments of its call; printed with the line where it is wrong."""

    def __str__(self) -> str:
        return "\n" + "\n\n".join(render(diagnostic, _source) for diagnostic in self.diagnostics)


def _source(file: str) -> str | None:
    """The text of a file, a notebook's cell, or a text that was handed to `pl.parse`."""
    lines = linecache.getlines(file)
    return "".join(lines) if lines else None


@contextmanager
def as_compile_error() -> Generator[None]:
    """Turn diagnostics into a `CompileError`, without the compiler's own frames behind it."""
    try:
        yield
    except CompileError:
        raise
    except DiagnosticError as error:
        raise CompileError(*error.diagnostics) from None
