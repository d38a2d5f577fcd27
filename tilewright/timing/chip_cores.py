"""The cores of the chip as the schedulers see them: which have room, and in which order each takes its blocks."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from tilewright.arch.chip import Chip
from tilewright.timing.tasks import CoreKind


@dataclass(slots=True, eq=False)
class Block:
    """A block of a task on its cores.

    Attributes:
        key: its number among all blocks, in the order of dispatch.
        task, index: which task, and which of its blocks.
        unit: its cores.
        is_early: it was dispatched before its task was ready.
        dispatch_us, start_us, end_us: see `TaskRecord`.
        receive_us: for each core that has taken it up.
    """

    key: int
    task: int
    index: int
    unit: Unit
    is_early: bool
    dispatch_us: float = 0.0
    start_us: float = 0.0
    end_us: float = 0.0
    receive_us: dict[int, float] = field(default_factory=dict[int, float])


@dataclass(slots=True, eq=False)
class Core:
    """A core.

    Attributes:
        index: its number; cube cores come first.
        kind: `aic` or `aiv`.
        thread: the scheduler that it belongs to.
        given: blocks that it was given and whose end the scheduler has not handled.
        queue: blocks that have arrived; the first one runs, or is about to.
    """

    index: int
    kind: CoreKind
    thread: int
    given: int = 0
    queue: deque[Block] = field(default_factory=deque[Block])


Unit: TypeAlias = tuple[Core, ...]
"""The cores that one block takes."""


class Cores:
    """All cores of a chip.

    A cube core and its vector cores belong together: a `mix` block takes all of them, and one scheduler has them all.
    """

    def __init__(self, chip: Chip, schedulers: int, per_core: int) -> None:
        """Share the cores of `chip` out to schedulers.

        Args:
            chip: how many cores there are.
            schedulers: how many threads.
            per_core: blocks that a core can be given at a time.
        """
        self.schedulers = schedulers
        self._per_core = per_core
        groups, beside = chip.cube_cores, chip.vector_cores // chip.cube_cores
        owners = [group * schedulers // groups for group in range(groups)]
        cubes = [Core(group, CoreKind.AIC, owner) for group, owner in enumerate(owners)]
        vectors = [Core(groups + number, CoreKind.AIV, owners[number // beside]) for number in range(groups * beside)]
        self.all: Sequence[Core] = (*cubes, *vectors)
        kinds: dict[CoreKind, list[Unit]] = {
            CoreKind.AIC: [(core,) for core in cubes],
            CoreKind.AIV: [(core,) for core in vectors],
            CoreKind.MIX: [(core, *vectors[beside * core.index : beside * (core.index + 1)]) for core in cubes],
        }
        self._units = {
            kind: [[unit for unit in units if unit[0].thread == thread] for thread in range(schedulers)]
            for kind, units in kinds.items()
        }

    def count(self, kind: CoreKind) -> int:
        """How many blocks of this kind can run at a time."""
        return sum(map(len, self._units[kind]))

    def idle(self, kind: CoreKind, thread: int) -> Iterator[Unit]:
        """A scheduler's units that have been given nothing."""
        return (unit for unit in self._units[kind][thread] if not any(core.given for core in unit))

    def idle_elsewhere(self, kind: CoreKind, thread: int) -> bool:
        """Whether another scheduler has a unit that has been given nothing."""
        others = (other for other in range(len(self._units[kind])) if other != thread)
        return any(next(self.idle(kind, other), None) is not None for other in others)

    def with_room(self, kind: CoreKind, thread: int) -> Unit | None:
        """The first of a scheduler's units whose cores all have a free slot."""
        limit = self._per_core
        return next((unit for unit in self._units[kind][thread] if all(core.given < limit for core in unit)), None)


def take(unit: Unit) -> None:
    """Give a unit one more block."""
    for core in unit:
        core.given += 1
