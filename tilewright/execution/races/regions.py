"""Which bytes of a memory an access touches, and whether two accesses have a byte in common. Pure maths.

A region is a run of bytes that repeats: each step (count, stride) repeats all before it. Rows of a tile, windows of a
tensor and columns of boxes all have this form.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

Steps: TypeAlias = tuple[tuple[int, int], ...]
"""Count and stride in bytes of each repetition, the outermost first."""

_MOST_PIECES = 4096
"""Regions of different strides are compared piece by piece; with more pieces they count as overlapping."""


@dataclass(frozen=True, slots=True)
class Region:
    """Bytes of one memory.

    Attributes:
        start: the first byte.
        run: bytes without a gap.
        steps: how the run repeats; counts are 2 or more, strides exceed the run.
        stop: the first byte behind the last.
    """

    start: int
    run: int
    steps: Steps
    stop: int

    def overlaps(self, other: Region) -> bool:
        """Whether both have a byte in common; may err towards yes for regions of very many pieces."""
        if self.stop <= other.start or other.stop <= self.start:
            return False
        if not self.steps and not other.steps:
            return True
        return _meet(self.steps, self.run, other.steps, other.run, other.start - self.start)

    def shared(self, other: Region) -> tuple[int, int]:
        """The range in which the common bytes of two overlapping regions lie."""
        return max(self.start, other.start), min(self.stop, other.stop)


def region(start: int, run: int, steps: Iterable[tuple[int, int]] = ()) -> Region:
    """Give the region of `run` bytes from `start` on, repeated by each (count, stride) of `steps` in any order.

    Counts are positive. Repetitions without a gap become one run.
    """
    ordered: list[tuple[int, int]] = []
    for count, stride in steps:
        if count > 1 and stride < 0:
            start += (count - 1) * stride
        if count > 1 and stride:
            ordered.append((count, abs(stride)))
    ordered.sort(key=lambda step: step[1])
    kept: list[tuple[int, int]] = []
    for count, stride in ordered:
        if not kept and stride <= run:
            run += (count - 1) * stride
        elif kept and stride == kept[-1][0] * kept[-1][1]:
            kept[-1] = (kept[-1][0] * count, kept[-1][1])
        else:
            kept.append((count, stride))
    found = tuple(reversed(kept))
    return Region(start, run, found, start + _span(found, run))


def _span(steps: Steps, run: int) -> int:
    return run + sum((count - 1) * stride for count, stride in steps)


@lru_cache(maxsize=1 << 16)
def _meet(one: Steps, one_run: int, two: Steps, two_run: int, offset: int) -> bool:
    """Whether a region from byte 0 on and one from byte `offset` on have a byte in common."""
    if offset >= _span(one, one_run) or -offset >= _span(two, two_run):
        return False
    if not one and not two:
        return True
    if one and two and one[0][1] == two[0][1]:
        return _meet_in_step(one, one_run, two, two_run, offset)
    if not two or (one and one[0][1] > two[0][1]):
        return _meet_in_pieces(one, one_run, two, two_run, offset)
    return _meet_in_pieces(two, two_run, one, one_run, -offset)


def _meet_in_step(one: Steps, one_run: int, two: Steps, two_run: int, offset: int) -> bool:
    """Both repeat with the same stride: only the difference between the two positions matters."""
    (ones, stride), (twos, _) = one[0], two[0]
    first = max(1 - ones, (-_span(two[1:], two_run) - offset) // stride + 1)
    last = min(twos - 1, -((offset - _span(one[1:], one_run)) // stride) - 1)
    return last - first >= _MOST_PIECES or any(
        _meet(one[1:], one_run, two[1:], two_run, offset + apart * stride) for apart in range(first, last + 1)
    )


def _meet_in_pieces(one: Steps, one_run: int, two: Steps, two_run: int, offset: int) -> bool:
    """Take the first apart at its outermost step."""
    count, stride = one[0]
    first = max(0, (offset - _span(one[1:], one_run)) // stride + 1)
    last = min(count - 1, -(-(offset + _span(two, two_run)) // stride) - 1)
    return last - first >= _MOST_PIECES or any(
        _meet(one[1:], one_run, two, two_run, offset - piece * stride) for piece in range(first, last + 1)
    )
