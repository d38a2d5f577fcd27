"""What values are in the value engine."""

from __future__ import annotations

from dataclasses import dataclass

from xdsl.ir import Operation, SSAValue

from tilewright.dialects.diagnostics import fail
from tilewright.dialects.names import value_name
from tilewright.dialects.shapes import shape_text
from tilewright.dialects.tile import TileType
from tilewright.execution.dtypes import Array


@dataclass(frozen=True, slots=True)
class TensorValue:
    """A tensor in global memory: the caller's array, which stores change, and its name."""

    name: str
    array: Array


@dataclass(frozen=True, slots=True)
class TileValue:
    """The elements of a tile that are defined: always its leading rows and columns.

    What lies beside them does not exist here, so that nothing can read it by mistake. The array is
    never changed: a tile is a value.
    """

    data: Array

    @property
    def defined(self) -> tuple[int, int]:
        """Rows and columns that hold data; (0, 0) after `tile.empty`."""
        rows, columns = self.data.shape
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
    rows, columns = value.type.valid_extents
    if tile.defined[0] < rows or tile.defined[1] < columns:
        name = value_name(value)
        state = (
            f"only {shape_text(tile.defined)} of its valid {rows}x{columns} elements are defined"
            if tile.data.size
            else "none of its elements is defined"
        )
        fail(
            "TW0406",
            f"{reader.name} reads {name}, but {state}",
            reader,
            help=(
                "start an accumulator with init(%first), with a matmul without acc(...), or with "
                "tile.full; or make the valid part of the tile smaller",
            ),
        )
    return tile.data[:rows, :columns]
