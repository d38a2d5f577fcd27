"""The type of a tile buffer, in both of its textual forms."""

from __future__ import annotations

from collections.abc import Sequence

from xdsl.dialects.builtin import DYNAMIC_INDEX, ArrayAttr, FixedBitwidthType, IndexType, IntegerAttr, StringAttr, i64
from xdsl.ir import Attribute, ParametrizedAttribute, TypeAttribute
from xdsl.irdl import irdl_attr_definition
from xdsl.parser import AttrParser
from xdsl.printer import Printer
from xdsl.utils.exceptions import VerifyException

from tilewright.arch.chip import Layout, element_bits, load_chip
from tilewright.dialects.pto.attributes import AddressSpaceAttr
from tilewright.dialects.shapes import shape_attr, shape_of, shape_text
from tilewright.dialects.spaces import Space

_LAYOUT_WORDS = {"blayout": ("row_major", "col_major"), "slayout": ("none_box", "row_major", "col_major")}
_SHORT_DEFAULTS = {"blayout": "row_major", "slayout": "none_box", "fractal": 512, "pad": 0, "compact": 0}


@irdl_attr_definition
class TileBufType(ParametrizedAttribute, TypeAttribute):
    """A buffer for one tile: memory, element type, shape, valid shape, and how its elements are arranged.

    Read in both forms of ptoas 0.27 (`<loc=mat, dtype=i8, …>` and `<mat, 16x128xi8, …>`), printed in the first. As in
    ptoas, a Left tile is row_major on a2a3 whatever was written.
    """

    name = "pto.tile_buf"

    space: AddressSpaceAttr
    element_type: Attribute
    shape: ArrayAttr[IntegerAttr]
    valid: ArrayAttr[IntegerAttr]
    blayout: StringAttr
    slayout: StringAttr
    fractal: IntegerAttr
    pad: IntegerAttr
    compact: IntegerAttr

    @classmethod
    def of(
        cls,
        space: Space,
        element_type: Attribute,
        shape: Sequence[int],
        valid: Sequence[int] | None = None,
        layout: Layout | None = None,
        pad: int = 0,
        compact: int = 0,
    ) -> TileBufType:
        """The type in the canonical layout of its space, unless `layout` says otherwise."""
        layout = layout or load_chip().layouts[space]
        return TileBufType.new(
            [
                AddressSpaceAttr.of(space),
                element_type,
                shape_attr(shape),
                shape_attr(shape if valid is None else valid),
                StringAttr(layout.blayout),
                StringAttr(layout.slayout),
                IntegerAttr(layout.fractal_bytes, i64),
                IntegerAttr(pad, i64),
                IntegerAttr(compact, i64),
            ]
        )

    @property
    def location(self) -> Space:
        """The memory that the buffer sits in."""
        return Space(self.space.data)

    @property
    def extents(self) -> tuple[int, int]:
        """Rows and columns of the buffer."""
        rows, columns = shape_of(self.shape)
        return rows, columns

    @property
    def valid_extents(self) -> tuple[int, int]:
        """Rows and columns that hold data; `DYNAMIC_INDEX` for `?`."""
        rows, columns = shape_of(self.valid)
        return rows, columns

    @property
    def size_bytes(self) -> int:
        """Bytes that the buffer is charged in its space, row steps of Acc included."""
        return load_chip().tile_bytes(self.location, str(self.element_type), *self.extents)

    @property
    def box(self) -> tuple[int, int]:
        """Rows and columns of one fractal; (1, 1) for a tile without boxes."""
        if self.slayout.data == "none_box":
            return (1, 1)
        fractal = load_chip().fractal
        bits = element_bits(str(self.element_type))
        inner = self.fractal.value.data * 8 // bits // fractal.rows
        return (fractal.rows, inner) if self.slayout.data == "row_major" else (inner, fractal.rows)

    @classmethod
    def parse_parameters(cls, parser: AttrParser) -> Sequence[Attribute]:
        with parser.in_angle_brackets():
            if parser.parse_optional_keyword("loc"):
                return _parse_legacy(parser)
            return _parse_short(parser)

    def print_parameters(self, printer: Printer) -> None:
        rows, columns = self.extents
        valid_rows, valid_columns = (_dimension_text(extent) for extent in self.valid_extents)
        with printer.in_angle_brackets():
            printer.print_string(f"loc={self.location}, dtype=")
            printer.print_attribute(self.element_type)
            printer.print_string(
                f", rows={rows}, cols={columns}, v_row={valid_rows}, v_col={valid_columns}, "
                f"blayout={self.blayout.data}, slayout={self.slayout.data}, "
                f"fractal={self.fractal.value.data}, pad={self.pad.value.data}"
            )
            if self.compact.value.data:
                printer.print_string(f", compact={self.compact.value.data}")

    def verify(self) -> None:
        shape, valid = shape_of(self.shape), shape_of(self.valid)
        if len(shape) != 2 or len(valid) != 2 or min(shape) < 0:
            raise VerifyException("TW0103: a tile buffer has two static dimensions")
        if any(extent < 0 for extent in valid if extent != DYNAMIC_INDEX):
            raise VerifyException(f"TW0104: the valid part {shape_text(valid)} has negative extents")
        if not isinstance(self.element_type, FixedBitwidthType | IndexType):
            raise VerifyException(f"TW0108: a tile buffer holds numbers, {self.element_type} is none")
        for name, attr, most in (("pad", self.pad, 3), ("compact", self.compact, 2)):
            if not 0 <= attr.value.data <= most:
                raise VerifyException(f"TW0115: {name} is a number from 0 to {most}, got {attr.value.data}")


