"""Whether one event id per slot of a ring serves. Plain numbers, no IR; see `sync_model` for the words."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tilewright.arch.chip import Pipe
from tilewright.passes.analysis.sync_model import Channel, Touch


def flags_serve(channels: Sequence[Channel], touches: Sequence[Touch], iterations: int) -> bool:
    """Whether the flags of all channels of a ring are raised and awaited by turns, and handed back in each iteration.

    One bit holds a flag, so it is raised again only by a pipe that has heard, through flags for the same slot, that it
    was awaited.
    """
    slots = {(touch.item, touch.pipe): touch.slot for touch in touches}
    items = list(dict.fromkeys(touch.item for touch in touches))
    return all(_Protocol(channel, channels, slots).holds(items, iterations) for channel in channels)


class _Protocol:
    """The flags of one channel, one for each slot, and who has heard that they were awaited."""

    def __init__(
        self,
        channel: Channel,
        channels: Sequence[Channel],
        slots: dict[tuple[int, Pipe], Callable[[int], int] | None],
    ) -> None:
        self._channel = channel
        self._slots = slots
        self._others = [(number, other) for number, other in enumerate(channels) if other is not channel]
        self._sources = {number: {pair.source for pair in each.pairs} for number, each in enumerate(channels)}
        self._targets = {number: {pair.target for pair in each.pairs} for number, each in enumerate(channels)}
        self._number = next(number for number, each in enumerate(channels) if each is channel)
        self._raised = [channel.carried] * channel.slots
        self._heard = [set(Pipe) for _ in range(channel.slots)]
        # Flags of other channels that are up and tell it: of which channel, for which slot.
        self._telling: set[tuple[int, int]] = set()

    def holds(self, items: Sequence[int], iterations: int) -> bool:
        """Play all items through."""
        for iteration in range(iterations):
            if not all(self._await(item, iteration) and self._raise(item, iteration) for item in items):
                return False
            if self._raised != [self._channel.carried] * self._channel.slots:
                return False
        return True

    def _await(self, item: int, iteration: int) -> bool:
        for number, other in self._others:
            if item in self._targets[number]:
                slot = self._slot(item, other.to_pipe, iteration)
                if (number, slot) in self._telling:
                    self._heard[slot].add(other.to_pipe)
        if item in self._targets[self._number]:
            slot = self._slot(item, self._channel.to_pipe, iteration)
            if not self._raised[slot]:
                return False
            self._raised[slot], self._heard[slot] = False, {self._channel.to_pipe}
            self._telling -= {(number, slot) for number, _ in self._others}
        return True

    def _raise(self, item: int, iteration: int) -> bool:
        if item in self._sources[self._number]:
            slot = self._slot(item, self._channel.from_pipe, iteration)
            if self._raised[slot] or self._channel.from_pipe not in self._heard[slot]:
                return False
            self._raised[slot] = True
        for number, other in self._others:
            if item in self._sources[number]:
                slot = self._slot(item, other.from_pipe, iteration)
                if other.from_pipe in self._heard[slot]:
                    self._telling.add((number, slot))
        return True

    def _slot(self, item: int, pipe: Pipe, iteration: int) -> int:
        slot = self._slots[item, pipe]
        assert slot is not None
        return slot(iteration) % self._channel.slots
