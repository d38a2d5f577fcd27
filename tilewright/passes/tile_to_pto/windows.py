"""Views of global memory: one per tensor argument, a window per load and store."""

from __future__ import annotations

from collections.abc import Sequence

from xdsl.builder import Builder
from xdsl.dialects.builtin import DYNAMIC_INDEX
from xdsl.ir import SSAValue

from tilewright.arch.chip import load_chip
from tilewright.dialects.diagnostics import fail
from tilewright.dialects.names import value_name
from tilewright.dialects.pto import (
    GmLayout,
    LayoutAttr,
    MakeTensorViewOp,
    PartitionViewOp,
    PartitionViewType,
    TensorViewType,
)
from tilewright.dialects.tile import TensorType
from tilewright.passes.building import index_constant, rename


class Windows:
    """Makes the views of one function; constants that several windows need stand once, at its entry."""

    def __init__(self, entry: Builder) -> None:
        self._entry = entry
        self._numbers: dict[int, SSAValue] = {}

    def view(self, pointer: SSAValue, tensor: TensorType, argument: SSAValue) -> SSAValue:
        """The row-major view of a tensor argument, which `argument` is in the user's program."""
        extents = tensor.extents
        if DYNAMIC_INDEX in extents:
            fail(
                "TW0305",
                f"{value_name(pointer)} has a dynamic extent ({tensor}): its pto view needs the extents as constants",
                argument,
                help=("give the tensor static dimensions",),
            )
        limit = load_chip().load_max_row_stride_elements
        if extents[-1] > limit:
            fail(
                "TW0306",
                f"rows of {value_name(pointer)} are {extents[-1]} elements apart, "
                f"and a load into Mat takes at most {limit}",
                argument,
            )
        strides = [1]
        for extent in reversed(extents[1:]):
            strides.insert(0, strides[0] * extent)
        view = self._entry.insert(
            MakeTensorViewOp(
                pointer,
                [self.number(extent) for extent in extents],
                [self.number(stride) for stride in strides],
                TensorViewType.of([DYNAMIC_INDEX] * len(extents), tensor.element_type),
                LayoutAttr(GmLayout.ND),
            )
        )
        return rename(view.result, f"{pointer.name_hint or 'tensor'}_view")

    def window(self, builder: Builder, view: SSAValue, offsets: Sequence[SSAValue], extents: Sequence[int]) -> SSAValue:
        """A window of static extents at these offsets."""
        assert isinstance(view.type, TensorViewType)
        sizes = [self.number(extent) for extent in extents]
        window_type = PartitionViewType.of(extents, view.type.element_type)
        return builder.insert(PartitionViewOp(view, offsets, sizes, window_type)).result

    def number(self, value: int) -> SSAValue:
        """An index constant at the entry of the function."""
        if value not in self._numbers:
            self._numbers[value] = index_constant(self._entry, value)
        return self._numbers[value]
