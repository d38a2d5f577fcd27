"""What goes between the simulated cores of a block: when tiles were pushed, popped and freed, and signals set."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Sequence
from typing import TypeAlias

from tilewright.dialects.pto.pipe_ends import Direction
from tilewright.execution.instructions import Channel, Signal
from tilewright.timing.passages import Passage
from tilewright.timing.queues import Kind

_ALL_OF_A_KIND, _VECTOR_CORES, _BETWEEN = 0, 1, 2
"""Who takes part in a signal: all cores of a kind, the vector cores of a cube core, or that and these."""

_Key: TypeAlias = tuple[str, Direction, Kind, str]
"""A pipe, the way that a tile goes, what happened to it, and on which core."""


def kind_of_core(name: str) -> str:
    """The first word of a core's name: `vector` of `vector 1`."""
    return name.partition(" ")[0]


class Exchange:
    """Pipes and signals between the cores of one block.

    A tile may be pushed when every core at the other end has given back the slots of its group, and popped when every
    core at the other end has pushed it. A signal comes from all cores that take part; cores of other blocks do not. It
    takes no time to arrive, which is an assumption, as nothing is published about it.

    Args:
        cores: their names; those whose first words differ stand at different ends of a pipe.
    """

    def __init__(self, cores: Sequence[str]) -> None:
        self._others = {core: [other for other in cores if kind_of_core(other) != kind_of_core(core)] for core in cores}
        self._peers = {core: [other for other in cores if kind_of_core(other) == kind_of_core(core)] for core in cores}
        self._passed: defaultdict[_Key, list[int]] = defaultdict(list)
        self._sent: defaultdict[tuple[str, str, int, int], deque[int]] = defaultdict(deque)
        self._arrived: dict[tuple[str, int], deque[int]] = {}
        self.changes = 0

    def passage(self, core: str, kind: Kind, channel: Channel) -> Passage:
        """What pushes, pops or frees tiles of a pipe: a push waits for a slot, a pop for a tile, neither for itself."""

        def times(what: Kind, who: str) -> list[int]:
            return self._passed[channel.pipe, channel.direction, what, who]

        noted, others = times(kind, core), self._others[core]
        match kind:
            case Kind.FREE:
                return Passage(noted, [times(Kind.POP, core)])
            case Kind.POP:
                return Passage(noted, [times(Kind.PUSH, other) for other in others])
            case _:
                return Passage(noted, [times(Kind.FREE, other) for other in others], channel.slots, channel.period)

    def note(self, passage: Passage, at: int) -> None:
        """Note that a tile was pushed, popped or freed, the first that was not yet."""
        passage.noted.append(at)
        self.changes += 1

    def set_signal(self, core: str, signal: Signal, at: int) -> None:
        """Note that a core has set a signal, which is there for another once all that it comes from have."""
        number, mode = signal.number, signal.mode
        for receiver in self._partners(core, mode):
            self._sent[core, receiver, mode, number].append(at)
            sent = [self._sent[sender, receiver, mode, number] for sender in self._partners(receiver, mode)]
            arrived = self._arrived.setdefault((receiver, number), deque())
            if all(sent):
                arrived.append(max([times.popleft() for times in sent]))
        self.changes += 1

    def take_signal(self, core: str, signal: Signal) -> int | None:
        """Take a signal, whatever mode it was set in: the cycle from which it is there; None when it is not.

        One that comes from a program that is not simulated is there from the start.
        """
        arrived = self._arrived.get((core, signal.number))
        if arrived is None:
            return None if self._partners(core, _BETWEEN) else 0
        return arrived.popleft() if arrived else None

    def _partners(self, core: str, mode: int) -> list[str]:
        """The cores that a signal of a core goes to, which are also those that one comes from."""
        return self._peers[core] if mode in (_ALL_OF_A_KIND, _VECTOR_CORES) else self._others[core]
