"""What is written: names and numbers of the layouts, and that Perfetto's rules hold for anything."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tilewright.arch.chip import Pipe
from tilewright.dialects.diagnostics import SourceLocation
from tilewright.timing.records import Span, Timeline
from tilewright.timing.traces.chrome import lanes, microseconds
from tilewright.timing.traces.merged_swimlane import merged_text
from tilewright.timing.traces.model import Execution, Layout, Origin, Phase, Submit, Trace, task_label
from tilewright.timing.traces.pipes import pipes_text, trace_of_timeline
from tilewright.timing.traces.raw_swimlane import raw_text
from tilewright.timing.traces.side_files import dependencies_text, names_text
from tilewright.timing.traces.tracr import tracr_text

CLOCK_HZ = 50_000_000
RING_TASK = (1 << 32) + 3


def chip_trace() -> Trace:
    """A cube task, then a task on a cube core and both its vector cores."""
    second = [("AIC_0", "down_aic"), ("AIV_1", "down_aiv"), ("AIV_2", "down_aiv")]
    return Trace(
        Layout.MERGED_SWIMLANE,
        Origin.modelled("device", "uncalibrated"),
        {"AIC_0": "aic", "AIV_1": "aiv", "AIV_2": "aiv"},
        [
            Execution("AIC_0", "gate", 2.0, 47.0, 7, 1.72, 1.2, 47.8),
            *(Execution(core, name, 48.0, 98.0, RING_TASK, 47.72, 40.0, 99.2) for core, name in second),
        ],
        [Phase(0, "dispatch", 1.0, 1.3, 1, 1, hits=1, misses=0)],
        [Submit(0, 7, 0.0, 0.8), Submit(1, RING_TASK, 0.8, 1.7)],
        {7: (), RING_TASK: (7,)},
        {RING_TASK: 2},
        {"AIC_0": 0, "AIV_1": 0, "AIV_2": 0},
    )


def timeline(spans: list[Span]) -> Timeline:
    busy = {("cube", Pipe.MTE2): 10, ("cube", Pipe.M): 0, ("vector 0", Pipe.V): 5}
    return Timeline("device", 1850.0, 100, spans, busy, {}, {}, len(spans), "")


def problems(text: str) -> list[str]:
    """What Perfetto would refuse, drop or bind wrongly, as its importer of JSON works."""
    document = json.loads(text, parse_constant=lambda name: pytest.fail(f"{name} is no JSON"))
    found: list[str] = []
    names: dict[str, set[Any]] = {"process_name": set(), "thread_name": set()}
    tracks: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    flows: dict[tuple[str, int, str], list[dict[str, Any]]] = defaultdict(list)
    for event in document["traceEvents"]:
        place = (event["pid"], event.get("tid", 0))
        if not all(isinstance(number, int) and 0 <= number < 2**32 for number in place):
            found.append(f"place {place}")
        if not (isinstance(event["name"], str) and event["name"]):
            found.append("a bar without a name")
        if event["ph"] == "M":
            names.setdefault(event["name"], set()).add(event["pid"] if event["name"] == "process_name" else place)
        elif event["ph"] == "X":
            start, duration = truncated(event["ts"]), truncated(event["dur"])
            tracks[place].append((start, start + duration))
            found += [f"{key} is null" for key, value in event.get("args", {}).items() if value is None]
            found += [f"{key} reads as an index" for key in event.get("args", {}) if "[" in key]
        else:
            flows[event["cat"], event["id"], event["name"]].append(event)
    found += [f"lane {place} has no name" for place in tracks if place not in names["thread_name"]]
    found += [f"process {pid} has no name" for pid, _ in tracks if pid not in names["process_name"]]
    for place, slices in tracks.items():
        found += [
            f"{place}: {outer} cuts {inner}" for outer, inner in cuts(sorted(slices, key=lambda s: (s[0], -s[1])))
        ]
    return found + [problem for ends in flows.values() for problem in flow_problems(ends, tracks)]


def flow_problems(ends: list[dict[str, Any]], tracks: dict[tuple[int, int], list[tuple[int, int]]]) -> list[str]:
    """A flow is one start and one later end, each within a bar of its lane."""
    times = [truncated(event["ts"]) for event in ends]
    found = []
    if [event["ph"] for event in ends] != ["s", "f"] or times[0] > times[1]:
        found.append(f"flow {ends[0]['id']} is not one start and one later end")
    for event, time in zip(ends, times, strict=True):
        bars = tracks[event["pid"], event["tid"]]
        if not any(start <= time <= max(start, end - 1) for start, end in bars):
            found.append(f"flow {event['id']} binds to no bar")
    return found


def truncated(time_us: object) -> int:
    assert isinstance(time_us, int | float)
    assert time_us >= 0
    return int(time_us * 1000.0)


def cuts(slices: list[tuple[int, int]]) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Pairs that overlap, neither within the other; they come by start, the longer first."""
    stack: list[tuple[int, int]] = []
    found = []
    for each in slices:
        while stack and stack[-1][1] <= each[0]:
            stack.pop()
        if stack and each[1] > stack[-1][1]:
            found.append((stack[-1], each))
        stack.append(each)
    return found


