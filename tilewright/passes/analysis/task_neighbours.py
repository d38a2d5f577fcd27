"""Which of many touches of one tensor may overlap at all, found for one against all others at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

import numpy as np

from tilewright.passes.analysis.index_forms import UNBOUNDED
from tilewright.passes.analysis.task_conflicts import Conflicts, Touch, covers

Marks: TypeAlias = np.ndarray[tuple[int], np.dtype[np.bool_]]
"""Which of some touches are meant."""


class Neighbours:
    """Touches of one tensor, with the range of elements that each may reach in any iteration.

    Args:
        touches: in the order of the text.
        conflicts: knows the ranges of indices.
    """

    def __init__(self, touches: Sequence[Touch], conflicts: Conflicts) -> None:
        self._touches = touches
        rank = max((len(touch.access.box) for touch in touches if touch.access.box is not None), default=1)
        everything = ((-UNBOUNDED, UNBOUNDED),) * rank
        bounds = np.array([conflicts.bounds(touch) or everything for touch in touches], np.int64)
        self._low, self._high = bounds[..., 0], bounds[..., 1]
        self._writes = np.array([touch.access.direction.writes for touch in touches])

    def of(self, position: int, among: Marks) -> Sequence[int]:
        """The positions, of those marked, that may overlap with one; of two that meet, one writes."""
        overlap = (self._low < self._high[position]) & (self._high > self._low[position])
        found = among & overlap.all(axis=1)
        if not self._writes[position]:
            found &= self._writes
        return found.nonzero()[0].tolist()

    def without_covered(
        self, order: Iterable[int], certain: Sequence[bool]
    ) -> Iterator[tuple[int, Sequence[int], Marks]]:
        """Go through the touches; give each with those before it that may overlap with it and still count.

        Who meets a touch that a later one covers meets that one anyway, so it counts no longer. Also given is which
        touches count after this one.

        Args:
            order: positions.
            certain: for each position, whether its task waits for all that it meets.
        """
        counting = np.zeros(len(self._touches), np.bool_)
        for position in order:
            near, touch = self.of(position, counting), self._touches[position]
            if self._writes[position] and certain[position]:
                for other in near:
                    if self._touches[other].node != touch.node and covers(touch, self._touches[other]):
                        counting[other] = False
            counting[position] = True
            yield position, near, counting

    def counting(self, order: Iterable[int], certain: Sequence[bool]) -> Marks:
        """The touches that still count in the end; see `without_covered`."""
        marks = np.zeros(len(self._touches), np.bool_)
        for _, _, marks in self.without_covered(order, certain):
            pass
        return marks
