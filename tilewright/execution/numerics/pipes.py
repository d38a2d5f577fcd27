"""Tiles through global memory, between the cube core and its vector cores.

A slot holds the valid part of a tile row after row. Two vector cores that share it have the upper and the lower half
of its rows, or the left and the right half of its columns.
"""

from __future__ import annotations

from tilewright.dialects.diagnostics import fail
from tilewright.dialects.pto.core_pipes import (
    TFreeFromAicOp,
    TFreeFromAivOp,
    TPopFromAicOp,
    TPopFromAivOp,
    TPushToAicOp,
    TPushToAivOp,
)
from tilewright.dialects.pto.pipe_handles import TFreeOp, TPopOp, TPushOp
from tilewright.dialects.spaces import Space
from tilewright.execution.dtypes import DTYPES, Array
from tilewright.execution.instructions import Instruction, TileBuffer, Window
from tilewright.execution.memory import Region
from tilewright.execution.numerics.core import Core, Family
from tilewright.execution.numerics.padding import padded_region, padding

_BY_ROWS, _BY_COLUMNS = 1, 2
"""How two vector cores share a tile."""


def _push(core: Core, instruction: Instruction) -> None:
    (tile,) = instruction.reads
    assert isinstance(tile, TileBuffer)
    _part(core, tile, instruction)[...] = core.read(tile)


def _pop(core: Core, instruction: Instruction) -> None:
    (tile,) = instruction.writes
    assert isinstance(tile, TileBuffer)
    core.write(tile, _part(core, tile, instruction).copy(), Region.leading(tile.valid))
    region = padded_region(tile)
    if region is not None:
        core.write(tile, padding(tile, region), region)


def _free(_core: Core, _instruction: Instruction) -> None:
    """The slot is counted where the pipe is kept."""


def _part(core: Core, tile: TileBuffer, instruction: Instruction) -> Array:
    """The place of a tile in its slot."""
    channel = instruction.channel
    assert channel is not None
    memory = channel.memory
    if memory is None:
        fail("TW0405", f"{instruction.op.name} works on a pipe that does not go through global memory", instruction.op)
    rows, columns = tile.valid
    halves = channel.split if tile.space is Space.VEC else 0
    whole = (rows * (2 if halves == _BY_ROWS else 1), columns * (2 if halves == _BY_COLUMNS else 1))
    size = whole[0] * whole[1] * tile.layout.item_bytes
    if size > channel.slot_bytes:
        message = f"a tile of {size} bytes does not fit a slot of {channel.slot_bytes}"
        fail("TW0471", message, instruction.op, help=("make slot_size larger, or the tile smaller",))
    item = DTYPES[memory.element_type].itemsize
    offset = memory.offset + channel.slot * channel.slot_bytes // item
    slot = Window(
        memory.argument, memory.name, memory.element_type, offset, (-(-size // item),), (1,), memory.gm_layout
    )
    grid = core.window(slot).view(DTYPES[str(tile.type.element_type)])[: whole[0] * whole[1]].reshape(whole)
    row = rows * core.subblock if halves == _BY_ROWS else 0
    column = columns * core.subblock if halves == _BY_COLUMNS else 0
    return grid[row : row + rows, column : column + columns]


NUMERICS: Family = {
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
