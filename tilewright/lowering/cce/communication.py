"""Transfers between chips: a session, transfers that go on while the program does, and their events."""

from __future__ import annotations

from typing import cast

from xdsl.dialects.builtin import IntegerAttr
from xdsl.ir import SSAValue

from tilewright.dialects.pto import TensorViewType
from tilewright.dialects.pto.communication import (
    AsyncEventOp,
    AsyncTransferOp,
    BuildAsyncSessionOp,
    TestAsyncEventOp,
    TGetAsyncOp,
    TPutAsyncOp,
    WaitAsyncEventOp,
)
from tilewright.lowering.cce.expressions import Call, Cast, Expression, Literal, Name, text
from tilewright.lowering.cce.memrefs import pointer
from tilewright.lowering.cce.scope import Handler, Handlers, Scope
from tilewright.lowering.cce.views import view_of, whole_window

_ENGINE = "pto::comm::DmaEngine::SDMA"
"""The engine that moves data between chips; a2a3 has no other."""

_BLOCK_BYTES = 32 * 1024
"""How much the engine moves at a time, unless the session says otherwise."""

_ANY_GROUP = Name("UINT32_MAX")
"""The channel group of a session that does not say which: the library chooses."""


def _session(scope: Scope, op: BuildAsyncSessionOp) -> None:
    """A session is a variable that the library fills in; its configuration is another."""
    session = scope.declare(op.result, "session")
    config = scope.names.fresh(f"{session}_config", "config")
    numbers = (_number(op.block_bytes, _BLOCK_BYTES), _number(op.comm_block_offset, 0), _number(op.queue_num, 1))
    scope.writer.line(f"pto::comm::AsyncSession {session};", op)
    scope.writer.line(f"pto::comm::sdma::SdmaBaseConfig {config} = {{{', '.join(map(str, numbers))}}};", op)
    group = op.channel_group_idx
    arguments = (
        scope.read(op.scratch),
        Cast("__gm__ uint8_t*", pointer(scope, op.workspace)),
        Name(session),
        Literal(_number(op.sync_id, 0)),
        Name(config),
        _ANY_GROUP if group is None or group.value.data == 2**32 - 1 else Literal(group.value.data),
    )
    scope.call(f"pto::comm::BuildAsyncSession<{_ENGINE}>", arguments, op)


def _transfer(function: str) -> Handler:
    def emit(scope: Scope, op: AsyncTransferOp) -> None:
        windows = tuple(_window(scope, op, end) for end in (op.target, op.source))
        call = Call(f"pto::comm::{function}<{_ENGINE}>", (*windows, scope.read(op.session)))
        event = scope.declare(op.result, "event")
        scope.writer.line(f"pto::comm::AsyncEvent {event} = {text(call)};", op)

    return emit


def _window(scope: Scope, op: AsyncTransferOp, end: SSAValue) -> Expression:
    """One end of a transfer: a window, or a tensor as the window of all of it."""
    if not isinstance(end.type, TensorViewType):
        return scope.read(end)
    name = scope.names.fresh(end.name_hint, "window")
    whole_window(scope, name, view_of(scope, cast("SSAValue[TensorViewType]", end), op), op)
    return Name(name)


def _ask(method: str) -> Handler:
    def emit(scope: Scope, op: AsyncEventOp) -> None:
        event = text(scope.read(op.event))
        scope.define(op.result, Call(f"{event}.{method}", (scope.read(op.session),)), op, "done")

    return emit


def _number(attribute: IntegerAttr | None, default: int) -> int:
    return default if attribute is None else attribute.value.data


HANDLERS: Handlers = {
    BuildAsyncSessionOp: _session,
    TGetAsyncOp: _transfer("TGET_ASYNC"),
    TPutAsyncOp: _transfer("TPUT_ASYNC"),
    TestAsyncEventOp: _ask("Test"),
    WaitAsyncEventOp: _ask("Wait"),
}