def test_the_validator_sees_what_perfetto_drops() -> None:
    bar = {"ph": "X", "name": "a", "pid": 1, "tid": 1}
    text = json.dumps({"traceEvents": [{**bar, "ts": 0, "dur": 2}, {**bar, "ts": 1, "dur": 2}]})
    assert problems(text) == [
        "lane (1, 1) has no name",
        "process 1 has no name",
        "(1, 1): (0, 2000) cuts (1000, 3000)",
    ]


def events(text: str, **wanted: object) -> list[dict[str, Any]]:
    return [event for event in json.loads(text)["traceEvents"] if all(event.get(key) == wanted[key] for key in wanted)]


def test_merged_swimlane_has_the_fields_of_the_layout() -> None:
    text = merged_text(chip_trace())
    assert problems(text) == []
    processes = {event["pid"]: event["args"]["name"] for event in events(text, ph="M", name="process_name")}
    assert processes == {1: "AICPU Orchestrator", 2: "AICPU Scheduler", 3: "Scheduler View", 4: "Worker View"}
    (worker,) = events(text, ph="X", pid=4, tid=10000, name="gate(t7)")
    assert (worker["ts"], worker["dur"], worker["cat"], worker["id"]) == (1.72, 45.28, "event", 0)
    assert list(worker["args"]) == [
        "event-hint",
        "fanout-hint",
        "fanin-hint",
        "duration-us",
        "kernel-duration-us",
        "local_setup_us",
        "taskId",
    ]
    assert worker["args"]["event-hint"] == "Task:t7, FuncId:0, CoreId:0"
    assert worker["args"]["fanout-hint"] == "1: [r1t3]"
    (view,) = events(text, ph="X", pid=3, tid=10000)
    assert (view["args"]["dispatch-time-us"], view["args"]["finish-time-us"]) == (1.2, 47.8)
    (phase,) = events(text, ph="X", pid=2)
    assert (phase["name"], phase["tid"], phase["cat"], phase["cname"]) == (
        "dispatch(1)",
        30000,
        "scheduler",
        "terrible",
    )
    assert phase["args"] == {"phase": "dispatch", "loop_iter": 1, "tasks_processed": 1}
    submit = events(text, ph="X", pid=1)[0]
    assert (submit["name"], submit["tid"], submit["cat"]) == ("submit(t7)", 4000, "orchestrator")
    assert submit["args"] == {"phase": "orch_submit", "submit_idx": 0, "task_id": 7}


def test_a_task_of_several_blocks_is_marked_and_overlapping_bars_move_to_the_next_lane() -> None:
    text = merged_text(chip_trace())
    assert [event["tid"] for event in events(text, ph="X", pid=4, name="down_aiv_spmd(r1t3)")] == [10010, 10020]
    # The core got its second task while it ran the first.
    assert [event["tid"] for event in events(text, ph="X", pid=3, name="down_aic_spmd(r1t3)")] == [10001]


def test_dependencies_are_flows_from_the_end_to_the_start() -> None:
    text = merged_text(chip_trace())
    start, end = events(text, cat="flow")
    assert (start["ph"], start["name"], start["tid"], start["ts"], start["bind_id"]) == (
        "s",
        "dependency",
        10000,
        46.999,
        0,
    )
    assert (end["ph"], end["bp"], end["ts"], end["id"]) == ("f", "e", 47.72, start["id"])


