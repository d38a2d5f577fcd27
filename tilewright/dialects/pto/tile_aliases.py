"""Ops of the `pto` dialect that look at a tile buffer in another way: the result is the same memory."""

from __future__ import annotations

from abc import ABC
from collections.abc import Sequence

from xdsl.dialects.arith import ExtSIOp, ExtUIOp, IndexCastOp, TruncIOp
from xdsl.dialects.builtin import DYNAMIC_INDEX, ArrayAttr, IndexType, IntegerAttr, MemRefType, i64
from xdsl.ir import Attribute, OpResult, SSAValue
from xdsl.irdl import (
    IRDLOperation,
    base,
    irdl_op_definition,
    prop_def,
    result_def,
    traits_def,
)
from xdsl.parser import Parser
from xdsl.printer import Printer
from xdsl.traits import MemoryReadEffect, MemoryWriteEffect, Pure
from xdsl.utils.exceptions import VerifyException

from tilewright.arch.chip import element_bits
from tilewright.dialects.constants import constant_value
from tilewright.dialects.diagnostics import fail
from tilewright.dialects.fields import typed_operand, typed_operands
from tilewright.dialects.names import value_name
from tilewright.dialects.pto.lowered import BindTileOp, PointerCastOp
from tilewright.dialects.pto.operands import BUFFER, buffer_operand, tile_type
from tilewright.dialects.pto.storage import AllocTileOp, DeclareTileOp
from tilewright.dialects.pto.types import TileBufType
from tilewright.dialects.shapes import shape_of, shape_text


def known_value(value: SSAValue) -> int | None:
    """The integer that `value` always has, also behind conversions of its type; else None."""
    owner = value.owner
    if isinstance(owner, IndexCastOp | ExtSIOp | ExtUIOp | TruncIOp):
        return known_value(owner.operands[0])
    return constant_value(value)


class AliasOp(IRDLOperation, ABC):
    """The same memory as another type: `%v = pto.… %t : T1 -> T2`."""

    source = buffer_operand()
    result = result_def(BUFFER)

    traits = traits_def(Pure())

    assembly_format = "$source attr-dict `:` type($source) `->` type($result)"

    def __init__(self, source: SSAValue, result_type: Attribute) -> None:
        super().__init__(operands=[source], result_types=[result_type])

    def verify_(self) -> None:
        source, result = tile_type(self.source), tile_type(self.result)
        if source is None or result is None:
            return
        if source.location is not result.location:
            raise VerifyException(f"TW0144: {self.name} stays in {source.location}, the result is in {result.location}")
        self.check(source, result)

    def check(self, source: TileBufType, result: TileBufType) -> None:
        """Raise VerifyException unless the memory can be seen as the result."""


def _total_bits(tile: TileBufType) -> int:
    rows, columns = tile.extents
    return rows * columns * element_bits(str(tile.element_type))


@irdl_op_definition
class BitcastOp(AliasOp):
    """The same elements as another type: `%v = pto.bitcast %t : T1 -> T2`; only the element type differs."""

    name = "pto.bitcast"

    source = buffer_operand()
    result = result_def(base(TileBufType))

    def check(self, source: TileBufType, result: TileBufType) -> None:
        if source.element_type == result.element_type:
            raise VerifyException(f"TW0144: a bitcast changes the element type, which is {source.element_type} already")
        own = [(name, a, b) for (name, a), b in zip(_traits(source), dict(_traits(result)).values(), strict=True)]
        for name, before, after in own:
            if before != after:
                raise VerifyException(f"TW0144: a bitcast keeps the {name}, got {before} and {after}")
        if _total_bits(result) > _total_bits(source):
            raise VerifyException(f"TW0144: {result.element_type} needs more bytes than {source.element_type}")


def _traits(tile: TileBufType) -> list[tuple[str, str]]:
    layout = f"{tile.blayout.data}/{tile.slayout.data}, fractal {tile.fractal.value.data}"
    return [
        ("shape", shape_text(tile.extents)),
        ("valid part", shape_text(tile.valid_extents)),
        ("layout", layout),
        ("padding", f"{tile.pad.value.data}, compact {tile.compact.value.data}"),
    ]


