"""What a diagnostic is. Plain data: no IR, no text layout."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, order=True)
class SourceLocation:
    """A place in the user's text. Lines and columns count from 1; line 0 means the whole file."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


class Severity(StrEnum):
    """How much a diagnostic matters; only an error makes the compilation fail."""

    ERROR = "error"
    WARNING = "warning"
    REMARK = "remark"
    NOTE = "note"


@dataclass(frozen=True)
class Diagnostic:
    """One message to the user.

    Attributes:
        code: the stable code, such as `TW0203`; see `explain`.
        message: one line that says what is wrong, with the numbers.
        location: where, or None when it concerns no text of the user's.
        severity: an error unless said otherwise.
        label: a few words beside the caret.
        span: how many columns to underline; 0 underlines the word at the location.
        notes: why; each may have several lines.
        help: what to do; each may have several lines.
    """

    code: str
    message: str
    location: SourceLocation | None = None
    severity: Severity = Severity.ERROR
    label: str = ""
    span: int = 0
    notes: tuple[str, ...] = ()
    help: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Give the one-line form, which editors and build logs recognise."""
        where = f"{self.location}: " if self.location else ""
        return f"{where}{self.severity}: {self.message} [{self.code}]"


class DiagnosticError(Exception):
    """One or more errors that end the compilation; the only exception a user's mistake raises."""

    diagnostics: tuple[Diagnostic, ...]

    def __init__(self, *diagnostics: Diagnostic) -> None:
        super().__init__(*diagnostics)
        self.diagnostics = diagnostics

    def __str__(self) -> str:
        return "\n".join(str(diagnostic) for diagnostic in self.diagnostics)
