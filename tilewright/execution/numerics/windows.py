"""Which rows and columns of a tile the dimensions of a window in global memory are."""

from __future__ import annotations

from math import prod

from tilewright.dialects.diagnostics import fail
from tilewright.dialects.pto import GmLayout
from tilewright.execution.dtypes import Array
from tilewright.execution.instructions import Instruction, TileBuffer, Window
from tilewright.execution.numerics.core import Core

_FRACTAL_RANK = 5


def matrix_axes(window: Window) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Give the dimensions that are rows, and those that are columns, each with the slowest first.

    ND: the last dimension is the columns, all before it are rows. DN: the last but one is the rows, all others
    are columns. NZ: dimensions 2 and 3 are rows and 0, 1 and 4 columns of fractals.
    """
    rank = len(window.shape)
    if window.gm_layout is GmLayout.NZ and rank == _FRACTAL_RANK:
        return (2, 3), (0, 1, 4)
    if window.gm_layout is GmLayout.DN and rank > 1:
        return (rank - 2,), (*range(rank - 2), rank - 1)
    return tuple(range(rank - 1)), (rank - 1,)


def matrix(core: Core, window: Window, tile: TileBuffer, instruction: Instruction) -> Array:
    """Give a window that has the extents of a tile's valid part.

    Returns:
        A view of global memory, which writes through: first the dimensions that are rows, then those that are
        columns; reshaped to two dimensions it is as the tile.

    Raises:
        DiagnosticError: TW0410 when it leaves its array, TW0411 when the extents differ.
    """
    rows, columns = matrix_axes(window)
    extents = prod(window.shape[axis] for axis in rows), prod(window.shape[axis] for axis in columns)
    if extents != tile.valid:
        fail(
            "TW0411",
            f"the window of {window.name} is {extents[0]}x{extents[1]}, but the valid part of "
            f"{tile.name} is {tile.valid[0]}x{tile.valid[1]}",
            instruction.op,
        )
    return core.window(window).transpose(*rows, *columns)
