"""Reductions: a number for each row, as a column of the chip, or for each column."""

from __future__ import annotations

from collections.abc import Mapping

from xdsl.builder import Builder
from xdsl.dialects import arith
from xdsl.dialects.builtin import IntegerAttr, i32
from xdsl.ir import Operation, SSAValue

from tilewright.dialects.pto import reduction
from tilewright.dialects.pto.tile_scalar import TExpandSOp
from tilewright.dialects.pto.vector import VectorOp
from tilewright.dialects.tile import (
    ColMaxOp,
    ColMinOp,
    ColProdOp,
    ColSumOp,
    ReductionOp,
    RowArgMaxOp,
    RowArgMinOp,
    RowMaxOp,
    RowMinOp,
    RowProdOp,
    RowReductionOp,
    RowSumOp,
)
from tilewright.passes.tile_to_pto.buffers import is_column
from tilewright.passes.tile_to_pto.converter import Converter, Handler

_ROWS: Mapping[type[Operation], type[VectorOp]] = {
    RowArgMaxOp: reduction.TRowArgMaxOp,
    RowArgMinOp: reduction.TRowArgMinOp,
    RowMaxOp: reduction.TRowMaxOp,
    RowMinOp: reduction.TRowMinOp,
    RowProdOp: reduction.TRowProdOp,
    RowSumOp: reduction.TRowSumOp,
}

_COLUMNS: Mapping[type[Operation], type[VectorOp]] = {
    ColMaxOp: reduction.TColMaxOp,
    ColMinOp: reduction.TColMinOp,
    ColProdOp: reduction.TColProdOp,
}

_COLUMN_AS_ROW: Mapping[type[Operation], type[VectorOp]] = {
    ColMaxOp: reduction.TRowMaxOp,
    ColMinOp: reduction.TRowMinOp,
    ColProdOp: reduction.TRowProdOp,
    ColSumOp: reduction.TRowSumOp,
}
"""What reduces a column once it is seen as a row."""


def _reduce(into: Converter, op: Operation, builder: Builder) -> None:
    assert isinstance(op, ReductionOp)
    tile, source = op.source.type, into.buffer(op.source, op)
    along_rows = isinstance(op, RowReductionOp)
    places = isinstance(op, RowArgMaxOp | RowArgMinOp)
    if tile.extents == op.result.type.extents and not places:
        # One element reduces to itself.
        into.values[op.result] = source
        return
    target = into.result(builder, op.result, into.part(op, op.result, op.operands))
    if places and tile.extents[1] == 1:
        zero = builder.insert(arith.ConstantOp(IntegerAttr(0, i32))).result
        builder.insert(TExpandSOp(operands=[zero, into.as_row(builder, target)]))
    elif along_rows:
        _with_scratch(into, builder, _ROWS[type(op)], source, target)
    elif is_column(tile):
        _with_scratch(into, builder, _COLUMN_AS_ROW[type(op)], into.as_row(builder, source), target)
    elif isinstance(op, ColSumOp):
        builder.insert(reduction.TColSumOp.build(operands=[source, [], target]))
    else:
        builder.insert(_COLUMNS[type(op)].build(operands=[source, target]))


def _with_scratch(into: Converter, builder: Builder, kind: type[VectorOp], source: SSAValue, target: SSAValue) -> None:
    scratch = into.buffers.fresh(builder, into.type_of(source), "scratch", into.buffers.part(source))
    builder.insert(kind.build(operands=[source, scratch, target]))


HANDLERS: Mapping[type[Operation], Handler] = dict.fromkeys((*_ROWS, *_COLUMNS, ColSumOp), _reduce)
