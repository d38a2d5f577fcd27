"""Gather and scatter within Vec."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray
from xdsl.ir import SSAValue

from tilewright.dialects.diagnostics import fail
from tilewright.dialects.pto.gather import TGatherBOp, TGatherOp, TScatterOp
from tilewright.dialects.pto.instruction_attributes import CmpMode, MaskPattern
from tilewright.execution.instructions import Instruction, TileBuffer
from tilewright.execution.memory import Region
from tilewright.execution.numerics.arithmetic import quiet
from tilewright.execution.numerics.core import Core, Family
from tilewright.execution.numerics.flat import flattened, row_stride, take
from tilewright.execution.numerics.operands import Operands, element

_BLOCK_BYTES = 32
_REPEAT_BLOCKS = 8
_REPEATS = 255
"""Repeats of one vector instruction at most."""

_KEPT: Mapping[MaskPattern, slice] = {
    MaskPattern.P0101: slice(0, None, 2),
    MaskPattern.P1010: slice(1, None, 2),
    MaskPattern.P0001: slice(0, None, 4),
    MaskPattern.P0010: slice(1, None, 4),
    MaskPattern.P0100: slice(2, None, 4),
    MaskPattern.P1000: slice(3, None, 4),
    MaskPattern.P1111: slice(None),
}
"""The columns that a pattern keeps; its last digit stands for the first column."""


@quiet
def _gather(core: Core, instruction: Instruction) -> None:
    op = instruction.op
    assert isinstance(op, TGatherOp)
    operands = Operands(core, instruction)
    if op.mask_pattern is not None:
        _gather_by_pattern(operands, op, op.mask_pattern.data)
    elif op.indices is not None:
        _gather_by_index(operands, op, op.indices)
    else:
        assert op.k_value is not None
        assert op.cdst is not None
        _gather_by_comparison(operands, op, op.k_value, op.cdst)


def _gather_by_index(operands: Operands, op: TGatherOp, indices: SSAValue) -> None:
    """Take the elements of the source that indices count through, as they lie in memory."""
    source = operands.tile(op.src)
    places = operands.read(indices, operands.tile(op.dst).valid).astype(np.int64)
    result = take(operands.core, source, _within(operands, places, source))
    if source.layout.item_bytes == 2:
        # Byte offsets of 16-bit elements do not fit into the destination, where the others are kept.
        operands.spoil(op.tmp)
    operands.write(op.dst, result)


def _gather_by_pattern(operands: Operands, op: TGatherOp, pattern: MaskPattern) -> None:
    """Take the columns of a pattern from each row; the results lie one after the other in the destination."""
    kept = np.ascontiguousarray(operands.read(op.src)[:, _KEPT[pattern]]).ravel()[np.newaxis]
    target = flattened(operands.tile(op.dst))
    if kept.shape[1] > target.valid[1]:
        fail(
            "TW0427",
            f"{op.name} keeps {kept.shape[1]} elements, but {target.name} has room for {target.valid[1]}",
            op,
        )
    operands.core.write(target, kept.view(operands.dtype(op.dst)))


def _gather_by_comparison(operands: Operands, op: TGatherOp, number: SSAValue, counts: SSAValue) -> None:
    """Write the places of the elements of each row that compare, from the left, and how many they are.

    A place is the element's offset from the start of the tile, plus `offset`. What is right of them stays as it was.
    """
    source, target = operands.tile(op.src), operands.tile(op.dst)
    values = operands.read(op.src)
    wanted = element(operands.scalar(number), values.dtype)
    is_greater = op.cmp_mode is not None and op.cmp_mode.data is CmpMode.GT
    found = values > wanted if is_greater else values == wanted
    rows = values.shape[0]
    count = found.sum(axis=1)
    if (count > target.layout.columns).any() or rows > target.layout.rows:
        fail("TW0427", f"{op.name} finds {count.max()} elements in one of {rows} rows, too many for {target.name}", op)
    offset = 0 if op.offset is None else op.offset.value.data
    whole = np.arange(rows * row_stride(source), dtype=np.int64).reshape(rows, -1) + offset
    places = whole[:, : values.shape[1]].astype(operands.dtype(op.dst))
    operands.spoil(op.tmp)
    for row in range(rows):
        operands.core.write(target, places[row][found[row]][np.newaxis], Region(row, 0, 1, int(count[row])))
    # The library writes the counts one after the other, whatever the layout of their tile.
    operands.core.write(flattened(operands.tile(counts)), count.astype(operands.dtype(counts))[np.newaxis])


def _gather_blocks(core: Core, instruction: Instruction) -> None:
    """Take blocks of 32 bytes, each at its byte offset from the start of the source."""
    op = instruction.op
    assert isinstance(op, TGatherBOp)
    operands = Operands(core, instruction)
    source, target = operands.tile(op.src), operands.tile(op.dst)
    rows, columns = target.valid
    offsets = operands.tile(op.offsets)
    starts = take(core, offsets, _within(operands, _places_of_offsets(offsets, rows, columns, target), offsets))
    odd = starts % _BLOCK_BYTES != 0
    if odd.any():
        fail(
            "TW0427",
            f"{op.name} takes a block at byte {int(starts[odd][0])} of {source.name}; blocks start at multiples of "
            f"{_BLOCK_BYTES}",
            op,
        )
    item = source.layout.item_bytes
    places = starts.astype(np.int64)[..., np.newaxis] // item + np.arange(_BLOCK_BYTES // item)
    gathered = take(core, source, _within(operands, places, source)).reshape(rows, -1)
    operands.write(op.dst, np.ascontiguousarray(gathered).view(operands.dtype(op.dst))[:, :columns])


def _places_of_offsets(offsets: TileBuffer, rows: int, columns: int, target: TileBuffer) -> NDArray[np.int64]:
    """Say where the library finds the offset of each block.

    Whole repeats of eight blocks count through the rows of offsets. The tails of all rows are one instruction for each
    255 rows, which takes eight offsets for each row, one row's after the other's.
    """
    stride = row_stride(offsets)
    blocks = -(-columns * target.layout.item_bytes // _BLOCK_BYTES)
    whole = columns * target.layout.item_bytes // (_BLOCK_BYTES * _REPEAT_BLOCKS) * _REPEAT_BLOCKS
    row, block = np.arange(rows, dtype=np.int64)[:, np.newaxis], np.arange(blocks, dtype=np.int64)
    tail = row // _REPEATS * (_REPEATS * stride) + row % _REPEATS * _REPEAT_BLOCKS + block
    return np.where(block < whole, row * stride + block, tail)


def _scatter(core: Core, instruction: Instruction) -> None:
    """Fill the destination with zeros, then write the elements of the source in order, each where its index says."""
    op = instruction.op
    assert isinstance(op, TScatterOp)
    operands = Operands(core, instruction)
    indices = operands.read(op.indexes)
    values = operands.read(op.src, indices.shape)
    target = operands.tile(op.dst)
    row = flattened(target)
    result = np.zeros(row.valid, values.dtype).ravel()
    result[_within(operands, indices.astype(np.int64), target).ravel()] = values.ravel()
    core.write(row, result.reshape(row.valid))


def _within(operands: Operands, places: NDArray[np.int64], tile: TileBuffer) -> NDArray[np.int64]:
    """Check that places lie in a tile (TW0427)."""
    count = flattened(tile).valid[1]
    outside = (places < 0) | (places >= count)
    if outside.any():
        fail(
            "TW0427",
            f"{operands.op.name} reaches element {int(places[outside][0])} of {tile.name}, which has {count}",
            operands.op,
            notes=("elements are counted as they lie in memory, those outside of the valid part included",),
        )
    return places


NUMERICS: Family = {
    TGatherBOp: _gather_blocks,
    TGatherOp: _gather,
    TScatterOp: _scatter,
}
