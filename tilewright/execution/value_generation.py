"""Operations of the value engine that make tiles from nothing or from a number."""

from __future__ import annotations

import numpy as np

from tilewright.dialects.tile import EmptyOp, FullOp, IotaOp, RingOp, SplatOp
from tilewright.execution.value_calls import Call, Family, dtype_of
from tilewright.execution.value_numbers import scalar_array
from tilewright.execution.values import TileValue


def ring(_: Call) -> tuple[object, ...]:
    """A ring says where a value is, not what: it has no value of its own."""
    return (None,)


def empty(call: Call) -> tuple[object, ...]:
    op = call.op
    assert isinstance(op, EmptyOp)
    return (TileValue(np.empty((0, 0), dtype_of(op.result.type))),)


def full(call: Call) -> tuple[object, ...]:
    op = call.op
    assert isinstance(op, FullOp)
    tile = op.result.type
    return (TileValue(np.full(tile.valid_extents, scalar_array(op.value.value.data, dtype_of(tile)))),)


def splat(call: Call) -> tuple[object, ...]:
    op = call.op
    assert isinstance(op, SplatOp)
    tile = op.result.type
    return (TileValue(np.full(tile.valid_extents, scalar_array(call.values[op.scalar], dtype_of(tile)))),)


def iota(call: Call) -> tuple[object, ...]:
    op = call.op
    assert isinstance(op, IotaOp)
    tile = op.result.type
    steps = np.arange(tile.valid_extents[1], dtype=np.int64)
    numbers = int(call.values[op.start]) + (-steps if op.is_descending else steps)
    return (TileValue(np.broadcast_to(numbers.astype(dtype_of(tile)), tile.valid_extents)),)


FAMILY: Family = {EmptyOp: empty, FullOp: full, IotaOp: iota, RingOp: ring, SplatOp: splat}
