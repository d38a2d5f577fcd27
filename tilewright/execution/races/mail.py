"""What cores tell each other: signals by number, and tiles in pipes between cores."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tilewright.dialects.pto import KernelKind
from tilewright.dialects.pto.pipe_ends import PopOp, PushOp
from tilewright.execution.instructions import Channel, Signal
from tilewright.execution.races.clocks import Clock, Clocks, agent
from tilewright.execution.races.events import Event, Unpopped

_Box = dict[int, deque[tuple[Clock, Event]]]
"""What each sender has sent to one core under one key and the core has not taken yet."""


@dataclass(frozen=True, slots=True)
class Core:
    """A core of a run.

    Attributes:
        kind: cube or vector.
        group: the block that it works on, with the cores of the same number.
        subblock: which of the vector cores of its block it is.
        program: what it runs, if the other cores of its kind and block do the same with the same data; else None.
    """

    kind: KernelKind
    group: int = 0
    subblock: int = 0
    program: object = None


class Mail:
    """Everything that is under way between cores. Who takes it waits as a whole core: so the library waits."""

    def __init__(self, clocks: Clocks, cores: Sequence[Core]) -> None:
        self._clocks = clocks
        self._cores = cores
        self._boxes: dict[tuple[int, object], _Box] = defaultdict(lambda: defaultdict(deque))
        self._signals: dict[tuple[int, int], deque[Clock]] = {}

    def send_signal(self, event: Event, signal: Signal) -> None:
        """Send a signal to all who may wait for it: it is there for one once all who take part have sent it."""
        for other in self._partners(event.core, signal.mode):
            key = "signal", signal.mode, signal.number
            self._send(event, other, key)
            there = self._signals.setdefault((other, signal.number), deque())
            box, senders = self._boxes[other, key], self._partners(other, signal.mode)
            if all(box[sender] for sender in senders):
                messages = [box[sender].popleft()[0] for sender in senders]
                there.append([max(moments) for moments in zip(*messages, strict=True)])

    def take_signal(self, event: Event, signal: Signal) -> bool:
        """Let a core take a signal, whatever mode it was sent by; False when it is not there yet."""
        there = self._signals.get((event.core, signal.number))
        if not there:
            return False
        self._clocks.hear_all(event.core, there.popleft())
        return True

    def is_from_outside(self, event: Event, signal: Signal) -> bool:
        """Whether who sends a signal is in a program that nobody has: no core here does, or is of the other kind."""
        return not self._partners(event.core, _BETWEEN) and (event.core, signal.number) not in self._signals

    def enter(self, event: Event, channel: Channel) -> bool:
        """Let a core wait for a tile, or for free slots, in front of an instruction on a pipe between cores."""
        partners = self._partners(event.core, _BETWEEN)
        if not partners:
            return True  # the other end is in a program that nobody has
        if isinstance(event.instruction.op, PushOp):
            period = _period(channel)
            if channel.index < channel.slots or channel.index % period:
                return True
            return self._take(event.core, (channel.pipe, channel.direction, "free"), partners)
        if isinstance(event.instruction.op, PopOp):
            return self._take(event.core, (channel.pipe, channel.direction, "full"), partners)
        return True

    def leave(self, event: Event, channel: Channel) -> None:
        """Tell the other cores that a tile is there, or that slots are free, once an instruction has ended."""
        kind = "full" if isinstance(event.instruction.op, PushOp) else "free"
        if kind == "free" and (channel.index + 1) % _period(channel):
            return
        for other in self._partners(event.core, _BETWEEN):
            self._send(event, other, (channel.pipe, channel.direction, kind))

    def left(self) -> Iterator[Unpopped]:
        """Give the tiles that are under way at the end."""
        for (_, key), box in self._boxes.items():
            if isinstance(key, tuple) and key[-1] == "full":
                for sent in box.values():
                    for _, event in sent:
                        yield Unpopped(event)

    def _partners(self, core: int, mode: int) -> tuple[int, ...]:
        own = self._cores[core]
        if mode == _BETWEEN:
            return tuple(
                number
                for number, other in enumerate(self._cores)
                if other.group == own.group and other.kind is not own.kind
            )
        return tuple(
            number
            for number, other in enumerate(self._cores)
            if other.kind is own.kind and (mode == _ALL_OF_A_KIND or other.group == own.group)
        )

    def _send(self, event: Event, other: int, key: object) -> None:
        message = self._clocks.message(agent(event.core, event.pipe))
        self._boxes[other, key][event.core].append((message, event))

    def _take(self, core: int, key: object, senders: Sequence[int]) -> bool:
        box = self._boxes[core, key]
        if not all(box[sender] for sender in senders):
            return False
        for sender in senders:
            message, _ = box[sender].popleft()
            self._clocks.hear_all(core, message)
        return True


_ALL_OF_A_KIND, _BETWEEN = 0, 2
"""The modes of what goes between all cores of a kind, and between a cube core and its vector cores; 1 is between the
vector cores of a block."""


def _period(channel: Channel) -> int:
    """Free slots are reported, and waited for, so many at a time."""
    return channel.slots if channel.slots <= 2 else channel.slots // 2
