"""A model of the whole chip: an orchestrator submits tasks, schedulers give blocks to cores, cores share memory."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from heapq import heappop, heappush
from math import inf

from tilewright.arch.chip import Chip
from tilewright.arch.runtime import Runtime
from tilewright.timing.block_times import alone_us, links
from tilewright.timing.chip_cores import Block, Core, Cores
from tilewright.timing.memory_sharing import Flow, SharedMemory
from tilewright.timing.phases import Phases
from tilewright.timing.scheduler import Action, Dispatcher
from tilewright.timing.task_checks import check_tasks
from tilewright.timing.tasks import ChipRun, CoreKind, PhaseKind, Task, TaskRecord


def simulate_chip(tasks: Sequence[Task], chip: Chip, costs: Runtime) -> ChipRun:
    """Model a run of tasks on all cores of a chip.

    Args:
        tasks: in the order of submission.
        chip: how many cores there are.
        costs: of the runtime, and the rates of memory.

    Raises:
        DiagnosticError: TW0720, a task waits for one that is not submitted before it; TW0721, a task has no blocks, or
            not the work of each; TW0722, more blocks start together than the chip has cores for.
    """
    return _Run(tasks, chip, costs).run()


class _Run:
    """One simulation. Whatever happens at a time is handled in the order in which it was foreseen."""

    def __init__(self, tasks: Sequence[Task], chip: Chip, costs: Runtime) -> None:
        self._tasks, self._costs = tasks, costs
        self._cores = Cores(chip, costs.schedulers, costs.tasks_per_core)
        check_tasks(tasks, self._cores)
        self._links = links(chip, costs)
        self._memory = SharedMemory(costs.hbm, costs.l2)
        self._memory_changed = False
        self._phases = Phases(costs.schedulers)
        self._events: list[tuple[float, int, Callable[[], None]]] = []
        self._foreseen = 0
        self._now = 0.0
        # Of each task.
        count = len(tasks)
        self._submit_us = [0.0] * count
        self._ready_us = [0.0] * count
        self._is_ready = [False] * count
        self._is_done = [False] * count
        self._is_open = [False] * count
        self._unfinished = [task.blocks for task in tasks]
        self._undispatched = [task.blocks for task in tasks]
        self._waits_for = [0] * count
        self._waits_for_dispatch = [0] * count
        self._awaited_by: list[list[int]] = [[] for _ in tasks]
        self._parked: list[list[Block]] = [[] for _ in tasks]
        # Of each scheduler.
        self._dispatcher = Dispatcher(tasks, self._cores, self._is_ready)
        self._is_busy = [False] * costs.schedulers
        self._ended: list[deque[Block]] = [deque() for _ in self._is_busy]
        self._released: list[deque[tuple[int, int]]] = [deque() for _ in self._is_busy]
        self._running: dict[int, Block] = {}
        self._records: list[TaskRecord] = []

    def run(self) -> ChipRun:
        if self._tasks:
            self._submit(0)
        while (now := min(self._events[0][0] if self._events else inf, self._memory.next_end)) < inf:
            self._now = now
            if self._memory.next_end <= now:
                self._memory_changed = True
                for key in self._memory.take_done(now):
                    self._end(self._running.pop(key))
            while self._events and self._events[0][0] <= now:
                heappop(self._events)[2]()
            for thread in range(len(self._is_busy)):
                self._act(thread)
            # One may have got its share of a task after it was asked.
            for thread in self._dispatcher.sharing():
                self._act(thread)
            if self._memory_changed:
                self._memory.share()
                self._memory_changed = False
        assert all(self._is_done), "tasks are left over"
        return ChipRun(
            tasks=self._tasks,
            records=self._records,
            core_types=[core.kind.value for core in self._cores.all],
            core_threads=[core.thread for core in self._cores.all],
            ready_us=self._ready_us,
            phases=self._phases.sorted(),
            makespan_us=self._now,
            orchestrator_us=self._submit_us[-1] if self._tasks else 0.0,
            hbm=self._memory.rates,
            bytes_hbm=self._memory.moved,
        )

    def _after(self, delay: float, what: Callable[[], None]) -> None:
        self._foreseen += 1
        heappush(self._events, (self._now + delay, self._foreseen, what))

    # ------------------------------------------------------------------------------------------------ orchestrator

    def _submit(self, task: int) -> None:
        """Begin to submit a task, and go on with the next."""
        orchestrator, duration = self._costs.schedulers, self._costs.submit_us
        self._phases.add(orchestrator, PhaseKind.SUBMIT, self._now, self._now + duration, 1, task)
        self._after(duration, lambda: self._submitted(task))

    def _submitted(self, task: int) -> None:
        self._submit_us[task] = self._now
        open_ = [before for before in dict.fromkeys(self._tasks[task].after) if not self._is_done[before]]
        for before in open_:
            self._awaited_by[before].append(task)
        self._waits_for[task] = len(open_)
        self._waits_for_dispatch[task] = sum(self._undispatched[before] > 0 for before in open_)
        if not open_:
            self._ready(task, 0)
        elif not self._waits_for_dispatch[task]:
            self._may_start_early(task)
        if task + 1 < len(self._tasks):
            self._submit(task + 1)

    def _ready(self, task: int, thread: int) -> None:
        """All that a task waits for has ended; `thread` knows it."""
        self._ready_us[task] = self._now
        self._is_ready[task] = True
        if early := self._dispatcher.given.get(task, 0):
            self._released[thread].append((task, early))
        else:
            self._is_open[task] = True
        self._dispatcher.add(task)

    def _may_start_early(self, task: int) -> None:
        given = self._tasks[task]
        if given.early_dispatch and not given.sync_start and given.core_kind is not CoreKind.NONE:
            self._dispatcher.add_early(task)

    # --------------------------------------------------------------------------------------------------- schedulers

    def _act(self, thread: int) -> None:
        """Let a scheduler that has nothing to do look for something."""
        costs = self._costs
        if self._is_busy[thread]:
            return
        if self._released[thread]:
            task, count = self._released[thread].popleft()
            self._begin(thread, Action(PhaseKind.RELEASE, task, count=count), costs.release_us * count)
        elif self._ended[thread]:
            block = self._ended[thread].popleft()
            self._record(block)
            self._begin(thread, Action(PhaseKind.COMPLETE, block.task, (block,)), costs.complete_us)
        elif (action := self._dispatcher.choose(thread)) is not None:
            is_empty = action.kind is PhaseKind.DUMMY
            self._begin(thread, action, costs.dummy_us if is_empty else costs.dispatch_us * action.count)

    def _begin(self, thread: int, action: Action, duration: float) -> None:
        self._is_busy[thread] = True
        self._phases.add(thread, action.kind, self._now, self._now + duration, action.count, action.task)
        self._after(duration, lambda: self._acted(thread, action))

    def _acted(self, thread: int, action: Action) -> None:
        self._is_busy[thread] = False
        match action.kind:
            case PhaseKind.COMPLETE:
                self._complete(action.blocks[0], thread)
            case PhaseKind.DUMMY:
                self._finish(action.task, thread)
            case PhaseKind.RELEASE:
                self._after(self._costs.to_core_us, lambda: self._open(action.task))
            case _:
                for block in action.blocks:
                    self._dispatched(block)

    def _dispatched(self, block: Block) -> None:
        block.dispatch_us = self._now
        self._after(self._costs.to_core_us, lambda: self._arrive(block))
        self._undispatched[block.task] -= 1
        if not self._undispatched[block.task]:
            self._all_dispatched(block.task)

    def _all_dispatched(self, task: int) -> None:
        for later in self._awaited_by[task]:
            self._waits_for_dispatch[later] -= 1
            if not self._waits_for_dispatch[later] and self._waits_for[later]:
                self._may_start_early(later)

    def _complete(self, block: Block, thread: int) -> None:
        for core in block.unit:
            core.given -= 1
        self._unfinished[block.task] -= 1
        if not self._unfinished[block.task]:
            self._finish(block.task, thread)

    def _finish(self, task: int, thread: int) -> None:
        self._is_done[task] = True
        for later in self._awaited_by[task]:
            self._waits_for[later] -= 1
            if not self._waits_for[later]:
                self._ready(later, thread)
        if self._undispatched[task]:  # a task without code
            self._undispatched[task] = 0
            self._all_dispatched(task)

    def _record(self, block: Block) -> None:
        self._records.extend(
            TaskRecord(
                task=block.task,
                block=block.index,
                core=core.index,
                submit_us=self._submit_us[block.task],
                dispatch_us=block.dispatch_us,
                receive_us=block.receive_us[core.index],
                start_us=block.start_us,
                end_us=block.end_us,
                finish_us=self._now,
            )
            for core in block.unit
        )

    # -------------------------------------------------------------------------------------------------------- cores

    def _arrive(self, block: Block) -> None:
        for core in block.unit:
            core.queue.append(block)
            if core.queue[0] is block:
                self._receive(core)

    def _receive(self, core: Core) -> None:
        """A core takes up the first block that it has; the last core of a block gets it going."""
        block = core.queue[0]
        block.receive_us[core.index] = self._now
        if len(block.receive_us) == len(block.unit):
            self._after(self._costs.setup_us, lambda: self._set_up(block))

    def _set_up(self, block: Block) -> None:
        task = self._tasks[block.task]
        if not task.sync_start and self._is_open[block.task]:
            self._start(block)
            return
        self._parked[block.task].append(block)
        if task.sync_start and len(self._parked[block.task]) == task.blocks:
            self._open(block.task)

    def _open(self, task: int) -> None:
        """The blocks of a task that stand ready on their cores start."""
        self._is_open[task] = True
        for block in self._parked[task]:
            self._start(block)
        self._parked[task] = []

    def _start(self, block: Block) -> None:
        block.start_us = self._now
        task = self._tasks[block.task]
        work = task.work_of(block.index)
        alone = alone_us(work, self._links[task.core_kind])
        if not work.bytes_hbm + work.bytes_l2:
            self._after(alone, lambda: self._end(block))
            return
        moved = work.bytes_hbm + work.bytes_l2
        self._memory.add(Flow(block.key, alone, work.bytes_hbm / alone, moved / alone), self._now)
        self._memory_changed = True
        self._running[block.key] = block

    def _end(self, block: Block) -> None:
        block.end_us = self._now
        for core in block.unit:
            core.queue.popleft()
            if core.queue:
                self._receive(core)
        self._after(self._costs.to_scheduler_us, lambda: self._ended[block.unit[0].thread].append(block))
