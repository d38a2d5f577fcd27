"""Which flags order the pipes of one block, and which of them are implied by others. Plain numbers, no IR.

A block is a list of items (instructions, or whole inner loops), numbered in program order. Each pipe runs its items
in that order, in a loop iteration after iteration; different pipes are ordered by flags only. A `Pair` says that item
`target` on one pipe must wait, `distance` iterations later, for item `source` on another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from tilewright.arch.chip import Pipe

RIDER_RATIO = 4
"""An object at least this many times smaller than its neighbour rides with it: one flag then serves both."""


@dataclass(frozen=True)
class Touch:
    """One access of an item to a memory object: by which pipe, whether it writes, and to which slot in iteration `i`.

    `slot` is None for an access to all slots.
    """

    item: int
    pipe: Pipe
    writes: bool
    slot: Callable[[int], int] | None = None


@dataclass(frozen=True)
class Pair:
    """Item `target` waits for item `source`, `distance` iterations later.

    `slot_of` is the item that knows which slot is meant: `target` itself, unless its wait was moved to an earlier item.
    """

    source: int
    target: int
    distance: int
    slot_of: int


@dataclass(frozen=True)
class Channel:
    """All pairs of one object between two pipes; they share event ids, one per slot.

    Attributes:
        key: names the object and tells channels apart.
        size: bytes of one slot: small objects ride along with large ones.
        slots: event ids that the channel takes; 1 where the slots are not known.
        carried: whether it orders iterations: it is then raised for each slot before the loop
            and awaited after it.
    """

    key: object
    size: int
    from_pipe: Pipe
    to_pipe: Pipe
    pairs: tuple[Pair, ...]
    slots: int
    carried: bool


def find_channels(key: object, size: int, slots: int, touches: Sequence[Touch], iterations: int) -> list[Channel]:
    """The order that the accesses to one object need.

    The accesses are played through `iterations` times. A read waits for the last write of its slot by another pipe, a
    write waits for all reads since the last write, or for that write when nothing has read it.

    Where the slots are not handed to and fro in the same way in each iteration, flags for each slot would not match:
    all accesses then count as accesses to all slots.
    """
    channels = _play(key, size, slots, touches, iterations)
    if channels is None:
        whole = [replace(touch, slot=None) for touch in touches]
        channels = _play(key, size, 1, whole, iterations)
    assert channels is not None
    return channels


def _play(key: object, size: int, slots: int, touches: Sequence[Touch], iterations: int) -> list[Channel] | None:
    """The channels of `find_channels`; None where their flags would not match."""
    history = [_SlotState() for _ in range(slots)]
    found: dict[tuple[Pipe, Pipe, bool], dict[tuple[int, int], int]] = {}

    def note(source: _Event, target: _Event) -> None:
        if source.touch.pipe is target.touch.pipe or source.touch.item == target.touch.item:
            return
        distance = target.iteration - source.iteration
        group = found.setdefault((source.touch.pipe, target.touch.pipe, distance > 0), {})
        ends = (source.touch.item, target.touch.item)
        irregular.extend([ends] if group.setdefault(ends, distance) != distance else [])

    irregular: list[tuple[int, int]] = []
    for iteration in range(iterations):
        for touch in touches:
            event = _Event(touch, iteration)
            touched = range(slots) if touch.slot is None else [touch.slot(iteration) % slots]
            for slot in touched:
                history[slot].take(event, note)
    numbered = all(touch.slot is not None for touch in touches)
    channels = [
        Channel(
            key,
            size,
            from_pipe,
            to_pipe,
            tuple(Pair(source, target, distance, target) for (source, target), distance in pairs.items()),
            slots if numbered else 1,
            carried,
        )
        for (from_pipe, to_pipe, carried), pairs in found.items()
    ]
    if numbered and slots > 1 and (irregular or not all(_match(each, touches, iterations) for each in channels)):
        return None
    return channels


def _match(channel: Channel, touches: Sequence[Touch], iterations: int) -> bool:
    """Whether the flags of each slot are raised and awaited by turns, and all handed back in each iteration."""
    raised = [channel.carried] * channel.slots
    for iteration in range(iterations):
        for item in dict.fromkeys(touch.item for touch in touches):
            for pipe, ends, sets in (
                (channel.to_pipe, {pair.target for pair in channel.pairs}, False),
                (channel.from_pipe, {pair.source for pair in channel.pairs}, True),
            ):
                if item not in ends:
                    continue
                touch = next(touch for touch in touches if touch.item == item and touch.pipe is pipe)
                assert touch.slot is not None
                slot = touch.slot(iteration) % channel.slots
                if raised[slot] is sets:
                    return False
                raised[slot] = sets
        if raised != [channel.carried] * channel.slots:
            return False
    return True


@dataclass(frozen=True)
class _Event:
    touch: Touch
    iteration: int


class _SlotState:
    """What has happened to one slot since its last write."""

    def __init__(self) -> None:
        self._writer: _Event | None = None
        self._readers: dict[Pipe, _Event] = {}
        self._synchronised: set[Pipe] = set()

    def take(self, event: _Event, note: Callable[[_Event, _Event], None]) -> None:
        """Let `event` happen, and report what it has to wait for."""
        pipe = event.touch.pipe
        if not event.touch.writes:
            if self._writer is not None and pipe not in self._synchronised:
                note(self._writer, event)
                self._synchronised.add(pipe)
            self._readers[pipe] = event
            return
        others = [reader for reader in self._readers.values() if reader.touch.pipe is not pipe]
        for reader in others:
            note(reader, event)
        if not others and self._writer is not None and pipe not in self._synchronised:
            note(self._writer, event)
        self._writer, self._readers, self._synchronised = event, {}, set()


Edge = tuple[Pipe, Pipe, Pair]


def edges_of(channels: Iterable[Channel]) -> list[Edge]:
    """The pairs of channels with their pipes."""
    return [(channel.from_pipe, channel.to_pipe, pair) for channel in channels for pair in channel.pairs]


def implied(edge: Edge, edges: Sequence[Edge]) -> bool:
    """Whether other edges and the order of each pipe already make the target of `edge` wait for its source."""
    start, goal_pipe, wanted = edge
    goal = (wanted.distance, wanted.target)
    reached: dict[Pipe, tuple[int, int]] = {start: (0, wanted.source)}
    changed = True
    while changed:
        changed = False
        for from_pipe, to_pipe, pair in edges:
            here = reached.get(from_pipe)
            if here is None:
                continue
            iteration, item = here
            raised_in = iteration if pair.source >= item else iteration + 1
            arrival = (raised_in + pair.distance, pair.target)
            if arrival <= goal and arrival < reached.get(to_pipe, (goal[0] + 1, 0)):
                reached[to_pipe] = arrival
                changed = True
    return goal_pipe in reached and reached[goal_pipe] <= goal


def reduce_channels(
    channels: Sequence[Channel],
    given: Sequence[Edge] = (),
    may_move: Callable[[Channel, Pair, int], bool] = lambda _channel, _pair, _item: False,
    items_of: Callable[[Pipe], Sequence[int]] = lambda _pipe: (),
) -> list[Channel]:
    """Leave out channels, and pairs of channels that are not carried, which the others imply.

    Args:
        channels: all channels of a block.
        given: edges that hold anyway.
        may_move: whether the wait of a pair may be moved before an earlier item of its pipe.
        items_of: the items of a pipe in order.

    A small object rides with a large one: where the wait for the large one may be moved before the neighbouring item
    that needs the small one, the small one needs no flag.
    """
    kept = sorted(channels, key=lambda channel: (channel.size, -_span(channel)))
    for channel in list(kept):
        others = [other for other in kept if other is not channel]
        smaller = _without_implied(channel, [*given, *edges_of(others)])
        if smaller is None:
            kept = others
        elif smaller is not channel:
            kept[kept.index(channel)] = smaller
    for rider in list(kept):
        for host in [other for other in kept if _can_host(other, rider)]:
            moved = _move_waits(host, rider, may_move, items_of)
            others = [moved if other is host else other for other in kept if other is not rider]
            if moved is not host and _without_implied(rider, [*given, *edges_of(others)]) is None:
                kept = others
                break
    return kept


def _span(channel: Channel) -> int:
    return max(pair.distance * 1000 + pair.target - pair.source for pair in channel.pairs)


def _without_implied(channel: Channel, edges: Sequence[Edge]) -> Channel | None:
    """The channel with the pairs that are needed; None when none is. A carried channel stays whole or goes whole."""
    needed = tuple(pair for pair in channel.pairs if not implied((channel.from_pipe, channel.to_pipe, pair), edges))
    if not needed:
        return None
    if channel.carried or len(needed) == len(channel.pairs):
        return channel
    return replace(channel, pairs=needed)


def _can_host(host: Channel, rider: Channel) -> bool:
    return (
        host is not rider
        and (host.from_pipe, host.to_pipe, host.carried) == (rider.from_pipe, rider.to_pipe, rider.carried)
        and rider.size * RIDER_RATIO <= host.size
    )


def _move_waits(
    host: Channel,
    rider: Channel,
    may_move: Callable[[Channel, Pair, int], bool],
    items_of: Callable[[Pipe], Sequence[int]],
) -> Channel:
    """The host with waits moved before the items that wait for the rider, where those are the direct neighbours."""
    items = list(items_of(host.to_pipe))
    wanted = {pair.target for pair in rider.pairs}
    pairs: list[Pair] = []
    for pair in host.pairs:
        place = items.index(pair.target) if pair.target in items else 0
        before = items[place - 1] if place > 0 else None
        # A wait cannot stand before the item of the same iteration that it waits for.
        earlier = before is not None and before in wanted and (pair.distance > 0 or pair.source < before)
        if before is not None and earlier and may_move(host, pair, before):
            pair = replace(pair, target=before)
        pairs.append(pair)
    return host if tuple(pairs) == host.pairs else replace(host, pairs=tuple(pairs))
