"""Tasks on the chip, and what a simulation of the chip gives: when each block of each task ran, and where."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from tilewright.timing.records import Timeline


class CoreKind(StrEnum):
    """What a block of a task runs on."""

    AIC = "aic"
    AIV = "aiv"
    MIX = "mix"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Work:
    """What one block does.

    Attributes:
        duration_us: how long it takes when nothing else uses memory.
        bytes_hbm: bytes that it moves to and from HBM.
        bytes_l2: bytes that it finds in L2, besides.
    """

    duration_us: float
    bytes_hbm: int = 0
    bytes_l2: int = 0

    @classmethod
    def of(cls, timeline: Timeline, hit_rate: float = 0.0) -> Work:
        """The work of a block that was simulated.

        Args:
            timeline: its run on cores that share memory with none.
            hit_rate: the part of its traffic that L2 serves; 0 to 1.
        """
        moved = sum(count for path, count in timeline.bytes.items() if "gm" in path.split("_to_"))
        hits = int(moved * hit_rate)
        return cls(timeline.time_us, moved - hits, hits)


@dataclass(frozen=True, slots=True)
class Task:
    """A task as the orchestrator submits it.

    Attributes:
        name: of this task.
        kernel: what runs; the name that reports sum by.
        core_kind: what each block runs on: a cube core, a vector core, a cube core with its vector cores (`mix`), or
            nothing at all (`none`, a task that only joins others).
        work: of each block; one entry stands for all blocks.
        blocks: how many times the kernel runs, each on cores of its own.
        after: the numbers of the tasks that must have ended before, all submitted earlier.
        sync_start: all blocks start at the same time.
        early_dispatch: blocks may be given to cores before the tasks in `after` have ended.
    """

    name: str
    kernel: str
    core_kind: CoreKind
    work: Sequence[Work] = (Work(0.0),)
    blocks: int = 1
    after: Sequence[int] = ()
    sync_start: bool = False
    early_dispatch: bool = False

    def work_of(self, block: int) -> Work:
        """The work of one block."""
        return self.work[block if len(self.work) > 1 else 0]


@dataclass(frozen=True, slots=True)
class TaskRecord:
    """One core's part in a block; a block of a `mix` task has a record for each of its cores. Times in microseconds.

    Attributes:
        task: number of the task, in the order of submission.
        block: number of the block.
        core: number of the core: cube cores first.
        submit_us: the orchestrator was done with the task.
        dispatch_us: a scheduler gave the block to the core.
        receive_us: the core took it up.
        start_us, end_us: the code ran.
        finish_us: the scheduler saw the end.
    """

    task: int
    block: int
    core: int
    submit_us: float
    dispatch_us: float
    receive_us: float
    start_us: float
    end_us: float
    finish_us: float


class PhaseKind(StrEnum):
    """What an AICPU thread does."""

    SUBMIT = "submit"
    DISPATCH = "dispatch"
    EARLY_DISPATCH = "early_dispatch"
    DRAIN = "drain"
    RELEASE = "release"
    COMPLETE = "complete"
    DUMMY = "dummy"


@dataclass(frozen=True, slots=True)
class Phase:
    """What an AICPU thread did for some time without a break.

    Attributes:
        thread: number of the scheduler; the orchestrator comes after the last one.
        kind: what it did. `drain` is the dispatch of a task whose blocks start together.
        start_us, end_us: when.
        count: for how many blocks; for `submit` and `dummy`, tasks.
        task: the first task concerned.
    """

    thread: int
    kind: PhaseKind
    start_us: float
    end_us: float
    count: int
    task: int


@dataclass(frozen=True, slots=True)
class Counts:
    """How many of what ran.

    Attributes:
        tasks: that were submitted, those without code included.
        groups: tasks with code.
        blocks: of them.
        records: of cores; three for a `mix` block.
        groups_of: tasks of each kernel.
    """

    tasks: int
    groups: int
    blocks: int
    records: int
    groups_of: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class ChipRun:
    """A modelled run of tasks on the chip. Times in microseconds since the orchestrator started.

    Attributes:
        tasks: what ran.
        records: of all cores, by end of the block.
        core_types: `aic` or `aiv`, for each core.
        core_threads: the scheduler of each core.
        ready_us: for each task, when all that it waits for had ended and a scheduler knew it.
        phases: of the schedulers and of the orchestrator, by start.
        makespan_us: when a scheduler saw the end of the last task.
        orchestrator_us: when the last task was submitted.
        hbm: bytes per microsecond that all cores moved to and from HBM, from each time until the next.
        bytes_hbm: bytes moved.
    """

    tasks: Sequence[Task]
    records: Sequence[TaskRecord]
    core_types: Sequence[str]
    core_threads: Sequence[int]
    ready_us: Sequence[float]
    phases: Sequence[Phase]
    makespan_us: float
    orchestrator_us: float
    hbm: Sequence[tuple[float, float]]
    bytes_hbm: float

    @property
    def counts(self) -> Counts:
        """How many of what ran."""
        groups = [task for task in self.tasks if task.core_kind is not CoreKind.NONE]
        return Counts(
            tasks=len(self.tasks),
            groups=len(groups),
            blocks=sum(task.blocks for task in groups),
            records=len(self.records),
            groups_of=Counter(task.kernel for task in groups),
        )

    @property
    def busy_us(self) -> float:
        """Time that cores ran code, summed over the cores."""
        return sum(record.end_us - record.start_us for record in self.records)

    @property
    def average_cores_busy(self) -> float:
        """How many cores ran code on average."""
        return self.busy_us / self.makespan_us if self.makespan_us else 0.0
