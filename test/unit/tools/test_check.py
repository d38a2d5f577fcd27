"""`tilewright check`: each rule, the three formats, and the exit status."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from tilewright.dialects.diagnostics import Severity
from tilewright.passes.lint import Strength
from tilewright.tools.check import check_file
from tilewright.tools.cli import cli

VEC = "!pto.tile_buf<vec, 16x64xf32>"
BODY_START = 'module attributes {pto.target_arch = "a3"} {\n'
KIND = "attributes {pto.kernel_kind = #pto.kernel_kind<vector>}"
FLAGS = {
    "set": "pto.set_flag[<PIPE_MTE2>, <PIPE_V>, <EVENT_ID0>]",
    "wait": "pto.wait_flag[<PIPE_MTE2>, <PIPE_V>, <EVENT_ID0>]",
}


WINDOW = "!pto.partition_tensor_view<{}xf32>"


def module(body: str, *, kind: str = KIND, arguments: str = f"%out: {WINDOW.format('16x64')}") -> str:
    """One function with this body, which starts on line 3."""
    return f"{BODY_START}func.func @f({arguments}) {kind} {{\n{body}\nreturn\n}}\n}}\n"


def alloc(name: str, address: int | None = None, kind: str = VEC) -> str:
    """One buffer."""
    if address is None:
        return f"%{name} = pto.alloc_tile : {kind}"
    return f"%{name}_at = arith.constant {address} : i64\n%{name} = pto.alloc_tile addr = %{name}_at : {kind}"


def add(a: str, b: str, c: str, kind: str = VEC) -> str:
    """A vector instruction that reads two tiles and writes a third."""
    return f"pto.tadd ins(%{a}, %{b} : {kind}, {kind}) outs(%{c} : {kind})"


def store(name: str, shape: str = "16x64") -> str:
    """Somebody needs the contents of a tile."""
    return f"pto.tstore ins(%{name} : !pto.tile_buf<vec, {shape}xf32>) outs(%out : {WINDOW.format(shape)})"


def found(tmp_path: Path, text: str) -> list[tuple[str, int]]:
    """The codes and lines of what the linter says."""
    path = tmp_path / "kernel.pto"
    path.write_text(text)
    checked = check_file(str(path), Strength.HARDWARE)
    return [(each.code, each.location.line if each.location else 0) for each in checked.diagnostics]


def test_a_sound_program_has_nothing_to_report(tmp_path: Path) -> None:
    body = "\n".join([alloc("a"), alloc("b"), add("a", "b", "a"), store("a")])
    assert found(tmp_path, module(body)) == []


def test_memory_that_is_exceeded(tmp_path: Path) -> None:
    large = "!pto.tile_buf<vec, 256x128xf32>"
    body = "\n".join([alloc("a", kind=large), alloc("b", kind=large), add("a", "b", "a", large), store("a", "256x128")])
    assert found(tmp_path, module(body, arguments=f"%out: {WINDOW.format('256x128')}")) == [("TW0501", 3)]


def test_live_buffers_that_overlap(tmp_path: Path) -> None:
    body = "\n".join([alloc("a", 0), alloc("b", 2048), add("a", "a", "a"), add("b", "b", "b"), add("a", "b", "a")])
    assert ("TW0502", 8) in found(tmp_path, module(body))


def test_buffers_that_are_live_one_after_the_other_may_overlap(tmp_path: Path) -> None:
    body = "\n".join([alloc("a", 0), add("a", "a", "a"), store("a"), alloc("b", 0), add("b", "b", "b"), store("b")])
    assert "TW0502" not in [code for code, _ in found(tmp_path, module(body))]


def test_unused_and_unread_buffers(tmp_path: Path) -> None:
    body = "\n".join([alloc("a"), alloc("b"), alloc("c"), add("a", "a", "c")])
    assert found(tmp_path, module(body)) == [("TW0503", 4), ("TW0504", 5)]


@pytest.mark.parametrize(("flag", "code"), [("wait", "TW0505"), ("set", "TW0506")])
def test_flags_that_do_not_match_up(tmp_path: Path, flag: str, code: str) -> None:
    assert found(tmp_path, module(FLAGS[flag])) == [(code, 3)]


def test_flags_that_match_up(tmp_path: Path) -> None:
    assert found(tmp_path, module(f"{FLAGS['set']}\n{FLAGS['wait']}")) == []


def test_flags_of_a_loop_are_counted_in_each_iteration(tmp_path: Path) -> None:
    loop = "scf.for %i = %c0 to %n step %c1 {{\n{0}\n}}"
    constants = "%c0 = arith.constant 0 : index\n%c1 = arith.constant 1 : index"
    unbalanced = f"{constants}\n{FLAGS['set']}\n{loop.format(FLAGS['wait'])}"
    assert ("TW0505", 7) in found(tmp_path, module(unbalanced, arguments="%n: index"))
    balanced = f"{constants}\n{FLAGS['set']}\n{loop.format(FLAGS['wait'] + chr(10) + FLAGS['set'])}\n{FLAGS['wait']}"
    assert found(tmp_path, module(balanced, arguments="%n: index")) == []


def test_pipes_without_flags(tmp_path: Path) -> None:
    tensor, view = "!pto.tensor_view<?x?xf32>", "!pto.partition_tensor_view<16x64xf32>"
    body = "\n".join(
        [
            "%c1 = arith.constant 1 : index",
            "%c16 = arith.constant 16 : index",
            "%c64 = arith.constant 64 : index",
            "%c0 = arith.constant 0 : index",
            "%v = pto.make_tensor_view %p, shape = [%c16, %c64], strides = [%c64, %c1] : !pto.tensor_view<?x?xf32>",
            f"%w = pto.partition_view %v, offsets = [%c0, %c0], sizes = [%c16, %c64] : {tensor} -> {view}",
            alloc("a", 0),
            f"pto.tload ins(%w : {view}) outs(%a : {VEC})",
            f"pto.tstore ins(%a : {VEC}) outs(%w : {view})",
        ]
    )
    assert found(tmp_path, module(body, arguments="%p: !pto.ptr<f32>")) == [("TW0507", 12)]


def test_functions_without_entry_or_core(tmp_path: Path) -> None:
    body = "\n".join([alloc("a"), add("a", "a", "a"), store("a")])
    one = module(body, kind="").removesuffix("}\n")
    second = f"func.func @g(%out: {WINDOW.format('16x64')}) {{\n{body}\nreturn\n}}\n}}\n"
    assert [code for code, _ in found(tmp_path, one + second)] == ["TW0508", "TW0509", "TW0509"]


def test_an_entry_returns_nothing(tmp_path: Path) -> None:
    text = "func.func @f() -> i32 {\n%c = arith.constant 1 : i32\nreturn %c : i32\n}\n"
    assert found(tmp_path, text) == [("TW0510", 1)]


def test_functions_do_not_call_themselves(tmp_path: Path) -> None:
    text = "func.func @f() attributes {pto.entry} {\nfunc.call @g() : () -> ()\nreturn\n}\n"
    text += "func.func @g() {\nfunc.call @f() : () -> ()\nreturn\n}\n"
    assert found(tmp_path, text) == [("TW0511", 1), ("TW0511", 5)]


def run(tmp_path: Path, text: str, *options: str) -> tuple[int, str]:
    """The exit status and the standard output of the command."""
    path = tmp_path / "kernel.pto"
    path.write_text(text)
    result = CliRunner().invoke(cli, ["check", str(path), *options])
    return result.exit_code, result.stdout


WARNS = module(alloc("a"))
FAILS = module(FLAGS["wait"])


def test_exit_status(tmp_path: Path) -> None:
    assert run(tmp_path, WARNS)[0] == 0
    assert run(tmp_path, WARNS, "--werror")[0] == 1
    assert run(tmp_path, FAILS)[0] == 1


def test_text_shows_memory_and_totals(tmp_path: Path) -> None:
    _, text = run(tmp_path, module("\n".join([alloc("a"), alloc("b"), add("a", "b", "a"), store("a")])))
    assert "8192" in text
    assert "188416" in text
    assert "1 file, 0 errors, 0 warnings" in text


def test_json(tmp_path: Path) -> None:
    report = json.loads(run(tmp_path, FAILS, "--format", "json")[1])
    assert (report["errors"], report["warnings"]) == (1, 0)
    (diagnostic,) = report["files"][0]["diagnostics"]
    assert diagnostic["code"] == "TW0505"
    assert (diagnostic["severity"], diagnostic["line"]) == (str(Severity.ERROR), 3)


def test_sarif(tmp_path: Path) -> None:
    log = json.loads(run(tmp_path, FAILS, "--format", "sarif")[1])
    assert log["version"] == "2.1.0"
    (analysis,) = log["runs"]
    (rule,) = analysis["tool"]["driver"]["rules"]
    (result,) = analysis["results"]
    assert rule["id"] == result["ruleId"] == "TW0505"
    assert result["level"] == "error"
    assert result["locations"][0]["physicalLocation"]["region"]["startLine"] == 3


def test_a_file_that_cannot_be_read_or_parsed_is_reported(tmp_path: Path) -> None:
    broken = tmp_path / "broken.pto"
    broken.write_bytes(b"\xff\xfe module {")
    result = CliRunner().invoke(cli, ["check", str(broken), str(tmp_path / "none.pto"), "--format", "json"])
    assert result.exit_code == 1
    codes = [each["code"] for file in json.loads(result.stdout)["files"] for each in file["diagnostics"]]
    assert codes == ["TW0001", "TW0004"]
