"""Plays the streams of all cores through, as far as flags let them, and notes what is wrong.

A core hands its instructions to its pipes in program order. A pipe whose wait is not fulfilled keeps what it gets from
then on; a barrier of all pipes, a signal or a tile of another core holds up the whole core.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence

from tilewright.arch.chip import Pipe
from tilewright.dialects.pto import BarrierOp
from tilewright.dialects.pto.events import BarrierSyncOp, TSyncOp
from tilewright.dialects.pto.pipe_ends import PopOp, PushOp
from tilewright.execution.instructions import Instruction
from tilewright.execution.races.accesses import Accesses
from tilewright.execution.races.clocks import Clocks, agent
from tilewright.execution.races.events import Event, Finding, Stuck
from tilewright.execution.races.flags import Flags
from tilewright.execution.races.knowledge import Knowledge
from tilewright.execution.races.loops import located
from tilewright.execution.races.mail import Core, Mail
from tilewright.execution.races.slots import FreedTiles

_BARRIERS = (BarrierOp, BarrierSyncOp, TSyncOp)


def play(
    streams: Sequence[Iterable[Instruction]], cores: Sequence[Core], watch: Callable[[Knowledge], None] | None = None
) -> Iterator[Finding]:
    """Give what is wrong with the order of the instructions of some cores that run together.

    Args:
        streams: what each core executes, with or without marks of loops.
        cores: what each is.
        watch: is given, before the first instruction, what the checker keeps during the run.

    Raises:
        DiagnosticError: what walking raises.
    """
    machine = _Machine(streams, cores)
    if watch is not None:
        watch(machine.knowledge())
    return machine.run()


class _CoreState:
    """What a core still has to do.

    Attributes:
        events: what it has not handed to a pipe yet.
        kept: what each pipe that waits got since.
        held: the event that holds up the core.
    """

    def __init__(self, number: int, stream: Iterable[Instruction]) -> None:
        self.events = located(number, stream)
        self.kept: dict[Pipe, deque[Event]] = {}
        self.held: Event | None = None
        self.freed = FreedTiles()


class _Machine:
    def __init__(self, streams: Sequence[Iterable[Instruction]], cores: Sequence[Core]) -> None:
        self._clocks = Clocks(len(cores))
        self._accesses = Accesses(self._clocks, cores)
        self._flags = Flags(self._clocks, self._accesses)
        self._mail = Mail(self._clocks, cores)
        self._cores = [_CoreState(number, stream) for number, stream in enumerate(streams)]
        self._found: list[Finding] = []

    def knowledge(self) -> Knowledge:
        """What the checker keeps, now and during the run."""
        return Knowledge(self._clocks, self._accesses, self._flags, lambda: any(core.kept for core in self._cores))

    def run(self) -> Iterator[Finding]:
        while True:
            moved = False
            for core in self._cores:
                while self._advance(core):
                    moved = True
                    if self._found:
                        yield from self._found
                        self._found.clear()
            if not moved and not any([self._let_go(core) for core in self._cores]):
                break
        waiting = [event for core in self._cores for event in _waiting(core)]
        yield from map(Stuck, waiting)
        if not waiting:
            # What stays raised behind a pipe that is stuck says nothing.
            yield from self._flags.left()
            yield from self._mail.left()

    def _let_go(self, core: _CoreState) -> bool:
        """Let a core go on that waits for a signal which no core of this run sends."""
        event = core.held
        signal = None if event is None else event.instruction.signal
        if event is None or signal is None or not self._mail.is_from_outside(event, signal):
            return False
        core.held = None
        return True

    def _advance(self, core: _CoreState) -> bool:
        """Hand one instruction to its pipe; False when there is none, or the core is held up."""
        event = core.held or next(core.events, None)
        if event is None:
            return False
        core.held = None if self._hand_over(core, event) else event
        return core.held is None

    def _hand_over(self, core: _CoreState, event: Event) -> bool:
        instruction = event.instruction
        if instruction.pipe is Pipe.ALL:
            if core.kept:
                return False
            self._clocks.meet(event.core)
            return True
        signal, channel = instruction.signal, instruction.channel
        if signal is not None and not signal.is_set:
            return self._mail.take_signal(event, signal)
        if channel is not None and not self._mail.enter(event, channel):
            return False
        if (use := core.freed.use(event)) is not None:
            self._found.append(use)
        if (kept := core.kept.get(instruction.pipe)) is not None:
            kept.append(event)
        elif not self._execute(event):
            core.kept[instruction.pipe] = deque([event])
        elif core.kept and instruction.flag is not None:
            self._go_on(core)
        return True

    def _go_on(self, core: _CoreState) -> None:
        """Let pipes go on that waited for a flag."""
        moved = True
        while moved:
            moved = False
            for pipe, kept in list(core.kept.items()):
                while kept and self._execute(kept[0]):
                    kept.popleft()
                    moved = True
                if not kept:
                    del core.kept[pipe]

    def _execute(self, event: Event) -> bool:
        """Execute an instruction of a pipe; False for a flag that is not raised."""
        instruction = event.instruction
        flag = instruction.flag
        if flag is not None:
            if not flag.is_set:
                return self._flags.await_flag(event, flag)
            self._found.extend(self._flags.raise_flag(event, flag))
        elif isinstance(instruction.op, _BARRIERS):
            self._clocks.settle(agent(event.core, instruction.pipe))
        elif instruction.signal is not None:
            self._mail.send_signal(event, instruction.signal)
        else:
            self._found.extend(self._accesses.access(event))
            if instruction.channel is not None and isinstance(instruction.op, PushOp | PopOp):
                self._mail.leave(event, instruction.channel)
        return True


def _waiting(core: _CoreState) -> Iterator[Event]:
    """The events that nothing lets go on; a core that only waits for its own pipes is not one of them."""
    yield from (kept[0] for kept in core.kept.values())
    if core.held is not None and not core.kept:
        yield core.held
