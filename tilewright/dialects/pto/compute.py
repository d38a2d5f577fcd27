"""Cube ops of the `pto` dialect."""

from __future__ import annotations

from abc import ABC

from xdsl.ir import SSAValue
from xdsl.irdl import irdl_op_definition, traits_def
from xdsl.traits import MemoryReadEffect, MemoryWriteEffect
from xdsl.utils.exceptions import VerifyException

from tilewright.arch.chip import Pipe, load_chip
from tilewright.dialects.pto import rules
from tilewright.dialects.pto.destination import InstructionOp
from tilewright.dialects.pto.formats import ins_outs
from tilewright.dialects.pto.operands import buffer_operand
from tilewright.dialects.spaces import Space


class CubeOp(InstructionOp, ABC):
    """An instruction that multiplies a Left and a Right tile into an accumulator; pipe M."""

    lhs = buffer_operand()
    rhs = buffer_operand()
    target = buffer_operand()

    traits = traits_def(MemoryReadEffect(), MemoryWriteEffect())

    @property
    def pipe(self) -> Pipe:
        return Pipe.M

    @property
    def sources(self) -> tuple[SSAValue, ...]:
        return tuple(self.operands)[:-1]

    @property
    def destinations(self) -> tuple[SSAValue, ...]:
        return (self.target,)

    def check_spaces(self) -> None:
        """Operands sit where the cube unit reads and writes."""
        rules.in_space("lhs", spaces=(Space.LEFT,))(self)
        rules.in_space("rhs", spaces=(Space.RIGHT,))(self)
        rules.in_space("target", spaces=(Space.ACC,))(self)

    def check_types(self) -> None:
        """The cube unit multiplies these elements into those."""
        # ptoas does not tell signed and unsigned 8-bit integers apart; the library does.
        a, b = (str(value.type.element_type).lstrip("us") for value in (self.lhs, self.rhs))
        c = self.target.type.element_type
        if load_chip().matmul_types.get((a, b)) != str(c).lstrip("us"):
            raise VerifyException(
                f"TW0108: the cube unit does not multiply {self.lhs.type.element_type} with "
                f"{self.rhs.type.element_type} into {c}"
            )


class MatmulOp(CubeOp, ABC):
    """A product of matrices: `[M, K] x [K, N] -> [M, N]`."""

    def check(self) -> None:
        self.check_spaces()
        a, b, c = (operand.type for operand in (self.lhs, self.rhs, self.target))
        (m, k), (k_right, n) = a.extents, b.extents
        if k != k_right or c.extents != (m, n):
            raise VerifyException(f"TW0110: {m}x{k} times {k_right}x{n} does not make {c.extents[0]}x{c.extents[1]}")
        rules.not_empty("lhs", "rhs")(self)
        limit = load_chip().matmul_max_extent
        extents = (*a.valid_extents, b.valid_extents[1])
        if max(extents) > limit:
            raise VerifyException(f"TW0119: m, k and n are at most {limit}, got {max(extents)}")


class GemvOp(CubeOp, ABC):
    """A product of one row and a matrix: `[1, K] x [K, N] -> [1, N]`, by the valid parts."""

    def check(self) -> None:
        self.check_spaces()
        a, b, c = (operand.type.valid_extents for operand in (self.lhs, self.rhs, self.target))
        fits = rules.fits
        if not (fits(a[0], 1) and fits(c[0], 1) and fits(a[1], b[0]) and fits(b[1], c[1])):
            raise VerifyException(
                f"TW0110: {rules.shape_text(a)} times {rules.shape_text(b)} does not make a row of "
                f"{rules.shape_text(c)}"
            )


_PLAIN_FORMAT = ins_outs("lhs", "rhs", target="target")


class AccumulatingOp(CubeOp, ABC):
    """A product that is added to an accumulator.

    Both accumulators must be one value: the a2a3 library accumulates in `outs` and never reads the one in `ins`.
    """

    acc = buffer_operand()
    lhs = buffer_operand()
    rhs = buffer_operand()
    target = buffer_operand()

    assembly_format = ins_outs("acc", "lhs", "rhs", target="target")

    def __init__(self, acc: SSAValue, lhs: SSAValue, rhs: SSAValue) -> None:
        super().__init__(operands=[acc, lhs, rhs, acc])

    def check(self) -> None:
        rules.in_space("acc", spaces=(Space.ACC,))(self)
        super().check()


class BiasedOp(CubeOp, ABC):
    """A product that starts from a row of numbers in Bias."""

    lhs = buffer_operand()
    rhs = buffer_operand()
    bias = buffer_operand()
    target = buffer_operand()

    assembly_format = ins_outs("lhs", "rhs", "bias", target="target")

    def check(self) -> None:
        super().check()
        check_bias(self, self.bias)
        rules.same_elements("bias", "target")(self)
        self.check_types()


def check_bias(op: CubeOp, bias: rules.Buffer) -> None:
    """A bias is one row in its own memory."""
    rules.in_space("bias", spaces=(Space.BIAS,))(op)
    rows = bias.type.extents[0]
    if rows != 1:
        raise VerifyException(f"TW0110: a bias has one row, not {rows}")


@irdl_op_definition
class TMatmulOp(MatmulOp):
    """`target = lhs @ rhs`: `pto.tmatmul ins(%l, %r : L, R) outs(%a : A)`."""

    name = "pto.tmatmul"

    assembly_format = _PLAIN_FORMAT

    def __init__(self, lhs: SSAValue, rhs: SSAValue, target: SSAValue) -> None:
        super().__init__(operands=[lhs, rhs, target])

    def check(self) -> None:
        super().check()
        self.check_types()


@irdl_op_definition
class TMatmulAccOp(AccumulatingOp, MatmulOp):
    """`target += lhs @ rhs`: `pto.tmatmul.acc ins(%a, %l, %r : A, L, R) outs(%a : A)`."""

    name = "pto.tmatmul.acc"


@irdl_op_definition
class TMatmulBiasOp(BiasedOp, MatmulOp):
    """`target = lhs @ rhs + bias`: `pto.tmatmul.bias ins(%l, %r, %b : L, R, B) outs(%a : A)`."""

    name = "pto.tmatmul.bias"


@irdl_op_definition
class TGemvOp(GemvOp):
    """`target = lhs @ rhs` for one row: `pto.tgemv ins(%l, %r : L, R) outs(%a : A)`."""

    name = "pto.tgemv"

    assembly_format = _PLAIN_FORMAT

    def check(self) -> None:
        super().check()
        self.check_types()


@irdl_op_definition
class TGemvAccOp(AccumulatingOp, GemvOp):
    """`target += lhs @ rhs` for one row: `pto.tgemv.acc ins(%a, %l, %r : A, L, R) outs(%a : A)`."""

    name = "pto.tgemv.acc"


@irdl_op_definition
class TGemvBiasOp(BiasedOp, GemvOp):
    """`target = lhs @ rhs + bias` for one row: `pto.tgemv.bias ins(%l, %r, %b : L, R, B) outs(%a : A)`."""

    name = "pto.tgemv.bias"
