"""One simulated core: takes its instructions in program order and finds out when each starts and ends.

The scalar unit issues without taking time. Each pipe executes what was issued to it in order, one instruction at a
time, with a queue of any length. Since no instruction depends on the cycle in which it is looked at, each is given its
cycles as soon as it is issued; one that waits for a flag that nobody has raised yet holds up its own queue only.

What comes from another core is awaited by the scalar unit itself: a signal, a tile to pop, a slot to push into. All
three are `wait_flag_dev`, which names no pipe and blocks the whole scalar unit (hw-native-sys/pto-isa f35e7f60
docs/isa/scalar/ops/pipeline-sync/wait-flag-dev.md, include/pto/npu/a2a3/TPush.hpp). Nothing behind it is issued to any
pipe. What was issued before goes on: the page has all pipelines stall, but CANN's documentation of CrossCoreWaitFlag
blocks only the instructions after it. Signals are set, and tiles and slots handed over, in the turn of the pipe that
did the work, which `ffts_cross_core_sync` names.

Unlike in the public model

* a barrier of all pipes holds up the scalar unit until all are done, and a barrier of the vector pipe ends its stream;
* only flags order pipes: what is read too early without one is not made to wait, and neither is what overwrites too
  early, so that the time of a program without its flags is not that of one with them;
* a flag is known by both pipes and its number, so that two with one number and one target are not confused;
* a flag that is raised after one that was awaited, with nothing in between, is raised after that one;
* declaring a tile takes no cycle of the scalar unit.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator

from tilewright.arch.chip import Pipe
from tilewright.execution.instructions import Instruction
from tilewright.timing.costs import Cost
from tilewright.timing.exchange import Exchange
from tilewright.timing.passages import Passage
from tilewright.timing.queues import Cell, FlagKey, Kind, Queue, Tokens, Unit, has_one_cost, kind_of, valid_parts
from tilewright.timing.spans import Raw


class CoreRun:
    """One core at work.

    Args:
        name: of the core.
        stream: its instructions.
        cost_of: what each costs.
        exchange: what goes between the cores of its block.
        keep: whether spans are kept.

    Attributes:
        spans: what it did.
        ended: whether its stream is at its end.
        held: instructions that stand in queues that do not go on.
        instructions: issued so far.
    """

    def __init__(
        self,
        name: str,
        stream: Iterable[Instruction],
        cost_of: Callable[[Instruction], Cost],
        exchange: Exchange,
        *,
        keep: bool = True,
    ) -> None:
        self.name = name
        self.spans: list[Raw] = []
        self.ended = False
        self.held = 0
        self.instructions = 0
        self.queues: dict[Pipe, Queue] = {}
        self.scalar = self.queue(Pipe.S)
        self._vector = self.queue(Pipe.V)
        self.flags: dict[FlagKey, Tokens] = {}
        self.cells: list[Cell] = []
        self.stream: Iterator[Instruction] = iter(stream)
        self._cost_of = cost_of
        self._exchange = exchange
        self._keep = keep
        self._units: dict[int, Unit] = {}
        self._awake: list[Queue] = []
        self._asleep: list[Queue] = []

    def run(self, most_held: int) -> None:
        """Go on until the stream ends, the scalar unit waits, or more than `most_held` instructions are held up."""
        self.wake()
        if self.scalar.waiting is not None or self.ended or self.held > most_held:
            return
        units, step, scalar, awake = self._units, self.step, self.scalar, self._awake
        for instruction in self.stream:
            unit = units.get(id(instruction.op)) or self.unit(instruction)
            self.instructions += 1
            queue = unit.queue
            if queue.waiting is not None:
                queue.waiting.append((unit, instruction, scalar.ready))
                self.held += 1
                if self.held > most_held:
                    return
            elif not step(unit, instruction, scalar.ready):
                queue.waiting = deque([(unit, instruction, scalar.ready)])
                self.held += 1
                if queue is scalar:
                    return
            elif awake:
                self.wake()
        self.ended = True

    def issue(self, instruction: Instruction) -> bool:
        """Issue one instruction while nothing is held up; give whether that is still so."""
        unit = self._units.get(id(instruction.op)) or self.unit(instruction)
        self.instructions += 1
        issued = self.scalar.ready
        if self.step(unit, instruction, issued):
            return self.held == 0
        unit.queue.waiting = deque([(unit, instruction, issued)])
        self.held += 1
        return False

    def wake(self) -> None:
        """Let queues go on whose heads may have what they waited for."""
        self._awake.extend(self._asleep)
        self._asleep.clear()
        while self._awake:
            queue = self._awake.pop()
            waiting = queue.waiting
            while waiting:
                unit, instruction, issued = waiting[0]
                if not self.step(unit, instruction, issued):
                    break
                waiting.popleft()
                self.held -= 1
            if not waiting:
                queue.waiting = None
                barrier = self.scalar.waiting
                if barrier and barrier[0][0].kind is Kind.BARRIER_OF_ALL and queue is not self.scalar:
                    self._awake.append(self.scalar)

    def step(self, unit: Unit, instruction: Instruction, issued: int) -> bool:
        """Execute an instruction that stands at the head of its queue; give whether it could be."""
        kind, queue = unit.kind, unit.queue
        if kind is Kind.WORK:
            cell = unit.cell or self._cell(unit, instruction)
            self._work(unit, queue, cell, issued)
            return True
        if kind is Kind.SET_FLAG:
            assert instruction.flag is not None
            tokens = unit.flags.get(instruction.flag.event) or self._tokens(unit, instruction)
            tokens.times.append(queue.ready if queue.ready >= issued else issued)
            if tokens.sleeper is not None:
                self._awake.append(tokens.sleeper)
                tokens.sleeper = None
            return True
        if kind is Kind.WAIT_FLAG:
            assert instruction.flag is not None
            tokens = unit.flags.get(instruction.flag.event) or self._tokens(unit, instruction)
            if not tokens.times:
                tokens.sleeper = queue
                return False
            self._until(queue, tokens.times.popleft(), issued, tokens.reason)
            return True
        if unit.passage is not None:
            return self._pass(unit, unit.passage, instruction, issued)
        return self._seldom(unit, instruction, issued)

    def _work(self, unit: Unit, queue: Queue, cell: Cell, issued: int) -> None:
        start, reason = queue.ready, queue.reason
        if start < issued:
            start, reason = issued, self.scalar.reason or "scalar"
        cycles = cell.cycles
        if queue.starts:
            queue.starts = False
            cycles += cell.start_cycles
            queue.start_cycles += cell.start_cycles
        end = start + cycles
        if self._keep:
            self.spans.append((unit, start, end, queue.free, reason))
        queue.ready = queue.free = end
        queue.busy += cycles
        queue.reason = ""
        queue.used = True
        cell.count += 1

    def _until(self, queue: Queue, at: int, issued: int, reason: str) -> None:
        """What stands in a queue next waits for a cycle, and is the first of its stream."""
        if issued > queue.ready:
            queue.ready, queue.reason = issued, self.scalar.reason or "scalar"
        if at > queue.ready:
            queue.ready, queue.reason = at, reason
        queue.starts = True

    def _seldom(self, unit: Unit, instruction: Instruction, issued: int) -> bool:
        kind, queue = unit.kind, unit.queue
        match kind:
            case Kind.BARRIER:
                queue.starts = True
                return True
            case Kind.BARRIER_OF_ALL:
                return self._meet()
            case Kind.SET_SIGNAL:
                assert instruction.signal is not None
                self._exchange.set_signal(self.name, instruction.signal, max(queue.ready, issued))
                return True
            case _:
                assert instruction.signal is not None
                at = self._exchange.take_signal(self.name, instruction.signal)
                if at is None:
                    self._asleep.append(queue)
                    return False
                self._hold(at, f"signal {instruction.signal.number}")
                return True

    def _pass(self, unit: Unit, passage: Passage, instruction: Instruction, issued: int) -> bool:
        """Await a tile or a slot; push, pop or free a tile."""
        kind, queue, channel = unit.kind, unit.queue, instruction.channel
        assert channel is not None
        if kind is Kind.PUSH or kind is Kind.POP:
            self._work(unit, queue, unit.cell or self._cell(unit, instruction), issued)
            self._exchange.note(passage, queue.ready)
            return True
        at = passage.ready(channel.index)
        if at is None:
            self._asleep.append(queue)
            return False
        if unit.then is None:
            self._exchange.note(passage, max(at, queue.ready, issued))
            return True
        self._hold(at, unit.reason)
        self._issue_to(unit.then, passage, instruction)
        return True

    def _hold(self, at: int, reason: str) -> None:
        """Let the scalar unit wait for a cycle."""
        scalar, vector = self.scalar, self._vector
        if at > scalar.ready:
            scalar.ready, scalar.reason = at, reason
            # A pipe that gets nothing while it has nothing to do is at the end of its stream.
            if vector.ready < at:
                vector.starts = True

    def _issue_to(self, unit: Unit, passage: Passage, instruction: Instruction) -> None:
        """Issue what the scalar unit has awaited a tile or a slot for."""
        queue, issued = unit.queue, self.scalar.ready
        if queue.waiting is None:
            self._pass(unit, passage, instruction, issued)
        else:
            queue.waiting.append((unit, instruction, issued))
            self.held += 1

    def _meet(self) -> bool:
        """Let the scalar unit wait for all pipes."""
        if any(queue.waiting is not None for queue in self.queues.values() if queue is not self.scalar):
            return False
        scalar = self.scalar
        for queue in self.queues.values():
            queue.starts = True
            if queue.ready > scalar.ready:
                scalar.ready, scalar.reason = queue.ready, "barrier"
        return True

    def queue(self, pipe: Pipe) -> Queue:
        """The queue of a pipe."""
        return self.queues.setdefault(pipe, Queue(pipe))

    def unit(self, instruction: Instruction) -> Unit:
        """What is known of the operation of an instruction."""
        kind = kind_of(instruction)
        pipe = instruction.pipe
        if kind is Kind.FREE:
            # The library lets the pipe that popped the tile say so, in its turn; the scalar unit goes on.
            pipe = Pipe.MTE2
        in_scalar = pipe is Pipe.ALL or kind is Kind.WAIT_SIGNAL
        unit = Unit(instruction.op, kind, self.scalar if in_scalar else self.queue(pipe))
        if instruction.channel is not None:
            unit.reason = f"pipe {instruction.channel.pipe}"
            unit.passage = self._exchange.passage(self.name, kind, instruction.channel)
            if kind is not Kind.FREE:
                gate = Unit(instruction.op, Kind.AWAIT_TILE, self.scalar, then=unit)
                gate.reason, gate.passage = unit.reason, unit.passage
                unit = gate
        self._units[id(instruction.op)] = unit
        return unit

    def _cell(self, unit: Unit, instruction: Instruction) -> Cell:
        parts = valid_parts(instruction)
        cell = unit.cells.get(parts)
        if cell is None:
            cell = unit.cells[parts] = Cell.of(self._cost_of(instruction), unit.queue.pipe)
            self.cells.append(cell)
            if has_one_cost(instruction):
                unit.cell = cell
        return cell

    def _tokens(self, unit: Unit, instruction: Instruction) -> Tokens:
        flag = instruction.flag
        assert flag is not None
        key = (flag.source, flag.target, flag.event)
        if key not in self.flags:
            self.flags[key] = Tokens(f"{flag.source.name} flag {flag.event}")
        tokens = unit.flags[flag.event] = self.flags[key]
        return tokens
