"""Flags of random vector programs, in which buffers share memory, against the checker of instruction streams."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from xdsl.dialects import func

from tilewright.dialects.diagnostics import Diagnostic, collect_diagnostics
from tilewright.execution.walker import walk

from .compiled import compiled
from .happens_before import problems
from .random_programs import POINTERS, programs

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


@given(programs())
@settings(deadline=None, max_examples=80, suppress_health_check=_SLOW)
def test_flags_order_random_programs(text: str) -> None:
    check(text)


@given(programs(most_tiles=24, most_ops=40, depth=1))
@settings(deadline=None, max_examples=15, suppress_health_check=_SLOW)
def test_flags_order_programs_that_need_many_ids(text: str) -> None:
    check(text)
