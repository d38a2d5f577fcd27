"""`fold-into-loads`: operands of a matmul that are loaded and then turned, or cut short, are loaded that way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from xdsl.context import Context
from xdsl.dialects.builtin import ModuleOp
from xdsl.ir import Operation, SSAValue
from xdsl.passes import ModulePass
from xdsl.rewriter import InsertPoint, Rewriter

from tilewright.dialects.tile import LoadOp, MatmulOp, SetValidOp, TransposeOp


def _chain(operand: SSAValue) -> tuple[LoadOp, list[TransposeOp | SetValidOp]] | None:
    """The load that an operand comes from, and what was done to it since, the last first."""
    steps: list[TransposeOp | SetValidOp] = []
    owner = operand.owner
    while isinstance(owner, TransposeOp | SetValidOp):
        steps.append(owner)
        owner = owner.source.owner
    if not isinstance(owner, LoadOp) or owner.ring is not None or owner.rows is not None or not steps:
        return None
    if any(not step.result.type.is_valid_static for step in steps):
        return None
    return owner, steps


def _direct(load: LoadOp, steps: list[TransposeOp | SetValidOp]) -> LoadOp:
    """The load that makes the operand by itself, where the old one stands."""
    turns = sum(isinstance(step, TransposeOp) for step in steps)
    operand = steps[0].result
    sizes = None if load.sizes is None else load.window
    transposed = load.is_transposed ^ bool(turns % 2)
    direct = LoadOp(load.source, load.offsets, operand.type, sizes=sizes, transposed=transposed)
    direct.location = load.location
    direct.attributes |= load.attributes
    Rewriter.insert_op(direct, InsertPoint.after(load))
    return direct


def _operands(root: Operation) -> Iterator[SSAValue]:
    for op in root.walk():
        if isinstance(op, MatmulOp):
            yield from (op.lhs, *op.rhs)


@dataclass(frozen=True)
class FoldIntoLoadsPass(ModulePass):
    """Load operands of matmuls as they are multiplied.

    Requires: nothing.
    Ensures: an operand that is a loaded tile, transposed or with a smaller valid part, is a load of its own that does
    so. A load that nothing else reads is gone.

    The cube unit reads a transposed operand at no cost when it is loaded from a column-major view, and there is no
    other way to transpose without the vector core.
    """

    name = "fold-into-loads"

    def apply(self, ctx: Context, op: ModuleOp) -> None:
        made: dict[SSAValue, LoadOp] = {}
        for operand in list(dict.fromkeys(_operands(op))):
            found = _chain(operand)
            if found is None:
                continue
            load, steps = found
            made[operand] = _direct(load, steps)
            for use in list(operand.uses):
                if isinstance(use.operation, MatmulOp):
                    use.operation.operands[use.index] = made[operand].result
            made[operand].result.name_hint = operand.name_hint
            for step in (*steps, load):
                if not step.result.first_use:
                    Rewriter.erase_op(step)
