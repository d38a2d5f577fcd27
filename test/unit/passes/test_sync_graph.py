"""Flags of random loops, against an unrolled program: every hazard is ordered, and no channel is idle."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tilewright.arch.chip import Pipe
from tilewright.passes.analysis.slot_protocol import flags_serve
from tilewright.passes.analysis.sync_graph import find_channels
from tilewright.passes.analysis.sync_model import Channel, Frame, Pair, Touch, edges_of
from tilewright.passes.analysis.sync_reduction import implied, reduce_channels

PIPES = (Pipe.MTE2, Pipe.MTE1, Pipe.M, Pipe.FIX)


@dataclass(frozen=True)
class Access:
    """`slot` is the number of the use within an iteration, of `uses`."""

    item: int
    writes: bool
    use: int


@dataclass(frozen=True)
class Ring:
    """A ring of `slots` buffers with `uses` uses an iteration, which take the slots in turn."""

    slots: int
    uses: int
    size: int
    accesses: tuple[Access, ...]

    def slot(self, use: int) -> Callable[[int], int]:
        return lambda iteration: (iteration * self.uses + use) % self.slots


@dataclass(frozen=True)
class Loop:
    """The pipe of each item of a body, and the rings that the items touch."""

    pipes: tuple[Pipe, ...]
    rings: tuple[Ring, ...]

    def touches(self, ring: Ring) -> list[Touch]:
        return [
            Touch(each.item, self.pipes[each.item], each.writes, ring.slot(each.use) if ring.slots > 1 else None)
            for each in sorted(ring.accesses, key=lambda each: each.item)
        ]

    def channels(self) -> list[Channel]:
        return [
            channel
            for key, ring in enumerate(self.rings)
            for channel in find_channels(key, ring.size, ring.slots, self.touches(ring), Frame(3 * ring.slots + 2))
        ]


@st.composite
def loops(draw: st.DrawFn, most_uses: int = 2) -> Loop:
    """Loops of cube kernels: one pipe fills a buffer, and perhaps works on it; one pipe takes its contents."""
    pipes = tuple(draw(st.lists(st.sampled_from(PIPES), min_size=2, max_size=6)))
    rings: list[Ring] = []
    for _ in range(draw(st.integers(1, 3))):
        uses = draw(st.integers(1, most_uses))
        slots = draw(st.sampled_from([1, 2, 3, 4] if uses == 1 else [1, 2, 3, 5]))
        filling, taking = draw(st.sampled_from(pipes)), draw(st.sampled_from(pipes))
        accesses: dict[int, Access] = {}
        for use in range(uses):
            free = [item for item, pipe in enumerate(pipes) if pipe in (filling, taking) and item not in accesses]
            touched = sorted(draw(st.sets(st.sampled_from(free), max_size=3))) if free else []
            for item in touched:
                fills = pipes[item] is filling
                first = fills and not any(each.use == use for each in accesses.values())
                accesses[item] = Access(item, first or (fills and draw(st.booleans())), use)
        rings.append(Ring(slots, uses, draw(st.sampled_from([16, 256, 4096])), tuple(accesses.values())))
    return Loop(pipes, tuple(rings))


Clock = dict[Pipe, int]


class Run:
    """An unrolled loop under the flags of some channels, as `FlagWriter` writes them."""

    def __init__(self, loop: Loop, channels: Sequence[Channel], iterations: int = 16) -> None:
        self._loop, self._channels, self._iterations = loop, channels, iterations
        self._clocks: dict[Pipe, Clock] = {pipe: {} for pipe in PIPES}
        self._flags: dict[tuple[int, int], deque[Clock]] = defaultdict(deque)
        self._awaited: dict[tuple[int, int], int] = {}
        self._history: dict[tuple[int, int], list[tuple[Pipe, int, bool]]] = defaultdict(list)

    def problems(self) -> Iterator[str]:
        yield from self._around(self._set)
        for iteration in range(self._iterations):
            for item in range(len(self._loop.pipes)):
                yield from self._waits(item, iteration)
                yield from self._access(item, iteration)
                yield from self._sets(item, iteration)
        yield from self._around(self._wait)
        if any(self._flags.values()):
            yield "a flag is raised at the end"

    def _around(self, act: Callable[[int, int], Iterator[str]]) -> Iterator[str]:
        """The flags before and after the loop."""
        for number, channel in enumerate(self._channels):
            for event in range(channel.slots if channel.carried else 0):
                yield from act(number, event)

    def _sets(self, item: int, iteration: int) -> Iterator[str]:
        for number, channel in enumerate(self._channels):
            if item in {pair.source for pair in channel.pairs}:
                yield from self._set(number, self._event(channel, item, iteration))

    def _waits(self, item: int, iteration: int) -> Iterator[str]:
        for number, channel in enumerate(self._channels):
            for slot_of in dict.fromkeys(pair.slot_of for pair in channel.pairs if pair.target == item):
                yield from self._wait(number, self._event(channel, slot_of, iteration))

    def _event(self, channel: Channel, item: int, iteration: int) -> int:
        if channel.slots == 1:
            return 0
        assert isinstance(channel.key, int)
        ring = self._loop.rings[channel.key]
        (use,) = {each.use for each in ring.accesses if each.item == item}
        return ring.slot(use)(iteration)

    def _tick(self, pipe: Pipe) -> int:
        self._clocks[pipe][pipe] = self._clocks[pipe].get(pipe, 0) + 1
        return self._clocks[pipe][pipe]

    def _set(self, number: int, event: int) -> Iterator[str]:
        channel, key = self._channels[number], (number, event)
        clock = self._clocks[channel.from_pipe]
        if self._flags[key] or self._awaited.get(key, 0) > clock.get(channel.to_pipe, 0):
            yield "a flag is raised again before it was awaited"
        self._tick(channel.from_pipe)
        self._flags[key].append(dict(clock))

    def _wait(self, number: int, event: int) -> Iterator[str]:
        channel, key = self._channels[number], (number, event)
        if not self._flags[key]:
            yield "a flag is awaited that is not raised"
            return
        clock = self._clocks[channel.to_pipe]
        for pipe, moment in self._flags[key].popleft().items():
            clock[pipe] = max(clock.get(pipe, 0), moment)
        self._awaited[key] = self._tick(channel.to_pipe)

    def _access(self, item: int, iteration: int) -> Iterator[str]:
        pipe = self._loop.pipes[item]
        clock, moment = self._clocks[pipe], self._tick(pipe)
        for number, ring in enumerate(self._loop.rings):
            for access in [each for each in ring.accesses if each.item == item]:
                past = self._history[number, ring.slot(access.use)(iteration)]
                for other, when, wrote in past:
                    if other is not pipe and (wrote or access.writes) and clock.get(other, 0) < when:
                        yield f"ring {number}: item {item} of iteration {iteration} does not wait for {other}"
                past.append((pipe, moment, access.writes))


@given(loops())
@settings(deadline=None, max_examples=200)
def test_channels_order_every_hazard(loop: Loop) -> None:
    assert list(Run(loop, loop.channels()).problems()) == []


@given(loops())
@settings(deadline=None, max_examples=400)
def test_reduced_channels_order_every_hazard(loop: Loop) -> None:
    assert list(Run(loop, reduce_channels(loop.channels())).problems()) == []


@given(loops())
@settings(deadline=None, max_examples=200)
def test_riding_keeps_the_order(loop: Loop) -> None:
    def may_move(channel: Channel, pair: Pair, item: int) -> bool:
        return True

    def items_of(pipe: Pipe) -> list[int]:
        return [item for item, each in enumerate(loop.pipes) if each is pipe]

    assert list(Run(loop, reduce_channels(loop.channels(), (), may_move, items_of)).problems()) == []


@given(loops(most_uses=1))
@settings(deadline=None, max_examples=200)
def test_no_kept_channel_is_idle(loop: Loop) -> None:
    kept = reduce_channels(loop.channels())
    for channel in kept:
        others = [other for other in kept if other is not channel]
        assert any(Run(loop, others).problems())


def test_an_edge_is_implied_by_a_path_over_another_pipe() -> None:
    load_move = (Pipe.MTE2, Pipe.MTE1, Pair(0, 1, 0, 1))
    move_cube = (Pipe.MTE1, Pipe.M, Pair(1, 2, 0, 2))
    load_cube = (Pipe.MTE2, Pipe.M, Pair(0, 2, 0, 2))
    assert implied(load_cube, [load_move, move_cube])
    assert not implied(load_cube, [load_move])
    assert not implied(load_move, [load_cube, move_cube])


def test_an_edge_between_iterations_is_implied_by_a_shorter_one() -> None:
    near = (Pipe.MTE1, Pipe.MTE2, Pair(1, 0, 1, 0))
    far = (Pipe.MTE1, Pipe.MTE2, Pair(1, 0, 2, 0))
    assert implied(far, [near])
    assert not implied(near, [far])


def test_given_edges_count() -> None:
    channels = find_channels("x", 32, 1, [Touch(0, Pipe.MTE2, True), Touch(1, Pipe.MTE1, False)], Frame())
    assert len(channels) == 1
    assert not channels[0].carried
    assert reduce_channels(channels, edges_of(channels)) == []


def test_a_small_buffer_rides_with_a_large_one() -> None:
    # Loads of a small and of a large tile, then the moves of both.
    touches = {
        ("small", 256): [Touch(0, Pipe.MTE2, True), Touch(2, Pipe.MTE1, False)],
        ("large", 1024): [Touch(1, Pipe.MTE2, True), Touch(3, Pipe.MTE1, False)],
    }
    channels = [found for (key, size), each in touches.items() for found in find_channels(key, size, 1, each, Frame())]
    pipes = {Pipe.MTE2: [0, 1], Pipe.MTE1: [2, 3]}
    (kept,) = reduce_channels(channels, (), lambda _channel, _pair, _item: True, lambda pipe: pipes[pipe])
    assert (kept.key, kept.pairs) == ("large", (Pair(1, 2, 0, 3),))
    both = reduce_channels(channels, (), lambda _channel, _pair, _item: False, lambda pipe: pipes[pipe])
    assert {channel.key for channel in both} == {"small", "large"}


def _channel(key: str, size: int, pairs: tuple[Pair, ...], *, slots: int = 1, back: bool = False) -> Channel:
    """From MTE2 to MTE1, or back, between iterations."""
    pipes = (Pipe.MTE1, Pipe.MTE2) if back else (Pipe.MTE2, Pipe.MTE1)
    return Channel(key, size, *pipes, pairs, slots, back)


def test_pairs_that_others_imply_go_one_by_one_unless_the_channel_orders_iterations() -> None:
    # Items 0 to 2 load, 3 to 5 move; what waits for item 1 has waited for item 0.
    near = _channel("one", 64, (Pair(1, 3, 0, 3),))
    ring = _channel("ring", 64, (Pair(0, 4, 0, 4), Pair(2, 5, 0, 5)), slots=2)
    assert reduce_channels([ring, near]) == [replace(ring, pairs=(Pair(2, 5, 0, 5),)), near]
    again = _channel("one", 64, (Pair(4, 1, 1, 1),), back=True)
    carried = _channel("ring", 64, (Pair(3, 2, 2, 2), Pair(5, 0, 2, 0)), slots=2, back=True)
    assert reduce_channels([carried, again]) == [carried, again]
    assert reduce_channels([replace(carried, pairs=carried.pairs[:1]), again]) == [again]


def test_of_two_that_imply_each_other_the_small_one_goes_then_the_long_one() -> None:
    pairs = (Pair(0, 3, 0, 3),)
    small, large = _channel("small", 32, pairs), _channel("large", 64, pairs)
    assert reduce_channels([small, large]) == reduce_channels([large, small]) == [large]
    short, long = _channel("short", 64, (Pair(1, 2, 0, 2),)), _channel("long", 64, (Pair(0, 3, 0, 3),))
    assert reduce_channels([short, long]) == reduce_channels([long, short]) == [short]
    once, twice = (_channel(str(by), 64, (Pair(3, 0, by, 0),), back=True) for by in (1, 2))
    assert reduce_channels([once, twice]) == reduce_channels([twice, once]) == [once]


@pytest.mark.parametrize(
    ("small", "large", "rides"),
    [(256, 1024, True), (257, 1024, False), (256, 1023, False), (1024, 256, False), (1, 1024, True)],
)
def test_only_what_is_four_times_smaller_rides(small: int, large: int, rides: bool) -> None:
    one, other = _channel("small", small, (Pair(0, 2, 0, 2),)), _channel("large", large, (Pair(1, 3, 0, 3),))
    items = {Pipe.MTE2: [0, 1], Pipe.MTE1: [2, 3]}
    kept = reduce_channels([one, other], (), lambda _channel, _pair, _item: True, lambda pipe: items[pipe])
    assert kept == (
        [replace(other, pairs=(Pair(1, 2, 0, 3),))] if rides else [one, other][:: 1 if small < large else -1]
    )


@pytest.mark.parametrize(
    ("wait", "moved"),
    [
        # Its wait moves by one item, to one that the small buffer waits at, behind what it waits for itself.
        (Pair(1, 4, 0, 4), True),
        (Pair(2, 4, 0, 4), True),
        (Pair(3, 4, 0, 4), False),
        (Pair(1, 5, 0, 5), False),
    ],
)
def test_a_wait_moves_to_its_neighbour(wait: Pair, moved: bool) -> None:
    small, large = _channel("small", 16, (Pair(0, 3, 0, 3),)), _channel("large", 1024, (wait,))
    items = {Pipe.MTE2: [0, 1, 2], Pipe.MTE1: [3, 4, 5]}
    kept = reduce_channels([small, large], (), lambda _channel, _pair, _item: True, lambda pipe: items[pipe])
    assert (len(kept) == 1) is moved
    if moved:
        assert kept[0].pairs == (replace(wait, target=3),)


def test_a_wait_between_iterations_moves_before_what_it_waits_for() -> None:
    small = _channel("small", 16, (Pair(2, 0, 1, 0),), back=True)
    large = _channel("large", 1024, (Pair(3, 1, 1, 1),), back=True)
    items = {Pipe.MTE2: [0, 1], Pipe.MTE1: [2, 3]}
    asked: list[tuple[object, Pair, int]] = []

    def may_move(channel: Channel, pair: Pair, item: int) -> bool:
        asked.append((channel.key, pair, item))
        return True

    kept = reduce_channels([small, large], (), may_move, lambda pipe: items[pipe])
    assert kept == [replace(large, pairs=(Pair(3, 0, 1, 1),))]
    assert asked == [("large", Pair(3, 1, 1, 1), 0)]


def alternating(iteration: int) -> int:
    return iteration % 2


def growing(iteration: int) -> int:
    return iteration * iteration % 3


def test_slots_that_do_not_match_count_as_one() -> None:
    # Written by turns, but always read from the first: flags for each slot would never be awaited.
    touches = [Touch(0, Pipe.MTE2, True, alternating), Touch(1, Pipe.MTE1, False, lambda _iteration: 0)]
    assert {channel.slots for channel in find_channels("x", 32, 2, touches, Frame(8))} == {1}


def test_slots_in_no_regular_order_count_as_one() -> None:
    touches = [Touch(0, Pipe.MTE2, True, growing), Touch(1, Pipe.MTE1, False, growing)]
    assert {channel.slots for channel in find_channels("x", 32, 3, touches, Frame(11))} == {1}


def test_slots_by_turns_get_an_id_each() -> None:
    touches = [Touch(0, Pipe.MTE2, True, alternating), Touch(1, Pipe.MTE1, False, alternating)]
    there, back = find_channels("x", 32, 2, touches, Frame(8))
    assert (there.slots, there.carried, there.pairs) == (2, False, (Pair(0, 1, 0, 1),))
    assert (back.slots, back.carried, back.pairs) == (2, True, (Pair(1, 0, 2, 0),))


def test_a_flag_is_raised_again_by_who_has_heard_that_it_was_awaited() -> None:
    touches = [Touch(0, Pipe.MTE2, True, alternating), Touch(1, Pipe.MTE1, False, alternating)]
    there = replace(_channel("x", 32, (Pair(0, 1, 0, 1),)), slots=2)
    back = replace(_channel("x", 32, (Pair(1, 0, 2, 0),), back=True), slots=2)
    assert flags_serve([there, back], touches, 8)
    assert flags_serve([back, there], touches, 8)
    assert not flags_serve([there], touches, 8)
    assert flags_serve([there], touches, 2)
    assert not flags_serve([back], touches, 8)
    # Raised for one slot and awaited for another; raised behind the wait.
    assert not flags_serve([there, back], [touches[0], replace(touches[1], slot=growing)], 8)
    assert not flags_serve(
        [replace(there, pairs=(Pair(1, 0, 0, 0),), from_pipe=Pipe.MTE1, to_pipe=Pipe.MTE2)], touches, 1
    )
    # Nobody awaits the flag of one.
    lost = replace(there, pairs=(Pair(0, 2, 0, 2),))
    assert not flags_serve([lost], touches, 1)
    assert not flags_serve([there, back, lost], touches, 1)


def test_a_flag_is_awaited_as_often_as_it_is_raised() -> None:
    twice = [Touch(item, Pipe.MTE2, True, alternating) for item in (0, 2)] + [Touch(1, Pipe.MTE1, False, alternating)]
    channel = replace(_channel("x", 32, ()), slots=2)
    pairs = (Pair(1, 0, 0, 0), Pair(1, 2, 0, 2))
    again = replace(channel, pairs=pairs, from_pipe=Pipe.MTE1, to_pipe=Pipe.MTE2)
    assert not flags_serve([again], sorted(twice, key=lambda touch: touch.item), 1)
    once = [Touch(0, Pipe.MTE2, True, alternating), Touch(1, Pipe.MTE2, True, alternating)]
    taken = [*once, Touch(2, Pipe.MTE1, False, alternating)]
    assert flags_serve([replace(channel, pairs=(Pair(1, 2, 0, 2),))], taken, 1)
    assert not flags_serve([replace(channel, pairs=(Pair(0, 2, 0, 2), Pair(1, 2, 0, 2)))], taken, 1)


def test_a_flag_that_was_raised_before_a_wait_does_not_tell_of_it() -> None:
    # Items 0 and 3 are of MTE2, 1 and 2 of MTE1.
    touches = [Touch(item, Pipe.MTE2 if item in (0, 3) else Pipe.MTE1, True, alternating) for item in range(4)]
    back = Channel("x", 32, Pipe.MTE1, Pipe.MTE2, (Pair(1, 3, 0, 3),), 2, False)
    again = Channel("x", 32, Pipe.MTE2, Pipe.MTE1, (Pair(3, 1, 2, 1),), 2, True)
    for awaited, serves in ((1, True), (2, False)):
        there = replace(_channel("x", 32, (Pair(0, awaited, 0, awaited),)), slots=2)
        assert flags_serve([there, back, again], touches, 8) is serves
