"""What the cores load from global memory: for the first time, at once with others, and again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reuse:
    """Bytes that are loaded again, after all cores together have moved `distance` bytes since the last time."""

    size_bytes: int
    distance: int


@dataclass(frozen=True, slots=True)
class Traffic:
    """What all cores of a run move to and from global memory, in bytes.

    Attributes:
        first: loaded for the first time, from HBM.
        together: loaded at the time at which another core loads the same; L2 has it.
        again: loaded again; L2 has it unless too much was moved since.
        stored: written, to HBM.
    """

    first: int
    together: int = 0
    again: Sequence[Reuse] = ()
    stored: int = 0

    @property
    def loaded(self) -> int:
        """All bytes that are loaded."""
        return self.first + self.together + sum(reuse.size_bytes for reuse in self.again)

    def missed(self, capacity: float) -> float:
        """Bytes that are loaded from HBM, when L2 keeps that many bytes.

        Of what is used again after `distance` bytes L2 has kept the part `capacity / distance`, at most all: a loop
        over more than a cache holds misses all of it where the oldest goes first, less where any may go.
        """
        return self.first + sum(
            reuse.size_bytes * max(0.0, 1 - capacity / reuse.distance) for reuse in self.again if reuse.distance
        )
