"""Ops of the `pto` dialect that move a part of a tile: extracts and inserts."""

from __future__ import annotations

from abc import ABC
from typing import ClassVar

from xdsl.dialects.builtin import DYNAMIC_INDEX, IndexType
from xdsl.ir import SSAValue
from xdsl.irdl import irdl_op_definition
from xdsl.utils.exceptions import VerifyException

from tilewright.arch.chip import element_bits
from tilewright.dialects.constants import constant_value
from tilewright.dialects.fields import typed_operand
from tilewright.dialects.paths import path_between
from tilewright.dialects.pto import rules
from tilewright.dialects.pto.formats import ins_outs
from tilewright.dialects.pto.movement import MovementOp, check_elements
from tilewright.dialects.pto.operands import buffer_operand
from tilewright.dialects.spaces import Space

_PLAIN_FORMAT = ins_outs("source", "row", "column", target="target")

_INTEGERS = {bits: (f"i{bits}", f"ui{bits}", f"si{bits}") for bits in (8, 16, 32)}
_SCALED = {
    *((a, b) for a in ("f32", *_INTEGERS[32]) for b in _INTEGERS[8]),
    *((a, b) for a in _INTEGERS[32] for b in ("f16", *_INTEGERS[16])),
}
"""What vector quantisation converts."""


class WindowOp(MovementOp, ABC):
    """A movement between a tile and a window of a larger one, at a row and a column."""

    row = typed_operand(IndexType)
    column = typed_operand(IndexType)

    def check_within(self, part: tuple[int, int], whole: tuple[int, int]) -> None:
        """At constant offsets the part lies within the whole."""
        for axis, offset in enumerate((self.row, self.column)):
            start = constant_value(offset)
            if start is None or (start >= 0 and part[axis] == DYNAMIC_INDEX):
                continue
            if start < 0 or start + part[axis] > whole[axis]:
                raise VerifyException(
                    f"TW0106: {start} to {start + part[axis]} lies outside of dimension {axis}, which has {whole[axis]}"
                )


class OutOfAccOp(WindowOp, ABC):
    """A movement of a part from Acc to Mat, which converts."""

    CONVERSIONS: ClassVar[set[tuple[str, str]]]

    def check(self) -> None:
        rules.in_space("source", spaces=(Space.ACC,))(self)
        rules.in_space("target", spaces=(Space.MAT,))(self)
        rules.fractal_layout("source", "target")(self)
        rules.fractal_bytes("target")(self)
        check_elements(self, self.source.type.element_type, self.target.type.element_type, self.CONVERSIONS)


class ScaledOutOfAccOp(OutOfAccOp, ABC):
    """The same with a row of scales, one for each column."""

    source = buffer_operand()
    scales = buffer_operand()
    row = typed_operand(IndexType)
    column = typed_operand(IndexType)
    target = buffer_operand()

    assembly_format = ins_outs("source", "scales", "row", "column", target="target")

    CONVERSIONS: ClassVar = _SCALED

    @property
    def sources(self) -> tuple[SSAValue, ...]:
        return (self.source, self.scales)

    def check(self) -> None:
        rules.in_space("scales", spaces=(Space.SCALING,))(self)
        super().check()


@irdl_op_definition
class TExtractOp(WindowOp):
    """Take a window of a Mat tile: `pto.textract ins(%s, %r, %c : S, index, index) outs(%d : D)`; pipe MTE1."""

    name = "pto.textract"

    source = buffer_operand()
    row = typed_operand(IndexType)
    column = typed_operand(IndexType)
    target = buffer_operand()

    assembly_format = _PLAIN_FORMAT

    def __init__(self, source: SSAValue, row: SSAValue, column: SSAValue, target: SSAValue) -> None:
        super().__init__(operands=[source, row, column, target])

    def check(self) -> None:
        source, target = self.source.type, self.target.type
        if target.location not in (Space.LEFT, Space.RIGHT):
            raise VerifyException(f"TW0107: an extract goes from mat to left or right, not to {target.location}")
        path_between(*self.memories)
        self.check_within(target.extents, source.extents)
        rules.same_elements("source", "target")(self)
        rules.check_elements(self)
        if source.blayout.data == "col_major":
            rules.fractal_layout("source")(self)
        rules.layout("target", "row_major", "row_major" if target.location is Space.LEFT else "col_major")(self)

    @property
    def alignment(self) -> tuple[int, int]:
        """Rows and columns that an offset is a multiple of: the box of the source, square when it is transposed."""
        source, target = self.source.type, self.target.type
        rows, columns = source.box
        if target.slayout != source.slayout and element_bits(str(source.element_type)) == 8:
            side = max(rows, columns)
            return (side, side)
        return (rows, columns)


@irdl_op_definition
class TExtractFpOp(ScaledOutOfAccOp):
    """Take a window of an accumulator, scaled by columns, into Mat; pipe FIX.

    `pto.textract_fp ins(%s, %fp, %r, %c : S, F, index, index) outs(%d : D)`
    """

    name = "pto.textract_fp"

    def check(self) -> None:
        self.check_within(self.target.type.extents, self.source.type.extents)
        super().check()


@irdl_op_definition
class TInsertOp(OutOfAccOp):
    """Write an accumulator into a window of a Mat tile; pipe FIX.

    `pto.tinsert ins(%s, %r, %c : S, index, index) outs(%d : D)`
    """

    name = "pto.tinsert"

    source = buffer_operand()
    row = typed_operand(IndexType)
    column = typed_operand(IndexType)
    target = buffer_operand()

    assembly_format = _PLAIN_FORMAT

    CONVERSIONS: ClassVar = {("f32", "f16"), ("f32", "bf16")}

    def check(self) -> None:
        self.check_within(self.source.type.valid_extents, self.target.type.extents)
        super().check()


@irdl_op_definition
class TInsertFpOp(ScaledOutOfAccOp):
    """Write an accumulator, scaled by columns, into a window of a Mat tile; pipe FIX.

    `pto.tinsert_fp ins(%s, %fp, %r, %c : S, F, index, index) outs(%d : D)`
    """

    name = "pto.tinsert_fp"

    def check(self) -> None:
        self.check_within(self.source.type.valid_extents, self.target.type.extents)
        super().check()
