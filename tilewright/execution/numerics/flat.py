"""Tiles as the plain sequence of their elements in memory, which indices of gathers and scatters count through."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from tilewright.execution.dtypes import Array
from tilewright.execution.instructions import TileBuffer
from tilewright.execution.layouts import TileLayout
from tilewright.execution.memory import Region
from tilewright.execution.numerics.core import Core
from tilewright.execution.numerics.operands import dtype_of


def flattened(tile: TileBuffer) -> TileBuffer:
    """Give a tile as one row, with the gaps that a part of a larger tile has."""
    count = tile.layout.size_bytes // tile.layout.item_bytes
    layout = TileLayout(1, count, 1, 1, False, False, tile.layout.item_bytes)
    return replace(tile, layout=layout, valid=(1, count))


def row_stride(tile: TileBuffer) -> int:
    """Give the elements from a row to the next, of a tile that is laid out by rows."""
    return tile.layout.columns + tile.layout.gap


def take(core: Core, tile: TileBuffer, indices: NDArray[np.int64]) -> Array:
    """Read elements by their places in memory; only these must have been written.

    Args:
        core: which holds the tile.
        tile: as laid out in memory.
        indices: within the tile.
    """
    row = flattened(tile)
    wanted, places = np.unique(indices, return_inverse=True)
    runs = np.split(wanted, np.flatnonzero(np.diff(wanted) != 1) + 1)
    found = [core.read(row, Region(0, int(run[0]), 1, len(run))).ravel() for run in runs if len(run)]
    return np.concatenate([np.empty(0, dtype_of(tile)), *found])[places].reshape(indices.shape)
