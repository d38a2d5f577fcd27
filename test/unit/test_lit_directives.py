"""No lit file has a directive that its tool would silently ignore."""

from pathlib import Path

import directives
import pytest

SUITE = Path(__file__).parents[1] / "lit"
FILES = sorted([*SUITE.rglob("*.mlir"), *SUITE.rglob("*.pto")])


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SUITE)))
def test_every_directive_of_the_suite_is_spelt_right(path: Path) -> None:
    assert list(directives.misspelt_directives(path.read_text())) == []


@pytest.mark.parametrize(
    "line",
    [
        "// CHEKC: a",
        "// CHECK-NEX: a",
        "// CHECK-LABLE: a",
        "// CHECK LABEL: a",
        "// CHECK-NEXT a",
        "// Check: a",
        "// CHECK_NEXT: a",
        "// CHECK-COUNT: a",
        "// GENERIC: a",
        "// RUNS: pto-opt %s",
        "// expected-eror {{a}}",
        "// expected-error {a}",
        "// exepcted-error@+1 {{a}}",
        "// expected-error@2 {{a}}",
    ],
)
def test_a_misspelt_directive_is_found(line: str) -> None:
    assert [number for number, _ in directives.misspelt_directives(f"\n{line}\n")] == [2]


@pytest.mark.parametrize(
    "line",
    [
        "// CHECK: a",
        "// CHECK-NEXT: a",
        "// CHECK-COUNT-2: a",
        "// RUN: filecheck --check-prefix=GENERIC",
        "// A note: CHECK the result.",
        "// Check that it works.",
        "// expected-error@+1 {{a}}",
        "// expected-note-re@above 2 {{a}}",
        "// -----",
    ],
)
def test_a_right_directive_and_prose_pass(line: str) -> None:
    assert list(directives.misspelt_directives(line)) == []


def test_a_prefix_that_a_run_line_names_is_known() -> None:
    text = "// RUN: x | filecheck %s --check-prefixes=ONE,TWO\n// ONE: a\n// TWO-NOT: b\n"
    assert list(directives.misspelt_directives(text)) == []
