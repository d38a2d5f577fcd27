"""How the compiler reports: errors are raised, warnings and remarks go to a sink."""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import NoReturn

from xdsl.ir import Operation, SSAValue

from tilewright.dialects.diagnostics.locations import location_of
from tilewright.dialects.diagnostics.model import (
    Diagnostic,
    DiagnosticError,
    Severity,
    SourceLocation,
)

Place = Operation | SSAValue | SourceLocation | None
"""Where a diagnostic points: something of the IR, a place in the text, or nowhere."""

Sink = Callable[[Diagnostic], None]
"""Takes a warning or a remark as soon as it is known."""

_CODED = re.compile(r"(TW\d{4}): ")

_SINK: ContextVar[Sink | None] = ContextVar("tilewright_diagnostic_sink", default=None)


def fail(
    code: str,
    message: str,
    at: Place = None,
    *,
    label: str = "",
    span: int = 0,
    notes: Sequence[str] = (),
    help: Sequence[str] = (),
) -> NoReturn:
    """Refuse the user's program.

    Raises:
        DiagnosticError: always, with this one error.
    """
    raise DiagnosticError(
        Diagnostic(code, message, _locate(at), Severity.ERROR, label, span, tuple(notes), tuple(help))
    )


def fail_internally(where: str, error: Exception, at: Place = None) -> NoReturn:
    """Report an exception that no user's mistake should lead to.

    Args:
        where: what the compiler was doing, such as `in pass 'cse'`.
        error: the exception; raised in its handler, the traceback stays reachable from the result.

    Raises:
        DiagnosticError: always, with TW0099.
    """
    what = type(error).__name__
    text = " ".join(str(error).split())
    summary = f"{what}: {text}" if text else what
    fail(
        "TW0099",
        f"internal error {where}: {summary}",
        at,
        help=("a defect of the compiler; --crash-reproducer=FILE writes what a report needs",),
    )


def fail_all(diagnostics: Iterable[Diagnostic]) -> None:
    """Refuse the user's program if there is anything to refuse it for.

    Raises:
        DiagnosticError: when `diagnostics` is not empty; it carries all of them, by location.
    """
    found = sorted(diagnostics, key=lambda d: d.location or SourceLocation(""))
    if found:
        raise DiagnosticError(*found)


def emit(diagnostic: Diagnostic) -> None:
    """Report something that does not end the compilation; dropped when nobody listens."""
    if (sink := _SINK.get()) is not None:
        sink(diagnostic)


def warn(code: str, message: str, at: Place = None, *, notes: Sequence[str] = ()) -> None:
    """Report what is probably a mistake, but compiles."""
    emit(Diagnostic(code, message, _locate(at), Severity.WARNING, notes=tuple(notes)))


def remark(code: str, message: str, at: Place = None, *, notes: Sequence[str] = ()) -> None:
    """Report a decision of the compiler."""
    emit(Diagnostic(code, message, _locate(at), Severity.REMARK, notes=tuple(notes)))


@contextmanager
def collect_diagnostics(sink: Sink) -> Generator[None]:
    """Send what is emitted inside the `with` block to `sink`."""
    token = _SINK.set(sink)
    try:
        yield
    finally:
        _SINK.reset(token)


def split_code(text: str, default: str) -> tuple[str, str]:
    """Split `TWnnnn: message`, as a verifier may write it, into its code and its message."""
    if (match := _CODED.match(text)) is not None:
        return match.group(1), text[match.end() :]
    return default, text


def did_you_mean(name: str, known: Iterable[str]) -> tuple[str, ...]:
    """Give the help for an unknown name: the one that was probably meant, or nothing."""
    from difflib import get_close_matches  # slow to import, and needed only when something failed

    return tuple(f"did you mean '{match}'?" for match in get_close_matches(name, known, n=1))


def _locate(at: Place) -> SourceLocation | None:
    return location_of(at) if isinstance(at, Operation | SSAValue) else at
