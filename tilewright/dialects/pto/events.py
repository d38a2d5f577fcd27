"""Ops of the `pto` dialect that order instructions by their kind, and event ids that the program chooses itself."""

from __future__ import annotations

from abc import ABC

from xdsl.dialects.builtin import IndexType, IntegerAttr, i32
from xdsl.irdl import (
    IRDLOperation,
    ParsePropInAttrDict,
    base,
    irdl_op_definition,
    prop_def,
    result_def,
    traits_def,
)
from xdsl.traits import MemoryAllocEffect, MemoryReadEffect, MemoryWriteEffect
from xdsl.utils.exceptions import VerifyException

from tilewright.dialects.fields import typed_operand, typed_operands
from tilewright.dialects.pto.attributes import EventAttr, PipeEventTypeAttr, SyncOpTypeAttr
from tilewright.dialects.pto.operands import BUFFER, WINDOW
from tilewright.dialects.pto.types import EventIdArrayType

POINT = base(PipeEventTypeAttr) | base(SyncOpTypeAttr)


class EventOp(IRDLOperation, ABC):
    """An event from one kind of instruction to another; ptoas makes a flag of it."""

    src_op = prop_def(POINT)
    dst_op = prop_def(POINT)
    event_id = prop_def(EventAttr)

    traits = traits_def(MemoryReadEffect(), MemoryWriteEffect())

    assembly_format = "`[` $src_op `,` $dst_op `,` $event_id `]` attr-dict"


@irdl_op_definition
class RecordEventOp(EventOp):
    """Raise a flag: `pto.record_event[#pto.pipe_event_type<TLOAD>, #pto.pipe_event_type<TVEC>, <EVENT_ID0>]`."""

    name = "pto.record_event"


@irdl_op_definition
class WaitEventOp(EventOp):
    """Wait for a flag: `pto.wait_event[#pto.pipe_event_type<TLOAD>, #pto.pipe_event_type<TVEC>, <EVENT_ID0>]`."""

    name = "pto.wait_event"


@irdl_op_definition
class BarrierSyncOp(IRDLOperation):
    """`pto.barrier_sync[<TVEC>]`: a barrier in the pipe of these instructions."""

    name = "pto.barrier_sync"

    op_type = prop_def(SyncOpTypeAttr)

    traits = traits_def(MemoryReadEffect(), MemoryWriteEffect())

    assembly_format = "`[` $op_type `]` attr-dict"


class BufferIdOp(IRDLOperation, ABC):
    """An ordering by the number of a buffer (A5; ptoas takes it for a2a3, too)."""

    op_type = prop_def(POINT)
    buf_id = prop_def(IntegerAttr.constr(type=i32))
    mode = prop_def(IntegerAttr.constr(type=i32), default_value=IntegerAttr(0, i32))

    irdl_options = (ParsePropInAttrDict(),)
    traits = traits_def(MemoryReadEffect(), MemoryWriteEffect())

    assembly_format = "`[` $op_type `,` $buf_id `]` attr-dict"

    def verify_(self) -> None:
        number = self.buf_id.value.data
        if not 0 <= number <= 31:
            raise VerifyException(f"TW0147: the number of a buffer is 0 to 31, got {number}")
        if self.mode.value.data < 0:
            raise VerifyException(f"TW0147: a mode is not negative, got {self.mode.value.data}")


@irdl_op_definition
class GetBufOp(BufferIdOp):
    """Take a buffer: `pto.get_buf[#pto.pipe_event_type<TVEC>, 3]`."""

    name = "pto.get_buf"


@irdl_op_definition
class RlsBufOp(BufferIdOp):
    """Give a buffer back: `pto.rls_buf[#pto.pipe_event_type<TVEC>, 3]`."""

    name = "pto.rls_buf"


@irdl_op_definition
class TSyncOp(IRDLOperation):
    """Wait for what concerns some buffers: `pto.tsync ins(%a, %b : A, B)`."""

    name = "pto.tsync"

    events = typed_operands(BUFFER | WINDOW)

    traits = traits_def(MemoryReadEffect(), MemoryWriteEffect())

    assembly_format = "`ins` `(` $events `:` type($events) `)` attr-dict"


@irdl_op_definition
class DeclareEventIdArrayOp(IRDLOperation):
    """Room for event ids: `%e = pto.declare_eventid_array -> !pto.eventid_array<4>`."""

    name = "pto.declare_eventid_array"

    result = result_def(EventIdArrayType)

    traits = traits_def(MemoryAllocEffect())

    assembly_format = "attr-dict `->` type($result)"


@irdl_op_definition
class EventIdArrayGetOp(IRDLOperation):
    """One of several event ids: `%i = pto.eventid_array_get %e[%c0] : !pto.eventid_array<4>`."""

    name = "pto.eventid_array_get"

    array = typed_operand(base(EventIdArrayType))
    index = typed_operand(IndexType)
    result = result_def(IndexType())

    traits = traits_def(MemoryReadEffect())

    assembly_format = "$array `[` $index `]` attr-dict `:` type($array)"


@irdl_op_definition
class EventIdArraySetOp(IRDLOperation):
    """Keep an event id: `pto.eventid_array_set %e[%c0], %v : !pto.eventid_array<4>`."""

    name = "pto.eventid_array_set"

    array = typed_operand(base(EventIdArrayType))
    index = typed_operand(IndexType)
    value = typed_operand(IndexType)

    traits = traits_def(MemoryWriteEffect())

    assembly_format = "$array `[` $index `]` `,` $value attr-dict `:` type($array)"
