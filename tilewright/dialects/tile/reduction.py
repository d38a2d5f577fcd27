"""Reductions of the `tile` dialect: each row, or each column, of a tile becomes one number."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import ClassVar

from xdsl.dialects.builtin import i32
from xdsl.ir import Attribute, SSAValue
from xdsl.irdl import IRDLOperation, irdl_op_definition, result_def, traits_def
from xdsl.traits import Pure

from tilewright.dialects.fields import typed_operand
from tilewright.dialects.tile.rules import (
    NUMBERS,
    check_elements,
    check_extents,
    check_on_vector_core,
    check_result_element,
    check_valid,
)
from tilewright.dialects.tile.types import TileType


class ReductionOp(IRDLOperation, ABC):
    """`%s = tile.row_sum %a : T -> U`: only the valid part counts."""

    ELEMENT: ClassVar[Attribute | None] = None
    """The element type of the result, None for that of the source."""

    source = typed_operand(TileType)
    result = result_def(TileType)

    traits = traits_def(Pure())

    assembly_format = "$source attr-dict `:` type($source) `->` type($result)"

    def __init__(self, source: SSAValue, result_type: TileType) -> None:
        super().__init__(operands=[source], result_types=[result_type])

    @staticmethod
    @abstractmethod
    def reduced(extents: tuple[int, int]) -> tuple[int, int]:
        """What a shape becomes."""

    def verify_(self) -> None:
        source, result = self.source.type, self.result.type
        check_on_vector_core(self)
        check_extents(self, result, self.reduced(source.extents))
        check_valid(self, result, self.reduced(source.valid_extents))
        check_elements(self, source, NUMBERS)
        check_result_element(self, result, self.ELEMENT or source.element_type)


class RowReductionOp(ReductionOp, ABC):
    """One number for each row: [M, N] becomes [M, 1]."""

    @staticmethod
    def reduced(extents: tuple[int, int]) -> tuple[int, int]:
        return extents[0], 1


class ColumnReductionOp(ReductionOp, ABC):
    """One number for each column: [M, N] becomes [1, N]."""

    @staticmethod
    def reduced(extents: tuple[int, int]) -> tuple[int, int]:
        return 1, extents[1]


@irdl_op_definition
class RowSumOp(RowReductionOp):
    """The sum of each row; integers wrap around."""

    name = "tile.row_sum"


@irdl_op_definition
class RowMaxOp(RowReductionOp):
    """The largest number of each row."""

    name = "tile.row_max"


@irdl_op_definition
class RowMinOp(RowReductionOp):
    """The smallest number of each row."""

    name = "tile.row_min"


@irdl_op_definition
class RowProdOp(RowReductionOp):
    """The product of each row; integers wrap around."""

    name = "tile.row_prod"


@irdl_op_definition
class RowArgMaxOp(RowReductionOp):
    """The column of the largest number of each row, the first of equals, as i32."""

    name = "tile.row_argmax"

    ELEMENT: ClassVar[Attribute | None] = i32


@irdl_op_definition
class RowArgMinOp(RowReductionOp):
    """The column of the smallest number of each row, the first of equals, as i32."""

    name = "tile.row_argmin"

    ELEMENT: ClassVar[Attribute | None] = i32


@irdl_op_definition
class ColSumOp(ColumnReductionOp):
    """The sum of each column; integers wrap around."""

    name = "tile.col_sum"


@irdl_op_definition
class ColMaxOp(ColumnReductionOp):
    """The largest number of each column."""

    name = "tile.col_max"


@irdl_op_definition
class ColMinOp(ColumnReductionOp):
    """The smallest number of each column."""

    name = "tile.col_min"


@irdl_op_definition
class ColProdOp(ColumnReductionOp):
    """The product of each column; integers wrap around."""

    name = "tile.col_prod"
