"""Decoding of the operations that make tile buffers."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from xdsl.dialects.builtin import DYNAMIC_INDEX
from xdsl.ir import SSAValue

from tilewright.dialects.diagnostics import fail
from tilewright.dialects.names import value_name
from tilewright.dialects.pto import (
    AllocMultiTileOp,
    AllocTileOp,
    MultiTileBufType,
    MultiTileGetOp,
    TileBufType,
)
from tilewright.dialects.shapes import shape_text
from tilewright.execution.instructions import TileBuffer
from tilewright.execution.layouts import layout_of
from tilewright.execution.steps import Compute, Environment, Slots, Step

_MakeBuffer: TypeAlias = Callable[[str, int, tuple[int, int]], TileBuffer]
"""Makes a buffer of one type from its name, its address and its valid extents."""


def _check_planned(op: AllocTileOp | AllocMultiTileOp) -> SSAValue:
    if op.addr is None:
        fail(
            "TW0407",
            f"{value_name(op.result)} has no address: memory is not planned yet",
            op,
            help=("run the pass plan-memory first, or write addr = ... on each buffer",),
        )
    return op.addr


def decode_alloc_tile(op: AllocTileOp, slots: Slots) -> Step:
    address, result = slots[_check_planned(op)], slots[op.result]
    make = _buffer_maker(op.result.type)
    name, tile = value_name(op.result), op.result.type
    dynamic = [None if extent is None else slots[extent] for extent in (op.valid_row, op.valid_col)]
    if dynamic == [None, None]:
        static = tile.valid_extents

        def run(environment: Environment) -> None:
            environment[result] = make(name, environment[address], static)
    else:

        def run(environment: Environment) -> None:
            rows, columns = (
                known if slot is None else environment[slot]
                for known, slot in zip(tile.valid_extents, dynamic, strict=True)
            )
            if not (1 <= rows <= tile.extents[0] and 1 <= columns <= tile.extents[1]):
                fail(
                    "TW0411",
                    f"the valid part {rows}x{columns} of {name} does not lie within {shape_text(tile.extents)}",
                    op,
                )
            environment[result] = make(name, environment[address], (rows, columns))

    return Compute(run)


def decode_alloc_multi_tile(op: AllocMultiTileOp, slots: Slots) -> Step:
    address, result = slots[_check_planned(op)], slots[op.result]

    def run(environment: Environment) -> None:
        environment[result] = environment[address]

    return Compute(run)


def decode_multi_tile_get(op: MultiTileGetOp, slots: Slots) -> Step:
    base, slot, result = slots[op.source], slots[op.slot], slots[op.result]
    ring, name = op.source.type, value_name(op.source)
    assert isinstance(ring, MultiTileBufType)
    if DYNAMIC_INDEX in ring.tile.valid_extents:
        fail("TW0405", f"the buffers of {name} have a dynamic valid part, which nothing gives", op)
    make, valid = _buffer_maker(ring.tile), ring.tile.valid_extents
    slot_bytes, count = ring.slot_bytes, ring.slots

    def run(environment: Environment) -> None:
        position = environment[slot]
        if not 0 <= position < count:
            fail("TW0412", f"slot {position} of {name} does not exist: there are {count}", op)
        address = environment[base] + position * slot_bytes
        environment[result] = make(f"{name}[{position}]", address, valid)

    return Compute(run)


def _buffer_maker(tile: TileBufType) -> _MakeBuffer:
    space, size, layout = tile.location, tile.size_bytes, layout_of(tile)
    return lambda name, address, valid: TileBuffer(name, space, address, size, tile, layout, valid)
