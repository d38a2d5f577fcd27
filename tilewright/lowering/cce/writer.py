"""Collects lines of C++ text, indented, with comments that name the source line."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import PurePath

from xdsl.ir import Operation

from tilewright.dialects.diagnostics import SourceLocation, has_location, location_of

_INDENT = "  "


class Writer:
    """The text of one function."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._depth = 0
        self._source = ""

    @property
    def text(self) -> str:
        """All lines, each with its newline."""
        return "".join(f"{line}\n" for line in self._lines)

    def line(self, text: str, source: Operation | None = None) -> None:
        """Add a line; a comment names the source line of `source` where that has changed."""
        self._lines.append(_INDENT * self._depth + text + self._comment(source))

    def directive(self, text: str) -> None:
        """Add a line for the preprocessor, which is never indented."""
        self._lines.append(text)

    @contextmanager
    def indented(self) -> Generator[None]:
        """Indent the lines that are added inside the `with` block."""
        self._depth += 1
        try:
            yield
        finally:
            self._depth -= 1

    def _comment(self, source: Operation | None) -> str:
        # The place of an enclosing operation would only say again where the reader already is.
        if source is None or not has_location(source):
            return ""
        place = location_of(source)
        if place is None or not place.line:
            return ""
        name = f"{file_name(place)}:{place.line}"
        if name == self._source:
            return ""
        self._source = name
        return f"  // {name}"


def file_name(place: SourceLocation) -> str:
    """Give the name of a source file without its folders, fit for a comment of one line."""
    name = PurePath(place.file).name
    return "".join(letter if letter.isprintable() else "?" for letter in name)
