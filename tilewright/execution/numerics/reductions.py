"""Reductions of rows and columns, in the order in which the library adds.

A row of floats is cut into repeats of 256 bytes. Neighbouring repeats are added lane by lane, as a tree; the tail joins
the first lanes of the first sum. The lanes of the last repeat are added as a binary tree of neighbours, since the order
of the chip is not documented there. Four shapes of float32 have a faster way of their own. Integers wrap around in any
order.
A column is reduced from its first row to its last, unless `isBinary` says otherwise.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from xdsl.ir import SSAValue

from tilewright.dialects.pto.reduction import (
    ColumnReductionOp,
    RowReductionOp,
    TColMaxOp,
    TColMinOp,
    TColProdOp,
    TColSumOp,
    TRowMaxOp,
    TRowMinOp,
    TRowProdOp,
    TRowSumOp,
)
from tilewright.execution.dtypes import Array
from tilewright.execution.instructions import Instruction, TileBuffer
from tilewright.execution.numerics.arithmetic import maximum, minimum, quiet
from tilewright.execution.numerics.core import Core, Family, Numerics
from tilewright.execution.numerics.operands import Operands

_REPEAT_BYTES = 256
_BLOCK_BYTES = 32
_BLOCK_SHAPES = {(64, 128), (32, 256), (16, 512), (8, 1024)}
"""Valid shapes of float32 whose sums start with blocks of 32 bytes."""


def _rows(reduce: Callable[[TileBuffer, TileBuffer, Array], Array]) -> Numerics:
    @quiet
    def run(core: Core, instruction: Instruction) -> None:
        op = instruction.op
        assert isinstance(op, RowReductionOp)
        operands = Operands(core, instruction)
        source, target = operands.tile(op.src), operands.tile(op.dst)
        if source.valid[0] != target.valid[0]:
            operands.disagree(target, source)
        result = reduce(source, target, operands.read(op.src))
        operands.spoil(op.tmp)
        operands.write(op.dst, result[:, np.newaxis])

    return run


def _row_sum(source: TileBuffer, target: TileBuffer, values: Array) -> Array:
    if values.dtype.kind != "f":
        return values.sum(axis=1, dtype=values.dtype)
    whole = (source.layout.rows, source.layout.columns) == values.shape
    is_column = target.type.blayout.data == "col_major"
    if values.dtype == np.float32 and whole and is_column and values.shape in _BLOCK_SHAPES:
        return _sum_of_blocks(values)
    return _sum_of_repeats(values)


def _sum_of_repeats(values: Array) -> Array:
    lanes = _REPEAT_BYTES // values.itemsize
    rows, columns = values.shape
    repeats, tail = divmod(columns, lanes)
    if repeats == 0:
        return _tree(values)
    parts = values[:, : repeats * lanes].reshape(rows, repeats, lanes)
    if repeats == 1:
        sums = parts.copy()
    else:
        sums = _pairs(parts)
        if repeats % 2:
            sums[:, 0] += parts[:, -1]
    if tail:
        sums[:, 0, :tail] += values[:, repeats * lanes :]
    while sums.shape[1] > 1:
        count = sums.shape[1]
        paired = _pairs(sums)
        if count % 2:
            paired[:, -1] += sums[:, -1]
        sums = paired
    return _tree(sums[:, 0])


def _pairs(parts: Array) -> Array:
    """Add neighbours along axis 1; an odd last one is left out."""
    count = parts.shape[1] // 2 * 2
    return parts[:, 0:count:2] + parts[:, 1:count:2]


def _sum_of_blocks(values: Array) -> Array:
    """Add the eight elements of each block, then blocks, as each shape has it."""
    rows, columns = values.shape
    sums = _tree(values.reshape(rows, -1, 8))
    if columns >= 512:
        sums = _tree(sums.reshape(rows, -1, 8))
    while sums.shape[1] > 8:
        parts = sums.reshape(rows, -1, 2, 8)
        sums = (parts[:, :, 0] + parts[:, :, 1]).reshape(rows, -1)
    return _tree(sums)


def _tree(values: Array) -> Array:
    """Add the last axis as a binary tree of neighbours."""
    while (count := values.shape[-1]) > 1:
        even = count // 2 * 2
        sums = values[..., 0:even:2] + values[..., 1:even:2]
        values = np.concatenate([sums, values[..., even:]], axis=-1)
    return values[..., 0]


def _row_product(source: TileBuffer, target: TileBuffer, values: Array) -> Array:
    """Multiply block by block, then the lanes of a block from left to right; float16 lanes in float32."""
    del source, target
    if values.dtype.kind != "f":
        return values.prod(axis=1, dtype=values.dtype)
    lanes = _BLOCK_BYTES // values.itemsize
    rows, columns = values.shape
    blocks = -(-columns // lanes)
    padded = np.ones((rows, blocks * lanes), values.dtype)
    padded[:, :columns] = values
    product = np.multiply.reduce(padded.reshape(rows, blocks, lanes), axis=1)
    return np.multiply.reduce(product.astype(np.float32), axis=1).astype(values.dtype)


def _extremum(function: Callable[[Array, Array], Array]) -> Numerics:
    def reduce(source: TileBuffer, target: TileBuffer, values: Array) -> Array:
        del source, target
        while (count := values.shape[1]) > 1:
            half = count // 2
            best = function(values[:, :half], values[:, half : 2 * half])
            values = np.concatenate([best, values[:, 2 * half :]], axis=1)
        return values[:, 0]

    return _rows(reduce)


def _columns(function: Callable[[Array, Array], Array]) -> Numerics:
    @quiet
    def run(core: Core, instruction: Instruction) -> None:
        op = instruction.op
        assert isinstance(op, ColumnReductionOp)
        operands = Operands(core, instruction)
        operands.write(op.dst, _sequentially(function, _of_columns(operands, op.src, op.dst)))

    return run


@quiet
def _column_sum(core: Core, instruction: Instruction) -> None:
    op = instruction.op
    assert isinstance(op, TColSumOp)
    operands = Operands(core, instruction)
    values = _of_columns(operands, op.src, op.dst)
    if op.is_binary is None or not op.is_binary.value.data:
        operands.write(op.dst, _sequentially(np.add, values))
        return
    while (count := values.shape[0]) > 1:
        even = count // 2 * 2
        sums = values[0:even:2] + values[1:even:2]
        if count % 2:
            sums[0] += values[-1]
        values = sums
    operands.spoil(op.tmp)
    operands.write(op.dst, values)


def _of_columns(operands: Operands, source: SSAValue, target: SSAValue) -> Array:
    first, second = operands.tile(source), operands.tile(target)
    if first.valid[1] != second.valid[1]:
        operands.disagree(second, first)
    return operands.read(source)


def _sequentially(function: Callable[[Array, Array], Array], values: Array) -> Array:
    result = values[0]
    for row in values[1:]:
        result = function(result, row)
    return result[np.newaxis]


NUMERICS: Family = {
    TColMaxOp: _columns(maximum),
    TColMinOp: _columns(minimum),
    TColProdOp: _columns(np.multiply),
    TColSumOp: _column_sum,
    TRowMaxOp: _extremum(maximum),
    TRowMinOp: _extremum(minimum),
    TRowProdOp: _rows(_row_product),
    TRowSumOp: _rows(_row_sum),
}
