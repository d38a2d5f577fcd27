"""`pto-opt --validate`: every pass must leave what the program computes as it was."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO, StringIO
from pathlib import Path
from time import monotonic

import pytest
from xdsl.context import Context
from xdsl.dialects import arith, func
from xdsl.dialects.builtin import IntegerAttr, ModuleOp, i64
from xdsl.passes import ModulePass
from xdsl.rewriter import InsertPoint, Rewriter

from tilewright.dialects.constants import constant_value
from tilewright.dialects.diagnostics import Diagnostic, DiagnosticError, collect_diagnostics
from tilewright.dialects.parsing import parse_module
from tilewright.dialects.pto import AllocTileOp
from tilewright.dialects.registry import make_context
from tilewright.execution.inputs import inputs_for
from tilewright.execution.separate_buffers import with_separate_buffers
from tilewright.execution.validation import Validator
from tilewright.passes.manager import PassHooks, parse_pipeline, run_passes
from tilewright.tools.pto_opt import run
from tilewright.tools.reducing import reduced
from tilewright.tools.validate import ResultWatch

EXAMPLE = Path(__file__).parents[3] / "tilewright" / "kernels" / "qwen3_gate_up.mlir"

COPY = """
func.func @copy(%x: !tile.tensor<8x64xf32>, %y: !tile.tensor<8x64xf32>) {
  %c0 = arith.constant 0 : index
  %unused = arith.constant 7 : index
  %a = tile.load %x[%c0, %c0] : !tile.tensor<8x64xf32> -> !tile.tile<4x64xf32>
  tile.store %a, %y[%c0, %c0] : !tile.tile<4x64xf32>, !tile.tensor<8x64xf32>
  func.return
}
"""

BUFFER = """
func.func @takes_a_buffer(%t: !pto.tile_buf<vec, 8x64xf32>) {
  pto.texp ins(%t : !pto.tile_buf<vec, 8x64xf32>) outs(%t : !pto.tile_buf<vec, 8x64xf32>)
  func.return
}
"""

TILE = "!pto.tile_buf<vec, 8x64xf32>"
VIEW = "!pto.tensor_view<?x?xf32>"
PART = "!pto.partition_tensor_view<8x64xf32>"

UNPLANNED = f"""
func.func @sum(%p: !pto.ptr<f32>, %q: !pto.ptr<f32>) {{
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c8 = arith.constant 8 : index
  %c64 = arith.constant 64 : index
  %vp = pto.make_tensor_view %p, shape = [%c8, %c64], strides = [%c64, %c1] : {VIEW}
  %vq = pto.make_tensor_view %q, shape = [%c8, %c64], strides = [%c64, %c1] : {VIEW}
  %wp = pto.partition_view %vp, offsets = [%c0, %c0], sizes = [%c8, %c64] : {VIEW} -> {PART}
  %wq = pto.partition_view %vq, offsets = [%c0, %c0], sizes = [%c8, %c64] : {VIEW} -> {PART}
  %a = pto.alloc_tile : {TILE}
  %b = pto.alloc_tile : {TILE}
  pto.tload ins(%wp : {PART}) outs(%a : {TILE})
  pto.tload ins(%wq : {PART}) outs(%b : {TILE})
  pto.tadd ins(%a, %b : {TILE}, {TILE}) outs(%b : {TILE})
  pto.tstore ins(%b : {TILE}) outs(%wq : {PART})
  func.return
}}
"""

BOUNDS = "func.func @f(%lower: index, %x: !tile.tensor<8x64xf32>, %upper: index, %step: index) {\n func.return\n}"


@dataclass(frozen=True)
class ShareAddresses(ModulePass):
    """A planner with a bug: every buffer starts at byte 0."""

    name = "share-addresses"

    def apply(self, ctx: Context, op: ModuleOp) -> None:
        for alloc in [inner for inner in op.walk() if isinstance(inner, AllocTileOp)]:
            zero = arith.ConstantOp(IntegerAttr(0, i64))
            Rewriter.insert_op(zero, InsertPoint.before(alloc))
            Rewriter.replace_op(alloc, AllocTileOp(alloc.result.type, zero.result))


@dataclass(frozen=True)
class MoveTheStore(ModulePass):
    """A pass with a bug: tiles are stored from the first row on that it likes."""

    name = "move-the-store"

    def apply(self, ctx: Context, op: ModuleOp) -> None:
        store = next(inner for inner in op.walk() if inner.name == "tile.store")
        row = arith.ConstantOp(IntegerAttr.from_index_int_value(1))
        Rewriter.insert_op(row, InsertPoint.before(store))
        store.operands[2] = row.result


def parse(text: str) -> ModuleOp:
    return parse_module(make_context(), text, "test.mlir")


def test_the_whole_pipeline_of_the_main_job_is_valid() -> None:
    errors = StringIO()
    arguments = [str(EXAMPLE), "-p", "a2a3", "--validate"]
    assert run(arguments, BytesIO(), StringIO(), errors) == 0
    assert errors.getvalue() == ""


def test_the_first_pass_that_changes_a_result_is_named() -> None:
    kept: list[tuple[str, str]] = []
    watch = ResultWatch(make_context(), lambda text, current: kept.append((text, current.name)))
    module = parse(COPY)
    with pytest.raises(DiagnosticError) as caught:
        run_passes(make_context(), module, [MoveTheStore()], hooks=PassHooks(watch.before, watch.after))
    (found,) = caught.value.diagnostics
    assert found.code == "TW0460"
    assert found.message.startswith(
        "pass 'move-the-store' changes the result of @copy on small integers (seed 0): element [0, "
    )
    assert found.location is not None
    assert found.location.line == 2
    ((text, name),) = kept
    assert name == "move-the-store"
    assert "tile.store" in text
    assert "unused" not in text


def test_a_function_that_cannot_run_is_a_remark() -> None:
    remarks: list[Diagnostic] = []
    watch = ResultWatch(make_context(), lambda _text, _current: None)
    with collect_diagnostics(remarks.append):
        watch.before(MoveTheStore(), parse(BUFFER))
    (found,) = remarks
    assert (found.code, found.message.split(":")[0]) == ("TW0462", "@takes_a_buffer is not validated")


def test_a_program_without_addresses_is_validated() -> None:
    remarks: list[Diagnostic] = []
    watch = ResultWatch(make_context(), lambda _text, _current: None)
    with collect_diagnostics(remarks.append):
        run_passes(make_context(), parse(UNPLANNED), parse_pipeline("pto"), hooks=PassHooks(watch.before, watch.after))
    assert remarks == []


def test_buffers_that_share_bytes_are_noticed() -> None:
    watch = ResultWatch(make_context(), lambda _text, _current: None, seconds=0)
    with pytest.raises(DiagnosticError) as caught:
        run_passes(make_context(), parse(UNPLANNED), [ShareAddresses()], hooks=PassHooks(watch.before, watch.after))
    (found,) = caught.value.diagnostics
    assert found.message.startswith("pass 'share-addresses' changes the result of @sum on ")


def test_buffers_of_a_reference_lie_apart() -> None:
    module = with_separate_buffers(parse(UNPLANNED))
    assert module is not None
    addresses = [constant_value(op.addr) for op in module.walk() if isinstance(op, AllocTileOp) and op.addr is not None]
    assert addresses == [0, 2048]
    # Where some have addresses, these count.
    assert with_separate_buffers(module) is None


def test_buffers_that_do_not_fit_apart() -> None:
    assert with_separate_buffers(parse(UNPLANNED.replace("8x64xf32>", "8x4096xf32>"))) is None


def test_neighbouring_numbers_ascend() -> None:
    function = next(op for op in parse(BOUNDS).walk() if isinstance(op, func.FuncOp))
    numbers = [[each for each in inputs.arguments if isinstance(each, int)] for inputs in inputs_for(function, 2)]
    assert numbers == [[1, 2, 3], [2, 3, 5]]


def test_an_argument_without_an_input() -> None:
    function = next(op for op in parse(BUFFER).walk() if isinstance(op, func.FuncOp))
    with pytest.raises(DiagnosticError) as caught:
        list(inputs_for(function, 1))
    (found,) = caught.value.diagnostics
    assert found.code == "TW0461"
    assert found.message.startswith("no input can be made for argument t of type !pto.tile_buf<")


def test_the_same_program_has_no_differences() -> None:
    module = parse(COPY)
    validator = Validator(module)
    assert validator.functions == ["copy"]
    assert list(validator.differences(module.clone())) == []


def test_a_program_is_reduced_to_what_matters() -> None:
    def stores(module: ModuleOp) -> bool:
        return any(op.name == "tile.store" for op in module.walk())

    smaller = reduced(parse(COPY), stores, monotonic() + 10)
    assert [op.name for op in smaller.walk()] == [
        "builtin.module",
        "func.func",
        "arith.constant",
        "tile.load",
        "tile.store",
        "func.return",
    ]
