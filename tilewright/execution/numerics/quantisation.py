"""Quantisation of tiles to 8 bits and back, with scales and offsets for each row."""

from __future__ import annotations

import numpy as np

from tilewright.dialects.pto.quantisation import TDequantOp, TQuantOp
from tilewright.execution.instructions import Instruction
from tilewright.execution.memory import Region
from tilewright.execution.numerics.arithmetic import quiet
from tilewright.execution.numerics.core import Core, Family
from tilewright.execution.numerics.expansions import row_values
from tilewright.execution.numerics.operands import Operands
from tilewright.execution.numerics.rounding import NEAREST, to_float, to_integer, to_integral


@quiet
def _quantise(core: Core, instruction: Instruction) -> None:
    """Scale, add the offset, round to nearest, saturate; each step rounds, and the last are by way of i32 and f16.

    The library scales in the memory of the source, which is lost.
    """
    op = instruction.op
    assert isinstance(op, TQuantOp)
    operands = Operands(core, instruction)
    _, columns = operands.agree(op.dst, op.src)
    scaled = operands.read(op.src) * row_values(operands, op.fp, columns)
    if op.offset is not None:
        scaled = scaled + row_values(operands, op.offset, columns)
    whole = to_integer(to_integral(scaled, NEAREST), "i32", saturate=True)
    half = to_float(whole, "f16", NEAREST)
    element = str(operands.tile(op.dst).type.element_type).removeprefix("s")
    operands.spoil(op.src)
    operands.write(op.dst, to_integer(to_integral(half, NEAREST), element, saturate=True))


@quiet
def _dequantise(core: Core, instruction: Instruction) -> None:
    """Subtract the offset, then scale, in float32; each rounds. Scales and offsets stand in the first column."""
    op = instruction.op
    assert isinstance(op, TDequantOp)
    operands = Operands(core, instruction)
    rows, _ = operands.agree(op.dst, op.src)
    first = Region(0, 0, rows, 1)
    scale, offset = (core.read(operands.tile(value), first) for value in (op.scale, op.offset))
    operands.write(op.dst, (operands.read(op.src).astype(np.float32) - offset) * scale)


NUMERICS: Family = {
    TDequantOp: _dequantise,
    TQuantOp: _quantise,
}
