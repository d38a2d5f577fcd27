"""Figures of traces: busy time, bubbles and what was ready meanwhile, gaps between two traces."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent))

from chip_programs import FREE, graphs, run, task

from tilewright.dialects.diagnostics import DiagnosticError
from tilewright.timing.tasks import Task
from tilewright.timing.traces.bubbles import Readiness, find_bubbles
from tilewright.timing.traces.compare import compare
from tilewright.timing.traces.model import Execution, Layout, Origin, Submit, Trace
from tilewright.timing.traces.runs import trace_of_run
from tilewright.timing.traces.steps import Steps, gaps, length, union
from tilewright.timing.traces.summary import summarise

LANES = {"AIC_0": "aic", "AIC_1": "aic", "AIV_2": "aiv"}
INTERVALS = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)).map(lambda pair: (min(pair), max(pair))))


def trace(
    *executions: Execution, after: dict[int, tuple[int, ...]] | None = None, submits: tuple[Submit, ...] = ()
) -> Trace:
    return Trace(Layout.MERGED_SWIMLANE, Origin(), LANES, executions, (), submits, after)


TWO_STEPS = (
    Execution("AIC_0", "gate", 0, 10, 0),
    Execution("AIC_0", "up", 14, 24, 1),
    Execution("AIV_2", "silu", 30, 40, 2),
)


def test_busy_time_of_kernels() -> None:
    both = (Execution("AIC_0", "gate", 0, 10, 0), Execution("AIC_1", "gate", 5, 25, 1, dispatch_us=4, finish_us=26))
    gate, silu = summarise(trace(*both, Execution("AIV_2", "silu", 25, 26, 2))).kernels
    assert (gate.count, gate.total_us, gate.mean_us, gate.share, gate.active_us) == (2, 30, 15, 1.0, 25)
    assert (gate.latency_us, silu.latency_us) == (22, None)
    assert (silu.core_type, silu.share) == ("aiv", 1.0)


def test_shares_are_of_the_cores_of_a_kind() -> None:
    found = summarise(trace(*TWO_STEPS))
    assert [(each.kernel, each.share) for each in found.kernels] == [("gate", 0.5), ("up", 0.5), ("silu", 1.0)]
    assert (found.span_us, found.records, found.tasks, found.average_busy) == (40, 3, 3, 0.75)


def test_a_bubble_while_a_task_was_ready() -> None:
    # `up` waits for nothing: AIC_1 could have run it from the start, and AIC_0 from 10 on.
    found = find_bubbles(trace(*TWO_STEPS, after={0: (), 1: (), 2: (0, 1)}))
    assert found.readiness is Readiness.DEPENDENCIES
    assert (found.lanes["AIC_0"].idle_us, found.lanes["AIC_0"].ready_us, found.lanes["AIC_0"].not_ready_us) == (
        20,
        4,
        16,
    )
    assert found.lanes["AIC_1"].ready_us == 14
    assert found.meanwhile["aic"] == {"up": 18}
    assert (found.lanes["AIV_2"].idle_us, found.lanes["AIV_2"].ready_us) == (30, 6)


def test_a_task_is_not_ready_before_it_is_submitted() -> None:
    found = find_bubbles(trace(*TWO_STEPS, after={0: (), 1: (), 2: (0, 1)}, submits=(Submit(1, 1, 11, 12),)))
    assert found.readiness is Readiness.SUBMITS
    assert (found.lanes["AIC_0"].ready_us, found.meanwhile["aic"]) == (2, {"up": 4})


def test_a_task_that_runs_nowhere_ends_when_it_is_ready() -> None:
    joined = {1: (8,), 8: (9,), 9: (0,), 2: (8,)}
    found = find_bubbles(trace(*TWO_STEPS, after=joined))
    assert found.meanwhile["aic"] == {"up": 8}
    assert found.meanwhile["aiv"] == {"silu": 20}


def test_tasks_that_wait_for_each_other_do_no_harm() -> None:
    assert find_bubbles(trace(*TWO_STEPS, after={1: (8,), 8: (9,), 9: (8,)})).lanes["AIC_0"].ready_us == 4


def test_without_dependencies_readiness_is_unknown() -> None:
    found = find_bubbles(trace(*TWO_STEPS))
    assert (found.readiness, found.lanes["AIC_0"].ready_us, found.lanes["AIC_0"].not_ready_us) == (
        "unknown",
        None,
        None,
    )
    assert found.meanwhile == {"aic": {}, "aiv": {}}


def test_pipes_say_what_they_waited_for() -> None:
    each = Execution("cube M", "pto.tmatmul", 5, 6, waited_for="MTE1 flag 0", waited_us=2.5)
    found = summarise(Trace(Layout.PIPES, Origin(), {"cube M": "M"}, [each, each]))
    assert found.waits == {"M": {"MTE1 flag 0": 5.0}}
    assert (found.tasks, found.readiness) == (None, "unknown")


@given(graphs())
@settings(max_examples=30, deadline=None)
def test_busy_and_idle_time_is_all_time(tasks: list[Task]) -> None:
    chip_run = run(tasks, clusters=4)
    if not chip_run.records:
        return
    found = summarise(trace_of_run(chip_run, "device"))
    for core in found.cores:
        assert core.bubbles.busy_us + core.bubbles.idle_us == pytest.approx(found.span_us)
        assert core.bubbles.ready_us is not None
        assert -1e-6 <= core.bubbles.ready_us <= core.bubbles.idle_us + 1e-6
    assert sum(each.total_us for each in found.kernels) == pytest.approx(chip_run.busy_us)
    for kind in found.core_types:
        if kind.bubbles.busy_us:
            assert sum(each.share for each in found.kernels if each.core_type == kind.name) == pytest.approx(1)


@given(st.integers(1, 40), st.integers(1, 4))
def test_no_core_is_idle_beside_a_ready_task_when_scheduling_costs_nothing(count: int, clusters: int) -> None:
    found = summarise(trace_of_run(run([task("aic", us=3)] * count, clusters, FREE), "device"))
    assert sum(each.bubbles.ready_us or 0 for each in found.cores) == pytest.approx(0)


def test_the_gap_between_two_traces() -> None:
    alone = trace(Execution("AIC_0", "attention", 0, 500, 0), Execution("AIC_1", "attention", 48, 548, 1))
    layer = trace(
        Execution("AIC_0", "attention", 100, 1363, 0),
        Execution("AIV_2", "silu", 0, 5, 1),
        Execution("AIC_1", "norm", 0, 5, 2),
    )
    gap, *rest = compare(alone, layer)
    assert (gap.kernel, gap.difference_us) == ("attention", 715)
    assert gap.ratio == pytest.approx(1263 / 548)
    assert gap.first is not None
    assert (gap.first.count, gap.first.total_us, gap.first.mean_us, gap.first.cores) == (2, 1000, 500, 2)
    assert {each.kernel: each.ratio for each in rest} == {"silu": None, "norm": None}


def test_traces_with_nothing_in_common() -> None:
    with pytest.raises(DiagnosticError) as caught:
        compare(trace(*TWO_STEPS), trace(Execution("AIC_0", "other", 0, 1)))
    (diagnostic,) = caught.value.diagnostics
    assert (diagnostic.code, diagnostic.message) == ("TW0745", "the traces have no kernel in common")
    assert diagnostic.help[0] == "the first has gate, up, silu; the second has other"
    renamed = trace(Execution("AIC_0", "other", 0, 1)).renamed({"other": "gate"})
    assert compare(trace(*TWO_STEPS), renamed)[0].kernel == "gate"


@given(INTERVALS, st.integers(0, 30), st.integers(0, 30))
def test_steps_count_open_intervals(intervals: list[tuple[int, int]], first: int, second: int) -> None:
    low, high = min(first, second), max(first, second)
    counted = sum(start <= moment < end for start, end in intervals for moment in range(low, high))
    assert Steps.counting(intervals).integral(low, high) == counted
    covered = [any(start <= moment < end for start, end in intervals) for moment in range(31)]
    merged = union(intervals)
    assert length(merged) == sum(covered)
    inside = [(max(start, low), min(end, high)) for start, end in merged if start < high and end > low]
    assert length(gaps(inside, low, high)) == (high - low) - sum(covered[low:high])
