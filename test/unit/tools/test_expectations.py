"""Expected diagnostics: how they are written and what counts as a mismatch."""

import pytest

from tilewright.dialects.diagnostics import Diagnostic, Severity, SourceLocation
from tilewright.tools.chunks import Chunk, split, whole
from tilewright.tools.expectations import find_expectations, mismatches


def reported(line: int, message: str = "too big", severity: Severity = Severity.ERROR) -> Diagnostic:
    notes = ("because\nof this",)
    return Diagnostic("TW0203", message, SourceLocation("k.mlir", line, 1), severity, notes=notes, help=("shrink",))


def check(text: str, *diagnostics: Diagnostic, first_line: int = 1) -> list[str]:
    expected = find_expectations(text, "k.mlir", first_line)
    return [f"{found.location}: {found.message}" for found in mismatches(expected, diagnostics)]


@pytest.mark.parametrize(
    ("comment", "line"),
    [
        ("// expected-error {{too big}}", 3),
        ("// expected-error@+1 {{big}}", 4),
        ("// expected-error@-2{{too}}", 1),
        ("// expected-error@below {{too big}}", 4),
        ("// expected-error@above {{too big}}", 2),
        ("// expected-error 1 {{too big}}", 3),
        ("// expected-error {{[TW0203]}}", 3),
        ("// expected-error-re@+1 {{to+ b.g}}", 4),
        ("x // expected-error@+1 {{too}} // expected-note@+1 {{because}}", 4),
        ("x // expected-error@+1 {{too}} expected-note@+1 {{shrink}}", 4),
    ],
)
def test_an_expectation_speaks_of_a_line(comment: str, line: int) -> None:
    text = f"\n\n{comment}\n\n"
    assert check(text, reported(line)) == []
    assert len(check(text, reported(line + 5))) >= 2
    assert len(check(text)) >= 1


def test_above_and_below_skip_other_expectations() -> None:
    below = "// expected-error@below {{too}}\n// expected-note@below {{because}}\nx\n"
    above = "x\n// expected-error@above {{too}}\n// expected-note@above {{because}}\n"
    assert check(below, reported(3)) == []
    assert check(above, reported(1)) == []


def test_a_diagnostic_without_a_line_is_unknown() -> None:
    nowhere = Diagnostic("TW0100", "somewhere")
    whole_file = Diagnostic("TW0100", "somewhere", SourceLocation("k.mlir"))
    text = "// expected-error@unknown {{some}}"
    assert check(text, nowhere) == []
    assert check(text, whole_file) == []
    assert check(text) == ["k.mlir:1:4: expected error without a line was not produced: some"]


def test_each_expectation_is_met_once() -> None:
    text = "x // expected-error {{too}}"
    assert check(text, reported(1), reported(1)) == ["k.mlir:1:1: unexpected error: too big [TW0203]"]
    assert check("x // expected-error 2 {{too}}", reported(1), reported(1)) == []
    assert check("x // expected-error 2 {{too}}", reported(1)) == [
        "k.mlir:1:6: expected error on line 1 was not produced: too"
    ]


def test_severities_differ() -> None:
    assert len(check("x // expected-warning {{too}}", reported(1))) == 2
    assert check("x // expected-warning {{too}}", reported(1, severity=Severity.WARNING)) == []
    assert len(check("", reported(1, severity=Severity.WARNING))) == 1
    assert check("", reported(1, severity=Severity.REMARK)) == []
    assert len(check("x // expected-remark {{too}}")) == 1


def test_text_is_literal_unless_it_is_a_regular_expression() -> None:
    assert check("x // expected-error {{a.b (}}", reported(1, "a.b (c")) == []
    assert len(check("x // expected-error {{a.b}}", reported(1, "axb"))) == 2


def test_lines_count_from_the_start_of_the_file() -> None:
    assert check("// expected-error@+1 {{too}}\nx", reported(12), first_line=11) == []


def test_a_file_is_split_at_separators() -> None:
    data = b"a\n// -----\nb\nc\n// ----- comment\n"
    assert split(data) == (Chunk(b"a\n", 1), Chunk(b"b\nc\n", 3), Chunk(b"", 6))
    assert whole(data) == (Chunk(data, 1),)
