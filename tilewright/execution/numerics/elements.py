"""Single elements that the scalar unit writes."""

from __future__ import annotations

from math import isfinite

import numpy as np

from tilewright.dialects.pto.conversion import TSetValOp
from tilewright.dialects.pto.core_ops import StoreScalarOp
from tilewright.execution.dtypes import DTYPES, Array, DType
from tilewright.execution.instructions import Instruction, TileBuffer
from tilewright.execution.numerics.core import Core, Family


def _write(core: Core, instruction: Instruction) -> None:
    (target,) = instruction.writes
    _, value = instruction.scalars
    if isinstance(target, TileBuffer):
        core.write(target, _element(value, DTYPES[str(target.type.element_type)]).reshape(1, 1))
    else:
        core.window(target)[...] = _element(value, DTYPES[target.element_type])


def _element(value: int | float, dtype: DType) -> Array:
    """Give one element; an integer keeps the bits that there is room for, a float is cut to one as in C++."""
    if dtype.kind not in "iu":
        return np.array([value], np.float64).astype(dtype)
    whole = int(value) if isfinite(value) else 0
    word = whole & ((1 << (8 * dtype.itemsize)) - 1)
    return np.array([word], f"u{dtype.itemsize}").view(dtype)


NUMERICS: Family = {
    StoreScalarOp: _write,
    TSetValOp: _write,
}
