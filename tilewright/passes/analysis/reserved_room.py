"""Where the room that a kernel reserves for the slots of its pipe lies."""

from __future__ import annotations

from collections.abc import Iterator
from math import prod
from typing import TypeAlias

from xdsl.dialects.builtin import DYNAMIC_INDEX
from xdsl.ir import Operation, SSAValue

from tilewright.arch.chip import element_bits, load_chip
from tilewright.dialects.constants import constant_value
from tilewright.dialects.diagnostics import fail, location_of
from tilewright.dialects.names import value_name
from tilewright.dialects.pto import AllocMultiTileOp, AllocTileOp, TileBufType
from tilewright.dialects.pto.core_pipes import ReserveBufferOp
from tilewright.dialects.pto.kernels import function_of
from tilewright.dialects.pto.lowered import PointerCastOp
from tilewright.dialects.pto.operands import memory_of
from tilewright.dialects.pto.pipe_ends import Direction, PipeEndOp
from tilewright.dialects.pto.tile_aliases import TAssignOp

_Placed: TypeAlias = AllocTileOp | AllocMultiTileOp | TAssignOp | PointerCastOp

_SPACES = {Direction.TO_VECTOR: "vec", Direction.TO_CUBE: "mat"}


def place_of_room(room: ReserveBufferOp) -> int:
    """The address of reserved room, in bytes: its `base`, or else the first hole between the buffers of its function.

    Requires: every buffer of the function in that space has a constant address.

    Raises:
        DiagnosticError: TW0338 where a buffer has no constant address, or no hole is large enough.
    """
    if room.start is not None:
        return room.start.value.data
    space, size = load_chip().space(room.space.data), room.size.value.data
    place = 0
    for start, end in sorted(_occupied(room)):
        if place + size <= start:
            break
        place = max(place, _aligned(end, space.alignment_bytes))
    if place + size > space.usable_bytes:
        fail(
            "TW0338",
            f'no hole of {size} bytes for room "{room.symbol.data}": {room.space.data} has {space.usable_bytes} bytes, '
            f"free is what lies behind {place}",
            room,
            help=("reserve less, or use smaller buffers",),
        )
    return place


def _occupied(room: ReserveBufferOp) -> Iterator[tuple[int, int]]:
    """The bytes, from the first to the first behind, that the function uses in the space of the room."""
    function = function_of(room)
    for op in () if function is None else function.walk():
        match op:
            case AllocTileOp() | TAssignOp():
                tile = op.result.type
                if isinstance(tile, TileBufType) and tile.location == room.space.data:
                    yield _from(room, op, op.addr, tile.size_bytes)
            case AllocMultiTileOp():
                ring = op.result.type
                if ring.tile.location == room.space.data:
                    yield _from(room, op, op.addr, ring.slot_bytes * ring.slots)
            case PointerCastOp():
                if memory_of(op.result) == room.space.data:
                    yield from (_from(room, op, address, _cast_bytes(op)) for address in op.addresses)
            case PipeEndOp():
                yield from _slots(room, op)
            case _:
                pass


def _from(room: ReserveBufferOp, op: _Placed, address: SSAValue | None, size: int) -> tuple[int, int]:
    start = None if address is None else constant_value(address)
    if start is None:
        name = value_name(op.result)
        fail(
            "TW0338",
            f'room "{room.symbol.data}" has no base, and {name} has no constant address that it could keep clear of',
            room,
            notes=(f"{name} is made at {location_of(op)}",),
            help=("the pass 'plan-memory' gives buffers addresses, 'plan-core-pipes' then places the room",),
        )
    return start, start + size


def _cast_bytes(op: PointerCastOp) -> int:
    """The size of a memref that stands for a buffer; that of its whole memory where only a running kernel knows it."""
    memref = op.result.type
    shape, bits = memref.get_shape(), element_bits(str(memref.element_type))
    return load_chip().space(memory_of(op.result)).bytes if DYNAMIC_INDEX in shape else prod(shape) * bits // 8


def _slots(room: ReserveBufferOp, end: PipeEndOp) -> Iterator[tuple[int, int]]:
    """The slots of a pipe that lie at an address of their own."""
    for direction, address in end.rooms:
        start = constant_value(address)
        if start is not None and _SPACES[direction] == room.space.data and _takes(end, direction):
            yield start, start + end.local_slots * end.slot_size.value.data


def _takes(end: PipeEndOp, direction: Direction) -> bool:
    """Whether tiles of that direction arrive at this end."""
    return any(
        isinstance(tile.type, TileBufType) and tile.type.location == _SPACES[direction]
        for user in end.users
        for tile in user.destinations
    )


def _aligned(address: int, step: int) -> int:
    return -(-address // step) * step


def rooms_of(op: Operation) -> Iterator[ReserveBufferOp]:
    """All reserved room within `op`."""
    return (inner for inner in op.walk() if isinstance(inner, ReserveBufferOp))
