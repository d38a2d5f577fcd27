"""Sums of three: the library has no instruction for them, so each becomes two calls.

The second call reads what the first wrote. Instructions of one pipe overlap, so a barrier stands between them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias, TypeVar

from xdsl.ir import Operation, SSAValue

from tilewright.dialects.pto.elementwise import TAddCOp, TernaryOp, TSubCOp
from tilewright.dialects.pto.tile_scalar import TAddSCOp, TileScalarTileOp, TSubSCOp
from tilewright.lowering.cce.calls import Argument, argument, element
from tilewright.lowering.cce.expressions import Name
from tilewright.lowering.cce.scope import Handler, Handlers, Scope
from tilewright.lowering.refusals import refuse

_Term: TypeAlias = tuple[str, Argument]
"""A function that combines a tile with a term, and the term."""

_Op = TypeVar("_Op", TernaryOp, TileScalarTileOp)


def _sum(op_type: type[_Op], terms: Callable[[_Op], tuple[_Term, _Term]]) -> tuple[type[Operation], Handler]:
    """Let an operation add both terms to `src0`, in an order that reads each operand before `dst` replaces it."""

    def emit(scope: Scope, op: _Op) -> None:
        first, second = terms(op)
        if second[1] is op.dst:
            first, second = second, first
        if second[1] is op.dst:
            refuse(op, "C++")
        _combine(scope, op, op.src0, first)
        scope.call("pipe_barrier", (Name("PIPE_V"),), op)
        _combine(scope, op, op.dst, second)

    return op_type, emit


def _combine(scope: Scope, op: TernaryOp | TileScalarTileOp, source: SSAValue, term: _Term) -> None:
    function, value = term
    scope.call(function, tuple(argument(scope, each) for each in (op.dst, source, value)), op)


def _scalar(op: TileScalarTileOp) -> Argument:
    return element(op, op.scalar, op.src0.type.element_type)


HANDLERS: Handlers = dict(
    (
        _sum(TAddCOp, lambda op: (("TADD", op.src1), ("TADD", op.src2))),
        _sum(TSubCOp, lambda op: (("TSUB", op.src1), ("TADD", op.src2))),
        _sum(TAddSCOp, lambda op: (("TADDS", _scalar(op)), ("TADD", op.src1))),
        _sum(TSubSCOp, lambda op: (("TSUBS", _scalar(op)), ("TADD", op.src1))),
    )
)
