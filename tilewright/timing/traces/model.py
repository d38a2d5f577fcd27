"""What a trace says, whatever its layout: every reader gives it and every writer takes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property

CUBE, VECTOR = "aic", "aiv"


class Layout(StrEnum):
    """The layouts of trace files."""

    PIPES = "pipes"
    RAW_SWIMLANE = "chip-swimlane records"
    MERGED_SWIMLANE = "chip swimlane"
    TRACR = "TraCR"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the times come from.

    Attributes:
        kind: `modelled`, or `recorded` for a file that does not say that it is modelled.
        profile: name of the cost profile of a model.
        error: what the model's error is on kernels that it was not fitted to, or `uncalibrated`.
        note: what the trace leaves out.
    """

    kind: str = "recorded"
    profile: str = ""
    error: str = ""
    note: str = ""

    @staticmethod
    def modelled(profile: str, error: str = "uncalibrated", note: str = "") -> Origin:
        """Say that the times are modelled, with which profile and how far they may be off."""
        return Origin("modelled", profile, error, note)

    def said(self) -> dict[str, str]:
        """What there is to say, by the name of the attribute."""
        said = {"kind": self.kind, "profile": self.profile, "error": self.error, "note": self.note}
        return {key: value for key, value in said.items() if value}

    def __str__(self) -> str:
        parts = (self.kind, self.profile and f"profile {self.profile}", self.error, self.note)
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Execution:
    """One stretch of work on one lane: a task on a core, or an instruction on a pipe. Times in microseconds.

    Attributes:
        lane: name of the core or the pipe.
        kernel: what ran; the operation on a pipe.
        start_us, end_us: the lane was busy in between.
        task: number of the task, `ring << 32 | number in the ring`; -1 where the trace does not say.
        received_us: when the core took the task; `start_us` where the trace does not say.
        dispatch_us, finish_us: when the scheduler sent the task and when it saw its end; None where unknown.
        waited_for: what ended the stall before it, on a pipe.
        waited_us: how long the pipe stood still for that.
        detail: more to show, such as the place in the source.
    """

    lane: str
    kernel: str
    start_us: float
    end_us: float
    task: int = -1
    received_us: float | None = None
    dispatch_us: float | None = None
    finish_us: float | None = None
    waited_for: str = ""
    waited_us: float = 0.0
    detail: str = ""

    @property
    def duration_us(self) -> float:
        """How long the lane was busy."""
        return self.end_us - self.start_us

    @property
    def taken_us(self) -> float:
        """When the core took the task."""
        return self.start_us if self.received_us is None else self.received_us


@dataclass(frozen=True, slots=True)
class Phase:
    """What a scheduler thread did; times in microseconds.

    Attributes:
        thread: number of the thread.
        kind: `dispatch`, `complete`, and so on.
        iteration: of the scheduler's loop.
        tasks: how many tasks or blocks it handled.
        task: number of the one task that it concerns; -1 for none.
        hits, misses: what asking the ready queues gave; None where not counted.
    """

    thread: int
    kind: str
    start_us: float
    end_us: float
    iteration: int = 0
    tasks: int = 0
    task: int = -1
    hits: int | None = None
    misses: int | None = None


@dataclass(frozen=True, slots=True)
class Submit:
    """The orchestrator submitted a task; times in microseconds."""

    index: int
    task: int
    start_us: float
    end_us: float
    thread: int = 0


@dataclass(frozen=True)
class Trace:
    """What ran where and when.

    Attributes:
        layout: of the file that it was read from, or that it is for.
        origin: measured or modelled.
        lanes: the kind of each core (`aic`, `aiv`) or pipe (`MTE2`), by name, in their order; idle ones too.
        executions: in any order.
        phases, submits: what scheduler and orchestrator did, where known.
        after: for each task those that must end before it; None where the trace does not say.
        blocks: of tasks that run on several.
        threads: which scheduler thread serves a core, where known.
    """

    layout: Layout
    origin: Origin
    lanes: Mapping[str, str]
    executions: Sequence[Execution]
    phases: Sequence[Phase] = ()
    submits: Sequence[Submit] = ()
    after: Mapping[int, Sequence[int]] | None = None
    blocks: Mapping[int, int] = field(default_factory=dict[int, int])
    threads: Mapping[str, int] = field(default_factory=dict[str, int])

    @cached_property
    def start_us(self) -> float:
        """When the first lane starts; 0 for an empty trace."""
        return min((each.start_us for each in self.executions), default=0.0)

    @cached_property
    def end_us(self) -> float:
        """When the last lane is done; 0 for an empty trace."""
        return max((each.end_us for each in self.executions), default=0.0)

    def renamed(self, names: Mapping[str, str]) -> Trace:
        """The same with other names for kernels; several may get the same."""
        return replace(self, executions=[_renamed(each, names) for each in self.executions]) if names else self

    def kernels(self) -> tuple[str, ...]:
        """The names of all kernels, in the order in which they appear."""
        return tuple(dict.fromkeys(each.kernel for each in self.executions))


def _renamed(each: Execution, names: Mapping[str, str]) -> Execution:
    return replace(each, kernel=names[each.kernel]) if each.kernel in names else each


def task_label(task: int) -> str:
    """Write the number of a task as traces do: `t7`, or `r1t7` in ring 1."""
    ring, number = task >> 32 & 0xFF, task & 0xFFFFFFFF
    return f"r{ring}t{number}" if ring else f"t{number}"
