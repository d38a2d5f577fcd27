"""What goes between the cores of a block: how many tiles have passed each pipe, and which signals have been set."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tilewright.dialects.pto import KernelKind
from tilewright.dialects.pto.pipe_ends import Direction, FreeOp, PushOp
from tilewright.execution.instructions import Channel, Instruction, Signal

_ALL_OF_A_KIND, _VECTOR_CORES = 0, 1
"""Who takes part in a signal; any other mode is a cube core and its vector cores."""


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
    """Pipes and signals between cores, which are all of `stations`."""

    def __init__(self, stations: Sequence[Station]) -> None:
        self._stations = stations
        self._passed: Counter[_Count] = Counter()
        self._sent: Counter[tuple[Station, int]] = Counter()
        self._taken: Counter[tuple[Station, Station, int]] = Counter()

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
        """Whether a signal may be set, which is always, or has been set by all that it comes from."""
        return signal.is_set or all(
            self._sent[sender, signal.number] > self._taken[me, sender, signal.number]
            for sender in self._senders(me, signal.mode)
        )

    def signal(self, me: Station, signal: Signal) -> None:
        """Set a signal, or take it."""
        if signal.is_set:
            self._sent[me, signal.number] += 1
            return
        for sender in self._senders(me, signal.mode):
            self._taken[me, sender, signal.number] += 1

    def _senders(self, me: Station, mode: int) -> Iterator[Station]:
        for other in self._stations:
            same_block, same_kind = other.block == me.block, other.kind is me.kind
            if mode == _ALL_OF_A_KIND:
                takes_part = same_kind
            elif mode == _VECTOR_CORES:
                takes_part = same_block and same_kind
            else:
                takes_part = same_block and not same_kind
            if takes_part:
                yield other

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
