"""Counts the iterations of a loop that repeat each other cycle by cycle, instead of simulating them.

All that a core does is to add and to take the latest of several cycles. So where all that still matters is, at two
points of a run, the same but for a shift by D cycles, and the instructions from the second point on are those from the
first point on, then the second stretch takes D cycles, too, and shifts the same things by D. What lies between two such
points is simulated once; after that instructions are only compared, and D is added for each repetition that is
complete. The cycles are exactly those of a simulation.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from xdsl.dialects import scf
from xdsl.ir import Operation

from tilewright.dialects.diagnostics import location_of
from tilewright.execution.instructions import Instruction
from tilewright.timing.core_run import CoreRun
from tilewright.timing.queues import has_one_cost, valid_parts
from tilewright.timing.states import Shift, State, shift_between, state_of

_LONGEST = 50_000
"""Instructions of the longest stretch that is recognised."""

_MARKS = 16
"""Iterations that an iteration is compared with; rings have as many slots at most."""

_HOPELESS = 64
"""Iterations of a loop after which no more is expected of it."""


def run_steadily(core: CoreRun, after: int) -> str:
    """Run a core that nothing but its own flags holds up, to the end of its stream or until a queue waits.

    What a core hands to others and takes from them is no matter of time alone: nothing is counted from there on.

    Args:
        core: none of its instructions issued yet.
        after: how many instructions are simulated before repetitions are looked for.

    Returns:
        What was not simulated one by one; '' when all was.
    """
    for instruction in islice(core.stream, after):
        if not core.issue(instruction):
            return ""
    return _Watch(core).run()


@dataclass
class _Loop:
    """A loop as it is watched.

    Attributes:
        anchor: the operation that its iterations are counted by.
        marks: by what its queues looked like, where in the trail an iteration began, and the state there.
        last: the state in which the last iteration began.
        iterations: seen without a repetition.
    """

    anchor: Operation
    marks: dict[tuple[int, ...], deque[tuple[int, State]]] = field(
        default_factory=dict[tuple[int, ...], "deque[tuple[int, State]]"]
    )
    last: State | None = None
    iterations: int = 0


class _Watch:
    """Looks for repetitions in the stream of one core."""

    def __init__(self, core: CoreRun) -> None:
        self._core = core
        self._loops: dict[Operation, _Loop] = {}
        self._anchors: dict[int, _Loop | None] = {}
        self._trail: list[Instruction] = []
        self._pending: deque[Instruction] = deque()
        self._core_stream = core.stream
        self._counted = 0
        self._repeated: set[str] = set()

    def run(self) -> str:
        """Run the stream, up to what goes between cores; give what was only counted."""
        core, trail = self._core, self._trail
        is_looking = True
        while True:
            for instruction in self._incoming():
                loop = self._loop(instruction.op) if is_looking else None
                found = None if loop is None else self._repetition(loop)
                is_looking = True
                if loop is not None and found is not None:
                    self._pending.appendleft(instruction)
                    # What did not repeat is not looked at again.
                    is_looking = self._count(loop, *found) > 0
                    break
                trail.append(instruction)
                between_cores = instruction.channel is not None or instruction.signal is not None
                if not core.issue(instruction) or between_cores:
                    core.stream = self._incoming()
                    return self._text()
            else:
                core.ended = True
                return self._text()

    def _incoming(self) -> Iterator[Instruction]:
        """The instructions that were put back, then those of the stream."""
        pending, stream = self._pending, self._core_stream
        while pending:
            yield pending.popleft()
        # Not `yield from`, which would close the stream when this is left.
        while (instruction := next(stream, None)) is not None:
            yield instruction

    def _loop(self, op: Operation) -> _Loop | None:
        """The loop that an operation is the anchor of."""
        if id(op) in self._anchors:
            return self._anchors[id(op)]
        around = op.parent_op()
        while around is not None and not isinstance(around, scf.ForOp | scf.WhileOp):
            around = around.parent_op()
        found: _Loop | None = None
        if around is not None and around not in self._loops:
            found = self._loops[around] = _Loop(op)
        self._anchors[id(op)] = found
        return found

    def _repetition(self, loop: _Loop) -> tuple[Sequence[Instruction], State, Shift] | None:
        """Note that an iteration begins; give the stretch of the trail that brought the core back to a state."""
        if loop.iterations > _HOPELESS:
            return None
        loop.iterations += 1
        if len(self._trail) > _LONGEST:
            self._forget()
        state, last = state_of(self._core), loop.last
        loop.last = state
        if last is None or len(last.ready) != len(state.ready):
            return None
        base = max(state.ready)
        looks = tuple([base - now if now != then else -1 for now, then in zip(state.ready, last.ready, strict=True)])
        marks = loop.marks.setdefault(looks, deque(maxlen=_MARKS))
        marks.append((len(self._trail), state))
        # The shortest stretch first that was there twice: flags may make only every other iteration the same.
        for start, old in islice(reversed(marks), 1, None):
            shift = shift_between(old, state)
            if shift is not None and self._was_there_before(start):
                return self._trail[start:], state, shift
        return None

    def _was_there_before(self, start: int) -> bool:
        """Whether the end of the trail from `start` on is what stands in front of it, too."""
        period = self._trail[start:]
        before = self._trail[max(0, start - len(period)) : start]
        return len(before) == len(period) and all(
            one.op is other.op and _key(one) == _key(other) for one, other in zip(before, period, strict=True)
        )

    def _count(self, loop: _Loop, period: Sequence[Instruction], state: State, shift: Shift) -> int:
        """Count repetitions of a stretch, and put back what was taken and is not part of one; give how many."""
        keys = [_key(instruction) for instruction in period]
        incoming = self._incoming()
        times = 0
        while (taken := _same(incoming, period, keys)) is None:
            times += 1
            if len(self._trail) <= _LONGEST:
                self._trail.extend(period)
        self._pending.extendleft(reversed(taken))
        shift.apply(self._core, state, times)
        self._core.instructions += times * len(period)
        self._counted += times * len(period)
        if times:
            loop.iterations = 0
            self._repeated.add(_place(loop.anchor))
        return times

    def _forget(self) -> None:
        self._trail.clear()
        for loop in self._loops.values():
            loop.marks.clear()

    def _text(self) -> str:
        if not self._counted:
            return ""
        places = ", ".join(sorted(self._repeated))
        return (
            f"{self._counted} of {self._core.instructions} instructions belong to iterations that repeat earlier ones "
            f"cycle by cycle ({places}); they were counted, not simulated"
        )


def _same(
    incoming: Iterator[Instruction], period: Sequence[Instruction], keys: Sequence[object]
) -> Sequence[Instruction] | None:
    """Take as many instructions as a stretch has; None when they are the same, else those that were taken."""
    taken: list[Instruction] = []
    for expected, key in zip(period, keys, strict=True):
        instruction = next(incoming, None)
        if instruction is None:
            return taken
        taken.append(instruction)
        if instruction.op is not expected.op or (key is not None and _key(instruction) != key):
            return taken
    return None


def _key(instruction: Instruction) -> object:
    """What tells executions of one operation apart as far as cycles go; None where nothing does."""
    if instruction.flag is not None:
        return instruction.flag.event
    if not (instruction.reads or instruction.writes):
        return None
    return None if has_one_cost(instruction) else valid_parts(instruction)


def _place(op: Operation) -> str:
    location = location_of(op)
    return "a loop" if location is None else f"the loop around line {location.line}"
