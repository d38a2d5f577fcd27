"""Tiles that came through a pipe between cores and were given back: nothing may use them any more."""

from __future__ import annotations

from collections import deque

from tilewright.dialects.pto.pipe_ends import FreeOp, PopOp
from tilewright.execution.races.events import AfterFree, Event
from tilewright.execution.races.touches import Touch, touches_of


class FreedTiles:
    """The tiles that one core has taken and given back."""

    def __init__(self) -> None:
        self._taken: dict[object, deque[Touch]] = {}
        self._freed: dict[Touch, Event] = {}

    def use(self, event: Event) -> AfterFree | None:
        """Note what an instruction takes and gives back; say when it reads what was given back."""
        instruction = event.instruction
        channel, op = instruction.channel, instruction.op
        if channel is None and not self._freed:
            return None
        if channel is not None and isinstance(op, FreeOp):
            taken = self._taken.get((channel.pipe, channel.direction))
            if taken:
                self._freed[taken.popleft()] = event
            return None
        return self._check(event)

    def _check(self, event: Event) -> AfterFree | None:
        found: AfterFree | None = None
        channel = event.instruction.channel
        own = [touch for touch in touches_of(event.instruction, event.core) if touch.memory[0] == event.core]
        for touch in own:
            for freed, free in list(self._freed.items()):
                if freed.memory == touch.memory and freed.region.overlaps(touch.region):
                    if touch.writes:
                        del self._freed[freed]
                    else:
                        found = AfterFree(free, event)
            if touch.writes and channel is not None and isinstance(event.instruction.op, PopOp):
                self._taken.setdefault((channel.pipe, channel.direction), deque()).append(touch)
        return found
