"""Decoding of the operations on global memory: views of whole tensors and windows of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xdsl.ir import Operation

from tilewright.dialects.diagnostics import fail
from tilewright.dialects.pto import GmLayout, MakeTensorViewOp, PartitionViewOp
from tilewright.dialects.shapes import shape_text
from tilewright.execution.instructions import Window
from tilewright.execution.steps import Compute, Environment, Slots, Step


@dataclass(frozen=True, slots=True)
class Pointer:
    """An argument of the walked function that points into global memory."""

    argument: int
    name: str
    element_type: str


def decode_make_tensor_view(op: MakeTensorViewOp, slots: Slots) -> Step:
    pointer, result = slots[op.ptr], slots[op.result]
    shape, strides = slots.many(op.shape), slots.many(op.strides)
    layout = op.layout.data if op.layout is not None else GmLayout.ND

    def run(environment: Environment) -> None:
        target: Pointer = environment[pointer]
        environment[result] = Window(
            target.argument,
            target.name,
            target.element_type,
            0,
            tuple([environment[extent] for extent in shape]),
            tuple([environment[stride] for stride in strides]),
            layout,
        )

    return Compute(run)


def decode_partition_view(op: PartitionViewOp, slots: Slots) -> Step:
    source, result = slots[op.source], slots[op.result]
    offsets, sizes = slots.many(op.offsets), slots.many(op.sizes)

    def run(environment: Environment) -> None:
        whole: Window = environment[source]
        starts = [environment[offset] for offset in offsets]
        shape = [environment[size] for size in sizes]
        offset = whole.offset
        for axis, (start, stride) in enumerate(zip(starts, whole.strides, strict=True)):
            if start < 0 or shape[axis] < 1 or start + shape[axis] > whole.shape[axis]:
                _fail_outside(op, whole, starts, shape, axis)
            offset += start * stride
        environment[result] = Window(
            whole.argument,
            whole.name,
            whole.element_type,
            offset,
            tuple(shape),
            whole.strides,
            whole.gm_layout,
        )

    return Compute(run)


def _fail_outside(op: Operation, whole: Window, starts: Sequence[int], shape: Sequence[int], axis: int) -> None:
    fail(
        "TW0410",
        f"a window of {shape_text(shape)} elements at {starts} leaves {whole.name}: "
        f"dimension {axis} ends at {whole.shape[axis]}, the window at {starts[axis] + shape[axis]}",
        op,
        notes=(f"the view of {whole.name} is {shape_text(whole.shape)}",),
    )
