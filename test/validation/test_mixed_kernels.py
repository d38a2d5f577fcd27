"""Kernels of the cube core and of its vector cores, together, through a pipe in global memory."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from xdsl.dialects import func

from tilewright.dialects.diagnostics import Diagnostic, DiagnosticError, collect_diagnostics
from tilewright.execution.cores import run_cores
from tilewright.execution.scheduling import Order
from tilewright.tools.run import Invocation, run

from .compiled import compiled, parse

_VIEW = "!pto.tensor_view<?x?xf32>"
_WINDOW = "!pto.partition_tensor_view<16x16xf32>"
_MAT = "!pto.tile_buf<mat, 16x16xf32, blayout=col_major, slayout=row_major>"
_LEFT = "!pto.tile_buf<left, 16x16xf32, slayout=row_major>"
_RIGHT = "!pto.tile_buf<right, 16x16xf32, slayout=col_major>"
_ACC = "!pto.tile_buf<acc, 16x16xf32, blayout=col_major, slayout=row_major, fractal=1024>"
_ENDS = "c2v_consumer_buf = %room : i32, v2c_consumer_buf = %none : i32"
_ARGUMENTS = "%a: !pto.ptr<f32>, %b: !pto.ptr<f32>, %slots: !pto.ptr<f32>, %out: !pto.ptr<f32>"
_CONSTANTS = (
    "\n".join(f"  %c{number} = arith.constant {number} : index" for number in (0, 1, 4, 8, 16, 32, 64))
    + "\n  %none = arith.constant 0 : i32\n  %block = pto.get_block_idx\n  %at = arith.index_cast %block : i64 to index"
)


def mixed(split: int, steps: int = 4) -> str:
    """`out = a[i] @ b + 1` for some 16x16 tiles `a[i]`, the sum on the vector cores; a block has its own a and out."""
    rows = 16 if split == 0 else 8
    tile = f"!pto.tile_buf<vec, {rows}x16xf32>"
    part = f"!pto.partition_tensor_view<{rows}x16xf32>"
    first = "%c0" if split == 0 else "%half"
    return f"""
func.func @cube({_ARGUMENTS}) attributes {{pto.kernel_kind = #pto.kernel_kind<cube>}} {{
{_CONSTANTS}
  %steps = arith.constant {steps} : index
  %whole = arith.constant {steps * 16} : index
  %more = arith.muli %at, %whole : index
  %rows = arith.addi %more, %whole : index
  %room = pto.import_reserved_buffer {{name = "fifo", peer_func = @vector}} -> i32
  %mine = arith.muli %at, %slots_of_a_block : index
  %gm = pto.addptr %slots, %mine : !pto.ptr<f32> -> !pto.ptr<f32>
  pto.aic_initialize_pipe {{dir_mask = 1, slot_size = 1024}} (gm_slot_buffer = %gm : !pto.ptr<f32>, {_ENDS})
  %va = pto.make_tensor_view %a, shape = [%rows, %c16], strides = [%c16, %c1] : {_VIEW}
  %vb = pto.make_tensor_view %b, shape = [%c16, %c16], strides = [%c16, %c1] : {_VIEW}
  %wb = pto.partition_view %vb, offsets = [%c0, %c0], sizes = [%c16, %c16] : {_VIEW} -> {_WINDOW}
  %mb = pto.alloc_tile : {_MAT}
  %rb = pto.alloc_tile : {_RIGHT}
  pto.tload ins(%wb : {_WINDOW}) outs(%mb : {_MAT})
  pto.tmov ins(%mb : {_MAT}) outs(%rb : {_RIGHT})
  scf.for %i = %c0 to %steps step %c1 {{
    %down = arith.muli %i, %c16 : index
    %row = arith.addi %more, %down : index
    %wa = pto.partition_view %va, offsets = [%row, %c0], sizes = [%c16, %c16] : {_VIEW} -> {_WINDOW}
    %ma = pto.alloc_tile : {_MAT}
    %la = pto.alloc_tile : {_LEFT}
    %acc = pto.alloc_tile : {_ACC}
    pto.tload ins(%wa : {_WINDOW}) outs(%ma : {_MAT})
    pto.tmov ins(%ma : {_MAT}) outs(%la : {_LEFT})
    pto.tmatmul ins(%la, %rb : {_LEFT}, {_RIGHT}) outs(%acc : {_ACC})
    pto.tpush_to_aiv(%acc : {_ACC}) {{split = {split}}}
  }}
  func.return
}}

