"""Loops that the race checker calls right for every trip count, against runs with many turns."""

from __future__ import annotations

from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from xdsl.dialects import func
from xdsl.dialects.builtin import ModuleOp
from xdsl.ir import Operation

from tilewright.dialects.diagnostics import collect_diagnostics
from tilewright.dialects.pto import BarrierOp, FlagOp
from tilewright.execution.races.checker import check_order
from tilewright.execution.races.proof import prove_loops
from tilewright.execution.walker import walk

from .compiled import compiled, parse
from .happens_before import problems
from .random_programs import POINTERS, kernel, programs

_SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]
_TRIPS = st.lists(st.integers(4, 23), min_size=1, max_size=3)

_TILE = "!pto.tile_buf<vec, 8x64xf32>"


def _order(module: ModuleOp) -> list[Operation]:
    return [op for op in module.walk() if isinstance(op, FlagOp | BarrierOp)]


def check(module: ModuleOp, trips: list[int]) -> bool:
    """Whether all loops are proved; then runs with these trip counts are right, for two checkers."""
    with collect_diagnostics(lambda _: None):
        proofs = prove_loops(module).loops
        if any(proof.reason is not None for proof in proofs):
            return False
        function = next(op for op in module.ops if isinstance(op, func.FuncOp))
        for number in trips if proofs else ():
            assert check_order(module, {"n": number}) == [], f"{number} trips\n{module}"
            for condition in (0, 1):
                found = list(problems(walk(function, [None] * POINTERS + [number, condition])))
                assert found == [], f"{number} trips, condition {condition}\n{module}"
    return True


@given(programs(most_tiles=4, most_ops=5), _TRIPS, st.randoms(use_true_random=False))
@settings(deadline=None, max_examples=25, suppress_health_check=_SLOW)
def test_random_programs_with_and_without_one_of_their_flags(text: str, trips: list[int], chance: Random) -> None:
    with collect_diagnostics(lambda _: None):
        module = compiled(text, "plan-memory,insert-sync")
    assert check(module, trips)
    if ordering := _order(module):
        chance.choice(ordering).detach()
        check(module, trips)


@st.composite
def loops(draw: st.DrawFn) -> str:
    """A loop in which what happens depends on the turn in some way; its flags may be right or wrong."""
    slots = draw(st.integers(1, 3))
    conditions = [
        line
        for number, other in enumerate(("%c0", "%c2", "%c4", "%last", "%before"))
        for line in (
            f"%k{number} = arith.cmpi {draw(st.sampled_from(['eq', 'ne', 'slt', 'sge']))}, %i, {other} : index",
        )
    ]
    number = draw(st.sampled_from(["%i", "%later", "%left", "%half"]))
    body = [
        "%later = arith.addi %i, %c3 : index",
        "%left = arith.subi %n, %i : index",
        "%half = arith.divui %i, %c2 : index",
        *conditions,
        f"%s = arith.remui {number}, %slots : index",
        f"%t = pto.multi_tile_get %ring[%s] : !pto.multi_tile_buf<{_TILE}, count={slots}> -> {_TILE}",
        *_turn(draw),
    ]
    free = [f"pto.{{}}_flag[<PIPE_MTE3>, <PIPE_MTE2>, <EVENT_ID{slot}>]" for slot in range(slots)]
    return kernel(
        *(f"%c{each} = arith.constant {each} : index" for each in (2, 3, 4)),
        f"%slots = arith.constant {slots} : index",
        "%z = arith.constant 0 : i64",
        f"%ring = pto.alloc_multi_tile addr = %z : !pto.multi_tile_buf<{_TILE}, count={slots}>",
        "%last = arith.subi %n, %c1 : index",
        "%before = arith.subi %n, %c3 : index",
        *(line.format("set") for line in free),
        "scf.for %i = %c0 to %n step %c1 {",
        *body,
        "}",
        *(line.format("wait") for line in free),
    )


def _turn(draw: st.DrawFn) -> list[str]:
    """Load, compute, store; one or two lines stand in a condition."""
    part = "!pto.partition_tensor_view<8x64xf32>"
    flag = "pto.{}_flag_dyn[<PIPE_{}>, <PIPE_{}>, %s]".format
    lines = [
        flag("wait", "MTE3", "MTE2"),
        f"pto.tload ins(%g0 : {part}) outs(%t : {_TILE})",
        flag("set", "MTE2", "V"),
        flag("wait", "MTE2", "V"),
        f"pto.texp ins(%t : {_TILE}) outs(%t : {_TILE})",
        flag("set", "V", "MTE3"),
        flag("wait", "V", "MTE3"),
        f"pto.tstore ins(%t : {_TILE}) outs(%g1 : {part})",
        flag("set", "MTE3", "MTE2"),
    ]
    for _ in range(draw(st.integers(0, 2))):
        extra = draw(st.sampled_from(["pto.barrier <PIPE_V>", "pto.barrier <PIPE_ALL>", *lines[1::3]]))
        lines.insert(draw(st.integers(0, len(lines))), extra)
    for _ in range(draw(st.integers(0, 2))):
        first = draw(st.integers(0, len(lines) - 1))
        last = draw(st.integers(first, len(lines) - 1))
        if not any("scf" in line or line == "}" for line in lines[first : last + 1]):
            condition = f"%k{draw(st.integers(0, 4))}"
            lines = [*lines[:first], f"scf.if {condition} {{", *lines[first : last + 1], "}", *lines[last + 1 :]]
    return lines


@given(loops(), _TRIPS)
@settings(deadline=None, max_examples=60, suppress_health_check=_SLOW)
def test_random_loops_that_depend_on_their_turn(text: str, trips: list[int]) -> None:
    check(parse(text), trips)
