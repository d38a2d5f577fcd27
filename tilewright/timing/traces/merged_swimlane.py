"""The chip swimlane as Perfetto shows it: what the orchestrator, the schedulers and the cores did, one above the other.

A task has a bar on its core from when the core took it until its end, and one from dispatch to finish in the view of
the scheduler. Layout: hw-native-sys/simpler docs/dfx/chip-swimlane-profiling.md.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import count

from tilewright.timing.traces.chrome import Anchor, Writer, lanes, nanoseconds
from tilewright.timing.traces.model import Execution, Phase, Trace, task_label
from tilewright.timing.traces.side_files import kernel_numbers

ORCHESTRATOR, SCHEDULER, SCHEDULER_VIEW, WORKER_VIEW = 1, 2, 3, 4
_PROCESSES = {
    ORCHESTRATOR: "AICPU Orchestrator",
    SCHEDULER: "AICPU Scheduler",
    SCHEDULER_VIEW: "Scheduler View",
    WORKER_VIEW: "Worker View",
}
CORE_LANES, CORE_LANE = 10_000, 10
_ORCHESTRATOR_LANES, _SCHEDULER_LANES, _AICPU_LANES, _MORE_LANES = 4_000, 30_000, 19_000, 1_000_000
_COLOURS = {"complete": "good", "dispatch": "terrible", "release": "olive", "dummy": "grey", "async_poll": "yellow"}
_MARKS = ("dummy_task", "predicated_skip")
_MARK_NS = 20  # so that a mark is seen


def merged_text(trace: Trace) -> str:
    """Write a trace of a chip for Perfetto, with arrows from each task to those that wait for it."""
    return _Swimlane(trace).text()


class _Swimlane:
    def __init__(self, trace: Trace) -> None:
        self.trace = trace
        self.writer = Writer()
        self.numbers = kernel_numbers(trace)
        self.cores = {core: number for number, core in enumerate(trace.lanes)}
        self.executions = sorted(trace.executions, key=lambda each: (each.taken_us, each.end_us))
        self.more_numbers = count(2 * len(self.executions))  # a bar on its core and one of the scheduler each
        self.after = trace.after or {}
        self.bars: dict[int, list[tuple[Anchor, Anchor]]] = defaultdict(list)
        self.before: dict[int, list[int]] = defaultdict(list)
        for task, waits in self.after.items():
            for other in waits:
                self.before[other].append(task)

    def text(self) -> str:
        shown = {WORKER_VIEW, *((SCHEDULER_VIEW,) if self._scheduled() else ())}
        shown |= {SCHEDULER} if self.trace.phases else set()
        shown |= {ORCHESTRATOR} if self.trace.submits else set()
        for pid in sorted(shown):
            self.writer.process(pid, _PROCESSES[pid], pid)
        self._write_workers()
        self._write_dispatches()
        self._write_phases()
        self._write_submits()
        self._write_flows()
        return self.writer.text(self.trace.origin)

    def _scheduled(self) -> list[Execution]:
        return [each for each in self.executions if each.dispatch_us is not None and each.finish_us is not None]

    def _name(self, each: Execution) -> str:
        spmd = "_spmd" if self.trace.blocks.get(each.task, 1) > 1 and "spmd" not in each.kernel.lower() else ""
        return f"{each.kernel}{spmd}({task_label(each.task)})"

    def _hint(self, each: Execution) -> str:
        return f"Task:{task_label(each.task)}, FuncId:{self.numbers[each.kernel]}, CoreId:{self.cores[each.lane]}"

    def _write_workers(self) -> None:
        spans = [(nanoseconds(each.taken_us), nanoseconds(each.end_us)) for each in self.executions]
        hints = {
            task: (_degree(self.before.get(task, ())), _degree(self.after.get(task, ())))
            for task in {each.task for each in self.executions}
        }
        tids = self._lanes(WORKER_VIEW, self.executions, spans)
        for number, (each, span, tid) in enumerate(zip(self.executions, spans, tids, strict=True)):
            args = {
                "event-hint": self._hint(each),
                "fanout-hint": hints[each.task][0],
                "fanin-hint": hints[each.task][1],
                "duration-us": each.end_us - each.taken_us,
                "kernel-duration-us": each.duration_us,
                "local_setup_us": each.start_us - each.taken_us,
                "taskId": each.task,
            }
            self.writer.bar((WORKER_VIEW, tid), self._name(each), span, cat="event", id=number, args=args)
            self._note(each.task, (WORKER_VIEW, tid), number, span)

    def _note(self, task: int, place: tuple[int, int], number: int, span: tuple[int, int]) -> None:
        """Note a bar of a task, from and to which arrows may go."""
        last = max(span[0], span[1] - 1)  # the end is no longer within the bar
        self.bars[task].append((Anchor(*place, number, span[0]), Anchor(*place, number, last)))

    def _write_flows(self) -> None:
        """One arrow for each pair of tasks: from the bar that ends last to the one that starts first."""
        starts = {task: min(found, key=lambda bar: bar[0].time) for task, found in self.bars.items()}
        ends = {task: max(found, key=lambda bar: bar[1].time) for task, found in self.bars.items()}
        for task, waits in self.after.items():
            for other in waits:
                if task not in starts or other not in ends:
                    continue
                (target, target_last), (first, last) = starts[task], ends[other]
                # A core may take a task before what that waits for has ended, or was even taken.
                at = max(first.time, target.time)
                if at <= target_last.time:
                    source = replace(last, time=min(last.time, at))
                    self.writer.flow("dependency", source, replace(target, time=at))

    def _write_dispatches(self) -> None:
        shown = self._scheduled()
        spans = [(nanoseconds(each.dispatch_us or 0), nanoseconds(each.finish_us or 0)) for each in shown]
        for number, (each, span, tid) in enumerate(
            zip(shown, spans, self._lanes(SCHEDULER_VIEW, shown, spans), strict=True), len(self.executions)
        ):
            args = {
                "event-hint": self._hint(each),
                "dispatch-time-us": each.dispatch_us,
                "finish-time-us": each.finish_us,
                "aicpu-duration-us": (each.finish_us or 0) - (each.dispatch_us or 0),
                "taskId": each.task,
            }
            self.writer.bar((SCHEDULER_VIEW, tid), self._name(each), span, cat="event", id=number, args=args)

    def _lanes(self, pid: int, shown: Sequence[Execution], spans: Sequence[tuple[int, int]]) -> list[int]:
        """Name the lanes of all cores, and give each bar one where it overlaps no other."""
        of_core: dict[int, list[int]] = {number: [] for number in self.cores.values()}
        for index, each in enumerate(shown):
            of_core[self.cores[each.lane]].append(index)
        tids = [0] * len(shown)
        for core, number in self.cores.items():
            indices = of_core[number]
            used = lanes([spans[index] for index in indices])
            for index, lane in zip(indices, used, strict=True):
                tids[index] = _core_lane(number, lane)
            for lane in sorted({0, *used}):
                self.writer.thread(pid, _core_lane(number, lane), core)
        return tids

    def _write_phases(self) -> None:
        by_thread: dict[int, list[Phase]] = defaultdict(list)
        for phase in self.trace.phases:
            by_thread[phase.thread].append(phase)
        for thread, phases in sorted(by_thread.items()):
            base = _SCHEDULER_LANES + 10 * thread
            marks = [phase for phase in phases if phase.kind in _MARKS]
            inner = [phase for phase in phases if phase.kind == "resolve"]
            outer = [phase for phase in phases if phase.kind not in (*_MARKS, "resolve")]
            for tid, part in ((base, outer), (base + 1, inner)):
                if part or tid == base:
                    self.writer.thread(SCHEDULER, tid, f"Sched_{thread}")
                for phase in part:
                    self._write_phase(phase, tid)
            if marks:
                self.writer.thread(WORKER_VIEW, _AICPU_LANES + thread, f"AICPU_{thread}")
            for phase in marks:
                self._write_mark(phase, (WORKER_VIEW, _AICPU_LANES + thread))

    def _write_mark(self, phase: Phase, place: tuple[int, int]) -> None:
        """What the scheduler did with a task that no core runs."""
        start, number = nanoseconds(phase.start_us), next(self.more_numbers)
        span = start, max(start + _MARK_NS, nanoseconds(phase.end_us))
        args = {"phase": phase.kind, "loop_iter": phase.iteration, "task_id": phase.task}
        label = f"dummy({task_label(phase.task)})" if phase.task >= 0 else "dummy"
        self.writer.bar(place, label, span, cat="event", id=number, args=args)
        if phase.task >= 0:
            self._note(phase.task, place, number, span)

    def _write_phase(self, phase: Phase, tid: int) -> None:
        args: dict[str, object] = {"phase": phase.kind, "loop_iter": phase.iteration, "tasks_processed": phase.tasks}
        span = nanoseconds(phase.start_us), nanoseconds(phase.end_us)
        colour = _COLOURS.get(phase.kind, "generic_work")
        name = f"{phase.kind}({phase.tasks})"
        more: dict[str, object] = {}
        if phase.kind == "dummy" and phase.task >= 0:
            # No core runs the task, so this is the only bar that arrows can go to.
            more["id"] = number = next(self.more_numbers)
            self._note(phase.task, (SCHEDULER, tid), number, span)
        self.writer.bar((SCHEDULER, tid), name, span, cat="scheduler", cname=colour, args=args, **more)

    def _write_submits(self) -> None:
        for thread in sorted({each.thread for each in self.trace.submits}):
            self.writer.thread(ORCHESTRATOR, _ORCHESTRATOR_LANES + thread, f"Orch_{thread}")
        for each in self.trace.submits:
            label = task_label(each.task) if each.task >= 0 else str(each.index)
            self.writer.bar(
                (ORCHESTRATOR, _ORCHESTRATOR_LANES + each.thread),
                f"submit({label})",
                (nanoseconds(each.start_us), nanoseconds(each.end_us)),
                cat="orchestrator",
                args={"phase": "orch_submit", "submit_idx": each.index, "task_id": each.task},
            )


def _core_lane(core: int, lane: int) -> int:
    """The first lane of a core, and more beside it; far away where more overlap than there is room for."""
    if lane < CORE_LANE:
        return CORE_LANES + CORE_LANE * core + lane
    return _MORE_LANES + 10_000 * core + lane


def _degree(tasks: Iterable[int]) -> str:
    labels = [task_label(task) for task in tasks]
    return f"{len(labels)}: [{', '.join(labels)}]"
