"""Bubbles: when a core had nothing to do, and whether something that it could have run was ready."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from tilewright.timing.traces.model import Execution, Layout, Trace
from tilewright.timing.traces.steps import Interval, Steps, gaps, length, union


class Readiness(StrEnum):
    """How a trace says when a task was ready."""

    UNKNOWN = "unknown"
    DEPENDENCIES = "dependencies"
    SUBMITS = "dependencies and submits"


@dataclass(frozen=True, slots=True)
class Bubbles:
    """How long a core was idle between the first start and the last end on any core; times in microseconds.

    Attributes:
        busy_us: it ran something.
        idle_us: it ran nothing.
        ready_us: of it, while a task for such a core was ready and had not started; None where the trace does not say.
        longest_us: the longest stretch of it.
    """

    busy_us: float
    idle_us: float
    ready_us: float | None
    longest_us: float

    @property
    def not_ready_us(self) -> float | None:
        """While nothing was ready that it could have run."""
        return None if self.ready_us is None else max(0.0, self.idle_us - self.ready_us)


@dataclass(frozen=True)
class Idleness:
    """The bubbles of a trace.

    Attributes:
        readiness: how the trace says what was ready.
        lanes: by core or pipe.
        meanwhile: for each kind of core, the kernels that were ready while cores were idle, each with the core time in
            microseconds; several may have been ready at once.
        waits: for each kind of pipe, what it stood still for, with the time in microseconds.
    """

    readiness: Readiness
    lanes: Mapping[str, Bubbles]
    meanwhile: Mapping[str, Mapping[str, float]]
    waits: Mapping[str, Mapping[str, float]]


def find_bubbles(trace: Trace) -> Idleness:
    """Find the bubbles of a trace.

    A task is ready when all that it waits for has ended and the orchestrator has submitted it; each of its blocks stays
    ready until it starts.
    """
    readiness = _readiness(trace)
    busy: dict[str, list[Interval]] = {lane: [] for lane in trace.lanes}
    for each in trace.executions:
        busy[each.lane].append((each.start_us, each.end_us))
    covered = {lane: union(intervals) for lane, intervals in busy.items()}
    idle = {lane: gaps(covered[lane], trace.start_us, trace.end_us) for lane in trace.lanes}
    waiting = _waiting(trace)
    bubbles: dict[str, Bubbles] = {}
    meanwhile: dict[str, dict[str, float]] = {}
    for kind in dict.fromkeys(trace.lanes.values()):
        kernels = {kernel: union(found) for kernel, found in waiting.get(kind, {}).items()}
        any_ready = Steps.counting(union(interval for found in kernels.values() for interval in found))
        lanes = [lane for lane in trace.lanes if trace.lanes[lane] == kind]
        for lane in lanes:
            ready = sum(any_ready.integral(*gap) for gap in idle[lane])
            known = None if readiness is Readiness.UNKNOWN else ready
            longest = max((end - start for start, end in idle[lane]), default=0.0)
            bubbles[lane] = Bubbles(length(covered[lane]), length(idle[lane]), known, longest)
        idle_cores = Steps.counting(gap for lane in lanes for gap in idle[lane])
        shares = {kernel: sum(idle_cores.integral(*found) for found in kernels[kernel]) for kernel in kernels}
        meanwhile[kind] = {kernel: time for kernel, time in shares.items() if time > 0}
    return Idleness(readiness, bubbles, meanwhile, _waits(trace))


def _readiness(trace: Trace) -> Readiness:
    if trace.after is None or trace.layout is Layout.PIPES:
        return Readiness.UNKNOWN
    return Readiness.SUBMITS if trace.submits else Readiness.DEPENDENCIES


def _waiting(trace: Trace) -> Mapping[str, Mapping[str, Sequence[Interval]]]:
    """For each kind of core and each kernel: from when to when its blocks were ready and had not started."""
    found: dict[str, dict[str, list[Interval]]] = defaultdict(lambda: defaultdict(list))
    if _readiness(trace) is Readiness.UNKNOWN:
        return found
    ready = _ready_times(trace)
    for each in trace.executions:
        since = max(ready[each.task], trace.start_us)
        if since < each.start_us:
            found[trace.lanes[each.lane]][each.kernel].append((since, each.start_us))
    return found


def _ready_times(trace: Trace) -> Mapping[int, float]:
    """When each task was ready. Tasks that run on no core end as soon as what they wait for has."""
    ends: dict[int, float] = {}
    for each in trace.executions:
        ends[each.task] = max(ends.get(each.task, each.end_us), each.end_us)
    submitted: dict[int, float] = {each.task: each.end_us for each in trace.submits}
    after = trace.after or {}
    ready: dict[int, float] = {}
    todo = list(dict.fromkeys((*after, *(each.task for each in trace.executions))))
    begun: set[int] = set()
    while todo:
        task = todo[-1]
        # Only the end of a task without a bar of its own needs more tasks to be known first.
        missing = [other for other in after.get(task, ()) if other not in ends and other not in begun]
        if task not in begun and missing:
            begun.add(task)
            todo.extend(missing)
            continue
        todo.pop()
        begun.add(task)
        known = (ends[other] for other in after.get(task, ()) if other in ends)
        ready[task] = max(known, default=trace.start_us)
        if (when := submitted.get(task)) is not None:
            ready[task] = max(ready[task], when)
        ends.setdefault(task, ready[task])
    return ready


def _waits(trace: Trace) -> Mapping[str, Mapping[str, float]]:
    found: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for each in trace.executions:
        if each.waited_for:
            found[trace.lanes[each.lane]][each.waited_for] += each.waited_us
    return found


def latency_us(executions: Sequence[Execution]) -> float | None:
    """The mean time from dispatch until a scheduler saw the end; None where no record has both."""
    spans = [
        each.finish_us - each.dispatch_us
        for each in executions
        if each.dispatch_us is not None and each.finish_us is not None
    ]
    return sum(spans) / len(spans) if spans else None
