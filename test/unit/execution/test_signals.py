"""Signals between cores: who has to set one before it is there, by its mode."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from xdsl.dialects.builtin import ModuleOp

from tilewright.dialects.diagnostics import Diagnostic, collect_diagnostics
from tilewright.dialects.pto import KernelKind
from tilewright.execution.cores import run_cores
from tilewright.execution.functions import find_kernels
from tilewright.execution.instructions import Signal
from tilewright.execution.mailbox import Mailbox, Station
from tilewright.execution.races.checker import check_order
from tilewright.execution.scheduling import Order

Parse = Callable[[str], ModuleOp]
Refused = Callable[[Callable[[], object]], Diagnostic]

CUBES = [Station(KernelKind.CUBE, block, 0) for block in range(2)]
VECTORS = [Station(KernelKind.VECTOR, block, subblock) for block in range(2) for subblock in range(2)]
WAIT = Signal(False, 3, 2)
"""A wait does not know the mode: it is always decoded as the usual one."""


def _takers(mode: int, *senders: Station) -> list[Station]:
    """Who can take a signal once these cores have set it, in this order."""
    mailbox = Mailbox([*CUBES, *VECTORS])
    for sender in senders:
        mailbox.signal(sender, Signal(True, 3, mode))
    return [station for station in (*CUBES, *VECTORS) if mailbox.may_signal(station, WAIT)]


def test_mode_0_is_for_all_cores_of_a_kind() -> None:
    assert _takers(0, *VECTORS[:3]) == []
    assert _takers(0, *VECTORS) == VECTORS
    assert _takers(0, CUBES[1]) == []
    assert _takers(0, *CUBES) == CUBES


def test_mode_1_is_for_the_vector_cores_of_a_block() -> None:
    assert _takers(1, VECTORS[0], VECTORS[2]) == []
    assert _takers(1, VECTORS[2], VECTORS[3]) == VECTORS[2:]


def test_mode_2_is_for_a_cube_core_and_its_vector_cores() -> None:
    assert _takers(2, CUBES[1]) == VECTORS[2:]
    assert _takers(2, VECTORS[0], VECTORS[3]) == []
    assert _takers(2, VECTORS[0], VECTORS[1]) == CUBES[:1]


def test_a_signal_is_taken_as_often_as_all_have_set_it() -> None:
    mailbox = Mailbox(VECTORS[:2])
    for sender in (VECTORS[0], VECTORS[0], VECTORS[1]):
        mailbox.signal(sender, Signal(True, 3, 1))
    assert mailbox.may_signal(VECTORS[0], WAIT)
    mailbox.signal(VECTORS[0], WAIT)
    assert not mailbox.may_signal(VECTORS[0], WAIT)
    assert mailbox.may_signal(VECTORS[1], WAIT)
    mailbox.signal(VECTORS[1], Signal(True, 3, 1))
    assert mailbox.may_signal(VECTORS[0], WAIT)
    mailbox.signal(VECTORS[0], WAIT)
    assert not mailbox.may_signal(VECTORS[0], WAIT)


def _kernel(kind: str, lines: str) -> str:
    return f"""func.func @{kind}(%a: !pto.ptr<f32>, %b: !pto.ptr<f32>, %m: memref<256xi64>)
    attributes {{pto.kernel_kind = #pto.kernel_kind<{kind}>}} {{
  pto.set_ffts %m : memref<256xi64>
{lines}
  return
}}
"""


def _meeting(mode: int, number: str) -> str:
    """Each core tells the others `number + 1`, meets them, and writes down the sum of what all have told."""
    reads = "\n".join(
        f"""  %at{at} = arith.constant {at} : index
  %x{at} = pto.load_scalar %a[%at{at}] : !pto.ptr<f32> -> f32
  %s{at + 1} = arith.addf %s{at}, %x{at} : f32"""
        for at in range(4)
    )
    return f"""{number}
  %c1 = arith.constant 1 : i64
  %s0 = arith.constant 0.0 : f32
  %i = arith.index_cast %n : i64 to index
  %told = arith.addi %n, %c1 : i64
  %f = arith.sitofp %told : i64 to f32
  pto.store_scalar %f, %a[%i] : !pto.ptr<f32>, f32
  pto.barrier <PIPE_ALL>
  pto.sync.set <PIPE_MTE3>, 5 {{ffts_mode = {mode} : i32}}
  pto.sync.wait <PIPE_S>, 5
{reads}
  pto.store_scalar %s4, %b[%i] : !pto.ptr<f32>, f32"""


BLOCK = "%n = pto.get_block_idx"
CORE = """%block = pto.get_block_idx
  %core = pto.get_subblock_idx
  %c2 = arith.constant 2 : i64
  %first = arith.muli %block, %c2 : i64
  %n = arith.addi %first, %core : i64"""


def _run(module: ModuleOp, blocks: int, order: Order) -> list[float]:
    told, sums = np.zeros(4, np.float32), np.zeros(4, np.float32)
    arguments = [told, sums, np.zeros(256, np.int64)]
    run_cores(find_kernels(module, None), arguments, blocks=blocks, order=order, seed=1)
    return sums.tolist()


@pytest.mark.parametrize("order", Order)
def test_blocks_meet(parse: Parse, order: Order) -> None:
    assert _run(parse(_kernel("vector", _meeting(0, BLOCK))), 4, order) == [10, 10, 10, 10]
    assert _run(parse(_kernel("cube", _meeting(0, BLOCK))), 4, order) == [10, 10, 10, 10]


@pytest.mark.parametrize("order", Order)
def test_vector_cores_of_all_blocks_meet(parse: Parse, order: Order) -> None:
    module = parse(_kernel("cube", "") + _kernel("vector", _meeting(0, CORE)))
    assert _run(module, 2, order) == [10, 10, 10, 10]


@pytest.mark.parametrize("order", Order)
def test_the_vector_cores_of_a_block_meet(parse: Parse, order: Order) -> None:
    module = parse(_kernel("cube", "") + _kernel("vector", _meeting(1, CORE)))
    assert _run(module, 1, order) == [3, 3, 0, 0]


def test_a_core_that_does_not_come(parse: Parse, refused: Refused) -> None:
    late = f"""{BLOCK}
  %c0 = arith.constant 0 : i64
  %is_first = arith.cmpi eq, %n, %c0 : i64
  scf.if %is_first {{
    pto.sync.set <PIPE_MTE3>, 5 {{ffts_mode = 0 : i32}}
  }}
  pto.sync.wait <PIPE_S>, 5"""
    error = refused(lambda: _run(parse(_kernel("vector", late)), 2, Order.EARLY))
    assert (error.code, error.location and error.location.line) == ("TW0470", 10)
    assert error.notes == (
        "@vector (block 0) waits at line 10: pto.sync.wait for signal 5",
        "@vector (block 1) waits at line 10: pto.sync.wait for signal 5",
    )


def test_a_core_waits_though_all_others_have_ended(parse: Parse, refused: Refused) -> None:
    alone = f"""{BLOCK}
  %c0 = arith.constant 0 : i64
  %is_first = arith.cmpi eq, %n, %c0 : i64
  scf.if %is_first {{
    pto.sync.set <PIPE_MTE3>, 5 {{ffts_mode = 0 : i32}}
    pto.sync.wait <PIPE_S>, 5
  }}"""
    error = refused(lambda: _run(parse(_kernel("vector", alone)), 2, Order.EARLY))
    assert (error.code, error.notes) == (
        "TW0470",
        ("@vector (block 0) waits at line 9: pto.sync.wait for signal 5",),
    )


def test_a_signal_from_a_program_that_does_not_run(parse: Parse) -> None:
    lines = f"""{BLOCK}
  %c1 = arith.constant 1.0 : f32
  %i = arith.index_cast %n : i64 to index
  pto.sync.wait <PIPE_S>, 5
  pto.store_scalar %c1, %b[%i] : !pto.ptr<f32>, f32"""
    assert _run(parse(_kernel("vector", lines)), 1, Order.EARLY) == [1, 0, 0, 0]


def _check(module: ModuleOp) -> list[str]:
    with collect_diagnostics(lambda _: None):
        return [found.code for found in check_order(module)]


TILE = "!pto.tile_buf<vec, 8x64xf32>"
PART = "!pto.partition_tensor_view<8x64xf32>"
VIEW = "!pto.tensor_view<?x?xf32>"


def _exchange(before: str, between: str) -> str:
    """Each vector core stores rows of its own and loads those of the other."""
    lines = f"""  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c8 = arith.constant 8 : index
  %c64 = arith.constant 64 : index
  %at = arith.constant 0 : i64
  %x = pto.alloc_tile addr = %at : {TILE}
  %n = pto.get_subblock_idx
  %i = arith.index_cast %n : i64 to index
  %own = arith.muli %i, %c8 : index
  %other = arith.subi %c8, %own : index
  %v = pto.make_tensor_view %a, shape = [%c64, %c64], strides = [%c64, %c1] : {VIEW}
  %w = pto.partition_view %v, offsets = [%own, %c0], sizes = [%c8, %c64] : {VIEW} -> {PART}
  %r = pto.partition_view %v, offsets = [%other, %c0], sizes = [%c8, %c64] : {VIEW} -> {PART}
{before}
  pto.tstore ins(%x : {TILE}) outs(%w : {PART})
{between}
  pto.barrier <PIPE_ALL>
  pto.tload ins(%r : {PART}) outs(%x : {TILE})"""
    return f"""func.func @both(%a: !pto.ptr<f32>, %m: memref<256xi64>) {{
  pto.set_ffts %m : memref<256xi64>
  pto.section.cube {{
    pto.barrier <PIPE_ALL>
  }}
  pto.section.vector {{
{lines}
  }}
  return
}}"""


def test_the_checker_knows_that_vector_cores_have_met(parse: Parse) -> None:
    in_block, everywhere, with_cube = (
        f"  pto.sync.set <PIPE_MTE3>, 1 {{ffts_mode = {mode} : i32}}\n  pto.sync.wait <PIPE_MTE2>, 1"
        for mode in (1, 0, 2)
    )
    assert _check(parse(_exchange("", in_block))) == []
    assert _check(parse(_exchange("", everywhere))) == []
    # They meet too early.
    assert _check(parse(_exchange(in_block, ""))) == ["TW0431", "TW0430"]
    # The cube core does not set it: neither vector core can take it.
    assert _check(parse(_exchange("", with_cube))) == ["TW0435"]


@pytest.mark.parametrize("order", Order)
def test_one_waits_for_another_program_and_the_other_for_that_one(parse: Parse, order: Order) -> None:
    lines = f"""{BLOCK}
  %c0 = arith.constant 0 : i64
  %one = arith.constant 1.0 : f32
  %i = arith.index_cast %n : i64 to index
  %is_first = arith.cmpi eq, %n, %c0 : i64
  scf.if %is_first {{
    pto.sync.wait <PIPE_S>, 5
  }}
  pto.sync.set <PIPE_MTE3>, 6 {{ffts_mode = 0 : i32}}
  pto.sync.wait <PIPE_S>, 6
  pto.store_scalar %one, %b[%i] : !pto.ptr<f32>, f32"""
    assert _run(parse(_kernel("vector", lines)), 2, order) == [1, 1, 0, 0]
