"""Bits of integer tiles."""

from __future__ import annotations

from abc import ABC
from typing import ClassVar

from xdsl.irdl import irdl_op_definition
from xdsl.utils.exceptions import VerifyException

from tilewright.dialects.constants import constant_value
from tilewright.dialects.fields import typed_operand
from tilewright.dialects.pto.formats import ins_outs
from tilewright.dialects.pto.operands import buffer_operand
from tilewright.dialects.pto.rules import distinct, in_space, row_major, same_elements, same_valid
from tilewright.dialects.pto.vector import SIGNLESS, BinaryOp, BinaryScratchOp, Rules, UnaryOp, VectorOp


class BitwiseOp(BinaryOp, ABC):
    """`dst = op(src0, src1)`, bit by bit."""

    RULES: ClassVar[Rules] = (
        same_elements("src0", "src1", "dst"),
        row_major("src0", "src1", "dst"),
        same_valid("dst", "src0", "src1"),
    )


@irdl_op_definition
class TAndOp(BitwiseOp):
    """`dst = src0 & src1`."""

    name = "pto.tand"


@irdl_op_definition
class TOrOp(BitwiseOp):
    """`dst = src0 | src1`."""

    name = "pto.tor"


@irdl_op_definition
class TXorOp(BinaryScratchOp):
    """`dst = src0 ^ src1`, with a scratch buffer of their type."""

    name = "pto.txor"

    RULES: ClassVar[Rules] = (
        same_elements("src0", "src1", "dst", "tmp"),
        row_major("src0", "src1", "tmp", "dst"),
        same_valid("dst", "src0", "src1", "tmp"),
    )


class ShiftOp(BinaryOp, ABC):
    """`dst = src0` shifted by `src1`; the element type of `dst` is not checked."""

    RULES: ClassVar[Rules] = (
        same_elements("src0", "src1"),
        row_major("src0", "src1", "dst"),
        same_valid("dst", "src0", "src1"),
    )


@irdl_op_definition
class TShlOp(ShiftOp):
    """`dst = src0 << src1`."""

    name = "pto.tshl"


@irdl_op_definition
class TShrOp(ShiftOp):
    """`dst = src0 >> src1`."""

    name = "pto.tshr"


@irdl_op_definition
class TNotOp(UnaryOp):
    """`dst = ~src`."""

    name = "pto.tnot"

    RULES: ClassVar[Rules] = (
        in_space("src", "dst"),
        row_major("src", "dst"),
        same_valid("src", "dst"),
        same_elements("src", "dst"),
    )


class TileBitsOp(VectorOp, ABC):
    """`dst = op(src, scalar)`: `ins(%s, %x : S, i16) outs(%d : D)`, never in place."""

    src = buffer_operand()
    scalar = typed_operand(SIGNLESS)
    dst = buffer_operand()

    assembly_format = ins_outs("src", "scalar")

    RULES: ClassVar[Rules] = (
        distinct("src", "dst"),
        same_elements("src", "dst"),
        row_major("src", "dst"),
        same_valid("src", "dst"),
    )


@irdl_op_definition
class TAndSOp(TileBitsOp):
    """`dst = src & scalar`."""

    name = "pto.tands"


@irdl_op_definition
class TOrSOp(TileBitsOp):
    """`dst = src | scalar`."""

    name = "pto.tors"


@irdl_op_definition
class TXorSOp(TileBitsOp):
    """`dst = src ^ scalar`: `pto.txors ins(%s, %x, %tmp : S, i16, TMP) outs(%d : D)`; `tmp` is not checked."""

    name = "pto.txors"

    src = buffer_operand()
    scalar = typed_operand(SIGNLESS)
    tmp = buffer_operand()
    dst = buffer_operand()

    assembly_format = ins_outs("src", "scalar", "tmp")


@irdl_op_definition
class TShlSOp(TileBitsOp):
    """`dst = src << scalar`."""

    name = "pto.tshls"

    RULES: ClassVar[Rules] = (same_elements("src", "dst"),)

    def check(self) -> None:
        super().check()
        bits = constant_value(self.scalar)
        if bits is not None and bits < 0:
            raise VerifyException(f"TW0129: {self.name} shifts by {bits} bits; the number must not be negative")


@irdl_op_definition
class TShrSOp(TileBitsOp):
    """`dst = src >> scalar`."""

    name = "pto.tshrs"

    RULES: ClassVar[Rules] = (
        in_space("src", "dst"),
        row_major("src", "dst"),
        same_valid("src", "dst"),
        same_elements("src", "dst"),
    )
