"""How a diagnostic looks: the source line with a caret, then why, then what to do."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from tilewright.dialects.diagnostics.model import Diagnostic

ReadSource = Callable[[str], str | None]
"""Gives the text of a file by the name that locations carry, or None when it is not at hand."""

MAX_WIDTH = 120
"""Longer source lines are cut to this many columns around the caret."""

_WORD = re.compile(r'[%@!#^]?[\w.$-]+|"[^"]*"')


def render(diagnostic: Diagnostic, read_source: ReadSource) -> str:
    """Give a diagnostic as text, without a newline at the end.

    With its source line at hand the text has the long form, else it starts with the one-line
    form `file:line:column: error: message [code]`; notes and help follow either.
    """
    line = _source_line(diagnostic, read_source)
    if line is None or diagnostic.location is None:
        return "\n".join([str(diagnostic), *_appendix(diagnostic, gutter=1)])
    where = diagnostic.location
    number = str(where.line)
    # Clipped first: a line of a binary file may have any length.
    line, column = _clip(line, where.column)
    line = _printable(line)
    bar = f"{' ' * len(number)} |"
    appendix = list(_appendix(diagnostic, gutter=len(number)))
    return "\n".join(
        [
            f"{diagnostic.severity}[{diagnostic.code}]: {diagnostic.message}",
            f"{' ' * len(number)}--> {where}",
            bar,
            f"{number} | {line}".rstrip(),
            f"{bar} {_carets(diagnostic, line, column)}",
            *([bar, *appendix] if appendix else []),
        ]
    )


def _source_line(diagnostic: Diagnostic, read_source: ReadSource) -> str | None:
    where = diagnostic.location
    if where is None or where.line < 1:
        return None
    text = read_source(where.file)
    if text is None:
        return None
    # Only "\n" ends a line for the lexer; splitlines() would also split at "\f" and others.
    lines = text.split("\n", where.line)
    if len(lines) < where.line:
        return None
    return lines[where.line - 1].removesuffix("\r")


def _printable(line: str) -> str:
    """Replace what a terminal would not show as one column."""
    return "".join(char if char.isprintable() or char == "\t" else "\ufffd" for char in line)


def _clip(line: str, column: int) -> tuple[str, int]:
    """Cut a long line to the part around a column; give it with the column in that part."""
    if len(line) <= MAX_WIDTH:
        return line, column
    start = max(0, min(column - 1 - MAX_WIDTH // 2, len(line) - MAX_WIDTH))
    head, tail = "..." if start else "", "..." if start + MAX_WIDTH < len(line) else ""
    return head + line[start : start + MAX_WIDTH] + tail, column - start + len(head)


def _carets(diagnostic: Diagnostic, line: str, column: int) -> str:
    """Underline `span` columns, or the word that starts at `column`; tabs keep their width."""
    start = min(max(column - 1, 0), len(line))
    word = _WORD.match(line, start)
    width = diagnostic.span or (len(word.group()) if word else 1)
    indent = "".join("\t" if char == "\t" else " " for char in line[:start])
    return f"{indent}{'^' * max(1, min(width, len(line) - start))} {diagnostic.label}".rstrip()


def _appendix(diagnostic: Diagnostic, gutter: int) -> Iterator[str]:
    """Give notes and help; the later lines of each are indented below its first."""
    lead = " " * gutter
    for text in (*diagnostic.notes, *(f"help: {text}" for text in diagnostic.help)):
        first, *rest = text.split("\n")
        yield f"{lead} = {first}"
        yield from (f"{lead}       {line}".rstrip() for line in rest)
