"""Reductions that give the place of the largest or smallest element: the first one where several are equal."""

from __future__ import annotations

import numpy as np

from tilewright.dialects.pto.instruction_attributes import RoundMode
from tilewright.dialects.pto.reduction import (
    ColumnArgReductionOp,
    RowReductionOp,
    TColArgMaxOp,
    TColArgMinOp,
    TRowArgMaxOp,
    TRowArgMinOp,
)
from tilewright.execution.instructions import Instruction
from tilewright.execution.numerics.arithmetic import maximum, minimum, quiet
from tilewright.execution.numerics.core import Core, Family, Numerics
from tilewright.execution.numerics.operands import Operands
from tilewright.execution.numerics.rounding import to_float


def _of_rows(*, largest: bool) -> Numerics:
    """Columns; a NaN counts as the extreme."""

    def run(core: Core, instruction: Instruction) -> None:
        op = instruction.op
        assert isinstance(op, RowReductionOp)
        operands = Operands(core, instruction)
        source, target = operands.tile(op.src), operands.tile(op.dst)
        if source.valid[0] != target.valid[0]:
            operands.disagree(target, source)
        values = operands.read(op.src)
        places = (np.argmax if largest else np.argmin)(values, axis=1)
        operands.spoil(op.tmp)
        operands.write(op.dst, places[:, np.newaxis])

    return run


def _of_columns(*, largest: bool) -> Numerics:
    """Rows, compared one after the other as the library does: the row after a NaN always wins."""

    @quiet
    def run(core: Core, instruction: Instruction) -> None:
        op = instruction.op
        assert isinstance(op, ColumnArgReductionOp)
        operands = Operands(core, instruction)
        source, target = operands.tile(op.src), operands.tile(op.dst)
        if source.valid[1] != target.valid[1]:
            operands.disagree(target, source)
        values = operands.read(op.src)
        best, places = values[0], np.zeros(values.shape[1], np.int32)
        for row in range(1, values.shape[0]):
            keep = best >= values[row] if largest else best <= values[row]
            places = np.where(keep, places, np.int32(row))
            best = (maximum if largest else minimum)(best, values[row])
        if values.itemsize == 2:
            # Places of 16-bit elements go through float16, which holds every number up to 2048.
            places = to_float(places, "f16", RoundMode.ROUND)
        operands.spoil(op.tmp)
        operands.write(op.dst, places[np.newaxis])

    return run


NUMERICS: Family = {
    TColArgMaxOp: _of_columns(largest=True),
    TColArgMinOp: _of_columns(largest=False),
    TRowArgMaxOp: _of_rows(largest=True),
    TRowArgMinOp: _of_rows(largest=False),
}
