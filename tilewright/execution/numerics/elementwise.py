"""Arithmetic of tiles with tiles, and functions of one tile, element by element in the element type.

Sums, products, quotients and square roots are those of IEEE 754, rounded to nearest; integers wrap around. `texp`,
`tlog` and `trsqrt` are the nearest element to the real value, computed in float64: the chip's are within a few units in
the last place of it, and their exact bits are not documented.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import numpy as np

from tilewright.dialects.pto.elementwise import (
    PartialOp,
    TAddCOp,
    TAddOp,
    TDivOp,
    TernaryOp,
    TFModOp,
    TMaxOp,
    TMinOp,
    TMulOp,
    TPartAddOp,
    TPartMaxOp,
    TPartMinOp,
    TPartMulOp,
    TPReluOp,
    TRemOp,
    TSubCOp,
    TSubOp,
)
from tilewright.dialects.pto.functions import (
    TAbsOp,
    TExpOp,
    TLogOp,
    TLReluOp,
    TNegOp,
    TRecipOp,
    TReluOp,
    TRsqrtOp,
    TSqrtOp,
)
from tilewright.dialects.pto.vector import BinaryOp, UnaryOp
from tilewright.execution.dtypes import Array
from tilewright.execution.instructions import Instruction
from tilewright.execution.numerics.arithmetic import (
    divide,
    exponential,
    maximum,
    minimum,
    quiet,
    reciprocal_root,
    remainder,
    through_float32,
    truncated_remainder,
    widely,
)
from tilewright.execution.numerics.core import Core, Family, Numerics
from tilewright.execution.numerics.operands import Operands, element

Unary: TypeAlias = Callable[[Array], Array]
Binary: TypeAlias = Callable[[Array, Array], Array]


def _unary(function: Unary) -> Numerics:
    @quiet
    def run(core: Core, instruction: Instruction) -> None:
        op = instruction.op
        assert isinstance(op, UnaryOp)
        operands = Operands(core, instruction)
        operands.agree(op.dst, op.src)
        operands.write(op.dst, function(operands.read(op.src)))

    return run


def _binary(function: Binary) -> Numerics:
    @quiet
    def run(core: Core, instruction: Instruction) -> None:
        op = instruction.op
        assert isinstance(op, BinaryOp)
        operands = Operands(core, instruction)
        operands.agree(op.dst, op.src0, op.src1)
        operands.write(op.dst, function(operands.read(op.src0), operands.read(op.src1)))

    return run


def _ternary(first: Binary, second: Binary) -> Numerics:
    """Two instructions one after the other, each of which rounds."""

    @quiet
    def run(core: Core, instruction: Instruction) -> None:
        op = instruction.op
        assert isinstance(op, TernaryOp)
        operands = Operands(core, instruction)
        operands.agree(op.dst, op.src0, op.src1, op.src2)
        between = first(operands.read(op.src0), operands.read(op.src1))
        operands.write(op.dst, second(between, operands.read(op.src2)))

    return run


def _partial(function: Binary) -> Numerics:
    @quiet
    def run(core: Core, instruction: Instruction) -> None:
        op = instruction.op
        assert isinstance(op, PartialOp)
        operands = Operands(core, instruction)
        target = operands.tile(op.dst)
        sources = [operands.tile(value) for value in (op.src0, op.src1)]
        if target.valid not in [source.valid for source in sources]:
            operands.disagree(sources[0], target)
        a, b = operands.read(op.src0), operands.read(op.src1)
        whole, part = (a, b) if sources[0].valid == target.valid else (b, a)
        if any(one > other for one, other in zip(part.shape, whole.shape, strict=True)):
            operands.disagree(sources[1], target)
        rows, columns = part.shape
        result = whole.copy()
        result[:rows, :columns] = function(a[:rows, :columns], b[:rows, :columns])
        operands.write(op.dst, result)

    return run


@quiet
def _root(core: Core, instruction: Instruction) -> None:
    op = instruction.op
    assert isinstance(op, TRsqrtOp)
    operands = Operands(core, instruction)
    operands.agree(op.dst, op.src)
    values = operands.read(op.src)
    # With scratch memory the library takes a root and divides by it, each rounded.
    result = reciprocal_root(values) if op.tmp is None else divide(np.ones_like(values), np.sqrt(values))
    operands.spoil(op.tmp)
    operands.write(op.dst, result)


@quiet
def _prelu(core: Core, instruction: Instruction) -> None:
    op = instruction.op
    assert isinstance(op, TPReluOp)
    operands = Operands(core, instruction)
    operands.agree(op.dst, op.src0, op.src1)
    values = operands.read(op.src0)
    result = np.where(values > 0, values, values * operands.read(op.src1))
    operands.spoil(op.tmp)
    operands.write(op.dst, result)


@quiet
def _lrelu(core: Core, instruction: Instruction) -> None:
    op = instruction.op
    assert isinstance(op, TLReluOp)
    operands = Operands(core, instruction)
    operands.agree(op.dst, op.src)
    values = operands.read(op.src)
    slope = element(operands.scalar(op.slope), values.dtype)
    operands.write(op.dst, np.where(values > 0, values, values * slope))


@quiet
def _remainder(core: Core, instruction: Instruction) -> None:
    op = instruction.op
    assert isinstance(op, TRemOp)
    operands = Operands(core, instruction)
    operands.agree(op.dst, op.src0, op.src1)
    operands.takes(op.dst, "f32", "i32")
    left, right = operands.read(op.src0), operands.read(op.src1)
    result = remainder(left, right)
    operands.spoil(op.tmp)
    if left.dtype == np.int32:
        # The library converts the sources in place, to float32 and back.
        operands.write(op.src0, through_float32(left))
        operands.write(op.src1, through_float32(right))
    operands.write(op.dst, result)


@quiet
def _fmod(core: Core, instruction: Instruction) -> None:
    op = instruction.op
    assert isinstance(op, TFModOp)
    operands = Operands(core, instruction)
    operands.takes(op.dst, "f32")
    operands.agree(op.dst, op.src0, op.src1)
    operands.write(op.dst, truncated_remainder(operands.read(op.src0), operands.read(op.src1)))


def _relu(values: Array) -> Array:
    return maximum(values, np.zeros_like(values))


NUMERICS: Family = {
    TAbsOp: _unary(np.abs),
    TAddCOp: _ternary(np.add, np.add),
    TAddOp: _binary(np.add),
    TDivOp: _binary(divide),
    TExpOp: _unary(exponential),
    TFModOp: _fmod,
    TLReluOp: _lrelu,
    TLogOp: _unary(widely(np.log)),
    TMaxOp: _binary(maximum),
    TMinOp: _binary(minimum),
    TMulOp: _binary(np.multiply),
    TNegOp: _unary(np.negative),
    TPReluOp: _prelu,
    TPartAddOp: _partial(np.add),
    TPartMaxOp: _partial(maximum),
    TPartMinOp: _partial(minimum),
    TPartMulOp: _partial(np.multiply),
    TRecipOp: _unary(lambda values: divide(np.ones_like(values), values)),
    TReluOp: _unary(_relu),
    TRemOp: _remainder,
    TRsqrtOp: _root,
    TSqrtOp: _unary(np.sqrt),
    TSubCOp: _ternary(np.subtract, np.add),
    TSubOp: _binary(np.subtract),
}
