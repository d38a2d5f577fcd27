"""Buffers for tiles and rings, and other views of them.

A tile in Vec is laid out by rows, which are padded to whole blocks of 32 bytes. A column [M, 1] is one of the chip: its
bytes are those of the row [1, M]. A mask has a bit for each element.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from xdsl.builder import Builder
from xdsl.dialects.builtin import DYNAMIC_INDEX, IntegerType, Signedness, i1
from xdsl.ir import Operation, SSAValue

from tilewright.arch.chip import Layout, element_bits, load_chip
from tilewright.dialects.diagnostics import fail
from tilewright.dialects.names import value_name
from tilewright.dialects.pto import (
    AllocMultiTileOp,
    AllocTileOp,
    MultiTileBufType,
    TileBufType,
)
from tilewright.dialects.pto.tile_aliases import SetValidShapeOp, TReshapeOp
from tilewright.dialects.shapes import is_static
from tilewright.dialects.spaces import Space
from tilewright.dialects.tile import LoadOp, RingType, TileType
from tilewright.passes.building import rename

Part: TypeAlias = tuple[SSAValue, SSAValue]
"""Rows and columns of a valid part that is known at run time."""

BYTE = IntegerType(8, Signedness.UNSIGNED)
COLUMN = Layout("column", "col_major", "none_box", 512)
"""How a column is laid out."""

_BITS_OF_BYTE = 8


def is_column(tile: TileType) -> bool:
    """Whether a tile is laid out as a column."""
    return tile.extents[1] == 1 and tile.extents[0] > 1


def padded_lines(function: Operation) -> Mapping[int, int]:
    """How many elements lines of each length have in buffers.

    They are the same for all element types of tiles in the function, since a conversion keeps the shape of a buffer.
    """
    smallest: dict[int, int] = {}
    for op in function.walk():
        values = [*op.results, *(arg for region in op.regions for block in region.blocks for arg in block.args)]
        for tile in [value.type for value in values if isinstance(value.type, TileType)]:
            if tile.placement is Space.VEC and tile.element_type != i1:
                length, bits = _line(tile), element_bits(str(tile.element_type))
                smallest[length] = min(bits, smallest.get(length, bits))
    return {length: _padded(length, bits) for length, bits in smallest.items()}


def _line(tile: TileType) -> int:
    return tile.extents[0] if is_column(tile) else tile.extents[1]


def _padded(length: int, bits: int) -> int:
    block = load_chip().fractal.row_bytes * _BITS_OF_BYTE // bits
    return -(-length // block) * block


class Buffers:
    """Makes the buffers of one function.

    Args:
        entry: makes them, before the outermost loop that is being converted.
        lines: elements of a line in a buffer, by the length of the line.
    """

    def __init__(self, entry: Builder, lines: Mapping[int, int]) -> None:
        self._entry = entry
        self._lines = lines
        self._parts: dict[SSAValue, Part] = {}

    def tile(self, builder: Builder, value: SSAValue, part: Part | None = None) -> SSAValue:
        """A buffer for one tile; `part` says how much is valid where its type does not."""
        return self.fresh(builder, self._type(value), value.name_hint, part)

    def fresh(self, builder: Builder, type_: TileBufType, name: str | None, part: Part | None = None) -> SSAValue:
        """A buffer of a type."""
        if is_static(type_.valid_extents):
            buffer = self._entry.insert(AllocTileOp(type_)).result
        else:
            assert part is not None
            buffer = builder.insert(AllocTileOp(type_, None, *part)).result
            self._parts[buffer] = part
        return rename(buffer, name)

    def part(self, buffer: SSAValue) -> Part | None:
        """The valid part of a buffer whose type leaves it open."""
        return self._parts.get(buffer)

    def view(self, builder: Builder, buffer: SSAValue, type_: TileBufType, part: Part | None = None) -> SSAValue:
        """The same bytes as a buffer of another type."""
        if buffer.type == type_ and part in (None, self._parts.get(buffer)):
            return buffer
        if not is_static(type_.valid_extents):
            # A view takes over how much of its source is valid, and that has to fit into its own shape.
            buffer = builder.insert(TReshapeOp(buffer, _all_valid(type_))).result
        view = rename(builder.insert(TReshapeOp(buffer, type_)).result, buffer.name_hint)
        if not is_static(type_.valid_extents):
            assert part is not None
            builder.insert(SetValidShapeOp(operands=[view, *part]))
            self._parts[view] = part
        return view

    def ring(self, value: SSAValue) -> SSAValue:
        """Buffers for the slots of a ring."""
        assert isinstance(value.type, RingType)
        ring = MultiTileBufType.of(self._tile_type(value, value.type.tile), value.type.slots)
        buffer = self._entry.insert(AllocMultiTileOp(ring))
        return rename(buffer.result, value.name_hint)

    def vector_type(self, tile: TileType) -> TileBufType:
        """The type of the buffer of a tile in Vec."""
        valid = _open_together(tile.valid_extents)
        if tile.element_type == i1:
            return self._mask_type(tile)
        length = self._lines.get(_line(tile), 0) or _padded(_line(tile), element_bits(str(tile.element_type)))
        if is_column(tile):
            return TileBufType.of(Space.VEC, tile.element_type, (length, 1), valid, COLUMN)
        return TileBufType.of(Space.VEC, tile.element_type, (tile.extents[0], length), valid)

    def _mask_type(self, tile: TileType) -> TileBufType:
        rows, columns = tile.extents
        valid_rows, valid_columns = tile.valid_extents
        if is_column(tile):
            rows, columns, valid_rows, valid_columns = columns, rows, valid_columns, valid_rows
        width = _padded(-(-columns // _BITS_OF_BYTE), _BITS_OF_BYTE)
        bytes_ = valid_columns if valid_columns == DYNAMIC_INDEX else -(-valid_columns // _BITS_OF_BYTE)
        return TileBufType.of(Space.VEC, BYTE, (rows, width), _open_together((valid_rows, bytes_)))

    def _type(self, value: SSAValue) -> TileBufType:
        assert isinstance(value.type, TileType)
        return self._tile_type(value, value.type)

    def _tile_type(self, value: SSAValue, tile: TileType) -> TileBufType:
        if tile.placement is None:
            fail(
                "TW0304",
                f"{value_name(value)} has no space yet",
                value,
                help=("run plan-matmul and lower-matmul first, or write its space: !tile.tile<…, mat>",),
            )
        if tile.placement is Space.VEC:
            return self.vector_type(tile)
        # What is loaded from a column-major view lies in Mat as Right reads it.
        layout = load_chip().layouts[Space.RIGHT] if _is_turned(value) else None
        return TileBufType.of(tile.placement, tile.element_type, tile.extents, tile.valid_extents, layout)


def _is_turned(value: SSAValue) -> bool:
    """Whether a tile, or the tiles of a ring, are loaded transposed."""
    makers = [use.operation for use in value.uses] if isinstance(value.type, RingType) else [value.owner]
    return any(isinstance(op, LoadOp) and op.is_transposed for op in makers)


def _all_valid(type_: TileBufType) -> TileBufType:
    parameters = list(type_.parameters)
    parameters[3] = parameters[2]
    return TileBufType.new(parameters)


def _open_together(valid: tuple[int, int]) -> tuple[int, int]:
    """Both extents of a valid part are left open where one is: only such a part can be set."""
    return valid if is_static(valid) else (DYNAMIC_INDEX, DYNAMIC_INDEX)