@irdl_op_definition
class TReshapeOp(AliasOp):
    """The same bytes in another shape: `%v = pto.treshape %t : T1 -> T2`."""

    name = "pto.treshape"

    def check(self, source: TileBufType, result: TileBufType) -> None:
        if _total_bits(source) != _total_bits(result):
            raise VerifyException(
                f"TW0144: a reshape keeps all bytes, got {shape_text(source.extents)} {source.element_type} "
                f"and {shape_text(result.extents)} {result.element_type}"
            )
        if (source.slayout.data == "none_box") != (result.slayout.data == "none_box"):
            raise VerifyException("TW0144: a reshape keeps fractals: source and result both have them, or neither")


@irdl_op_definition
class TAssignOp(IRDLOperation):
    """The same buffer at another address (level 3, without automatic flags): `%u = pto.tassign %t, %a : T -> T`."""

    name = "pto.tassign"

    source = buffer_operand()
    addr = typed_operand(i64)
    result = result_def(BUFFER)

    traits = traits_def(Pure())

    assembly_format = "$source `,` $addr attr-dict `:` type($source) `->` type($result)"

    def verify_(self) -> None:
        if self.source.type != self.result.type:
            raise VerifyException(
                f"TW0144: another address keeps the type, got {self.source.type} and {self.result.type}"
            )


@irdl_op_definition
class SubsetOp(IRDLOperation):
    """A part of a tile: `%s = pto.subset %t[%i, %j] sizes [R, C] : T`; the type of the result follows.

    Newer versions of ptoas write `pto.subview %t[%i, %j] sizes [R, C] : T -> T'`, where the program says how much of
    the part is valid. A tile of fractals is cut between them, and only across its outer dimension.
    """

    name = "pto.subset"

    source = typed_operand(base(TileBufType))
    offsets = typed_operands(IndexType)
    sizes = prop_def(ArrayAttr[IntegerAttr])
    result = result_def(TileBufType)

    traits = traits_def(Pure())

    def __init__(
        self,
        source: SSAValue[TileBufType],
        offsets: Sequence[SSAValue],
        sizes: Sequence[int],
        result_type: Attribute | None = None,
    ) -> None:
        super().__init__(
            operands=[source, offsets],
            properties={"sizes": ArrayAttr(IntegerAttr(size, i64) for size in sizes)},
            result_types=[result_type or subset_type(source.type, offsets, sizes)],
        )

    @property
    def inferred_type(self) -> TileBufType:
        """The type of the part where the program does not give it."""
        return subset_type(self.source.type, self.offsets, shape_of(self.sizes))

    @classmethod
    def parse(cls, parser: Parser) -> SubsetOp:
        source = parser.parse_unresolved_operand()
        offsets = parser.parse_comma_separated_list(parser.Delimiter.SQUARE, parser.parse_unresolved_operand)
        parser.parse_keyword("sizes")
        sizes = parser.parse_comma_separated_list(parser.Delimiter.SQUARE, parser.parse_integer)
        if parser.parse_optional_keyword("valid"):
            fail(
                "TW0013",
                "ptoas 0.27 has no part of a tile whose valid extents are operands",
                help=("write constant extents in the type: pto.subview %t[..] sizes [R, C] : T -> T'",),
            )
        attributes = parser.parse_optional_attr_dict()
        parser.parse_punctuation(":")
        start = parser.pos
        source_type = parser.parse_type()
        if not isinstance(source_type, TileBufType):
            parser.raise_error("expected the type of a tile buffer", start)
        resolved = [parser.resolve_operand(offset, IndexType()) for offset in offsets]
        operand = parser.resolve_operand(source, source_type)
        result_type = parser.parse_type() if parser.parse_optional_punctuation("->") else None
        op = SubsetOp(SSAValue.get(operand, type=TileBufType), resolved, sizes, result_type)
        op.attributes = attributes
        return op

    def print(self, printer: Printer) -> None:
        printer.print_string(" ")
        printer.print_ssa_value(self.source)
        with printer.in_square_brackets():
            printer.print_list(self.offsets, printer.print_ssa_value)
        printer.print_string(" sizes ")
        with printer.in_square_brackets():
            printer.print_list(shape_of(self.sizes), printer.print_int)
        printer.print_op_attributes(self.attributes)
        printer.print_string(" : ")
        printer.print_attribute(self.source.type)
        if self.result.type != self.inferred_type:
            printer.print_string(" -> ")
            printer.print_attribute(self.result.type)

    def verify_(self) -> None:
        sizes = shape_of(self.sizes)
        if len(sizes) != 2:
            raise VerifyException(f"TW0106: a part of a tile has two sizes, got {len(sizes)}")
        expected, result = self.inferred_type, self.result.type
        # Newer versions of ptoas let the program say what is valid.
        if result.extents != expected.extents or subset_type(result, (), sizes) != subset_type(expected, (), sizes):
            raise VerifyException(f"TW0144: the part is a {expected}, not a {result}")
        if self.source.type.slayout.data != "none_box":
            self._check_fractals(sizes)

    def _check_fractals(self, sizes: Sequence[int]) -> None:
        source = self.source.type
        if len(self.offsets) != 2:
            raise VerifyException(f"TW0106: a part of a tile has two offsets, got {len(self.offsets)}")
        starts = [known_value(offset) for offset in self.offsets]
        for axis, (step, size, start) in enumerate(zip(source.box, sizes, starts, strict=True)):
            if not step or size < 1 or size % step or (start is not None and (start < 0 or start % step)):
                raise VerifyException(
                    f"TW0120: a tile of {shape_text(source.box)} fractals is cut between them: "
                    f"{'?' if start is None else start} and {size} in dimension {axis}"
                )
        inner = 1 if source.blayout.data == "row_major" else 0
        if starts[inner] != 0 or sizes[inner] != source.extents[inner]:
            raise VerifyException(
                f"TW0106: a part of a {source.blayout.data} tile of fractals has all {source.extents[inner]} "
                f"of dimension {inner}, got {sizes[inner]}"
            )


