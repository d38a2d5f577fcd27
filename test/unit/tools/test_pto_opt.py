"""`pto-opt` as a whole: streams, files, exit status, what is written when something fails."""

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from xdsl.context import Context
from xdsl.dialects.builtin import ModuleOp
from xdsl.passes import ModulePass

from tilewright.dialects.diagnostics import Diagnostic, Severity, SourceLocation, emit
from tilewright.passes import pipeline_text
from tilewright.passes.registry import PASSES
from tilewright.tools import driver, pto_opt

GOOD = b"func.func @f() {\n  func.return\n}\n"
PRINTED = "builtin.module {\n  func.func @f() {\n    func.return\n  }\n}\n"


@dataclass(frozen=True)
class Ran:
    """What one run left behind."""

    status: int
    out: str
    err: str


def run(*arguments: str, stdin: bytes = b"") -> Ran:
    out, err = StringIO(), StringIO()
    status = pto_opt.run(arguments, BytesIO(stdin), out, err)
    return Ran(status, out.getvalue(), err.getvalue())


@dataclass(frozen=True)
class CrashPass(ModulePass):
    """Fails as no pass should."""

    name = "crash"

    def apply(self, ctx: Context, op: ModuleOp) -> None:
        raise KeyError("x")


@dataclass(frozen=True)
class TalkPass(ModulePass):
    """Warns and remarks."""

    name = "talk"

    def apply(self, ctx: Context, op: ModuleOp) -> None:
        where = SourceLocation("<stdin>", 1, 1)
        emit(Diagnostic("TW0010", "careful", where, Severity.WARNING))
        emit(Diagnostic("TW0010", "chose two", where, Severity.REMARK))


@pytest.fixture(autouse=True)
def _own_passes(monkeypatch: pytest.MonkeyPatch) -> None:
    own = {"crash": lambda: CrashPass, "talk": lambda: TalkPass}
    monkeypatch.setattr(pipeline_text, "PASSES", {**PASSES, **own})


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "good.mlir"
    path.write_bytes(GOOD)
    return path


# -- input ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("arguments", [(), ("-",)])
def test_standard_input(arguments: Sequence[str]) -> None:
    assert run(*arguments, stdin=GOOD) == Ran(0, PRINTED, "")


def test_a_file(good: Path) -> None:
    assert run(str(good)) == Ran(0, PRINTED, "")


def test_empty_input_is_an_empty_module() -> None:
    assert run() == Ran(0, "builtin.module {\n}\n", "")


@pytest.mark.parametrize(
    ("name", "reason"), [("gone.mlir", "No such file"), ("", "Is a directory"), ("a\0b", "null byte")]
)
def test_an_unreadable_input(tmp_path: Path, name: str, reason: str) -> None:
    path = f"{tmp_path}/{name}"
    ran = run(path)
    assert (ran.status, ran.out) == (1, "")
    assert ran.err.startswith(f"{path}: error: cannot read the input: ")
    assert reason in ran.err
    assert ran.err.endswith(" [TW0004]\n")


def test_errors_show_the_line_of_the_input() -> None:
    ran = run(stdin=b"\nfunc.func @f( {\n")
    assert ran.status == 1
    assert ran.out == ""
    assert ran.err.startswith("error[TW0001]: ")
    assert "\n --> <stdin>:2:" in ran.err
    assert "\n2 | func.func @f( {\n" in ran.err


def test_bytes_that_are_not_text_are_shown_without_a_traceback() -> None:
    ran = run(stdin=b"func.func @\xff\0")
    assert ran.status == 1
    assert "unexpected byte 0xff" in ran.err


# -- output ---------------------------------------------------------------------------------------


def test_an_output_file(good: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.mlir"
    assert run(str(good), "-o", str(out)) == Ran(0, "", "")
    assert out.read_text() == PRINTED
    assert sorted(p.name for p in tmp_path.iterdir()) == ["good.mlir", "out.mlir"]
    assert run(str(good), "-o", "-").out == PRINTED


def test_an_output_file_may_be_the_input(good: Path) -> None:
    assert run(str(good), "-o", str(good)).status == 0
    assert good.read_text() == PRINTED


def test_an_error_leaves_the_output_file_untouched(tmp_path: Path) -> None:
    out = tmp_path / "out.mlir"
    out.write_text("before")
    assert run("-o", str(out), stdin=b"}").status == 1
    assert out.read_text() == "before"
    assert [p.name for p in tmp_path.iterdir()] == ["out.mlir"]


def test_one_wrong_part_withholds_the_whole_output() -> None:
    ran = run("--split-input-file", stdin=GOOD + b"// -----\n}\n")
    assert (ran.status, ran.out) == (1, "")
    assert "<stdin>:5:1" in ran.err


@pytest.mark.parametrize(("name", "reason"), [("no/out.mlir", "No such directory"), (".", "Is a directory")])
def test_an_unwritable_output(good: Path, tmp_path: Path, name: str, reason: str) -> None:
    path = str(tmp_path / name)
    ran = run(str(good), "-o", path)
    assert (ran.status, ran.out) == (1, "")
    assert ran.err.startswith(f"{path}: error: cannot write the output: {reason}")
    assert ran.err.endswith("[TW0005]\n")


# -- the command line -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--nonsense"], "TW0003"),
        (["-p"], "TW0003"),
        (["a", "b"], "TW0003"),
        (["-t", "ptx"], "TW0007"),
        (["-t", "pto", "--pto-version", "0.3"], "TW0012"),
        (["-t", "pto{version=0.3}"], "TW0012"),
        (["-t", "cce{version=0.57}"], "TW0007"),
        (["-t", "cce", "--pto-version", "0.57"], "TW0003"),
        (["-t", "pto{version=0.57}", "--pto-version", "0.27"], "TW0003"),
        (["-p", "nope"], "TW0002"),
        (["-p", "cse{x=1}"], "TW0003"),
        (["--explain", "nope"], "TW0003"),
        (["--run-reproducer"], "TW0004"),
    ],
)
def test_a_bad_command_line(arguments: list[str], code: str) -> None:
    ran = run(*arguments, stdin=GOOD)
    assert (ran.status, ran.out) == (1, "")
    assert ran.err.count(code) == 1


