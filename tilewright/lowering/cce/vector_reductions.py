"""Reductions of rows and columns, and broadcasts along them, one line each."""

from __future__ import annotations

from tilewright.dialects.pto.expansion import (
    RowExpandOp,
    TColExpandAddOp,
    TColExpandDivOp,
    TColExpandExpdifOp,
    TColExpandMaxOp,
    TColExpandMinOp,
    TColExpandMulOp,
    TColExpandOp,
    TColExpandSubOp,
    TRowExpandAddOp,
    TRowExpandDivOp,
    TRowExpandExpdifOp,
    TRowExpandMaxOp,
    TRowExpandMinOp,
    TRowExpandMulOp,
    TRowExpandOp,
    TRowExpandSubOp,
)
from tilewright.dialects.pto.reduction import (
    TColArgMaxOp,
    TColArgMinOp,
    TColMaxOp,
    TColMinOp,
    TColProdOp,
    TColSumOp,
    TRowArgMaxOp,
    TRowArgMinOp,
    TRowMaxOp,
    TRowMinOp,
    TRowProdOp,
    TRowSumOp,
)
from tilewright.lowering.cce.calls import Argument, call, given
from tilewright.lowering.cce.expressions import Name
from tilewright.lowering.cce.scope import Handlers
from tilewright.lowering.cce.vector_operands import binary, unary, unary_scratch


def _row_expand(op: RowExpandOp) -> tuple[Argument, ...]:
    return op.dst, op.src0, op.src1, *given(op.tmp)


def _column_sum(op: TColSumOp) -> tuple[Argument, ...]:
    if op.tmp is None or op.is_binary is None:
        return op.dst, op.src
    return op.dst, op.src, op.tmp, Name("true" if op.is_binary.value.data else "false")


HANDLERS: Handlers = dict(
    (
        call(TRowArgMaxOp, "TROWARGMAX", unary_scratch),
        call(TRowArgMinOp, "TROWARGMIN", unary_scratch),
        call(TRowMaxOp, "TROWMAX", unary_scratch),
        call(TRowMinOp, "TROWMIN", unary_scratch),
        call(TRowProdOp, "TROWPROD", unary_scratch),
        call(TRowSumOp, "TROWSUM", unary_scratch),
        call(TColArgMaxOp, "TCOLARGMAX", unary_scratch),
        call(TColArgMinOp, "TCOLARGMIN", unary_scratch),
        call(TColMaxOp, "TCOLMAX", unary),
        call(TColMinOp, "TCOLMIN", unary),
        call(TColProdOp, "TCOLPROD", unary),
        call(TColSumOp, "TCOLSUM", _column_sum),
        call(TRowExpandOp, "TROWEXPAND", unary),
        call(TRowExpandAddOp, "TROWEXPANDADD", binary),
        call(TRowExpandDivOp, "TROWEXPANDDIV", _row_expand),
        call(TRowExpandExpdifOp, "TROWEXPANDEXPDIF", _row_expand),
        call(TRowExpandMaxOp, "TROWEXPANDMAX", _row_expand),
        call(TRowExpandMinOp, "TROWEXPANDMIN", _row_expand),
        call(TRowExpandMulOp, "TROWEXPANDMUL", _row_expand),
        call(TRowExpandSubOp, "TROWEXPANDSUB", _row_expand),
        call(TColExpandOp, "TCOLEXPAND", unary),
        call(TColExpandAddOp, "TCOLEXPANDADD", binary),
        call(TColExpandDivOp, "TCOLEXPANDDIV", binary),
        call(TColExpandExpdifOp, "TCOLEXPANDEXPDIF", binary),
        call(TColExpandMaxOp, "TCOLEXPANDMAX", binary),
        call(TColExpandMinOp, "TCOLEXPANDMIN", binary),
        call(TColExpandMulOp, "TCOLEXPANDMUL", binary),
        call(TColExpandSubOp, "TCOLEXPANDSUB", binary),
    )
)
