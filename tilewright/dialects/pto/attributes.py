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


class AddressSpace(StrEnum):
    """Where a memref lies: one of the on-chip memories, or global memory."""

    ZERO = "zero"
    GM = "gm"
    MAT = "mat"
    LEFT = "left"
    RIGHT = "right"
    ACC = "acc"
    VEC = "vec"
    BIAS = "bias"
    SCALING = "scaling"


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
        # Where an op has only this attribute, it may still be written in full.
        if isinstance(whole := parser.parse_optional_attribute(), cls):
            return whole.data
        with parser.in_angle_brackets():
            return cast(_Member, parser.parse_str_enum(cls.enum_type))


@irdl_attr_definition
class AddressSpaceAttr(BracketedEnum[AddressSpace], EnumAttribute[AddressSpace]):
    """The memory of a tile buffer or of a memref: `#pto.address_space<mat>`."""

    name = "pto.address_space"

    @classmethod
    def of(cls, space: Space) -> AddressSpaceAttr:
        """The attribute for an on-chip memory."""
        return cls(AddressSpace(space))


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


class SyncPoint(StrEnum):
    """What kind of instruction an event is recorded after or awaited before; each stands for a pipe."""

    TLOAD = "TLOAD"
    TSTORE_ACC = "TSTORE_ACC"
    TSTORE_VEC = "TSTORE_VEC"
    TMOV_M2L = "TMOV_M2L"
    TMOV_M2S = "TMOV_M2S"
    TMOV_M2B = "TMOV_M2B"
    TMOV_M2V = "TMOV_M2V"
    TMOV_V2M = "TMOV_V2M"
    TMATMUL = "TMATMUL"
    TVEC = "TVEC"
    TVECWAIT = "TVECWAIT_EVENT"

    @property
    def pipe(self) -> Pipe:
        """The pipe that ptoas takes for it."""
        return _SYNC_PIPES.get(self, Pipe.V)


_SYNC_PIPES = {
    SyncPoint.TLOAD: Pipe.MTE2,
    SyncPoint.TSTORE_VEC: Pipe.MTE3,
    SyncPoint.TSTORE_ACC: Pipe.FIX,
    SyncPoint.TMOV_M2L: Pipe.MTE1,
    SyncPoint.TMOV_M2B: Pipe.MTE1,
    SyncPoint.TMOV_M2S: Pipe.FIX,
    SyncPoint.TMOV_V2M: Pipe.FIX,
    SyncPoint.TMATMUL: Pipe.M,
}


@irdl_attr_definition
class PipeEventTypeAttr(BracketedEnum[SyncPoint], EnumAttribute[SyncPoint]):
    """An end of an event: `#pto.pipe_event_type<TLOAD>`."""

    name = "pto.pipe_event_type"


@irdl_attr_definition
class SyncOpTypeAttr(BracketedEnum[SyncPoint], EnumAttribute[SyncPoint]):
    """The older name of `#pto.pipe_event_type`: `#pto.sync_op_type<TLOAD>`."""

    name = "pto.sync_op_type"
