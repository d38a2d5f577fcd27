"""What loads fill the last block of a line with, when the tile's type says so."""

from __future__ import annotations

import numpy as np

from tilewright.dialects.spaces import Space
from tilewright.execution.dtypes import DTYPES, Array
from tilewright.execution.instructions import TileBuffer
from tilewright.execution.memory import Region

_BLOCK_BYTES = 32
_NOTHING, _LARGEST, _SMALLEST = 0, 2, 3
"""Numbers of `pad` in a tile's type; 1 is zero."""


def padded_region(tile: TileBuffer) -> Region | None:
    """Give what a load fills: of each line, from the data's end to the end of its block of 32 bytes.

    Returns:
        None when nothing is filled: only tiles in Vec without boxes are.
    """
    boxes = tile.layout.box_rows, tile.layout.box_columns
    if tile.space is not Space.VEC or boxes != (1, 1) or tile.type.pad.value.data == _NOTHING:
        return None
    block = _BLOCK_BYTES // tile.layout.item_bytes
    rows, columns = tile.valid
    if tile.layout.boxes_by_column:
        end = min(-(-rows // block) * block, tile.layout.rows)
        return Region(rows, 0, end - rows, columns)
    end = min(-(-columns // block) * block, tile.layout.columns)
    return Region(0, columns, rows, end - columns)


def padding(tile: TileBuffer, region: Region) -> Array:
    """Give the elements that fill a region: zeros, or the largest or smallest number, which may be infinite."""
    dtype, pad = DTYPES[str(tile.type.element_type)], tile.type.pad.value.data
    shape = region.rows, region.columns
    if pad not in (_LARGEST, _SMALLEST):
        return np.zeros(shape, dtype)
    if dtype.kind in "iu":
        limits = np.iinfo(dtype)
        return np.full(shape, limits.max if pad == _LARGEST else limits.min, dtype)
    return np.full(shape, np.inf if pad == _LARGEST else -np.inf, np.float32).astype(dtype)
