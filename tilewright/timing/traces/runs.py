"""A modelled run of the chip as a trace."""

from __future__ import annotations

from tilewright.timing.tasks import ChipRun, PhaseKind, TaskRecord
from tilewright.timing.traces.model import Execution, Layout, Origin, Phase, Submit, Trace


def core_name(kind: str, number: int) -> str:
    """The name of a core in the swimlane layouts, where all cores are numbered together: `AIV_30`."""
    return f"{kind.upper()}_{number}"


def trace_of_run(run: ChipRun, profile: str, error: str = "uncalibrated") -> Trace:
    """See a modelled run of the chip as a trace.

    Args:
        run: the run.
        profile: name of the cost profile.
        error: what the model's error on such runs is.
    """
    cores = [core_name(kind, number) for number, kind in enumerate(run.core_types)]
    submits = [phase for phase in run.phases if phase.kind is PhaseKind.SUBMIT]
    return Trace(
        Layout.MERGED_SWIMLANE,
        Origin.modelled(profile, error),
        dict(zip(cores, run.core_types, strict=True)),
        [_execution(record, run, cores) for record in run.records],
        [
            Phase(each.thread, each.kind.value, each.start_us, each.end_us, tasks=each.count, task=each.task)
            for each in run.phases
            if each.kind is not PhaseKind.SUBMIT
        ],
        [Submit(index, each.task, each.start_us, each.end_us) for index, each in enumerate(submits)],
        {number: tuple(task.after) for number, task in enumerate(run.tasks)},
        {number: task.blocks for number, task in enumerate(run.tasks) if task.blocks > 1},
        dict(zip(cores, run.core_threads, strict=True)),
    )


def _execution(record: TaskRecord, run: ChipRun, cores: list[str]) -> Execution:
    return Execution(
        cores[record.core],
        run.tasks[record.task].kernel,
        record.start_us,
        record.end_us,
        record.task,
        record.receive_us,
        record.dispatch_us,
        record.finish_us,
    )
