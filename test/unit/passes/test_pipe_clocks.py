"""What pipes know of each other, against paths in an unrolled program."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from hypothesis import given, settings
from hypothesis import strategies as st

from tilewright.arch.chip import Pipe
from tilewright.passes.analysis.pipe_clocks import PipeClocks
from tilewright.passes.analysis.sync_model import Edge, Frame, Pair

PIPES = (Pipe.MTE2, Pipe.V, Pipe.MTE3)
ITEMS = 4

Moment = tuple[str, Pipe, int]
"""The start of an item on a pipe, the end of its work, or the end of all that was raised in advance of it."""


@st.composite
def edges(draw: st.DrawFn, most: int = 4, *, carried: bool = True) -> list[Edge]:
    found: list[Edge] = []
    for _ in range(draw(st.integers(0, most))):
        one, other = draw(st.permutations(PIPES))[:2]
        distance = draw(st.integers(0, 2)) if carried else 0
        source = draw(st.integers(0, ITEMS - 1 if distance else ITEMS - 2))
        target = draw(st.integers(0 if distance else source + 1, ITEMS - 1))
        found.append((one, other, Pair(source, target, distance, target)))
    return found


def at(iteration: int, item: int) -> int:
    return iteration * ITEMS + item


class Paths:
    """What comes after what."""

    def __init__(self, frame: Frame, flags: Iterable[Edge], drains: Iterable[Edge] = ()) -> None:
        self._after: dict[Moment, list[Moment]] = {}
        count = frame.iterations * ITEMS
        for place in range(count):
            for pipe in PIPES:
                self._add(("start", pipe, place), ("end", pipe, place))
                self._add(("end", pipe, place), ("drained", pipe, place))
                self._add(("drained", pipe, place), ("start", pipe, place + 1))
                if place and place % ITEMS in frame.fences:
                    for other in PIPES:
                        self._add(("drained", pipe, place - 1), ("start", other, place))
        for moment, each in (("drained", flags), ("end", drains)):
            for one, other, pair in each:
                for iteration in range(frame.iterations - pair.distance):
                    source, target = at(iteration, pair.source), at(iteration + pair.distance, pair.target)
                    if pair.target < ITEMS or iteration == frame.iterations - 1:
                        self._add((moment, one, source), ("start", other, target))

    def _add(self, first: Moment, then: Moment) -> None:
        self._after.setdefault(first, []).append(then)

    def order(self, first: Moment, then: Moment) -> bool:
        seen, waiting = {first}, [first]
        while waiting:
            new = [each for each in self._after.get(waiting.pop(), ()) if each not in seen]
            seen.update(new)
            waiting += new
        return then in seen


@given(edges(), edges(2, carried=False), st.frozensets(st.integers(0, ITEMS - 1), max_size=1), st.integers(1, 4))
@settings(deadline=None, max_examples=80)
def test_pipes_know_what_flags_tell(
    flags: list[Edge], inner: list[Edge], fences: frozenset[int], iterations: int
) -> None:
    # A loop within awaits its own flags before the next item.
    drains = [(one, other, Pair(pair.source, pair.source + 1, 0, 0)) for one, other, pair in inner]
    drains += [(one, other, Pair(ITEMS - 1, ITEMS, 0, 0)) for one, other, _ in inner[:1]]
    frame = Frame(iterations, fences)
    clocks, paths = PipeClocks(ITEMS, frame, flags, drains), Paths(frame, flags, drains)
    last = iterations - 1
    for one, other in ((one, other) for one in PIPES for other in PIPES if one is not other):
        for source in range(ITEMS):
            end = ("end", one, at(last, source))
            assert clocks.known_at_end(one, source, other) is paths.order(end, ("start", other, at(iterations, 0)))
            for target in range(ITEMS):
                for distance in range(3):
                    start = ("start", other, at(last, target))
                    for drained in (False, True):
                        first = ("drained" if drained else "end", one, at(last - distance, source))
                        expected = distance <= last and paths.order(first, start)
                        more = {"drained": True} if drained else {}
                        found = clocks.ordered(one, source, other, target, distance, **more)
                        assert found is expected, (one, source, other, target, distance, drained)


@given(edges(2, carried=False), edges(6, carried=False), edges(2, carried=False))
@settings(deadline=None, max_examples=100)
def test_flags_are_used_where_nothing_else_implies_them(
    flags: list[Edge], wanted: list[Edge], inner: list[Edge]
) -> None:
    drains = [(one, other, Pair(pair.source, pair.source + 1, 0, 0)) for one, other, pair in inner]
    used = list(PipeClocks(ITEMS, Frame(), flags, drains, optional=wanted).used)
    assert used == sorted(used, key=lambda edge: edge[2].target)
    assert set(used) <= set(wanted)
    for edge in wanted:
        assert _ordered([*flags, *used], drains, edge)
    for edge in used:
        assert not _ordered([*flags, *(each for each in used if each is not edge)], drains, edge)


def _ordered(flags: Iterable[Edge], drains: Iterable[Edge], edge: Edge) -> bool:
    one, other, pair = edge
    return Paths(Frame(), flags, drains).order(("end", one, pair.source), ("start", other, pair.target))


@given(edges(3, carried=False), edges(4), st.integers(1, 3))
@settings(deadline=None, max_examples=60)
def test_barriers_stand_where_an_access_would_come_too_early(
    flags: list[Edge], late: list[Edge], iterations: int
) -> None:
    hazards = [(pipe, pipe, pair) for pipe, _, pair in late]
    frame = Frame(iterations)
    barriers = list(PipeClocks(ITEMS, frame, flags, hazards=hazards).barriers)
    assert all(_kept_apart(frame, flags, hazard, barriers) for hazard in hazards)


@given(edges(4, carried=False), edges(4, carried=False))
@settings(deadline=None, max_examples=100)
def test_no_barrier_is_idle(flags: list[Edge], late: list[Edge]) -> None:
    hazards = [(Pipe.V, Pipe.V, pair) for _, _, pair in late]
    barriers = list(PipeClocks(ITEMS, Frame(), flags, hazards=hazards).barriers)
    for barrier in barriers:
        rest = [each for each in barriers if each != barrier]
        assert not all(_kept_apart(Frame(), flags, hazard, rest) for hazard in hazards)


def test_another_pipe_keeps_turns_apart() -> None:
    there, back = (Pipe.V, Pipe.MTE3, Pair(0, 1, 0, 1)), (Pipe.MTE3, Pipe.V, Pair(1, 0, 1, 0))
    again, twice = ((Pipe.V, Pipe.V, Pair(0, 0, distance, 0)) for distance in (1, 2))
    for hazard in (again, twice):
        assert not PipeClocks(2, Frame(4), [there, back], hazards=[hazard]).barriers
        assert list(PipeClocks(2, Frame(4), [there], hazards=[hazard]).barriers) == [(0, Pipe.V)]
    # A loop within that awaits its own flags will do as well.
    inner, behind = (Pipe.V, Pipe.MTE3, Pair(0, 1, 0, 0)), (Pipe.MTE3, Pipe.V, Pair(1, 2, 0, 2))
    late = (Pipe.V, Pipe.V, Pair(0, 2, 0, 2))
    assert not PipeClocks(3, Frame(), [behind], [inner], hazards=[late]).barriers
    assert PipeClocks(3, Frame(), [behind], hazards=[late]).barriers


def _kept_apart(frame: Frame, flags: Iterable[Edge], hazard: Edge, barriers: Iterable[tuple[int, Pipe]]) -> bool:
    """Whether a barrier stands between, or another pipe awaits the first and is awaited by the second."""
    pipe, _, pair = hazard
    places = [item for item, each in barriers if each is pipe]
    others = _through_others(frame, flags, pipe)
    for iteration in range(frame.iterations - pair.distance):
        source, target = at(iteration, pair.source), at(iteration + pair.distance, pair.target)
        between = any(place % ITEMS in places for place in range(source + 1, target + 1))
        if not between and not any(source <= one and other <= target for one, other in others):
            return False
    return True


def _through_others(frame: Frame, flags: Iterable[Edge], pipe: Pipe) -> list[tuple[int, int]]:
    """From the ends of items of a pipe to the starts of others, all of it over other pipes."""
    paths = Paths(frame, flags)
    away = [
        (at(turn, pair.source), other, at(turn, pair.target))
        for one, other, pair in flags
        if one is pipe
        for turn in range(frame.iterations)
    ]
    back = [
        (one, at(turn, pair.source), at(turn, pair.target))
        for one, other, pair in flags
        if other is pipe
        for turn in range(frame.iterations)
    ]
    return [
        (source, target)
        for source, other, there in away
        for one, here, target in back
        if paths.order(("start", other, there), ("drained", one, here))
    ]


def test_a_flag_within_an_item_is_no_order_yet() -> None:
    known: Mapping[str, bool] = {
        name: PipeClocks(2, Frame(), [(Pipe.MTE2, Pipe.V, Pair(0, 1, 0, 1))]).ordered(Pipe.MTE2, 0, Pipe.V, item, 0)
        for name, item in (("before", 0), ("behind", 1))
    }
    assert known == {"before": False, "behind": True}
