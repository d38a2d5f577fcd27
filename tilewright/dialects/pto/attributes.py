"""Attributes of the `pto` dialect, spelled as ptoas spells them: `#pto.pipe<PIPE_V>`, in brackets `<PIPE_V>`."""

from __future__ import annotations

from abc import ABC
from typing import ClassVar, TypeVar, cast

from xdsl.dialects.utils import EnumAttribute
from xdsl.ir import Data
from xdsl.irdl import irdl_attr_definition
from xdsl.parser import AttrParser
from xdsl.printer import Printer
from xdsl.utils.str_enum import StrEnum

from tilewright.arch.chip import Pipe
from tilewright.dialects.spaces import Space


class Event(StrEnum):
    """The event ids of one pipe pair."""

    ID0 = "EVENT_ID0"
    ID1 = "EVENT_ID1"
    ID2 = "EVENT_ID2"
    ID3 = "EVENT_ID3"
    ID4 = "EVENT_ID4"
    ID5 = "EVENT_ID5"
    ID6 = "EVENT_ID6"
    ID7 = "EVENT_ID7"


class GmLayout(StrEnum):
    """How a view lies in global memory."""

    ND = "nd"
    DN = "dn"
    NZ = "nz"


class KernelKind(StrEnum):
    """The core that a function runs on."""

    CUBE = "cube"
    VECTOR = "vector"


_Member = TypeVar("_Member", bound=StrEnum)


class BracketedEnum(Data[_Member], ABC):
    """Prints the value in angle brackets, which is what ptoas reads both after `#pto.pipe` and in op brackets."""

    enum_type: ClassVar[type[StrEnum]]  # set by `EnumAttribute`

    def print_parameter(self, printer: Printer) -> None:
        with printer.in_angle_brackets():
            printer.print_string(self.data.value)

    @classmethod
    def parse_parameter(cls, parser: AttrParser) -> _Member:
        with parser.in_angle_brackets():
            return cast(_Member, parser.parse_str_enum(cls.enum_type))


@irdl_attr_definition
class AddressSpaceAttr(BracketedEnum[Space], EnumAttribute[Space]):
    """The memory of a tile buffer: `#pto.address_space<mat>`."""

    name = "pto.address_space"


@irdl_attr_definition
class PipeAttr(BracketedEnum[Pipe], EnumAttribute[Pipe]):
    """A queue of instructions: `#pto.pipe<PIPE_MTE2>`."""

    name = "pto.pipe"


@irdl_attr_definition
class EventAttr(BracketedEnum[Event], EnumAttribute[Event]):
    """An event id between two pipes: `#pto.event<EVENT_ID0>`."""

    name = "pto.event"


@irdl_attr_definition
class LayoutAttr(BracketedEnum[GmLayout], EnumAttribute[GmLayout]):
    """How a view lies in global memory: `#pto.layout<nd>`."""

    name = "pto.layout"


@irdl_attr_definition
class KernelKindAttr(BracketedEnum[KernelKind], EnumAttribute[KernelKind]):
    """The core that a function runs on: `#pto.kernel_kind<cube>`."""

    name = "pto.kernel_kind"
