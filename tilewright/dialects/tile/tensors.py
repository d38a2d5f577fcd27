"""Ops of the `tile` dialect on tensors in global memory: making them, looking at parts of them."""

from __future__ import annotations

from collections.abc import Sequence
from math import prod

from xdsl.dialects.builtin import DYNAMIC_INDEX, I64, FloatAttr, IndexType, IntegerAttr, IntegerType, i64
from xdsl.ir import Attribute, SSAValue
from xdsl.irdl import IRDLOperation, irdl_op_definition, opt_prop_def, prop_def, result_def, traits_def
from xdsl.traits import MemoryAllocEffect, Pure
from xdsl.utils.exceptions import VerifyException

from tilewright.dialects.fields import typed_operand, typed_operands
from tilewright.dialects.names import value_name
from tilewright.dialects.shapes import is_static
from tilewright.dialects.tile.types import TensorType
from tilewright.dialects.tile.windows import check_window


@irdl_op_definition
class AllocTensorOp(IRDLOperation):
    """A fresh tensor in global memory: `%t = tile.alloc_tensor(%m) : !tile.tensor<?x512xf32>`.

    An operand for each `?`. The contents are undefined, or all `init`: `tile.alloc_tensor() init 0.0 : f32 : …`.
    """

    name = "tile.alloc_tensor"

    dims = typed_operands(IndexType)
    init = opt_prop_def(IntegerAttr[IntegerType] | FloatAttr)
    result = result_def(TensorType)

    traits = traits_def(MemoryAllocEffect())

    assembly_format = "`(` $dims `)` (`init` $init^)? attr-dict `:` type($result)"

    def __init__(self, result_type: TensorType, dims: Sequence[SSAValue] = (), init: Attribute | None = None) -> None:
        super().__init__(operands=[dims], result_types=[result_type], properties={"init": init})

    def verify_(self) -> None:
        tensor = self.result.type
        wanted = tensor.extents.count(DYNAMIC_INDEX)
        if len(self.dims) != wanted:
            raise VerifyException(f"TW0166: {tensor} takes {wanted} extents, got {len(self.dims)}")
        if self.init is not None and self.init.type != tensor.element_type:
            raise VerifyException(
                f"TW0108: a tensor of {tensor.element_type} cannot start with a value of type {self.init.type}"
            )


@irdl_op_definition
class ViewOp(IRDLOperation):
    """A window of a tensor, in the same memory: `%v = tile.view %t[%i, %j] : T -> U`.

    T is for example `!tile.tensor<64x512xf32>`, U `!tile.tensor<16x512xf32>`. The result says how large it is; a `?`
    reaches to the end of the tensor.
    """

    name = "tile.view"

    source = typed_operand(TensorType)
    offsets = typed_operands(IndexType)
    result = result_def(TensorType)

    traits = traits_def(Pure())

    assembly_format = "$source `[` $offsets `]` attr-dict `:` type($source) `->` type($result)"

    def __init__(self, source: SSAValue, offsets: Sequence[SSAValue], result_type: TensorType) -> None:
        super().__init__(operands=[source, offsets], result_types=[result_type])

    def verify_(self) -> None:
        source, result = self.source.type, self.result.type
        if source.element_type != result.element_type:
            raise VerifyException(f"TW0108: a view keeps the element type, got {source} -> {result}")
        if len(source.extents) != len(result.extents):
            raise VerifyException(f"TW0110: a view keeps the number of dimensions, got {source} -> {result}")
        check_window(self.offsets, result.extents, source.extents, value_name(self.source))


@irdl_op_definition
class TensorReshapeOp(IRDLOperation):
    """The same memory in another shape: `%r = tile.tensor_reshape %t : !tile.tensor<4x16xf32> -> !tile.tensor<64xf32>`.

    The tensor is one run of memory. At most one extent of the result is `?`; it follows from the others.
    """

    name = "tile.tensor_reshape"

    source = typed_operand(TensorType)
    result = result_def(TensorType)

    traits = traits_def(Pure())

    assembly_format = "$source attr-dict `:` type($source) `->` type($result)"

    def __init__(self, source: SSAValue, result_type: TensorType) -> None:
        super().__init__(operands=[source], result_types=[result_type])

    def verify_(self) -> None:
        source, result = self.source.type, self.result.type
        if source.element_type != result.element_type:
            raise VerifyException(f"TW0108: a reshape keeps the element type, got {source} -> {result}")
        if result.extents.count(DYNAMIC_INDEX) > 1:
            raise VerifyException(f"TW0166: {result} leaves more than one extent open, which no reshape can tell")
        if is_static(source.extents) and is_static(result.extents) and prod(source.extents) != prod(result.extents):
            raise VerifyException(f"TW0110: {source} and {result} have different numbers of elements")


@irdl_op_definition
class DimOp(IRDLOperation):
    """An extent of a tensor: `%n = tile.dim %t, 0 : !tile.tensor<?x512xf32>`."""

    name = "tile.dim"

    source = typed_operand(TensorType)
    axis = prop_def(IntegerAttr[I64])
    result = result_def(IndexType)

    traits = traits_def(Pure())

    assembly_format = "$source `,` $axis attr-dict `:` type($source)"

    def __init__(self, source: SSAValue, axis: int) -> None:
        super().__init__(operands=[source], result_types=[IndexType()], properties={"axis": IntegerAttr(axis, i64)})

    @property
    def axis_number(self) -> int:
        """The dimension that is asked for, from 0."""
        return self.axis.value.data

    def verify_(self) -> None:
        rank = len(self.source.type.extents)
        if self.axis_number not in range(rank):
            raise VerifyException(
                f"TW0166: {value_name(self.source)} has dimensions 0 to {rank - 1}, but none of number "
                f"{self.axis_number}"
            )
