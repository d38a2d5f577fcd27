"""Ops of the `pto` dialect on global memory: tensors and windows of tensors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from xdsl.dialects.builtin import DYNAMIC_INDEX, FixedBitwidthType, IndexType
from xdsl.ir import Attribute, OpResult, SSAValue
from xdsl.irdl import (
    AnyAttr,
    AttrSizedOperandSegments,
    IRDLOperation,
    ParamAttrConstraint,
    ParsePropInAttrDict,
    VarConstraint,
    irdl_op_definition,
    opt_prop_def,
    result_def,
    traits_def,
)
from xdsl.traits import Pure
from xdsl.utils.exceptions import VerifyException

from tilewright.dialects.constants import constant_value
from tilewright.dialects.fields import typed_operand, typed_operands
from tilewright.dialects.pto.attributes import LayoutAttr
from tilewright.dialects.pto.types import PartitionViewType, PtrType, TensorViewType
from tilewright.dialects.pto.view_layouts import known_extents, possible_layouts
from tilewright.dialects.shapes import shape_text

_MOST_DIMENSIONS = 5
"""Dimensions of a tensor whose layout ptoas infers."""


@irdl_op_definition
class MakeTensorViewOp(IRDLOperation):
    """A tensor in global memory.

    ```
    %v = pto.make_tensor_view %p, shape = [%m, %n], strides = [%n, %c1] {layout = #pto.layout<nd>}
       : !pto.tensor_view<?x?xi8>
    ```

    Shape and strides are in elements.
    """

    name = "pto.make_tensor_view"

    E: ClassVar = VarConstraint("E", AnyAttr())

    ptr = typed_operand(ParamAttrConstraint(PtrType, (E,)))
    shape = typed_operands(IndexType)
    strides = typed_operands(IndexType)
    layout = opt_prop_def(LayoutAttr)
    result = result_def(ParamAttrConstraint(TensorViewType, (AnyAttr(), E)))

    irdl_options = (AttrSizedOperandSegments(as_property=True), ParsePropInAttrDict())
    traits = traits_def(Pure())

    assembly_format = (
        "$ptr `,` `shape` `=` `[` $shape `]` `,` `strides` `=` `[` $strides `]` attr-dict `:` type($result)"
    )

    def __init__(
        self,
        ptr: SSAValue,
        shape: Sequence[SSAValue],
        strides: Sequence[SSAValue],
        result_type: TensorViewType,
        layout: LayoutAttr | None = None,
    ) -> None:
        super().__init__(
            operands=[ptr, shape, strides],
            result_types=[result_type],
            properties={"layout": layout} if layout else {},
        )

    def verify_(self) -> None:
        rank = len(self.result.type.extents)
        if len(self.shape) != rank or len(self.strides) != rank:
            raise VerifyException(
                f"TW0106: a view of {rank} dimensions has {rank} extents and strides, "
                f"got {len(self.shape)} and {len(self.strides)}"
            )
        self._check_layout()

    def _check_layout(self) -> None:
        extents = known_extents(self.result.type.extents, self.shape)
        strides = known_extents([DYNAMIC_INDEX] * len(self.strides), self.strides)
        element_type = self.result.type.element_type
        if self.layout is None or not extents or len(extents) > _MOST_DIMENSIONS or not strides:
            return
        if not isinstance(element_type, FixedBitwidthType) or element_type.bitwidth < 8:
            return
        possible = possible_layouts(extents, strides, element_type.bitwidth // 8)
        if self.layout.data not in possible:
            raise VerifyException(
                f"TW0160: a tensor of {shape_text(extents)} elements with strides {shape_text(strides)} "
                f"is {' or '.join(sorted(possible))}, not {self.layout.data}"
            )


@irdl_op_definition
class PartitionViewOp(IRDLOperation):
    """A window of a tensor.

    ```
    %p = pto.partition_view %v, offsets = [%i, %j], sizes = [%r, %c]
       : !pto.tensor_view<?x?xi8> -> !pto.partition_tensor_view<16x128xi8>
    ```
    """

    name = "pto.partition_view"

    E: ClassVar = VarConstraint("E", AnyAttr())

    source = typed_operand(ParamAttrConstraint(TensorViewType, (AnyAttr(), E)))
    offsets = typed_operands(IndexType)
    sizes = typed_operands(IndexType)
    result = result_def(ParamAttrConstraint(PartitionViewType, (AnyAttr(), E)))

    irdl_options = (AttrSizedOperandSegments(as_property=True),)
    traits = traits_def(Pure())

    assembly_format = (
        "$source `,` `offsets` `=` `[` $offsets `]` `,` `sizes` `=` `[` $sizes `]` attr-dict"
        " `:` type($source) `->` type($result)"
    )

    def __init__(
        self,
        source: SSAValue,
        offsets: Sequence[SSAValue],
        sizes: Sequence[SSAValue],
        result_type: Attribute,
    ) -> None:
        super().__init__(operands=[source, offsets, sizes], result_types=[result_type])

    def verify_(self) -> None:
        source, result = self.source.type.extents, self.result.type.extents
        rank = len(source)
        if not len(self.offsets) == len(self.sizes) == rank:
            raise VerifyException(
                f"TW0106: a window of a view of {rank} dimensions has {rank} offsets and sizes, "
                f"got {len(self.offsets)} and {len(self.sizes)}"
            )
        for axis, (offset, size) in enumerate(zip(self.offsets, self.sizes, strict=True)):
            extent = source[axis]
            window = result[axis] if len(result) == rank else DYNAMIC_INDEX
            known = constant_value(size)
            if known is not None and window not in (DYNAMIC_INDEX, known):
                raise VerifyException(f"TW0106: size {known} of dimension {axis} is typed as {window}")
            if known is not None and known < 1:
                raise VerifyException(f"TW0106: a window has at least one element in dimension {axis}, got {known}")
            start = constant_value(offset) or 0
            if start < 0:
                raise VerifyException(f"TW0106: offset {start} of dimension {axis} is negative")
            if extent != DYNAMIC_INDEX and known is not None and start + known > extent:
                raise VerifyException(
                    f"TW0106: {start} to {start + known} lies outside of dimension {axis}, which has {extent}"
                )


def view_of(window: SSAValue) -> MakeTensorViewOp | None:
    """The tensor that a window is cut from; None when the function does not show it."""
    if isinstance(window, OpResult) and isinstance(window.op, PartitionViewOp):
        tensor = window.op.source
        if isinstance(tensor, OpResult) and isinstance(tensor.op, MakeTensorViewOp):
            return tensor.op
    return None
