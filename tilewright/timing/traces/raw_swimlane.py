"""`chip_swimlane_records.json`: what a run on the chip writes, in ticks of the scheduler's clock.

Field names and the order of columns: hw-native-sys/simpler docs/dfx/chip-swimlane-profiling.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tilewright.timing.traces.chrome import dumps, origin_of
from tilewright.timing.traces.decoding import Node
from tilewright.timing.traces.model import Execution, Layout, Phase, Submit, Trace
from tilewright.timing.traces.runs import core_name
from tilewright.timing.traces.side_files import Dependencies

_ZERO = 1_000_000  # of the ticks that are written; 0 would mean that there is no time
_MARKS = ("dummy_task", "predicated_skip")


def raw_text(trace: Trace, clock_hz: int) -> str:
    """Write the records of a chip.

    Args:
        trace: a trace of cores.
        clock_hz: ticks in a second; times are rounded to them.
    """

    def ticks(time_us: float) -> int:
        return _ZERO + round(time_us * clock_hz / 1e6)

    cores = {core: number for number, core in enumerate(trace.lanes)}
    started = [0] * len(cores)
    ran: list[tuple[int, ...]] = []
    scheduled: list[tuple[int, ...]] = []
    for each in sorted(trace.executions, key=lambda each: (each.start_us, each.end_us)):
        core = cores[each.lane]
        started[core] += 1
        start = ticks(each.start_us)
        ran.append((core, each.task, started[core], start, ticks(each.end_us), start - ticks(each.taken_us)))
        if each.dispatch_us is not None and each.finish_us is not None:
            scheduled.append((core, started[core], ticks(each.dispatch_us), ticks(each.finish_us)))
    metadata: dict[str, object] = {
        "clock_freq_hz": clock_hz,
        "num_cores": len(cores),
        "core_types": list(trace.lanes.values()),
    }
    if trace.threads:
        metadata["core_to_thread"] = [trace.threads.get(core, -1) for core in cores]
    phases: list[list[Mapping[str, object]]] = _empty(phase.thread for phase in trace.phases)
    for phase in trace.phases:
        phases[phase.thread].append(_phase_record(phase, ticks(phase.start_us), ticks(phase.end_us)))
    submits: list[list[Mapping[str, object]]] = _empty(each.thread for each in trace.submits)
    for each in trace.submits:
        span = {"start_cycles": ticks(each.start_us), "end_cycles": ticks(each.end_us)}
        submits[each.thread].append({"submit_idx": each.index, "task_id": each.task, **span})
    levels = enumerate((ran, scheduled, phases, submits), 1)
    parts: dict[str, object] = {
        "chip_swimlane_level": max((level for level, part in levels if part), default=1),
        "metadata": {**metadata, **trace.origin.said()},
        "aicore_tasks": ran,
        "aicpu_tasks": scheduled,
        "aicpu_scheduler_phases": phases,
        "aicpu_orchestrator_phases": submits,
    }
    return "{" + ",\n".join(f'"{key}":{dumps(part)}' for key, part in parts.items()) + "}\n"


def _empty(threads: Iterable[int]) -> list[list[Mapping[str, object]]]:
    return [[] for _ in range(max(threads, default=-1) + 1)]


def _phase_record(phase: Phase, start: int, end: int) -> Mapping[str, object]:
    found: dict[str, object] = {"kind": phase.kind, "start_cycles": start, "end_cycles": end}
    found |= {"loop_iter": phase.iteration, "tasks_processed": phase.tasks}
    if phase.kind == "dispatch":
        found |= {"pop_hit": phase.hits or 0, "pop_miss": phase.misses or 0}
    if phase.kind in _MARKS:
        found["task_id"] = phase.task
    return found


@dataclass(frozen=True)
class _Stretch:
    """From one tick to another; `node` is where that stands."""

    node: Node
    start: int
    end: int

    def __post_init__(self) -> None:
        if self.end < self.start:
            self.node.refuse(f"it ends ({self.end}) before it starts ({self.start})")


def read_raw(node: Node, dependencies: Dependencies | None, names: Mapping[str, str]) -> Trace:
    """Read the records of a chip, of any version that is known.

    Args:
        node: the document.
        dependencies: what tasks run and wait for; without it all kernels are called `task`.
        names: of kernels, by their numbers.

    Raises:
        DiagnosticError: TW0741 for a value that is not as the format says.
    """
    metadata = node.need("metadata")
    clock = metadata.need("clock_freq_hz").number(low=1) / 1e6
    kinds = [each.text() for each in metadata.need("core_types").items()]
    cores = [core_name(kind, number) for number, kind in enumerate(kinds)]
    schedule = _read_schedule(node)
    rows = [(_row(each, len(cores)), each) for each in _list(node, "aicore_tasks")]
    phases = [(thread, each, _stretch(each)) for thread, each in _read_phases(node)]
    submits = [(thread, each, _stretch(each)) for thread, each in _threads(node, "aicpu_orchestrator_phases")]
    times = [row[3] - row[5] for row, _ in rows]
    times += [time for pair in schedule.values() for time in pair]
    times += [stretch.start for _, _, stretch in (*phases, *submits)]
    zero = min((time for time in times if time > 0), default=0)

    def microseconds(time: int) -> float:
        return (time - zero) / clock

    known = dependencies or Dependencies()
    executions: list[Execution] = []
    seen: set[tuple[int, int, int]] = set()
    for (core, task, sequence, start, end, setup, run), where in rows:
        _Stretch(where, start, end)
        if (run, core, sequence) in seen:
            where.refuse(f"core {core} has dispatch {sequence} twice")
        seen.add((run, core, sequence))
        number = known.kernel(task, kinds[core])
        kernel = "task" if number < 0 else names.get(str(number), f"func_{number}")
        sent, finished = schedule.get((run, core, sequence), (None, None))
        executions.append(
            Execution(
                cores[core],
                kernel,
                microseconds(start),
                microseconds(end),
                task,
                microseconds(start - setup),
                None if sent is None else microseconds(sent),
                None if finished is None else microseconds(finished),
            )
        )
    threads = metadata.get("core_to_thread")
    served = [each.integer(low=-1) for each in threads.items()] if threads else []
    return Trace(
        Layout.RAW_SWIMLANE,
        origin_of(metadata),
        dict(zip(cores, kinds, strict=True)),
        executions,
        [_phase(thread, each, microseconds(at.start), microseconds(at.end)) for thread, each, at in phases],
        [_submit(thread, each, microseconds(at.start), microseconds(at.end)) for thread, each, at in submits],
        dependencies.after if dependencies else None,
        known.blocks,
        {core: thread for core, thread in zip(cores, served, strict=False) if thread >= 0},
    )


def _row(node: Node, cores: int) -> tuple[int, ...]:
    """Core, task, number of the dispatch, start, end, ticks since it was received, number of the run."""
    given = node.row(5)
    row = (*given[:7], *(0, -1)[len(given) - 5 :])  # the last two columns came with later versions
    if row[0] >= cores:
        node.refuse(f"core {row[0]} is not one of the {cores} in metadata.core_types")
    if row[5] > row[3]:
        node.refuse("it was received before the clock started")
    return row


def _read_schedule(node: Node) -> dict[tuple[int, int, int], tuple[int, int]]:
    """When each dispatch was sent and its end was seen, by the number of the run, the core and the dispatch."""
    newer = node.get("scheduler_tasks")
    found: dict[tuple[int, int, int], tuple[int, int]] = {}
    for each in newer.need("records").items() if newer else _list(node, "aicpu_tasks"):
        core, sequence, start, end, *run = each.row(4)
        found[run[0] if run else -1, core, sequence] = start, end
    return found


def _read_phases(node: Node) -> list[tuple[int, Node]]:
    newer = node.get("scheduler_records")
    if newer is None:
        return _threads(node, "aicpu_scheduler_phases")
    streams = list(newer.need("streams").items())
    return [(stream.need("scheduler_id").integer(), each) for stream in streams for each in _list(stream, "records")]


def _threads(node: Node, key: str) -> list[tuple[int, Node]]:
    return [(thread, each) for thread, records in enumerate(_list(node, key)) for each in records.items()]


def _list(node: Node, key: str) -> list[Node]:
    found = node.get(key)
    return list(found.items()) if found else []


def _stretch(node: Node) -> _Stretch:
    return _Stretch(node, node.need("start_cycles").integer(), node.need("end_cycles").integer())


def _phase(thread: int, node: Node, start_us: float, end_us: float) -> Phase:
    numbers = {key: each.integer() for key in ("loop_iter", "tasks_processed", "task_id") if (each := node.get(key))}
    counted = [each.integer() if (each := node.get(key)) else None for key in ("pop_hit", "pop_miss")]
    kind, loop, tasks = node.need("kind").text(), numbers.get("loop_iter", 0), numbers.get("tasks_processed", 0)
    return Phase(thread, kind, start_us, end_us, loop, tasks, numbers.get("task_id", -1), *counted)


def _submit(thread: int, node: Node, start_us: float, end_us: float) -> Submit:
    index, task = node.need("submit_idx").integer(), node.need("task_id").integer(low=-1)
    return Submit(index, task, start_us, end_us, thread)
