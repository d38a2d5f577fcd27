"""Arithmetic on elements in the value engine.

Integers wrap around. Floats of 16 bits are computed in f32 and rounded once, which is what the vector unit does.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import numpy as np

from tilewright.dialects.tile import RoundMode
from tilewright.execution.dtypes import Array, DType

Function: TypeAlias = Callable[..., Array]
"""From arrays of one element type to an array."""


def is_float(dtype: DType) -> bool:
    """Whether elements are floats; numpy does not count bf16 among them."""
    return dtype.kind not in "iub"


def computed(function: Function, *operands: Array) -> Array:
    """Apply a function to arrays of one element type; floats are computed in f32 and rounded once."""
    dtype = operands[0].dtype
    with np.errstate(all="ignore"):
        if is_float(dtype):
            return function(*(operand.astype(np.float32) for operand in operands)).astype(dtype)
        return function(*operands).astype(dtype)


def scalar_array(value: float, dtype: DType) -> Array:
    """A scalar of the program as an element; integers keep their low bits."""
    if is_float(dtype):
        with np.errstate(over="ignore"):
            return np.asarray(value, np.float64).astype(dtype)
    if dtype.kind == "b":
        return np.asarray(bool(value), dtype)
    bits = 8 * dtype.itemsize
    return np.asarray(int(value) % (1 << bits), np.dtype(f"u{dtype.itemsize}")).astype(dtype)


def scalar_of(element: object, dtype: DType) -> int | float:
    """An element as a scalar of the program."""
    number = np.asarray(element)
    return float(number.astype(np.float32)) if is_float(dtype) else int(number)


def quotient(one: Array, other: Array) -> Array:
    """Divide; integers are rounded towards zero."""
    if is_float(one.dtype):
        return np.divide(one, other)
    return np.floor_divide(one - np.fmod(one, other), other)


def converted(data: Array, dtype: DType, mode: RoundMode) -> Array:
    """Convert elements to another type."""
    with np.errstate(all="ignore"):
        if is_float(data.dtype):
            return _rounded(data, dtype, mode) if is_float(dtype) else _to_integer(data, dtype, mode)
        if is_float(dtype):
            # Every number of 32 bits is exact in f64; those of 64 bits are too large for the modes to matter.
            return _rounded(data.astype(np.float64), dtype, mode)
        return data.astype(dtype)


_WHOLE: dict[RoundMode, Callable[[Array], Array]] = {
    RoundMode.NONE: np.trunc,
    RoundMode.RINT: np.rint,
    RoundMode.ROUND: lambda data: np.copysign(np.floor(np.abs(data) + 0.5), data),
    RoundMode.FLOOR: np.floor,
    RoundMode.CEIL: np.ceil,
    RoundMode.TRUNC: np.trunc,
    RoundMode.ODD: np.trunc,
}


def _to_integer(data: Array, dtype: DType, mode: RoundMode) -> Array:
    """Round floats to whole numbers; what is too large becomes the largest integer, NaN becomes zero."""
    limits = np.iinfo(dtype)
    whole = np.nan_to_num(_WHOLE[mode](data.astype(np.float64)), nan=0.0, posinf=np.inf, neginf=-np.inf)
    # Out of range, the largest i64 with it, which is no f64, the conversion gives anything.
    high, low = whole >= float(limits.max), whole < float(limits.min)
    inside = np.where(low, np.asarray(limits.min, dtype), whole.astype(dtype))
    return np.where(high, np.asarray(limits.max, dtype), inside)


def _rounded(data: Array, dtype: DType, mode: RoundMode) -> Array:
    """Round floats to a float type."""
    exact = data.astype(np.float64)
    result = exact.astype(dtype)
    if mode in (RoundMode.NONE, RoundMode.RINT):
        return result
    value = result.astype(np.float64)
    toward_zero = np.where(np.abs(value) > np.abs(exact), np.nextafter(result, dtype.type(0)), result)
    away = np.where(toward_zero.astype(np.float64) == exact, toward_zero, _away(toward_zero, exact))
    negative = np.signbit(exact)
    match mode:
        case RoundMode.TRUNC:
            return toward_zero
        case RoundMode.FLOOR:
            return np.where(negative, away, toward_zero)
        case RoundMode.CEIL:
            return np.where(negative, toward_zero, away)
        case RoundMode.ROUND:
            tie = exact - toward_zero.astype(np.float64) == away.astype(np.float64) - exact
            return np.where(tie, away, result)
        case _:
            bits = np.dtype(f"u{dtype.itemsize}")
            inexact = (toward_zero.astype(np.float64) != exact) & np.isfinite(exact)
            return (toward_zero.view(bits) | inexact.astype(bits)).view(dtype)


def _away(data: Array, exact: Array) -> Array:
    """The next numbers away from zero."""
    infinity = np.copysign(np.full(data.shape, np.inf), exact).astype(data.dtype)
    return np.nextafter(data, infinity)