def test_a_dependency_on_a_task_that_its_core_takes_later_is_a_flow_too() -> None:
    # The second task is taken at 1 and waits on its core; the first is taken at 2 and runs from 3 to 5.
    first, second = Execution("AIC_0", "a", 3.0, 5.0, 1, 2.0), Execution("AIV_1", "b", 6.0, 9.0, 2, 1.0)
    text = merged_text(Trace(Layout.MERGED_SWIMLANE, Origin(), CORES, [first, second], after={1: (), 2: (1,)}))
    start, end = events(text, cat="flow")
    assert problems(text) == []
    assert (start["tid"], start["ts"], end["tid"], end["ts"]) == (10000, 2.0, 10010, 2.0)


def test_a_task_that_ends_before_what_it_waits_for_begins_has_no_flow() -> None:
    first, second = Execution("AIC_0", "a", 30.0, 50.0, 1, 20.0), Execution("AIV_1", "b", 6.0, 9.0, 2, 1.0)
    text = merged_text(Trace(Layout.MERGED_SWIMLANE, Origin(), CORES, [first, second], after={1: (), 2: (1,)}))
    assert events(text, cat="flow") == []


@pytest.mark.parametrize("kind, lane", [("dummy_task", 19000), ("dummy", 30000)])
def test_a_task_that_no_core_runs_has_flows_to_and_from_what_the_scheduler_did(kind: str, lane: int) -> None:
    first, last = Execution("AIC_0", "a", 3.0, 5.0, 1, 2.0), Execution("AIV_1", "b", 8.0, 9.0, 3, 7.0)
    joined = Phase(0, kind, 5.5, 6.0, tasks=1, task=2)
    trace = Trace(Layout.MERGED_SWIMLANE, Origin(), CORES, [first, last], [joined], after={1: (), 2: (1,), 3: (2,)})
    text = merged_text(trace)
    assert problems(text) == []
    assert [(each["ph"], each["tid"], each["ts"]) for each in events(text, cat="flow")] == [
        ("s", 10000, 4.999),
        ("f", lane, 5.5),
        ("s", lane, 5.999),
        ("f", 10010, 7.0),
    ]


def test_raw_records_have_the_columns_of_the_layout() -> None:
    document = json.loads(raw_text(chip_trace(), CLOCK_HZ))
    assert document["chip_swimlane_level"] == 4
    assert document["metadata"] == {
        "clock_freq_hz": CLOCK_HZ,
        "num_cores": 3,
        "core_types": ["aic", "aiv", "aiv"],
        "core_to_thread": [0, 0, 0],
        "kind": "modelled",
        "profile": "device",
        "error": "uncalibrated",
    }
    assert document["aicore_tasks"][:2] == [
        [0, 7, 1, 1000100, 1002350, 14],
        [0, RING_TASK, 2, 1002400, 1004900, 14],
    ]
    assert document["aicpu_tasks"][0] == [0, 1, 1000060, 1002390]
    assert document["aicpu_scheduler_phases"][0][0]["pop_hit"] == 1
    assert document["aicpu_orchestrator_phases"][0][0] == {
        "submit_idx": 0,
        "task_id": 7,
        "start_cycles": 1000000,
        "end_cycles": 1000040,
    }


def test_the_files_beside_the_records() -> None:
    dependencies = json.loads(dependencies_text(chip_trace()))
    assert [task["kernel_ids"] for task in dependencies["tasks"]] == [[0, -1, -1], [1, 2, -1]]
    assert (dependencies["edges"][0]["pred"], dependencies["edges"][0]["succ"]) == ("7", str(RING_TASK))
    names = json.loads(names_text(chip_trace()))
    assert names["callable_id_to_name"] == {"0": "gate", "1": "down_aic", "2": "down_aiv"}


def test_tracr_has_its_channels_and_markers() -> None:
    text = tracr_text(chip_trace())
    assert problems(text) == []
    assert [event["args"]["name"] for event in events(text, ph="M")] == [
        "TraCR",
        "AICPU_0",
        "AICPU_1",
        "AICube_0",
        "AIVector_0",
        "AIVector_1",
        "INVALID",
    ]
    assert [(event["name"], event["ts"], event.get("args")) for event in events(text, ph="X", tid=3)] == [
        ("Running_Task_Single", 2.0, {"extra_id": 0}),
        ("Running_Task_Pair", 48.0, {"extra_id": 1}),
    ]
    assert {event["cat"] for event in events(text, ph="X")} == {"tracr"}


