"""A cube core and its two vector cores: pipes and signals between them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from xdsl.dialects import func
from xdsl.dialects.builtin import ModuleOp

from tilewright.arch.chip import Pipe, load_chip
from tilewright.dialects.diagnostics import DiagnosticError
from tilewright.execution.walker import walk
from tilewright.timing.core import Options, simulate_core
from tilewright.timing.records import Span, Timeline

Simulate = Callable[..., Timeline]

ACC = "!pto.tile_buf<acc, 16x16xf32, blayout=col_major, slayout=row_major, fractal=1024>"
VEC = "!pto.tile_buf<vec, 16x16xf32>"
ENDS = "(gm_slot_buffer = %g : !pto.ptr<f32>, c2v_consumer_buf = %b : i32, v2c_consumer_buf = %z : i32)"

PUSH = 25 + 1  # 1024 bytes out of Acc at 70 GiB/s, and one register that is set
POP = 17  # 1024 bytes into Vec at 100.9 GiB/s
NEGATE = 26 + 4  # head and tail, 1024 bytes in repeats of 256


def _kernel() -> str:
    """The cube core pushes n tiles through eight slots; each vector core negates them, one after the other."""
    settings = "{dir_mask = 1, slot_size = 1024}"
    return f"""func.func @cube(%g: !pto.ptr<f32>, %n: index) attributes {{pto.kernel_kind = #pto.kernel_kind<cube>}} {{
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %a = arith.constant 0 : i64
  %z = arith.constant 0 : i32
  %b = pto.import_reserved_buffer {{name = "room", peer_func = @vector}} -> i32
  pto.aic_initialize_pipe {settings} {ENDS}
  %t = pto.alloc_tile addr = %a : {ACC}
  scf.for %i = %c0 to %n step %c1 {{
    pto.tpush_to_aiv(%t : {ACC}) {{split = 0}}
  }}
  return
}}
func.func @vector(%g: !pto.ptr<f32>, %n: index) attributes {{pto.kernel_kind = #pto.kernel_kind<vector>}} {{
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %z = arith.constant 0 : i32
  %b = pto.reserve_buffer {{name = "room", size = 8192, location = <vec>, auto = false, base = 256}} -> i32
  pto.aiv_initialize_pipe {settings} {ENDS}
  scf.for %i = %c0 to %n step %c1 {{
    %t = pto.tpop_from_aic {{split = 0}} -> {VEC}
    pto.set_flag[<PIPE_MTE2>, <PIPE_V>, <EVENT_ID0>]
    pto.wait_flag[<PIPE_MTE2>, <PIPE_V>, <EVENT_ID0>]
    pto.tneg ins(%t : {VEC}) outs(%t : {VEC})
    pto.set_flag[<PIPE_V>, <PIPE_MTE2>, <EVENT_ID0>]
    pto.wait_flag[<PIPE_V>, <PIPE_MTE2>, <EVENT_ID0>]
    pto.tfree_from_aic {{split = 0}}
  }}
  return
}}"""


KERNEL = _kernel()


def of(found: Timeline, core: str, pipe: Pipe) -> list[Span]:
    return [span for span in found.spans if (span.core, span.pipe) == (core, pipe)]


def test_a_tile_is_popped_when_it_was_pushed(simulate: Simulate) -> None:
    found = simulate(KERNEL, (None, 1))
    (pop,) = of(found, "vector 1", Pipe.MTE2)
    assert (pop.start, pop.end, pop.wait_from, pop.waited_for) == (PUSH, PUSH + POP, 0, "pipe @vector.room")
    assert found.cycles == PUSH + POP + NEGATE
    assert {core for core, _ in found.busy} == {"cube", "vector 0", "vector 1"}
    assert found.bytes == {"acc_to_gm": 1024, "gm_to_vec": 2 * 1024}


def test_a_push_waits_for_the_slot_that_it_takes(simulate: Simulate) -> None:
    found = simulate(KERNEL, (None, 12))
    pushes, pops = of(found, "cube", Pipe.FIX), of(found, "vector 0", Pipe.MTE2)
    # Eight slots are free at first; then each push waits until a tile was popped, negated, and given back.
    assert [push.start for push in pushes[:8]] == [PUSH * index for index in range(8)]
    step = POP + NEGATE
    assert [pop.start for pop in pops] == [PUSH + step * index for index in range(12)]
    for index in range(8, 12):
        assert pushes[index].start == max(pushes[index - 1].end, pops[index - 8].end + NEGATE)
    assert found.cycles == PUSH + 12 * step


def test_cores_that_are_far_apart_give_each_other_turns(simulate: Simulate) -> None:
    found = simulate(KERNEL, (None, 3000))
    assert found.cycles == PUSH + 3000 * (POP + NEGATE)
    assert len(of(found, "cube", Pipe.FIX)) == 3000


def test_a_vector_core_alone_pops_what_nobody_pushes(parse: Callable[[str], ModuleOp]) -> None:
    chip = load_chip()
    _, vector = (op for op in parse(KERNEL).ops if isinstance(op, func.FuncOp))
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
