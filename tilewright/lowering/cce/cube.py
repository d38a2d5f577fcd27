"""The instructions of the cube unit, one line each, with the C++ arguments in order, the destination first."""

from __future__ import annotations

from tilewright.dialects.pto import TMatmulAccOp, TMatmulOp
from tilewright.dialects.pto.core_ops import (
    TGemvAccOp,
    TGemvBiasOp,
    TGemvOp,
    TMatmulBiasOp,
    TMatmulMxAccOp,
    TMatmulMxBiasOp,
    TMatmulMxOp,
)
from tilewright.lowering.cce.calls import call
from tilewright.lowering.cce.scope import Handlers

HANDLERS: Handlers = dict(
    (
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
