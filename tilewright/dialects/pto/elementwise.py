"""Arithmetic of tiles with tiles, element by element."""

from __future__ import annotations

from abc import ABC
from typing import ClassVar

from xdsl.irdl import irdl_op_definition
from xdsl.utils.exceptions import VerifyException

from tilewright.dialects.names import value_name
from tilewright.dialects.pto.formats import ins_outs
from tilewright.dialects.pto.operands import shaped_operand, valid_extents_of
from tilewright.dialects.pto.rules import (
    distinct_on_a3,
    fits,
    row_major,
    same_elements,
    same_shape,
    same_valid,
    scratch_row,
)
from tilewright.dialects.pto.vector import BinaryOp, BinaryScratchOp, Rules, VectorOp
from tilewright.dialects.shapes import shape_text


class ElementwiseOp(BinaryOp, ABC):
    """`dst = op(src0, src1)` for three tiles of one element type and one valid part, laid out by rows."""

    RULES: ClassVar[Rules] = (
        same_elements("src0", "src1", "dst"),
        same_valid("src0", "src1", "dst"),
        row_major("src0", "src1", "dst"),
    )


@irdl_op_definition
class TAddOp(ElementwiseOp):
    """`dst = src0 + src1`."""

    name = "pto.tadd"


@irdl_op_definition
class TSubOp(ElementwiseOp):
    """`dst = src0 - src1`."""

    name = "pto.tsub"


@irdl_op_definition
class TMulOp(ElementwiseOp):
    """`dst = src0 * src1`."""

    name = "pto.tmul"


@irdl_op_definition
class TDivOp(ElementwiseOp):
    """`dst = src0 / src1`."""

    name = "pto.tdiv"


@irdl_op_definition
class TMaxOp(ElementwiseOp):
    """`dst = max(src0, src1)`."""

    name = "pto.tmax"


@irdl_op_definition
class TMinOp(ElementwiseOp):
    """`dst = min(src0, src1)`."""

    name = "pto.tmin"


@irdl_op_definition
class TFModOp(ElementwiseOp):
    """`dst = fmod(src0, src1)`, with the sign of `src0`."""

    name = "pto.tfmod"


@irdl_op_definition
class TPReluOp(BinaryScratchOp):
    """`dst = src0` where positive, else `src0 * src1`; the scratch buffer holds ui8."""

    name = "pto.tprelu"

    RULES: ClassVar[Rules] = (
        same_elements("src0", "src1", "dst"),
        row_major("src0", "src1", "tmp", "dst"),
        same_valid("dst", "src0", "src1"),
        same_shape("src0", "src1", "tmp", "dst"),
        distinct_on_a3("src0", "src1", "tmp", "dst"),
    )


@irdl_op_definition
class TRemOp(BinaryScratchOp):
    """`dst = src0 mod src1`, with the sign of `src1`."""

    name = "pto.trem"

    RULES: ClassVar[Rules] = (
        same_elements("src0", "src1", "dst", "tmp"),
        same_valid("src0", "src1", "dst"),
        row_major("src0", "src1", "tmp", "dst"),
        scratch_row("tmp", "dst"),
    )


class TernaryOp(VectorOp, ABC):
    """`dst = op(src0, src1, src2)`; ptoas takes windows of global memory as well."""

    src0 = shaped_operand()
    src1 = shaped_operand()
    src2 = shaped_operand()
    dst = shaped_operand()

    ANY_VALID_PART: ClassVar[bool] = True

    assembly_format = ins_outs("src0", "src1", "src2")


@irdl_op_definition
class TAddCOp(TernaryOp):
    """`dst = src0 + src1 + src2`."""

    name = "pto.taddc"

    RULES: ClassVar[Rules] = (same_shape("src0", "src1", "src2", "dst"),)


@irdl_op_definition
class TSubCOp(TernaryOp):
    """`dst = src0 - src1 + src2`; ptoas checks nothing."""

    name = "pto.tsubc"


class PartialOp(BinaryOp, ABC):
    """`dst = op(src0, src1)` where both are valid, the valid one elsewhere; one of them is valid in all of `dst`.

    ptoas takes windows of global memory as well.
    """

    src0 = shaped_operand()
    src1 = shaped_operand()
    dst = shaped_operand()

    ANY_VALID_PART: ClassVar[bool] = True
    RULES: ClassVar[Rules] = (same_elements("src0", "src1", "dst"),)

    def check(self) -> None:
        super().check()
        target = valid_extents_of(self.dst)
        parts = (valid_extents_of(self.src0), valid_extents_of(self.src1))
        if not len(target) == len(parts[0]) == len(parts[1]) == 2:
            raise VerifyException(f"TW0110: {self.name} takes two dimensions")
        for value, part in zip((self.src0, self.src1), parts, strict=True):
            if any(not fits(one, whole) and one > whole for one, whole in zip(part, target, strict=True)):
                raise VerifyException(
                    f"TW0110: the valid part of {value_name(value)} is {shape_text(part)}, larger than that of "
                    f"{value_name(self.dst)}, {shape_text(target)}"
                )
        if not any(all(map(fits, part, target)) for part in parts):
            raise VerifyException(
                f"TW0110: neither {value_name(self.src0)} nor {value_name(self.src1)} has the valid part of "
                f"{value_name(self.dst)}, {shape_text(target)}"
            )


@irdl_op_definition
class TPartAddOp(PartialOp):
    """`dst = src0 + src1` where both are valid."""

    name = "pto.tpartadd"


@irdl_op_definition
class TPartMulOp(PartialOp):
    """`dst = src0 * src1` where both are valid."""

    name = "pto.tpartmul"


class PartialOrderOp(PartialOp, ABC):
    """The larger or smaller of two tiles that have one shape."""

    RULES: ClassVar[Rules] = (same_elements("src0", "src1", "dst"), same_shape("src0", "src1", "dst"))


@irdl_op_definition
class TPartMaxOp(PartialOrderOp):
    """`dst = max(src0, src1)` where both are valid."""

    name = "pto.tpartmax"


@irdl_op_definition
class TPartMinOp(PartialOrderOp):
    """`dst = min(src0, src1)` where both are valid."""

    name = "pto.tpartmin"
