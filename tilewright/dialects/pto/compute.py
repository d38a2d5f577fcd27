"""Cube ops of the `pto` dialect."""

from __future__ import annotations

from abc import ABC

from xdsl.ir import SSAValue
from xdsl.irdl import irdl_op_definition, traits_def
from xdsl.traits import MemoryReadEffect, MemoryWriteEffect
from xdsl.utils.exceptions import VerifyException

from tilewright.arch.chip import Pipe, load_chip
from tilewright.dialects.names import value_name
from tilewright.dialects.pto.destination import InstructionOp
from tilewright.dialects.pto.operands import buffer_operand
from tilewright.dialects.spaces import Space


class CubeOp(InstructionOp, ABC):
    """A matmul of a Left and a Right tile into an accumulator: `[M, K] x [K, N] -> [M, N]`, pipe M."""

    lhs = buffer_operand()
    rhs = buffer_operand()
    target = buffer_operand()

    traits = traits_def(MemoryReadEffect(), MemoryWriteEffect())

    @property
    def pipe(self) -> Pipe:
        return Pipe.M

    @property
    def destinations(self) -> tuple[SSAValue, ...]:
        return (self.target,)

    def check(self) -> None:
        operands = ((self.lhs, Space.LEFT), (self.rhs, Space.RIGHT), (self.target, Space.ACC))
        for operand, space in operands:
            if operand.type.location is not space:
                raise VerifyException(
                    f"TW0113: {value_name(operand)} sits in {operand.type.location}, the operand must be in {space}"
                )
        a, b, c = (operand.type for operand, _ in operands)
        (m, k), (k_right, n) = a.extents, b.extents
        if k != k_right or c.extents != (m, n):
            raise VerifyException(f"TW0110: {m}x{k} times {k_right}x{n} does not make {c.extents[0]}x{c.extents[1]}")
        chip = load_chip()
        if chip.matmul_types.get((str(a.element_type), str(b.element_type))) != str(c.element_type):
            raise VerifyException(
                f"TW0108: the cube unit does not multiply {a.element_type} with {b.element_type} into {c.element_type}"
            )
        limit = chip.matmul_max_extent
        extents = (*a.valid_extents, b.valid_extents[1])
        if max(extents) > limit:
            raise VerifyException(f"TW0119: m, k and n are at most {limit}, got {max(extents)}")


@irdl_op_definition
class TMatmulOp(CubeOp):
    """`target = lhs @ rhs`: `pto.tmatmul ins(%l, %r : L, R) outs(%a : A)`."""

    name = "pto.tmatmul"

    assembly_format = (
        "`ins` `(` $lhs `,` $rhs `:` type($lhs) `,` type($rhs) `)` `outs` `(` $target `:` type($target) `)` attr-dict"
    )

    def __init__(self, lhs: SSAValue, rhs: SSAValue, target: SSAValue) -> None:
        super().__init__(operands=[lhs, rhs, target])

    @property
    def sources(self) -> tuple[SSAValue, ...]:
        return (self.lhs, self.rhs)


@irdl_op_definition
class TMatmulAccOp(CubeOp):
    """`target += lhs @ rhs`: `pto.tmatmul.acc ins(%a, %l, %r : A, L, R) outs(%a : A)`.

    Both accumulators must be one value: the a2a3 library accumulates in `outs` and never reads the one in `ins`.
    """

    name = "pto.tmatmul.acc"

    acc = buffer_operand()
    lhs = buffer_operand()
    rhs = buffer_operand()
    target = buffer_operand()

    assembly_format = (
        "`ins` `(` $acc `,` $lhs `,` $rhs `:` type($acc) `,` type($lhs) `,` type($rhs) `)`"
        " `outs` `(` $target `:` type($target) `)` attr-dict"
    )

    def __init__(self, acc: SSAValue, lhs: SSAValue, rhs: SSAValue) -> None:
        super().__init__(operands=[acc, lhs, rhs, acc])

    @property
    def sources(self) -> tuple[SSAValue, ...]:
        return (self.acc, self.lhs, self.rhs)

    def check(self) -> None:
        super().check()
        if self.acc is not self.target:
            raise VerifyException(
                f"TW0121: {value_name(self.acc)} is added to {value_name(self.target)}, but the hardware accumulates "
                "in place: both must be the same buffer"
            )
