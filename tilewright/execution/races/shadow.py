"""Who last touched which bytes: one record for each region that a program uses, found by its place.

A record knows the records that it shares bytes with. They are looked up when a region is first used; a program uses few
regions of a memory on the chip again and again.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from dataclasses import dataclass, field
from operator import attrgetter

from tilewright.execution.races.events import Event
from tilewright.execution.races.regions import Region


@dataclass(slots=True, eq=False)
class Cell:
    """The last accesses to a region.

    Attributes:
        start: where the region starts.
        writes, reads: by agent, its last access and the moment of it on the clock of the agent.
        adds: the same for what only adds to the bytes, which may come in any order.
        neighbours: the records of regions with bytes in common, this one among them.
    """

    region: Region
    start: int
    writes: dict[int, tuple[int, Event]] = field(default_factory=dict[int, tuple[int, Event]])
    reads: dict[int, tuple[int, Event]] = field(default_factory=dict[int, tuple[int, Event]])
    adds: dict[int, tuple[int, Event]] = field(default_factory=dict[int, tuple[int, Event]])
    neighbours: list[Cell] = field(default_factory=list["Cell"])


_START = attrgetter("start")


class Shadow:
    """The records of one memory."""

    def __init__(self) -> None:
        self._cells: dict[Region, Cell] = {}
        self._by_length: dict[int, list[Cell]] = {}

    def cell(self, region: Region) -> Cell:
        """Give the record of a region; a new one when it was not used before."""
        found = self._cells.get(region)
        if found is None:
            found = self._cells[region] = Cell(region, region.start)
            self._add(found)
        return found

    def _add(self, cell: Cell) -> None:
        """Introduce a record to its neighbours.

        Records are kept by the power of two of their length, so that one long region does not make each search long.
        """
        region = cell.region
        for bits, cells in self._by_length.items():
            low = bisect_right(cells, region.start - (1 << bits), key=_START)
            for other in cells[low : bisect_left(cells, region.stop, key=_START)]:
                if other.region.overlaps(region):
                    other.neighbours.append(cell)
                    cell.neighbours.append(other)
        cell.neighbours.append(cell)
        insort(self._by_length.setdefault((region.stop - region.start).bit_length(), []), cell, key=_START)
