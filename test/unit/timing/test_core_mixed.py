"""A cube core and its two vector cores: pipes and signals between them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from xdsl.dialects import func
from xdsl.dialects.builtin import ModuleOp

from test.unit.handed_tiles import SYNCED, VEC
from tilewright.arch.chip import Pipe, load_chip
from tilewright.dialects.diagnostics import DiagnosticError
from tilewright.execution.walker import walk
from tilewright.timing.core import Options, simulate_core
from tilewright.timing.records import Span, Timeline

Simulate = Callable[..., Timeline]

PUSH = 25 + 1  # 1024 bytes out of Acc at 70 GiB/s, and one register that is set
POP = 17  # 1024 bytes into Vec at 100.9 GiB/s
NEGATE = 26 + 4  # head and tail, 1024 bytes in repeats of 256


def of(found: Timeline, core: str, pipe: Pipe) -> list[Span]:
    return [span for span in found.spans if (span.core, span.pipe) == (core, pipe)]


def test_a_tile_is_popped_when_it_was_pushed(simulate: Simulate) -> None:
    found = simulate(SYNCED, (None, 1))
    (pop,) = of(found, "vector 1", Pipe.MTE2)
    assert (pop.start, pop.end, pop.wait_from, pop.waited_for) == (PUSH, PUSH + POP, 0, "pipe @vector.room")
    assert found.cycles == PUSH + POP + NEGATE
    assert {core for core, _ in found.busy} == {"cube", "vector 0", "vector 1"}
    assert found.bytes == {"acc_to_gm": 1024, "gm_to_vec": 2 * 1024}


def test_a_push_waits_for_a_group_of_slots(simulate: Simulate) -> None:
    found = simulate(SYNCED, (None, 12))
    pushes, pops = of(found, "cube", Pipe.FIX), of(found, "vector 0", Pipe.MTE2)
    # Eight slots are free at first. They are given back four at a time, and a push waits where a group begins.
    assert [push.start for push in pushes[:8]] == [PUSH * index for index in range(8)]
    step = POP + NEGATE
    assert [pop.start for pop in pops] == [PUSH + step * index for index in range(12)]
    given_back = pops[3].end + NEGATE
    assert pushes[7].end < given_back
    assert [push.start for push in pushes[8:]] == [given_back + PUSH * index for index in range(4)]
    assert [push.waited_for for push in pushes[7:10]] == ["", "pipe @vector.room", ""]
    assert found.cycles == PUSH + 12 * step


def test_cores_that_are_far_apart_give_each_other_turns(simulate: Simulate) -> None:
    found = simulate(SYNCED, (None, 3000))
    assert found.cycles == PUSH + 3000 * (POP + NEGATE)
    assert len(of(found, "cube", Pipe.FIX)) == 3000


def test_a_vector_core_alone_pops_what_nobody_pushes(parse: Callable[[str], ModuleOp]) -> None:
    chip = load_chip()
    _, vector = (op for op in parse(SYNCED).ops if isinstance(op, func.FuncOp))
    found = simulate_core(
        {"vector 0": walk(vector, (None, 100))}, chip, chip.costs["isa"], Options(extrapolate_after=0)
    )
    # Neither is it extrapolated: how many tiles went through the pipe is no matter of time alone.
    assert (found.cycles, found.extrapolated) == (100 * (POP + NEGATE), "")


SIGNALS = """func.func @cube(%m: memref<256xi64>) attributes {pto.kernel_kind = #pto.kernel_kind<cube>} {
  pto.set_ffts %m : memref<256xi64>
  pto.sync.wait <PIPE_MTE2>, 3
  return
}
func.func @vector(%m: memref<256xi64>) attributes {pto.kernel_kind = #pto.kernel_kind<vector>} {
  pto.set_ffts %m : memref<256xi64>
  %z = arith.constant 0 : i64
  %t = pto.alloc_tile addr = %z : !pto.tile_buf<vec, 16x16xf32>
  pto.tneg ins(%t : !pto.tile_buf<vec, 16x16xf32>) outs(%t : !pto.tile_buf<vec, 16x16xf32>)
  SET
  return
}"""


def test_a_core_waits_for_a_signal_for_ever(simulate: Simulate) -> None:
    with pytest.raises(DiagnosticError) as caught:
        simulate(SIGNALS.replace("SET", ""))
    (diagnostic,) = caught.value.diagnostics
    assert (diagnostic.code, diagnostic.message) == ("TW0470", "nothing can go on: every pipe waits for another")
    assert diagnostic.notes == ("cube waits at line 3: pto.sync.wait for signal 3",)


def test_a_signal_comes_from_both_vector_cores(simulate: Simulate) -> None:
    assert simulate(SIGNALS.replace("SET", "pto.sync.set <PIPE_V>, 3")).cycles == NEGATE
    # What the cube core does next on that pipe waits for it.
    load = """%z = arith.constant 0 : i64
  %c1 = arith.constant 1 : index
  pto.sync.wait <PIPE_V>, 3
  %t = pto.alloc_tile addr = %z : !pto.tile_buf<vec, 16x16xf32>
  pto.tneg ins(%t : !pto.tile_buf<vec, 16x16xf32>) outs(%t : !pto.tile_buf<vec, 16x16xf32>)"""
    text = SIGNALS.replace("SET", "pto.sync.set <PIPE_V>, 3").replace("pto.sync.wait <PIPE_MTE2>, 3", load)
    found = simulate(text)
    (late,) = of(found, "cube", Pipe.V)
    assert (late.start, late.waited_for, found.cycles) == (NEGATE, "signal 3", 2 * NEGATE)


def _negate(name: str, address: int) -> str:
    """An instruction on the vector pipe that has nothing to do with what is before it."""
    return f"""%{name}_at = arith.constant {address} : i64
    %{name} = pto.alloc_tile addr = %{name}_at : {VEC}
    pto.tneg ins(%{name} : {VEC}) outs(%{name} : {VEC})"""


def test_what_was_issued_before_a_pop_goes_on_while_the_tile_is_awaited(simulate: Simulate) -> None:
    pop = "%t = pto.tpop_from_aic {split = 0}"
    text = SYNCED.replace(f"{pop} -> {VEC}", f"{_negate('before', 32768)}\n{pop} -> {VEC}\n{_negate('behind', 65536)}")
    first, second, _ = of(simulate(text, (None, 1)), "vector 0", Pipe.V)
    # The first was issued before the scalar unit waited for the tile, so it goes on meanwhile. It is still at work when
    # the tile is there: the pipe does not run dry, and its stream goes on without another head.
    assert PUSH < NEGATE
    assert (first.start, first.end) == (0, NEGATE)
    assert (second.start, second.waited_for) == (NEGATE, "")
    assert second.end - second.start < NEGATE


def test_a_pop_holds_up_what_is_behind_it_on_any_pipe_until_the_tile_is_there(simulate: Simulate) -> None:
    pop = f"%t = pto.tpop_from_aic {{split = 0}} -> {VEC}"
    found = simulate(SYNCED.replace(pop, f"{pop}\n{_negate('behind', 65536)}"), (None, 1))
    negate = of(found, "vector 0", Pipe.V)[0]
    assert (negate.start, negate.end, negate.waited_for) == (PUSH, PUSH + NEGATE, "pipe @vector.room")


def test_a_push_holds_up_the_scalar_unit_until_its_slot_is_free_not_until_it_is_done(simulate: Simulate) -> None:
    found = simulate(SYNCED.replace("  return", f"{_negate('behind', 0)}\n  return", 1), (None, 9))
    push, (negate,) = of(found, "cube", Pipe.FIX)[8], of(found, "cube", Pipe.V)
    given_back = PUSH + 4 * (POP + NEGATE)
    assert (push.start, push.end) == (given_back, given_back + PUSH)
    assert (negate.start, negate.waited_for) == (given_back, "pipe @vector.room")


def test_a_signal_holds_up_other_pipes_than_the_one_it_names(simulate: Simulate) -> None:
    wait = "pto.sync.wait <PIPE_MTE2>, 3"
    text = SIGNALS.replace("SET", "pto.sync.set <PIPE_V>, 3").replace(wait, f"{wait}\n{_negate('late', 0)}")
    found = simulate(text)
    (late,) = of(found, "cube", Pipe.V)
    assert (late.start, late.waited_for, found.cycles) == (NEGATE, "signal 3", 2 * NEGATE)


def test_a_signal_between_vector_cores_comes_from_both(simulate: Simulate) -> None:
    # Only who sets a signal says its mode. The second vector core has more to do before it does.
    work = f"""%me = pto.get_subblock_idx
  %n = arith.index_cast %me : i64 to index
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  scf.for %i = %c0 to %n step %c1 {{
    {_negate("more", 8192)}
  }}
  pto.sync.set <PIPE_V>, 3 {{ffts_mode = 1 : i32}}
  pto.sync.wait <PIPE_V>, 3
  {_negate("after", 16384)}"""
    found = simulate(SIGNALS.replace("SET", work).replace("pto.sync.wait <PIPE_MTE2>, 3", ""))
    last = {core: of(found, core, Pipe.V)[-1] for core in ("vector 0", "vector 1")}
    slowest = of(found, "vector 1", Pipe.V)[-2].end
    assert slowest > NEGATE
    assert (last["vector 0"].start, last["vector 0"].waited_for) == (slowest, "signal 3")
    assert last["vector 1"].start == slowest


def test_a_signal_of_the_wrong_mode_does_not_arrive(simulate: Simulate) -> None:
    with pytest.raises(DiagnosticError, match="every pipe waits for another"):
        simulate(SIGNALS.replace("SET", "pto.sync.set <PIPE_V>, 3 {ffts_mode = 1 : i32}"))


def test_cores_that_both_wait_before_they_set_are_stuck_whatever_pipes_they_name(simulate: Simulate) -> None:
    turn = "pto.sync.wait <PIPE_MTE2>, {}\n  pto.sync.set <PIPE_{}>, {}"
    text = SIGNALS.replace("pto.sync.wait <PIPE_MTE2>, 3", turn.format(3, "FIX", 4))
    with pytest.raises(DiagnosticError) as caught:
        simulate(text.replace("SET", turn.format(4, "V", 3)))
    assert caught.value.diagnostics[0].notes == (
        "cube waits at line 3: pto.sync.wait for signal 3",
        "vector 0 waits at line 12: pto.sync.wait for signal 4",
        "vector 1 waits at line 12: pto.sync.wait for signal 4",
    )
    assert simulate(text.replace("SET", "pto.sync.set <PIPE_V>, 3\n  pto.sync.wait <PIPE_MTE2>, 4")).cycles == NEGATE
