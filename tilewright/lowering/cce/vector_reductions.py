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
from tilewright.dialects.pto.vector import BinaryOp, UnaryOp, UnaryScratchOp
from tilewright.lowering.cce.calls import Argument, given, template_call
from tilewright.lowering.cce.expressions import Name
from tilewright.lowering.cce.scope import Handlers


def _unary(op: UnaryOp) -> tuple[Argument, ...]:
    return op.dst, op.src


def _with_scratch(op: UnaryScratchOp) -> tuple[Argument, ...]:
    return op.dst, op.src, op.tmp


def _binary(op: BinaryOp) -> tuple[Argument, ...]:
    return op.dst, op.src0, op.src1


def _row_expand(op: RowExpandOp) -> tuple[Argument, ...]:
    return op.dst, op.src0, op.src1, *given(op.tmp)


def _column_sum(op: TColSumOp) -> tuple[Argument, ...]:
    if op.tmp is None or op.is_binary is None:
        return op.dst, op.src
    return op.dst, op.src, op.tmp, Name("true" if op.is_binary.value.data else "false")


HANDLERS: Handlers = dict(
    (
        template_call(TRowArgMaxOp, "TROWARGMAX", _with_scratch),
        template_call(TRowArgMinOp, "TROWARGMIN", _with_scratch),
        template_call(TRowMaxOp, "TROWMAX", _with_scratch),
        template_call(TRowMinOp, "TROWMIN", _with_scratch),
        template_call(TRowProdOp, "TROWPROD", _with_scratch),
        template_call(TRowSumOp, "TROWSUM", _with_scratch),
        template_call(TColArgMaxOp, "TCOLARGMAX", _with_scratch),
        template_call(TColArgMinOp, "TCOLARGMIN", _with_scratch),
        template_call(TColMaxOp, "TCOLMAX", _unary),
        template_call(TColMinOp, "TCOLMIN", _unary),
        template_call(TColProdOp, "TCOLPROD", _unary),
        template_call(TColSumOp, "TCOLSUM", _column_sum),
        template_call(TRowExpandOp, "TROWEXPAND", _unary),
        template_call(TRowExpandAddOp, "TROWEXPANDADD", _binary),
        template_call(TRowExpandDivOp, "TROWEXPANDDIV", _row_expand),
        template_call(TRowExpandExpdifOp, "TROWEXPANDEXPDIF", _row_expand),
        template_call(TRowExpandMaxOp, "TROWEXPANDMAX", _row_expand),
        template_call(TRowExpandMinOp, "TROWEXPANDMIN", _row_expand),
        template_call(TRowExpandMulOp, "TROWEXPANDMUL", _row_expand),
        template_call(TRowExpandSubOp, "TROWEXPANDSUB", _row_expand),
        template_call(TColExpandOp, "TCOLEXPAND", _unary),
        template_call(TColExpandAddOp, "TCOLEXPANDADD", _binary),
        template_call(TColExpandDivOp, "TCOLEXPANDDIV", _binary),
        template_call(TColExpandExpdifOp, "TCOLEXPANDEXPDIF", _binary),
        template_call(TColExpandMaxOp, "TCOLEXPANDMAX", _binary),
        template_call(TColExpandMinOp, "TCOLEXPANDMIN", _binary),
        template_call(TColExpandMulOp, "TCOLEXPANDMUL", _binary),
        template_call(TColExpandSubOp, "TCOLEXPANDSUB", _binary),
    )
)
