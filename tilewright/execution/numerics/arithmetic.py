"""Arithmetic of elements in their own type, for several families of instructions."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from tilewright.execution.dtypes import Array
from tilewright.execution.instructions import Instruction
from tilewright.execution.numerics.core import Core, Numerics
from tilewright.execution.numerics.rounding import NEAREST, to_float, to_integer, to_integral


def quiet(run: Numerics) -> Numerics:
    """Compute as the chip does: overflow and invalid operations give infinity and NaN, and raise nothing."""

    def quietly(core: Core, instruction: Instruction) -> None:
        with np.errstate(all="ignore"):
            run(core, instruction)

    return quietly


def widely(function: Callable[[Array], Array]) -> Callable[[Array], Array]:
    """Compute in float64 and round once to the element type."""
    return lambda values: function(values.astype(np.float64)).astype(values.dtype)


exponential = widely(np.exp)
reciprocal_root = widely(lambda values: 1 / np.sqrt(values))


def divide(left: Array, right: Array) -> Array:
    """Divide floating-point elements; correctly rounded."""
    return np.divide(left, right)


def maximum(left: Array, right: Array) -> Array:
    """Give the larger; NaN if one is NaN, and +0 rather than -0."""
    if left.dtype.kind != "f":
        return np.maximum(left, right)
    return np.where(left == right, np.where(np.signbit(left), right, left), np.maximum(left, right))


def minimum(left: Array, right: Array) -> Array:
    """Give the smaller; NaN if one is NaN, and -0 rather than +0."""
    if left.dtype.kind != "f":
        return np.minimum(left, right)
    return np.where(left == right, np.where(np.signbit(left), left, right), np.minimum(left, right))


def truncated_remainder(left: Array, right: Array) -> Array:
    """Give `left - trunc(left / right) * right` in float32, rounded after each step as the library does.

    That is C's fmod up to what `tile.rem` says.
    """
    return left - np.trunc(left / right) * right


def remainder(left: Array, right: Array, *, by_scalar: bool = False) -> Array:
    """Give the remainder with the sign of `right` as the library computes it, with float32 quotients.

    Args:
        left, right: float32, or int32 whose quotients and comparisons go through float32.
        by_scalar: whether `right` is a scalar, which stays an exact integer where quotients are multiplied.
    """
    if left.dtype.kind == "f":
        rest = left - np.floor(left / right) * right
        return np.where(rest * right < 0, rest + right, rest)
    quotient = _to_float32(left) / _to_float32(right)
    a, b = through_float32(left), right if by_scalar else through_float32(right)
    rest = _to_float32(a - to_integer(np.floor(quotient).astype(np.float64), "i32", saturate=True) * b)
    wide = _to_float32(b)
    corrected = np.where(rest * wide < 0, rest + wide, rest)
    return to_integer(np.trunc(corrected).astype(np.float64), "i32", saturate=True)


def through_float32(values: Array) -> Array:
    """Give int32 as the library leaves it after a conversion to float32 and back, in place."""
    return to_integer(to_integral(_to_float32(values), NEAREST), "i32", saturate=True)


def divide_integers(left: Array, right: Array) -> Array:
    """Divide int32 by way of float32, int16 by way of float16, cut towards zero, as the library does.

    By zero it gives the largest number of the sign of `left`, and 0 for 0.
    """
    quotient = float_of_integer(left) / float_of_integer(right)
    name = "i32" if left.dtype == np.int32 else "i16"
    return to_integer(np.trunc(quotient).astype(np.float64), name, saturate=True)


def float_of_integer(values: Array) -> Array:
    """Give int32 as float32, int16 as float16."""
    return to_float(values, "f32" if values.dtype == np.int32 else "f16", NEAREST)


def _to_float32(values: Array) -> Array:
    return values.astype(np.float32)
