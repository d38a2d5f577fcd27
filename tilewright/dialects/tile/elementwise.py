"""Elementwise ops of the `tile` dialect: arithmetic and conversion of tiles."""

from __future__ import annotations

from abc import ABC
from typing import ClassVar

from xdsl.ir import SSAValue
from xdsl.irdl import IRDLOperation, irdl_op_definition, operand_def, prop_def, result_def, traits_def
from xdsl.traits import Pure
from xdsl.utils.exceptions import VerifyException

from tilewright.dialects.fields import typed_operand
from tilewright.dialects.names import value_name
from tilewright.dialects.tile.attributes import RoundMode, RoundModeAttr
from tilewright.dialects.tile.broadcasting import check_broadcast
from tilewright.dialects.tile.rules import (
    FLOATS,
    INTEGERS,
    NUMBERS,
    SIGNED,
    Elements,
    check_elements,
    check_on_vector_core,
    check_same_elements,
    check_same_part,
)
from tilewright.dialects.tile.types import TileType


class BinaryOp(IRDLOperation, ABC):
    """`tile.add %a, %b : T, U -> V`: an op on two operands of one element type, element by element.

    One operand is a tile of the result's shape [M, N]. The other is a tile of the same shape, of shape [M, 1] (a
    number for each row) or [1, N] (a number for each column), or a scalar of the element type.
    """

    ELEMENTS: ClassVar[Elements] = NUMBERS

    lhs = operand_def()
    rhs = operand_def()
    result = result_def(TileType)

    traits = traits_def(Pure())

    assembly_format = "$lhs `,` $rhs attr-dict `:` type($lhs) `,` type($rhs) `->` type($result)"

    def __init__(self, lhs: SSAValue, rhs: SSAValue, result_type: TileType) -> None:
        super().__init__(operands=[lhs, rhs], result_types=[result_type])

    def verify_(self) -> None:
        check_on_vector_core(self)
        check_broadcast(self, (self.lhs, self.rhs), self.result)
        check_same_elements(self, (self.lhs, self.rhs), self.result.type.element_type)
        check_elements(self, self.result.type, self.ELEMENTS)


@irdl_op_definition
class AddOp(BinaryOp):
    """`a + b`; integers wrap around."""

    name = "tile.add"


@irdl_op_definition
class SubOp(BinaryOp):
    """`a - b`; integers wrap around."""

    name = "tile.sub"


@irdl_op_definition
class MulOp(BinaryOp):
    """`a * b`; integers wrap around."""

    name = "tile.mul"


@irdl_op_definition
class DivOp(BinaryOp):
    """`a / b`; integers are rounded towards zero and not divided by zero."""

    name = "tile.div"


@irdl_op_definition
class RemOp(BinaryOp):
    """The remainder of `a / b` with the sign of `a`, as C's `%` and `fmod`.

    It is exact, also on the chip for integers and for floats that are whole numbers below 2^23. Of other floats the
    chip rounds the quotient, its product with `b` and the difference, each to f32: the result is within 2^-22 |a| of
    the remainder, or of the remainder and one `b` more or less where `a / b` is that close to a whole number; zeros
    are positive.
    """

    name = "tile.rem"


@irdl_op_definition
class MaxOp(BinaryOp):
    """The larger of `a` and `b`; NaN if one of them is."""

    name = "tile.max"


@irdl_op_definition
class MinOp(BinaryOp):
    """The smaller of `a` and `b`; NaN if one of them is."""

    name = "tile.min"


@irdl_op_definition
class AndOp(BinaryOp):
    """`a & b`, of integers or of masks."""

    name = "tile.and"

    ELEMENTS: ClassVar[Elements] = INTEGERS


@irdl_op_definition
class OrOp(BinaryOp):
    """`a | b`, of integers or of masks."""

    name = "tile.or"

    ELEMENTS: ClassVar[Elements] = INTEGERS


@irdl_op_definition
class XorOp(BinaryOp):
    """`a ^ b`, of integers or of masks."""

    name = "tile.xor"

    ELEMENTS: ClassVar[Elements] = INTEGERS