def test_pipes_have_a_lane_each_and_show_stalls() -> None:
    where = SourceLocation("k.pto", 7, 3)
    load = Span("cube", Pipe.MTE2, 0, 1850, "pto.tload", where, 0, "")
    wait = Span("vector 0", Pipe.V, 1850, 3700, "pto.tadd", None, 0, "MTE2 flag 3")
    text = pipes_text(trace_of_timeline(timeline([load, wait]), "held-out error 4 %"))
    assert problems(text) == []
    lanes_named = [(event["pid"], event["args"]["name"]) for event in events(text, ph="M", name="thread_name")]
    assert lanes_named == [(1, "MTE2"), (1, "M"), (2, "V")]
    assert [(event["name"], event["ts"], event["dur"]) for event in events(text, ph="X")] == [
        ("pto.tload", 0.0, 1.0),
        ("wait: MTE2 flag 3", 0.0, 1.0),
        ("pto.tadd", 1.0, 1.0),
    ]
    assert events(text, name="pto.tload")[0]["args"] == {"source": "k.pto:7:3"}
    assert json.loads(text)["otherData"] == {"kind": "modelled", "profile": "device", "error": "held-out error 4 %"}


def test_iterations_without_bars_are_said() -> None:
    load = Span("cube", Pipe.MTE2, 0, 1850, "pto.tload", None, 0, "")
    trace = trace_of_timeline(replace(timeline([load]), extrapolated="iterations 5 to 90 repeat"))
    assert trace.origin.note == "without the bars of iterations that were not simulated: iterations 5 to 90 repeat"
    assert json.loads(pipes_text(trace))["otherData"]["note"] == trace.origin.note


@given(st.integers(0, 2**52))
def test_a_nanosecond_survives_a_reader_that_truncates(time: int) -> None:
    assert int(microseconds(time) * 1000.0) == time


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 20)), max_size=20))
def test_bars_with_the_same_number_do_not_overlap(spans: list[tuple[int, int]]) -> None:
    bars = [(start, start + length) for start, length in spans]
    numbers = lanes(bars)
    for number in set(numbers):
        own = sorted(bar for bar, given_number in zip(bars, numbers, strict=True) if given_number == number)
        assert all(first[1] <= second[0] for first, second in pairwise(own))
    depth = max((sum(start <= at < end for start, end in bars) for at, _ in bars), default=0)
    assert max(numbers, default=0) <= max(depth, 1) + sum(start == end for start, end in bars)


CORES = {"AIC_0": "aic", "AIV_1": "aiv"}
TIMES = st.floats(0, 1e5, allow_nan=False)
ANY_EXECUTION = st.tuples(st.sampled_from(list(CORES)), TIMES, TIMES, TIMES, st.integers(0, 5))


@given(
    st.lists(ANY_EXECUTION, max_size=30), st.dictionaries(st.integers(0, 5), st.lists(st.integers(0, 5), max_size=3))
)
def test_any_trace_of_a_chip_is_accepted(
    found: list[tuple[str, float, float, float, int]], after: dict[int, list[int]]
) -> None:
    executions = []
    for core, *times, task in found:
        taken, start, end = sorted(times)
        executions.append(Execution(core, f"k{task}", start, end, task, taken, taken / 2, end + 1))
    trace = Trace(Layout.MERGED_SWIMLANE, Origin(), CORES, executions, after=after)
    assert problems(merged_text(trace)) == []


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(1, 40)), max_size=40))
def test_instructions_of_a_few_cycles_do_not_overlap_after_rounding(steps: list[tuple[int, int]]) -> None:
    spans, now = [], 0
    for stall, cycles in steps:
        start, waited = now + stall, "barrier" if stall else ""
        spans.append(Span("cube", Pipe.MTE2, start, start + cycles, "pto.tload", None, now, waited))
        now = start + cycles
    assert problems(pipes_text(trace_of_timeline(timeline(spans)))) == []


def test_labels_of_tasks() -> None:
    assert (task_label(7), task_label(RING_TASK)) == ("t7", "r1t3")
