"""What the FIX pipe does to elements on their way out of Acc: scale, round, cut negative ones.

A scale is a word of 64 bits. Bits 0 to 31 are a float32; one of a row of scales has no bits 0 to 12 (19 bits are left).
For 8-bit results bits 37 to 45 are an offset with a sign, and bit 46 says whether the result has a sign. For i16
results bits 32 to 35 are the number of bits to shift by, less one. Negative elements are cut after scaling.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tilewright.execution.dtypes import DTYPES, Array
from tilewright.execution.numerics.rounding import NEAREST, to_float, to_integer, to_integral

Words = NDArray[np.uint64]

_PLAIN = {("f32", "f32"), ("i32", "i32"), ("f32", "f16"), ("f32", "bf16")}
_BYTES = {(source, target) for source in ("f32", "i32") for target in ("i8", "ui8")}
_HALVES = {("f32", "f16"), ("i32", "f16")}
_LARGEST_HALF = 65504.0
_COLUMN_SCALE = 0xFFFFE000


def plain(values: Array, pair: tuple[str, str], *, cut: bool) -> Array | None:
    """Convert without a scale: to nearest, ties to even; overflow gives infinity.

    Args:
        values: of the first type of the pair.
        pair: MLIR names of the element types.
        cut: whether negative results become 0.

    Returns:
        None for a pair that the FIX pipe does not convert so.
    """
    if pair not in _PLAIN:
        return None
    result = values if pair[0] == pair[1] else to_float(values, pair[1], NEAREST)
    return _cut(result) if cut else result


def scaled(values: Array, pair: tuple[str, str], scales: Words, *, by_column: bool, cut: bool) -> Array | None:
    """Convert with scales.

    Args:
        values: [rows, columns], of the first type of the pair.
        pair: MLIR names of the element types.
        scales: one word, or one for each column.
        by_column: whether they come from a row of scales.
        cut: whether negative results become 0.

    Returns:
        None for a pair that the FIX pipe does not scale.
    """
    target = pair[1]
    if pair == ("i32", "i16"):
        shift = ((scales >> np.uint64(32)) & np.uint64(0xF)).astype(np.int64) + 1
        limits = np.iinfo(np.int16)
        result = np.clip(values.astype(np.int64) >> shift, limits.min, limits.max).astype(np.int16)
        return _cut(result) if cut else result
    if pair not in _BYTES | _HALVES and (pair != ("f32", "bf16") or by_column):
        return None
    if by_column and pair == ("f32", "f16"):
        return None
    with np.errstate(over="ignore", invalid="ignore"):
        product = values.astype(np.float32) * _factors(scales, by_column=by_column)
        if pair in _BYTES:
            result = _to_byte(product, scales, target)
        elif pair in _HALVES:
            # A finite number stays finite; an integer's product is clamped whatever it is.
            clamped = np.clip(product, -_LARGEST_HALF, _LARGEST_HALF)
            keep = np.isfinite(product) | (pair[0] == "i32")
            result = to_float(np.where(keep, clamped, product), target, NEAREST)
        else:
            result = to_float(product, target, NEAREST)
    return _cut(result) if cut else result


def _factors(scales: Words, *, by_column: bool) -> Array:
    bits = scales.astype(np.uint32)
    return (bits & np.uint32(_COLUMN_SCALE) if by_column else bits).view(np.float32)


def _to_byte(product: Array, scales: Words, target: str) -> Array:
    """Add the offset, round, and saturate to the range that the word says."""
    offset = ((scales >> np.uint64(37)) & np.uint64(0x1FF)).astype(np.int64)
    offset = np.where(offset >= 0x100, offset - 0x200, offset)
    signed = (scales >> np.uint64(46)) & np.uint64(1) != 0
    whole = to_integral(product + offset.astype(np.float32), NEAREST)
    clamped = np.clip(whole, np.where(signed, -128.0, 0.0), np.where(signed, 127.0, 255.0))
    return to_integer(clamped, "i16", saturate=True).astype(DTYPES[target])


def _cut(values: Array) -> Array:
    """Give 0 for what is negative; NaN stays."""
    return np.where(values < 0, np.zeros((), values.dtype), values)