@irdl_op_definition
class ShlOp(BinaryOp):
    """`a << b`; `b` lies between zero and the bits of an element."""

    name = "tile.shl"

    ELEMENTS: ClassVar[Elements] = INTEGERS & NUMBERS


@irdl_op_definition
class ShrOp(BinaryOp):
    """`a >> b`, which keeps the sign of signed elements; `b` lies between zero and the bits of an element."""

    name = "tile.shr"

    ELEMENTS: ClassVar[Elements] = INTEGERS & NUMBERS


class UnaryOp(IRDLOperation, ABC):
    """`tile.exp %a : T -> U`: an op on each element; shape and element type stay."""

    ELEMENTS: ClassVar[Elements] = FLOATS

    source = typed_operand(TileType)
    result = result_def(TileType)

    traits = traits_def(Pure())

    assembly_format = "$source attr-dict `:` type($source) `->` type($result)"

    def __init__(self, source: SSAValue, result_type: TileType) -> None:
        super().__init__(operands=[source], result_types=[result_type])

    def verify_(self) -> None:
        check_on_vector_core(self)
        check_same_part(self, self.source, self.result)
        check_same_elements(self, (self.source,), self.result.type.element_type)
        check_elements(self, self.result.type, self.ELEMENTS)


@irdl_op_definition
class ExpOp(UnaryOp):
    """`e ** a`."""

    name = "tile.exp"


@irdl_op_definition
class LogOp(UnaryOp):
    """The natural logarithm."""

    name = "tile.log"


@irdl_op_definition
class SqrtOp(UnaryOp):
    """The square root."""

    name = "tile.sqrt"


@irdl_op_definition
class RsqrtOp(UnaryOp):
    """`1 / sqrt(a)`."""

    name = "tile.rsqrt"


@irdl_op_definition
class RecipOp(UnaryOp):
    """`1 / a`."""

    name = "tile.recip"


@irdl_op_definition
class NegOp(UnaryOp):
    """`-a`."""

    name = "tile.neg"

    ELEMENTS: ClassVar[Elements] = SIGNED


@irdl_op_definition
class AbsOp(UnaryOp):
    """`a` without its sign; the smallest integer stays."""

    name = "tile.abs"

    ELEMENTS: ClassVar[Elements] = SIGNED


@irdl_op_definition
class ReluOp(UnaryOp):
    """`a`, or zero where it is negative."""

    name = "tile.relu"

    ELEMENTS: ClassVar[Elements] = SIGNED


@irdl_op_definition
class NotOp(UnaryOp):
    """The complement of every bit, of integers or of masks."""

    name = "tile.not"

    ELEMENTS: ClassVar[Elements] = INTEGERS


@irdl_op_definition
class CastOp(IRDLOperation):
    """Convert to another element type: `%b = tile.cast rint %a : !tile.tile<16x64xf32> -> !tile.tile<16x64xbf16>`.

    Integers that are too large for a smaller integer type lose their upper bits; floats that an integer type cannot
    hold become its nearest number, NaN becomes zero.
    """

    name = "tile.cast"

    source = typed_operand(TileType)
    mode = prop_def(RoundModeAttr)
    result = result_def(TileType)

    traits = traits_def(Pure())

    assembly_format = "$mode $source attr-dict `:` type($source) `->` type($result)"

    def __init__(self, source: SSAValue, result_type: TileType, mode: RoundMode | str = RoundMode.RINT) -> None:
        super().__init__(
            operands=[source], result_types=[result_type], properties={"mode": RoundModeAttr(RoundMode(mode))}
        )

    def verify_(self) -> None:
        check_on_vector_core(self)
        check_same_part(self, self.source, self.result)
        check_elements(self, self.source.type, NUMBERS)
        check_elements(self, self.result.type, NUMBERS)
        if self.source.type.element_type == self.result.type.element_type:
            raise VerifyException(
                f"TW0108: {value_name(self.source)} is a tile of {self.source.type.element_type} already"
            )
