"""Ops of the `tile` dialect that make tiles and the buffers they rotate through."""

from __future__ import annotations

from xdsl.dialects.builtin import FloatAttr, IntegerAttr, IntegerType
from xdsl.ir import Attribute
from xdsl.irdl import (
    IRDLOperation,
    irdl_op_definition,
    prop_def,
    result_def,
    traits_def,
)
from xdsl.traits import MemoryAllocEffect, Pure
from xdsl.utils.exceptions import VerifyException

from tilewright.dialects.spaces import Space
from tilewright.dialects.tile.rules import check_static_valid
from tilewright.dialects.tile.types import RingType, TileType


@irdl_op_definition
class EmptyOp(IRDLOperation):
    """A tile without contents: the start of an accumulator whose first matmul overwrites it.

    `%acc = tile.empty : !tile.tile<16x256xi32, acc>`
    """

    name = "tile.empty"

    result = result_def(TileType)

    # An allocation, so that two accumulators are never merged into one.
    traits = traits_def(MemoryAllocEffect())

    assembly_format = "attr-dict `:` type($result)"

    def __init__(self, result_type: TileType) -> None:
        super().__init__(result_types=[result_type])

    def verify_(self) -> None:
        check_static_valid(self, self.result.type)


@irdl_op_definition
class FullOp(IRDLOperation):
    """A tile whose elements all have one value: `%zero = tile.full 0 : i32 : !tile.tile<16x256xi32>`."""

    name = "tile.full"

    value = prop_def(IntegerAttr[IntegerType] | FloatAttr)
    result = result_def(TileType)

    traits = traits_def(Pure())

    assembly_format = "$value attr-dict `:` type($result)"

    def __init__(self, value: Attribute, result_type: TileType) -> None:
        super().__init__(properties={"value": value}, result_types=[result_type])

    def verify_(self) -> None:
        tile = self.result.type
        check_static_valid(self, tile)
        if self.value.type != tile.element_type:
            raise VerifyException(
                f"TW0108: a tile of {tile.element_type} cannot be filled with a value of type {self.value.type}"
            )
        if tile.placement not in (None, Space.VEC):
            raise VerifyException(f"TW0107: only vec can be filled with a constant, not {tile.placement}")

    @property
    def is_zero(self) -> bool:
        """Whether the constant is zero."""
        return self.value.value.data == 0


@irdl_op_definition
class RingOp(IRDLOperation):
    """Buffers that successive iterations use in turn: `%r = tile.ring : !tile.ring<3 x !tile.tile<…, mat>>`."""

    name = "tile.ring"

    result = result_def(RingType)

    traits = traits_def(MemoryAllocEffect())

    assembly_format = "attr-dict `:` type($result)"

    def __init__(self, result_type: RingType) -> None:
        super().__init__(result_types=[result_type])
