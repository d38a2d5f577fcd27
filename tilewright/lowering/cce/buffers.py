"""Buffers: variables of tile types, each bound to an address; another look at a buffer is another variable."""

from __future__ import annotations

from xdsl.dialects.builtin import DYNAMIC_INDEX
from xdsl.ir import Operation, SSAValue

from tilewright.dialects.pto import AllocTileOp, TileBufType
from tilewright.dialects.pto.core_ops import BitcastOp, DeclareTileOp, SetValidShapeOp, SubsetOp, TAssignOp, TReshapeOp
from tilewright.lowering.cce.buffer_types import memory_of
from tilewright.lowering.cce.expressions import Binary, Call, Conditional, Expression, Literal, Name, subtract, text
from tilewright.lowering.cce.scope import Handlers, Scope
from tilewright.lowering.cce.tiles import address_of, assign, declare_tile, part_of, refuse_unplaced


def _alloc_tile(scope: Scope, op: AllocTileOp) -> None:
    """A buffer is a variable of a tile type, bound to its address by TASSIGN."""
    if op.addr is None:
        refuse_unplaced(op, op.result)
    valid = scope.read_given(op.valid_row, op.valid_col)
    name = declare_tile(scope, op.result, op.result.type, valid, op)
    assign(scope, name, scope.read(op.addr), op)


def _declare_tile(scope: Scope, op: DeclareTileOp) -> None:
    """A buffer without an address: a pipe gives it one."""
    declare_tile(scope, op.result, memory_of(op.result, op), (None, None), op)


def _subset(scope: Scope, op: SubsetOp) -> None:
    """A part is as wide as the tile that it is cut from, with its own valid part, and starts further on."""
    part, type_ = part_of(scope, op), memory_of(op.result, op)
    whole = _valid(scope, op.source, op.source.type)
    axes = zip(type_.valid_extents, whole, part.offsets, part.sizes, strict=True)
    valid = [
        _cut_valid(scope, extent, offset, size) if static == DYNAMIC_INDEX else None
        for static, extent, offset, size in axes
    ]
    name = declare_tile(scope, op.result, type_, valid, op)
    assign(scope, name, address_of(scope, op.result), op)


def _cut_valid(scope: Scope, whole: Expression, offset: Expression, size: int) -> Expression:
    """Give the valid extent of a part: a valid extent smaller than the tile repeats with its own period."""
    rest = whole if offset == Literal(0) else subtract(whole, Binary("%", offset, whole))
    held = scope.hold(rest, "int64_t", "rest")
    return Conditional(Binary("<", held, Literal(size)), held, Literal(size))


def _bitcast(scope: Scope, op: BitcastOp) -> None:
    name = _seen(scope, op.source, op.result, op)
    assign(scope, name, address_of(scope, op.source), op)


def _reshape(scope: Scope, op: TReshapeOp) -> None:
    name = _seen(scope, op.source, op.result, op)
    scope.call("TRESHAPE", (Name(name), scope.read(op.source)), op)


def _tassign(scope: Scope, op: TAssignOp) -> None:
    """The old variable keeps its address, since its value may still be used."""
    name = _seen(scope, op.source, op.result, op)
    assign(scope, name, scope.read(op.addr), op)


def _seen(scope: Scope, source: SSAValue, result: SSAValue, op: Operation) -> str:
    """Declare the result, valid where its type says, else as far as the source is now."""
    valid = _valid(scope, source, memory_of(source, op))
    return declare_tile(scope, result, memory_of(result, op), valid, op)


def _valid(scope: Scope, value: SSAValue, type_: TileBufType) -> tuple[Expression, Expression]:
    name = text(scope.read(value))
    rows, columns = type_.valid_extents
    return (
        Call(f"{name}.GetValidRow", ()) if rows == DYNAMIC_INDEX else Literal(rows),
        Call(f"{name}.GetValidCol", ()) if columns == DYNAMIC_INDEX else Literal(columns),
    )


def _set_valid_shape(scope: Scope, op: SetValidShapeOp) -> None:
    name = text(scope.read(op.source))
    scope.call(f"{name}.SetValidShape", (scope.read(op.valid_row), scope.read(op.valid_col)), op)


HANDLERS: Handlers = {
    AllocTileOp: _alloc_tile,
    BitcastOp: _bitcast,
    DeclareTileOp: _declare_tile,
    SetValidShapeOp: _set_valid_shape,
    SubsetOp: _subset,
    TAssignOp: _tassign,
    TReshapeOp: _reshape,
}
