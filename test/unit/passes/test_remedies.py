"""Programs that do not fit: the refusal, and the changes that do fit."""

from __future__ import annotations

from io import BytesIO, StringIO
from pathlib import Path

import pytest
from xdsl.dialects.builtin import ModuleOp

from tilewright.dialects.parsing import parse_module
from tilewright.dialects.registry import make_context
from tilewright.dialects.verification import verify
from tilewright.kernels.projection import Projection
from tilewright.passes.analysis import retile
from tilewright.passes.manager import run_passes
from tilewright.passes.pipeline_text import parse_pipeline
from tilewright.tools import pto_opt


def parse(text: str) -> ModuleOp:
    module = parse_module(make_context(), text, "case.mlir")
    verify(module)
    return module


def pinned(n: int, k: int, stages: int, element: str = "bf16", acc: str = "f32") -> str:
    """Two weights with loads that the user has placed in Mat."""
    zero = "0.0 : f32" if acc == "f32" else "0 : i32"
    ta, tb, tc = f"!tile.tensor<16x4096x{element}>", f"!tile.tensor<4096x{n}x{element}>", f"!tile.tensor<16x{n}x{acc}>"
    a, b, c = f"!tile.tile<16x{k}x{element}, mat>", f"!tile.tile<{k}x{n}x{element}, mat>", f"!tile.tile<16x{n}x{acc}>"
    return f"""func.func @gate_up(%act: {ta}, %gate: {tb}, %up: {tb}, %o: {tc}, %p: {tc}) {{
  %c0 = arith.constant 0 : index
  %ck = arith.constant {k} : index
  %end = arith.constant 4096 : index
  %zero = tile.full {zero} : !tile.tile<16x{n}x{acc}>
  %g, %u = tile.pipeline stages({stages}) %k = %c0 to %end step %ck iter_args(%x = %zero, %y = %zero) -> ({c}, {c}) {{
    %a = tile.load %act[%c0, %k] : {ta} -> {a}
    %wg = tile.load %gate[%k, %c0] : {tb} -> {b}
    %wu = tile.load %up[%k, %c0] : {tb} -> {b}
    %x1, %y1 = tile.matmul acc(%x, %y) %a, %wg, %wu : {a}, {b}, {b} -> {c}, {c}
    tile.yield %x1, %y1 : {c}, {c}
  }}
  tile.store %g, %o[%c0, %c0] : {c}, {tc}
  tile.store %u, %p[%c0, %c0] : {c}, {tc}
  func.return
}}
"""


def refusal(text: str, path: Path, pipeline: str = "a2a3") -> str:
    source = path / "gate_up.mlir"
    source.write_text(text)
    output, errors = StringIO(), StringIO()
    assert pto_opt.run([str(source), "-p", pipeline], BytesIO(), output, errors) == 1
    assert output.getvalue() == ""
    return errors.getvalue().replace(str(path), "")


def test_the_refusal_in_full(tmp_path: Path) -> None:
    text = refusal(pinned(256, 512, 2), tmp_path)
    assert (
        text
        == """\
error[TW0203]: Mat buffer usage (1081344 bytes) exceeds platform limit (524288 bytes)
 --> /gate_up.mlir:8:11
  |
8 |     %wg = tile.load %gate[%k, %c0] : !tile.tensor<4096x256xbf16> -> !tile.tile<512x256xbf16, mat>
  |           ^^^^^^^^^ 524288 bytes, live lines 8-10
  |
  = function @gate_up needs 557056 bytes (544 KiB) more than Mat has; the largest buffers:
          %wg  2 x 512x256 bf16  524288 bytes  lines 8-10
          %wu  2 x 512x256 bf16  524288 bytes  lines 9-10
          %a   2 x 16x512 bf16    32768 bytes  lines 7-10
  = help: these fit (each was compiled):
          K chunk 512 -> 128              270336 bytes of Mat, 32768 bytes of Acc
          N 256 -> 64 for each tile       294912 bytes of Mat, 8192 bytes of Acc
          loads without a fixed space     67584 bytes of Mat, 32768 bytes of Acc
"""
    )


