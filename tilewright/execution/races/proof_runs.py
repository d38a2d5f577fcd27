"""Runs of one core with few turns: what goes wrong, and the state of the checker at the start of each turn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from xdsl.ir import Operation, SSAValue

from tilewright.arch.chip import element_bits
from tilewright.execution.instructions import Instruction, Operand, Window
from tilewright.execution.races.events import Finding
from tilewright.execution.races.knowledge import Knowledge
from tilewright.execution.races.loops import LoopMarkOp
from tilewright.execution.races.machine import play
from tilewright.execution.races.mail import Core
from tilewright.execution.races.proof_plan import Moving, Plan, Use
from tilewright.execution.races.proof_state import State, state_of
from tilewright.execution.races.regions import Region
from tilewright.execution.races.touches import region_of

_EVERYTHING = 1 << 62
"""Elements of a window that may be anywhere in its tensor."""

_Head = tuple[State, tuple[object, ...]]
"""What a turn starts with: the state, and the values that the turn before hands on."""


@dataclass
class Run:
    """What one run did.

    Attributes:
        heads: for each execution of each loop, what its turns start with; None where that cannot be compared.
        regions: by tensor of which each turn accesses another part, the parts, relative to their turn.
        finding: what went wrong first; None when nothing did.
        length: how many instructions it had.
    """

    heads: dict[Operation, list[list[_Head | None]]] = field(default_factory=dict[Operation, list[list[_Head | None]]])
    regions: dict[SSAValue, dict[tuple[Region, int], None]] = field(
        default_factory=dict[SSAValue, dict[tuple[Region, int], None]]
    )
    finding: Finding | None = None
    length: int = 0


class _Watch:
    """Looks on while a core runs."""

    def __init__(self, plan: Plan, moving: Mapping[SSAValue, Moving]) -> None:
        self.run = Run()
        self.knowledge: Knowledge | None = None
        self._plan = plan
        self._moving = moving
        self._turn: dict[Operation, int] = {}
        self._passing: dict[str, Operation] = {}

    def set_knowledge(self, knowledge: Knowledge) -> None:
        """Note where to look."""
        self.knowledge = knowledge

    def watched(self, stream: Iterator[Instruction]) -> Iterator[Instruction]:
        """Give the instructions of a stream, with parts of global memory in place of those that move."""
        for instruction in stream:
            self.run.length += 1
            if isinstance(instruction.op, LoopMarkOp):
                self._enter(instruction)
            yield self._placed(instruction)

    def _enter(self, mark: Instruction) -> None:
        """Note the start of a turn. The instructions before it have been played: a stream is read one by one."""
        loop = mark.op.parent_op()
        assert loop is not None
        assert self.knowledge is not None
        for inner in [other for other in self._turn if loop in self._plan.around[other]]:
            del self._turn[inner]
        turn = self._turn[loop] = self._turn.get(loop, -1) + 1
        executions = self.run.heads.setdefault(loop, [])
        if not turn:
            executions.append([])
        if loop not in self._plan.turns:
            return
        open_loops = self._plan.around[loop]
        past = {name for name, around in self._passing.items() if around not in open_loops}
        state = state_of(self.knowledge, lambda memory: memory[-1] in past)
        executions[-1].append(None if state is None else (state, mark.scalars[1:]))

    def _placed(self, instruction: Instruction) -> Instruction:
        uses = self._plan.views.get(instruction.op)
        if uses is None:
            return instruction
        reads, writes = uses
        return replace(
            instruction,
            reads=tuple(map(self._operand, instruction.reads, _filled(reads, len(instruction.reads)))),
            writes=tuple(map(self._operand, instruction.writes, _filled(writes, len(instruction.writes)))),
        )

    def _operand(self, operand: Operand, use: Use | None) -> Operand:
        if not isinstance(operand, Window) or (use is not None and use.repeats):
            return operand
        root = None if use is None else use.root
        if root is None or root not in self._moving:
            return replace(operand, offset=0, shape=(_EVERYTHING,), strides=(1,))
        moving = self._moving[root]
        turn = self._turn[moving.loop]
        self._note(operand, root, moving, turn)
        name = f"{operand.name} in turn {turn}"
        self._passing[name] = moving.loop
        return replace(operand, name=name)

    def _note(self, window: Window, root: SSAValue, moving: Moving, turn: int) -> None:
        found, bits = region_of(window), element_bits(window.element_type)
        back = moving.stride * turn * bits // 8
        stays = replace(found, start=found.start - back, stop=found.stop - back)
        self.run.regions.setdefault(root, {})[stays, moving.stride * bits] = None


def _filled(uses: Sequence[Use | None], count: int) -> Sequence[Use | None]:
    return uses if len(uses) == count else [None] * count


def run_of(stream: Iterator[Instruction], core: Core, plan: Plan, moving: Mapping[SSAValue, Moving]) -> Run:
    """Play a stream alone.

    Args:
        stream: with marks that hold the variable of their loop and what its turns hand on.
        core: what executes it.
        plan: what is known of the program.
        moving: tensors whose parts in different turns have no byte in common; `are_apart` says of a run whether so.

    Raises:
        DiagnosticError: what walking raises.
    """
    watch = _Watch(plan, moving)
    watch.run.finding = next(iter(play([watch.watched(stream)], [core], watch.set_knowledge)), None)
    return watch.run


_MOST_TURNS = 4096
"""Parts that only get out of each other's way after more turns count as overlapping."""


def are_apart(regions: Sequence[tuple[Region, int]]) -> bool:
    """Whether parts of a tensor, given with the bits by which they move each turn, never meet those of other turns."""
    if not regions:
        return True
    stride, rest = divmod(regions[0][1], 8)
    start, stop = min(region.start for region, _ in regions), max(region.stop for region, _ in regions)
    if rest or any(bits != regions[0][1] for _, bits in regions) or not stride:
        return False
    turns = -(-(stop - start) // abs(stride))
    return turns <= _MOST_TURNS and not any(
        _moved(one, stride * turn).overlaps(other)
        for turn in range(1, turns)
        for one, _ in regions
        for other, _ in regions
    )


def _moved(region: Region, by: int) -> Region:
    return replace(region, start=region.start + by, stop=region.stop + by)
