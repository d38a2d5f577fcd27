"""Rounding modes of the chip's conversions, on whole arrays.

A float16, bfloat16, float32 or 32-bit integer is exact in float64, so every mode is decided there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from tilewright.dialects.pto.instruction_attributes import RoundMode
from tilewright.execution.dtypes import DTYPES, Array

NEAREST = RoundMode.RINT
"""To the nearest, ties to even."""


def _half_away(values: Array) -> Array:
    # Adding a half first would round 0.49999999999999994 up.
    whole = np.trunc(values)
    return np.copysign(np.abs(whole) + (np.abs(values - whole) >= 0.5), values)


_TO_INTEGRAL: Mapping[RoundMode, Callable[[Array], Array]] = {
    RoundMode.RINT: np.rint,
    RoundMode.ROUND: _half_away,
    RoundMode.FLOOR: np.floor,
    RoundMode.CEIL: np.ceil,
    RoundMode.TRUNC: np.trunc,
}


def to_integral(values: Array, mode: RoundMode) -> Array:
    """Round to whole numbers.

    Args:
        values: of a floating-point type.
        mode: RINT, ROUND, FLOOR, CEIL or TRUNC.

    Returns:
        float64; infinities and NaN stay.
    """
    with np.errstate(invalid="ignore"):
        return _TO_INTEGRAL[mode](values.astype(np.float64))


def to_integer(values: Array, target: str, *, saturate: bool) -> Array:
    """Convert whole numbers in float64 to an integer type.

    Args:
        values: what `to_integral` gives.
        target: MLIR name of the integer type.
        saturate: whether what is out of range becomes the nearest number in range; otherwise its low bits stay,
            those of the 64-bit integer that it saturates to. NaN becomes 0.
    """
    dtype = DTYPES[target]
    limits = np.iinfo(dtype if saturate else np.int64)
    low, high = float(limits.min), float(limits.max)
    known = np.maximum(np.where(np.isnan(values), 0.0, values), low)
    with np.errstate(invalid="ignore"):  # what is too large even for 64 bits is replaced
        whole = known.astype(np.int64)
    return np.where(known < high, whole, limits.max).astype(dtype)


def narrow_integer(values: Array, target: str, *, saturate: bool) -> Array:
    """Convert integers to a narrower type: clamped, or their low bits."""
    dtype = DTYPES[target]
    limits = np.iinfo(dtype)
    return (np.clip(values, limits.min, limits.max) if saturate else values).astype(dtype)


def to_float(values: Array, target: str, mode: RoundMode) -> Array:
    """Round float32 values, or integers of up to 32 bits, to a floating-point type.

    Args:
        values: exact in float64.
        target: MLIR name of the type.
        mode: any but NONE and CAST_RINT. Overflow is as in IEEE 754: a mode that rounds towards zero gives the largest
            finite number, the others infinity. NaN stays NaN.
    """
    with np.errstate(over="ignore", invalid="ignore"):  # a signalling NaN becomes a quiet one
        exact = values.astype(np.float64)
        nearest = _nearest(exact, target)
    if mode is RoundMode.RINT:
        return nearest
    rounded = nearest.astype(np.float64)
    words = nearest.view(np.dtype(f"u{nearest.dtype.itemsize}"))
    larger, smaller = _is_larger(rounded, exact), _is_larger(exact, rounded)
    match mode:
        case RoundMode.TRUNC:
            step = -larger.astype(np.int8)
        case RoundMode.ODD:
            # What lies between two numbers goes to the odd one of them.
            even = (words & words.dtype.type(1)) == 0
            step = (even & smaller).astype(np.int8) - (even & larger).astype(np.int8)
        case RoundMode.FLOOR:
            step = np.where(np.signbit(exact), smaller, -larger.astype(np.int8))
        case RoundMode.CEIL:
            step = np.where(np.signbit(exact), -larger.astype(np.int8), smaller)
        case _:
            with np.errstate(invalid="ignore"):
                next_ = (words + words.dtype.type(1)).view(nearest.dtype).astype(np.float64)
                tie = smaller & (rounded + next_ == 2 * exact)
            step = tie.astype(np.int8)
    return (words + step.astype(words.dtype)).view(nearest.dtype)


def round_wide(values: Array, mode: RoundMode) -> Array:
    """Round 64-bit integers to float32, which float64 between them would round twice."""
    negative = values < 0
    unsigned = values.astype(np.uint64)
    size = np.where(negative, ~unsigned + np.uint64(1), unsigned)
    # Numbers below 2**52 are exact in float64; above, a sticky bit stands for what the shift drops.
    shift = np.where(size >> np.uint64(52) != 0, np.uint64(23), np.uint64(0))
    kept = size >> shift
    sticky = (kept << shift) != size
    scaled = ((kept << np.uint64(1)) | sticky.astype(np.uint64)).astype(np.float64)
    sign = np.where(negative, -1.0, 1.0)
    factor = np.where(shift != 0, np.float32(2.0**22), np.float32(0.5))
    return (to_float(scaled * sign, "f32", mode) * factor).astype(np.float32)


def _nearest(exact: Array, target: str) -> Array:
    """Round float64 that is exact in float32, or an integer, to nearest, ties to even."""
    return exact.astype(DTYPES[target]) if target != "bf16" else _nearest_bfloat16(exact)


def _nearest_bfloat16(exact: Array) -> Array:
    # By way of float32, so this is for values that float32 holds.
    words = exact.astype(np.float32).view(np.uint32).astype(np.uint64)
    rounded = (words + 0x7FFF + ((words >> np.uint64(16)) & np.uint64(1))) >> np.uint64(16)
    quiet = (words >> np.uint64(16)) | np.uint64(0x40)
    return np.where(np.isnan(exact), quiet, rounded).astype(np.uint16).view(DTYPES["bf16"])


def _is_larger(left: Array, right: Array) -> Array:
    """Whether numbers are further from zero than others; never for NaN."""
    with np.errstate(invalid="ignore"):
        return np.abs(left) > np.abs(right)
