"""Bits of integer tiles, and shifts."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from tilewright.dialects.diagnostics import fail
from tilewright.dialects.pto.bitwise import (
    TAndOp,
    TAndSOp,
    TileBitsOp,
    TNotOp,
    TOrOp,
    TOrSOp,
    TShlOp,
    TShlSOp,
    TShrOp,
    TShrSOp,
    TXorOp,
    TXorSOp,
)
from tilewright.dialects.pto.vector import BinaryOp, BinaryScratchOp
from tilewright.execution.dtypes import Array
from tilewright.execution.instructions import Instruction
from tilewright.execution.numerics.core import Core, Family, Numerics
from tilewright.execution.numerics.operands import Operands, element

_WIDEST = 31
"""The largest shift with a meaning; elements are shifted as 32-bit integers."""

_Binary = Callable[[Array, Array], Array]


def _binary(function: _Binary) -> Numerics:
    def run(core: Core, instruction: Instruction) -> None:
        op = instruction.op
        assert isinstance(op, BinaryOp | BinaryScratchOp)
        operands = Operands(core, instruction)
        operands.agree(op.dst, op.src0, op.src1)
        result = function(operands.read(op.src0), operands.read(op.src1))
        if isinstance(op, BinaryScratchOp):
            operands.spoil(op.tmp)
        operands.write(op.dst, result)

    return run


def _with_scalar(function: _Binary) -> Numerics:
    def run(core: Core, instruction: Instruction) -> None:
        op = instruction.op
        assert isinstance(op, TileBitsOp)
        operands = Operands(core, instruction)
        operands.agree(op.dst, op.src)
        values = operands.read(op.src)
        result = function(values, element(operands.scalar(op.scalar), values.dtype))
        if isinstance(op, TXorSOp):
            operands.spoil(op.tmp)
        operands.write(op.dst, result)

    return run


def _shift(function: _Binary) -> Numerics:
    def run(core: Core, instruction: Instruction) -> None:
        op = instruction.op
        assert isinstance(op, TShlOp | TShrOp)
        operands = Operands(core, instruction)
        operands.agree(op.dst, op.src0, op.src1)
        operands.write(op.dst, _shifted(operands, function, operands.read(op.src0), operands.read(op.src1)))

    return run


def _shift_by_scalar(function: _Binary) -> Numerics:
    def run(core: Core, instruction: Instruction) -> None:
        op = instruction.op
        assert isinstance(op, TShlSOp | TShrSOp)
        operands = Operands(core, instruction)
        operands.agree(op.dst, op.src)
        bits = np.array(operands.integer(op.scalar), np.int64)
        operands.write(op.dst, _shifted(operands, function, operands.read(op.src), bits))

    return run


def _shifted(operands: Operands, function: _Binary, values: Array, bits: Array) -> Array:
    """Shift; signed elements keep their sign to the right. What leaves an element is lost."""
    wide = bits.astype(np.int64)
    outside = (wide < 0) | (wide > _WIDEST)
    if outside.any():
        fail(
            "TW0422",
            f"{operands.op.name} shifts by {int(wide[outside][0])} bits, which has no defined result",
            operands.op,
            help=(f"shift by 0 to {_WIDEST} bits",),
        )
    return function(values.astype(np.int64), wide).astype(values.dtype)


def _not(core: Core, instruction: Instruction) -> None:
    op = instruction.op
    assert isinstance(op, TNotOp)
    operands = Operands(core, instruction)
    operands.agree(op.dst, op.src)
    operands.write(op.dst, np.invert(operands.read(op.src)))


NUMERICS: Family = {
    TAndOp: _binary(np.bitwise_and),
    TAndSOp: _with_scalar(np.bitwise_and),
    TNotOp: _not,
    TOrOp: _binary(np.bitwise_or),
    TOrSOp: _with_scalar(np.bitwise_or),
    TShlOp: _shift(np.left_shift),
    TShlSOp: _shift_by_scalar(np.left_shift),
    TShrOp: _shift(np.right_shift),
    TShrSOp: _shift_by_scalar(np.right_shift),
    TXorOp: _binary(np.bitwise_xor),
    TXorSOp: _with_scalar(np.bitwise_xor),
}
