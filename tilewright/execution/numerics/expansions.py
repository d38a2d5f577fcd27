"""Broadcasts of a column along the rows of a tile, or of a row along its columns, alone or with arithmetic."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from xdsl.ir import SSAValue

from tilewright.dialects.diagnostics import fail
from tilewright.dialects.pto.expansion import (
    RowExpandOp,
    TColExpandAddOp,
    TColExpandDivOp,
    TColExpandExpdifOp,
    TColExpandMaxOp,
    TColExpandMinOp,
    TColExpandMulOp,
    TColExpandOp,
    TColExpandSubOp,
    TRowExpandAddOp,
    TRowExpandDivOp,
    TRowExpandExpdifOp,
    TRowExpandMaxOp,
    TRowExpandMinOp,
    TRowExpandMulOp,
    TRowExpandOp,
    TRowExpandSubOp,
)
from tilewright.dialects.pto.vector import BinaryOp
from tilewright.execution.dtypes import Array
from tilewright.execution.instructions import Instruction, TileBuffer
from tilewright.execution.layouts import TileLayout
from tilewright.execution.memory import Region
from tilewright.execution.numerics.arithmetic import divide, exponential, maximum, minimum, quiet
from tilewright.execution.numerics.core import Core, Family, Numerics
from tilewright.execution.numerics.flat import row_stride
from tilewright.execution.numerics.operands import Operands

_BLOCK_BYTES = 32

_Binary = Callable[[Array, Array], Array]


def row_values(operands: Operands, value: SSAValue, columns: int) -> Array:
    """Read the operand that has one value for each row, and repeat it along the columns.

    It is a column, or a row_major tile with 32 bytes a row. The latter's element `column % n` of the n in a block
    meets that column, and the library reads its blocks one after the other, whatever the tile's row stride is.

    Raises:
        DiagnosticError: TW0424 when it is neither.
    """
    tile = operands.tile(value)
    lanes = _BLOCK_BYTES // tile.layout.item_bytes
    rows, valid_columns = tile.valid
    if tile.type.blayout.data == "col_major":
        if valid_columns == 1:
            return operands.read(value)
    elif valid_columns == lanes:
        blocks = operands.core.read(_in_blocks(tile, rows, lanes))
        return blocks[:, np.arange(columns) % lanes]
    fail(
        "TW0424",
        f"{operands.op.name} takes one value for each row from a col_major column or from row_major rows of {lanes} "
        f"elements, but {tile.name} is {tile.type.blayout.data} with {valid_columns} valid columns",
        operands.op,
    )


def _in_blocks(tile: TileBuffer, rows: int, lanes: int) -> TileBuffer:
    layout = TileLayout(rows, lanes, 1, 1, False, False, tile.layout.item_bytes)
    return replace(tile, layout=layout, valid=(rows, lanes))


def _rows_with(function: _Binary) -> Numerics:
    """One of the sources is as large as the result, the other has one value for each row."""

    @quiet
    def run(core: Core, instruction: Instruction) -> None:
        op = instruction.op
        assert isinstance(op, RowExpandOp | TRowExpandAddOp)
        operands = Operands(core, instruction)
        target, first, second = (operands.tile(value) for value in (op.dst, op.src0, op.src1))
        rows, columns = target.valid
        if first.valid[0] != rows or second.valid[0] != rows:
            operands.disagree(second if first.valid[0] == rows else first, target)
        first_is_full, second_is_full = first.valid == target.valid, second.valid == target.valid
        if first_is_full and second_is_full:
            # Tiles of one block a row fit both ways; the library takes the one with the longer rows as the full one.
            first_is_full = row_stride(first) >= row_stride(second)
        if not first_is_full and not second_is_full:
            operands.disagree(first, target)
        if first_is_full:
            result = function(operands.read(op.src0), row_values(operands, op.src1, columns))
        else:
            result = function(row_values(operands, op.src0, columns), operands.read(op.src1))
        if isinstance(op, RowExpandOp):
            operands.spoil(op.tmp)
        operands.write(op.dst, result)

    return run


def _columns_with(function: _Binary) -> Numerics:
    """One of the sources is as large as the result, the other is one row."""

    @quiet
    def run(core: Core, instruction: Instruction) -> None:
        op = instruction.op
        assert isinstance(op, BinaryOp)
        operands = Operands(core, instruction)
        target, first, second = (operands.tile(value) for value in (op.dst, op.src0, op.src1))
        columns = target.valid[1]
        if first.valid == target.valid:
            operands.write(op.dst, function(operands.read(op.src0), operands.read(op.src1, (1, columns))))
        elif second.valid == target.valid:
            operands.write(op.dst, function(operands.read(op.src0, (1, columns)), operands.read(op.src1)))
        else:
            operands.disagree(first, target)

    return run


def _rows(core: Core, instruction: Instruction) -> None:
    op = instruction.op
    assert isinstance(op, TRowExpandOp)
    operands = Operands(core, instruction)
    source, target = operands.tile(op.src), operands.tile(op.dst)
    if source.valid[0] != target.valid[0]:
        operands.disagree(source, target)
    first = core.read(source, Region(0, 0, source.valid[0], 1))
    operands.write(op.dst, np.broadcast_to(first, target.valid))


def _columns(core: Core, instruction: Instruction) -> None:
    op = instruction.op
    assert isinstance(op, TColExpandOp)
    operands = Operands(core, instruction)
    target = operands.tile(op.dst)
    first = operands.read(op.src, (1, target.valid[1]))
    operands.write(op.dst, np.broadcast_to(first, target.valid))


def _exponential_of_difference(left: Array, right: Array) -> Array:
    """Subtract, round to the element type, then take the exponential."""
    return exponential(left - right)


NUMERICS: Family = {
    TColExpandAddOp: _columns_with(np.add),
    TColExpandDivOp: _columns_with(divide),
    TColExpandExpdifOp: _columns_with(_exponential_of_difference),
    TColExpandMaxOp: _columns_with(maximum),
    TColExpandMinOp: _columns_with(minimum),
    TColExpandMulOp: _columns_with(np.multiply),
    TColExpandOp: _columns,
    TColExpandSubOp: _columns_with(np.subtract),
    TRowExpandAddOp: _rows_with(np.add),
    TRowExpandDivOp: _rows_with(divide),
    TRowExpandExpdifOp: _rows_with(_exponential_of_difference),
    TRowExpandMaxOp: _rows_with(maximum),
    TRowExpandMinOp: _rows_with(minimum),
    TRowExpandMulOp: _rows_with(np.multiply),
    TRowExpandOp: _rows,
    TRowExpandSubOp: _rows_with(np.subtract),
}
