"""Buffers and windows: what instructions work on."""

from __future__ import annotations

from functools import reduce

from xdsl.dialects.builtin import DYNAMIC_INDEX
from xdsl.ir import Operation

from tilewright.dialects.diagnostics import fail
from tilewright.dialects.names import value_name
from tilewright.dialects.pto import AllocTileOp, GmLayout, MakeTensorViewOp, PartitionViewOp
from tilewright.lowering.cce.expressions import (
    Braced,
    Call,
    Expression,
    Literal,
    Name,
    add,
    multiply,
    text,
)
from tilewright.lowering.cce.scope import Handlers, Scope
from tilewright.lowering.cce.types import WindowType, tile, tile_alias, window_type

_MAX_RANK = 5


def _alloc_tile(scope: Scope, op: AllocTileOp) -> None:
    """A buffer is a variable of a tile type, bound to its address by TASSIGN."""
    type_ = op.result.type
    if op.addr is None:
        fail(
            "TW0332",
            f"{value_name(op.result)} has no address",
            op,
            help=("the pass 'plan-memory' gives every buffer an address",),
        )
    alias = scope.aliases.name(tile(type_, op), tile_alias(type_))
    name = scope.declare(op.result, type_.location)
    valid = tuple(scope.read(extent) for extent in (op.valid_row, op.valid_col) if extent)
    scope.writer.line(f"{alias} {_constructed(name, valid)};", op)
    scope.call("TASSIGN", (Name(name), scope.read(op.addr)), op)


def _make_tensor_view(_scope: Scope, _op: MakeTensorViewOp) -> None:
    """A view is only a way to compute windows; it leaves nothing in the text."""


def _partition_view(scope: Scope, op: PartitionViewOp) -> None:
    """A window is a GlobalTensor: a pointer to its first element, its shape and its strides."""
    view = op.source.owner
    if not isinstance(view, MakeTensorViewOp):
        fail(
            "TW0333",
            f"the tensor view {value_name(op.source)} is not made in this function",
            op,
            help=("pass the pointer and call pto.make_tensor_view where it is used",),
        )
    sizes = tuple(
        scope.read(size) if extent == DYNAMIC_INDEX else Literal(extent)
        for size, extent in zip(op.sizes, op.result.type.extents, strict=True)
    )
    strides = tuple(scope.read(stride) for stride in view.strides)
    type_ = window_type(
        op.result.type.element_type,
        tuple(map(_known, sizes)),
        tuple(map(_known, strides)),
        _layout(view, sizes, strides, op),
        op,
    )
    offsets = (scope.read(offset) for offset in op.offsets)
    pointer = _advanced(scope.read(view.ptr), tuple(map(multiply, offsets, strides)))
    alias = scope.aliases.name(type_.spelling, type_.alias)
    name = scope.declare(op.result, "window")
    arguments = _window_arguments(type_, pointer, sizes, strides)
    scope.writer.line(f"{alias} {_constructed(name, arguments)};", op)


def _advanced(pointer: Expression, steps: tuple[Expression, ...]) -> Expression:
    """Move a pointer. Every step is an int64_t or a literal, so nothing wraps at 32 bits."""
    constants = [step for step in steps if isinstance(step, Literal)]
    variables = [step for step in steps if not isinstance(step, Literal)]
    return reduce(add, (*variables, reduce(add, constants, Literal(0))), pointer)


def _window_arguments(
    type_: WindowType,
    pointer: Expression,
    sizes: tuple[Expression, ...],
    strides: tuple[Expression, ...],
) -> tuple[Expression, ...]:
    """Give the pointer, and the shape and strides as far as only the running kernel knows them."""
    shape = tuple(size for size in sizes if _known(size) is None)
    outer = multiply(sizes[0], strides[0])
    steps = tuple(s for s in (*[outer] * type_.padding, *strides) if _known(s) is None)
    if not shape and not steps:
        return (pointer,)
    return (pointer, Braced(shape), Braced(steps)) if steps else (pointer, Braced(shape))


def _layout(
    view: MakeTensorViewOp,
    sizes: tuple[Expression, ...],
    strides: tuple[Expression, ...],
    op: Operation,
) -> GmLayout:
    """Give the layout of a view, or else what ptoas infers for up to four dimensions."""
    rank = len(strides)
    if rank > _MAX_RANK:
        fail("TW0333", f"a view has at most {_MAX_RANK} dimensions, got {rank}", op)
    if view.layout is not None:
        return view.layout.data
    if rank == _MAX_RANK:
        fail(
            "TW0333",
            f"the layout of the {rank}-dimensional view {value_name(view.result)} is not given",
            view,
            help=("add {layout = #pto.layout<nz>}, or nd",),
        )
    column_major = rank > 1 and strides[-2] == Literal(1)
    row_major = strides[-1] == Literal(1) and sizes[-1] != Literal(1)
    return GmLayout.DN if column_major and not row_major else GmLayout.ND


def _known(expression: Expression) -> int | None:
    return expression.value if isinstance(expression, Literal) else None


def _constructed(name: str, arguments: tuple[Expression, ...]) -> str:
    return text(Call(name, arguments)) if arguments else name


HANDLERS: Handlers = {
    AllocTileOp: _alloc_tile,
    MakeTensorViewOp: _make_tensor_view,
    PartitionViewOp: _partition_view,
}
