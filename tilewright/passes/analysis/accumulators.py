"""All values of a program that are one accumulator, through matmuls, loops and branches."""

from __future__ import annotations

from dataclasses import dataclass

from xdsl.dialects import scf
from xdsl.ir import Operation, SSAValue
from xdsl.rewriter import Rewriter

from tilewright.dialects.spaces import Space
from tilewright.dialects.tile import EmptyOp, FullOp, MatmulOp, PipelineOp, StoreOp, TileType, YieldOp
from tilewright.passes.analysis.carried_values import handed_on


@dataclass(frozen=True)
class Accumulator:
    """One accumulator.

    Attributes:
        values: all that is it, at one time or another.
        matmuls: what adds to it.
        readers: what reads it, besides these, stores, loops and branches.
    """

    values: tuple[SSAValue, ...]
    matmuls: tuple[MatmulOp, ...]
    readers: tuple[Operation, ...]

    def place(self, space: Space | None) -> None:
        """Give all of the values this place."""
        for value in self.values:
            type_ = value.type
            if isinstance(type_, TileType) and type_.placement is not space:
                Rewriter.replace_value_with_new_type(value, type_.placed(space))


def accumulator_of(value: SSAValue) -> Accumulator | None:
    """The accumulator that a value is; None where it may be something that no matmul makes."""
    values: dict[SSAValue, None] = {}
    matmuls: dict[MatmulOp, None] = {}
    readers: dict[Operation, None] = {}
    pending = [value]
    while pending:
        current = pending.pop()
        if current in values:
            continue
        values[current] = None
        owner = current.owner
        if isinstance(owner, MatmulOp):
            matmuls[owner] = None
            pending += [acc for acc, result in zip(owner.acc, owner.accs_out, strict=False) if result is current]
        elif not isinstance(owner, EmptyOp | FullOp):
            sources = handed_on(current)
            if not sources:
                return None
            pending += sources
        for use in current.uses:
            after = _after(current, use.operation, use.index)
            if after is None:
                readers[use.operation] = None
            else:
                pending += after
    return Accumulator(tuple(values), tuple(matmuls), tuple(readers))


def _after(value: SSAValue, reader: Operation, index: int) -> list[SSAValue] | None:
    """What becomes of an accumulator in an op that reads it; None where the op makes something else of it."""
    match reader:
        case StoreOp():
            return []
        case MatmulOp() if value in reader.acc:
            return [new for old, new in zip(reader.acc, reader.accs_out, strict=True) if old is value]
        case scf.ForOp() | PipelineOp():  # its bounds and its step are numbers
            return [reader.results[index - 3], reader.body.block.args[index - 2]]
        case scf.YieldOp() | YieldOp():
            around = reader.parent_op()
            if isinstance(around, scf.ForOp | PipelineOp):
                return [around.results[index], around.body.block.args[index + 1]]
            return [around.results[index]] if isinstance(around, scf.IfOp) else None
        case _:
            return None
