"""The loads of operands of a matmul: which dimension of a tensor K runs along, and how to load another part."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from xdsl.ir import SSAValue

from tilewright.dialects.tile import LoadOp, MoveOp, TileType

ROWS, COLUMNS = 0, 1

Operand: TypeAlias = LoadOp | MoveOp
"""What makes an operand: a load, or a move out of Acc into Mat."""


def is_transposed(operand: Operand) -> bool:
    """Whether rows of the operand are columns in global memory."""
    return isinstance(operand, LoadOp) and operand.is_transposed


def dimension_of(load: LoadOp, axis: int) -> int | None:
    """The dimension of the tensor that rows or columns of the tile run along; None where there is none."""
    if load.is_transposed:
        axis = 1 - axis
    found = len(load.offsets) - 2 + axis
    return found if found >= 0 else None


def is_matrix(operand: Operand) -> bool:
    """Whether the operand is loaded from a window that has its rows along one dimension, so that it can be cut."""
    return isinstance(operand, LoadOp) and all(size == 1 for size in operand.window[:-2])


def load_part(load: LoadOp, offsets: Sequence[SSAValue], tile: TileType) -> LoadOp:
    """A load like this one, at other offsets, into a tile of another type; it stands in no block yet.

    Where the valid part is another one too, the window of the load is a matrix.
    """
    sizes = None if load.sizes is None else load.window
    if sizes is not None and tile.valid_extents != load.result.type.valid_extents:
        rows, columns = tile.valid_extents[::-1] if load.is_transposed else tile.valid_extents
        sizes = (*(1 for _ in sizes[:-2]), rows, columns)[-len(sizes) :]
    part = LoadOp(
        load.source,
        offsets,
        tile,
        sizes=sizes,
        rows=load.rows,
        columns=load.columns,
        transposed=load.is_transposed,
    )
    part.location = load.location
    return part
