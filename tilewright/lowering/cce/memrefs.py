"""Memrefs, which ptoas reads in place of buffers and of pointers into global memory."""

from __future__ import annotations

from collections.abc import Iterable

from xdsl.dialects.builtin import DYNAMIC_INDEX, MemRefType
from xdsl.dialects.memref import AllocOp, DeallocOp, SubviewOp
from xdsl.ir import Operation, SSAValue
from xdsl.utils.hints import isa

from tilewright.dialects.diagnostics import fail
from tilewright.dialects.names import value_name
from tilewright.dialects.pto import GmLayout, LayoutAttr
from tilewright.dialects.pto.communication import AsyncTransferOp
from tilewright.dialects.pto.core_ops import BindTileOp, DeclareTileMemRefOp, PointerCastOp, TileBufConfigAttr
from tilewright.dialects.pto.destination import InstructionOp
from tilewright.dialects.upstream import ReinterpretCastOp
from tilewright.lowering.cce.buffer_types import memory_of
from tilewright.lowering.cce.expressions import Call, Expression, Literal, Name, multiply, text
from tilewright.lowering.cce.memref_types import as_tile, is_global
from tilewright.lowering.cce.scope import Handlers, Scope
from tilewright.lowering.cce.tiles import address_of, assign, declare_tile, mixed, refuse_unplaced
from tilewright.lowering.cce.types import scalar
from tilewright.lowering.cce.views import View, advanced, check_rank, known, whole_window


def pointer(scope: Scope, value: SSAValue) -> Expression:
    """Give the pointer that a value stands for: one into global memory, or a memref that does for it."""
    spelled = scope.read(value)
    return Call(f"{text(spelled)}.data", ()) if needs_window(value) else spelled


def needs_window(value: SSAValue) -> bool:
    """Whether a memref is the operand of an instruction, which takes a window of global memory and no pointer."""
    return is_global(value.type) and any(
        isinstance(use.operation, InstructionOp | AsyncTransferOp) for use in value.uses
    )


def declare_windows(scope: Scope, values: Iterable[SSAValue], op: Operation) -> None:
    """Write the windows of memrefs that are arguments or results; from here on a memref is spelled as its window.

    Raises:
        DiagnosticError: TW0337 for a shape or strides that only a running kernel knows.
    """
    for value in filter(needs_window, values):
        _window(scope, value, _view(scope, value, op), f"{text(scope.read(value))}_window", op)


def _window(scope: Scope, value: SSAValue, view: View, hint: str, op: Operation) -> None:
    name = scope.names.fresh(hint, "window")
    whole_window(scope, name, view, op)
    scope.spell(value, Name(name))


def _view(scope: Scope, value: SSAValue, op: Operation) -> View:
    """Give what is known about a memref in global memory."""
    type_ = value.type
    if not isa(type_, MemRefType):
        fail("TW0337", f"{value_name(value)} is no memref", op)
    check_rank(type_.get_num_dims(), op)
    owner = value.owner
    if isinstance(owner, SubviewOp):
        return _part(scope, owner)
    if isinstance(owner, ReinterpretCastOp):
        offsets = mixed(scope, owner.static_offsets.get_values(), owner.offsets)
        return View(
            advanced(pointer(scope, owner.source), offsets),
            mixed(scope, owner.static_sizes.get_values(), owner.sizes),
            mixed(scope, owner.static_strides.get_values(), owner.strides),
            type_.element_type,
            _given_layout(owner),
        )
    strides = type_.get_strides()
    if DYNAMIC_INDEX in type_.get_shape() or strides is None or None in strides or type_.get_offset() != 0:
        fail("TW0337", f"{value_name(value)} has a place, a shape and strides known before it runs", op)
    shape = tuple(Literal(extent) for extent in type_.get_shape())
    steps = tuple(Literal(stride) for stride in strides if stride is not None)
    return View(scope.read(value), shape, steps, type_.element_type)


def _part(scope: Scope, op: SubviewOp) -> View:
    source = _view(scope, op.source, op)
    offsets = mixed(scope, op.static_offsets.get_values(), op.offsets)
    steps = mixed(scope, op.static_strides.get_values(), op.strides)
    moved = tuple(multiply(offset, stride) for offset, stride in zip(offsets, source.strides, strict=True))
    return View(
        advanced(source.pointer, moved),
        mixed(scope, op.static_sizes.get_values(), op.sizes),
        tuple(multiply(step, stride) for step, stride in zip(steps, source.strides, strict=True)),
        source.element,
        _given_layout(op) or source.layout,
    )


def _given_layout(op: Operation) -> GmLayout | None:
    layout = op.attributes.get("layout")
    return layout.data if isinstance(layout, LayoutAttr) else None


def _alloc(_scope: Scope, op: AllocOp) -> None:
    refuse_unplaced(op, op.memref)


def _dealloc(_scope: Scope, _op: DeallocOp) -> None:
    """Memory is planned for the whole function, so nothing happens when a buffer ends."""


def _pointer_cast(scope: Scope, op: PointerCastOp) -> None:
    """A buffer at an address that an operand gives."""
    if len(op.addresses) != 1:
        fail("TW0337", f"{value_name(op.result)} has {len(op.addresses)} addresses, a buffer in C++ one", op)
    _bound(scope, op, op.result, op.config, op)


def _bind_tile(scope: Scope, op: BindTileOp) -> None:
    """The same memory, arranged as the op says."""
    _bound(scope, op, op.result, op.config, op)


def _bound(
    scope: Scope,
    op: PointerCastOp | BindTileOp,
    result: SSAValue,
    config: TileBufConfigAttr | None,
    place: Operation,
) -> None:
    valid = scope.read_given(op.valid_row, op.valid_col)
    tile = as_tile(op.result.type, place, config)
    extents = [
        full if extent is None else DYNAMIC_INDEX if (static := known(extent)) is None else static
        for full, extent in zip(tile.extents, valid, strict=True)
    ]
    type_ = as_tile(op.result.type, place, config, extents)
    name = declare_tile(scope, result, type_, valid, place)
    assign(scope, name, address_of(scope, result), place)


def _declared(scope: Scope, op: DeclareTileMemRefOp) -> None:
    declare_tile(scope, op.result, as_tile(op.result.type, op), (None, None), op)


def _subview(scope: Scope, op: SubviewOp) -> None:
    if not is_global(op.source.type):
        name = declare_tile(scope, op.result, memory_of(op.result, op), (None, None), op)
        assign(scope, name, address_of(scope, op.result), op)
        return
    _place(scope, op.result, _part(scope, op), op)


def _reinterpret_cast(scope: Scope, op: ReinterpretCastOp) -> None:
    if not is_global(op.source.type):
        fail("TW0337", f"{value_name(op.source)} is a buffer, which has one arrangement", op)
    _place(scope, op.result, _view(scope, op.result, op), op)


def _place(scope: Scope, value: SSAValue, view: View, op: Operation) -> None:
    """Write a window, or a pointer where no instruction takes the memref."""
    if needs_window(value):
        _window(scope, value, view, value.name_hint or "window", op)
        return
    name = scope.declare(value, "pointer")
    scope.writer.line(f"{scalar(value.type, op)} {name} = {text(view.pointer)};", op)


HANDLERS: Handlers = {
    AllocOp: _alloc,
    BindTileOp: _bind_tile,
    DeallocOp: _dealloc,
    DeclareTileMemRefOp: _declared,
    PointerCastOp: _pointer_cast,
    ReinterpretCastOp: _reinterpret_cast,
    SubviewOp: _subview,
}
