"""What a trace says in figures: the time of each kernel on cores, and what cores did not do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tilewright.timing.traces.bubbles import Bubbles, Readiness, find_bubbles, latency_us
from tilewright.timing.traces.model import Execution, Layout, Origin, Trace
from tilewright.timing.traces.steps import length, union


@dataclass(frozen=True, slots=True)
class KernelTime:
    """The time of one kernel on one kind of core, in microseconds.

    Attributes:
        kernel: its name.
        core_type: `aic`, `aiv`, or the pipe.
        count: records: one for each block and core.
        total_us: on-core busy time, summed over cores.
        mean_us: of a record.
        share: of the busy time of all cores of this kind; 0 to 1.
        active_us: while at least one core of this kind ran it.
        latency_us: mean time from dispatch to finish; None where the trace does not say.
    """

    kernel: str
    core_type: str
    count: int
    total_us: float
    mean_us: float
    share: float
    active_us: float
    latency_us: float | None


@dataclass(frozen=True, slots=True)
class CoreTime:
    """What one core, or all cores of a kind, did; times in microseconds, summed over cores.

    Attributes:
        name: of the core, or the kind.
        core_type: the kind.
        cores: how many.
        bubbles: busy and idle time.
    """

    name: str
    core_type: str
    cores: int
    bubbles: Bubbles


@dataclass(frozen=True, slots=True)
class ThreadTime:
    """What scheduler or orchestrator threads did: one kind of it, how often and how long in microseconds."""

    kind: str
    count: int
    total_us: float


@dataclass(frozen=True)
class Summary:
    """A trace in figures; times in microseconds.

    Attributes:
        layout: of the file.
        origin: modelled or recorded.
        span_us: from the first start to the last end on any core.
        records: how many stretches of work there are.
        tasks: how many tasks had one; None where the trace does not tell tasks apart.
        average_busy: how many cores were busy on average.
        kernels: by core type, the longest first.
        core_types, cores: busy and idle time.
        readiness: how the trace says what was ready.
        meanwhile, waits: what was ready while cores were idle, and what pipes stood still for, by core type.
        scheduler, orchestrator: what the threads did.
    """

    layout: Layout
    origin: Origin
    span_us: float
    records: int
    tasks: int | None
    average_busy: float
    kernels: Sequence[KernelTime]
    core_types: Sequence[CoreTime]
    cores: Sequence[CoreTime]
    readiness: Readiness
    meanwhile: Mapping[str, Mapping[str, float]]
    waits: Mapping[str, Mapping[str, float]]
    scheduler: Sequence[ThreadTime]
    orchestrator: Sequence[ThreadTime]


def summarise(trace: Trace) -> Summary:
    """Sum up a trace in which something ran."""
    idleness = find_bubbles(trace)
    cores = [CoreTime(lane, kind, 1, idleness.lanes[lane]) for lane, kind in trace.lanes.items()]
    by_kind: dict[str, list[CoreTime]] = defaultdict(list)
    for core in cores:
        by_kind[core.core_type].append(core)
    span = trace.end_us - trace.start_us
    tasks = {each.task for each in trace.executions if each.task >= 0}
    phases = [(each.kind, each.end_us - each.start_us) for each in trace.phases]
    submits = [("submit", each.end_us - each.start_us) for each in trace.submits]
    return Summary(
        trace.layout,
        trace.origin,
        span,
        len(trace.executions),
        len(tasks) or None,
        sum(core.bubbles.busy_us for core in cores) / span if span else 0.0,
        kernel_times(trace),
        [CoreTime(kind, kind, len(found), _sum(found)) for kind, found in by_kind.items()],
        cores,
        idleness.readiness,
        idleness.meanwhile,
        idleness.waits,
        _threads(phases),
        _threads(submits),
    )


def kernel_times(trace: Trace) -> list[KernelTime]:
    """The time of each kernel on each kind of core, the longest of each kind first."""
    found: dict[tuple[str, str], list[Execution]] = defaultdict(list)
    busy: dict[str, float] = defaultdict(float)
    for each in trace.executions:
        kind = trace.lanes[each.lane]
        found[kind, each.kernel].append(each)
        busy[kind] += each.duration_us
    times = [_kernel(kind, kernel, records, busy[kind]) for (kind, kernel), records in found.items()]
    kinds = list(dict.fromkeys(trace.lanes.values()))
    return sorted(times, key=lambda time: (kinds.index(time.core_type), -time.total_us))


def _kernel(kind: str, kernel: str, records: Sequence[Execution], busy: float) -> KernelTime:
    total = sum(each.duration_us for each in records)
    active = length(union((each.start_us, each.end_us) for each in records))
    share = total / busy if busy else 0.0
    return KernelTime(kernel, kind, len(records), total, total / len(records), share, active, latency_us(records))


def _sum(cores: Sequence[CoreTime]) -> Bubbles:
    parts = [core.bubbles for core in cores]
    ready = [part.ready_us for part in parts if part.ready_us is not None]
    return Bubbles(
        sum(part.busy_us for part in parts),
        sum(part.idle_us for part in parts),
        sum(ready) if len(ready) == len(parts) else None,
        max(part.longest_us for part in parts),
    )


def _threads(found: Sequence[tuple[str, float]]) -> list[ThreadTime]:
    times: dict[str, list[float]] = defaultdict(list)
    for kind, time in found:
        times[kind].append(time)
    return [ThreadTime(kind, len(each), sum(each)) for kind, each in times.items()]
