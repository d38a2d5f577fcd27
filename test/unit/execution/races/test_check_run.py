"""`tilewright check --run`: options, formats, exit status."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tilewright.dialects.diagnostics import DiagnosticError
from tilewright.tools.check_command import check

_TILE = "!pto.tile_buf<vec, 8x64xf32>"
_PART = "!pto.partition_tensor_view<8x64xf32>"

KERNEL = f"""\
module attributes {{pto.target_arch = "a3"}} {{
func.func @k(%p: {_PART}, %o: {_PART}, %n: index) attributes {{pto.kernel_kind = #pto.kernel_kind<vector>}} {{
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %a0 = arith.constant 0 : i64
  %x = pto.alloc_tile addr = %a0 : {_TILE}
  scf.for %i = %c0 to %n step %c1 {{
    pto.texp ins(%x : {_TILE}) outs(%x : {_TILE})
  }}
  pto.barrier <PIPE_ALL>
  return
}}
}}
"""


@pytest.fixture
def kernel(tmp_path: Path) -> str:
    """A file with a loop that needs a barrier from its second iteration on."""
    path = tmp_path / "kernel.pto"
    path.write_text(KERNEL)
    return str(path)


def run(*arguments: str) -> Result:
    """Run the command."""
    return CliRunner().invoke(check, arguments)


def codes(result: Result) -> list[str]:
    """The codes of a JSON report."""
    return [each["code"] for each in json.loads(result.stdout)["files"][0]["diagnostics"]]


def test_a_loop_whose_bound_nobody_gives(kernel: str) -> None:
    result = run(kernel, "--run", "--format", "json")
    assert "TW0441" in codes(result)
    assert "TW0433" in codes(result)
    assert result.exit_code == 1


def test_nothing_is_run_unless_asked(kernel: str) -> None:
    assert run(kernel, "--format", "json").exit_code == 0


@pytest.mark.parametrize("option", [("--arg", "n=1"), ("--arg", "%n=0x1"), ("--trips", "1")])
def test_numbers_from_the_command_line(kernel: str, option: tuple[str, str]) -> None:
    result = run(kernel, "--run", "--format", "json", *option)
    assert "TW0433" not in codes(result)
    assert result.exit_code == 0
    assert "TW0433" in codes(run(kernel, "--run", "--format", "json", option[0], option[1].replace("1", "2")))


def test_the_number_of_blocks(tmp_path: Path) -> None:
    path = tmp_path / "kernel.pto"
    store = f"pto.tstore ins(%x : {_TILE}) outs(%o : {_PART})"
    path.write_text(KERNEL.replace("  pto.barrier", f"  {store}\n  pto.barrier"))
    assert "TW0432" not in codes(run(str(path), "--run", "--arg", "n=1", "--format", "json"))
    result = run(str(path), "--run", "--arg", "n=1", "--blocks", "2")
    assert "MTE3 of the vector core of block 1 writes them by pto.tstore at line 10" in result.stderr
    assert result.exit_code == 1
    path.write_text(path.read_text().replace("%c0 =", "%b = pto.get_block_idx\n  %c0 ="))
    assert "TW0432" in codes(run(str(path), "--run", "--arg", "n=1", "--format", "json"))
    one = run(str(path), "--run", "--arg", "n=1", "--blocks", "1", "--format", "json")
    assert "TW0432" not in codes(one)


def test_the_report_for_people(kernel: str) -> None:
    result = run(kernel, "--run", "--arg", "n=2")
    assert f"--> {kernel}:8:5" in result.stderr
    assert f"= first: {kernel}:8:5 (%i = 0)" in result.stderr
    assert f"= then: {kernel}:8:5 (%i = 1)\n        pto.texp ins(%x" in result.stderr
    assert "= an order of events that breaks it:\n        1. V starts pto.texp at line 8 (%i = 0)" in result.stderr
    assert "= help: pto.barrier <PIPE_V> before line 8" in result.stderr


def test_the_report_for_code_hosts(kernel: str) -> None:
    result = run(kernel, "--run", "--arg", "n=2", "--format", "sarif")
    (found,) = [each for each in json.loads(result.stdout)["runs"][0]["results"] if each["ruleId"] == "TW0433"]
    assert found["locations"][0]["physicalLocation"]["region"]["startLine"] == 8
    assert "an order of events that breaks it" in found["message"]["text"]


@pytest.mark.parametrize(
    "arguments, message",
    [
        (("--run", "--arg", "n"), "--arg n: expected name=value with a number"),
        (("--run", "--arg", "n=x"), "--arg n=x: expected name=value with a number"),
        (("--run", "--arg", "=1"), "--arg =1: expected name=value with a number"),
        (("--arg", "n=1"), "--arg, --trips and --blocks say how to run: they go with --run"),
        (("--trips", "1"), "--arg, --trips and --blocks say how to run: they go with --run"),
        (("--blocks", "2"), "--arg, --trips and --blocks say how to run: they go with --run"),
    ],
)
def test_options_that_make_no_sense(kernel: str, arguments: tuple[str, ...], message: str) -> None:
    error = run(kernel, *arguments).exception
    assert isinstance(error, DiagnosticError)
    assert (error.diagnostics[0].code, error.diagnostics[0].message) == ("TW0443", message)


def test_an_argument_that_does_not_exist(kernel: str) -> None:
    assert "TW0443" in codes(run(kernel, "--run", "--format", "json", "--arg", "m=1"))
