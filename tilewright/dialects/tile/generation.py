"""Ops of the `tile` dialect that make a tile from a number."""

from __future__ import annotations

from xdsl.dialects.builtin import UnitAttr
from xdsl.ir import SSAValue
from xdsl.irdl import IRDLOperation, irdl_op_definition, operand_def, opt_prop_def, result_def, traits_def
from xdsl.traits import Pure
from xdsl.utils.exceptions import VerifyException

from tilewright.dialects.tile.rules import (
    COUNTABLE,
    NUMBERS,
    check_elements,
    check_on_vector_core,
    check_same_elements,
    check_static_valid,
)
from tilewright.dialects.tile.types import TileType


@irdl_op_definition
class SplatOp(IRDLOperation):
    """A tile whose elements are all one scalar: `%a = tile.splat %x : f32 -> !tile.tile<16x64xf32>`."""

    name = "tile.splat"

    scalar = operand_def()
    result = result_def(TileType)

    traits = traits_def(Pure())

    assembly_format = "$scalar attr-dict `:` type($scalar) `->` type($result)"

    def __init__(self, scalar: SSAValue, result_type: TileType) -> None:
        super().__init__(operands=[scalar], result_types=[result_type])

    def verify_(self) -> None:
        check_on_vector_core(self)
        if isinstance(self.scalar.type, TileType):
            raise VerifyException(f"TW0108: a splat repeats a scalar, not a tile; {self.scalar.type} takes tile.expand")
        check_same_elements(self, (self.scalar,), self.result.type.element_type)
        check_elements(self, self.result.type, NUMBERS)
        check_static_valid(self, self.result.type)


@irdl_op_definition
class IotaOp(IRDLOperation):
    """Count from a number: `%a = tile.iota %x : i32 -> !tile.tile<1x64xi32>`, or `tile.iota %x descending : …`.

    One row of integers, each one more (or less) than the one before it; they wrap around.
    """

    name = "tile.iota"

    start = operand_def()
    descending = opt_prop_def(UnitAttr)
    result = result_def(TileType)

    traits = traits_def(Pure())

    assembly_format = "$start (`descending` $descending^)? attr-dict `:` type($start) `->` type($result)"

    def __init__(self, start: SSAValue, result_type: TileType, descending: bool = False) -> None:
        super().__init__(
            operands=[start],
            result_types=[result_type],
            properties={"descending": UnitAttr() if descending else None},
        )

    @property
    def is_descending(self) -> bool:
        """Whether each number is one less than the one before it."""
        return self.descending is not None

    def verify_(self) -> None:
        check_on_vector_core(self)
        check_elements(self, self.result.type, COUNTABLE)
        if isinstance(self.start.type, TileType):
            raise VerifyException(f"TW0108: counting starts from a scalar, not from {self.start.type}")
        check_same_elements(self, (self.start,), self.result.type.element_type)
        if self.result.type.extents[0] != 1:
            raise VerifyException(f"TW0110: {self.name} counts along one row, not through {self.result.type}")
        check_static_valid(self, self.result.type)
