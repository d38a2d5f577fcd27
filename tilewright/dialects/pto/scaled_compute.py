"""Cube ops of the `pto` dialect on 8-bit floats with scales (A5): read here, so that they can be refused by name.

ptoas refuses `tgemv.mx` for a2a3, but not `tmatmul.mx`.
"""

from __future__ import annotations

from abc import ABC

from xdsl.irdl import irdl_op_definition
from xdsl.utils.exceptions import VerifyException

from tilewright.dialects.pto import rules
from tilewright.dialects.pto.compute import CubeOp, MatmulOp, check_bias
from tilewright.dialects.pto.formats import ins_outs
from tilewright.dialects.pto.operands import buffer_operand
from tilewright.dialects.spaces import Space


class ScaledCubeOp(CubeOp, ABC):
    """A product of two tiles, each with a tile of scales."""

    lhs = buffer_operand()
    lhs_scales = buffer_operand()
    rhs = buffer_operand()
    rhs_scales = buffer_operand()
    target = buffer_operand()

    assembly_format = ins_outs("lhs", "lhs_scales", "rhs", "rhs_scales", target="target")


class ScaledAccumulatingOp(ScaledCubeOp, ABC):
    """The same, added to an accumulator."""

    acc = buffer_operand()
    lhs = buffer_operand()
    lhs_scales = buffer_operand()
    rhs = buffer_operand()
    rhs_scales = buffer_operand()
    target = buffer_operand()

    assembly_format = ins_outs("acc", "lhs", "lhs_scales", "rhs", "rhs_scales", target="target")


class ScaledBiasedOp(ScaledCubeOp, ABC):
    """The same, starting from a bias."""

    lhs = buffer_operand()
    lhs_scales = buffer_operand()
    rhs = buffer_operand()
    rhs_scales = buffer_operand()
    bias = buffer_operand()
    target = buffer_operand()

    assembly_format = ins_outs("lhs", "lhs_scales", "rhs", "rhs_scales", "bias", target="target")


class ForeignCubeOp(ScaledCubeOp, ABC):
    """An op that ptoas refuses for a2a3."""

    def check(self) -> None:
        raise VerifyException(f"TW0123: {self.name} exists only on A5; this program is for a2a3")


@irdl_op_definition
class TMatmulMxOp(ScaledCubeOp):
    """`pto.tmatmul.mx ins(%a, %as, %b, %bs : A, AS, B, BS) outs(%d : D)`."""

    name = "pto.tmatmul.mx"


@irdl_op_definition
class TMatmulMxAccOp(ScaledAccumulatingOp):
    """`pto.tmatmul.mx.acc ins(%c, %a, %as, %b, %bs : C, A, AS, B, BS) outs(%d : D)`."""

    name = "pto.tmatmul.mx.acc"

    def check(self) -> None:
        rules.in_space("acc", spaces=(Space.ACC,))(self)


@irdl_op_definition
class TMatmulMxBiasOp(ScaledBiasedOp, MatmulOp):
    """`pto.tmatmul.mx.bias ins(%a, %as, %b, %bs, %bias : A, AS, B, BS, BIAS) outs(%d : D)`."""

    name = "pto.tmatmul.mx.bias"

    def check(self) -> None:
        super().check()
        check_bias(self, self.bias)
        found = self.bias.type.element_type
        if str(found) != "f32":
            raise VerifyException(f"TW0108: the bias of a scaled matmul holds f32, not {found}")


@irdl_op_definition
class TGemvMxOp(ForeignCubeOp):
    """`pto.tgemv.mx ins(%a, %as, %b, %bs : A, AS, B, BS) outs(%d : D)`."""

    name = "pto.tgemv.mx"


@irdl_op_definition
class TGemvMxAccOp(ForeignCubeOp, ScaledAccumulatingOp):
    """`pto.tgemv.mx.acc ins(%c, %a, %as, %b, %bs : C, A, AS, B, BS) outs(%d : D)`."""

    name = "pto.tgemv.mx.acc"


@irdl_op_definition
class TGemvMxBiasOp(ForeignCubeOp, ScaledBiasedOp):
    """`pto.tgemv.mx.bias ins(%a, %as, %b, %bs, %bias : A, AS, B, BS, BIAS) outs(%d : D)`."""

    name = "pto.tgemv.mx.bias"
