"""Transposition and concatenation."""

from __future__ import annotations

import numpy as np

from tilewright.dialects.pto.conversion import TConcatOp, TTransOp
from tilewright.execution.instructions import Instruction
from tilewright.execution.numerics.core import Core, Family
from tilewright.execution.numerics.operands import Operands


def _transpose(core: Core, instruction: Instruction) -> None:
    op = instruction.op
    assert isinstance(op, TTransOp)
    operands = Operands(core, instruction)
    values = operands.read(op.src)
    operands.spoil(op.tmp)
    operands.write(op.dst, values.T)


def _concatenate(core: Core, instruction: Instruction) -> None:
    op = instruction.op
    assert isinstance(op, TConcatOp)
    operands = Operands(core, instruction)
    target, left, right = (operands.tile(value) for value in (op.dst, op.src0, op.src1))
    for source in (left, right):
        if source.valid[0] != target.valid[0]:
            operands.disagree(source, target)
    if left.valid[1] + right.valid[1] > target.layout.columns:
        operands.disagree(right, target)
    operands.write(op.dst, np.concatenate([operands.read(op.src0), operands.read(op.src1)], axis=1))


NUMERICS: Family = {
    TConcatOp: _concatenate,
    TTransOp: _transpose,
}
