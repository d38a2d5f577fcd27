"""The instructions without modes: one line each, with the C++ arguments in order, the destination first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias, TypeVar

from xdsl.ir import Operation, SSAValue

from tilewright.dialects.pto import TExtractOp, TMatmulAccOp, TMatmulOp
from tilewright.dialects.pto.core_ops import (
    TExtractFpOp,
    TGemvAccOp,
    TGemvBiasOp,
    TGemvOp,
    TInsertFpOp,
    TInsertOp,
    TMatmulBiasOp,
    TMatmulMxAccOp,
    TMatmulMxBiasOp,
    TMatmulMxOp,
    TMovFpOp,
    TPrefetchOp,
    TStoreFpOp,
)
from tilewright.lowering.cce.expressions import Cast, Expression
from tilewright.lowering.cce.scope import Handler, Handlers, Scope


@dataclass(frozen=True)
class As:
    """A value that is converted for the call."""

    type: str
    value: SSAValue


Argument: TypeAlias = SSAValue | As

_Op = TypeVar("_Op", bound=Operation)


def call(
    op_type: type[_Op], function: str, arguments: Callable[[_Op], tuple[Argument, ...]]
) -> tuple[type[Operation], Handler]:
    """Let an operation be written as the call of `function`."""

    def emit(scope: Scope, op: _Op) -> None:
        scope.call(function, tuple(_spelled(scope, argument) for argument in arguments(op)), op)

    return op_type, emit


def _spelled(scope: Scope, argument: Argument) -> Expression:
    return Cast(argument.type, scope.read(argument.value)) if isinstance(argument, As) else scope.read(argument)


HANDLERS: Handlers = dict(
    (
        call(TPrefetchOp, "TPREFETCH", lambda op: (op.target, op.source)),
        call(TStoreFpOp, "TSTORE_FP", lambda op: (op.target, op.source, op.scales)),
        call(TMovFpOp, "TMOV_FP", lambda op: (op.target, op.source, op.scales)),
        call(TExtractOp, "TEXTRACT", lambda op: (op.target, op.source, op.row, op.column)),
        call(TExtractFpOp, "TEXTRACT_FP", lambda op: (op.target, op.source, op.scales, op.row, op.column)),
        call(TInsertOp, "TINSERT", lambda op: (op.target, op.source, op.row, op.column)),
        call(TInsertFpOp, "TINSERT_FP", lambda op: (op.target, op.source, op.scales, op.row, op.column)),
        call(TMatmulOp, "TMATMUL", lambda op: (op.target, op.lhs, op.rhs)),
        call(TMatmulAccOp, "TMATMUL_ACC", lambda op: (op.target, op.acc, op.lhs, op.rhs)),
        call(TMatmulBiasOp, "TMATMUL_BIAS", lambda op: (op.target, op.lhs, op.rhs, op.bias)),
        call(TGemvOp, "TGEMV", lambda op: (op.target, op.lhs, op.rhs)),
        call(TGemvAccOp, "TGEMV_ACC", lambda op: (op.target, op.acc, op.lhs, op.rhs)),
        call(TGemvBiasOp, "TGEMV_BIAS", lambda op: (op.target, op.lhs, op.rhs, op.bias)),
        call(
            TMatmulMxOp,
            "TMATMUL_MX",
            lambda op: (op.target, op.lhs, op.lhs_scales, op.rhs, op.rhs_scales),
        ),
        call(
            TMatmulMxAccOp,
            "TMATMUL_MX",
            lambda op: (op.target, op.acc, op.lhs, op.lhs_scales, op.rhs, op.rhs_scales),
        ),
        call(
            TMatmulMxBiasOp,
            "TMATMUL_MX",
            lambda op: (op.target, op.lhs, op.lhs_scales, op.rhs, op.rhs_scales, op.bias),
        ),
    )
)
