"""Operations of the value engine that change the shape or the valid part of a tile, or put tiles together."""

from __future__ import annotations

import numpy as np
from xdsl.dialects.builtin import DYNAMIC_INDEX

from tilewright.dialects.diagnostics import fail
from tilewright.dialects.names import value_name
from tilewright.dialects.shapes import shape_text
from tilewright.dialects.tile import (
    ConcatOp,
    ExpandOp,
    FillPadOp,
    InsertOp,
    PadValue,
    ReshapeOp,
    SetValidOp,
    TransposeOp,
)
from tilewright.execution.dtypes import Array, DType
from tilewright.execution.value_calls import Call, Family, check_valid_part, check_window, disagree
from tilewright.execution.value_numbers import is_float
from tilewright.execution.values import TileValue, defined_part, valid_extents, without_holes


def expand(call: Call) -> tuple[object, ...]:
    op = call.op
    assert isinstance(op, ExpandOp)
    data = call.data(op.source)
    extents = tuple(
        part if wanted == DYNAMIC_INDEX else wanted
        for part, wanted in zip(data.shape, op.result.type.valid_extents, strict=True)
    )
    return (TileValue(np.broadcast_to(data, extents)),)


def reshape(call: Call) -> tuple[object, ...]:
    op = call.op
    assert isinstance(op, ReshapeOp)
    data, tile = call.data(op.source), op.result.type
    if op.source.type.extents == tile.extents:
        return (TileValue(data),)
    rows, columns = tile.valid_extents
    if columns == DYNAMIC_INDEX:
        # Only where there is one row may part of it be valid.
        columns = data.size
    rows = data.size // columns if rows == DYNAMIC_INDEX else rows
    if rows * columns != data.size or columns > tile.extents[1] or (rows > 1 and columns != tile.extents[1]):
        fail(
            "TW0411",
            f"the {shape_text(data.shape)} valid elements of {value_name(op.source)} do not make whole rows of {tile}",
            op,
        )
    return (TileValue(data.reshape(rows, columns)),)


def transpose(call: Call) -> tuple[object, ...]:
    op = call.op
    assert isinstance(op, TransposeOp)
    return (TileValue(call.data(op.source).T),)


def concat(call: Call) -> tuple[object, ...]:
    op = call.op
    assert isinstance(op, ConcatOp)
    left, right = call.data(op.lhs), call.data(op.rhs)
    if left.shape[0] != right.shape[0]:
        disagree(op, op.lhs, left.shape, op.rhs, right.shape)
    return (TileValue(np.concatenate([left, right], axis=1)),)


def insert(call: Call) -> tuple[object, ...]:
    """The target may be undefined in part: then so is what no insert has filled."""
    op = call.op
    assert isinstance(op, InsertOp)
    part, target, tile = call.data(op.source), call.tile(op.target), op.target.type
    row, column = offsets = call.integers(op.offsets)
    limits = valid_extents(target, tile)
    check_window(op, value_name(op.target), offsets, part.shape, limits)
    window = (slice(row, row + part.shape[0]), slice(column, column + part.shape[1]))
    before = tuple(min(extent, limit) for extent, limit in zip(target.defined, limits, strict=True))
    known = (slice(before[0]), slice(before[1]))
    data, holes = np.zeros(limits, part.dtype), np.ones(limits, np.bool_)
    data[known] = target.data[known]
    holes[known] = False if target.holes is None else target.holes[known]
    data[window] = part
    holes[window] = False
    return (without_holes(data, holes),)


def set_valid(call: Call) -> tuple[object, ...]:
    op = call.op
    assert isinstance(op, SetValidOp)
    rows, columns = call.integers((op.rows, op.columns))
    extents = check_valid_part(op, op.result.type, (rows, columns))
    return (TileValue(defined_part(call.tile(op.source), op.source, op, extents)),)


def fill_pad(call: Call) -> tuple[object, ...]:
    op = call.op
    assert isinstance(op, FillPadOp)
    data = call.data(op.source)
    whole = np.full(op.result.type.extents, padding(data.dtype, op.value.data))
    whole[: data.shape[0], : data.shape[1]] = data
    return (TileValue(whole),)


def padding(dtype: DType, value: PadValue) -> Array:
    """The element that fills a tile: zero, or the smallest or largest number of its type, infinities included."""
    if value is PadValue.ZERO:
        return np.zeros((), dtype)
    if is_float(dtype):
        return np.asarray(np.inf if value is PadValue.MAX else -np.inf).astype(dtype)
    limits = np.iinfo(dtype)
    return np.asarray(limits.max if value is PadValue.MAX else limits.min, dtype)


FAMILY: Family = {
    ConcatOp: concat,
    ExpandOp: expand,
    FillPadOp: fill_pad,
    InsertOp: insert,
    ReshapeOp: reshape,
    SetValidOp: set_valid,
    TransposeOp: transpose,
}
