"""Which flags order the pipes of one block. Plain numbers, no IR; see `sync_model` for the words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from tilewright.arch.chip import Pipe
from tilewright.passes.analysis.slot_protocol import flags_serve
from tilewright.passes.analysis.sync_model import Channel, Edge, Frame, Pair, Touch


def find_channels(key: object, size: int, slots: int, touches: Sequence[Touch], frame: Frame) -> list[Channel]:
    """The order that the accesses to one object need.

    The accesses are played through. A read waits for the last write of its slot by another pipe, a write waits for all
    reads since the last write, or for that write when nothing has read it. What stands inside of a loop or a branch may
    not happen at all.

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
    found = _Found(frame)
    history = [_SlotState() for _ in range(slots)]
    for events, fenced in _by_item(touches, frame):
        if fenced:
            history = [_SlotState() for _ in range(slots)]
        by_slot: dict[int, list[_Event]] = {}
        for event in events:
            for slot in _touched(event, slots):
                by_slot.setdefault(slot, []).append(event)
        perhaps = events[0].touch.item in frame.inner
        for slot, own in sorted(by_slot.items(), key=lambda entry: entry[0]):
            if perhaps:
                history[slot].take_perhaps(own, found.note)
            else:
                history[slot].take(own, found.note)
    if slots > 1 and not found.regular:
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
        for (from_pipe, to_pipe, carried), pairs in found.pairs.items()
    ]


class _Found:
    """The pairs so far, and whether each always had the same distance."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame
        self.pairs: dict[tuple[Pipe, Pipe, bool], dict[tuple[int, int], int]] = {}
        self.regular = True

    def note(self, source: _Event, target: _Event) -> bool:
        """Let one access wait for another, unless the pipe or the item sees to that.

        Returns:
            Whether what the source had to wait for has then ended for the target as well. A loop or a branch that
            settles the order itself says nothing of that: it may not run.
        """
        pipes = (source.touch.pipe, target.touch.pipe)
        if pipes[0] is pipes[1] or _orders_itself(source, target, self._frame):
            return True
        if (source.touch.item, *pipes) in self._frame.settled and not _together(source, target):
            return False
        distance = target.iteration - source.iteration
        group = self.pairs.setdefault((source.touch.pipe, target.touch.pipe, distance > 0), {})
        ends = (source.touch.item, target.touch.item)
        if group.setdefault(ends, distance) != distance:
            self.regular = False
        return True


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


@dataclass(frozen=True, eq=False, slots=True)
class _Event:
    touch: Touch
    iteration: int


_Note = Callable[[_Event, _Event], bool]
_Place = tuple[Pipe, int, int | None]


def _place(event: _Event) -> _Place:
    """Where an access stands, whatever the iteration."""
    return event.touch.pipe, event.touch.item, event.touch.strand


def _by_item(touches: Sequence[Touch], frame: Frame) -> Iterator[tuple[list[_Event], bool]]:
    """The accesses of each item, in the order in which items happen, and whether a fence stands in front of it."""
    for (_, _), group in groupby(_events(touches, frame), lambda entry: (entry[0].iteration, entry[0].touch.item)):
        entries = list(group)
        yield [event for event, _ in entries], entries[0][1]


def _events(touches: Sequence[Touch], frame: Frame) -> Iterator[tuple[_Event, bool]]:
    """All accesses in the order in which they happen, and whether a fence stands between each and the one before."""
    fences, last = sorted(frame.fences), -1
    for iteration in range(frame.iterations):
        fenced = any(last < fence for fence in fences)
        last = -1
        for touch in touches:
            fenced = fenced or any(last < fence <= touch.item for fence in fences)
            yield _Event(touch, iteration), fenced
            fenced, last = False, touch.item


def _touched(event: _Event, slots: int) -> Iterable[int]:
    slot = event.touch.slot
    return range(slots) if slot is None else [slot(event.iteration) % slots]


def _together(source: _Event, target: _Event) -> bool:
    """Whether both accesses stand in one run of one item."""
    return source.touch.item == target.touch.item and source.iteration == target.iteration


def _orders_itself(source: _Event, target: _Event, frame: Frame) -> bool:
    """Whether both accesses stand in one item, which orders them."""
    same = source.touch.item == target.touch.item
    return _together(source, target) or (same and source.touch.item not in frame.open)


class _SlotState:
    """What has happened to one slot since its last write.

    Behind a branch, any of several accesses may be the last. A read that certainly happens stands for those before it
    on its pipe.
    """

    def __init__(self) -> None:
        self._writers: dict[_Place, _Event] = {}
        self._readers: dict[_Place, _Event] = {}
        # Which pipes, and which accesses, come after which write.
        self._knows: set[tuple[Pipe | _Event, _Event]] = set()

    def take(self, events: Sequence[_Event], note: _Note) -> None:
        """Let the events of an instruction happen, and report what each has to wait for."""
        for event in events:
            self._wait(event, note)
            if event.touch.writes:
                self._writers, self._readers, self._knows = {_place(event): event}, {}, set()
            else:
                others = {place: reader for place, reader in self._readers.items() if place[0] is not event.touch.pipe}
                self._readers = {**others, _place(event): event}

    def take_perhaps(self, events: Sequence[_Event], note: _Note) -> None:
        """Let the events of a loop or a branch happen, or not.

        Each strand happens as a whole, so there a write stands for what it waited for. What was before stays as it is,
        beside what any strand makes of it.
        """
        strands: dict[int | None, list[_Event]] = {}
        for event in events:
            strands.setdefault(event.touch.strand, []).append(event)
        loose = strands.pop(None, [])
        for event in loose:
            self._wait(event, note)
        ends = [self._after(strand, note) for strand in strands.values()]
        new = set(events)
        for end in ends:
            self._writers |= {place: event for place, event in end._writers.items() if event in new}
            self._readers |= {place: event for place, event in end._readers.items() if event in new}
            self._knows |= end._knows
        for event in loose:
            (self._writers if event.touch.writes else self._readers)[_place(event)] = event

    def _after(self, events: Sequence[_Event], note: _Note) -> _SlotState:
        """What becomes of the slot when the events happen."""
        end = _SlotState()
        end._writers, end._readers, end._knows = dict(self._writers), dict(self._readers), set(self._knows)
        end.take(events, note)
        return end

    def _wait(self, event: _Event, note: _Note) -> None:
        pipe = event.touch.pipe
        others = [reader for reader in self._readers.values() if reader.touch.pipe is not pipe and event.touch.writes]
        telling = [reader for reader in others if note(reader, event)]
        for writer in self._writers.values():
            if (pipe, writer) not in self._knows and not any((reader, writer) in self._knows for reader in telling):
                note(writer, event)
                self._knows.add((pipe, writer))
            if (pipe, writer) in self._knows:
                self._knows.add((event, writer))
