"""Which flags order the pipes of one block. Plain numbers, no IR; see `sync_model` for the words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from tilewright.arch.chip import Pipe
from tilewright.passes.analysis.slot_protocol import flags_serve
from tilewright.passes.analysis.sync_model import Channel, Edge, Frame, Pair, Touch


def find_channels(key: object, size: int, slots: int, touches: Sequence[Touch], frame: Frame) -> list[Channel]:
    """The order that the accesses to one object need.

    The accesses are played through. A read waits for the last write of its slot by another pipe, a write waits for all
    reads since the last write, or for that write when nothing has read it.

    Where the slots are not handed to and fro in the same way in each iteration, flags for each slot would not match:
    all accesses then count as accesses to all slots. Channels with one slot have one pair each.
    """
    if slots > 1 and all(touch.slot is not None for touch in touches):
        channels = _play(key, size, slots, touches, frame)
        if channels is not None and flags_serve(channels, touches, frame.iterations):
            return channels
    channels = _play(key, size, 1, [replace(touch, slot=None) for touch in touches], frame)
    return [single for channel in channels or () for single in _singles(channel)]


def find_hazards(slots: int, touches: Sequence[Touch], frame: Frame, pipes: frozenset[Pipe]) -> list[Edge]:
    """Accesses of one pipe to a slot that it has written before: on `pipes`, the second may start too early."""
    last: dict[tuple[int, Pipe], _Event] = {}
    found: dict[Edge, None] = {}
    for event, fenced in _events([touch for touch in touches if touch.pipe in pipes], frame):
        if fenced:
            last.clear()
        touch = event.touch
        for slot in _touched(event, slots):
            source = last.get((slot, touch.pipe))
            if source is not None and not _orders_itself(source, event, frame):
                distance = event.iteration - source.iteration
                found[touch.pipe, touch.pipe, Pair(source.touch.item, touch.item, distance, touch.item)] = None
            if touch.writes:
                last[slot, touch.pipe] = event
    return list(found)


def _play(key: object, size: int, slots: int, touches: Sequence[Touch], frame: Frame) -> list[Channel] | None:
    """The channels, with pairs as they come; None where a pair of a ring does not always have the same distance."""
    history = [_SlotState() for _ in range(slots)]
    found: dict[tuple[Pipe, Pipe, bool], dict[tuple[int, int], int]] = {}
    regular = True

    def note(source: _Event, target: _Event) -> None:
        nonlocal regular
        if source.touch.pipe is target.touch.pipe or _orders_itself(source, target, frame):
            return
        distance = target.iteration - source.iteration
        group = found.setdefault((source.touch.pipe, target.touch.pipe, distance > 0), {})
        ends = (source.touch.item, target.touch.item)
        if group.setdefault(ends, distance) != distance:
            regular = False
            group[ends] = min(group[ends], distance)

    for event, fenced in _events(touches, frame):
        if fenced:
            history = [_SlotState() for _ in range(slots)]
        for slot in _touched(event, slots):
            history[slot].take(event, note)
    if slots > 1 and not regular:
        return None
    return [
        Channel(
            key,
            size,
            from_pipe,
            to_pipe,
            tuple(Pair(source, target, distance, target) for (source, target), distance in pairs.items()),
            slots,
            carried,
        )
        for (from_pipe, to_pipe, carried), pairs in found.items()
    ]


def _singles(channel: Channel) -> list[Channel]:
    """Channels with one pair, so that each pair may have an event id of its own.

    A flag between iterations is awaited before it is raised again: the pairs that allow that become one pair, from the
    last source to the first target. The others are the same order within an iteration.
    """
    if not channel.carried:
        return [replace(channel, pairs=(pair,)) for pair in channel.pairs]
    source = max(pair.source for pair in channel.pairs)
    target = min(pair.target for pair in channel.pairs)
    if target <= source:
        return [replace(channel, pairs=(Pair(source, target, 1, target),))]
    return [replace(channel, pairs=(Pair(source, target, 0, target),), carried=False)]


@dataclass(frozen=True)
class _Event:
    touch: Touch
    iteration: int


def _events(touches: Sequence[Touch], frame: Frame) -> Iterator[tuple[_Event, bool]]:
    """All accesses in the order in which they happen, and whether a fence stands between each and the one before."""
    fences, last = sorted(frame.fences), -1
    for iteration in range(frame.iterations):
        fenced = any(last < fence for fence in fences) and iteration > 0
        last = -1
        for touch in touches:
            fenced = fenced or any(last < fence <= touch.item for fence in fences)
            yield _Event(touch, iteration), fenced
            fenced, last = False, touch.item


def _touched(event: _Event, slots: int) -> Iterable[int]:
    slot = event.touch.slot
    return range(slots) if slot is None else [slot(event.iteration) % slots]


def _orders_itself(source: _Event, target: _Event, frame: Frame) -> bool:
    """Whether both accesses stand in one item, which orders them."""
    same = source.touch.item == target.touch.item
    return same and (source.iteration == target.iteration or source.touch.item not in frame.open)


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
