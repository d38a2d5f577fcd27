"""Which accesses to the same bytes nothing orders."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tilewright.arch.chip import Pipe, load_chip
from tilewright.execution.races.clocks import Clocks, agent
from tilewright.execution.races.events import Conflict, Event, Order
from tilewright.execution.races.regions import Region
from tilewright.execution.races.shadow import Cell, Shadow
from tilewright.execution.races.touches import Touch, touches_of

_Accesses = Mapping[int, tuple[int, Event]]


class Accesses:
    """The last accesses to all memories of a run."""

    def __init__(self, clocks: Clocks) -> None:
        self._clocks = clocks
        self._shadows: dict[tuple[object, ...], Shadow] = {}
        self._cells: dict[tuple[tuple[object, ...], Region], Cell] = {}
        self._overlapping: frozenset[Pipe] = frozenset(load_chip().overlapping_pipes)
        self._awaited: dict[tuple[int, int], Event] = {}

    def awaited(self, source: int, target: int, event: Event) -> None:
        """Note where an agent awaits a flag of another, for reports."""
        self._awaited[target, source] = event

    def access(self, event: Event) -> Iterator[Conflict]:
        """Give what an instruction conflicts with, and note its accesses."""
        instruction = event.instruction
        touched = [(touch, self._cell(touch)) for touch in touches_of(instruction, event.core)]
        if not touched:
            return
        own = agent(event.core, instruction.pipe)
        for touch, cell in touched:
            for near in cell.neighbours:
                if near.writes:
                    order = Order.WRITE_AFTER_WRITE if touch.writes else Order.READ_AFTER_WRITE
                    yield from self._conflicts(event, own, touch, near, near.writes, order)
                if touch.writes and near.reads:
                    yield from self._conflicts(event, own, touch, near, near.reads, Order.WRITE_AFTER_READ)
        moment = self._clocks.tick(own)
        for touch, cell in touched:
            # The last access of a pipe stands for all before it: they are ordered when it is.
            (cell.writes if touch.writes else cell.reads)[own] = moment, event

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
                overtakes = order is not Order.WRITE_AFTER_READ and event.pipe in self._overlapping
                if not overtakes or settled >= moment:
                    continue
            elif known[other] >= moment and not _turned(earlier, event):
                continue
            yield self._conflict(earlier, event, order, touch, near.region, (other, own))

    def _conflict(
        self, done: Event, event: Event, order: Order, touch: Touch, near: Region, agents: tuple[int, int]
    ) -> Conflict:
        start, stop = touch.region.shared(near)
        awaited = self._awaited.get((agents[1], agents[0]))
        if _turned(done, event):
            return Conflict(event, done, _TURNED[order], touch.memory, start, stop, None)
        return Conflict(done, event, order, touch.memory, start, stop, awaited)


def _turned(done: Event, event: Event) -> bool:
    """Whether flags held up what stands first in the program until after what stands behind it."""
    return done.number > event.number and done.core == event.core


_TURNED = {
    Order.READ_AFTER_WRITE: Order.WRITE_AFTER_READ,
    Order.WRITE_AFTER_READ: Order.READ_AFTER_WRITE,
    Order.WRITE_AFTER_WRITE: Order.WRITE_AFTER_WRITE,
}
