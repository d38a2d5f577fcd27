"""Pointers into global memory, and single elements of it."""

from __future__ import annotations

from xdsl.ir import SSAValue

from tilewright.dialects.pto.core_ops import AddPtrOp, LoadScalarOp, StoreScalarOp
from tilewright.lowering.cce.expressions import Element, add, text
from tilewright.lowering.cce.memrefs import pointer
from tilewright.lowering.cce.scope import Handlers, Scope
from tilewright.lowering.cce.types import scalar


def _add(scope: Scope, op: AddPtrOp) -> None:
    name = scope.declare(op.result, "pointer")
    moved = add(scope.read(op.ptr), scope.read(op.offset))
    scope.writer.line(f"{scalar(op.result.type, op)} {name} = {text(moved)};", op)


def _load(scope: Scope, op: LoadScalarOp) -> None:
    """A variable, since the element may change before the value is used."""
    scope.define(op.result, _element(scope, op.ptr, op.offset), op)


def _store(scope: Scope, op: StoreScalarOp) -> None:
    scope.writer.line(f"{text(_element(scope, op.ptr, op.offset))} = {text(scope.read(op.value))};", op)


def _element(scope: Scope, base: SSAValue, offset: SSAValue) -> Element:
    return Element(pointer(scope, base), scope.read(offset))


HANDLERS: Handlers = {
    AddPtrOp: _add,
    LoadScalarOp: _load,
    StoreScalarOp: _store,
}
