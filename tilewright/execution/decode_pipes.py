"""Decoding of the pipes between the cube core and its vector cores.

Each end counts the tiles that went through it. A tile is popped into the room that the pipe has in the memory of
the core: into the next of its slots, which are as large as the tile.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from xdsl.dialects.builtin import MemRefType
from xdsl.ir import Operation, SSAValue
from xdsl.utils.hints import isa

from tilewright.arch.chip import element_bits
from tilewright.dialects.diagnostics import fail
from tilewright.dialects.names import value_name
from tilewright.dialects.pto import GmLayout, KernelKind, TileBufType
from tilewright.dialects.pto.core_pipes import (
    AicInitializePipeOp,
    AivInitializePipeOp,
    FrontEndPopOp,
    FrontEndUserOp,
    ImportReservedBufferOp,
    ReserveBufferOp,
    TFreeFromAicOp,
    TFreeFromAivOp,
    TPopFromAicOp,
    TPopFromAivOp,
    TPushToAicOp,
    TPushToAivOp,
)
from tilewright.dialects.pto.kernels import kernel_kind
from tilewright.dialects.pto.pipe_ends import Direction, FreeOp, PipeEndOp, PipeUserOp, PopOp, PushOp, RoomOp
from tilewright.dialects.pto.pipe_handles import (
    InitializeL2G2LPipeOp,
    InitializeL2LPipeOp,
    TFreeOp,
    TPopOp,
    TPushOp,
)
from tilewright.dialects.pto.pipe_peers import peers, settled_flag
from tilewright.dialects.pto.system import SectionCubeOp, SectionOp
from tilewright.execution.decode_buffers import NO_ADDRESS, buffer_maker, chosen_valid, fail_valid, known_valid
from tilewright.execution.instructions import Channel, Instruction, Pointer, TileBuffer, Window
from tilewright.execution.steps import Compute, Decode, Emit, Environment, Slots, Step
from tilewright.lowering.cce.memref_types import as_tile
from tilewright.passes.analysis.reserved_room import place_of_room

_Next: TypeAlias = Callable[[Environment], Channel]
"""Gives the place of the next tile, and counts it."""


def _initialize(_op: PipeEndOp, _slots: Slots) -> Step:
    """The instructions on the pipe look up what it says."""
    return Compute(lambda environment: None)


def _room(op: ReserveBufferOp, slots: Slots) -> Step:
    return _number(op.result, place_of_room(op), slots)


def _imported_room(op: ImportReservedBufferOp, slots: Slots) -> Step:
    if op.reserved is None:
        fail("TW0405", f'no function reserves room "{op.symbol.data}"', op)
    return _number(op.result, place_of_room(op.reserved), slots)


def _number(value: SSAValue, number: int, slots: Slots) -> Step:
    result = slots[value]

    def run(environment: Environment) -> None:
        environment[result] = number

    return Compute(run)


def _push(op: PushOp, slots: Slots) -> Step:
    tile, take, pipe = slots[op.tile], _channel(op, "push", slots), op.pipe
    return Emit(lambda environment: Instruction(op, pipe, (environment[tile],), channel=take(environment)))


def _free(op: FreeOp, slots: Slots) -> Step:
    take, pipe = _channel(op, "free", slots), op.pipe
    return Emit(lambda environment: Instruction(op, pipe, channel=take(environment)))


def _pop(op: PopOp, slots: Slots) -> Step:
    """Give the tile its address, and the instruction that fills it."""
    end, direction = _end(op), direction_of(op)
    take, pipe, result = _channel(op, "pop", slots), op.pipe, slots[op.popped]
    base = slots[dict(end.rooms)[direction]]
    fresh = _popped_tile(op, slots) if isinstance(op, FrontEndPopOp) else None

    def run(environment: Environment) -> Instruction:
        before: TileBuffer = environment[result] if fresh is None else fresh(environment)
        channel, layout = take(environment), before.layout
        address = environment[base] + channel.index % channel.local_slots * layout.size_bytes
        tile = TileBuffer(before.name, before.space, address, before.size_bytes, before.type, layout, before.valid)
        environment[result] = tile
        return Instruction(op, pipe, (), (tile,), channel=channel)

    return Emit(run)


def _popped_tile(op: FrontEndPopOp, slots: Slots) -> Callable[[Environment], TileBuffer]:
    type_ = op.popped.type
    tile = as_tile(type_, op) if isa(type_, MemRefType) else type_
    assert isinstance(tile, TileBufType)
    make, name = buffer_maker(tile, op), value_name(op.popped)
    valid = slots.given((op.valid_row, op.valid_col))
    if valid == (None, None):
        always = make(name, NO_ADDRESS, known_valid(tile))
        return lambda environment: always

    def run(environment: Environment) -> TileBuffer:
        extents = chosen_valid(tile, valid, environment)
        if not all(0 <= extent <= limit for extent, limit in zip(extents, tile.extents, strict=True)):
            fail_valid(op, extents, name, tile.extents)
        return make(name, NO_ADDRESS, extents)

    return run


def _channel(op: PipeUserOp, kind: str, slots: Slots) -> _Next:
    end, direction, passed = _end(op), direction_of(op), slots.frame.passed
    name, flag, slot_bytes, split = pipe_name(end), settled_flag(end), end.slot_size.value.data, op.split.value.data
    slot_count, local_slots = end.slots, end.local_slots
    memory = None if end.gm_address is None else slots[end.gm_address]
    key = name, direction, kind
    start: Pointer | Window | None = None
    whole: Window | None = None

    def take(environment: Environment) -> Channel:
        nonlocal start, whole
        index = passed[key]
        passed[key] = index + 1
        # The slots hardly ever lie elsewhere than those of the last tile.
        if memory is not None and environment[memory] is not start:
            start = environment[memory]
            whole = _slots_in(environment[memory], slot_count * slot_bytes)
        return Channel(name, flag, direction, index, slot_count, slot_bytes, local_slots, split, whole)

    return take


def _slots_in(start: Pointer | Window, size_bytes: int) -> Window:
    elements = -(-size_bytes * 8 // element_bits(start.element_type))
    return Window(start.argument, start.name, start.element_type, start.offset, (elements,), (1,), GmLayout.ND)


def _end(op: PipeUserOp) -> PipeEndOp:
    if op.end is None:
        fail("TW0405", f"{op.name} works on a pipe that nothing sets up", op)
    return op.end


def pipe_name(end: PipeEndOp) -> str:
    """What both ends of a pipe have in common: the room for its slots, or else its first signal."""
    rooms = (address.owner for other in peers(end) for _, address in other.rooms)
    named = min((room.room for room in rooms if isinstance(room, RoomOp)), default=None)
    return f"flag {settled_flag(end)}" if named is None else f"@{named[0]}.{named[1]}"


def direction_of(op: PipeUserOp) -> Direction:
    """Which way the tile of an instruction goes."""
    if isinstance(op, FrontEndUserOp):
        return op.direction
    end = _end(op)
    if end.direction is not Direction.BOTH:
        return end.direction
    hands_over = isinstance(op, PushOp)
    return Direction.TO_VECTOR if hands_over == _is_on_cube(op) else Direction.TO_CUBE


def _is_on_cube(op: Operation) -> bool:
    parent = op.parent_op()
    while parent is not None and not isinstance(parent, SectionOp):
        parent = parent.parent_op()
    return kernel_kind(op) is KernelKind.CUBE if parent is None else isinstance(parent, SectionCubeOp)


PIPES: Mapping[type[Operation], Decode] = {
    AicInitializePipeOp: _initialize,
    AivInitializePipeOp: _initialize,
    ImportReservedBufferOp: _imported_room,
    InitializeL2G2LPipeOp: _initialize,
    InitializeL2LPipeOp: _initialize,
    ReserveBufferOp: _room,
    TFreeFromAicOp: _free,
    TFreeFromAivOp: _free,
    TFreeOp: _free,
    TPopFromAicOp: _pop,
    TPopFromAivOp: _pop,
    TPopOp: _pop,
    TPushOp: _push,
    TPushToAicOp: _push,
    TPushToAivOp: _push,
}
