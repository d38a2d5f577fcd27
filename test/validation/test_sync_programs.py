"""Flags of random vector programs, in which buffers share memory, against the checker of instruction streams."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from xdsl.dialects import func

from tilewright.arch.chip import Pipe
from tilewright.dialects.diagnostics import Diagnostic, collect_diagnostics
from tilewright.dialects.pto import AllocMultiTileOp, MultiTileGetOp
from tilewright.execution.walker import walk

from .compiled import compiled
from .happens_before import problems
from .random_programs import POINTERS, kernel, programs
from .slot_programs import NOT_UNROLLED, SLOT_PROGRAMS

_SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]


def check(text: str) -> None:
    """Synchronise a program, and run it with few and many iterations, on both sides of its branches."""
    remarks: list[Diagnostic] = []
    with collect_diagnostics(remarks.append):
        module = compiled(text, "plan-memory,insert-sync")
    function = next(op for op in module.ops if isinstance(op, func.FuncOp))
    for trips in (0, 1, 2, 3):
        for condition in (0, 1):
            found = list(problems(walk(function, [None] * POINTERS + [trips, condition])))
            assert found == [], f"{trips} trips, condition {condition}\n{text}\n{module}"


def test_pipes_that_meet_in_a_branch_keep_its_runs_apart() -> None:
    # The flags of the inner loop are raised anew in each run of the branch.
    tile, part = "!pto.tile_buf<vec, 8x64xf32>", "!pto.partition_tensor_view<8x64xf32>"
    check(
        kernel(
            *(f"%t{number} = pto.alloc_tile : {tile}" for number in (1, 2, 3, 4)),
            "scf.for %i = %c0 to %n step %c1 {",
            "scf.if %b {",
            f"%t6 = pto.alloc_tile : {tile}",
            "scf.if %b {",
            f"pto.tstore ins(%t6 : {tile}) outs(%g2 : {part})",
            f"pto.tadd ins(%t2, %t1 : {tile}, {tile}) outs(%t3 : {tile})",
            "}",
            "scf.for %j = %c0 to %n step %c1 {",
            f"pto.tload ins(%g1 : {part}) outs(%t4 : {tile})",
            f"pto.tadd ins(%t2, %t4 : {tile}, {tile}) outs(%t3 : {tile})",
            f"pto.tadd ins(%t3, %t4 : {tile}, {tile}) outs(%t6 : {tile})",
            "}",
            f"pto.tstore ins(%t3 : {tile}) outs(%g1 : {part})",
            "}",
            "}",
            f"pto.tload ins(%g2 : {part}) outs(%t1 : {tile})",
        )
    )


def test_a_barrier_in_a_loop_that_may_not_run_keeps_nothing_behind_it_apart() -> None:
    tile = "!pto.tile_buf<vec, 8x64xf32>"
    check(
        kernel(
            *(f"%t{number} = pto.alloc_tile : {tile}" for number in (1, 2)),
            f"pto.texp ins(%t1 : {tile}) outs(%t1 : {tile})",
            "scf.if %b {",
            "scf.for %i = %c0 to %n step %c1 {",
            f"pto.tadd ins(%t1, %t1 : {tile}, {tile}) outs(%t2 : {tile})",
            "}",
            f"pto.texp ins(%t1 : {tile}) outs(%t1 : {tile})",
            "}",
        )
    )


def test_a_loop_that_may_not_run_tells_nothing_of_what_it_waited_for() -> None:
    # The loop orders its store and its load itself; if it does not run, the last load still comes after the exp.
    tile, part = "!pto.tile_buf<vec, 8x64xf32>", "!pto.partition_tensor_view<8x64xf32>"
    check(
        kernel(
            f"%t1 = pto.alloc_tile : {tile}",
            f"pto.texp ins(%t1 : {tile}) outs(%t1 : {tile})",
            "scf.for %i = %c0 to %n step %c1 {",
            "scf.for %j = %c0 to %n step %c1 {",
            f"pto.tstore ins(%t1 : {tile}) outs(%g0 : {part})",
            "}",
            f"pto.tstore ins(%t1 : {tile}) outs(%g0 : {part})",
            f"pto.tload ins(%g0 : {part}) outs(%t1 : {tile})",
            "}",
            f"pto.tload ins(%g0 : {part}) outs(%t1 : {tile})",
        )
    )


@pytest.mark.parametrize("slots", [2, 3, 4])
def test_each_slot_of_a_ring_is_given_back_by_itself(slots: int) -> None:
    module = compiled(SLOT_PROGRAMS[f"slots-of-{slots}"], "plan-memory,insert-sync")
    function = next(op for op in module.ops if isinstance(op, func.FuncOp))
    flags = [each.flag for each in walk(function, [None] * POINTERS + [9, 0]) if each.flag is not None]
    for pipes in ((Pipe.MTE2, Pipe.V), (Pipe.V, Pipe.MTE3), (Pipe.MTE3, Pipe.MTE2)):
        turns = [flag.event for flag in flags if (flag.source, flag.target) == pipes and flag.is_set][-slots:]
        assert len(set(turns)) == slots


@pytest.mark.parametrize("name", sorted(SLOT_PROGRAMS))
def test_no_ring_is_left(name: str) -> None:
    pipelines = ["plan-memory,insert-sync,expand-multi-tile", *["unroll-slots"] * (name not in NOT_UNROLLED)]
    for pipeline in pipelines:
        module = compiled(SLOT_PROGRAMS[name], pipeline)
        assert not [op for op in module.walk() if isinstance(op, AllocMultiTileOp | MultiTileGetOp)]


@given(programs())
@settings(deadline=None, max_examples=80, suppress_health_check=_SLOW)
def test_flags_order_random_programs(text: str) -> None:
    check(text)


@given(programs(most_tiles=3, most_ops=4, depth=3))
@settings(deadline=None, max_examples=60, suppress_health_check=_SLOW)
def test_flags_order_deeply_nested_programs(text: str) -> None:
    check(text)


@given(programs(most_tiles=24, most_ops=40, depth=1))
@settings(deadline=None, max_examples=15, suppress_health_check=_SLOW)
def test_flags_order_programs_that_need_many_ids(text: str) -> None:
    check(text)
