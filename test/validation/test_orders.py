"""Whatever order flags allow, a synchronised program computes the same; one without flags does not."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from xdsl.dialects import func
from xdsl.dialects.builtin import ModuleOp

from tilewright.dialects.diagnostics import Diagnostic, DiagnosticError, collect_diagnostics
from tilewright.execution.cores import run_cores
from tilewright.execution.dtypes import Array
from tilewright.execution.physical_engine import run_physical
from tilewright.execution.scheduling import Order

from .compiled import compiled, parse
from .random_programs import POINTERS, programs

_SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]

TILE = "!pto.tile_buf<vec, 8x64xf32>"
VIEW = "!pto.tensor_view<?x?xf32>"
PART = "!pto.partition_tensor_view<8x64xf32>"

# Every tile is loaded before anything else, so that nothing reads what was never written.
STRAIGHT = f"""
func.func @kernel(%p: !pto.ptr<f32>, %q: !pto.ptr<f32>) attributes {{pto.kernel_kind = #pto.kernel_kind<vector>}} {{
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c8 = arith.constant 8 : index
  %c64 = arith.constant 64 : index
  %n = arith.constant 4 : index
  %rows = arith.constant 32 : index
  %from = pto.make_tensor_view %p, shape = [%rows, %c64], strides = [%c64, %c1] : {VIEW}
  %to = pto.make_tensor_view %q, shape = [%rows, %c64], strides = [%c64, %c1] : {VIEW}
  scf.for %i = %c0 to %n step %c1 {{
    %row = arith.muli %i, %c8 : index
    %in = pto.partition_view %from, offsets = [%row, %c0], sizes = [%c8, %c64] : {VIEW} -> {PART}
    %out = pto.partition_view %to, offsets = [%row, %c0], sizes = [%c8, %c64] : {VIEW} -> {PART}
    %a = pto.alloc_tile : {TILE}
    %b = pto.alloc_tile : {TILE}
    pto.tload ins(%in : {PART}) outs(%a : {TILE})
    pto.tadd ins(%a, %a : {TILE}, {TILE}) outs(%b : {TILE})
    pto.tstore ins(%b : {TILE}) outs(%out : {PART})
  }}
  func.return
}}
"""


def function_of(module: ModuleOp) -> func.FuncOp:
    return next(op for op in module.ops if isinstance(op, func.FuncOp))


def quietly(text: str, pipeline: str) -> ModuleOp:
    remarks: list[Diagnostic] = []
    with collect_diagnostics(remarks.append):
        return compiled(text, pipeline)


def straight(module: ModuleOp, order: Order | None, seed: int = 0) -> Array:
    x = np.arange(32 * 64, dtype=np.float32)
    y = np.zeros_like(x)
    if order is None:
        run_physical(function_of(module), [x, y])
    else:
        run_cores([function_of(module)], [x, y], order=order, seed=seed)
    return y


@pytest.mark.parametrize("order", Order)
def test_every_order_gives_the_result(order: Order) -> None:
    module = quietly(STRAIGHT, "plan-memory,insert-sync")
    assert np.array_equal(straight(module, order), np.arange(32 * 64, dtype=np.float32) * 2)


def test_without_flags_some_order_reads_too_soon() -> None:
    module = quietly(STRAIGHT, "plan-memory")
    assert np.array_equal(straight(module, None), np.arange(32 * 64, dtype=np.float32) * 2)
    with pytest.raises(DiagnosticError) as caught:
        straight(module, Order.LATE)
    assert caught.value.diagnostics[0].code == "TW0408"


def test_without_flags_some_order_overwrites_too_soon() -> None:
    module = quietly(STRAIGHT, "plan-memory")
    assert not np.array_equal(straight(module, Order.EARLY), np.arange(32 * 64, dtype=np.float32) * 2)


CHAIN = f"""
func.func @kernel(%p: !pto.ptr<f32>, %q: !pto.ptr<f32>) attributes {{pto.kernel_kind = #pto.kernel_kind<vector>}} {{
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c8 = arith.constant 8 : index
  %c64 = arith.constant 64 : index
  %two = arith.constant 2.0 : f32
  %from = pto.make_tensor_view %p, shape = [%c8, %c64], strides = [%c64, %c1] : {VIEW}
  %to = pto.make_tensor_view %q, shape = [%c8, %c64], strides = [%c64, %c1] : {VIEW}
  %in = pto.partition_view %from, offsets = [%c0, %c0], sizes = [%c8, %c64] : {VIEW} -> {PART}
  %out = pto.partition_view %to, offsets = [%c0, %c0], sizes = [%c8, %c64] : {VIEW} -> {PART}
  %a0 = arith.constant 0 : i64
  %a1 = arith.constant 2048 : i64
  %a2 = arith.constant 4096 : i64
  %a = pto.alloc_tile addr = %a0 : {TILE}
  %b = pto.alloc_tile addr = %a1 : {TILE}
  %c = pto.alloc_tile addr = %a2 : {TILE}
  pto.tload ins(%in : {PART}) outs(%a : {TILE})
  pto.barrier <PIPE_ALL>
  [[lines]]
  pto.barrier <PIPE_ALL>
  pto.tstore ins(%[[result]] : {TILE}) outs(%out : {PART})
  func.return
}}
"""
SUM = f"pto.tadd ins(%a, %a : {TILE}, {TILE}) outs(%b : {TILE})"
SCALED = f"pto.tmuls ins(%b, %two : {TILE}, f32) outs(%c : {TILE})"
OVER = f"pto.tmuls ins(%a, %two : {TILE}, f32) outs(%{{}} : {TILE})"
WAIT = "pto.barrier <PIPE_V>"


def chain(order: Order, seed: int, result: str, *lines: str) -> float | str:
    """What becomes of ones, element by element, or the code of the error."""
    module = parse(CHAIN.replace("[[lines]]", "\n".join(lines)).replace("[[result]]", result))
    x, y = np.ones(512, np.float32), np.zeros(512, np.float32)
    try:
        run_cores([function_of(module)], [x, y], order=order, seed=seed)
    except DiagnosticError as error:
        return error.diagnostics[0].code
    assert (y == y[0]).all()
    return float(y[0])


def chains(result: str, *lines: str) -> set[float | str]:
    """What becomes of ones in all orders."""
    return {chain(order, seed, result, *lines) for order in Order for seed in range(8 if order is Order.RANDOM else 1)}


def test_a_vector_instruction_may_start_before_the_result_that_it_needs() -> None:
    assert chains("c", SUM, SCALED) == {4.0, "TW0408"}
    assert chains("c", SUM, WAIT, SCALED) == {4.0}
    back = ["pto.{}_flag[<PIPE_V>, <PIPE_MTE2>, <EVENT_ID0>]", "pto.{}_flag[<PIPE_MTE2>, <PIPE_V>, <EVENT_ID0>]"]
    assert chains("c", SUM, *(flag.format(what) for flag in back for what in ("set", "wait")), SCALED) == {4.0}


def test_vector_instructions_may_write_in_any_order() -> None:
    triple = OVER.replace("two", "three").format("b")
    three = "%three = arith.constant 3.0 : f32"
    assert chains("b", three, SUM, triple) == {2.0, 3.0}
    assert chains("b", three, SUM, WAIT, triple) == {3.0}


def test_a_vector_instruction_does_not_write_what_one_in_front_of_it_still_reads() -> None:
    # Instructions start in order: the second has read by the time the third writes.
    assert chains("b", SUM, OVER.format("c"), OVER.format("a")) == {2.0}
    assert chains("a", SUM, OVER.format("a")) == {2.0}


@given(programs(most_tiles=3, most_ops=5), st.integers(0, 3), st.integers(0, 1))
@settings(deadline=None, max_examples=40, suppress_health_check=_SLOW)
def test_random_programs_compute_the_same_in_every_order(text: str, trips: int, condition: int) -> None:
    function = function_of(quietly(text, "plan-memory,insert-sync"))
    start = [np.random.default_rng(number).standard_normal(512).astype(np.float32) for number in range(POINTERS)]
    expected = _outcome(lambda arrays: run_physical(function, [*arrays, trips, condition]), start)
    for order in Order:
        outcome = _outcome(
            lambda arrays, order=order: run_cores([function], [*arrays, trips, condition], order=order, seed=1), start
        )
        if isinstance(expected, str) or isinstance(outcome, str):
            assert expected == outcome
        else:
            assert all(np.array_equal(a, b, equal_nan=True) for a, b in zip(expected, outcome, strict=True))


def _outcome(run: Callable[[list[Array]], object], start: Sequence[Array]) -> list[Array] | str:
    """The arrays after a run, or the code of the error that ended it."""
    arrays = [array.copy() for array in start]
    try:
        run(arrays)
    except DiagnosticError as error:
        return error.diagnostics[0].code
    return arrays


DEADLOCK = """
func.func @kernel() attributes {pto.kernel_kind = #pto.kernel_kind<vector>} {
  pto.wait_flag[<PIPE_MTE2>, <PIPE_V>, <EVENT_ID3>]
  pto.set_flag[<PIPE_V>, <PIPE_MTE2>, <EVENT_ID0>]
  func.return
}
"""


def test_a_deadlock_names_what_waits() -> None:
    with pytest.raises(DiagnosticError) as caught:
        run_cores([function_of(parse(DEADLOCK))], [])
    (found,) = caught.value.diagnostics
    assert (found.code, found.message) == ("TW0470", "nothing can go on: every pipe waits for another")
    assert found.notes == ("@kernel waits at line 3: PIPE_V for flag 3 from PIPE_MTE2",)
    assert found.location is not None
    assert found.location.line == 3


def test_stores_to_the_same_bytes_end_in_any_order_without_a_barrier() -> None:
    first, second = (f"pto.tstore ins(%{tile} : {TILE}) outs(%out : {PART})" for tile in ("a", "b"))
    ready = [OVER.format("b"), "pto.barrier <PIPE_ALL>"]

    def ends(*lines: str) -> set[float | str]:
        text = CHAIN.replace(
            f"  pto.barrier <PIPE_ALL>\n  pto.tstore ins(%[[result]] : {TILE}) outs(%out : {PART})\n", ""
        )
        module = parse(text.replace("[[lines]]", "\n".join(lines)))
        found: set[float | str] = set()
        for order in Order:
            y = np.zeros(512, np.float32)
            run_cores([function_of(module)], [np.ones(512, np.float32), y], order=order, seed=1)
            found |= set(y.tolist())
        return found

    assert ends(*ready, first, second) == {1.0, 2.0}
    assert ends(*ready, first, "pto.barrier <PIPE_MTE3>", second) == {2.0}
