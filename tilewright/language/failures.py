"""Errors of kernels as their authors see them: with the line, a caret, and what to do."""

from __future__ import annotations

import linecache
import sys
import traceback
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from tilewright.dialects.diagnostics import DiagnosticError, render

_Hook = Callable[[type[BaseException], BaseException, TracebackType | None], object]


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


_PACKAGE = str(Path(__file__).parents[1])


def _without_frames(
    kind: type[BaseException], error: BaseException, where: TracebackType | None, others: _Hook
) -> None:
    """Print a `CompileError` that nobody caught as what it says and where it was asked for; others as they were."""
    if not isinstance(error, CompileError):
        others(kind, error, where)
        return
    calls = [frame for frame in traceback.extract_tb(where) if not frame.filename.startswith(_PACKAGE)]
    callers = [frame for frame in calls if Path(frame.filename).name != "contextlib.py"]
    print(str(error).lstrip("\n"), file=sys.stderr)
    if callers:
        print(f"  = note: asked for at {callers[-1].filename}:{callers[-1].lineno}", file=sys.stderr)


def _hook_in() -> None:
    """Take part in how this process prints exceptions that nobody caught: the compiler's frames tell a user nothing."""
    others = sys.excepthook

    def hook(kind: type[BaseException], error: BaseException, where: TracebackType | None) -> None:
        _without_frames(kind, error, where, others)

    sys.excepthook = hook


_hook_in()
