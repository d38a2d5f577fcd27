"""Operands of `pto` instructions: tile buffers and windows of global memory, or the memrefs that ptoas makes of them.

ptoas reads its own lowered form too, where instructions take memrefs, and checks next to nothing about them. So do we:
a program with memrefs parses and prints, few instructions are checked where an operand is one, and what needs buffers
(engines) refuses memrefs by name. For the type checker an operand is therefore what the dialect means by it.
"""

from __future__ import annotations

from typing import cast

from xdsl.dialects.builtin import MemRefType
from xdsl.ir import SSAValue
from xdsl.irdl import base

from tilewright.dialects.fields import typed_operand, typed_operands, typed_opt_operand
from tilewright.dialects.pto.attributes import AddressSpace, AddressSpaceAttr
from tilewright.dialects.pto.types import PartitionViewType, TileBufType

BUFFER = base(TileBufType) | base(MemRefType)
WINDOW = base(PartitionViewType) | base(MemRefType)
SHAPED = base(TileBufType) | base(PartitionViewType) | base(MemRefType)


def buffer_operand() -> SSAValue[TileBufType]:
    """A tile buffer, or a memref that stands for one."""
    return cast(SSAValue[TileBufType], typed_operand(BUFFER))


def optional_buffer_operand() -> SSAValue[TileBufType] | None:
    """A tile buffer that may be absent."""
    return cast("SSAValue[TileBufType] | None", typed_opt_operand(BUFFER))


def window_operand() -> SSAValue[PartitionViewType]:
    """A window of global memory, or a memref that stands for one."""
    return cast(SSAValue[PartitionViewType], typed_operand(WINDOW))


def shaped_operand() -> SSAValue[TileBufType]:
    """A tile buffer or a window of global memory: some instructions take either, or a memref that stands for it."""
    return cast(SSAValue[TileBufType], typed_operand(SHAPED))


def optional_shaped_operand() -> SSAValue[TileBufType] | None:
    """A tile buffer or a window that may be absent."""
    return cast("SSAValue[TileBufType] | None", typed_opt_operand(SHAPED))


def shaped_operands() -> tuple[SSAValue[TileBufType], ...]:
    """Any number of buffers and windows."""
    return cast("tuple[SSAValue[TileBufType], ...]", typed_operands(SHAPED))


def tile_type(value: SSAValue) -> TileBufType | None:
    """The type of a tile buffer; None for a window, and for a memref that stands for either."""
    return value.type if isinstance(value.type, TileBufType) else None


def memory_of(value: SSAValue) -> str:
    """The memory that an operand lies in; `gm` for a window, and for a memref that does not say."""
    match value.type:
        case TileBufType(location=location):
            return location
        case MemRefType(memory_space=AddressSpaceAttr(data=space)):
            return space
        case _:
            return AddressSpace.GM


def extents_of(value: SSAValue) -> tuple[int, ...]:
    """The shape of what an instruction works on, `DYNAMIC_INDEX` for `?`."""
    match value.type:
        case TileBufType() | PartitionViewType():
            return value.type.extents
        case MemRefType():
            return tuple(extent.data for extent in value.type.shape)
        case _:
            return ()


def valid_extents_of(value: SSAValue) -> tuple[int, ...]:
    """The shape of the part that holds data: all of it, unless a tile buffer says otherwise."""
    tile = tile_type(value)
    return extents_of(value) if tile is None else tile.valid_extents