def subset_type(source: TileBufType, offsets: Sequence[SSAValue], sizes: Sequence[int]) -> TileBufType:
    """The type of a part as ptoas infers it: a valid part smaller than the tile repeats with its own period."""
    valid = [
        _valid_part(source.valid_extents[axis], offsets[axis] if axis < len(offsets) else None, size)
        for axis, size in enumerate(sizes[:2])
    ]
    parameters = list(source.parameters)
    shaped = TileBufType.of(source.location, source.element_type, sizes, valid)
    parameters[2:4] = shaped.parameters[2:4]
    return TileBufType.new(parameters)


def _valid_part(whole: int, offset: SSAValue | None, size: int) -> int:
    start = None if offset is None else constant_value(offset)
    if whole == DYNAMIC_INDEX or start is None:
        return DYNAMIC_INDEX
    return min(size, whole - start % whole if whole > 0 else 0)


@irdl_op_definition
class SetValidShapeOp(IRDLOperation):
    """Say how much of a tile holds data from here on: `pto.set_validshape %t, %r, %c : T`, with `valid=?x?` in T."""

    name = "pto.set_validshape"

    source = buffer_operand()
    valid_row = typed_operand(IndexType)
    valid_col = typed_operand(IndexType)

    traits = traits_def(MemoryReadEffect(), MemoryWriteEffect())

    assembly_format = "$source `,` $valid_row `,` $valid_col attr-dict `:` type($source)"

    def verify_(self) -> None:
        if isinstance(self.source.type, MemRefType):
            return
        tile = self.source.type
        if tile.valid_extents != (DYNAMIC_INDEX, DYNAMIC_INDEX):
            raise VerifyException(
                f"TW0145: the type of {value_name(self.source)} fixes its valid part, write valid=?x?"
            )
        if not _is_local(self.source):
            raise VerifyException(f"TW0145: {value_name(self.source)} is not allocated in this function")
        for operand, extent in zip((self.valid_row, self.valid_col), tile.extents, strict=True):
            known = known_value(operand)
            if known is not None and not 0 <= known <= extent:
                raise VerifyException(f"TW0145: a valid extent is a number from 0 to {extent}, got {known}")


def _is_local(tile: SSAValue) -> bool:
    """Whether ptoas finds where the function makes the buffer."""
    while isinstance(tile, OpResult) and isinstance(tile.op, AliasOp):
        tile = tile.op.source
    return isinstance(tile, OpResult) and isinstance(tile.op, AllocTileOp | DeclareTileOp | BindTileOp | PointerCastOp)
