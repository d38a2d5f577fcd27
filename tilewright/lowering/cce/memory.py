"""Buffers: variables of tile types, each bound to an address."""

from __future__ import annotations

from tilewright.dialects.diagnostics import fail
from tilewright.dialects.names import value_name
from tilewright.dialects.pto import AllocTileOp
from tilewright.dialects.pto.core_ops import DeclareTileOp
from tilewright.lowering.cce.scope import Handlers, Scope
from tilewright.lowering.cce.tiles import assign, declare_tile, memory_of


def _alloc_tile(scope: Scope, op: AllocTileOp) -> None:
    """A buffer is a variable of a tile type, bound to its address by TASSIGN."""
    if op.addr is None:
        fail(
            "TW0332",
            f"{value_name(op.result)} has no address",
            op,
            help=("the pass 'plan-memory' gives every buffer an address",),
        )
    valid = [scope.read(extent) if extent else None for extent in (op.valid_row, op.valid_col)]
    name = declare_tile(scope, op.result, op.result.type, valid, op)
    assign(scope, name, scope.read(op.addr), op)


def _declare_tile(scope: Scope, op: DeclareTileOp) -> None:
    """A buffer without an address: a pipe gives it one."""
    declare_tile(scope, op.result, memory_of(op.result, op), (None, None), op)


HANDLERS: Handlers = {
    AllocTileOp: _alloc_tile,
    DeclareTileOp: _declare_tile,
}
