"""Gives tasks the durations of their kernels: from a table, or from a simulation of each kernel."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from tilewright.timing.records import Timeline
from tilewright.timing.tasks import CoreKind, Task, Work


def with_durations(tasks: Sequence[Task], durations_us: Mapping[str, float]) -> Sequence[Task]:
    """The tasks with the durations of their kernels, in microseconds; what is not listed stays as it is."""
    return [
        task
        if task.kernel not in durations_us
        else replace(task, work=tuple(replace(work, duration_us=durations_us[task.kernel]) for work in task.work))
        for task in tasks
    ]


def with_timelines(
    tasks: Sequence[Task], simulate: Callable[[Task, int], Timeline], *, hit_rate: float = 0.0, alike: bool = True
) -> Sequence[Task]:
    """The tasks with the work of their simulated blocks.

    Args:
        tasks: whose work is replaced; those without code stay as they are.
        simulate: gives the run of a block of a task, alone on its cores.
        hit_rate: the part of the traffic with global memory that L2 serves; 0 to 1.
        alike: simulate one block of the first task of each kernel, and take it for all.
    """
    known: dict[str, tuple[Work, ...]] = {}
    result: list[Task] = []
    for task in tasks:
        if task.core_kind is CoreKind.NONE:
            result.append(task)
            continue
        work = known.get(task.kernel) if alike else None
        if work is None:
            blocks = range(1 if alike else task.blocks)
            work = tuple(Work.of(simulate(task, block), hit_rate) for block in blocks)
            known[task.kernel] = work
        result.append(replace(task, work=work))
    return result
