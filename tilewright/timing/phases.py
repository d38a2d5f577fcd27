"""Collects what the AICPU threads did."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tilewright.timing.tasks import Phase, PhaseKind


class Phases:
    """What each thread did; the same again without a break is one phase, submissions apart."""

    def __init__(self, schedulers: int) -> None:
        """Start with nothing.

        Args:
            schedulers: how many there are; the orchestrator is the thread after them.
        """
        self._threads: list[list[Phase]] = [[] for _ in range(schedulers + 1)]

    def add(self, thread: int, kind: PhaseKind, start: float, end: float, count: int, task: int) -> None:
        """A thread was busy from `start` until `end` (microseconds), on `count` blocks, the first of them of `task`."""
        phases = self._threads[thread]
        last = phases[-1] if phases else None
        if last is not None and last.kind is kind is not PhaseKind.SUBMIT and last.end_us == start:
            phases[-1] = replace(last, end_us=end, count=last.count + count)
        else:
            phases.append(Phase(thread, kind, start, end, count, task))

    def sorted(self) -> Sequence[Phase]:
        """All phases by start."""
        return sorted((phase for phases in self._threads for phase in phases), key=lambda phase: phase.start_us)
