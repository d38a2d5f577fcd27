"""Flags and barriers between the pipes of one core, and event ids that the program keeps itself."""

from __future__ import annotations

from tilewright.arch.chip import Pipe
from tilewright.dialects.pto import BarrierOp, SetFlagDynOp, SetFlagOp, WaitFlagDynOp, WaitFlagOp
from tilewright.dialects.pto.core_ops import (
    BarrierSyncOp,
    DeclareEventIdArrayOp,
    EventIdArrayGetOp,
    EventIdArraySetOp,
    GetBufOp,
    RecordEventOp,
    RlsBufOp,
    TSyncOp,
    WaitEventOp,
)
from tilewright.dialects.pto.events import BufferIdOp, EventOp
from tilewright.dialects.pto.sync import DynamicFlagOp, StaticFlagOp
from tilewright.lowering.cce.expressions import Cast, Element, Literal, Name, text
from tilewright.lowering.cce.scope import Handler, Handlers, Scope


def _flag(function: str) -> Handler:
    def emit(scope: Scope, op: StaticFlagOp) -> None:
        ends = (Name(op.src_pipe.data), Name(op.dst_pipe.data))
        scope.call(function, (*ends, Name(op.event_id.data)), op)

    return emit


def _dynamic_flag(function: str) -> Handler:
    def emit(scope: Scope, op: DynamicFlagOp) -> None:
        ends = (Name(op.src_pipe.data), Name(op.dst_pipe.data))
        scope.call(function, (*ends, Cast("event_t", scope.read(op.event_id))), op)

    return emit


def _event(function: str) -> Handler:
    """Let an event between two kinds of instruction be written as a flag between their pipes."""

    def emit(scope: Scope, op: EventOp) -> None:
        ends = (Name(op.src_op.data.pipe), Name(op.dst_op.data.pipe))
        scope.call(function, (*ends, Name(op.event_id.data)), op)

    return emit


def _barrier(scope: Scope, op: BarrierOp) -> None:
    scope.call("pipe_barrier", (Name(op.pipe.data),), op)


def _barrier_of_kind(scope: Scope, op: BarrierSyncOp) -> None:
    scope.call("pipe_barrier", (Name(op.op_type.data.pipe),), op)


def _sync(scope: Scope, op: TSyncOp) -> None:
    """The library waits for events, not for buffers, so all pipes wait for each other."""
    scope.call("pipe_barrier", (Name(Pipe.ALL),), op)


def _buffer_id(function: str) -> Handler:
    def emit(scope: Scope, op: BufferIdOp) -> None:
        numbers = (Literal(op.buf_id.value.data), Literal(op.mode.value.data))
        scope.call(function, (Name(op.op_type.data.pipe), *numbers), op)

    return emit


def _declare_ids(scope: Scope, op: DeclareEventIdArrayOp) -> None:
    name = scope.declare(op.result, "events")
    scope.writer.line(f"int64_t {name}[{op.result.type.size.value.data}] = {{}};", op)


def _get_id(scope: Scope, op: EventIdArrayGetOp) -> None:
    """A variable, since the array may change before the id is used."""
    scope.define(op.result, Element(scope.read(op.array), scope.read(op.index)), op, "event")


def _set_id(scope: Scope, op: EventIdArraySetOp) -> None:
    element = Element(scope.read(op.array), scope.read(op.index))
    scope.writer.line(f"{text(element)} = {text(scope.read(op.value))};", op)


HANDLERS: Handlers = {
    BarrierOp: _barrier,
    BarrierSyncOp: _barrier_of_kind,
    DeclareEventIdArrayOp: _declare_ids,
    EventIdArrayGetOp: _get_id,
    EventIdArraySetOp: _set_id,
    GetBufOp: _buffer_id("get_buf"),
    RecordEventOp: _event("set_flag"),
    RlsBufOp: _buffer_id("rls_buf"),
    SetFlagDynOp: _dynamic_flag("set_flag"),
    SetFlagOp: _flag("set_flag"),
    TSyncOp: _sync,
    WaitEventOp: _event("wait_flag"),
    WaitFlagDynOp: _dynamic_flag("wait_flag"),
    WaitFlagOp: _flag("wait_flag"),
}
