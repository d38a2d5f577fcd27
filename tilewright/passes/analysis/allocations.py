"""The ops that make buffers: how many bytes each takes, and of which memory."""

from __future__ import annotations

from collections.abc import Iterator
from math import prod
from typing import TypeAlias

from xdsl.dialects import memref
from xdsl.dialects.builtin import DYNAMIC_INDEX, MemRefType
from xdsl.ir import Operation, SSAValue

from tilewright.arch.chip import element_bits, load_chip
from tilewright.dialects.pto import AllocMultiTileOp, AllocTileOp
from tilewright.dialects.pto.core_pipes import ReserveBufferOp
from tilewright.dialects.pto.lowered import PointerCastOp
from tilewright.dialects.pto.operands import memory_of
from tilewright.dialects.spaces import Space
from tilewright.passes.analysis.memory_touches import object_behind

Unplanned: TypeAlias = AllocTileOp | AllocMultiTileOp | memref.AllocOp
"""A buffer without an address."""


def unplanned_buffers(root: Operation) -> Iterator[Unplanned]:
    """The buffers under `root` that have no address yet."""
    for op in root.walk():
        match op:
            case AllocTileOp(addr=None) | AllocMultiTileOp(addr=None):
                yield op
            case memref.AllocOp() if space_of(op) is not None:
                yield op
            case _:
                pass


def buffer_of(op: Unplanned) -> SSAValue:
    """The buffer that an op makes."""
    return op.results[0]


def space_of(op: Unplanned) -> Space | None:
    """The memory that a buffer lies in; None for a memref in global memory."""
    if isinstance(op, AllocMultiTileOp):
        return op.result.type.tile.location
    name = memory_of(buffer_of(op))
    return next((space for space in Space if space == name), None)


def size_of(op: Unplanned) -> int | None:
    """The bytes that a buffer takes; None where only the running kernel knows."""
    match op:
        case AllocTileOp():
            return op.result.type.size_bytes
        case AllocMultiTileOp():
            return op.result.type.slot_bytes * op.result.type.slots
        case memref.AllocOp():
            return _memref_bytes(op.memref.type)


def fixed_end(op: Operation) -> tuple[Space, int] | None:
    """The memory of what has its place already, and the first byte that certainly lies behind it."""
    match op:
        case AllocTileOp() | AllocMultiTileOp() if op.addr is not None:
            space = space_of(op)
        case PointerCastOp():
            name = memory_of(op.result)
            space = next((each for each in Space if each == name), None)
        case ReserveBufferOp() if op.start is not None:
            return Space(str(op.space.data)), op.start.value.data + op.size.value.data
        case _:
            return None
    if space is None:
        return None
    return space, object_behind(op.results[0]).end


def _memref_bytes(type_: MemRefType) -> int | None:
    shape = [extent.data for extent in type_.shape]
    if DYNAMIC_INDEX in shape:
        return None
    size = prod(shape) * element_bits(str(type_.element_type)) // 8
    step = load_chip().fractal.row_bytes
    return -(-size // step) * step
