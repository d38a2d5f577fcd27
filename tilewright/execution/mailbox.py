"""What goes between cores: how many tiles have passed each pipe, and which signals have been set."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from tilewright.dialects.pto import KernelKind
from tilewright.dialects.pto.pipe_ends import Direction, FreeOp, PushOp
from tilewright.execution.instructions import Channel, Instruction, Signal

_ALL_OF_A_KIND, _VECTOR_CORES, _BETWEEN = 0, 1, 2
"""Who takes part in a signal: all cores of a kind, the vector cores of a block, or its cube core and these."""


@dataclass(frozen=True)
class Station:
    """A core as others see it."""

    kind: KernelKind | None
    block: int
    subblock: int


@dataclass(frozen=True)
class _Count:
    """Tiles that one core pushed, popped or gave back."""

    pipe: str
    direction: Direction
    step: str
    station: Station


class Mailbox:
    """Pipes and signals between cores, which are all of `stations`.

    A core has a counter for each number of a signal. It grows by one when all that take part have set the signal: in
    mode 0 all cores of its kind, itself among them; in mode 1 those of its kind in its block; in mode 2 those of the
    other kind there. Only who sets a signal says its mode; a wait takes one off the counter, whatever mode it came by.

    Source: the public documentation of CrossCoreSetFlag and CrossCoreWaitFlag.
    """

    def __init__(self, stations: Sequence[Station]) -> None:
        self._stations = stations
        self._passed: Counter[_Count] = Counter()
        self._sent: Counter[tuple[Station, int, int]] = Counter()
        self._arrived: Counter[tuple[Station, int, int]] = Counter()
        self._counters: dict[tuple[Station, int], int] = {}

    def may_pass(self, me: Station, instruction: Instruction) -> bool:
        """Whether there is a free slot for a push, a tile for a pop, and a tile to give back."""
        channel = _channel(instruction)
        match _step(instruction):
            case "push":
                return channel.index - self._least(me, channel, "free") < channel.slots
            case "pop":
                return channel.index < self._least(me, channel, "push")
            case _:
                return channel.index < self._passed[_Count(channel.pipe, channel.direction, "pop", me)]

    def passed(self, me: Station, instruction: Instruction) -> None:
        """Count a tile."""
        channel = _channel(instruction)
        self._passed[_Count(channel.pipe, channel.direction, _step(instruction), me)] += 1

    def may_signal(self, me: Station, signal: Signal) -> bool:
        """Whether a signal may be set, which is always, or can be taken."""
        return signal.is_set or self._counters.get((me, signal.number), 0) > 0

    def signal(self, me: Station, signal: Signal) -> None:
        """Set a signal, or take it."""
        number, mode = signal.number, signal.mode
        if not signal.is_set:
            self._counters[me, number] -= 1
            return
        self._sent[me, mode, number] += 1
        for receiver in self._partners(me, mode):
            arrived = min(self._sent[sender, mode, number] for sender in self._partners(receiver, mode))
            new = arrived - self._arrived[receiver, mode, number]
            self._arrived[receiver, mode, number] = arrived
            self._counters[receiver, number] = self._counters.get((receiver, number), 0) + new

    def is_from_outside(self, me: Station, signal: Signal) -> bool:
        """Whether who sets a signal is in a program that is not here: no core here does, or is of another kind."""
        return not self._partners(me, _BETWEEN) and (me, signal.number) not in self._counters

    def _partners(self, me: Station, mode: int) -> Sequence[Station]:
        """The cores that a signal of a core goes to, which are also those that one comes from."""
        if mode == _ALL_OF_A_KIND:
            return [other for other in self._stations if other.kind is me.kind]
        same = mode == _VECTOR_CORES
        return [other for other in self._stations if other.block == me.block and (other.kind is me.kind) is same]

    def _least(self, me: Station, channel: Channel, step: str) -> int:
        """How often the other end has done a step: of several cores, the slowest."""
        others = [each for each in self._stations if each.block == me.block and each.kind is not me.kind]
        counts = [self._passed[_Count(channel.pipe, channel.direction, step, other)] for other in others]
        return min(counts, default=0)


def _step(instruction: Instruction) -> str:
    if isinstance(instruction.op, PushOp):
        return "push"
    return "free" if isinstance(instruction.op, FreeOp) else "pop"


def _channel(instruction: Instruction) -> Channel:
    assert instruction.channel is not None
    return instruction.channel
