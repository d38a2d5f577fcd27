"""Operations that make tensors and tiles."""

from __future__ import annotations

from typing import cast

from xdsl.dialects.builtin import (
    DYNAMIC_INDEX,
    BFloat16Type,
    Float16Type,
    Float32Type,
    FloatAttr,
    IntegerAttr,
    IntegerType,
)
from xdsl.ir import Attribute

from tilewright.dialects import tile as ir
from tilewright.dialects.spaces import Space
from tilewright.dialects.tile import TensorType, TileType
from tilewright.language import scalars
from tilewright.language.enums import MemorySpace
from tilewright.language.objects import Where
from tilewright.language.operands import element_type, index, matrix, sequence, static_shape
from tilewright.language.ops.registry import op
from tilewright.language.translator import Translator
from tilewright.language.values import ScalarRef, TensorRef, TileRef, describe


@op("Creation", where=Where.ANYWHERE, others=("tensor.create",))
def create_tensor(
    t: Translator,
    shape: object,
    dtype: object,
    layout: object = None,
    manual_dep: bool = False,
    init_value: object = None,
) -> object:
    """A tensor in global memory with undefined contents, or full of `init_value`.

    In a compute scope it is a tile: zeros, or `init_value`.
    """
    element = element_type(t, dtype)
    if t.in_scope:
        return full(t, shape, dtype, 0 if init_value is None else init_value)
    extents: list[int] = []
    dims: list[object] = []
    for part in sequence(t, shape, "the shape"):
        if isinstance(part, ScalarRef):
            extents.append(DYNAMIC_INDEX)
            dims.append(part)
        else:
            extents += static_shape(t, [part])
    init = None if init_value is None else _attribute(t, init_value, element)
    made = ir.AllocTensorOp(TensorType.of(extents, element), [index(t, extent) for extent in dims], init)
    return TensorRef(t.emit(made).result)


def _attribute(t: Translator, value: object, element: Attribute) -> Attribute:
    if not isinstance(value, bool | int | float):
        t.fail("TW0607", f"the value is {describe(value)}, and a constant is needed")
    if isinstance(element, BFloat16Type | Float16Type | Float32Type):
        return FloatAttr(float(value), element)
    assert isinstance(element, IntegerType)
    return IntegerAttr(int(value), cast("IntegerType", element), truncate_bits=True)


@op("Creation", others=("tile.create",))
def create_tile(
    t: Translator, shape: object, dtype: object, target_memory: object = MemorySpace.Vec, transpose: object = None
) -> object:
    """A tile with undefined contents: the start of an accumulator whose first matmul overwrites it."""
    kind = TileType.of(matrix(static_shape(t, shape)), element_type(t, dtype))
    if target_memory is MemorySpace.Acc:
        kind = kind.placed(Space.ACC)
    return TileRef(t.emit(ir.EmptyOp(kind)).result)


@op("Creation", others=("tile.full",))
def full(t: Translator, shape: object, dtype: object, value: object) -> object:
    """A tile whose elements all are `value`."""
    element = element_type(t, dtype)
    kind = TileType.of(matrix(static_shape(t, shape)), element)
    if isinstance(value, bool | int | float):
        return TileRef(t.emit(ir.FullOp(_attribute(t, value, element), kind)).result)
    return TileRef(t.emit(ir.SplatOp(scalars.scalar(t, value, element), kind)).result)


@op("Creation", others=("tile.ci",))
def arange(t: Translator, start: object, shape: object, dtype: object = None, descending: bool = False) -> object:
    """Whole numbers from `start`, along each row."""
    from tilewright.language.dtypes import INT32

    element = element_type(t, INT32 if dtype is None else dtype)
    kind = TileType.of(matrix(static_shape(t, shape)), element)
    return TileRef(t.emit(ir.IotaOp(scalars.scalar(t, start, element), kind, bool(descending))).result)
