"""Tensors and single elements in the value engine. A view shares the array of the tensor that it is cut from."""

from __future__ import annotations

from math import prod

import numpy as np
from xdsl.dialects.builtin import DYNAMIC_INDEX

from tilewright.dialects.diagnostics import fail
from tilewright.dialects.names import value_name
from tilewright.dialects.shapes import shape_text
from tilewright.dialects.tile import AllocTensorOp, DimOp, ReadOp, TensorReshapeOp, TensorType, ViewOp, WriteOp
from tilewright.execution.dtypes import Array
from tilewright.execution.value_calls import Call, Family, check_window, dtype_of
from tilewright.execution.value_numbers import scalar_array, scalar_of
from tilewright.execution.values import TensorValue


def alloc(call: Call) -> tuple[object, ...]:
    op = call.op
    assert isinstance(op, AllocTensorOp)
    tensor, dims = op.result.type, iter(call.integers(op.dims))
    extents = tuple(next(dims) if extent == DYNAMIC_INDEX else extent for extent in tensor.extents)
    if min(extents) < 0:
        fail("TW0411", f"{op.name} makes a tensor of {shape_text(extents)}", op)
    name, dtype = value_name(op.result).removeprefix("%"), dtype_of(tensor)
    if op.init is None:
        return (TensorValue(name, np.zeros(extents, dtype), np.zeros(extents, np.bool_)),)
    return (TensorValue(name, np.full(extents, scalar_array(op.init.value.data, dtype))),)


def view(call: Call) -> tuple[object, ...]:
    op = call.op
    assert isinstance(op, ViewOp)
    tensor, offsets = call.tensor(op.source), call.integers(op.offsets)
    whole = tensor.array.shape
    sizes = [
        max(end - start, 0) if extent == DYNAMIC_INDEX else extent
        for extent, start, end in zip(op.result.type.extents, offsets, whole, strict=True)
    ]
    check_window(op, tensor.name, offsets, sizes, whole)
    window = tuple(slice(start, start + size) for start, size in zip(offsets, sizes, strict=True))
    written = None if tensor.written is None else tensor.written[window]
    return (TensorValue(tensor.name, tensor.array[window], written),)


def reshape(call: Call) -> tuple[object, ...]:
    op = call.op
    assert isinstance(op, TensorReshapeOp)
    tensor, type_ = call.tensor(op.source), op.result.type
    known = prod(extent for extent in type_.extents if extent != DYNAMIC_INDEX)
    open_ = tensor.array.size // known
    extents = tuple(open_ if extent == DYNAMIC_INDEX else extent for extent in type_.extents)
    if prod(extents) != tensor.array.size:
        fail("TW0411", f"{tensor.name} has {tensor.array.size} elements here, which do not make {type_}", op)
    array = _in_place(tensor.array, extents)
    if array is None:
        fail(
            "TW0411",
            f"{tensor.name} is not one run of memory, so that it cannot take the shape {shape_text(extents)}",
            op,
            help=("reshape the whole tensor first, and take the view from that",),
        )
    written = None if tensor.written is None else _in_place(tensor.written, extents)
    return (TensorValue(tensor.name, array, written),)


def _in_place(array: Array, extents: tuple[int, ...]) -> Array | None:
    """The same memory in another shape; None where that takes a copy."""
    shaped = array.reshape(extents)
    return shaped if not array.size or np.shares_memory(shaped, array) else None


def dim(call: Call) -> tuple[object, ...]:
    op = call.op
    assert isinstance(op, DimOp)
    return (call.tensor(op.source).array.shape[op.axis_number],)


def read(call: Call) -> tuple[object, ...]:
    op = call.op
    assert isinstance(op, ReadOp)
    place, ones = tuple(call.integers(op.indices)), (1,) * len(op.indices)
    if isinstance(op.source.type, TensorType):
        tensor = call.tensor(op.source)
        check_window(op, tensor.name, place, ones, tensor.array.shape)
        array, hole = tensor.array, tensor.written is not None and not tensor.written[place]
    else:
        tile = call.tile(op.source)
        check_window(op, value_name(op.source), place, ones, op.source.type.extents)
        array = tile.data
        inside = all(index < extent for index, extent in zip(place, tile.defined, strict=True))
        hole = not inside or (tile.holes is not None and bool(tile.holes[place]))
    if hole:
        fail("TW0406", f"{op.name} reads {value_name(op.source)} at {list(place)}, which was never defined", op)
    # A number of `arith` has no sign: of an unsigned element it holds the bits.
    bits = np.dtype(f"i{array.dtype.itemsize}") if array.dtype.kind == "u" else array.dtype
    return (scalar_of(array[place].astype(bits), bits),)


def write(call: Call) -> tuple[object, ...]:
    op = call.op
    assert isinstance(op, WriteOp)
    tensor, place = call.tensor(op.target), tuple(call.integers(op.indices))
    check_window(op, tensor.name, place, (1,) * len(place), tensor.array.shape)
    tensor.array[place] = scalar_array(call.values[op.value], tensor.array.dtype)
    if tensor.written is not None:
        tensor.written[place] = True
    return ()


FAMILY: Family = {
    AllocTensorOp: alloc,
    DimOp: dim,
    ReadOp: read,
    TensorReshapeOp: reshape,
    ViewOp: view,
    WriteOp: write,
}
