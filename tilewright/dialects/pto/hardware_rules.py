"""Rules of the hardware that neither ptoas nor the C++ library checks."""

from __future__ import annotations

from collections.abc import Iterator

from xdsl.ir import Operation, OpResult, SSAValue

from tilewright.arch.chip import load_chip
from tilewright.dialects.constants import constant_value
from tilewright.dialects.names import value_name
from tilewright.dialects.pto.attributes import KernelKind
from tilewright.dialects.pto.compute import AccumulatingOp, CubeOp
from tilewright.dialects.pto.core_pipes import AivInitializePipeOp, InitializePipeOp, ReserveBufferOp
from tilewright.dialects.pto.core_sync import CoreSyncOp
from tilewright.dialects.pto.kernels import kernel_kind
from tilewright.dialects.pto.movement import TStoreOp
from tilewright.dialects.pto.pipe_handles import InitializeHandleOp
from tilewright.dialects.pto.storage import AllocMultiTileOp, AllocTileOp
from tilewright.dialects.pto.sync import FlagOp
from tilewright.dialects.pto.types import TileBufType
from tilewright.dialects.pto.vector import VectorOp
from tilewright.dialects.pto.views import MakeTensorViewOp
from tilewright.dialects.spaces import Space

_OFFSETS = 2**32
"""Offsets into a tensor are computed in 32 bits, in elements."""

_SIGNALS = 16
"""Signals between cores."""


def problems(op: Operation) -> Iterator[str]:
    """What goes wrong about `op` on the chip, although it compiles."""
    yield from _core(op)
    match op:
        case AllocTileOp():
            yield from _place(op.addr, op.result.type, op.result.type.size_bytes)
        case AllocMultiTileOp():
            ring = op.result.type
            yield from _place(op.addr, ring.tile, ring.slot_bytes * ring.slots)
        case AccumulatingOp():
            if op.acc is not op.target:
                yield (
                    f"TW0121: {value_name(op.acc)} is added to {value_name(op.target)}, but the hardware accumulates "
                    "in place: both must be the same buffer"
                )
        case TStoreOp():
            yield from _conversion(op)
        case MakeTensorViewOp():
            yield from _offsets(op)
        case _:
            yield from _order_problems(op)


def _core(op: Operation) -> Iterator[str]:
    """A kernel is compiled for one kind of core, which has only its own instructions."""
    if isinstance(op, CubeOp):
        own = KernelKind.CUBE
    elif isinstance(op, VectorOp):
        own = KernelKind.VECTOR
    else:
        return
    kind = kernel_kind(op)
    if kind is not None and kind is not own:
        yield f"TW0167: {op.name} runs on a {own} core, but its kernel on a {kind} core"


def _order_problems(op: Operation) -> Iterator[str]:
    """What goes wrong between pipes and between cores."""
    match op:
        case FlagOp():
            if op.src_pipe == op.dst_pipe:
                yield f"TW0122: a flag orders two pipes; within {op.src_pipe.data} a barrier does"
        case CoreSyncOp():
            if op.event_id is not None and not 0 <= op.event_id.value.data < _SIGNALS:
                yield f"TW0147: signals have numbers from 0 to {_SIGNALS - 1}, got {op.event_id.value.data}"
        case InitializePipeOp():
            own = op.to_vector if isinstance(op, AivInitializePipeOp) else op.to_cube
            yield from _slots(own, op.local_slots, op.slot_size.value.data)
        case InitializeHandleOp():
            yield from _slots(op.local, op.slot_num.value.data, op.slot_size.value.data)
        case _:
            return


def _place(addr: SSAValue | None, tile: TileBufType, size_bytes: int) -> Iterator[str]:
    """A buffer fits into its memory; a constant address is aligned, and the buffer ends within the memory."""
    space = load_chip().space(tile.location)
    start = None if addr is None else constant_value(addr)
    if start is None:
        if size_bytes > space.bytes:
            yield f"TW0117: the buffer has {size_bytes} bytes, but {tile.location} has {space.bytes}"
        return
    end = start + size_bytes
    if start < 0:
        yield f"TW0116: address {start} is negative"
    elif start % space.alignment_bytes:
        yield (
            f"TW0116: address {start} is not a multiple of the {space.alignment_bytes} bytes that {tile.location} needs"
        )
    elif end > space.bytes:
        yield f"TW0117: the buffer ends at {end}, but {tile.location} has {space.bytes} bytes"
    elif end > space.usable_bytes:
        yield f"TW0150: the buffer ends at {end}, but the runtime uses {tile.location} from {space.usable_bytes} on"


def _offsets(op: MakeTensorViewOp) -> Iterator[str]:
    extents = [constant_value(value) for value in op.shape]
    strides = [constant_value(value) for value in op.strides]
    known = zip(extents, strides, strict=True)
    last = sum((extent - 1) * stride for extent, stride in known if extent is not None and stride is not None)
    if last >= _OFFSETS:
        yield f"TW0151: the last element lies {last} elements in, but offsets are computed in 32 bits"


def _conversion(op: TStoreOp) -> Iterator[str]:
    tile, view = op.source.type, op.target.type
    if tile.location is not Space.ACC or op.scale is not None:
        return
    move = load_chip().move(Space.ACC, "gm")
    before, after = str(tile.element_type), str(view.element_type)
    if move is not None and not move.allows(before, after):
        yield f"TW0153: a store from acc does not convert {before} to {after}: what arrives has no meaning"


def _slots(room: SSAValue, slots: int, size: int) -> Iterator[str]:
    """The room that the kernel reserves holds all slots."""
    if isinstance(room, OpResult) and isinstance(room.op, ReserveBufferOp):
        needed, reserved = slots * size, room.op.size.value.data
        if reserved < needed:
            yield f"TW0154: {slots} slots of {size} bytes need {needed}, reserved are {reserved}"
