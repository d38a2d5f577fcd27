"""Ops of the `pto` dialect that scale the columns of an accumulator by a row of numbers in Scaling."""

from __future__ import annotations

from abc import ABC

from xdsl.ir import SSAValue
from xdsl.irdl import irdl_op_definition
from xdsl.utils.exceptions import VerifyException

from tilewright.dialects.pto import rules
from tilewright.dialects.pto.formats import ins_outs
from tilewright.dialects.pto.movement import MovementOp, StoreOp
from tilewright.dialects.pto.operands import buffer_operand, window_operand
from tilewright.dialects.spaces import Space


class ScaledOp(MovementOp, ABC):
    """A movement out of Acc with a row of scales."""

    scales = buffer_operand()

    assembly_format = ins_outs("source", "scales", target="target")

    @property
    def sources(self) -> tuple[SSAValue, ...]:
        return (self.source, self.scales)

    def check(self) -> None:
        rules.in_space("source", spaces=(Space.ACC,))(self)
        if str(self.source.type.element_type) not in ("f32", "i32", "ui32"):
            raise VerifyException(
                f"TW0108: {self.name} scales elements of f32 or i32, not {self.source.type.element_type}"
            )


@irdl_op_definition
class TStoreFpOp(ScaledOp, StoreOp):
    """Store an accumulator, scaled by columns: `pto.tstore_fp ins(%a, %fp : A, F) outs(%p : P)`; pipe FIX.

    ptoas does not know its pipe and inserts no flags around it.
    """

    name = "pto.tstore_fp"

    source = buffer_operand()
    scales = buffer_operand()
    target = window_operand()

    def check(self) -> None:
        super().check()
        self.check_columns()


@irdl_op_definition
class TMovFpOp(ScaledOp):
    """Move an accumulator, scaled by columns, to Mat: `pto.tmov.fp ins(%s, %fp : S, F) outs(%d : D)`; pipe FIX.

    ptoas takes it for an instruction of MTE1; `pto.tmov` with scales is the same and safe.
    """

    name = "pto.tmov.fp"

    source = buffer_operand()
    scales = buffer_operand()
    target = buffer_operand()

    def check(self) -> None:
        super().check()
        rules.in_space("scales", spaces=(Space.SCALING,))(self)
        rules.in_space("target", spaces=(Space.MAT,))(self)
        rules.fractal_layout("source", "target")(self)
        rules.fractal_bytes("target")(self)
