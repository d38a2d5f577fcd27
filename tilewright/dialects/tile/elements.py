"""Ops of the `tile` dialect on single elements, which the scalar unit reads and writes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from xdsl.dialects.builtin import IndexType, IntegerType
from xdsl.ir import Attribute, SSAValue
from xdsl.irdl import IRDLOperation, irdl_op_definition, operand_def, result_def, traits_def
from xdsl.traits import MemoryReadEffect, MemoryWriteEffect
from xdsl.utils.exceptions import VerifyException

from tilewright.dialects.fields import typed_operand, typed_operands
from tilewright.dialects.names import value_name
from tilewright.dialects.tile.types import TensorType, TileType
from tilewright.dialects.tile.windows import check_window


@irdl_op_definition
class ReadOp(IRDLOperation):
    """One element of a tensor or a tile: `%x = tile.read %t[%i, %j] : !tile.tensor<16x512xf32> -> f32`.

    Of an unsigned element it gives the bits, as a number of `arith`, which has no sign: `ui8` is read as `i8`.
    """

    name = "tile.read"

    source = typed_operand(TensorType | TileType)
    indices = typed_operands(IndexType)
    result = result_def()

    traits = traits_def(MemoryReadEffect())

    assembly_format = "$source `[` $indices `]` attr-dict `:` type($source) `->` type($result)"

    def __init__(self, source: SSAValue, indices: Sequence[SSAValue]) -> None:
        element = source.type.element_type if isinstance(source.type, TensorType | TileType) else source.type
        super().__init__(operands=[source, indices], result_types=[number_type(element)])

    def verify_(self) -> None:
        source = self.source.type
        wanted = number_type(source.element_type)
        if self.result.type != wanted:
            raise VerifyException(f"TW0108: an element of {source} is {wanted}, not {self.result.type}")
        check_element(self.indices, source, self.source)


@irdl_op_definition
class WriteOp(IRDLOperation):
    """Change one element of a tensor: `tile.write %x, %t[%i, %j] : f32, !tile.tensor<16x512xf32>`."""

    name = "tile.write"

    value = operand_def()
    target = typed_operand(TensorType)
    indices = typed_operands(IndexType)

    traits = traits_def(MemoryWriteEffect())

    assembly_format = "$value `,` $target `[` $indices `]` attr-dict `:` type($value) `,` type($target)"

    def __init__(self, value: SSAValue, target: SSAValue, indices: Sequence[SSAValue]) -> None:
        super().__init__(operands=[value, target, indices])

    def verify_(self) -> None:
        target = self.target.type
        wanted = number_type(target.element_type)
        if self.value.type != wanted:
            raise VerifyException(f"TW0108: an element of {target} is {wanted}, not {self.value.type}")
        check_element(self.indices, target, self.target)


def number_type(element: Attribute) -> Attribute:
    """The type of an element as a number of `arith`: its integers have no sign."""
    return IntegerType(cast("IntegerType", element).width.data) if isinstance(element, IntegerType) else element


def check_element(indices: Sequence[SSAValue], whole: TensorType | TileType, value: SSAValue) -> None:
    """Raise unless there is an index for each dimension, and none is known to lie outside."""
    check_window(indices, (1,) * len(whole.extents), whole.extents, value_name(value))