def _dimension_text(extent: int) -> str:
    return "?" if extent == DYNAMIC_INDEX else str(extent)


def keyed_integer(parser: AttrParser, key: str) -> int:
    """`count=3` for the key `count`."""
    parser.parse_keyword(key)
    parser.parse_punctuation("=")
    return parser.parse_integer(allow_boolean=False)


def _valid_extent(parser: AttrParser) -> int:
    """An integer, or `?` or -1 for an extent known at run time."""
    if parser.parse_optional_punctuation("?"):
        return DYNAMIC_INDEX
    extent = parser.parse_integer(allow_boolean=False)
    return DYNAMIC_INDEX if extent == -1 else extent


def _layout_word(parser: AttrParser, key: str) -> str:
    start = parser.pos
    word = parser.parse_identifier()
    if word not in _LAYOUT_WORDS[key]:
        parser.raise_error(f"expected {key} to be one of {', '.join(_LAYOUT_WORDS[key])}, got {word}", start)
    return word


def _space(parser: AttrParser) -> Space:
    name = parser.parse_optional_str_literal()
    if name is None:
        return parser.parse_str_enum(Space)
    if name not in set(Space):
        parser.raise_error(f"unknown loc: {name}")
    return Space(name)


def _parameters(
    space: Space,
    element_type: Attribute,
    shape: Sequence[int],
    valid: Sequence[int],
    keys: dict[str, str | int],
) -> Sequence[Attribute]:
    # ptoas rewrites Left to the layout of the target, whatever was written.
    blayout = load_chip().layouts["left"].blayout if space is Space.LEFT else keys["blayout"]
    return (
        AddressSpaceAttr.of(space),
        element_type,
        shape_attr(shape),
        shape_attr(valid),
        StringAttr(str(blayout)),
        StringAttr(str(keys["slayout"])),
        *(IntegerAttr(int(keys[key]), i64) for key in ("fractal", "pad", "compact")),
    )


def _parse_legacy(parser: AttrParser) -> Sequence[Attribute]:
    """`loc=mat, dtype=i8, rows=…` in their fixed order; only `compact` is optional."""
    parser.parse_punctuation("=")
    space = _space(parser)

    def key(name: str) -> None:
        parser.parse_punctuation(",")
        parser.parse_keyword(name)
        parser.parse_punctuation("=")

    key("dtype")
    element_type = parser.parse_type()
    shape: list[int] = []
    for name in ("rows", "cols"):
        key(name)
        shape.append(parser.parse_integer(allow_boolean=False))
    valid: list[int] = []
    for name in ("v_row", "v_col"):
        key(name)
        valid.append(_valid_extent(parser))
    keys: dict[str, str | int] = {"compact": 0}
    for name in ("blayout", "slayout"):
        key(name)
        keys[name] = _layout_word(parser, name)
    for name in ("fractal", "pad"):
        key(name)
        keys[name] = parser.parse_integer(allow_boolean=False)
    if parser.parse_optional_punctuation(","):
        keys["compact"] = keyed_integer(parser, "compact")
    return _parameters(space, element_type, shape, valid, keys)


def _parse_short(parser: AttrParser) -> Sequence[Attribute]:
    """`mat, 16x128xi8, valid=16x?, blayout=…`: keys in any order, each at most once."""
    space = _space(parser)
    parser.parse_punctuation(",")
    shape, element_type = parser.parse_ranked_shape()
    valid: Sequence[int] = shape
    keys: dict[str, str | int] = dict(_SHORT_DEFAULTS)
    seen: set[str] = set()
    while parser.parse_optional_punctuation(","):
        name = parser.parse_identifier("key of a tile_buf")
        if name in seen or name not in {"valid", *keys}:
            parser.raise_error(f"unexpected key '{name}' of a tile_buf")
        seen.add(name)
        parser.parse_punctuation("=")
        if name == "valid":
            valid = parser.parse_dimension_list()
        elif name in ("blayout", "slayout"):
            keys[name] = _layout_word(parser, name)
        else:
            keys[name] = parser.parse_integer(allow_boolean=False)
    return _parameters(space, element_type, shape, valid, keys)