@pytest.mark.parametrize(
    "text",
    [
        pinned(256, 512, 2),
        pinned(512, 512, 2, "i8", "i32"),
        pinned(256, 256, 3),
    ],
)
def test_each_help_holds_when_it_is_followed(text: str, tmp_path: Path) -> None:
    message = refusal(text, tmp_path)
    assert "these fit (each was compiled):" in message
    changes = 0
    for stages in (1, 2, 3):
        if f"stages {text.split('stages(')[1][0]} -> {stages} " in message:
            module = parse(text)
            retile.set_stages(module, stages)
            run_passes(make_context(), module, parse_pipeline("a2a3"))
            changes += 1
    for k in (32, 64, 128, 256):
        if f"K chunk {retile.k_loops(parse(text))[0][1]} -> {k} " in message:
            module = parse(text)
            assert retile.set_k_chunk(module, k)
            run_passes(make_context(), module, parse_pipeline("a2a3"))
            changes += 1
    for n in (16, 32, 64, 128, 256):
        if f"N {retile.columns_of(parse(text))} -> {n} " in message:
            module = parse(text)
            retile.set_columns(module, n)
            run_passes(make_context(), module, parse_pipeline("a2a3"))
            changes += 1
    assert changes


def test_accumulators_past_acc_are_refused_with_fewer_columns(tmp_path: Path) -> None:
    text = refusal(Projection(64, 512, 512, "i8", 2).text(), tmp_path)
    assert "Acc buffer usage (262144 bytes) exceeds platform limit (131072 bytes)" in text
    assert "N 512 -> 256 for each tile" in text


def test_a_program_that_no_change_saves_says_so(tmp_path: Path) -> None:
    text = refusal(Projection(4000, 32, 16, "i8", 3).text(), tmp_path)
    assert "Acc buffer usage" in text
    assert "no change of stages, K chunk or columns alone makes it fit" in text


def test_a_refusal_of_another_kind_gets_no_help(tmp_path: Path) -> None:
    text = refusal("func.func @f(%x: index) {\n  func.retrun\n}\n", tmp_path)
    assert "these fit" not in text


def test_stages_are_only_lowered() -> None:
    module = parse(pinned(64, 64, 3, "i8", "i32"))
    retile.set_stages(module, 4)
    assert "stages(3)" in str(module)
    retile.set_stages(module, 2)
    assert "stages(2)" in str(module)


def test_a_k_chunk_cuts_loop_and_tiles() -> None:
    module = parse(pinned(64, 64, 2, "i8", "i32"))
    assert [k for _, k in retile.k_loops(module)] == [64]
    assert retile.set_k_chunk(module, 32)
    verify(module)
    assert "!tile.tile<16x32xi8, mat>, !tile.tile<32x64xi8, mat>" in str(module)
    assert [k for _, k in retile.k_loops(module)] == [32]


@pytest.mark.parametrize("k", [48, 16, 100])
def test_a_k_chunk_has_to_divide_and_be_whole_fractals(k: int) -> None:
    assert not retile.set_k_chunk(parse(pinned(64, 64, 2, "i8", "i32")), k)


def test_without_a_loop_there_is_no_k_chunk() -> None:
    assert not retile.set_k_chunk(parse("func.func @f() { func.return }"), 32)


def test_columns_change_weights_and_sums() -> None:
    module = parse(pinned(64, 64, 2, "i8", "i32"))
    assert retile.columns_of(module) == 64
    retile.set_columns(module, 32)
    verify(module)
    assert retile.columns_of(module) == 32
    assert "x64xi32" not in str(module).replace("!tile.tensor<16x64xi32>", "")


def test_loads_are_taken_out_of_mat() -> None:
    module = parse(pinned(64, 64, 2, "i8", "i32"))
    assert retile.unplace_loads(module)
    assert ", mat>" not in str(module)
    assert not retile.unplace_loads(module)
