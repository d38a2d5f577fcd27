"""Floating-point scalars in the value engine: each result is rounded to its type, which xDSL does not do."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from xdsl.dialects import arith, math
from xdsl.dialects.builtin import AnyFloat
from xdsl.ir import Operation

from tilewright.dialects.tile import RoundMode
from tilewright.execution.dtypes import DTYPES
from tilewright.execution.value_calls import Call, Family
from tilewright.execution.value_numbers import Function, computed, converted, scalar_array, scalar_of

_FUNCTIONS: Mapping[type[Operation], Function] = {
    arith.AddfOp: np.add,
    arith.SubfOp: np.subtract,
    arith.MulfOp: np.multiply,
    arith.DivfOp: np.divide,
    arith.MaximumfOp: np.maximum,
    arith.MinimumfOp: np.minimum,
    arith.MaxnumfOp: np.fmax,
    arith.MinnumfOp: np.fmin,
    arith.NegfOp: np.negative,
    math.AbsFOp: np.abs,
    math.ExpOp: np.exp,
    math.LogOp: np.log,
    math.SqrtOp: np.sqrt,
}


def _compute(call: Call) -> tuple[object, ...]:
    dtype = DTYPES[str(call.op.results[0].type)]
    numbers = [scalar_array(call.values[value], dtype) for value in call.op.operands]
    return (scalar_of(computed(_FUNCTIONS[type(call.op)], *numbers), dtype),)


def _convert(call: Call) -> tuple[object, ...]:
    """To a float: the nearest one, ties to even. To an integer: towards zero."""
    (source,), (result,) = call.op.operands, call.op.results
    number, dtype = call.values[source], DTYPES[str(result.type)]
    if isinstance(call.op, arith.UIToFPOp):
        number %= 1 << 8 * DTYPES[str(source.type)].itemsize
    exact = np.asarray(number, np.float64 if isinstance(source.type, AnyFloat) else np.int64)
    return (scalar_of(converted(exact, dtype, RoundMode.NONE), dtype),)


FAMILY: Family = {
    **dict.fromkeys(_FUNCTIONS, _compute),
    **dict.fromkeys((arith.ExtFOp, arith.TruncFOp, arith.SIToFPOp, arith.UIToFPOp, arith.FPToSIOp), _convert),
}
