"""`--verify-diagnostics`: compare what was reported with what the input says it expects.

An expectation is a comment on the line that the diagnostic is located at, or beside it:
`// expected-error@+1 {{part of the message}}`. The severity may be error, warning, remark or note
(a note or a help of a diagnostic on that line); `-re` after it makes the text a regular expression;
the line may be given as `@+N`, `@-N`, `@above`, `@below` or `@unknown`; a number before the text
expects that many.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tilewright.dialects.diagnostics import Diagnostic, Severity, SourceLocation

_EXPECTATION = re.compile(
    r"expected-(?P<severity>error|warning|remark|note)(?P<regex>-re)?"
    r"(?:@(?P<line>[+-]\d+|above|below|unknown))?\s*(?P<count>\d+)?\s*\{\{(?P<text>.*?)\}\}"
)
_MUST_BE_EXPECTED = (Severity.ERROR, Severity.WARNING)


@dataclass(frozen=True)
class Expectation:
    """A diagnostic that the input expects, and where the comment stands.

    Attributes:
        line: the line the diagnostic must be located at; None when it must have no line.
    """

    severity: Severity
    pattern: re.Pattern[str]
    text: str
    line: int | None
    location: SourceLocation

    def matches(self, reported: _Reported) -> bool:
        """Say whether this is the diagnostic that is expected here."""
        return (
            self.severity is reported.severity
            and self.line == reported.line
            and self.pattern.search(reported.text) is not None
        )


@dataclass(frozen=True)
class _Reported:
    severity: Severity
    line: int | None
    text: str
    diagnostic: Diagnostic


def find_expectations(text: str, filename: str, first_line: int = 1) -> Iterator[Expectation]:
    """Find the expectations in an input, or in a part of it that starts at `first_line`."""
    lines = text.split("\n")
    for number, line in enumerate(lines, start=first_line):
        for match in _EXPECTATION.finditer(line):
            wanted = match["text"]
            yield from [
                Expectation(
                    Severity(match["severity"]),
                    re.compile(wanted if match["regex"] else re.escape(wanted)),
                    wanted,
                    _target_line(match["line"], number, lines, first_line),
                    SourceLocation(filename, number, match.start() + 1),
                )
            ] * int(match["count"] or 1)


def mismatches(expected: Iterable[Expectation], reported: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """Give an error for each expectation without a diagnostic, and the other way round.

    Unexpected errors and warnings are mismatches; remarks, notes and help need not be expected.
    """
    open_expectations = list(expected)
    for item in _flatten(reported):
        met = next((e for e in open_expectations if e.matches(item)), None)
        if met is not None:
            open_expectations.remove(met)
        elif item.severity in _MUST_BE_EXPECTED:
            found = item.diagnostic
            message = f"unexpected {item.severity}: {found.message} [{found.code}]"
            yield Diagnostic("TW0009", message, found.location, notes=found.notes)
    for missing in open_expectations:
        where = "without a line" if missing.line is None else f"on line {missing.line}"
        message = f"expected {missing.severity} {where} was not produced: {missing.text}"
        yield Diagnostic("TW0009", message, missing.location)


def _flatten(diagnostics: Iterable[Diagnostic]) -> Iterator[_Reported]:
    for diagnostic in diagnostics:
        where = diagnostic.location
        line = where.line if where is not None and where.line > 0 else None
        # The code may be part of what is expected, as in {{[TW0203]}}.
        text = f"{diagnostic.message} [{diagnostic.code}]"
        yield _Reported(diagnostic.severity, line, text, diagnostic)
        for note in (*diagnostic.notes, *diagnostic.help):
            yield _Reported(Severity.NOTE, line, note, diagnostic)


def _target_line(designator: str | None, number: int, lines: list[str], first_line: int) -> int | None:
    """Give the line that an expectation on line `number` speaks of.

    `@above` and `@below` skip lines that hold an expectation themselves, as in MLIR.
    """
    match designator:
        case None:
            return number
        case "unknown":
            return None
        case "above" | "below":
            step = 1 if designator == "below" else -1
            number += step
            while 0 <= number - first_line < len(lines) and _EXPECTATION.search(lines[number - first_line]):
                number += step
            return number
        case offset:
            return number + int(offset)
