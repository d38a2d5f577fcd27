"""How the command-line tools show diagnostics: with their source lines, on standard error."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TextIO

from tilewright.dialects.diagnostics import Diagnostic, DiagnosticError, render


class Reporter:
    """Writes diagnostics and knows the texts that they point into."""

    def __init__(self, stderr: TextIO, *, debug: bool = False) -> None:
        """Args: stderr: where to write; debug: also write tracebacks of internal errors."""
        self.debug = debug
        self._stderr = stderr
        self._sources: dict[str, str] = {}

    def add_source(self, name: str, data: bytes) -> None:
        """Make known what locations in `name` point into; it need not be valid text."""
        self._sources[name] = data.decode("utf-8", "replace")

    def report(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Write diagnostics in their long form."""
        for diagnostic in diagnostics:
            self._stderr.write(render(diagnostic, self._read) + "\n")

    def trace(self, error: DiagnosticError) -> None:
        """Write the traceback of an internal error, for who debugs the compiler."""
        if self.debug:
            import traceback  # a compilation without defects never needs it

            traceback.print_exception(error, file=self._stderr)

    def _read(self, name: str) -> str | None:
        if name not in self._sources:
            # A program that Python code built is located in that code.
            try:
                self.add_source(name, Path(name).read_bytes())
            except (OSError, ValueError):
                return None
        return self._sources[name]
