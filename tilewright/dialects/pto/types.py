"""Types of the `pto` dialect: pointers and views of global memory, tile buffers."""

from __future__ import annotations

from abc import ABC
from collections.abc import Sequence
from typing import Self

from xdsl.dialects.builtin import IntegerAttr, i64
from xdsl.ir import Attribute, ParametrizedAttribute, TypeAttribute
from xdsl.irdl import irdl_attr_definition
from xdsl.parser import AttrParser
from xdsl.printer import Printer
from xdsl.utils.exceptions import VerifyException

from tilewright.arch.chip import load_chip
from tilewright.dialects.pto.tile_buf import TileBufType, keyed_integer
from tilewright.dialects.shapes import RankedType


@irdl_attr_definition
class PtrType(ParametrizedAttribute, TypeAttribute):
    """A pointer into global memory: `!pto.ptr<i8>`."""

    name = "pto.ptr"

    element_type: Attribute

    @classmethod
    def parse_parameters(cls, parser: AttrParser) -> Sequence[Attribute]:
        with parser.in_angle_brackets():
            return (parser.parse_type(),)

    def print_parameters(self, printer: Printer) -> None:
        with printer.in_angle_brackets():
            printer.print_attribute(self.element_type)


class ViewType(RankedType, ABC):
    """A part of global memory."""


@irdl_attr_definition
class TensorViewType(ViewType):
    """A tensor in global memory: `!pto.tensor_view<?x?xi8>`."""

    name = "pto.tensor_view"


@irdl_attr_definition
class PartitionViewType(ViewType):
    """A window of a tensor: `!pto.partition_tensor_view<16x128xi8>`."""

    name = "pto.partition_tensor_view"


@irdl_attr_definition
class MultiTileBufType(ParametrizedAttribute, TypeAttribute):
    """`count` equal buffers that are used in turn: `!pto.multi_tile_buf<!pto.tile_buf<…>, count=3>`."""

    name = "pto.multi_tile_buf"

    tile: TileBufType
    count: IntegerAttr

    @classmethod
    def of(cls, tile: TileBufType, count: int) -> Self:
        """`count` buffers of type `tile`."""
        return cls.new([tile, IntegerAttr(count, i64)])

    @property
    def slots(self) -> int:
        """The number of buffers."""
        return self.count.value.data

    @property
    def slot_bytes(self) -> int:
        """Distance of two neighbouring slots: the size of one, rounded up to the alignment of the space."""
        alignment = load_chip().space(self.tile.location).alignment_bytes
        return -(-self.tile.size_bytes // alignment) * alignment

    @classmethod
    def parse_parameters(cls, parser: AttrParser) -> Sequence[Attribute]:
        with parser.in_angle_brackets():
            tile = parser.parse_type()
            parser.parse_punctuation(",")
            count = keyed_integer(parser, "count")
        return (tile, IntegerAttr(count, i64))

    def print_parameters(self, printer: Printer) -> None:
        with printer.in_angle_brackets():
            printer.print_attribute(self.tile)
            printer.print_string(f", count={self.slots}")

    def verify(self) -> None:
        if self.slots < 1:
            raise VerifyException("TW0105: a multi-tile buffer has at least one slot")


@irdl_attr_definition
class PipeType(ParametrizedAttribute, TypeAttribute):
    """A pipe between the cores: `!pto.pipe`."""

    name = "pto.pipe"


@irdl_attr_definition
class EventIdArrayType(ParametrizedAttribute, TypeAttribute):
    """Event ids that the program chooses when it runs: `!pto.eventid_array<4>`."""

    name = "pto.eventid_array"

    size: IntegerAttr

    @classmethod
    def parse_parameters(cls, parser: AttrParser) -> Sequence[Attribute]:
        with parser.in_angle_brackets():
            return (IntegerAttr(parser.parse_integer(allow_boolean=False), i64),)

    def print_parameters(self, printer: Printer) -> None:
        with printer.in_angle_brackets():
            printer.print_int(self.size.value.data)


@irdl_attr_definition
class AsyncSessionType(ParametrizedAttribute, TypeAttribute):
    """A session of transfers between chips: `!pto.async_session`."""

    name = "pto.async_session"


@irdl_attr_definition
class AsyncEventType(ParametrizedAttribute, TypeAttribute):
    """The end of a transfer between chips: `!pto.async_event`."""

    name = "pto.async_event"
