"""Decoding of the operations that make tile buffers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

from xdsl.dialects.builtin import DYNAMIC_INDEX
from xdsl.ir import Operation, SSAValue

from tilewright.dialects.diagnostics import fail
from tilewright.dialects.names import value_name
from tilewright.dialects.pto import (
    AllocMultiTileOp,
    AllocTileOp,
    MultiTileBufType,
    MultiTileGetOp,
    TileBufType,
)
from tilewright.dialects.pto.core_ops import DeclareTileMemRefOp, DeclareTileOp
from tilewright.dialects.shapes import shape_text
from tilewright.execution.instructions import TileBuffer
from tilewright.execution.layouts import has_layout, layout_of
from tilewright.execution.steps import Compute, Decode, Environment, Slots, Step
from tilewright.lowering.cce.memref_types import as_tile

NO_ADDRESS = -1
"""The address of a buffer that no pipe has given one yet."""

_MakeBuffer: TypeAlias = Callable[[str, int, tuple[int, int]], TileBuffer]
"""Makes a buffer of one type from its name, its address and its valid extents."""


def check_planned(addr: SSAValue | None, result: SSAValue, op: Operation) -> SSAValue:
    """Give the address of a buffer.

    Raises:
        DiagnosticError: TW0407 when it has none.
    """
    if addr is None:
        fail(
            "TW0407",
            f"{value_name(result)} has no address: memory is not planned yet",
            op,
            help=("run the pass plan-memory first, or write addr = ... on each buffer",),
        )
    return addr


def _alloc_tile(op: AllocTileOp, slots: Slots) -> Step:
    address = check_planned(op.addr, op.result, op)
    return placed(op, op.result, op.result.type, address, (op.valid_row, op.valid_col), slots)


def placed(
    op: Operation,
    value: SSAValue,
    tile: TileBufType,
    addr: SSAValue,
    valid: Sequence[SSAValue | None],
    slots: Slots,
) -> Step:
    """Make a buffer at an address.

    Args:
        op: what makes it.
        value: the buffer.
        tile: its type; where it says `?`, `valid` says what is valid, or else all is.
        addr: the address in bytes.
        valid: rows and columns.
    """
    address, result = slots[addr], slots[value]
    make, name = buffer_maker(tile, op), value_name(value)
    dynamic = slots.given(valid)
    if dynamic == (None, None):
        static = known_valid(tile)

        def run(environment: Environment) -> None:
            environment[result] = make(name, environment[address], static)
    else:

        def run(environment: Environment) -> None:
            extents = chosen_valid(tile, dynamic, environment)
            if not all(1 <= extent <= limit for extent, limit in zip(extents, tile.extents, strict=True)):
                fail_valid(op, extents, name, tile.extents)
            environment[result] = make(name, environment[address], extents)

    return Compute(run)


def chosen_valid(tile: TileBufType, dynamic: Sequence[int | None], environment: Environment) -> tuple[int, int]:
    """Give the valid part of a buffer from the slots that say it, or else from its type."""
    rows, columns = (
        known if slot is None else environment[slot] for known, slot in zip(known_valid(tile), dynamic, strict=True)
    )
    return rows, columns


def fail_valid(op: Operation, valid: Sequence[int], name: str, extents: Sequence[int]) -> None:
    """Report a valid part that its buffer does not hold.

    Raises:
        DiagnosticError: always, TW0411.
    """
    fail("TW0411", f"the valid part {shape_text(valid)} of {name} does not lie within {shape_text(extents)}", op)


def known_valid(tile: TileBufType) -> tuple[int, int]:
    """Give the valid part as the type says it, all of a dimension with `?`."""
    rows, columns = (
        extent if valid == DYNAMIC_INDEX else valid
        for valid, extent in zip(tile.valid_extents, tile.extents, strict=True)
    )
    return rows, columns


def _alloc_multi_tile(op: AllocMultiTileOp, slots: Slots) -> Step:
    address, result = slots[check_planned(op.addr, op.result, op)], slots[op.result]

    def run(environment: Environment) -> None:
        environment[result] = environment[address]

    return Compute(run)


def _multi_tile_get(op: MultiTileGetOp, slots: Slots) -> Step:
    base, slot, result = slots[op.source], slots[op.slot], slots[op.result]
    ring, name = op.source.type, value_name(op.source)
    assert isinstance(ring, MultiTileBufType)
    if DYNAMIC_INDEX in ring.tile.valid_extents:
        fail("TW0405", f"the buffers of {name} have a dynamic valid part, which nothing gives", op)
    make, valid = buffer_maker(ring.tile, op), ring.tile.valid_extents
    slot_bytes, count = ring.slot_bytes, ring.slots

    def run(environment: Environment) -> None:
        position = environment[slot]
        if not 0 <= position < count:
            fail("TW0412", f"slot {position} of {name} does not exist: there are {count}", op)
        address = environment[base] + position * slot_bytes
        environment[result] = make(f"{name}[{position}]", address, valid)

    return Compute(run)


def _declare(op: DeclareTileOp | DeclareTileMemRefOp, slots: Slots) -> Step:
    type_ = op.result.type
    tile = type_ if isinstance(type_, TileBufType) else as_tile(type_, op)
    buffer = buffer_maker(tile, op)(value_name(op.result), NO_ADDRESS, known_valid(tile))
    result = slots[op.result]

    def run(environment: Environment) -> None:
        environment[result] = buffer

    return Compute(run)


def buffer_maker(tile: TileBufType, op: Operation) -> _MakeBuffer:
    """Give what makes buffers of a type.

    Raises:
        DiagnosticError: TW0405 for elements without addresses.
    """
    if not has_layout(tile):
        fail("TW0405", f"a buffer of {shape_text(tile.extents)} {tile.element_type} cannot be executed", op)
    space, size, layout = tile.location, tile.size_bytes, layout_of(tile)
    return lambda name, address, valid: TileBuffer(name, space, address, size, tile, layout, valid)


BUFFERS: Mapping[type[Operation], Decode] = {
    AllocMultiTileOp: _alloc_multi_tile,
    AllocTileOp: _alloc_tile,
    DeclareTileMemRefOp: _declare,
    DeclareTileOp: _declare,
    MultiTileGetOp: _multi_tile_get,
}
