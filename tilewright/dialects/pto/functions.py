"""Functions of one tile, element by element."""

from __future__ import annotations

from abc import ABC
from typing import ClassVar

from xdsl.dialects.builtin import f32
from xdsl.irdl import irdl_op_definition
from xdsl.utils.exceptions import VerifyException

from tilewright.arch.chip import element_bits
from tilewright.dialects.fields import typed_operand
from tilewright.dialects.names import value_name
from tilewright.dialects.pto.formats import ins_outs
from tilewright.dialects.pto.operands import buffer_operand, optional_buffer_operand
from tilewright.dialects.pto.rules import distinct_on_a3, in_space, not_empty, row_major, same_elements, same_valid
from tilewright.dialects.pto.vector import Rules, UnaryOp, VectorOp


class MathOp(UnaryOp, ABC):
    """`dst = op(src)` for floating point tiles in Vec, laid out by rows."""

    RULES: ClassVar[Rules] = (
        in_space("src", "dst"),
        row_major("src", "dst"),
        same_elements("src", "dst"),
        same_valid("src", "dst"),
    )


@irdl_op_definition
class TAbsOp(MathOp):
    """`dst = |src|`."""

    name = "pto.tabs"


@irdl_op_definition
class TExpOp(MathOp):
    """`dst = exp(src)`."""

    name = "pto.texp"


@irdl_op_definition
class TLogOp(MathOp):
    """`dst = ln(src)`."""

    name = "pto.tlog"


@irdl_op_definition
class TSqrtOp(MathOp):
    """`dst = sqrt(src)`."""

    name = "pto.tsqrt"


@irdl_op_definition
class TReluOp(MathOp):
    """`dst = max(src, 0)`."""

    name = "pto.trelu"


@irdl_op_definition
class TRecipOp(MathOp):
    """`dst = 1 / src`; not in place where the module says `pto.target_arch = "a3"` or nothing."""

    name = "pto.trecip"

    RULES: ClassVar[Rules] = (*MathOp.RULES, distinct_on_a3("src", "dst"))


@irdl_op_definition
class TRsqrtOp(VectorOp):
    """`dst = 1 / sqrt(src)`: `pto.trsqrt ins(%s[, %tmp] : S[, TMP]) outs(%d : D)`; finer with scratch."""

    name = "pto.trsqrt"

    src = buffer_operand()
    dst = buffer_operand()
    tmp = optional_buffer_operand()

    assembly_format = ins_outs("src", optional="tmp")

    RULES: ClassVar[Rules] = (
        in_space("src", "dst", "tmp"),
        row_major("src", "dst", "tmp"),
        same_elements("src", "dst"),
        same_valid("src", "dst"),
    )

    def check(self) -> None:
        super().check()
        if self.tmp is not None:
            rows, columns = self.tmp.type.extents
            size = rows * columns * (element_bits(str(self.tmp.type.element_type)) // 8)
            if size < 32:
                raise VerifyException(f"TW0127: {value_name(self.tmp)} has {size} bytes, {self.name} needs 32")


@irdl_op_definition
class TNegOp(UnaryOp):
    """`dst = -src`."""

    name = "pto.tneg"

    RULES: ClassVar[Rules] = (in_space("src", "dst"), same_elements("src", "dst"), same_valid("src", "dst"))


@irdl_op_definition
class TLReluOp(VectorOp):
    """`dst = src` where positive, else `src * slope`: `pto.tlrelu ins(%s, %slope : S, f32) outs(%d : D)`."""

    name = "pto.tlrelu"

    src = buffer_operand()
    slope = typed_operand(f32)
    dst = buffer_operand()

    assembly_format = ins_outs("src", "slope")

    RULES: ClassVar[Rules] = (
        in_space("src", "dst"),
        same_elements("src", "dst"),
        same_valid("src", "dst"),
        not_empty("src"),
    )
