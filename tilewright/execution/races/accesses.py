"""Which accesses to the same bytes nothing orders."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from tilewright.arch.chip import load_chip
from tilewright.dialects.pto.pipe_ends import PopOp
from tilewright.execution.races.clocks import Clocks, agent
from tilewright.execution.races.events import AddedTwice, BeforePop, Conflict, Event, Order
from tilewright.execution.races.mail import Core
from tilewright.execution.races.regions import Region
from tilewright.execution.races.shadow import Cell, Shadow
from tilewright.execution.races.touches import Touch, is_global, touches_of

_Accesses = Mapping[int, tuple[int, Event]]


class Accesses:
    """The last accesses to all memories of a run."""

    def __init__(self, clocks: Clocks, cores: Sequence[Core]) -> None:
        self._clocks = clocks
        self._cores = cores
        self._shadows: dict[tuple[object, ...], Shadow] = {}
        self._cells: dict[tuple[tuple[object, ...], Region], Cell] = {}
        self._chip = load_chip()
        self._awaited: dict[tuple[int, int], Event] = {}

    def cells(self) -> Iterable[tuple[tuple[object, ...], Region, Cell]]:
        """Give the record of each region that was accessed, with its memory."""
        return ((memory, region, cell) for (memory, region), cell in self._cells.items())

    def awaited(self, source: int, target: int, event: Event) -> None:
        """Note where an agent awaits a flag of another, for reports."""
        self._awaited[target, source] = event

    def access(self, event: Event) -> Iterator[Conflict | AddedTwice | BeforePop]:
        """Give what an instruction conflicts with, and note its accesses."""
        instruction, subblock = event.instruction, self._cores[event.core].subblock
        touched = [(touch, self._cell(touch)) for touch in touches_of(instruction, event.core, subblock)]
        if not touched:
            return
        own = agent(event.core, instruction.pipe)
        for touch, cell in touched:
            for near in cell.neighbours:
                order = Order.WRITE_AFTER_WRITE if touch.writes else Order.READ_AFTER_WRITE
                if near.writes:
                    yield from self._conflicts(event, own, touch, near, near.writes, order)
                if near.adds and not touch.adds:
                    yield from self._conflicts(event, own, touch, near, near.adds, order)
                if touch.writes and near.reads:
                    yield from self._conflicts(event, own, touch, near, near.reads, Order.WRITE_AFTER_READ)
            if touch.adds:
                yield from self._added_twice(event, cell)
            if isinstance(instruction.op, PopOp) and touch.writes:
                yield from self._before_pop(event, own, cell)
        moment = self._clocks.tick(own)
        for touch, cell in touched:
            # The last access of a pipe stands for all before it: they are ordered when it is.
            (cell.adds if touch.adds else cell.writes if touch.writes else cell.reads)[own] = moment, event

    def _cell(self, touch: Touch) -> Cell:
        key = touch.memory, touch.region
        found = self._cells.get(key)
        if found is None:
            found = self._cells[key] = self._shadows.setdefault(touch.memory, Shadow()).cell(touch.region)
        return found

    def _conflicts(
        self, event: Event, own: int, touch: Touch, near: Cell, accesses: _Accesses, order: Order
    ) -> Iterator[Conflict]:
        known, settled = self._clocks.of[own], self._clocks.settled[own]
        for other, (moment, earlier) in accesses.items():
            if other == own:
                if settled >= moment or not self._overtakes(earlier, event, order, touch):
                    continue
            elif known[other] >= moment and not _turned(earlier, event):
                continue
            if earlier.core != event.core and self._agree(earlier, event, order, touch, near):
                continue
            yield self._conflict(earlier, event, order, touch, near.region, (other, own))

    def _overtakes(self, earlier: Event, event: Event, order: Order, touch: Touch) -> bool:
        """Whether an access of a pipe may come before one that the pipe has started earlier."""
        if order is Order.WRITE_AFTER_READ:
            return False
        if event.pipe in self._chip.overlapping_pipes:
            return True
        # Tiles in a pipe between cores come one after the other: their slots are handed to and fro.
        tiles = earlier.instruction.channel is not None and event.instruction.channel is not None
        stores = order is Order.WRITE_AFTER_WRITE and is_global(touch.memory) and not tiles
        return stores and event.pipe in self._chip.reordering_store_pipes

    def _are_alike(self, one: Event, other: Event) -> bool:
        """Whether two cores do the same with the same data: vector cores that nothing tells apart."""
        first, second = self._cores[one.core], self._cores[other.core]
        same = (first.kind, first.group, first.program) == (second.kind, second.group, second.program)
        return one.core != other.core and first.program is not None and same

    def _agree(self, done: Event, event: Event, order: Order, touch: Touch, near: Cell) -> bool:
        """Whether two cores that do the same access bytes so that any order gives the same.

        Both store the same where they store alike. What one reads is the same when the last write that it sees of its
        own core is the one that the other core makes, too.
        """
        if (
            not self._are_alike(done, event)
            or touch.adds
            or (order is not Order.WRITE_AFTER_READ and _adds(near, done))
        ):
            return False
        if order is Order.WRITE_AFTER_WRITE:
            return True
        write, read = (done, event) if order is Order.READ_AFTER_WRITE else (event, done)
        seen = (own for _, own in near.writes.values() if own.core == read.core)
        return any(own.number == write.number < read.number for own in seen)

    def _added_twice(self, event: Event, cell: Cell) -> Iterator[AddedTwice]:
        """Both vector cores add the same, so that it counts twice."""
        for near in cell.neighbours:
            for _, earlier in near.adds.values():
                if earlier.instruction.op is event.instruction.op and self._are_alike(earlier, event):
                    yield AddedTwice(earlier, event)

    def _before_pop(self, event: Event, own: int, cell: Cell) -> Iterator[BeforePop]:
        """What read a slot, certainly before the first tile came there."""
        if any(near.writes for near in cell.neighbours):
            return
        known = self._clocks.of[own]
        for near in cell.neighbours:
            for other, (moment, earlier) in near.reads.items():
                if known[other] >= moment and not _turned(earlier, event):
                    yield BeforePop(earlier, event)

    def _conflict(
        self, done: Event, event: Event, order: Order, touch: Touch, near: Region, agents: tuple[int, int]
    ) -> Conflict:
        start, stop = touch.region.shared(near)
        awaited = self._awaited.get((agents[1], agents[0]))
        if _turned(done, event):
            return Conflict(event, done, _TURNED[order], touch.memory, start, stop, None)
        return Conflict(done, event, order, touch.memory, start, stop, awaited)


def _adds(near: Cell, event: Event) -> bool:
    return any(event is each for _, each in near.adds.values())


def _turned(done: Event, event: Event) -> bool:
    """Whether flags held up what stands first in the program until after what stands behind it."""
    return done.number > event.number and done.core == event.core


_TURNED = {
    Order.READ_AFTER_WRITE: Order.WRITE_AFTER_READ,
    Order.WRITE_AFTER_READ: Order.READ_AFTER_WRITE,
    Order.WRITE_AFTER_WRITE: Order.WRITE_AFTER_WRITE,
}
