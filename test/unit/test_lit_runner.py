"""The runner of lit files fails when a command fails, and refuses what it cannot run."""

from pathlib import Path

import inprocess
import pytest

FUNCTION = "func.func @f() {\n  func.return\n}\n"


def run(tmp_path: Path, text: str) -> None:
    path = tmp_path / "case.mlir"
    path.write_text(text + FUNCTION)
    inprocess.run_file(path)


@pytest.mark.parametrize(
    "text",
    [
        "// RUN: pto-opt %s\n",
        "// RUN: pto-opt %s | pto-opt | filecheck %s\n// CHECK: @f\n",
        "// RUN: pto-opt %s -p 'cse,dce' \\\n// RUN:   | FileCheck %s --check-prefix=A\n// A: @f\n",
        "// RUN: not pto-opt %S/gone.mlir\n",
        "// RUN: not pto-opt %s -p no 2>&1 | filecheck %s\n// CHECK: unknown pass 'no'\n",
        "// RUN: pto-opt %s | not filecheck %s\n// CHECK: @g\n",
    ],
)
def test_lines_that_pass(tmp_path: Path, text: str) -> None:
    run(tmp_path, text)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "no RUN line"),
        ("// RUN: pto-opt %s -p no\n", "unknown pass 'no'"),
        ("// RUN: not pto-opt %s\n", "func.func @f"),
        ("// RUN: pto-opt %s | filecheck %s\n// CHECK: @g\n", "Couldn't match"),
        ("// RUN: pto-opt %s | filecheck %s\n", "no check strings|No check strings|filecheck"),
        ("// RUN: pto-opt %s\n// RUN: pto-opt %S/gone.mlir\n", "cannot read the input"),
        ("// RUN: pto-opt %s -p no | pto-opt\n", "unknown pass 'no'"),
    ],
)
def test_lines_that_fail(tmp_path: Path, text: str, reason: str) -> None:
    with pytest.raises(inprocess.FailedError, match=reason):
        run(tmp_path, text)


@pytest.mark.parametrize(
    "line",
    [
        "RUN: pto-opt %s && true",
        "RUN: pto-opt %s > out",
        "RUN: pto-opt %s -o %t",
        "RUN: rm -r %s",
        "RUN: pto-opt %{file}",
        "XFAIL: *",
    ],
)
def test_lines_that_are_refused(tmp_path: Path, line: str) -> None:
    with pytest.raises(inprocess.RefusedError):
        run(tmp_path, f"// {line}\n")


def test_a_missing_feature_is_no_failure(tmp_path: Path) -> None:
    with pytest.raises(inprocess.MissingFeatureError, match="requires a-chip"):
        run(tmp_path, "// REQUIRES: a-chip\n// RUN: pto-opt %s -p no\n")
