"""Decoding of the operations on global memory: pointers, views of whole tensors and windows of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from xdsl.dialects.builtin import DYNAMIC_INDEX
from xdsl.ir import Operation, SSAValue

from tilewright.arch.chip import element_bits, load_chip
from tilewright.dialects.constants import constant_value
from tilewright.dialects.diagnostics import fail
from tilewright.dialects.names import value_name
from tilewright.dialects.pto import GmLayout, MakeTensorViewOp, PartitionViewOp
from tilewright.dialects.pto.core_ops import AddPtrOp, GetTensorViewDimOp
from tilewright.dialects.shapes import shape_text
from tilewright.execution.instructions import Pointer, Window
from tilewright.execution.steps import Compute, Decode, Environment, Slots, Step, reader

_FRACTAL_RANK = 5
"""Dimensions of a view of fractals: outer ones, columns and rows of fractals, and the two of a fractal."""


def _add_pointer(op: AddPtrOp, slots: Slots) -> Step:
    pointer, offset, result = slots.many((op.ptr, op.offset, op.result))

    def run(environment: Environment) -> None:
        before: Pointer = environment[pointer]
        distance = before.offset + environment[offset]
        environment[result] = Pointer(before.argument, before.name, before.element_type, distance)

    return Compute(run)


def _make_tensor_view(op: MakeTensorViewOp, slots: Slots) -> Step:
    pointer, result = slots[op.ptr], slots[op.result]
    shape, strides = reader(slots.many(op.shape)), reader(slots.many(op.strides))
    layout = _layout(op, op.shape)

    def run(environment: Environment) -> None:
        target: Pointer = environment[pointer]
        environment[result] = Window(
            target.argument,
            target.name,
            target.element_type,
            target.offset,
            shape(environment),
            strides(environment),
            layout,
        )

    return Compute(run)


def _partition_view(op: PartitionViewOp, slots: Slots) -> Step:
    source, result = slots[op.source], slots[op.result]
    offsets, sizes = reader(slots.many(op.offsets)), reader(slots.many(op.sizes))
    maker = op.source.owner
    known = _layout(maker, op.sizes) if isinstance(maker, MakeTensorViewOp) else None

    def run(environment: Environment) -> None:
        whole: Window = environment[source]
        environment[result] = cut(whole, offsets(environment), sizes(environment), known or whole.gm_layout, op)

    return Compute(run)


def cut(whole: Window, starts: Sequence[int], shape: Sequence[int], layout: GmLayout, op: Operation) -> Window:
    """Give a part of a view.

    Raises:
        DiagnosticError: TW0410 when it leaves the view.
    """
    offset = whole.offset
    for axis, (start, stride) in enumerate(zip(starts, whole.strides, strict=True)):
        if start < 0 or shape[axis] < 1 or start + shape[axis] > whole.shape[axis]:
            _fail_outside(op, whole, starts, shape, axis)
        offset += start * stride
    return Window(whole.argument, whole.name, whole.element_type, offset, tuple(shape), whole.strides, layout)


def _fail_outside(op: Operation, whole: Window, starts: Sequence[int], shape: Sequence[int], axis: int) -> None:
    fail(
        "TW0410",
        f"a window of {shape_text(shape)} elements at {list(starts)} leaves {whole.name}: "
        f"dimension {axis} ends at {whole.shape[axis]}, the window at {starts[axis] + shape[axis]}",
        op,
        notes=(f"the view of {whole.name} is {shape_text(whole.shape)}",),
    )


def _layout(maker: MakeTensorViewOp, sizes: Sequence[SSAValue]) -> GmLayout:
    """Give the layout of a window of a view: as written, else as C++ is emitted, from what the text shows."""
    if maker.layout is not None:
        return maker.layout.data
    if _has_fractals(maker):
        return GmLayout.NZ
    *outer, last = [constant_value(stride) for stride in maker.strides]
    by_columns = bool(outer) and outer[-1] == 1
    by_rows = last == 1 and constant_value(sizes[-1]) != 1
    return GmLayout.DN if by_columns and not by_rows else GmLayout.ND


def _has_fractals(maker: MakeTensorViewOp) -> bool:
    """Whether the last two dimensions of five are fractals: dense, of the rows and bytes that the cube unit has."""
    if len(maker.strides) != _FRACTAL_RANK:
        return False
    fractal, type_ = load_chip().fractal, maker.result.type
    rows, columns = (
        constant_value(value) if extent == DYNAMIC_INDEX else extent
        for extent, value in zip(type_.extents[-2:], maker.shape[-2:], strict=True)
    )
    steps = [constant_value(stride) for stride in maker.strides[-2:]]
    is_dense = rows == fractal.rows and steps == [columns, 1]
    return is_dense and columns is not None and columns * element_bits(str(type_.element_type)) == fractal.row_bytes * 8


def _dimension(op: GetTensorViewDimOp, slots: Slots) -> Step:
    view, axis, result = slots.many((op.view, op.dimension, op.result))
    name = value_name(op.view)

    def run(environment: Environment) -> None:
        shape, number = environment[view].shape, environment[axis]
        if not 0 <= number < len(shape):
            fail("TW0412", f"{name} has no dimension {number}: it has {len(shape)}", op)
        environment[result] = shape[number]

    return Compute(run)


VIEWS: Mapping[type[Operation], Decode] = {
    AddPtrOp: _add_pointer,
    GetTensorViewDimOp: _dimension,
    MakeTensorViewOp: _make_tensor_view,
    PartitionViewOp: _partition_view,
}
