"""Types of the `tile` dialect: tensors in global memory, tiles (values), rings of tile buffers."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Self, TypeAlias

from xdsl.dialects.builtin import (
    DYNAMIC_INDEX,
    ArrayAttr,
    BFloat16Type,
    Float16Type,
    Float32Type,
    IntegerAttr,
    IntegerType,
    NoneAttr,
    i64,
)
from xdsl.dialects.utils import EnumAttribute
from xdsl.ir import (
    Attribute,
    ParametrizedAttribute,
    SpacedOpaqueSyntaxAttribute,
    TypeAttribute,
)
from xdsl.irdl import irdl_attr_definition
from xdsl.parser import AttrParser
from xdsl.printer import Printer
from xdsl.utils.exceptions import VerifyException

from tilewright.dialects.shapes import (
    RankedType,
    ShapeAttr,
    check_element_type,
    is_static,
    parse_dimensions,
    print_ranked,
    shape_attr,
    shape_of,
    shape_text,
)
from tilewright.dialects.spaces import Space

ElementType: TypeAlias = IntegerType | BFloat16Type | Float16Type | Float32Type
"""Element types that a2a3 can store in a tile."""


@irdl_attr_definition
class SpaceAttr(EnumAttribute[Space], SpacedOpaqueSyntaxAttribute):
    """The memory that a placed tile sits in."""

    name = "tile.space"


@irdl_attr_definition
class TensorType(RankedType):
    """A row-major tensor in global memory: `!tile.tensor<16x5120xi8>`; a dimension may be `?`."""

    name = "tile.tensor"

    def verify(self) -> None:
        if not self.extents:
            raise VerifyException("TW0102: a tensor has at least one dimension")
        if any(extent < 1 for extent in self.extents if extent != DYNAMIC_INDEX):
            raise VerifyException(f"TW0102: tensor dimensions are positive, got {shape_text(self.extents)}")
        check_element_type(self.element_type)


@irdl_attr_definition
class TileType(ParametrizedAttribute, TypeAttribute):
    """A tile: a two-dimensional value of static shape.

    `!tile.tile<16x512xi8>` has no place yet; `!tile.tile<16x512xi8, mat>` sits in Mat; `valid = 5x512` says which
    leading part holds data (all of it when absent), `?` where only the running program knows.
    """

    name = "tile.tile"

    shape: ArrayAttr[IntegerAttr]
    element_type: ElementType
    space: SpaceAttr | NoneAttr
    valid: ArrayAttr[IntegerAttr]

    @classmethod
    def of(
        cls,
        shape: Sequence[int],
        element_type: Attribute,
        space: Space | None = None,
        valid: Sequence[int] | None = None,
    ) -> TileType:
        """The type of a tile of this shape; `valid` defaults to the shape."""
        return _interned(tuple(shape), element_type, space, tuple(shape if valid is None else valid))

    @property
    def extents(self) -> tuple[int, int]:
        """Rows and columns of the buffer."""
        rows, columns = self.shape.data  # asked for all the time: without `shape_of` it takes half as long
        return rows.value.data, columns.value.data

    @property
    def valid_extents(self) -> tuple[int, int]:
        """Rows and columns that hold data, `DYNAMIC_INDEX` for `?`."""
        rows, columns = self.valid.data
        return rows.value.data, columns.value.data

    @property
    def is_valid_static(self) -> bool:
        """Whether rows and columns that hold data are known before the program runs."""
        return is_static(self.valid_extents)

    @property
    def placement(self) -> Space | None:
        """The memory that the tile sits in, None while it has no place."""
        return self.space.data if isinstance(self.space, SpaceAttr) else None

    def placed(self, space: Space | None) -> TileType:
        """The same tile in another memory."""
        return TileType.of(self.extents, self.element_type, space, self.valid_extents)

    @classmethod
    def parse_parameters(cls, parser: AttrParser) -> Sequence[Attribute]:
        space: SpaceAttr | None = None
        valid: Sequence[int] | None = None
        with parser.in_angle_brackets():
            dimensions, element_type = parser.parse_ranked_shape()
            while parser.parse_optional_punctuation(","):
                if valid is None and parser.parse_optional_keyword("valid"):
                    parser.parse_punctuation("=")
                    valid = parse_dimensions(parser)
                elif space is None:
                    space = SpaceAttr(parser.parse_str_enum(Space))
                else:
                    parser.raise_error("a tile has one space and one valid part")
        return (shape_attr(dimensions), element_type, space or NoneAttr(), shape_attr(valid or dimensions))

    def print_parameters(self, printer: Printer) -> None:
        with printer.in_angle_brackets():
            print_ranked(printer, shape_of(self.shape))
            printer.print_attribute(self.element_type)
            if isinstance(self.space, SpaceAttr):
                printer.print_string(f", {self.space.data}")
            if self.valid != self.shape:
                printer.print_string(f", valid = {shape_text(shape_of(self.valid))}")

    def verify(self) -> None:
        shape, valid = shape_of(self.shape), shape_of(self.valid)
        if len(shape) != 2:
            raise VerifyException(f"TW0103: a tile has two dimensions, got {shape_text(shape) or 'none'}")
        if not is_static(shape) or min(shape) < 1:
            raise VerifyException(f"TW0103: tile dimensions are static and positive, got {shape_text(shape)}")
        inside = (part == DYNAMIC_INDEX or 1 <= part <= whole for part, whole in zip(valid, shape, strict=False))
        if len(valid) != 2 or not all(inside):
            raise VerifyException(
                f"TW0104: the valid part {shape_text(valid)} does not lie within the tile {shape_text(shape)}"
            )
        check_element_type(self.element_type)


@lru_cache(maxsize=4096)  # a program has few types and asks for them all the time
def _interned(shape: tuple[int, ...], element_type: Attribute, space: Space | None, valid: tuple[int, ...]) -> TileType:
    place = NoneAttr() if space is None else SpaceAttr(space)
    return TileType.new([shape_attr(shape), element_type, place, shape_attr(valid)])


@irdl_attr_definition
class RingType(ParametrizedAttribute, TypeAttribute):
    """`count` buffers for tiles of one placed type, used in turn: `!tile.ring<3 x !tile.tile<128x256xi8, mat>>`."""

    name = "tile.ring"

    count: IntegerAttr
    tile: TileType

    @classmethod
    def of(cls, count: int, tile: TileType) -> Self:
        """A ring of `count` buffers for `tile`."""
        return cls.new([IntegerAttr(count, i64), tile])

    @property
    def slots(self) -> int:
        """The number of buffers."""
        return self.count.value.data

    @classmethod
    def parse_parameters(cls, parser: AttrParser) -> Sequence[Attribute]:
        with parser.in_angle_brackets():
            count = parser.parse_integer(allow_boolean=False, allow_negative=False)
            parser.parse_keyword("x")
            tile = parser.parse_type()
        return (IntegerAttr(count, i64), tile)

    def print_parameters(self, printer: Printer) -> None:
        with printer.in_angle_brackets():
            printer.print_string(f"{self.slots} x ")
            printer.print_attribute(self.tile)

    def verify(self) -> None:
        if self.slots < 1:
            raise VerifyException("TW0105: a ring has at least one slot")
        if self.tile.placement is None:
            raise VerifyException("TW0105: the tiles of a ring have a space")


__all__ = ["ElementType", "RingType", "ShapeAttr", "SpaceAttr", "TensorType", "TileType"]
