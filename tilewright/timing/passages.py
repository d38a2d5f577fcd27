"""Where the tiles of a pipe between cores are, as one core sees it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Passage:
    """What one kind of instruction on one core does to the tiles of a pipe.

    Attributes:
        noted: the cycles in which it did so, by the number of the tile.
        awaited: the cycles of what it waits for, of each core that does that.
        slots: what a push takes without waiting; 0 for what waits for the tile itself.
        period: how many slots are given back at once.
    """

    noted: list[int]
    awaited: Sequence[list[int]]
    slots: int = 0
    period: int = 1

    def ready(self, index: int) -> int | None:
        """The cycle from which a tile may pass; None when that is not known yet."""
        if self.slots:
            # A push that begins a group takes the next signal, which comes with the last tile of a group.
            if index < self.slots or index % self.period:
                return 0
            groups = index // self.period + self.slots // -self.period
            index = (groups + 1) * self.period - 1
        latest = 0
        for times in self.awaited:
            if index >= len(times):
                return None
            if times[index] > latest:
                latest = times[index]
        return latest
