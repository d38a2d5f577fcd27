"""What each pipe knows of the others at each item of a block: vector clocks. Plain numbers, no IR.

A pipe knows that another has finished an item once it awaited a flag that was raised after it, directly or through
further pipes. The block is played through as often as its frame says. An item has two moments: at the first its work
is done, at the second the flags that were raised in advance of it have been awaited as well.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from tilewright.arch.chip import Pipe
from tilewright.passes.analysis.sync_model import Edge, Frame

_Known = Mapping[Pipe, int]


class PipeClocks:
    """The clocks of a block under some flags.

    Args:
        items: how many items there are.
        frame: how they are repeated, and where all pipes meet.
        edges: the flags.
        drains: what is known because an item, a loop, awaits flags that were raised in it.
        optional: pairs within an iteration that only become flags where nothing else implies them.
        hazards: accesses of one pipe that may overtake each other: a barrier of the pipe comes before the second where
            nothing else keeps them apart.

    Attributes:
        used: the optional pairs that became flags, in the order of their targets.
        barriers: item and pipe of each barrier.
    """

    def __init__(
        self,
        items: int,
        frame: Frame,
        edges: Iterable[Edge],
        drains: Iterable[Edge] = (),
        optional: Iterable[Edge] = (),
        hazards: Iterable[Edge] = (),
    ) -> None:
        self._items = items
        self._frame = frame
        self._waits = _by_target(edges)
        self._drains = _by_target(drains)
        self._optional = _by_target(optional)
        self._hazards = _by_target(hazards)
        groups = (self._waits, self._drains, self._optional)
        self._sources: dict[int, dict[Pipe, None]] = {}
        for group in groups:
            for from_pipe, _, pair in _flat(group):
                self._sources.setdefault(pair.source, {})[from_pipe] = None
        self.used: dict[Edge, None] = {}
        self.barriers: dict[tuple[int, Pipe], None] = {}
        self._before: list[dict[Pipe, _Known]] = []
        self._end: Mapping[Pipe, _Known] = {}
        self._play()

    def ordered(
        self, from_pipe: Pipe, source: int, to_pipe: Pipe, target: int, distance: int, *, drained: bool = False
    ) -> bool:
        """Whether item `source` on one pipe has certainly ended before `target` starts on another, `distance` later.

        With `drained`, also the flags that were raised in advance of the source have been awaited.
        """
        last = self._frame.iterations - 1
        if last < distance:
            return False
        known = self._before[last * self._items + target].get(to_pipe, {})
        return known.get(from_pipe, 0) >= self._done(last - distance, source) + drained

    def known_at_end(self, from_pipe: Pipe, source: int, to_pipe: Pipe) -> bool:
        """Whether one pipe knows, once it is through, that another has ended the last `source`."""
        return self._end.get(to_pipe, {}).get(from_pipe, 0) >= self._done(self._frame.iterations - 1, source)

    def _done(self, iteration: int, item: int) -> int:
        return 2 * (iteration * self._items + item) + 1

    def _play(self) -> None:
        clocks: dict[Pipe, dict[Pipe, int]] = defaultdict(dict)
        told: dict[tuple[Pipe, int, int], _Known] = {}
        for iteration in range(self._frame.iterations):
            for item in range(self._items):
                if item in self._frame.fences:
                    now = self._done(iteration, item) - 1
                    for pipe in Pipe:
                        clocks[pipe] = dict.fromkeys(Pipe, now)
                self._wait(clocks, told, iteration, item)
                self._hold(clocks, iteration, item)
                self._before.append({pipe: dict(known) for pipe, known in clocks.items()})
                for pipe in self._sources.get(item, ()):
                    told[pipe, iteration, item] = {**clocks[pipe], pipe: self._done(iteration, item) + 1}
        # A loop awaits its last flags behind its last item.
        for edge in self._drains.get(self._items, ()):
            self._drain(clocks, told, self._frame.iterations - 1, edge)
        self._end = clocks

    def _wait(
        self,
        clocks: dict[Pipe, dict[Pipe, int]],
        told: Mapping[tuple[Pipe, int, int], _Known],
        iteration: int,
        item: int,
    ) -> None:
        for from_pipe, to_pipe, pair in self._drains.get(item, ()):
            self._drain(clocks, told, iteration, (from_pipe, to_pipe, pair))
        for from_pipe, to_pipe, pair in self._waits.get(item, ()):
            if pair.distance <= iteration:
                _join(clocks[to_pipe], told[from_pipe, iteration - pair.distance, pair.source])
        # The latest source first: what it tells often includes the others.
        for edge in sorted(self._optional.get(item, ()), key=lambda edge: -edge[2].source):
            from_pipe, to_pipe, pair = edge
            if clocks[to_pipe].get(from_pipe, 0) < self._done(iteration, pair.source):
                self.used[edge] = None
            if edge in self.used:
                _join(clocks[to_pipe], told[from_pipe, iteration, pair.source])

    def _drain(
        self,
        clocks: dict[Pipe, dict[Pipe, int]],
        told: Mapping[tuple[Pipe, int, int], _Known],
        iteration: int,
        edge: Edge,
    ) -> None:
        from_pipe, to_pipe, pair = edge
        known = told[from_pipe, iteration, pair.source]
        _join(clocks[to_pipe], {**known, from_pipe: self._done(iteration, pair.source)})

    def _hold(self, clocks: dict[Pipe, dict[Pipe, int]], iteration: int, item: int) -> None:
        for pipe, _, pair in self._hazards.get(item, ()):
            late = pair.distance <= iteration and clocks[pipe].get(pipe, 0) < self._done(
                iteration - pair.distance, pair.source
            )
            if late or (item, pipe) in self.barriers:
                self.barriers[item, pipe] = None
                clocks[pipe][pipe] = self._done(iteration, item) - 1


def _by_target(edges: Iterable[Edge]) -> dict[int, list[Edge]]:
    found: dict[int, list[Edge]] = {}
    for edge in edges:
        found.setdefault(edge[2].target, []).append(edge)
    return found


def _flat(groups: Mapping[int, Sequence[Edge]]) -> Iterable[Edge]:
    return (edge for group in groups.values() for edge in group)


def _join(clock: dict[Pipe, int], other: _Known) -> None:
    for pipe, moment in other.items():
        clock[pipe] = max(clock.get(pipe, 0), moment)
