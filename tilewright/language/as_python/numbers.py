"""Arithmetic of numbers as expressions of Python."""

from __future__ import annotations

from collections.abc import Mapping

from xdsl.dialects import arith, math
from xdsl.dialects.builtin import Float32Type, IndexType
from xdsl.ir import Operation, SSAValue

from tilewright.language.as_python.writer import Writer

_INFIX: Mapping[type[Operation], str] = {
    arith.AddiOp: "+",
    arith.SubiOp: "-",
    arith.MuliOp: "*",
    arith.FloorDivSIOp: "//",
    arith.RemSIOp: "%",
    arith.AndIOp: "&",
    arith.OrIOp: "|",
    arith.XOrIOp: "^",
    arith.ShLIOp: "<<",
    arith.ShRSIOp: ">>",
    arith.AddfOp: "+",
    arith.SubfOp: "-",
    arith.MulfOp: "*",
    arith.DivfOp: "/",
}

_CALLS: Mapping[type[Operation], str] = {
    arith.MaxSIOp: "max",
    arith.MinSIOp: "min",
    arith.MaximumfOp: "max",
    arith.MinimumfOp: "min",
    math.ExpOp: "exp",
    math.LogOp: "log",
    math.SqrtOp: "sqrt",
    math.RsqrtOp: "rsqrt",
    math.AbsFOp: "abs",
}

_CASTS = (
    arith.IndexCastOp,
    arith.SIToFPOp,
    arith.FPToSIOp,
    arith.TruncIOp,
    arith.ExtSIOp,
    arith.ExtUIOp,
)

_PREDICATES = {
    **{"eq": "==", "ne": "!=", "slt": "<", "sle": "<=", "sgt": ">", "sge": ">="},
    **{"oeq": "==", "une": "!=", "olt": "<", "ole": "<=", "ogt": ">", "oge": ">="},
}


def expression(w: Writer, op: Operation) -> str | None:
    """The expression that an operation on numbers is; None for any other operation."""
    if type(op) in _INFIX:
        return _pair(w, op, op.operands[0], op.operands[1], f" {_INFIX[type(op)]} ")
    if type(op) in _CALLS:
        operands = op.operands
        inner = _pair(w, op, operands[0], operands[1], ", ") if len(operands) == 2 else w.use(operands[0], op)
        return f"pl.{_CALLS[type(op)]}({inner})"
    match op:
        case arith.CmpiOp() | arith.CmpfOp():
            return _compare(w, op)
        case arith.NegfOp():
            return f"-{w.typed(op.operand, op)}"
        case arith.SelectOp():
            yes, no = carried(w, op.lhs, op), carried(w, op.rhs, op)
            return f"{yes} if {w.typed(op.cond, op)} else {no}"
        case _ if isinstance(op, _CASTS):
            return f"pl.cast({w.typed(op.operands[0], op)}, {w.dtype(op.results[0].type, op)})"
        case _:
            return None


def carried(w: Writer, value: SSAValue, at: Operation) -> str:
    """A value that a loop or a branch hands on: an integer is an index there, a fraction has 32 bits."""
    if isinstance(value.type, IndexType | Float32Type):
        return w.use(value, at)
    return w.typed(value, at)


def _pair(w: Writer, op: Operation, left: SSAValue, right: SSAValue, between: str) -> str:
    """Two operands; of two constants one has its type, as Python would compute them otherwise."""
    both = w.constant(left) is not None and w.constant(right) is not None
    first = w.typed(left, op) if both else w.use(left, op)
    return f"{first}{between}{w.use(right, op)}"


def _compare(w: Writer, op: arith.CmpiOp | arith.CmpfOp) -> str | None:
    names = arith.CMPI_COMPARISON_OPERATIONS if isinstance(op, arith.CmpiOp) else arith.CMPF_COMPARISON_OPERATIONS
    symbol = _PREDICATES.get(names[op.predicate.value.data])
    return None if symbol is None else _pair(w, op, op.lhs, op.rhs, f" {symbol} ")
