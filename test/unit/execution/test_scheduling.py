"""Which of the pipes that may go on goes on, in each order."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from xdsl.dialects.builtin import ModuleOp

from tilewright.arch.chip import Pipe
from tilewright.dialects.pto import BarrierOp
from tilewright.execution.cores import run_cores
from tilewright.execution.counts import Counts
from tilewright.execution.functions import find_kernels
from tilewright.execution.instructions import Instruction
from tilewright.execution.mailbox import Mailbox, Station
from tilewright.execution.physical_engine import Core
from tilewright.execution.scheduling import CoreRun, Machine, Order

Parse = Callable[[str], ModuleOp]

TILE = "!pto.tile_buf<vec, 8x64xf32>"
VIEW = "!pto.tensor_view<?x?xf32>"
PART = "!pto.partition_tensor_view<8x64xf32>"
LOAD = f"pto.tload ins(%new : {PART}) outs(%x : {TILE})"
ADD = f"pto.tadds ins(%x, %one : {TILE}, f32) outs(%x : {TILE})"
STORE = f"pto.tstore ins(%x : {TILE}) outs(%out : {PART})"
STORE_OTHER = f"pto.tstore ins(%y : {TILE}) outs(%out : {PART})"
SCALED = f"pto.tmuls ins(%x, %ten : {TILE}, f32) outs(%y : {TILE})"


def result(parse: Parse, order: Order, *lines: str, seed: int = 0) -> float:
    """What is stored, where `%x` holds 1, `%y` holds 5 and `%new` 3 before these lines, which no flag keeps apart."""
    newline = "\n  "
    text = f"""func.func @f(%p: !pto.ptr<f32>, %q: !pto.ptr<f32>) {{
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c8 = arith.constant 8 : index
  %c16 = arith.constant 16 : index
  %c24 = arith.constant 24 : index
  %c64 = arith.constant 64 : index
  %one = arith.constant 1.0 : f32
  %ten = arith.constant 10.0 : f32
  %a0 = arith.constant 0 : i64
  %a1 = arith.constant 2048 : i64
  %x = pto.alloc_tile addr = %a0 : {TILE}
  %y = pto.alloc_tile addr = %a1 : {TILE}
  %from = pto.make_tensor_view %p, shape = [%c24, %c64], strides = [%c64, %c1] : {VIEW}
  %to = pto.make_tensor_view %q, shape = [%c8, %c64], strides = [%c64, %c1] : {VIEW}
  %old = pto.partition_view %from, offsets = [%c0, %c0], sizes = [%c8, %c64] : {VIEW} -> {PART}
  %new = pto.partition_view %from, offsets = [%c8, %c0], sizes = [%c8, %c64] : {VIEW} -> {PART}
  %other = pto.partition_view %from, offsets = [%c16, %c0], sizes = [%c8, %c64] : {VIEW} -> {PART}
  %out = pto.partition_view %to, offsets = [%c0, %c0], sizes = [%c8, %c64] : {VIEW} -> {PART}
  pto.tload ins(%old : {PART}) outs(%x : {TILE})
  pto.tload ins(%other : {PART}) outs(%y : {TILE})
  pto.barrier <PIPE_ALL>
{newline.join(lines)}
  return
}}"""
    loaded, stored = np.repeat(np.array([1, 3, 5], np.float32), 512), np.zeros(512, np.float32)
    run_cores(find_kernels(parse(text), None), [loaded, stored], order=order, seed=seed)
    assert (stored == stored[0]).all()
    return float(stored[0])


@pytest.mark.parametrize("swapped", [False, True])
def test_early_starts_with_what_brings_data_and_late_with_what_takes_it(parse: Parse, *, swapped: bool) -> None:
    def both(order: Order, first: str, second: str, *then: str) -> float:
        lines = (second, first) if swapped else (first, second)
        return result(parse, order, *lines, *then)

    assert [both(order, LOAD, STORE) for order in (Order.EARLY, Order.LATE)] == [3, 1]
    assert [both(order, ADD, STORE) for order in (Order.EARLY, Order.LATE)] == [2, 1]
    barrier = f"pto.barrier <PIPE_ALL>\n  {STORE}"
    assert [both(order, LOAD, ADD, barrier) for order in (Order.EARLY, Order.LATE)] == [4, 3]


def test_stores_end_in_turn_or_the_last_one_first(parse: Parse) -> None:
    assert result(parse, Order.EARLY, STORE, STORE_OTHER) == 5
    assert result(parse, Order.LATE, STORE, STORE_OTHER) == 1
    assert {result(parse, Order.RANDOM, STORE, STORE_OTHER, seed=seed) for seed in range(8)} == {1, 5}


def test_vector_instructions_end_in_turn_or_the_last_one_first(parse: Parse) -> None:
    then = ("pto.barrier <PIPE_ALL>", STORE_OTHER)
    other = SCALED.replace("%ten", "%one")
    assert result(parse, Order.EARLY, SCALED, other, *then) == 1
    assert result(parse, Order.LATE, SCALED, other, *then) == 10
    # What overwrites a source of the one in front waits for it.
    assert result(parse, Order.LATE, SCALED, ADD, *then) == 10


def test_a_random_order_is_that_of_its_seed(parse: Parse) -> None:
    found = [result(parse, Order.RANDOM, LOAD, STORE, seed=seed) for seed in range(8)]
    assert set(found) == {1, 3}
    assert found == [result(parse, Order.RANDOM, LOAD, STORE, seed=seed) for seed in range(8)]


@pytest.mark.parametrize("order", Order)
def test_the_scalar_unit_runs_ahead_of_all_pipes(parse: Parse, order: Order) -> None:
    assert result(parse, order, STORE, "pto.store_scalar %ten, %q[%c0] : !pto.ptr<f32>, f32") == 1


class _Noting(Core):
    """A core that only notes on which pipes it has executed something."""

    def __init__(self) -> None:
        super().__init__({}, 0)
        self.pipes: list[Pipe] = []

    def execute(self, instruction: Instruction) -> None:
        self.pipes.append(instruction.pipe)


@pytest.mark.parametrize("in_turn", [False, True])
@pytest.mark.parametrize("order", [Order.EARLY, Order.LATE])
def test_pipes_go_on_in_the_order_of_data_or_against_it(order: Order, *, in_turn: bool) -> None:
    expected = [Pipe.MTE2, Pipe.MTE1, Pipe.V, Pipe.M, Pipe.FIX, Pipe.MTE3]
    if order is Order.LATE:
        expected.reverse()
    op = BarrierOp(Pipe.V)
    stream = (Instruction(op, pipe) for pipe in (expected if in_turn else reversed(expected)))
    core, station = _Noting(), Station(None, 0, 0)
    Machine([CoreRun("@f", station, core, stream, Counts())], Mailbox([station]), order, 0).run()
    assert core.pipes == expected
