"""The layout that TraCR's post-processing writes: one process, a lane for each thread of the scheduler and each core.

A bar on the lane of a core is a task, and its `extra_id` is the number of the kernel; names for the numbers come from
elsewhere, or stand in `otherData`. Lanes and markers are those of hw-native-sys/simpler#1173; the events are those of
Algebraic-Programming/TraCR, postprocessing/tracr_process.cpp.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

from tilewright.timing.traces.chrome import Bar, Document, Writer, join_names, names_of, nanoseconds
from tilewright.timing.traces.model import CUBE, VECTOR, Execution, Layout, Phase, Submit, Trace

PROCESS, CATEGORY = "TraCR", "tracr"
SINGLE, PAIR = "Running_Task_Single", "Running_Task_Pair"
_SUBMIT = "Orchestrating"
_CORE = re.compile(r"(AICube|AIVector)_\d+")
_THREAD = re.compile(r"AICPU_(\d{1,9})")
_KINDS = {"AICube": CUBE, "AIVector": VECTOR}
# What the scheduler of the swimlane layouts does, as TraCR's markers call it.
_MARKERS = {"complete": "Phase1", "drain": "Phase2", "dummy": "Phase3b", "dispatch": "Phase4", "release": "Drain"}


def tracr_text(trace: Trace) -> str:
    """Write a trace of a chip in TraCR's layout.

    Scheduler threads come first, then the orchestrator, cube cores, vector cores and a last lane that nothing uses.
    """
    writer = Writer()
    writer.process(0, PROCESS)
    threads = max((phase.thread for phase in trace.phases), default=-1) + 1
    orchestrators = max((submit.thread for submit in trace.submits), default=-1) + 1
    channels = [f"AICPU_{number}" for number in range(threads + orchestrators)]
    lanes = dict(zip(channels, range(1, len(channels) + 1), strict=True))
    names = _core_names(trace)
    for core in sorted(names, key=lambda core: trace.lanes[core]):
        lanes[core] = len(lanes) + 1
    for name, tid in lanes.items():
        writer.thread(0, tid, names.get(name, name))
    writer.thread(0, len(lanes) + 1, "INVALID")
    zero = min((nanoseconds(time) for time in _times(trace)), default=0)
    numbers = {name: int(number) for number, name in join_names(trace.kernels()).items()}
    pairs = Counter((each.task, trace.lanes[each.lane]) for each in trace.executions if each.task >= 0)
    bars: list[tuple[int, str, float, float, int | None]] = [
        (phase.thread + 1, _MARKERS.get(phase.kind, phase.kind), phase.start_us, phase.end_us, None)
        for phase in trace.phases
    ]
    bars += [(threads + each.thread + 1, _SUBMIT, each.start_us, each.end_us, None) for each in trace.submits]
    for each in trace.executions:
        mixed = all((each.task, kind) in pairs for kind in (CUBE, VECTOR))
        bars.append((lanes[each.lane], PAIR if mixed else SINGLE, each.start_us, each.end_us, numbers[each.kernel]))
    for tid, name, start, end, extra in sorted(bars, key=lambda bar: bar[2]):
        span = nanoseconds(start) - zero, nanoseconds(end) - zero
        more = {} if extra is None else {"args": {"extra_id": extra}}
        writer.bar((0, tid), name, span, cat=CATEGORY, **more)
    return writer.text(trace.origin, callable_id_to_name=join_names(trace.kernels()))


def _core_names(trace: Trace) -> dict[str, str]:
    """The name of each core in TraCR, which numbers cube cores and vector cores apart."""
    counts: Counter[str] = Counter()
    names: dict[str, str] = {}
    for core, kind in trace.lanes.items():
        names[core] = f"{'AICube' if kind == CUBE else 'AIVector'}_{counts[kind]}"
        counts[kind] += 1
    return names


def _times(trace: Trace) -> list[float]:
    return [each.start_us for part in (trace.executions, trace.phases, trace.submits) for each in part]


def read_tracr(document: Document, names: Mapping[str, str]) -> Trace:
    """Read a trace in TraCR's layout.

    Args:
        document: the events.
        names: names of kernels by their numbers; those in the file where it has some.
    """
    inside = document.other.get("callable_id_to_name") if document.other else None
    known = {**dict(names_of(inside)), **names}
    lanes = {name: _kind(name) for name in document.threads.values() if _kind(name)}
    executions: list[Execution] = []
    phases: list[Phase] = []
    submits: list[Submit] = []
    for bar in document.bars:
        lane = document.threads.get((bar.pid, bar.tid)) or f"Channel_{bar.tid}"
        if not _kind(lane) and bar.name in (SINGLE, PAIR):
            lanes[lane] = "core"  # a recording without names of its channels
        if lane in lanes:
            executions.append(Execution(lane, _kernel(bar, known), bar.start_us, bar.end_us))
        elif bar.name == _SUBMIT:
            submits.append(Submit(len(submits), -1, bar.start_us, bar.end_us))
        elif found := _THREAD.fullmatch(lane):
            phases.append(Phase(int(found[1]), bar.name, bar.start_us, bar.end_us))
    return Trace(Layout.TRACR, document.origin, lanes, executions, phases, submits)


def _kind(lane: str) -> str:
    found = _CORE.fullmatch(lane)
    return _KINDS[found[1]] if found else ""


def _kernel(bar: Bar, names: Mapping[str, str]) -> str:
    extra = bar.argument("extra_id")
    if bar.name not in (SINGLE, PAIR) or extra is None:
        return bar.name
    number = extra.integer()
    return names.get(str(number), f"func_{number}")
