"""How many intervals are open at each moment, and for how long. Pure arithmetic."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate, pairwise

Interval = tuple[float, float]


class Steps:
    """A number that changes at some moments; 0 before the first and after the last."""

    def __init__(self, times: Sequence[float], values: Sequence[float]) -> None:
        """Args: times: increasing; values: from each of these moments on."""
        self._times = times
        self._values = values
        widths = [end - start for start, end in pairwise(times)]
        areas = [width * value for width, value in zip(widths, values, strict=False)]
        self._areas = [0.0, *accumulate(areas)]

    @staticmethod
    def counting(intervals: Iterable[Interval]) -> Steps:
        """How many of these intervals are open."""
        changes: dict[float, int] = {}
        for start, end in intervals:
            if end > start:
                changes[start] = changes.get(start, 0) + 1
                changes[end] = changes.get(end, 0) - 1
        times = sorted(changes)
        return Steps(times, list(accumulate(changes[time] for time in times)))

    def integral(self, start: float, end: float) -> float:
        """The sum of the number over the time between two moments."""
        return self._until(end) - self._until(start)

    def _until(self, time: float) -> float:
        index = bisect_right(self._times, time) - 1
        if index < 0:
            return 0.0
        return self._areas[index] + (time - self._times[index]) * self._values[index]


def union(intervals: Iterable[Interval]) -> list[Interval]:
    """The same time as intervals that neither overlap nor touch, in order."""
    merged: list[Interval] = []
    for start, end in sorted(intervals):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        elif end > start:
            merged.append((start, end))
    return merged


def gaps(busy: Sequence[Interval], start: float, end: float) -> list[Interval]:
    """What is left of the time between two moments; `busy` is in order and does not overlap."""
    edges = [start, *(edge for interval in busy for edge in interval), end]
    return [(low, high) for low, high in zip(edges[::2], edges[1::2], strict=True) if high > low]


def length(intervals: Iterable[Interval]) -> float:
    """The time that intervals take together."""
    return sum(end - start for start, end in intervals)
