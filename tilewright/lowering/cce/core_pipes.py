"""Pipes between the cube core and the vector cores.

A pipe is an object of the library's class TPipe, which counts the tiles that passed. Both ends name the same signals,
so that what one end waits for is what the other signals.
"""

from __future__ import annotations

from xdsl.ir import SSAValue

from tilewright.dialects.diagnostics import fail
from tilewright.dialects.pto.core_pipes import (
    AicInitializePipeOp,
    AivInitializePipeOp,
    FrontEndPopOp,
    ImportReservedBufferOp,
    ReserveBufferOp,
    TFreeFromAicOp,
    TFreeFromAivOp,
    TPopFromAicOp,
    TPopFromAivOp,
    TPushToAicOp,
    TPushToAivOp,
)
from tilewright.dialects.pto.pipe_ends import Direction, FreeOp, PipeEndOp, PipeUserOp, PushOp
from tilewright.dialects.pto.pipe_handles import (
    InitializeHandleOp,
    InitializeL2G2LPipeOp,
    InitializeL2LPipeOp,
    TFreeOp,
    TPopOp,
    TPushOp,
)
from tilewright.dialects.pto.pipe_peers import settled_flag, settled_nosplit
from tilewright.lowering.cce.buffer_types import memory_of, variable_type
from tilewright.lowering.cce.calls import template
from tilewright.lowering.cce.expressions import Call, Expression, Literal, Name, text
from tilewright.lowering.cce.memrefs import pointer
from tilewright.lowering.cce.scope import Handlers, Scope
from tilewright.lowering.cce.tiles import declare_tile
from tilewright.passes.analysis.reserved_room import place_of_room

_FRONT_END_PIPE = "pipe_"
"""The variable of a pipe that is no value: a function has one at most, and no name of a value ends like this."""

_SPLITS = ("TILE_NO_SPLIT", "TILE_UP_DOWN", "TILE_LEFT_RIGHT")

_DIRECTIONS = {Direction.TO_VECTOR: "C2V", Direction.TO_CUBE: "V2C", Direction.BOTH: "BOTH"}


def _pipe_type(scope: Scope, end: PipeEndOp) -> str:
    """The name of the C++ type of a pipe."""
    direction, size = _DIRECTIONS[end.direction], end.slot_size.value.data
    parameters = (
        str(settled_flag(end)),
        f"Direction::DIR_{direction}",
        str(size),
        str(end.slots),
        str(end.local_slots),
        "true" if settled_nosplit(end) else "false",
    )
    return scope.aliases.name(template("TPipe", parameters), f"Pipe{direction.capitalize()}_{end.slots}x{size}")


def _initialize(scope: Scope, op: PipeEndOp) -> None:
    """A pipe is a variable; its constructor takes the addresses of the slots, 0 for a direction without."""
    rooms = dict(op.rooms)
    locals_ = (
        scope.read(rooms[direction]) if direction in rooms else Literal(0)
        for direction in (Direction.TO_VECTOR, Direction.TO_CUBE)
    )
    if op.gm_address is None and not isinstance(op, InitializeL2LPipeOp):
        fail("TW0141", f"on a2a3, {op.name} needs gm_slot_buffer: tiles go through global memory", op)
    memory = Name("nullptr") if op.gm_address is None else pointer(scope, op.gm_address)
    type_ = _pipe_type(scope, op)
    name = scope.declare(op.result, "pipe") if isinstance(op, InitializeHandleOp) else _FRONT_END_PIPE
    scope.writer.line(f"{type_} {text(Call(name, (memory, *locals_)))};", op)


def _reserve(scope: Scope, op: ReserveBufferOp) -> None:
    """Room is its address."""
    scope.spell(op.result, Literal(place_of_room(op)))


def _import(scope: Scope, op: ImportReservedBufferOp) -> None:
    """The address of the room in the other kernel."""
    assert op.reserved is not None
    scope.spell(op.result, Literal(place_of_room(op.reserved)))


def _push(scope: Scope, op: PushOp) -> None:
    _call(scope, "TPUSH", op, op.tile)


def _pop(scope: Scope, op: TPopOp) -> None:
    _call(scope, "TPOP", op, op.tile)


def _front_end_pop(scope: Scope, op: FrontEndPopOp) -> None:
    """The tile is declared where it arrives, with the part that is valid; its address comes with it."""
    valid = scope.read_given(op.valid_row, op.valid_col)
    declare_tile(scope, op.popped, memory_of(op.popped, op), valid, op)
    _call(scope, "TPOP", op, op.popped)


def _free(scope: Scope, op: FreeOp) -> None:
    _call(scope, "TFREE", op, None)


def _call(scope: Scope, function: str, op: PipeUserOp, buffer: SSAValue | None) -> None:
    """Write a call whose template parameters are the pipe, the tile if there is one, and how the tile is split."""
    end = op.end
    assert end is not None
    parameters, arguments = [_pipe_type(scope, end)], [_pipe(scope, end)]
    if buffer is not None:
        parameters.append(variable_type(scope, buffer, op))
        arguments.append(scope.read(buffer))
    parameters.append(f"TileSplitAxis::{_SPLITS[op.split.value.data]}")
    scope.call(template(function, parameters), tuple(arguments), op)


def _pipe(scope: Scope, end: PipeEndOp) -> Expression:
    return scope.read(end.result) if isinstance(end, InitializeHandleOp) else Name(_FRONT_END_PIPE)


HANDLERS: Handlers = {
    AicInitializePipeOp: _initialize,
    AivInitializePipeOp: _initialize,
    ImportReservedBufferOp: _import,
    InitializeL2G2LPipeOp: _initialize,
    InitializeL2LPipeOp: _initialize,
    ReserveBufferOp: _reserve,
    TFreeFromAicOp: _free,
    TFreeFromAivOp: _free,
    TFreeOp: _free,
    TPopFromAicOp: _front_end_pop,
    TPopFromAivOp: _front_end_pop,
    TPopOp: _pop,
    TPushOp: _push,
    TPushToAicOp: _push,
    TPushToAivOp: _push,
}
