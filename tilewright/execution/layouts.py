"""Where the elements of a tile lie in its buffer: pure maths over a tile's shape and its boxes.

A tile is cut into boxes. `blayout` orders the boxes, `slayout` the elements inside a box. The names
of the vendor say both, the order of the boxes first; N is column by column, Z row by row:

* NZ (Mat, Acc): boxes column by column, row_major inside.
* ZZ (Left): boxes row by row, row_major inside.
* ZN (Right): boxes row by row, col_major inside.
* ND and DN: no boxes; the whole tile is row_major or col_major.

A part of a tile keeps the distances of the tile that it is cut from, which leaves gaps. Compact tiles lie as all
others: the library of this chip ignores how they are marked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TypeAlias, TypeVar

import numpy as np
import numpy.typing as npt

from tilewright.arch.chip import element_bits
from tilewright.dialects.pto import TileBufType

Offsets: TypeAlias = npt.NDArray[np.intp]

_Index = TypeVar("_Index", int, Offsets)
"""One element, or many at once."""


@dataclass(frozen=True, slots=True)
class TileLayout:
    """The arrangement of a `rows` x `columns` tile; a tile without boxes has boxes of 1 x 1.

    Attributes:
        rows, columns: extents of the buffer in elements, multiples of the box.
        box_rows, box_columns: extents of one box in elements.
        boxes_by_column: whether the box below comes before the box to the right.
        inner_by_column: the same for the elements of one box.
        item_bytes: size of one element.
        gap: elements from the end of a line of boxes to the start of the next line.
    """

    rows: int
    columns: int
    box_rows: int
    box_columns: int
    boxes_by_column: bool
    inner_by_column: bool
    item_bytes: int
    gap: int = 0

    @property
    def lines(self) -> int:
        """Lines of boxes: rows or columns of them, whichever lie without gaps."""
        across, side = (self.columns, self.box_columns) if self.boxes_by_column else (self.rows, self.box_rows)
        return -(-across // side)

    @property
    def line_elements(self) -> int:
        """Elements of a line of boxes."""
        return self.rows * self.box_columns if self.boxes_by_column else self.columns * self.box_rows

    @property
    def size_bytes(self) -> int:
        """Bytes from the first to the last element; Acc may be charged for more."""
        return (self.lines * (self.line_elements + self.gap) - self.gap) * self.item_bytes

    @property
    def is_dense(self) -> bool:
        """Whether there are no gaps."""
        return self.gap == 0 or self.lines == 1

    @property
    def runs(self) -> tuple[tuple[int, int], ...]:
        """The bytes of the tile without its gaps: first byte and byte behind of each stretch, from its start."""
        if self.is_dense:
            return ((0, self.size_bytes),)
        length, step = (self.item_bytes * n for n in (self.line_elements, self.line_elements + self.gap))
        return tuple((line * step, line * step + length) for line in range(self.lines))

    def position(self, row: _Index, column: _Index) -> _Index:
        """Give the place of an element in the buffer, counted in elements."""
        row_of_box, inner_row = row // self.box_rows, row % self.box_rows
        column_of_box, inner_column = column // self.box_columns, column % self.box_columns
        line, box = (column_of_box, row_of_box) if self.boxes_by_column else (row_of_box, column_of_box)
        inner = (
            inner_column * self.box_rows + inner_row
            if self.inner_by_column
            else inner_row * self.box_columns + inner_column
        )
        return line * (self.line_elements + self.gap) + box * (self.box_rows * self.box_columns) + inner

    def part(self, rows: int, columns: int) -> TileLayout:
        """Give the arrangement of a part, cut between boxes."""
        cut = replace(self, rows=rows, columns=columns, box_rows=min(self.box_rows, rows))
        return replace(cut, gap=self.line_elements + self.gap - cut.line_elements)

    def in_boxes(self, extents: Sequence[int]) -> tuple[int, int]:
        """Round extents up to whole boxes."""
        rows, columns = extents
        return -(-rows // self.box_rows) * self.box_rows, -(-columns // self.box_columns) * self.box_columns


def layout_of(tile: TileBufType) -> TileLayout:
    """Read the layout off the type of a buffer.

    Requires: elements of whole bytes, boxes that hold one at least (`has_layout`).
    """
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
        element_bits(str(tile.element_type)) // 8,
    )


def has_layout(tile: TileBufType) -> bool:
    """Whether elements have addresses, and fit into the boxes."""
    return element_bits(str(tile.element_type)) % 8 == 0 and min(*tile.box, *tile.extents) > 0


@cache
def element_indices(layout: TileLayout) -> Offsets:
    """Map element (row, column) to its position in the buffer, counted in elements.

    Returns:
        A read-only array of shape [rows, columns].
    """
    rows, columns = np.arange(layout.rows)[:, np.newaxis], np.arange(layout.columns)[np.newaxis, :]
    indices = layout.position(rows, columns).astype(np.intp)
    indices.setflags(write=False)
    return indices


def byte_offsets(layout: TileLayout) -> Offsets:
    """Map element (row, column) to the offset of its first byte in the buffer."""
    return element_indices(layout) * layout.item_bytes
