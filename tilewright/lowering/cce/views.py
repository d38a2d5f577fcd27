"""Tensors in global memory, and the windows of them that instructions work on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce

from xdsl.dialects.builtin import DYNAMIC_INDEX
from xdsl.ir import Attribute, Operation, SSAValue

from tilewright.arch.chip import element_bits, load_chip
from tilewright.dialects.diagnostics import fail
from tilewright.dialects.names import value_name
from tilewright.dialects.pto import GmLayout, MakeTensorViewOp, PartitionViewOp, TensorViewType
from tilewright.dialects.pto.core_ops import GetTensorViewDimOp
from tilewright.lowering.cce.expressions import Braced, Call, Expression, Literal, add, multiply, text
from tilewright.lowering.cce.scope import Handlers, Scope
from tilewright.lowering.cce.types import WindowType, scalar, view_type, window_type

_MAX_RANK = 5


@dataclass(frozen=True)
class View:
    """A tensor in global memory: a pointer to its first element, its shape, and its strides in elements."""

    pointer: Expression
    shape: tuple[Expression, ...]
    strides: tuple[Expression, ...]
    element: Attribute
    layout: GmLayout | None = None


def _make_tensor_view(scope: Scope, op: MakeTensorViewOp) -> None:
    """A view is only a way to compute windows; where it is handed on, it is spelled as a window of all of it."""
    if all(isinstance(use.operation, PartitionViewOp | GetTensorViewDimOp) for use in op.result.uses):
        return
    type_ = view_type(op.result.type, op)
    view = view_of(scope, op.result, op)
    alias = scope.aliases.name(type_.spelling, type_.alias)
    scope.spell(op.result, Call(alias, _arguments(type_, view.pointer, view.shape, view.strides)))


def view_of(scope: Scope, value: SSAValue[TensorViewType], op: Operation) -> View:
    """Give what is known about a tensor: from where it is made, else from the variable that holds it."""
    maker, type_ = value.owner, value.type
    check_rank(len(type_.extents), op)
    if isinstance(maker, MakeTensorViewOp):
        shape = tuple(
            scope.read(extent) if static == DYNAMIC_INDEX else Literal(static)
            for extent, static in zip(maker.shape, type_.extents, strict=True)
        )
        strides = tuple(scope.read(stride) for stride in maker.strides)
        layout = None if maker.layout is None else maker.layout.data
        return View(scope.read(maker.ptr), shape, strides, type_.element_type, layout)
    name = text(scope.read(value))
    axes = [Literal(_MAX_RANK - len(type_.extents) + axis) for axis in range(len(type_.extents))]
    shape = tuple(
        Call(f"{name}.GetShape", (axis,)) if static == DYNAMIC_INDEX else Literal(static)
        for axis, static in zip(axes, type_.extents, strict=True)
    )
    strides = tuple(Call(f"{name}.GetStride", (axis,)) for axis in axes)
    return View(Call(f"{name}.data", ()), shape, strides, type_.element_type, GmLayout.ND)


def check_rank(rank: int, op: Operation) -> None:
    """Refuse what does not fit a GlobalTensor.

    Raises:
        DiagnosticError: TW0333.
    """
    if rank > _MAX_RANK:
        fail("TW0333", f"a view has at most {_MAX_RANK} dimensions, got {rank}", op)


def _partition_view(scope: Scope, op: PartitionViewOp) -> None:
    """A window is a GlobalTensor: a pointer to its first element, its shape and its strides."""
    view = view_of(scope, op.source, op)
    static = op.result.type.extents
    if len(static) != len(op.sizes):
        static = (DYNAMIC_INDEX,) * len(op.sizes)
    sizes = tuple(
        scope.read(size) if extent == DYNAMIC_INDEX else Literal(extent)
        for size, extent in zip(op.sizes, static, strict=True)
    )
    offsets = tuple(scope.read(offset) for offset in op.offsets)
    type_ = _window_type(view, sizes, op)
    name = scope.declare(op.result, "window")
    declare_window(scope, name, type_, view, sizes, offsets, op)


def _window_type(view: View, sizes: tuple[Expression, ...], op: Operation) -> WindowType:
    scalar(view.element, op)  # refuses an element without a C++ type before its bits are asked for
    shape, strides = tuple(map(known, sizes)), tuple(map(known, view.strides))
    layout = layout_of(view, sizes) if view.layout is None else view.layout
    return window_type(view.element, shape, strides, layout, op)


def whole_window(scope: Scope, name: str, view: View, op: Operation) -> None:
    """Declare a window of all of a view."""
    declare_window(scope, name, _window_type(view, view.shape, op), view, view.shape, (), op)


def declare_window(
    scope: Scope,
    name: str,
    type_: WindowType,
    view: View,
    sizes: tuple[Expression, ...],
    offsets: Sequence[Expression],
    op: Operation,
) -> None:
    """Write the variable of a window."""
    steps = tuple(multiply(offset, stride) for offset, stride in zip(offsets, view.strides, strict=False))
    pointer = advanced(view.pointer, steps)
    alias = scope.aliases.name(type_.spelling, type_.alias)
    arguments = _arguments(type_, pointer, sizes, view.strides)
    scope.writer.line(f"{alias} {text(Call(name, arguments))};", op)


def advanced(pointer: Expression, steps: tuple[Expression, ...]) -> Expression:
    """Move a pointer. Every step is an int64_t or a literal, so nothing wraps at 32 bits."""
    constants = [step for step in steps if isinstance(step, Literal)]
    variables = [step for step in steps if not isinstance(step, Literal)]
    return reduce(add, (*variables, reduce(add, constants, Literal(0))), pointer)


def _arguments(
    type_: WindowType,
    pointer: Expression,
    sizes: tuple[Expression, ...],
    strides: tuple[Expression, ...],
) -> tuple[Expression, ...]:
    """Give the pointer, and the shape and strides as far as the type leaves them open."""
    shape = tuple(size for size, static in zip(sizes, type_.shape, strict=True) if static is None)
    outer = multiply(sizes[0], strides[0])
    open_ = (*[type_.outer_stride] * type_.padding, *type_.strides)
    given = (*[outer] * type_.padding, *strides)
    steps = tuple(step for step, static in zip(given, open_, strict=True) if static is None)
    if not shape and not steps:
        return (pointer,)
    return (pointer, Braced(shape), Braced(steps)) if steps else (pointer, Braced(shape))


def layout_of(view: View, sizes: tuple[Expression, ...]) -> GmLayout:
    """Give the layout that ptoas infers: fractals in five dimensions, else the order of the last two."""
    if len(view.strides) == _MAX_RANK and _has_fractals(view):
        return GmLayout.NZ
    *outer, last = view.strides
    column_major = bool(outer) and outer[-1] == Literal(1)
    row_major = last == Literal(1) and sizes[-1] != Literal(1)
    return GmLayout.DN if column_major and not row_major else GmLayout.ND


def _has_fractals(view: View) -> bool:
    """Whether the last dimensions of a tensor are fractals: dense, of as many rows and bytes as the cube unit has."""
    chip = load_chip()
    rows, columns, last = (known(extent) for extent in view.shape[-3:])
    row_step, step = (known(stride) for stride in view.strides[-2:])
    if rows != chip.fractal.rows or columns is None or step != 1 or row_step != last:
        return False
    return chip.fractal.rows * columns * element_bits(str(view.element)) == chip.layouts["mat"].fractal_bytes * 8


def known(expression: Expression) -> int | None:
    """Give the number that an expression always is, where it shows."""
    return expression.value if isinstance(expression, Literal) else None


def _dimension(scope: Scope, op: GetTensorViewDimOp) -> None:
    """An extent is what the view was made with."""
    axis = known(scope.read(op.dimension))
    rank = len(op.view.type.extents) if isinstance(op.view.type, TensorViewType) else op.view.type.get_num_dims()
    if axis is None or not 0 <= axis < rank:
        fail(
            "TW0335",
            f"the number of a dimension of {value_name(op.view)} is a constant from 0 to {rank - 1}",
            op,
        )
    if isinstance(op.view.type, TensorViewType):
        view = view_of(scope, SSAValue.get(op.view, type=TensorViewType), op)
        scope.compute(op.result, view.shape[axis], op)
        return
    extent = op.view.type.get_shape()[axis]
    if extent == DYNAMIC_INDEX:
        fail("TW0337", f"the extent of {value_name(op.view)} is known before it runs", op)
    scope.compute(op.result, Literal(extent), op)


HANDLERS: Handlers = {
    GetTensorViewDimOp: _dimension,
    MakeTensorViewOp: _make_tensor_view,
    PartitionViewOp: _partition_view,
}
