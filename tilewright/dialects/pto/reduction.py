"""Reductions of rows and columns."""

from __future__ import annotations

from abc import ABC
from typing import ClassVar, Self

from xdsl.dialects.builtin import BoolAttr
from xdsl.irdl import irdl_op_definition, opt_prop_def
from xdsl.parser import Parser
from xdsl.printer import Printer
from xdsl.utils.exceptions import VerifyException

from tilewright.dialects.names import value_name
from tilewright.dialects.pto.groups import parse_group, print_group
from tilewright.dialects.pto.operands import buffer_operand, optional_buffer_operand
from tilewright.dialects.pto.rules import (
    fits,
    in_space,
    is_row_major,
    not_empty,
    row_major,
    same_elements,
    same_valid,
    unboxed,
)
from tilewright.dialects.pto.vector import Rules, UnaryOp, UnaryScratchOp, VectorOp

ROWS: Rules = (
    in_space("src", "dst"),
    row_major("src"),
    unboxed("src", "dst"),
    not_empty("src"),
    same_valid("src", "dst", axes=(0,)),
)
SCRATCH: Rules = (
    in_space("tmp"),
    row_major("tmp"),
    same_elements("src", "tmp"),
    same_valid("src", "tmp"),
)
COLUMNS: Rules = (
    in_space("src", "dst"),
    row_major("src", "dst"),
    unboxed("src", "dst"),
    same_valid("src", "dst", axes=(1,)),
)


class RowReductionOp(UnaryScratchOp, ABC):
    """One value a row: `ins(%s, %tmp : S, TMP) outs(%d : D)`; `dst` is a column, or has one valid column."""

    def check(self) -> None:
        super().check()
        target = self.dst.type
        if not is_row_major(self.dst) and target.extents[1] != 1:
            raise VerifyException(
                f"TW0110: {value_name(self.dst)} is col_major with {target.extents[1]} columns; a column has one"
            )
        if not fits(target.valid_extents[1], 1):
            raise VerifyException(
                f"TW0110: {value_name(self.dst)} has {target.valid_extents[1]} valid columns; "
                "there is one result for each row"
            )


@irdl_op_definition
class TRowSumOp(RowReductionOp):
    """The sum of each row; the scratch buffer is not checked."""

    name = "pto.trowsum"

    RULES: ClassVar[Rules] = (*ROWS, same_elements("src", "dst"))


@irdl_op_definition
class TRowMaxOp(RowReductionOp):
    """The largest element of each row; the scratch buffer is not checked."""

    name = "pto.trowmax"

    RULES: ClassVar[Rules] = (*ROWS, same_elements("src", "dst"))


@irdl_op_definition
class TRowMinOp(RowReductionOp):
    """The smallest element of each row."""

    name = "pto.trowmin"

    RULES: ClassVar[Rules] = (*ROWS, *SCRATCH, same_elements("src", "dst"))


@irdl_op_definition
class TRowProdOp(RowReductionOp):
    """The product of each row."""

    name = "pto.trowprod"

    RULES: ClassVar[Rules] = (*ROWS, *SCRATCH, same_elements("src", "dst"))


@irdl_op_definition
class TRowArgMaxOp(RowReductionOp):
    """The column of the largest element of each row."""

    name = "pto.trowargmax"

    RULES: ClassVar[Rules] = (*ROWS, *SCRATCH)


@irdl_op_definition
class TRowArgMinOp(RowReductionOp):
    """The column of the smallest element of each row."""

    name = "pto.trowargmin"

    RULES: ClassVar[Rules] = (*ROWS, *SCRATCH)


class ColumnReductionOp(UnaryOp, ABC):
    """One value a column."""

    RULES: ClassVar[Rules] = (*COLUMNS, same_elements("src", "dst"))


@irdl_op_definition
class TColMaxOp(ColumnReductionOp):
    """The largest element of each column."""

    name = "pto.tcolmax"


@irdl_op_definition
class TColMinOp(ColumnReductionOp):
    """The smallest element of each column."""

    name = "pto.tcolmin"


@irdl_op_definition
class TColProdOp(ColumnReductionOp):
    """The product of each column."""

    name = "pto.tcolprod"


class ColumnArgReductionOp(UnaryScratchOp, ABC):
    """The row of one element of each column; `dst` is one row."""

    RULES: ClassVar[Rules] = (*COLUMNS, *SCRATCH, not_empty("src"))

    def check(self) -> None:
        super().check()
        rows = self.dst.type.valid_extents[0]
        if not fits(rows, 1):
            raise VerifyException(
                f"TW0110: {value_name(self.dst)} has {rows} valid rows; there is one result for each column"
            )


@irdl_op_definition
class TColArgMaxOp(ColumnArgReductionOp):
    """The row of the largest element of each column."""

    name = "pto.tcolargmax"


@irdl_op_definition
class TColArgMinOp(ColumnArgReductionOp):
    """The row of the smallest element of each column."""

    name = "pto.tcolargmin"


@irdl_op_definition
class TColSumOp(VectorOp):
    """The sum of each column, one row after another or as a binary tree.

    `pto.tcolsum ins(%s : S) outs(%d : D)` or `pto.tcolsum ins(%s, %tmp {isBinary = true} : S, TMP) outs(%d : D)`.
    """

    name = "pto.tcolsum"

    src = buffer_operand()
    tmp = optional_buffer_operand()
    dst = buffer_operand()
    is_binary = opt_prop_def(BoolAttr, prop_name="isBinary")

    RULES: ClassVar[Rules] = (
        *COLUMNS,
        same_elements("src", "tmp", "dst"),
        in_space("tmp"),
        row_major("tmp"),
        unboxed("tmp"),
    )

    def check(self) -> None:
        if (self.tmp is None) != (self.is_binary is None):
            raise VerifyException(f"TW0128: {self.name} takes a scratch buffer and isBinary together, or neither")
        super().check()

    @classmethod
    def parse(cls, parser: Parser) -> Self:
        inputs = parse_group(parser, "ins")
        outputs = parse_group(parser, "outs")
        attributes = dict(inputs.attributes) | parser.parse_optional_attr_dict()
        binary = attributes.pop("isBinary", None)
        if not 1 <= len(inputs.values) <= 2 or len(outputs.values) != 1:
            parser.raise_error("expected ins(%src) or ins(%src, %tmp), and outs(%dst)")
        return cls.create(
            operands=[*inputs.values, *outputs.values],
            properties={} if binary is None else {"isBinary": binary},
            attributes=attributes,
        )

    def print(self, printer: Printer) -> None:
        inner = {**self.attributes, **self.properties}
        if self.tmp is None:
            print_group(printer, "ins", [self.src])
        else:
            print_group(printer, "ins", [self.src, self.tmp], inner)
        print_group(printer, "outs", [self.dst])
        if self.tmp is None and inner:
            printer.print_op_attributes(inner)
