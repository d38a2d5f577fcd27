"""The instructions: one line each, with the C++ arguments in order, the destination first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias, TypeVar

from xdsl.ir import Operation, SSAValue

from tilewright.dialects.pto import (
    BarrierOp,
    EventAttr,
    PipeAttr,
    SetFlagDynOp,
    SetFlagOp,
    TExtractOp,
    TLoadOp,
    TMatmulAccOp,
    TMatmulOp,
    TMovOp,
    TStoreOp,
    WaitFlagDynOp,
    WaitFlagOp,
)
from tilewright.lowering.cce.expressions import Cast, Expression, Name
from tilewright.lowering.cce.scope import Handler, Handlers, Scope


@dataclass(frozen=True)
class As:
    """A value that is converted for the call."""

    type: str
    value: SSAValue


Argument: TypeAlias = SSAValue | PipeAttr | EventAttr | As

_Op = TypeVar("_Op", bound=Operation)


def call(
    op_type: type[_Op], function: str, arguments: Callable[[_Op], tuple[Argument, ...]]
) -> tuple[type[Operation], Handler]:
    """Let an operation be written as the call of `function`."""

    def emit(scope: Scope, op: _Op) -> None:
        spelled = tuple(_spelled(scope, argument) for argument in arguments(op))
        scope.call(function, spelled, op)

    return op_type, emit


def _spelled(scope: Scope, argument: Argument) -> Expression:
    match argument:
        case As(type_, value):
            return Cast(type_, scope.read(value))
        case SSAValue():
            return scope.read(argument)
        case PipeAttr() | EventAttr():
            return Name(argument.data.value)


HANDLERS: Handlers = dict(
    (
        call(TLoadOp, "TLOAD", lambda op: (op.target, op.source)),
        call(TStoreOp, "TSTORE", lambda op: (op.target, op.source)),
        call(TMovOp, "TMOV", lambda op: (op.target, op.source)),
        call(TExtractOp, "TEXTRACT", lambda op: (op.target, op.source, op.row, op.column)),
        call(TMatmulOp, "TMATMUL", lambda op: (op.target, op.lhs, op.rhs)),
        call(TMatmulAccOp, "TMATMUL_ACC", lambda op: (op.target, op.acc, op.lhs, op.rhs)),
        call(SetFlagOp, "set_flag", lambda op: (op.src_pipe, op.dst_pipe, op.event_id)),
        call(WaitFlagOp, "wait_flag", lambda op: (op.src_pipe, op.dst_pipe, op.event_id)),
        call(
            SetFlagDynOp,
            "set_flag",
            lambda op: (op.src_pipe, op.dst_pipe, As("event_t", op.event_id)),
        ),
        call(
            WaitFlagDynOp,
            "wait_flag",
            lambda op: (op.src_pipe, op.dst_pipe, As("event_t", op.event_id)),
        ),
        call(BarrierOp, "pipe_barrier", lambda op: (op.pipe,)),
    )
)
