"""Broadcasts of a column along the rows of a tile, or of a row along its columns."""

from __future__ import annotations

from abc import ABC
from typing import ClassVar

from xdsl.irdl import irdl_op_definition
from xdsl.utils.exceptions import VerifyException

from tilewright.arch.chip import element_bits
from tilewright.dialects.names import value_name
from tilewright.dialects.pto.formats import ins_outs
from tilewright.dialects.pto.operands import buffer_operand, optional_buffer_operand, shaped_operand
from tilewright.dialects.pto.rules import (
    Buffer,
    fits,
    in_space,
    is_row_major,
    not_empty,
    row_major,
    same_elements,
    same_shape,
    same_valid,
    unboxed,
)
from tilewright.dialects.pto.vector import BinaryOp, Rules, UnaryOp, VectorOp


@irdl_op_definition
class TRowExpandOp(UnaryOp):
    """Every element of a row of `dst` is the first of that row of `src`."""

    name = "pto.trowexpand"

    RULES: ClassVar[Rules] = (
        in_space("src", "dst"),
        unboxed("src", "dst"),
        row_major("dst"),
        same_elements("src", "dst"),
        same_valid("src", "dst", axes=(0,)),
        not_empty("src", "dst"),
    )


class RowExpandOp(VectorOp, ABC):
    """`dst = op(src0, src1)` with one value of `src1` for each row; `src1` is not checked.

    `ins(%a, %b[, %tmp] : A, B[, TMP]) outs(%d : D)`.
    """

    src0 = buffer_operand()
    src1 = buffer_operand()
    tmp = optional_buffer_operand()
    dst = buffer_operand()

    assembly_format = ins_outs("src0", "src1", optional="tmp")

    RULES: ClassVar[Rules] = (same_elements("src0", "dst", "src1"), row_major("dst"))


@irdl_op_definition
class TRowExpandSubOp(RowExpandOp):
    """`dst = src0 - src1`."""

    name = "pto.trowexpandsub"


@irdl_op_definition
class TRowExpandMulOp(RowExpandOp):
    """`dst = src0 * src1`."""

    name = "pto.trowexpandmul"


@irdl_op_definition
class TRowExpandDivOp(RowExpandOp):
    """`dst = src0 / src1`."""

    name = "pto.trowexpanddiv"


@irdl_op_definition
class TRowExpandAddOp(BinaryOp):
    """`dst = src0 + src1`, with one value of `src1` for each row: a column, or 32 bytes for each row."""

    name = "pto.trowexpandadd"

    RULES: ClassVar[Rules] = (
        same_elements("src0", "dst", "src1"),
        same_valid("src0", "dst"),
        row_major("src0", "dst"),
        same_valid("dst", "src1", axes=(0,)),
    )

    def check(self) -> None:
        super().check()
        if not _is_row_value(self.src1):
            raise VerifyException(
                f"TW0130: {value_name(self.src1)} has {self.src1.type.valid_extents[1]} valid columns; one value for "
                f"each row takes {_row_value_columns(self.src1)}"
            )


class RowExpandEitherOp(RowExpandOp, ABC):
    """`dst = op(src0, src1)` where one source is as large as `dst` and the other has one value for each row."""

    RULES: ClassVar[Rules] = (same_elements("dst", "src0", "src1", "tmp"), row_major("dst"), not_empty("dst"))

    def check(self) -> None:
        super().check()
        if not (self._expands(self.src0, self.src1) or self._expands(self.src1, self.src0)):
            raise VerifyException(
                f"TW0130: neither {value_name(self.src0)} nor {value_name(self.src1)} has one value for each row of "
                f"the other, which is row_major and as large as {value_name(self.dst)}"
            )

    def _expands(self, full: Buffer, values: Buffer) -> bool:
        """Whether `values` has one value for each row of `full`, and `full` is as large as the result."""
        valid = self.dst.type.valid_extents
        return (
            is_row_major(full)
            and all(map(fits, full.type.valid_extents, valid))
            and fits(values.type.valid_extents[0], valid[0])
            and not (self.tmp is not None and is_row_major(values))
            and _is_row_value(values)
        )


@irdl_op_definition
class TRowExpandMaxOp(RowExpandEitherOp):
    """`dst = max(src0, src1)`."""

    name = "pto.trowexpandmax"


@irdl_op_definition
class TRowExpandMinOp(RowExpandEitherOp):
    """`dst = min(src0, src1)`."""

    name = "pto.trowexpandmin"


@irdl_op_definition
class TRowExpandExpdifOp(RowExpandEitherOp):
    """`dst = exp(src0 - src1)`."""

    name = "pto.trowexpandexpdif"


@irdl_op_definition
class TColExpandOp(UnaryOp):
    """Every element of a column of `dst` is the first of that column of `src`."""

    name = "pto.tcolexpand"

    RULES: ClassVar[Rules] = (
        in_space("src", "dst"),
        row_major("src", "dst"),
        unboxed("src", "dst"),
        same_elements("src", "dst"),
        same_valid("src", "dst", axes=(1,)),
    )


class ColumnExpandOp(BinaryOp, ABC):
    """`dst = op(src0, src1)` with one value of `src1` for each column; that the types agree is not checked.

    ptoas takes windows of global memory as well, and checks memrefs.
    """

    src0 = shaped_operand()
    src1 = shaped_operand()
    dst = shaped_operand()

    CHECKS_MEMREFS: ClassVar[bool] = True
    ANY_VALID_PART: ClassVar[bool] = True

    RULES: ClassVar[Rules] = (
        same_shape("src0", "dst"),
        same_valid("src0", "dst", windows=False),
        row_major("src0", "src1", "dst"),
        same_valid("src1", "dst", axes=(1,)),
    )


@irdl_op_definition
class TColExpandAddOp(ColumnExpandOp):
    """`dst = src0 + src1`."""

    name = "pto.tcolexpandadd"


@irdl_op_definition
class TColExpandSubOp(ColumnExpandOp):
    """`dst = src0 - src1`."""

    name = "pto.tcolexpandsub"


@irdl_op_definition
class TColExpandMulOp(ColumnExpandOp):
    """`dst = src0 * src1`."""

    name = "pto.tcolexpandmul"


@irdl_op_definition
class TColExpandDivOp(ColumnExpandOp):
    """`dst = src0 / src1`; unlike its relatives not checked on memrefs."""

    name = "pto.tcolexpanddiv"

    CHECKS_MEMREFS: ClassVar[bool] = False


@irdl_op_definition
class TColExpandMaxOp(ColumnExpandOp):
    """`dst = max(src0, src1)`."""

    name = "pto.tcolexpandmax"


@irdl_op_definition
class TColExpandMinOp(ColumnExpandOp):
    """`dst = min(src0, src1)`."""

    name = "pto.tcolexpandmin"


@irdl_op_definition
class TColExpandExpdifOp(ColumnExpandOp):
    """`dst = exp(src0 - src1)`."""

    name = "pto.tcolexpandexpdif"


def _row_value_columns(values: Buffer) -> int:
    """Columns of one value for each row: a column, or 32 bytes where the tile is laid out by rows."""
    return 32 * 8 // element_bits(str(values.type.element_type)) if is_row_major(values) else 1


def _is_row_value(values: Buffer) -> bool:
    return fits(values.type.valid_extents[1], _row_value_columns(values))
