"""Laws that the simulation of a core keeps for any stream of instructions."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from xdsl.dialects import func
from xdsl.dialects.builtin import ModuleOp
from xdsl.ir import Operation

from tilewright.arch.chip import Pipe, load_chip
from tilewright.execution.instructions import Flag, Instruction
from tilewright.execution.walker import walk
from tilewright.timing.core import Options, simulate_core
from tilewright.timing.costs import cost_of, path_bytes
from tilewright.timing.records import Timeline

CHIP = load_chip()
ISA = CHIP.costs["isa"]
LONGEST_START = max(intrinsic.start for intrinsic in ISA.vector.intrinsics.values())

# Instructions of every pipe, in a loop that repeats them.
LOOP = """func.func @f(%p: !pto.ptr<f32>, %q: !pto.ptr<f16>, %n: index) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c16 = arith.constant 16 : index
  %c64 = arith.constant 64 : index
  %z = arith.constant 0 : i64
  %far = arith.constant 65536 : i64
  %v = pto.make_tensor_view %p, shape = [%c16, %c64], strides = [%c64, %c1] : !pto.tensor_view<?x?xf32>
  %w = pto.partition_view %v, offsets = [%c0, %c0], sizes = [%c16, %c64]
    : !pto.tensor_view<?x?xf32> -> !pto.partition_tensor_view<16x64xf32>
  %x = pto.make_tensor_view %q, shape = [%c16, %c16], strides = [%c16, %c1] : !pto.tensor_view<?x?xf16>
  %y = pto.partition_view %x, offsets = [%c0, %c0], sizes = [%c16, %c16]
    : !pto.tensor_view<?x?xf16> -> !pto.partition_tensor_view<16x16xf16>
  %vec = pto.alloc_tile addr = %z : VEC
  %other = pto.alloc_tile addr = %far : VEC
  %mat = pto.alloc_tile addr = %z : MAT
  %left = pto.alloc_tile addr = %z : LEFT
  %right = pto.alloc_tile addr = %z : RIGHT
  %acc = pto.alloc_tile addr = %z : ACC
  scf.for %i = %c0 to %n step %c1 {
    pto.tload ins(%w : !pto.partition_tensor_view<16x64xf32>) outs(%vec : VEC)
    pto.tload ins(%y : !pto.partition_tensor_view<16x16xf16>) outs(%mat : MAT)
    pto.tmov ins(%mat : MAT) outs(%left : LEFT)
    pto.tmov ins(%mat : MAT) outs(%right : RIGHT)
    pto.tmatmul ins(%left, %right : LEFT, RIGHT) outs(%acc : ACC)
    pto.tmov ins(%acc : ACC) outs(%mat : MAT)
    pto.tsqrt ins(%vec : VEC) outs(%other : VEC)
    pto.tadd ins(%vec, %other : VEC, VEC) outs(%other : VEC)
    pto.tstore ins(%other : VEC) outs(%w : !pto.partition_tensor_view<16x64xf32>)
    pto.barrier <PIPE_V>
    pto.barrier <PIPE_ALL>
  }
  return
}"""
TYPES = {
    "VEC": "!pto.tile_buf<vec, 16x64xf32>",
    "MAT": "!pto.tile_buf<mat, 16x16xf16, blayout=col_major, slayout=row_major>",
    "LEFT": "!pto.tile_buf<left, 16x16xf16, slayout=row_major>",
    "RIGHT": "!pto.tile_buf<right, 16x16xf16, slayout=col_major>",
    "ACC": "!pto.tile_buf<acc, 16x16xf32, blayout=col_major, slayout=row_major, fractal=1024>",
}
PIPES = (Pipe.MTE1, Pipe.MTE2, Pipe.MTE3, Pipe.V, Pipe.M, Pipe.FIX)


@dataclass(frozen=True)
class Kit:
    """Instructions to make streams of; flags have an operation for each pair of pipes, in the same loop."""

    works: Sequence[Instruction]
    barriers: Sequence[Instruction]
    flags: dict[tuple[bool, Pipe, Pipe], Operation]

    def flag(self, is_set: bool, source: Pipe, target: Pipe, event: int) -> Instruction:
        op = self.flags[is_set, source, target]
        return Instruction(op, source if is_set else target, flag=Flag(is_set, source, target, event))


@pytest.fixture(scope="module")
def kit(parse: Callable[[str], ModuleOp]) -> Kit:
    text = LOOP
    for name, type_ in TYPES.items():
        text = (
            text.replace(f": {name}", f": {type_}")
            .replace(f", {name})", f", {type_})")
            .replace(f", {name},", f", {type_},")
        )
    (function,) = (op for op in parse(text).ops if isinstance(op, func.FuncOp))
    found = list(walk(function, (None, None, 1)))
    flags: dict[tuple[bool, Pipe, Pipe], Operation] = {}
    barrier = found[-1].op
    for is_set in (True, False):
        for source in PIPES:
            for target in PIPES:
                op = flags[is_set, source, target] = barrier.clone()
                block = barrier.parent
                assert block is not None
                block.insert_op_before(op, barrier)
    return Kit(found[:-2], found[-2:], flags)


Choice = tuple[str, int, Pipe, Pipe]
choices = st.tuples(
    st.sampled_from(("work",) * 6 + ("barrier", "set", "wait")),
    st.integers(0, 8),
    st.sampled_from(PIPES),
    st.sampled_from(PIPES),
)
programs = st.lists(choices, max_size=40)


def stream(kit: Kit, program: Sequence[Choice]) -> list[Instruction]:
    """The instructions of a program; a flag that was not raised is not awaited."""
    found: list[Instruction] = []
    raised: Counter[tuple[Pipe, Pipe, int]] = Counter()
    for what, number, source, target in program:
        key = (source, target, number % 2)
        if what == "work":
            found.append(kit.works[number % len(kit.works)])
        elif what == "barrier":
            found.append(kit.barriers[number % 2])
        elif what == "set":
            raised[key] += 1
            found.append(kit.flag(True, *key))
        elif raised[key]:
            raised[key] -= 1
            found.append(kit.flag(False, *key))
    return found


def run(instructions: Sequence[Instruction], after: int | None = None) -> Timeline:
    return simulate_core({"core": instructions}, CHIP, ISA, Options(extrapolate_after=after))


@settings(deadline=None, max_examples=1000)
@given(programs)
def test_what_is_moved_and_done_is_what_the_stream_says(kit: Kit, program: list[Choice]) -> None:
    instructions = stream(kit, program)
    found = run(instructions)
    moved = Counter[str]()
    for instruction in instructions:
        path, size = path_bytes(instruction) or ("", 0)
        moved[path] += size
    assert found.bytes == {path: size for path, size in moved.items() if size}
    assert found.instructions == len(instructions)
    assert all(busy <= found.cycles for busy in found.busy.values())
    assert max(found.work.values(), default=0) <= found.cycles
    least = Counter[Pipe]()
    for instruction in instructions:
        least[instruction.pipe] += cost_of(instruction, CHIP, ISA).cycles
    assert found.work == {pipe: least[pipe] for _, pipe in found.busy}


@settings(deadline=None, max_examples=1000)
@given(programs)
def test_a_pipe_does_one_thing_at_a_time_in_order(kit: Kit, program: list[Choice]) -> None:
    found = run(stream(kit, program))
    by_pipe: defaultdict[Pipe, list[tuple[int, int, int]]] = defaultdict(list)
    for span in found.spans:
        assert (span.waited_for != "") == (span.stall > 0)
        by_pipe[span.pipe].append((span.wait_from, span.start, span.end))
    for pipe, spans in by_pipe.items():
        assert all(wait_from <= start <= end for wait_from, start, end in spans)
        assert [span[0] for span in spans] == [0, *(span[2] for span in spans[:-1])]
        assert sum(end - start for _, start, end in spans) == found.busy["core", pipe]


@settings(deadline=None, max_examples=1000)
@given(programs)
def test_the_same_stream_takes_the_same_time(kit: Kit, program: list[Choice]) -> None:
    first, second = (run(stream(kit, program)) for _ in range(2))
    assert list(first.spans) == list(second.spans)
    assert replace(first, spans=()) == replace(second, spans=())


@settings(deadline=None, max_examples=1000)
@given(programs, st.integers(0, 40), st.integers(0, 40), st.sampled_from(PIPES), st.sampled_from(PIPES))
def test_a_flag_that_is_added_never_speeds_up(
    kit: Kit, program: list[Choice], first: int, second: int, source: Pipe, target: Pipe
) -> None:
    instructions = stream(kit, program)
    low, high = sorted((min(first, len(instructions)), min(second, len(instructions))))
    pair = kit.flag(True, source, target, 7), kit.flag(False, source, target, 7)
    more = [*instructions[:low], pair[0], *instructions[low:high], pair[1], *instructions[high:]]
    assert run(more).cycles >= run(instructions).cycles


@settings(deadline=None, max_examples=1000)
@given(programs, st.integers(0, 39))
def test_an_instruction_that_is_removed_costs_at_most_the_start_of_another_stream(
    kit: Kit, program: list[Choice], position: int
) -> None:
    instructions = stream(kit, program)
    fewer = [
        instruction
        for number, instruction in enumerate(instructions)
        if number != position or instruction.op not in {work.op for work in kit.works}
    ]
    assert run(fewer).cycles <= run(instructions).cycles + LONGEST_START


@settings(deadline=None, max_examples=1000)
@given(programs, programs, programs, st.integers(2, 12), st.integers(1, 3), st.booleans())
def test_what_is_extrapolated_takes_as_long_as_it_does(
    kit: Kit, before: list[Choice], body: list[Choice], after: list[Choice], times: int, outer: int, meets: bool
) -> None:
    inner = stream(kit, [*body, ("work", 0, Pipe.V, Pipe.V)]) + [kit.barriers[1]] * meets
    instructions = [*stream(kit, before), *(inner * times + stream(kit, after)) * outer]
    full, short = run(instructions), run(instructions, 0)
    assert (short.cycles, short.busy, short.bytes, short.work) == (full.cycles, full.busy, full.bytes, full.work)
    assert short.instructions == full.instructions
    assert (short.extrapolated == "") == (len(short.spans) == len(full.spans))


def test_a_long_loop_is_extrapolated_and_says_so(kit: Kit) -> None:
    body = [*kit.works, kit.flag(True, Pipe.MTE2, Pipe.V, 0), kit.flag(False, Pipe.MTE2, Pipe.V, 0), kit.barriers[1]]
    found = run(body * 1000, 0)
    assert found.cycles == run(body * 1000).cycles
    assert found.instructions == 1000 * len(body)
    assert found.extrapolated.endswith(
        "belong to iterations that repeat earlier ones cycle by cycle (the loop around line 21); "
        "they were counted, not simulated"
    )
    assert len(found.spans) < 5 * len(body)
    assert run([*kit.works] * 1000, 0).extrapolated == ""  # nothing holds the faster pipes back: no state repeats


NESTED = """func.func @f(%n: index, %m: index) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %z = arith.constant 0 : i64
  %t = pto.alloc_tile addr = %z : VEC
  scf.for %o = %c0 to %n step %c1 {
    pto.texp ins(%t : VEC) outs(%t : VEC)
    scf.for %i = %c0 to %m step %c1 {
      %slot = arith.remui %i, %c2 : index
      pto.set_flag_dyn[<PIPE_V>, <PIPE_MTE3>, %slot]
      pto.wait_flag_dyn[<PIPE_V>, <PIPE_MTE3>, %slot]
      pto.tabs ins(%t : VEC) outs(%t : VEC)
    }
    pto.barrier <PIPE_ALL>
  }
  return
}""".replace("VEC", TYPES["VEC"])


@pytest.mark.parametrize(("outer", "inner"), [(1, 500), (500, 3), (40, 40)])
def test_loops_in_loops(simulate: Callable[..., Timeline], outer: int, inner: int) -> None:
    full, short = (simulate(NESTED, (outer, inner), options=Options(extrapolate_after=after)) for after in (None, 0))
    assert (short.cycles, short.busy, short.instructions) == (full.cycles, full.busy, full.instructions)
    assert "the loop around line 11" in short.extrapolated
    assert len(short.spans) < len(full.spans) // 5
