"""Shapes in type parameters: `16x512`, `?x5120`, stored as an array of 64-bit integers so that MLIR can read them."""

from __future__ import annotations

from abc import ABC
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Self, TypeAlias

from xdsl.dialects.builtin import DYNAMIC_INDEX, ArrayAttr, IntegerAttr, i64
from xdsl.ir import Attribute, ParametrizedAttribute, TypeAttribute
from xdsl.parser import AttrParser
from xdsl.printer import Printer
from xdsl.utils.exceptions import VerifyException

from tilewright.arch.chip import ELEMENT_BITS

ShapeAttr: TypeAlias = ArrayAttr[IntegerAttr]


def shape_attr(dimensions: Sequence[int] | ShapeAttr) -> ShapeAttr:
    """The parameter form of a shape; `DYNAMIC_INDEX` stands for `?`."""
    if isinstance(dimensions, ArrayAttr):
        return dimensions
    return _interned(tuple(dimensions))


@lru_cache(maxsize=4096)  # a program has few shapes and asks for them all the time
def _interned(dimensions: tuple[int, ...]) -> ShapeAttr:
    return ArrayAttr(IntegerAttr(dimension, i64) for dimension in dimensions)


def shape_of(attr: ShapeAttr) -> tuple[int, ...]:
    """The dimensions as integers, `DYNAMIC_INDEX` for `?`."""
    return tuple([dimension.value.data for dimension in attr.data])  # asked for all the time: a list is fastest


def is_static(dimensions: Sequence[int]) -> bool:
    """Whether no dimension is `?`."""
    return DYNAMIC_INDEX not in dimensions


def shape_text(dimensions: Sequence[int]) -> str:
    """`16x512`, with `?` for a dynamic dimension."""
    return "x".join("?" if extent == DYNAMIC_INDEX else str(extent) for extent in dimensions)


def parse_dimensions(parser: AttrParser) -> tuple[int, ...]:
    """Parse `5x512` where no element type follows."""
    return tuple(parser.parse_dimension_list())


def check_element_type(element_type: Attribute) -> None:
    """Raise unless the chip can store elements of this type."""
    if str(element_type) not in ELEMENT_BITS:
        raise VerifyException(
            f"TW0108: {element_type} is no element type of this chip; there are {', '.join(ELEMENT_BITS)}"
        )


def print_ranked(printer: Printer, dimensions: Sequence[int]) -> None:
    """Print `16x512x`, ready for the element type; nothing without dimensions."""
    if dimensions:
        printer.print_string(f"{shape_text(dimensions)}x")


# xDSL compares the fields that dataclasses know, and makes dataclasses of final types only: without this decorator all
# types of a subclass would be equal.
@dataclass(frozen=True, init=False)
class RankedType(ParametrizedAttribute, TypeAttribute, ABC):
    """Shape and element type of something in global memory; a dimension may be `?`."""

    shape: ArrayAttr[IntegerAttr]
    element_type: Attribute

    @classmethod
    def of(cls, shape: Sequence[int], element_type: Attribute) -> Self:
        """The type for these extents, `DYNAMIC_INDEX` for `?`."""
        return cls.new([shape_attr(shape), element_type])

    @property
    def extents(self) -> tuple[int, ...]:
        """The dimensions, `DYNAMIC_INDEX` for `?`."""
        return shape_of(self.shape)

    @classmethod
    def parse_parameters(cls, parser: AttrParser) -> Sequence[Attribute]:
        with parser.in_angle_brackets():
            dimensions, element_type = parser.parse_ranked_shape()
        return (shape_attr(dimensions), element_type)

    def print_parameters(self, printer: Printer) -> None:
        with printer.in_angle_brackets():
            print_ranked(printer, self.extents)
            printer.print_attribute(self.element_type)
