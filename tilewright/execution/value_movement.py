"""Loads, stores, moves and extracts in the value engine. Rings say where a value is, not what: they are ignored."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from xdsl.dialects.builtin import DYNAMIC_INDEX
from xdsl.ir import Operation, SSAValue

from tilewright.dialects.diagnostics import fail
from tilewright.dialects.names import value_name
from tilewright.dialects.shapes import shape_text
from tilewright.dialects.tile import ExtractOp, LoadOp, MoveOp, StoreOp
from tilewright.dialects.tile.windows import touched
from tilewright.execution.dtypes import Array, DType
from tilewright.execution.value_calls import Call, Family, check_valid_part, check_window, dtype_of, tile_type
from tilewright.execution.values import TensorValue, TileValue


def load(call: Call) -> tuple[object, ...]:
    """A copy of a window; the rows of the tile count through its leading dimensions."""
    op = call.op
    assert isinstance(op, LoadOp)
    tile, tensor = op.result.type, call.tensor(op.source)
    valid = tile.valid_extents
    if op.rows is not None:
        assert op.columns is not None
        rows, columns = call.integers((op.rows, op.columns))
        valid = check_valid_part(op, tile, (rows, columns))
    if op.is_transposed:
        valid = (valid[1], valid[0])
    places = window_places(op, tensor, call.integers(op.offsets), op.window, valid)
    if tensor.written is not None and not tensor.written[places].all():
        fail(
            "TW0406",
            f"{op.name} reads elements of {tensor.name} that were never written",
            op,
            help=("write all of the window first, or give tile.alloc_tensor an init value",),
        )
    data = tensor.array[places]
    call.counts.load(tensor.name, data.nbytes)
    return (TileValue(data.T if op.is_transposed else data),)


def store(call: Call) -> tuple[object, ...]:
    op = call.op
    assert isinstance(op, StoreOp)
    tensor, data = call.tensor(op.target), call.data(op.tile)
    rows, columns = data.shape
    places = window_places(op, tensor, call.integers(op.offsets), op.window, (rows, columns))
    new = nearest(data, tensor.array.dtype)
    if op.atomic is not None:
        if tensor.written is not None and not tensor.written[places].all():
            fail("TW0406", f"{op.name} adds to elements of {tensor.name} that were never written", op)
        new = sum_of(tensor.array[places], new)
    tensor.array[places] = new
    if tensor.written is not None:
        tensor.written[places] = True
    call.counts.store(tensor.name, new.nbytes)
    return ()


def window_places(
    op: Operation, tensor: TensorValue, offsets: Sequence[int], sizes: Sequence[int], valid: tuple[int, int]
) -> tuple[Any, ...]:
    """Where in the array of a tensor the valid part of a tile lies: an index array for each dimension.

    Raises:
        DiagnosticError: TW0410, some of it lies outside; TW0411, it is larger than the window.
    """
    rows, columns = valid
    *leading, last = sizes
    if columns > last or rows > int(np.prod(leading)):
        fail("TW0411", f"{op.name} takes {rows}x{columns} elements from a window of {shape_text(sizes)}", op)
    used = touched(sizes, valid)
    check_window(op, tensor.name, offsets, used, tensor.array.shape)
    *starts, start = offsets
    counters = np.unravel_index(np.arange(rows), tuple(leading)) if leading else ()
    places = [(counter + first)[:, np.newaxis] for counter, first in zip(counters, starts, strict=True)]
    return (*places, np.broadcast_to(np.arange(columns) + start, (rows, columns)))


def move(call: Call) -> tuple[object, ...]:
    op = call.op
    assert isinstance(op, MoveOp)
    tile = call.tile(op.source)
    _count_move(call, op.source, op.result)
    return (TileValue(nearest(tile.data, dtype_of(op.result.type)), tile.holes),)


def extract(call: Call) -> tuple[object, ...]:
    """Beyond the defined part of the source the window is undefined, too."""
    op = call.op
    assert isinstance(op, ExtractOp)
    tile, result = call.tile(op.source), op.result.type
    row, column = offsets = call.integers(op.offsets)
    check_window(op, value_name(op.source), offsets, result.extents, tile_type(op.source).extents)
    _count_move(call, op.source, op.result)
    # Where the valid part is `?` it is what the window has of that of the source.
    rows, columns = (
        whole if part == DYNAMIC_INDEX else part
        for part, whole in zip(result.valid_extents, result.extents, strict=True)
    )
    window = (slice(row, row + rows), slice(column, column + columns))
    return (TileValue(tile.data[window], None if tile.holes is None else tile.holes[window]),)


def nearest(data: Array, dtype: DType) -> Array:
    """Convert to another element type, rounding to nearest, ties to even."""
    with np.errstate(over="ignore"):
        return data.astype(dtype)


def sum_of(one: Array, other: Array) -> Array:
    """Add arrays of one element type; numpy adds small floats in f32 and rounds once."""
    with np.errstate(over="ignore", invalid="ignore"):
        return np.add(one, other)


def _count_move(call: Call, source: SSAValue, target: SSAValue) -> None:
    before, after = tile_type(source).placement, tile_type(target).placement
    if before is not None and after is not None:
        call.counts.move(before, after)


FAMILY: Family = {ExtractOp: extract, LoadOp: load, MoveOp: move, StoreOp: store}
