"""Whether a sum has begun, wherever something reads it: whether a matmul has written to its accumulator."""

from __future__ import annotations

from dataclasses import dataclass, field

from xdsl.dialects import scf
from xdsl.ir import Block, BlockArgument, Operation, OpResult, SSAValue

from tilewright.dialects.constants import constant_value
from tilewright.dialects.tile import FullOp, MatmulOp, PipelineOp
from tilewright.passes.analysis.carried_values import handed_on
from tilewright.passes.analysis.first_turns import FirstTurns


def end_of(block: Block) -> Operation:
    """What ends a block."""
    assert block.last_op is not None
    return block.last_op


@dataclass
class BegunSums:
    """Answers it for all ways through loops and branches.

    Attributes:
        loops_run: whether to take for granted that each loop has a turn.
        turns: what is known of first turns.
    """

    loops_run: bool = False
    turns: FirstTurns = field(default_factory=FirstTurns)
    _asked: dict[tuple[SSAValue, Operation], None] = field(default_factory=dict[tuple[SSAValue, Operation], None])
    _known: dict[tuple[SSAValue, Operation], bool] = field(default_factory=dict[tuple[SSAValue, Operation], bool])
    _assumed: int = 0

    def has_begun(self, value: SSAValue, reader: Operation) -> bool:
        """Whether the sum `value` has certainly begun where `reader` reads it."""
        key = (value, reader)
        if (known := self._known.get(key)) is not None:
            return known
        if key in self._asked:
            # A loop: it had begun by the end of the turn before, if it has by the end of this one.
            self._assumed += 1
            return True
        self._asked[key] = None
        assumed = self._assumed
        found = self._find(value, reader)
        del self._asked[key]
        if not found or assumed == self._assumed or not self._asked:
            # What was found from an assumption stands only with it; what was refuted in spite of one stands anyway.
            self._known[key] = found
        return found

    def _find(self, value: SSAValue, reader: Operation) -> bool:
        if isinstance(value.owner, FullOp):
            return False
        if isinstance(value, OpResult):
            match value.op:
                case scf.IfOp() as branch:
                    ends = [end_of(region.block) for region in branch.regions]
                    return all(self.has_begun(end.operands[value.index], end) for end in ends)
                case (scf.ForOp() | PipelineOp()) as loop:
                    if not (self.loops_run or self.turns.runs(loop)):
                        start = self.has_begun(loop.iter_args[value.index], loop)
                        return start and self._yields_begun(loop, value.index)
                    return self._yields_begun(loop, value.index)
                case _:
                    return True
        loop = value.owner.parent_op() if isinstance(value, BlockArgument) else None
        if not isinstance(value, BlockArgument) or not isinstance(loop, scf.ForOp | PipelineOp):
            return True
        if not self._yields_begun(loop, value.index - 1):
            return False
        return self.is_later(loop, reader) or self.has_begun(loop.iter_args[value.index - 1], loop)

    def _yields_begun(self, loop: scf.ForOp | PipelineOp, index: int) -> bool:
        end = end_of(loop.body.block)
        return self.has_begun(end.operands[index], end)

    def is_later(self, loop: scf.ForOp | PipelineOp, reader: Operation) -> bool:
        """Whether `reader` reads an accumulator in later turns of a loop only, and overwrites it in the first."""
        if isinstance(reader, MatmulOp) and reader.init is not None and self.turns.value(reader.init, loop):
            return True
        return self.turns.excludes(loop, reader)


def begin_alike(one: SSAValue, other: SSAValue) -> bool:
    """Whether one sum has begun just where another one has: both are handed on together, and start alike."""
    return _alike(one, other, set())


def _alike(one: SSAValue, other: SSAValue, asked: set[tuple[SSAValue, SSAValue]]) -> bool:
    if (one, other) in asked:
        return True
    asked.add((one, other))
    sources = (handed_on(one), handed_on(other))
    if not sources[0] or not sources[1]:
        # What nothing hands on is made here: zeros, or a sum that has begun.
        return not sources[0] and not sources[1] and isinstance(one.owner, FullOp) is isinstance(other.owner, FullOp)
    return one.owner is other.owner and all(_alike(*pair, asked) for pair in zip(*sources, strict=True))


def overwrites(matmul: MatmulOp) -> bool:
    """Whether a matmul never reads its accumulators."""
    return matmul.init is not None and bool(constant_value(matmul.init))