func.func @vector({_ARGUMENTS}) attributes {{pto.kernel_kind = #pto.kernel_kind<vector>}} {{
{_CONSTANTS}
  %steps = arith.constant {steps} : index
  %whole = arith.constant {steps * 16} : index
  %more = arith.muli %at, %whole : index
  %rows = arith.addi %more, %whole : index
  %one = arith.constant 1.0 : f32
  %sub = pto.get_subblock_idx
  %side = arith.index_cast %sub : i64 to index
  %half = arith.muli %side, %c8 : index
  %room = pto.reserve_buffer {{name = "fifo", size = 8192, location = #pto.address_space<vec>, auto = true}} -> i32
  %mine = arith.muli %at, %slots_of_a_block : index
  %gm = pto.addptr %slots, %mine : !pto.ptr<f32> -> !pto.ptr<f32>
  pto.aiv_initialize_pipe {{dir_mask = 1, slot_size = 1024}} (gm_slot_buffer = %gm : !pto.ptr<f32>, {_ENDS})
  %vo = pto.make_tensor_view %out, shape = [%rows, %c16], strides = [%c16, %c1] : {_VIEW}
  scf.for %i = %c0 to %steps step %c1 {{
    %down = arith.muli %i, %c16 : index
    %base = arith.addi %more, %down : index
    %row = arith.addi %base, {first} : index
    %wo = pto.partition_view %vo, offsets = [%row, %c0], sizes = [%c{rows}, %c16] : {_VIEW} -> {part}
    %sum = pto.alloc_tile : {tile}
    %t = pto.tpop_from_aic {{split = {split}}} -> {tile}
    pto.tadds ins(%t, %one : {tile}, f32) outs(%sum : {tile})
    pto.tfree_from_aic {{split = {split}}}
    pto.tstore ins(%sum : {tile}) outs(%wo : {part})
  }}
  func.return
}}
""".replace("  %none = ", "  %slots_of_a_block = arith.constant 2048 : index\n  %none = ")


@pytest.mark.parametrize("order", Order)
@pytest.mark.parametrize("split", [0, 1])
@pytest.mark.parametrize("blocks", [1, 3])
def test_a_mixed_kernel_computes(split: int, order: Order, blocks: int) -> None:
    # More tiles than slots, so that slots come back.
    steps = 11
    remarks: list[Diagnostic] = []
    with collect_diagnostics(remarks.append):
        module = compiled(mixed(split, steps), "pto")
    functions = [op for op in module.ops if isinstance(op, func.FuncOp)]
    generator = np.random.default_rng(0)
    a = generator.integers(-4, 5, (blocks * steps * 16, 16)).astype(np.float32)
    b = generator.integers(-4, 5, (16, 16)).astype(np.float32)
    slots, out = np.zeros(blocks * 2048, np.float32), np.zeros_like(a)
    run_cores(functions, [a, b, slots, out], blocks=blocks, order=order, seed=3)
    # Both vector cores store whole tiles when a tile is not split; they are the same.
    assert np.array_equal(out, a @ b + 1)


def test_a_tile_that_does_not_fit_its_slot() -> None:
    remarks: list[Diagnostic] = []
    with collect_diagnostics(remarks.append):
        module = compiled(mixed(0).replace("slot_size = 1024", "slot_size = 512"), "pto{strength=ptoas}")
    functions = [op for op in module.ops if isinstance(op, func.FuncOp)]
    arrays = [np.zeros(size, np.float32) for size in (64 * 16, 256, 4096, 64 * 16)]
    with pytest.raises(DiagnosticError) as caught:
        run_cores(functions, arrays)
    (found,) = caught.value.diagnostics
    assert (found.code, found.message) == ("TW0471", "a tile of 1024 bytes does not fit a slot of 512")


@pytest.mark.parametrize("order", ["program", "early", "late", "random"])
def test_the_tool_runs_both_kernels(order: str, tmp_path: Path) -> None:
    source, given, written = (tmp_path / name for name in ("mixed.pto", "in.npz", "out.npz"))
    source.write_text(mixed(1))
    a, b = np.arange(1024, dtype=np.float32).reshape(64, 16) % 7, np.eye(16, dtype=np.float32)
    np.savez(given, arg0=a, arg1=b, arg2=np.zeros(2048, np.float32), arg3=np.zeros_like(a))
    run(Invocation(str(source), None, str(given), str(written), "physical", order=order))
    with np.load(written) as file:
        assert np.array_equal(file["arg3"], a + 1)


CROSSED = f"""
func.func @cube(%g: !pto.ptr<f32>) attributes {{pto.kernel_kind = #pto.kernel_kind<cube>}} {{
  %b = pto.import_reserved_buffer {{name = "tiles", peer_func = @vector}} -> i32
  %r = pto.reserve_buffer {{name = "results", size = 8192, location = <mat>, auto = false, base = 0}} -> i32
  %at = arith.constant 0 : i64
  %acc = pto.alloc_tile addr = %at : {_ACC}
  pto.aic_initialize_pipe {{dir_mask = 3, slot_size = 1024}}
    (gm_slot_buffer = %g : !pto.ptr<f32>, c2v_consumer_buf = %b : i32, v2c_consumer_buf = %r : i32)
  %t = pto.tpop_from_aiv {{split = 0}} -> {_MAT}
  pto.tpush_to_aiv(%acc : {_ACC}) {{split = 0}}
  return
}}
func.func @vector(%g: !pto.ptr<f32>) attributes {{pto.kernel_kind = #pto.kernel_kind<vector>}} {{
  %b = pto.reserve_buffer {{name = "tiles", size = 8192, location = <vec>, auto = false, base = 1024}} -> i32
  %r = pto.import_reserved_buffer {{name = "results", peer_func = @cube}} -> i32
  %at = arith.constant 0 : i64
  %own = pto.alloc_tile addr = %at : !pto.tile_buf<vec, 16x16xf32>
  pto.aiv_initialize_pipe {{dir_mask = 3, slot_size = 1024}}
    (gm_slot_buffer = %g : !pto.ptr<f32>, c2v_consumer_buf = %b : i32, v2c_consumer_buf = %r : i32)
  %t = pto.tpop_from_aic {{split = 0}} -> !pto.tile_buf<vec, 16x16xf32>
  pto.tpush_to_aic(%own : !pto.tile_buf<vec, 16x16xf32>) {{split = 0}}
  return
}}
"""


def test_a_core_that_waits_for_a_tile_sends_none() -> None:
    functions = [op for op in parse(CROSSED).ops if isinstance(op, func.FuncOp)]
    with pytest.raises(DiagnosticError) as caught:
        run_cores(functions, [np.zeros(8192, np.float32)])
    (found,) = caught.value.diagnostics
    assert found.code == "TW0470"
    assert [note.partition(": ")[2].partition(" for ")[0] for note in found.notes] == [
        "pto.tpop_from_aiv",
        "pto.tpop_from_aic",
        "pto.tpop_from_aic",
    ]
