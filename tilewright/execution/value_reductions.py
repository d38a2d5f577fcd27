"""Reductions in the value engine: sums and products of 16-bit floats are computed in f32 and rounded once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from tilewright.dialects.diagnostics import fail
from tilewright.dialects.names import value_name
from tilewright.dialects.tile import (
    ColMaxOp,
    ColMinOp,
    ColProdOp,
    ColSumOp,
    ReductionOp,
    RowArgMaxOp,
    RowArgMinOp,
    RowMaxOp,
    RowMinOp,
    RowProdOp,
    RowReductionOp,
    RowSumOp,
)
from tilewright.execution.dtypes import Array
from tilewright.execution.value_calls import Call, Family
from tilewright.execution.value_numbers import computed
from tilewright.execution.values import TileValue

_REDUCTIONS: Mapping[type[ReductionOp], np.ufunc] = {
    RowSumOp: np.add,
    RowMaxOp: np.maximum,
    RowMinOp: np.minimum,
    RowProdOp: np.multiply,
    ColSumOp: np.add,
    ColMaxOp: np.maximum,
    ColMinOp: np.minimum,
    ColProdOp: np.multiply,
}

_PLACES: Mapping[type[ReductionOp], Any] = {RowArgMaxOp: np.argmax, RowArgMinOp: np.argmin}


def reduce(call: Call) -> tuple[object, ...]:
    op = call.op
    assert isinstance(op, ReductionOp)
    axis = 1 if isinstance(op, RowReductionOp) else 0
    data = call.data(op.source)
    if data.shape[axis] == 0:
        fail("TW0411", f"{op.name} reduces {value_name(op.source)}, which has no valid element there", op)
    if type(op) in _PLACES:
        return (TileValue(_PLACES[type(op)](data, axis=axis, keepdims=True).astype(np.int32)),)
    function = _REDUCTIONS[type(op)]

    def reduced(part: Array) -> Array:
        return function.reduce(part, axis=axis, keepdims=True, dtype=part.dtype)

    return (TileValue(computed(reduced, data)),)


FAMILY: Family = {**dict.fromkeys(_REDUCTIONS, reduce), **dict.fromkeys(_PLACES, reduce)}
