"""What a scheduler of the AICPU does next: which ready task's block goes to which cores.

The order is that of the published runtime: tasks whose blocks start together, then tasks for a cube core with its
vector cores, then the others; cores without work before the pending slots of busy ones, and those only where no other
scheduler has a core without work; tasks that are not ready yet when nothing that is ready waits.
Source: hw-native-sys/simpler#855, #1297, #1319.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field

from tilewright.timing.chip_cores import Block, Cores, Unit, take
from tilewright.timing.tasks import CoreKind, PhaseKind, Task

_SINGLE = (CoreKind.AIC, CoreKind.AIV)
_Queues = Mapping[CoreKind, deque[int]]


@dataclass(slots=True)
class Action:
    """Something that keeps a scheduler busy.

    Attributes:
        kind: what it is.
        task: the task concerned.
        blocks: those that it dispatches, or the one that has ended.
        count: for how many blocks; 1 for a task without code.
    """

    kind: PhaseKind
    task: int
    blocks: Sequence[Block] = ()
    count: int = 1


def _queues() -> _Queues:
    return {kind: deque() for kind in (CoreKind.MIX, *_SINGLE)}


@dataclass
class Dispatcher:
    """The queues that all schedulers share, and the choice of each.

    Attributes:
        tasks: what was submitted.
        cores: where it runs.
        is_ready: whether all that a task waits for has ended.
        given: how many blocks of each task have been given to cores.
    """

    tasks: Sequence[Task]
    cores: Cores
    is_ready: Sequence[bool]
    given: MutableMapping[int, int] = field(default_factory=dict[int, int])
    _ready: _Queues = field(default_factory=_queues)
    _early: _Queues = field(default_factory=_queues)
    _together: deque[int] = field(default_factory=deque[int])
    _empty: deque[int] = field(default_factory=deque[int])
    _shares: dict[int, tuple[int, list[Unit]]] = field(default_factory=dict[int, tuple[int, list[Unit]]])
    _blocks: int = 0

    def add(self, task: int) -> None:
        """A task that is ready."""
        given = self.tasks[task]
        if given.core_kind is CoreKind.NONE:
            self._empty.append(task)
        elif given.sync_start:
            self._together.append(task)
        elif self.given.get(task, 0) < given.blocks:
            self._ready[given.core_kind].append(task)

    def add_early(self, task: int) -> None:
        """A task that is not ready, but may be given to cores."""
        self._early[self.tasks[task].core_kind].append(task)

    def sharing(self) -> Sequence[int]:
        """The schedulers that have yet to dispatch their share of a task whose blocks start together."""
        return tuple(self._shares)

    def choose(self, thread: int) -> Action | None:
        """What a scheduler starts or joins next; None where it can do nothing."""
        if thread in self._shares:
            task, units = self._shares.pop(thread)
            return self._give(task, units, PhaseKind.DRAIN)
        if self._empty:
            return Action(PhaseKind.DUMMY, self._empty.popleft())
        if self._shares:
            return None  # until all have given their share
        if self._together:
            return self._start_together(thread)
        if found := self._staged(self._ready, thread):
            return self._give(*found, PhaseKind.DISPATCH)
        if any(self._ready.values()):
            return None
        found = self._staged(self._early, thread)
        return self._give(*found, PhaseKind.EARLY_DISPATCH) if found else None

    def _start_together(self, thread: int) -> Action | None:
        """The first task whose blocks start together: on the scheduler's own cores, or on all when those are enough.

        Until they are, nobody dispatches anything.
        """
        task = self._together[0]
        kind, missing = self.tasks[task].core_kind, self.tasks[task].blocks
        own = list(self.cores.idle(kind, thread))
        if len(own) >= missing:
            self._together.popleft()
            return self._give(task, own[:missing], PhaseKind.DISPATCH)
        threads = range(self.cores.schedulers)
        idle = {other: list(self.cores.idle(kind, other)) for other in threads}
        if sum(map(len, idle.values())) < missing:
            return None
        self._together.popleft()
        for other in (thread, *(other for other in threads if other != thread)):
            share = idle[other][:missing]
            missing -= len(share)
            if share:
                self._shares[other] = (task, share)
                for unit in share:
                    take(unit)
        return self.choose(thread) if thread in self._shares else None

    def _staged(self, queues: _Queues, thread: int) -> tuple[int, list[Unit]] | None:
        """The next task that has a place, and the place."""
        if (mixed := self._first(queues, CoreKind.MIX)) is not None:
            unit = next(self.cores.idle(CoreKind.MIX, thread), None) or self._pending(CoreKind.MIX, thread)
            return None if unit is None else (mixed, [unit])
        heads = [(kind, task) for kind in _SINGLE if (task := self._first(queues, kind)) is not None]
        for kind, task in heads:
            if (unit := next(self.cores.idle(kind, thread), None)) is not None:
                return task, [unit]
        for kind, task in heads:
            if (unit := self._pending(kind, thread)) is not None:
                return task, [unit]
        return None

    def _pending(self, kind: CoreKind, thread: int) -> Unit | None:
        return None if self.cores.idle_elsewhere(kind, thread) else self.cores.with_room(kind, thread)

    def _first(self, queues: _Queues, kind: CoreKind) -> int | None:
        """The first task of a queue that still belongs there."""
        queue = queues[kind]
        while queue:
            task = queue[0]
            is_over = self.given.get(task, 0) >= self.tasks[task].blocks
            if not is_over and (queues is self._ready or not self.is_ready[task]):
                return task
            queue.popleft()
        return None

    def _give(self, task: int, units: Sequence[Unit], kind: PhaseKind) -> Action:
        blocks: list[Block] = []
        for unit in units:
            if kind is not PhaseKind.DRAIN:
                take(unit)
            index = self.given.get(task, 0)
            self.given[task] = index + 1
            blocks.append(Block(self._blocks, task, index, unit, kind is PhaseKind.EARLY_DISPATCH))
            self._blocks += 1
        self._tidy(task)
        return Action(kind, task, blocks, len(blocks))

    def _tidy(self, task: int) -> None:
        """Forget a ready task whose blocks have all been given, so that nobody waits for it."""
        queue = self._ready.get(self.tasks[task].core_kind)
        if queue and queue[0] == task and self.given[task] >= self.tasks[task].blocks:
            queue.popleft()
