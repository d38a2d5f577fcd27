"""Operations that reduce the rows or columns of a tile."""

from __future__ import annotations

from xdsl.dialects.builtin import i32

from tilewright.dialects import tile as ir
from tilewright.dialects.tile import TileType
from tilewright.language.operands import tile
from tilewright.language.ops.registry import op
from tilewright.language.translator import Translator
from tilewright.language.values import TileRef


def _reduce(
    t: Translator, kind: type[ir.ReductionOp], value: object, *, rows: bool, positions: bool = False
) -> TileRef:
    source = tile(t, value)
    (height, width), (valid_height, valid_width) = source.extents, source.type.valid_extents
    extents, valid = ((height, 1), (valid_height, 1)) if rows else ((1, width), (1, valid_width))
    element = i32 if positions else source.type.element_type
    result = TileType.of(extents, element, source.type.placement, valid)
    return TileRef(t.emit(kind(source.ssa, result)).result)


@op("Reduction")
def row_sum(t: Translator, x: object, tmp_tile: object = None) -> object:
    """The sum of each row: [M, N] gives [M, 1]. `tmp_tile` is not needed."""
    return _reduce(t, ir.RowSumOp, x, rows=True)


@op("Reduction")
def row_max(t: Translator, x: object, tmp_tile: object = None) -> object:
    """The largest number of each row: [M, N] gives [M, 1]."""
    return _reduce(t, ir.RowMaxOp, x, rows=True)


@op("Reduction")
def row_min(t: Translator, x: object, tmp_tile: object = None) -> object:
    """The smallest number of each row: [M, N] gives [M, 1]."""
    return _reduce(t, ir.RowMinOp, x, rows=True)


@op("Reduction")
def row_prod(t: Translator, x: object, tmp_tile: object = None) -> object:
    """The product of each row: [M, N] gives [M, 1]."""
    return _reduce(t, ir.RowProdOp, x, rows=True)


@op("Reduction")
def row_argmax(t: Translator, x: object, tmp_tile: object = None) -> object:
    """The column of the largest number of each row, INT32: [M, N] gives [M, 1]."""
    return _reduce(t, ir.RowArgMaxOp, x, rows=True, positions=True)


@op("Reduction")
def row_argmin(t: Translator, x: object, tmp_tile: object = None) -> object:
    """The column of the smallest number of each row, INT32: [M, N] gives [M, 1]."""
    return _reduce(t, ir.RowArgMinOp, x, rows=True, positions=True)


@op("Reduction")
def col_sum(t: Translator, x: object, tmp_tile: object = None) -> object:
    """The sum of each column: [M, N] gives [1, N]."""
    return _reduce(t, ir.ColSumOp, x, rows=False)


@op("Reduction")
def col_max(t: Translator, x: object, tmp_tile: object = None) -> object:
    """The largest number of each column: [M, N] gives [1, N]."""
    return _reduce(t, ir.ColMaxOp, x, rows=False)


@op("Reduction")
def col_min(t: Translator, x: object, tmp_tile: object = None) -> object:
    """The smallest number of each column: [M, N] gives [1, N]."""
    return _reduce(t, ir.ColMinOp, x, rows=False)


@op("Reduction")
def col_prod(t: Translator, x: object, tmp_tile: object = None) -> object:
    """The product of each column: [M, N] gives [1, N]."""
    return _reduce(t, ir.ColProdOp, x, rows=False)
