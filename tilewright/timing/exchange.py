"""What goes between the simulated cores of a block: when tiles were pushed, popped and freed, and signals set."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TypeAlias

from tilewright.execution.instructions import Channel, Signal
from tilewright.timing.queues import Kind

_ALL_OF_A_KIND, _VECTOR_CORES = 0, 1
"""Who takes part in a signal; any other mode is a cube core and its vector cores."""

_Key: TypeAlias = tuple[str, int, int, str]
"""A pipe, the way that a tile goes, what happened to it, and on which core; numbers, since enums are slow as keys."""


def kind_of_core(name: str) -> str:
    """The first word of a core's name: `vector` of `vector 1`."""
    return name.partition(" ")[0]


class Exchange:
    """Pipes and signals between the cores of one block.

    A tile may be pushed when every core at the other end has given back the slot that it takes, and popped when every
    core at the other end has pushed it. A signal comes from all cores that take part; cores of other blocks do not. It
    takes no time to arrive, and holds up the queue that awaits it, not the scalar unit: both are assumptions, as
    nothing is published about them.

    Args:
        cores: their names; those whose first words differ stand at different ends of a pipe.
    """

    def __init__(self, cores: Sequence[str]) -> None:
        self._others = {core: [other for other in cores if kind_of_core(other) != kind_of_core(core)] for core in cores}
        self._peers = {core: [other for other in cores if kind_of_core(other) == kind_of_core(core)] for core in cores}
        self._passed: defaultdict[_Key, list[int]] = defaultdict(list)
        self._sent: defaultdict[tuple[str, int], list[int]] = defaultdict(list)
        self._taken: defaultdict[tuple[str, int], int] = defaultdict(int)
        self.changes = 0

    def ready(self, core: str, kind: Kind, channel: Channel) -> int | None:
        """The cycle from which a tile may be pushed, popped or freed; None when that is not known yet."""
        if kind is Kind.FREE:
            return self._at(channel, Kind.POP, core, channel.index)
        if kind is Kind.POP:
            awaited, index = Kind.PUSH, channel.index
        else:
            awaited, index = Kind.FREE, channel.index - channel.slots
            if index < 0:
                return 0
        latest = 0
        for other in self._others[core]:
            at = self._at(channel, awaited, other, index)
            if at is None:
                return None
            latest = max(latest, at)
        return latest

    def passed(self, core: str, kind: Kind, channel: Channel, at: int) -> None:
        """Note that a tile was pushed, popped or freed."""
        self._passed[channel.pipe, +channel.direction, +kind, core].append(at)
        self.changes += 1

    def set_signal(self, core: str, signal: Signal, at: int) -> None:
        """Note that a core has set a signal."""
        self._sent[core, signal.number].append(at)
        self.changes += 1

    def take_signal(self, core: str, signal: Signal) -> int | None:
        """Take a signal: the cycle in which the last of those that it comes from set it; None when one has not yet."""
        number = self._taken[core, signal.number]
        latest = 0
        for sender in self._senders(core, signal.mode):
            sent = self._sent[sender, signal.number]
            if len(sent) <= number:
                return None
            latest = max(latest, sent[number])
        self._taken[core, signal.number] += 1
        return latest

    def _senders(self, core: str, mode: int) -> list[str]:
        return self._peers[core] if mode in (_ALL_OF_A_KIND, _VECTOR_CORES) else self._others[core]

    def _at(self, channel: Channel, kind: Kind, core: str, index: int) -> int | None:
        times = self._passed[channel.pipe, +channel.direction, +kind, core]
        return times[index] if index < len(times) else None