@pytest.mark.parametrize("flag", ["--help", "--version"])
def test_help_and_version(flag: str) -> None:
    ran = run(flag)
    assert ran.status == 0
    assert "pto-opt" in ran.out


def test_list_passes_lists_options() -> None:
    ran = run("--list-passes")
    assert ran.status == 0
    assert "  canonicalize " in ran.out


def test_verify_each_can_be_switched_off() -> None:
    assert run("--no-verify-each", "-p", "cse,cse", "--pass-timing", stdin=GOOD).status == 0
    assert run("--verify-each", "-p", "cse,cse", stdin=GOOD).status == 0


# -- warnings and remarks -------------------------------------------------------------------------


def test_remarks_are_for_who_asks() -> None:
    plain, asked = run("-p", "talk", stdin=GOOD), run("-p", "talk", "--remarks", stdin=GOOD)
    assert plain.status == asked.status == 0
    assert plain.out == asked.out == PRINTED
    assert "warning[TW0010]: careful" in plain.err
    assert "remark" not in plain.err
    assert "remark[TW0010]: chose two" in asked.err


def test_warnings_must_be_expected_and_remarks_may_be() -> None:
    assert run("--verify-diagnostics", "-p", "talk", stdin=GOOD).status == 1
    text = GOOD.replace(b"{\n", b"{ // expected-warning {{careful}}\n", 1)
    assert run("--verify-diagnostics", "-p", "talk", stdin=text) == Ran(0, PRINTED, "")
    text = text.replace(b"{{careful}}", b"{{careful}} expected-remark {{two}}")
    assert run("--verify-diagnostics", "-p", "talk", stdin=text) == Ran(0, PRINTED, "")


# -- internal errors ------------------------------------------------------------------------------


def test_an_internal_error_is_one_message() -> None:
    ran = run("-p", "crash", stdin=GOOD)
    assert (ran.status, ran.out) == (1, "")
    assert "internal error in pass 'crash': KeyError: 'x' [TW0099]" in ran.err
    assert "Traceback" not in ran.err
    assert "Traceback" in run("-p", "crash", "--debug", stdin=GOOD).err


def test_a_failing_target_is_an_internal_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def emit_nothing(_ctx: Context, _module: ModuleOp, _out: object) -> None:
        raise AssertionError("no layout")

    monkeypatch.setattr(driver, "TARGETS", {"pto": lambda: emit_nothing})
    ran = run("-t", "pto", stdin=GOOD)
    assert ran.status == 1
    assert "internal error while emitting 'pto': AssertionError: no layout [TW0099]" in ran.err


def test_a_crash_reproducer_reproduces(tmp_path: Path) -> None:
    path = tmp_path / "crash.mlir"
    arguments = ["-p", "cse,crash", "-t", "mlir-generic", "--no-verify-each"]
    first = run(*arguments, "--crash-reproducer", str(path), stdin=GOOD)
    assert path.read_text().split("\n")[:3] == [
        "// RUN: pto-opt %s -p cse,crash -t mlir-generic --no-verify-each",
        "// internal error in pass 'crash': KeyError: 'x'",
        "// [TW0099]",
    ]
    again = run(str(path), "--run-reproducer")
    assert first.status == again.status == 1
    assert "internal error in pass 'crash': KeyError: 'x'" in again.err


def test_no_reproducer_without_an_internal_error(tmp_path: Path) -> None:
    path = tmp_path / "crash.mlir"
    assert run("--crash-reproducer", str(path), stdin=b"}").status == 1
    assert not path.exists()


# -- the rest of the process ---------------------------------------------------------------------


def test_main_takes_its_arguments_from_the_command_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], good: Path
) -> None:
    monkeypatch.setattr(sys, "argv", ["pto-opt", str(good)])
    assert pto_opt.main() == 0
    assert capsys.readouterr().out == PRINTED
    monkeypatch.setattr(pto_opt, "run", _interrupted)
    assert pto_opt.main([]) == 130


def _interrupted(*_arguments: object) -> int:
    raise KeyboardInterrupt


def test_an_output_keeps_permissions_and_links(good: Path, tmp_path: Path) -> None:
    real, link = tmp_path / "real.mlir", tmp_path / "link.mlir"
    real.write_text("before")
    real.chmod(0o640)
    link.symlink_to(real)
    assert run(str(good), "-o", str(link)).status == 0
    assert link.is_symlink()
    assert real.read_text() == PRINTED
    assert real.stat().st_mode & 0o777 == 0o640


def test_a_device_is_written_directly(good: Path) -> None:
    assert run(str(good), "-o", os.devnull).status == 0
    assert not Path(os.devnull).is_file()
