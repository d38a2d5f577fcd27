"""Ops of the `pto` dialect that ptoas makes while it lowers tile buffers to memrefs; nobody else writes them."""

from __future__ import annotations

from collections.abc import Sequence

from xdsl.dialects.builtin import IndexType, IntegerAttr, MemRefType, i32, i64
from xdsl.dialects.utils import EnumAttribute
from xdsl.ir import Attribute, ParametrizedAttribute
from xdsl.irdl import (
    AttrSizedOperandSegments,
    IRDLOperation,
    ParsePropInAttrDict,
    base,
    irdl_attr_definition,
    irdl_op_definition,
    opt_prop_def,
    prop_def,
    result_def,
    traits_def,
)
from xdsl.parser import AttrParser
from xdsl.printer import Printer
from xdsl.traits import MemoryAllocEffect, Pure
from xdsl.utils.exceptions import VerifyException
from xdsl.utils.str_enum import StrEnum

from tilewright.dialects.fields import typed_operand, typed_operands, typed_opt_operand
from tilewright.dialects.pto.attributes import BracketedEnum


class BLayout(StrEnum):
    """The order of the fractals, or of the elements where there are none."""

    ROW = "row_major"
    COLUMN = "col_major"


class SLayout(StrEnum):
    """The order within a fractal."""

    NONE = "none_box"
    ROW = "row_major"
    COLUMN = "col_major"


class PadValue(StrEnum):
    """What fills the part of a tile that holds no data."""

    NULL = "null"
    ZERO = "zero"
    MAX = "max"
    MIN = "min"


class CompactMode(StrEnum):
    """How rows are packed."""

    NULL = "null"
    NORMAL = "normal"
    ROW_PLUS_ONE = "row_plus_one"


@irdl_attr_definition
class BLayoutAttr(BracketedEnum[BLayout], EnumAttribute[BLayout]):
    """`#pto.blayout<row_major>`."""

    name = "pto.blayout"


@irdl_attr_definition
class SLayoutAttr(BracketedEnum[SLayout], EnumAttribute[SLayout]):
    """`#pto.slayout<none_box>`."""

    name = "pto.slayout"


@irdl_attr_definition
class PadValueAttr(BracketedEnum[PadValue], EnumAttribute[PadValue]):
    """`#pto.pad_value<null>`."""

    name = "pto.pad_value"


@irdl_attr_definition
class CompactModeAttr(BracketedEnum[CompactMode], EnumAttribute[CompactMode]):
    """`#pto.compact_mode<null>`."""

    name = "pto.compact_mode"


_KINDS: dict[str, type[BLayoutAttr | SLayoutAttr | PadValueAttr | CompactModeAttr]] = {
    "blayout": BLayoutAttr,
    "slayout": SLayoutAttr,
    "pad": PadValueAttr,
    "compact": CompactModeAttr,
}


@irdl_attr_definition
class TileBufConfigAttr(ParametrizedAttribute):
    """How a tile is arranged: `#pto.tile_buf_config<blayout=#pto.blayout<row_major>, …>`; the rest is default."""

    name = "pto.tile_buf_config"

    blayout: BLayoutAttr
    slayout: SLayoutAttr
    fractal: IntegerAttr
    pad: PadValueAttr
    compact: CompactModeAttr

    @classmethod
    def parse_parameters(cls, parser: AttrParser) -> Sequence[Attribute]:
        found: dict[str, Attribute] = {
            "blayout": BLayoutAttr(BLayout.ROW),
            "slayout": SLayoutAttr(SLayout.NONE),
            "s_fractal_size": IntegerAttr(512, i32),
            "pad": PadValueAttr(PadValue.NULL),
            "compact": CompactModeAttr(CompactMode.NULL),
        }

        def entry() -> None:
            start = parser.pos
            key = parser.parse_identifier("key of a tile_buf_config")
            if key not in found:
                parser.raise_error(f"unexpected key '{key}' of a tile_buf_config", start)
            parser.parse_punctuation("=")
            if key == "s_fractal_size":
                found[key] = IntegerAttr(parser.parse_integer(allow_boolean=False), i32)
                return
            kind, value = _KINDS[key], parser.parse_attribute()
            if isinstance(value, IntegerAttr):
                members = list(kind.enum_type)
                number = value.value.data
                if not 0 <= number < len(members):
                    parser.raise_error(f"{key} is a number from 0 to {len(members) - 1}, got {number}", start)
                value = kind.new(members[number])
            found[key] = value

        parser.parse_comma_separated_list(parser.Delimiter.ANGLE, entry)
        return tuple(found.values())

    def print_parameters(self, printer: Printer) -> None:
        with printer.in_angle_brackets():
            printer.print_string("blayout=")
            printer.print_attribute(self.blayout)
            printer.print_string(", slayout=")
            printer.print_attribute(self.slayout)
            printer.print_string(f", s_fractal_size={self.fractal.value.data}, pad=")
            printer.print_attribute(self.pad)
            printer.print_string(", compact=")
            printer.print_attribute(self.compact)

    def verify(self) -> None:
        size = self.fractal.value.data
        if size not in (16, 32, 512, 1024):
            raise VerifyException(f"TW0115: s_fractal_size is 16, 32, 512 or 1024, got {size}")


@irdl_op_definition
class BindTileOp(IRDLOperation):
    """Say how a memref is arranged: `%t = pto.bind_tile %m[, %r, %c] {config = ..} : M -> M'`."""

    name = "pto.bind_tile"

    source = typed_operand(base(MemRefType))
    valid_row = typed_opt_operand(IndexType)
    valid_col = typed_opt_operand(IndexType)
    config = prop_def(TileBufConfigAttr)
    result = result_def(base(MemRefType))

    irdl_options = (AttrSizedOperandSegments(as_property=True), ParsePropInAttrDict())
    traits = traits_def(Pure())

    assembly_format = "$source (`,` $valid_row^ `,` $valid_col)? attr-dict `:` type($source) `->` type($result)"


@irdl_op_definition
class PointerCastOp(IRDLOperation):
    """A memref at an address: `%m = pto.pointer_cast(%a) %r, %c {..} : M`."""

    name = "pto.pointer_cast"

    addresses = typed_operands(i64)
    valid_row = typed_opt_operand(IndexType)
    valid_col = typed_opt_operand(IndexType)
    config = opt_prop_def(TileBufConfigAttr)
    result = result_def(base(MemRefType))

    irdl_options = (AttrSizedOperandSegments(as_property=True), ParsePropInAttrDict())
    traits = traits_def(MemoryAllocEffect())

    assembly_format = "`(` $addresses `)` ($valid_row^ `,` $valid_col)? attr-dict `:` type($result)"


@irdl_op_definition
class DeclareTileMemRefOp(IRDLOperation):
    """A memref that a pipe fills in: `%m = pto.declare_tile_memref -> M`."""

    name = "pto.declare_tile_memref"

    result = result_def(base(MemRefType))

    traits = traits_def(Pure())

    assembly_format = "attr-dict `->` type($result)"
