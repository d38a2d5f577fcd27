"""Arithmetic of tiles with scalars, in the element type of the tile."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from tilewright.dialects.pto.tile_scalar import (
    TAddSCOp,
    TAddSOp,
    TAxpyOp,
    TDivSOp,
    TExpandSOp,
    TFModSOp,
    TileScalarOp,
    TileScalarTileOp,
    TMaxSOp,
    TMinSOp,
    TMulSOp,
    TRemSOp,
    TSubSCOp,
    TSubSOp,
)
from tilewright.dialects.pto.types import TileBufType
from tilewright.dialects.spaces import Space
from tilewright.execution.dtypes import Array, DType
from tilewright.execution.instructions import Instruction
from tilewright.execution.memory import Region
from tilewright.execution.numerics.arithmetic import (
    divide,
    divide_integers,
    float_of_integer,
    maximum,
    minimum,
    quiet,
    remainder,
    through_float32,
    truncated_remainder,
)
from tilewright.execution.numerics.core import Core, Family, Numerics
from tilewright.execution.numerics.operands import Operands, element
from tilewright.execution.numerics.rounding import to_integer


def _tile_scalar(function: Callable[[Array, Array], Array]) -> Numerics:
    @quiet
    def run(core: Core, instruction: Instruction) -> None:
        op = instruction.op
        assert isinstance(op, TileScalarOp)
        operands = Operands(core, instruction)
        operands.agree(op.dst, op.src)
        number = element(operands.scalar(op.scalar), operands.dtype(op.src))
        operands.write(op.dst, function(operands.read(op.src), number))

    return run


def _subtract(values: Array, number: Array) -> Array:
    """Add the negated scalar, which the library negates in float32 whatever its type."""
    return values + _negated(number, values.dtype)


def _negated(number: Array, dtype: DType) -> Array:
    negative = -number.astype(np.float32)
    if dtype.kind == "f":
        return negative.astype(dtype)
    return to_integer(negative.astype(np.float64), f"i{8 * dtype.itemsize}", saturate=True)


@quiet
def _divide(core: Core, instruction: Instruction) -> None:
    op = instruction.op
    assert isinstance(op, TDivSOp)
    operands = Operands(core, instruction)
    by_scalar = isinstance(op.src.type, TileBufType)
    source, scalar = (op.src, op.scalar) if by_scalar else (op.scalar, op.src)
    operands.agree(op.dst, source)
    values = operands.read(source)
    number = np.full_like(values, element(operands.scalar(scalar), values.dtype))
    left, right = (values, number) if by_scalar else (number, values)
    if values.dtype.kind == "i":
        # The library leaves the source as floating-point numbers of its size.
        operands.write(source, float_of_integer(values).view(values.dtype))
        operands.write(op.dst, divide_integers(left, right))
    elif by_scalar and operands.tile(op.dst).address == operands.tile(source).address:
        # In place, the library multiplies by the inverse.
        operands.write(op.dst, values * (np.float32(1) / number.astype(np.float32)).astype(values.dtype))
    else:
        operands.write(op.dst, divide(left, right))


@quiet
def _fmod(core: Core, instruction: Instruction) -> None:
    op = instruction.op
    assert isinstance(op, TFModSOp)
    operands = Operands(core, instruction)
    operands.takes(op.dst, "f32")
    operands.agree(op.dst, op.src)
    number = element(operands.scalar(op.scalar), operands.dtype(op.src))
    operands.write(op.dst, truncated_remainder(operands.read(op.src), number))


@quiet
def _remainder(core: Core, instruction: Instruction) -> None:
    op = instruction.op
    assert isinstance(op, TRemSOp)
    operands = Operands(core, instruction)
    operands.takes(op.dst, "f32", "i32")
    operands.agree(op.dst, op.src)
    values = operands.read(op.src)
    number = np.full_like(values, element(operands.scalar(op.scalar), values.dtype))
    result = remainder(values, number, by_scalar=True)
    operands.spoil(op.tmp)
    if values.dtype == np.int32:
        operands.write(op.src, through_float32(values))
    operands.write(op.dst, result)


@quiet
def _axpy(core: Core, instruction: Instruction) -> None:
    """Multiply, round, add, round; a float16 product is exact in a float32 sum."""
    op = instruction.op
    assert isinstance(op, TAxpyOp)
    operands = Operands(core, instruction)
    operands.agree(op.dst, op.src)
    total, values = operands.read(op.dst), operands.read(op.src)
    number = element(operands.scalar(op.scalar), values.dtype)
    operands.write(op.dst, total + values.astype(total.dtype) * number.astype(total.dtype))


def _three(first: Callable[[Array, Array], Array]) -> Numerics:
    """Combine with the scalar, then add the second tile; each rounds."""

    @quiet
    def run(core: Core, instruction: Instruction) -> None:
        op = instruction.op
        assert isinstance(op, TileScalarTileOp)
        operands = Operands(core, instruction)
        operands.agree(op.dst, op.src0, op.src1)
        number = element(operands.scalar(op.scalar), operands.dtype(op.src0))
        operands.write(op.dst, first(operands.read(op.src0), number) + operands.read(op.src1))

    return run


def _expand(core: Core, instruction: Instruction) -> None:
    """Fill the valid part of a tile in Vec, all of a tile in Mat."""
    op = instruction.op
    assert isinstance(op, TExpandSOp)
    operands = Operands(core, instruction)
    tile = operands.tile(op.dst)
    extents = (tile.layout.rows, tile.layout.columns) if tile.space == Space.MAT else tile.valid
    number = element(operands.scalar(op.scalar), operands.dtype(op.dst))
    core.write(tile, np.full(extents, number), Region.leading(extents))


NUMERICS: Family = {
    TAddSCOp: _three(np.add),
    TAddSOp: _tile_scalar(np.add),
    TAxpyOp: _axpy,
    TDivSOp: _divide,
    TExpandSOp: _expand,
    TFModSOp: _fmod,
    TMaxSOp: _tile_scalar(maximum),
    TMinSOp: _tile_scalar(minimum),
    TMulSOp: _tile_scalar(np.multiply),
    TRemSOp: _remainder,
    TSubSCOp: _three(_subtract),
    TSubSOp: _tile_scalar(_subtract),
}
