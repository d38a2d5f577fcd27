"""Decoding of the operations that look at a buffer in another way: parts, other shapes, other addresses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from xdsl.dialects.builtin import DYNAMIC_INDEX
from xdsl.ir import Operation

from tilewright.dialects.diagnostics import fail
from tilewright.dialects.names import value_name
from tilewright.dialects.pto import TileBufType
from tilewright.dialects.pto.core_ops import BitcastOp, SetValidShapeOp, SubsetOp, TAssignOp, TReshapeOp
from tilewright.dialects.pto.operands import tile_type
from tilewright.dialects.shapes import shape_of
from tilewright.execution.decode_buffers import buffer_maker, fail_valid
from tilewright.execution.instructions import TileBuffer
from tilewright.execution.steps import Compute, Decode, Environment, Slots, Step


def _subset(op: SubsetOp, slots: Slots) -> Step:
    source, result, offsets = slots[op.source], slots[op.result], slots.many(op.offsets)
    rows, columns = shape_of(op.sizes)
    type_, name = op.result.type, value_name(op.result)

    def run(environment: Environment) -> None:
        whole: TileBuffer = environment[source]
        row, column = (*(environment[offset] for offset in offsets), 0, 0)[:2]
        part = part_of(whole, (row, column), (rows, columns), op)
        valid = [
            extent if extent != DYNAMIC_INDEX else _cut_valid(whole.valid[axis], start, (rows, columns)[axis])
            for axis, (extent, start) in enumerate(zip(type_.valid_extents, (row, column), strict=True))
        ]
        environment[result] = replace(part, name=name, type=type_, valid=(valid[0], valid[1]))

    return Compute(run)


def _cut_valid(whole: int, offset: int, size: int) -> int:
    """Give the valid extent of a part: a valid extent smaller than the tile repeats with its own period."""
    return min(size, whole - offset % whole) if whole else 0


def part_of(whole: TileBuffer, offsets: tuple[int, int], sizes: tuple[int, int], op: Operation) -> TileBuffer:
    """Give a rectangle of a buffer, which keeps the distances of the whole; its type is still that of the whole.

    Raises:
        DiagnosticError: TW0411 when it leaves the buffer, or is not cut between boxes.
    """
    layout = whole.layout
    boxes, extents = (layout.box_rows, layout.box_columns), (layout.rows, layout.columns)
    for axis, (start, size) in enumerate(zip(offsets, sizes, strict=True)):
        if start < 0 or start + size > extents[axis]:
            fail(
                "TW0411",
                f"{op.name} takes elements {start} to {start + size} of dimension {axis} of {whole.name}, "
                f"which has {extents[axis]}",
                op,
            )
        if start % boxes[axis] or size % boxes[axis]:
            fail(
                "TW0411",
                f"{op.name} cuts {whole.name} at {start} and {start + size} of dimension {axis}, "
                f"which are no multiples of the fractal, {boxes[axis]}",
                op,
            )
    part = layout.part(*sizes)
    return replace(
        whole,
        address=whole.address + layout.position(*offsets) * layout.item_bytes,
        size_bytes=part.size_bytes,
        layout=part,
        valid=sizes,
    )


def _seen(op: BitcastOp | TReshapeOp, slots: Slots) -> Step:
    """The same bytes, valid where the type says, else as far as the source is now."""
    source, result = slots[op.source], slots[op.result]
    name, type_ = value_name(op.result), tile_type(op.result)
    if type_ is None:
        fail("TW0405", f"{op.name} of a memref cannot be executed: its type does not say how it is arranged", op)
    make = buffer_maker(type_, op)
    keeps_gaps = isinstance(op, BitcastOp)

    def run(environment: Environment) -> None:
        before: TileBuffer = environment[source]
        valid = _valid(type_, before)
        if any(part > extent for part, extent in zip(valid, type_.extents, strict=True)):
            fail_valid(op, valid, name, type_.extents)
        after = make(name, before.address, valid)
        if not before.layout.is_dense:
            if not keeps_gaps or before.layout.item_bytes != after.layout.item_bytes:
                fail(
                    "TW0411",
                    f"{before.name} is a part with gaps, so it has no other shape or width",
                    op,
                    help=("cut whole rows of a row_major tile, or whole columns of a col_major one",),
                )
            after = replace(after, layout=before.layout, size_bytes=before.size_bytes)
        environment[result] = after

    return Compute(run)


def _valid(type_: TileBufType, source: TileBuffer) -> tuple[int, int]:
    rows, columns = (
        now if extent == DYNAMIC_INDEX else extent
        for extent, now in zip(type_.valid_extents, source.valid, strict=True)
    )
    return rows, columns


def _assign(op: TAssignOp, slots: Slots) -> Step:
    """The same buffer at another address; the old value keeps its own."""
    source, address, result = slots.many((op.source, op.addr, op.result))
    name = value_name(op.result)

    def run(environment: Environment) -> None:
        environment[result] = replace(environment[source], name=name, address=environment[address])

    return Compute(run)


def _set_valid_shape(op: SetValidShapeOp, slots: Slots) -> Step:
    """The buffer changes from here on, and with it no other that lies at the same place."""
    source, *valid = slots.many((op.source, op.valid_row, op.valid_col))

    def run(environment: Environment) -> None:
        tile: TileBuffer = environment[source]
        extents = tile.layout.rows, tile.layout.columns
        rows, columns = (environment[slot] for slot in valid)
        if not (0 <= rows <= extents[0] and 0 <= columns <= extents[1]):
            fail_valid(op, (rows, columns), tile.name, extents)
        environment[source] = replace(tile, valid=(rows, columns))

    return Compute(run)


ALIASES: Mapping[type[Operation], Decode] = {
    BitcastOp: _seen,
    SetValidShapeOp: _set_valid_shape,
    SubsetOp: _subset,
    TAssignOp: _assign,
    TReshapeOp: _seen,
}
