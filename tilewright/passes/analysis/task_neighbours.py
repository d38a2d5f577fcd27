"""Which of many touches of one tensor may overlap at all, found for one against all others at once.

A set of touches is an integer with a bit for each of them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from tilewright.passes.analysis.index_forms import UNBOUNDED
from tilewright.passes.analysis.task_conflicts import Conflicts, Touch, covers


class _Line:
    """Ranges of numbers: the windows of touches in one dimension.

    Args:
        ranges: the first number of each, and the one behind its last.
    """

    def __init__(self, ranges: Sequence[tuple[int, int]]) -> None:
        by_low = sorted(range(len(ranges)), key=lambda position: ranges[position][0])
        by_high = sorted(range(len(ranges)), key=lambda position: -ranges[position][1])
        self._lows = [ranges[position][0] for position in by_low]
        self._highs = [-ranges[position][1] for position in by_high]
        # The sets of the first none, one, two… in these orders.
        self._first_lows = [0, *accumulate((1 << position for position in by_low), int.__or__)]
        self._first_highs = [0, *accumulate((1 << position for position in by_high), int.__or__)]

    def meeting(self, low: int, high: int) -> int:
        """The ranges that begin before `high` and end behind `low`."""
        return self._first_lows[bisect_left(self._lows, high)] & self._first_highs[bisect_left(self._highs, -low)]


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
        self._bounds = [conflicts.bounds(touch) or everything for touch in touches]
        self._lines = [_Line(ranges) for ranges in zip(*self._bounds, strict=True)]
        self._writes = sum(1 << n for n, touch in enumerate(touches) if touch.access.direction.writes)

    def of(self, position: int, among: int) -> list[int]:
        """The positions of touches in a set that may overlap with one; of two that meet, one writes."""
        found = among if self._writes >> position & 1 else among & self._writes
        for line, (low, high) in zip(self._lines, self._bounds[position], strict=True):
            found &= line.meeting(low, high)
        return list(positions(found))

    def without_covered(self, order: Iterable[int], certain: Sequence[bool]) -> Iterator[tuple[int, list[int], int]]:
        """Go through the touches; give each with those before it that may overlap with it and still count.

        Who meets a touch that a later one covers meets that one anyway, so it counts no longer. Also given is the set
        of touches that count after this one.

        Args:
            order: positions.
            certain: for each position, whether its task waits for all that it meets.
        """
        counting = 0
        for position in order:
            near, touch = self.of(position, counting), self._touches[position]
            if certain[position]:
                for other in near:
                    if self._touches[other].node != touch.node and covers(touch, self._touches[other]):
                        counting &= ~(1 << other)
            counting |= 1 << position
            yield position, near, counting

    def counting(self, order: Iterable[int], certain: Sequence[bool]) -> int:
        """The set of touches that still count in the end; see `without_covered`."""
        last = 0
        for _, _, after in self.without_covered(order, certain):
            last = after
        return last


def positions(touches: int) -> Iterator[int]:
    """The members of a set, from the first on."""
    while touches:
        lowest = touches & -touches
        yield lowest.bit_length() - 1
        touches ^= lowest
