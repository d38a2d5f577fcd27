"""Operands of `pto` instructions: tile buffers and windows of global memory, or the memrefs that ptoas makes of them.

ptoas reads its own lowered form too, where instructions take memrefs, and checks nothing about them. So do we: a
program with memrefs parses and prints, instructions are checked only where no operand is one, and what needs buffers
(engines, emission) refuses memrefs by name. For the type checker an operand is therefore what the dialect means by it.
"""

from __future__ import annotations

from typing import cast

from xdsl.dialects.builtin import MemRefType
from xdsl.ir import SSAValue
from xdsl.irdl import base

from tilewright.dialects.fields import typed_operand, typed_operands, typed_opt_operand
from tilewright.dialects.pto.types import PartitionViewType, TileBufType

BUFFER = base(TileBufType) | base(MemRefType)
WINDOW = base(PartitionViewType) | base(MemRefType)


def buffer_operand() -> SSAValue[TileBufType]:
    """A tile buffer, or a memref that stands for one."""
    return cast(SSAValue[TileBufType], typed_operand(BUFFER))


def optional_buffer_operand() -> SSAValue[TileBufType] | None:
    """A tile buffer that may be absent."""
    return cast("SSAValue[TileBufType] | None", typed_opt_operand(BUFFER))


def buffer_operands() -> tuple[SSAValue[TileBufType], ...]:
    """Any number of tile buffers."""
    return cast("tuple[SSAValue[TileBufType], ...]", typed_operands(BUFFER))


def window_operand() -> SSAValue[PartitionViewType]:
    """A window of global memory, or a memref that stands for one."""
    return cast(SSAValue[PartitionViewType], typed_operand(WINDOW))


def tile_type(value: SSAValue) -> TileBufType | None:
    """The type of a tile buffer; None for a memref that stands for one."""
    return value.type if isinstance(value.type, TileBufType) else None
