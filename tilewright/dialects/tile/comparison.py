"""Comparison of tiles, and selection by what it found."""

from __future__ import annotations

from xdsl.dialects.builtin import i1
from xdsl.ir import SSAValue
from xdsl.irdl import IRDLOperation, irdl_op_definition, operand_def, prop_def, result_def, traits_def
from xdsl.traits import Pure
from xdsl.utils.exceptions import VerifyException

from tilewright.dialects.fields import typed_operand
from tilewright.dialects.tile.attributes import Predicate, PredicateAttr
from tilewright.dialects.tile.broadcasting import check_broadcast
from tilewright.dialects.tile.rules import (
    ANY,
    NUMBERS,
    check_elements,
    check_on_vector_core,
    check_same_elements,
)
from tilewright.dialects.tile.types import TileType


@irdl_op_definition
class CompareOp(IRDLOperation):
    """Compare element by element: `%m = tile.compare lt %a, %b : T, U -> !tile.tile<16x64xi1>`.

    Operands as those of `tile.add`. NaN is unequal to everything, and nothing else holds for it.
    """

    name = "tile.compare"

    predicate = prop_def(PredicateAttr)
    lhs = operand_def()
    rhs = operand_def()
    result = result_def(TileType)

    traits = traits_def(Pure())

    assembly_format = "$predicate $lhs `,` $rhs attr-dict `:` type($lhs) `,` type($rhs) `->` type($result)"

    def __init__(self, predicate: Predicate | str, lhs: SSAValue, rhs: SSAValue, result_type: TileType) -> None:
        super().__init__(
            operands=[lhs, rhs],
            result_types=[result_type],
            properties={"predicate": PredicateAttr(Predicate(predicate))},
        )

    def verify_(self) -> None:
        check_on_vector_core(self)
        check_broadcast(self, (self.lhs, self.rhs), self.result)
        check_same_elements(self, (self.lhs, self.rhs))
        for operand in (self.lhs, self.rhs):
            if isinstance(operand.type, TileType):
                check_elements(self, operand.type, NUMBERS)
        if self.result.type.element_type != i1:
            raise VerifyException(f"TW0108: a comparison makes a tile of i1, not of {self.result.type.element_type}")


@irdl_op_definition
class SelectOp(IRDLOperation):
    """Choose element by element: `%c = tile.select %m, %a, %b : !tile.tile<16x64xi1>, T, U -> V`.

    The mask has the result's shape. What it chooses from are operands as those of `tile.add`, or two scalars.
    """

    name = "tile.select"

    mask = typed_operand(TileType)
    on_true = operand_def()
    on_false = operand_def()
    result = result_def(TileType)

    traits = traits_def(Pure())

    assembly_format = (
        "$mask `,` $on_true `,` $on_false attr-dict `:` type($mask) `,` type($on_true) `,` type($on_false)"
        " `->` type($result)"
    )

    def __init__(self, mask: SSAValue, on_true: SSAValue, on_false: SSAValue, result_type: TileType) -> None:
        super().__init__(operands=[mask, on_true, on_false], result_types=[result_type])

    def verify_(self) -> None:
        check_on_vector_core(self)
        if self.mask.type.element_type != i1:
            raise VerifyException(f"TW0108: a mask is a tile of i1, not of {self.mask.type.element_type}")
        if self.mask.type.extents != self.result.type.extents:
            raise VerifyException(f"TW0110: the mask {self.mask.type} has another shape than {self.result.type}")
        check_broadcast(self, (self.mask, self.on_true, self.on_false), self.result)
        check_same_elements(self, (self.on_true, self.on_false), self.result.type.element_type)
        check_elements(self, self.result.type, ANY)
