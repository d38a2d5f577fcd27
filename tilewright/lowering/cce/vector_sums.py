"""Sums of three: the library has no instruction for them, so each becomes two calls.

The second call reads what the first wrote. Instructions of one pipe overlap, so a barrier stands between them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias, TypeVar

from xdsl.ir import Operation, SSAValue

from tilewright.dialects.pto.elementwise import TAddCOp, TernaryOp, TSubCOp
from tilewright.dialects.pto.tile_scalar import TAddSCOp, TileScalarTileOp, TSubSCOp
from tilewright.lowering.cce.buffer_types import memory_of
from tilewright.lowering.cce.calls import Argument, argument, element
from tilewright.lowering.cce.expressions import Name
from tilewright.lowering.cce.scope import Handler, Handlers, Scope
from tilewright.lowering.cce.tiles import address_of
from tilewright.lowering.cce.types import buffer_type
from tilewright.lowering.cce.views import known
from tilewright.lowering.refusals import refuse
from tilewright.passes.analysis.aliases import storages

_Term: TypeAlias = tuple[str, Argument]
"""A function that combines a tile with a term, and the term."""

_Op = TypeVar("_Op", TernaryOp, TileScalarTileOp)


def _sum(op_type: type[_Op], terms: Callable[[_Op], tuple[_Term, _Term]]) -> tuple[type[Operation], Handler]:
    """Let an operation add both terms to `src0`, in an order that reads each operand before `dst` replaces it.

    Raises:
        DiagnosticError: TW0330 when `dst` lies over both terms, so that no order does.
    """

    def emit(scope: Scope, op: _Op) -> None:
        first, second = terms(op)
        if _replaced(scope, op, second):
            first, second = second, first
        if _replaced(scope, op, second):
            refuse(op, "C++")
        _combine(scope, op, op.src0, first)
        scope.call("pipe_barrier", (Name("PIPE_V"),), op)
        _combine(scope, op, op.dst, second)

    return op_type, emit


def _replaced(scope: Scope, op: TernaryOp | TileScalarTileOp, term: _Term) -> bool:
    """Say whether the first call would write over a term."""
    value = term[1]
    if not isinstance(value, SSAValue) or buffer_type(value.type, op) is None:
        return False
    written, read = (_bytes(scope, each, op) for each in (op.dst, value))
    if written is not None and read is not None:
        return written.start < read.stop and read.start < written.stop
    return not set(storages(op.dst)).isdisjoint(storages(value))


def _bytes(scope: Scope, value: SSAValue, op: Operation) -> range | None:
    """Give where a buffer lies, with its gaps; None where only a running kernel knows."""
    start = known(address_of(scope, value))
    return None if start is None else range(start, start + memory_of(value, op).size_bytes)


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
