"""What values are in the value engine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from xdsl.dialects.builtin import DYNAMIC_INDEX
from xdsl.ir import Operation, SSAValue

from tilewright.dialects.diagnostics import fail
from tilewright.dialects.names import value_name
from tilewright.dialects.shapes import shape_text
from tilewright.dialects.spaces import Space
from tilewright.dialects.tile import TileType
from tilewright.execution.dtypes import Array


@dataclass(frozen=True, slots=True)
class TensorValue:
    """A tensor in global memory: the caller's array, which stores change, and its name.

    `written` says of each element of a fresh tensor whether it has a value yet; None where all have.
    """

    name: str
    array: Array
    written: Array | None = None


@dataclass(frozen=True, slots=True)
class TileValue:
    """The elements of a tile that are defined: its leading rows and columns, but for `holes` where that is true.

    What lies beside them does not exist here, so that nothing can read it by mistake. The arrays are
    never changed: a tile is a value.
    """

    data: Array
    holes: Array | None = None

    @property
    def defined(self) -> tuple[int, int]:
        """Rows and columns that hold data; (0, 0) after `tile.empty`."""
        rows, columns = self.data.shape
        return rows, columns


def without_holes(data: Array, holes: Array) -> TileValue:
    """A tile, which forgets its holes when there are none."""
    return TileValue(data, holes if holes.any() else None)


def valid_extents(tile: TileValue, type_: TileType) -> tuple[int, int]:
    """Rows and columns of the valid part, which a tile brings along where its type says `?`."""
    rows, columns = (
        known if part == DYNAMIC_INDEX else part for part, known in zip(type_.valid_extents, tile.defined, strict=True)
    )
    return rows, columns


def valid_data(tile: TileValue, value: SSAValue, reader: Operation) -> Array:
    """Give the valid part of a tile to an operation that needs all of it.

    Args:
        tile: the value of `value`.
        value: an operand of `reader`, of tile type.
        reader: the operation that reads.

    Raises:
        DiagnosticError: TW0406 when a part of it was never defined.
    """
    assert isinstance(value.type, TileType)
    return defined_part(tile, value, reader, valid_extents(tile, value.type))


def defined_part(tile: TileValue, value: SSAValue, reader: Operation, extents: Sequence[int]) -> Array:
    """Give the leading rows and columns of a tile.

    Raises:
        DiagnosticError: TW0406 when an element of them was never defined.
    """
    rows, columns = extents
    missing = 0 if tile.holes is None else int(np.count_nonzero(tile.holes[:rows, :columns]))
    if tile.defined[0] < rows or tile.defined[1] < columns or missing:
        fail(
            "TW0406",
            f"{reader.name} reads {value_name(value)}, but {_state(tile, rows, columns, missing)}",
            reader,
            help=(
                "start an accumulator with init(%first), with a matmul without acc(...), or with "
                "tile.full; or make the valid part of the tile smaller",
                *(
                    ("its loop has to run at least once (TW0209)",)
                    if isinstance(value.type, TileType) and value.type.placement is Space.ACC
                    else ()
                ),
            ),
        )
    return tile.data[:rows, :columns]


def _state(tile: TileValue, rows: int, columns: int, missing: int) -> str:
    if not tile.data.size:
        return "none of its elements is defined"
    if missing:
        return f"{missing} of its valid {rows}x{columns} elements were never defined"
    return f"only {shape_text(tile.defined)} of its valid {rows}x{columns} elements are defined"
