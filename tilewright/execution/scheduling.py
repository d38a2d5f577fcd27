"""In which order the pipes of one or more cores finish their work: as early, as late, or as random as flags allow.

Each pipe of each core is a queue. The scalar unit fills the queues in program order; what stands at the head of a queue
runs as soon as the order chosen says so and its flag, slot or signal is there; instructions of the vector pipe may end
before those in front of them. A program without races computes the same in every order.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from random import Random

from tilewright.arch.chip import Pipe
from tilewright.dialects.diagnostics import SourceLocation, fail
from tilewright.dialects.pto.pipe_ends import PopOp, PushOp
from tilewright.execution.counts import Counts
from tilewright.execution.instructions import Flag, Instruction
from tilewright.execution.mailbox import Mailbox, Station
from tilewright.execution.overtaking import may_end_next
from tilewright.execution.physical_engine import Core


class Order(StrEnum):
    """Which of the queues that may go on goes on.

    EARLY lets those that bring data run ahead, which shows what is overwritten too soon; LATE those that use data,
    which shows what is read too soon; RANDOM draws. Within the vector pipe, EARLY ends instructions in order, LATE
    those first that stand last.
    """

    EARLY = "early"
    LATE = "late"
    RANDOM = "random"


_TOWARDS_THE_END = (Pipe.MTE2, Pipe.MTE1, Pipe.V, Pipe.M, Pipe.FIX, Pipe.MTE3)
"""The pipes in the order in which data passes them."""


@dataclass
class CoreRun:
    """One core at work.

    Attributes:
        name: for messages.
        station: which core it is.
        core: its memories.
        stream: its instructions; taking the next one may read memory.
        counts: what is done.
    """

    name: str
    station: Station
    core: Core
    stream: Iterator[Instruction]
    counts: Counts
    queues: dict[Pipe, deque[Instruction]] = field(default_factory=dict[Pipe, "deque[Instruction]"])
    raised: set[tuple[Pipe, Pipe, int]] = field(default_factory=set[tuple[Pipe, Pipe, int]])
    blocking: Instruction | None = None
    ended: bool = False

    @property
    def idle(self) -> bool:
        """Whether no queue holds anything."""
        return not any(self.queues.values())


class Machine:
    """Cores that share global memory.

    Args:
        cores: all of them.
        mailbox: what goes between them.
        order: who goes on.
        seed: for RANDOM.
    """

    def __init__(self, cores: Sequence[CoreRun], mailbox: Mailbox, order: Order, seed: int) -> None:
        self._cores = cores
        self._mailbox = mailbox
        self._order = order
        self._random = Random(seed)

    def run(self) -> None:
        """Run all cores to their ends.

        Raises:
            DiagnosticError: TW0470 when nothing can go on; what the engine raises.
        """
        while True:
            for core in self._cores:
                self._fill(core)
            ready = [
                (core, pipe) for core in self._cores for pipe, queue in core.queues.items() if self._ready(core, queue)
            ]
            if ready:
                core, pipe = self._choose(ready)
                self._do(core, self._take(core.queues[pipe]))
            elif not any(self._unblock(core) for core in self._cores):
                if all(core.ended and core.idle for core in self._cores):
                    return
                if not any([self._let_go(core) for core in self._cores]):
                    self._stuck()

    def _fill(self, core: CoreRun) -> None:
        """Let the scalar unit run on until something holds it up."""
        while not core.ended and core.blocking is None:
            instruction = next(core.stream, None)
            if instruction is None:
                core.ended = True
            elif instruction.pipe in (Pipe.S, Pipe.ALL) or _awaits_others(instruction):
                core.blocking = instruction
                self._unblock(core)
            else:
                core.queues.setdefault(instruction.pipe, deque()).append(instruction)

    def _unblock(self, core: CoreRun) -> bool:
        """Do what the scalar unit waits with, if that can be done now."""
        instruction = core.blocking
        if instruction is None:
            return False
        waits_for_all = instruction.pipe is Pipe.ALL and not core.idle
        if waits_for_all or not self._possible(core, instruction):
            return False
        core.blocking = None
        if instruction.channel is not None:
            core.queues.setdefault(instruction.pipe, deque()).append(instruction)
        else:
            self._do(core, instruction)
        return True

    def _let_go(self, core: CoreRun) -> bool:
        """Let a core go on that waits for a signal which no core of this run sets."""
        signal = None if core.blocking is None else core.blocking.signal
        if signal is None or not self._mailbox.is_from_outside(core.station, signal):
            return False
        core.blocking = None
        return True

    def _ready(self, core: CoreRun, queue: deque[Instruction]) -> bool:
        return bool(queue) and self._possible(core, queue[0])

    def _possible(self, core: CoreRun, instruction: Instruction) -> bool:
        if instruction.flag is not None:
            return instruction.flag.is_set or _key(instruction.flag) in core.raised
        if instruction.channel is not None:
            return self._mailbox.may_pass(core.station, instruction)
        if instruction.signal is not None:
            return self._mailbox.may_signal(core.station, instruction.signal)
        return True

    def _do(self, core: CoreRun, instruction: Instruction) -> None:
        core.counts.add(instruction)
        if instruction.flag is not None:
            if instruction.flag.is_set:
                core.raised.add(_key(instruction.flag))
            else:
                core.raised.discard(_key(instruction.flag))
        elif instruction.channel is not None:
            core.core.execute(instruction)
            self._mailbox.passed(core.station, instruction)
        elif instruction.signal is not None:
            self._mailbox.signal(core.station, instruction.signal)
        else:
            core.core.execute(instruction)

    def _choose(self, ready: Sequence[tuple[CoreRun, Pipe]]) -> tuple[CoreRun, Pipe]:
        if self._order is Order.RANDOM:
            return self._random.choice(ready)
        sign = 1 if self._order is Order.EARLY else -1
        return min(ready, key=lambda entry: sign * _RANK.get(entry[1], len(_RANK)))

    def _take(self, queue: deque[Instruction]) -> Instruction:
        """Take what ends next out of the queue of a pipe that may go on."""
        if self._order is Order.EARLY:
            return queue.popleft()
        positions = list(may_end_next(queue))
        position = self._random.choice(positions) if self._order is Order.RANDOM else positions[-1]
        taken = queue[position]
        del queue[position]
        return taken

    def _stuck(self) -> None:
        """Report what every queue waits for."""
        waiting = [
            (core, instruction)
            for core in self._cores
            for instruction in [*(queue[0] for queue in core.queues.values() if queue), core.blocking]
            if instruction is not None
        ]
        notes = [
            f"{core.name} waits at {_place(instruction.location)}: {_what(instruction)}"
            for core, instruction in waiting
        ]
        fail("TW0470", "nothing can go on: every pipe waits for another", waiting[0][1].op, notes=notes)


_RANK: Mapping[Pipe, int] = {pipe: rank for rank, pipe in enumerate(_TOWARDS_THE_END)}


def _awaits_others(instruction: Instruction) -> bool:
    """Whether the scalar unit waits for other cores before it goes on: no pipe can do that for itself.

    Source: a2a3 has one wait for what other cores do, `wait_flag_dev`, which names no pipe; pto-isa's pushes and pops
    begin with it.
    """
    if instruction.channel is not None:
        return isinstance(instruction.op, PushOp | PopOp)
    return instruction.signal is not None and not instruction.signal.is_set


def _key(flag: Flag) -> tuple[Pipe, Pipe, int]:
    return flag.source, flag.target, flag.event


def _place(location: SourceLocation | None) -> str:
    return "an unknown place" if location is None else f"line {location.line}"


def _what(instruction: Instruction) -> str:
    flag, channel, signal = instruction.flag, instruction.channel, instruction.signal
    if flag is not None:
        return f"{flag.target} for flag {flag.event} from {flag.source}"
    if channel is not None:
        return f"{instruction.op.name} for slot {channel.slot} of pipe {channel.pipe}"
    if signal is not None:
        return f"{instruction.op.name} for signal {signal.number}"
    return f"{instruction.op.name} for all pipes of its core"
