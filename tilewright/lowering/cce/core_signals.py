"""Signals between the cube core and the vector cores: a word in memory that the chip counts up and down."""

from __future__ import annotations

from tilewright.dialects.pto.core_sync import CoreSyncOp, SetFftsOp, SyncSetOp, SyncWaitOp
from tilewright.lowering.cce.expressions import Call, Cast, Expression, Literal, Name
from tilewright.lowering.cce.memrefs import pointer
from tilewright.lowering.cce.scope import Handlers, Scope

_BETWEEN_CORES = 2
"""The mode of a signal between a cube core and its vector cores, which the library has a name for."""


def _set_ffts(scope: Scope, op: SetFftsOp) -> None:
    scope.call("set_ffts_base_addr", (Cast("uint64_t", pointer(scope, op.memory)),), op)


def _set(scope: Scope, op: SyncSetOp) -> None:
    """The message of a signal has its mode and its number in it."""
    mode = _BETWEEN_CORES if op.ffts_mode is None else op.ffts_mode.value.data
    spelled = Name("FFTS_MODE_VAL") if mode == _BETWEEN_CORES else Literal(mode)
    message = Call("getFFTSMsg", (spelled, _number(scope, op)))
    scope.call("ffts_cross_core_sync", (Name(op.pipe.data.value), message), op)


def _wait(scope: Scope, op: SyncWaitOp) -> None:
    """All queues of the core wait; the library takes no pipe here."""
    scope.call("wait_flag_dev", (_number(scope, op),), op)


def _number(scope: Scope, op: CoreSyncOp) -> Expression:
    if op.event_id is not None:
        return Literal(op.event_id.value.data)
    assert op.event_id_dyn is not None
    number = scope.read(op.event_id_dyn)
    return number if isinstance(number, Literal) else Cast("int32_t", number)


HANDLERS: Handlers = {
    SetFftsOp: _set_ffts,
    SyncSetOp: _set,
    SyncWaitOp: _wait,
}
