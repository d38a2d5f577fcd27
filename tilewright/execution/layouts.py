"""Where the elements of a tile lie in its buffer: pure maths over a tile's shape and its boxes.

A tile is cut into boxes. `blayout` orders the boxes, `slayout` the elements inside a box. The names
of the vendor say both, the order of the boxes first; N is column by column, Z row by row:

* NZ (Mat, Acc): boxes column by column, row_major inside.
* ZZ (Left): boxes row by row, row_major inside.
* ZN (Right): boxes row by row, col_major inside.
* ND and DN: no boxes; the whole tile is row_major or col_major.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from tilewright.arch.chip import ELEMENT_BITS
from tilewright.dialects.pto import TileBufType

Offsets: TypeAlias = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class TileLayout:
    """The arrangement of a `rows` x `columns` tile; a tile without boxes has boxes of 1 x 1.

    Attributes:
        rows, columns: extents of the buffer in elements, multiples of the box.
        box_rows, box_columns: extents of one box in elements.
        boxes_by_column: whether the box below comes before the box to the right.
        inner_by_column: the same for the elements of one box.
        item_bytes: size of one element.
    """

    rows: int
    columns: int
    box_rows: int
    box_columns: int
    boxes_by_column: bool
    inner_by_column: bool
    item_bytes: int

    @property
    def size_bytes(self) -> int:
        """Bytes from the first to the last element; Acc may be charged for more."""
        return self.rows * self.columns * self.item_bytes

    def in_boxes(self, extents: Sequence[int]) -> tuple[int, int]:
        """Round extents up to whole boxes."""
        rows, columns = extents
        return -(-rows // self.box_rows) * self.box_rows, -(-columns // self.box_columns) * self.box_columns


def layout_of(tile: TileBufType) -> TileLayout:
    """Read the layout off the type of a buffer."""
    rows, columns = tile.extents
    box_rows, box_columns = tile.box
    return TileLayout(
        rows,
        columns,
        # The one row of a vector is stored without the fifteen rows that would fill its boxes.
        min(box_rows, rows),
        box_columns,
        tile.blayout.data == "col_major",
        tile.slayout.data == "col_major",
        ELEMENT_BITS[str(tile.element_type)] // 8,
    )


@cache
def element_indices(layout: TileLayout) -> Offsets:
    """Map element (row, column) to its position in the buffer, counted in elements.

    Returns:
        A read-only array of shape [rows, columns].
    """
    row_of_box, row = np.divmod(np.arange(layout.rows)[:, np.newaxis], layout.box_rows)
    column_of_box, column = np.divmod(np.arange(layout.columns)[np.newaxis, :], layout.box_columns)
    if layout.boxes_by_column:
        box = column_of_box * (layout.rows // layout.box_rows) + row_of_box
    else:
        box = row_of_box * (layout.columns // layout.box_columns) + column_of_box
    by_column = layout.inner_by_column
    inner = column * layout.box_rows + row if by_column else row * layout.box_columns + column
    indices = (box * (layout.box_rows * layout.box_columns) + inner).astype(np.intp)
    indices.setflags(write=False)
    return indices


def byte_offsets(layout: TileLayout) -> Offsets:
    """Map element (row, column) to the offset of its first byte in the buffer."""
    return element_indices(layout) * layout.item_bytes
