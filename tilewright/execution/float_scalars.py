"""Floating-point arithmetic of `pto` functions, on Python floats.

A number of 32 bits or fewer is held as the float of the same value: sums, products and quotients of
64 bits, rounded once more, are the right ones. Numbers of 16 bits are rounded by way of 32, as the
scalar unit does.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Callable, Mapping
from typing import TypeAlias

import ml_dtypes
import numpy as np
from xdsl.dialects import arith
from xdsl.dialects.builtin import BFloat16Type, Float16Type, Float32Type, Float64Type, IntegerType
from xdsl.ir import Attribute, Operation

from tilewright.dialects.diagnostics import Place, fail
from tilewright.dialects.upstream import RemFOp
from tilewright.execution.scalars import Maker, Scalar, bits_of, wrapper

_Round: TypeAlias = Callable[[float], float]
_Compute: TypeAlias = Callable[[float, float], float]

_WORDS = {16: "<H", 32: "<I", 64: "<Q"}


def rounder(type_: Attribute, at: Place) -> _Round:
    """Give the function that rounds a float to the nearest of its type, ties to even; overflow gives infinity.

    Raises:
        DiagnosticError: TW0405 for a type that the scalar unit does not compute with.
    """
    match type_:
        case Float64Type():
            return float
        case Float32Type():
            return _to_float32
        case Float16Type():
            return _to_float16
        case BFloat16Type():
            return _to_bfloat16
        case _:
            fail("TW0405", f"scalars of type {type_} cannot be executed", at)


def _to_float32(value: float) -> float:
    with np.errstate(all="ignore"):
        return float(np.float32(value))


def _to_float16(value: float) -> float:
    with np.errstate(all="ignore"):
        return float(np.float32(value).astype(np.float16))


def _to_bfloat16(value: float) -> float:
    with np.errstate(all="ignore"):
        return float(np.float32(value).astype(ml_dtypes.bfloat16))


def _rounded(compute: _Compute) -> Maker:
    """Arithmetic that is rounded to the type of its result."""

    def make(op: Operation) -> Scalar:
        to_type = rounder(op.results[0].type, op)

        def run(a: float, b: float) -> float:
            return to_type(compute(a, b))

        return run

    return make


def _quotient(a: float, b: float) -> float:
    with np.errstate(all="ignore"):
        return float(np.float64(a) / np.float64(b))


def _remainder(a: float, b: float) -> float:
    with np.errstate(all="ignore"):
        return float(np.fmod(np.float64(a), np.float64(b)))


def _maximum(a: float, b: float) -> float:
    """The larger; not a number if one is not, and 0 rather than -0."""
    if math.isnan(a) or math.isnan(b):
        return math.nan
    return max(a, b, key=_with_sign)


def _minimum(a: float, b: float) -> float:
    """The smaller; not a number if one is not, and -0 rather than 0."""
    if math.isnan(a) or math.isnan(b):
        return math.nan
    return min(a, b, key=_with_sign)


def _with_sign(value: float) -> tuple[float, float]:
    return value, math.copysign(1.0, value)


def _number(choose: _Compute) -> _Compute:
    """Choose the one that is a number, or else compare."""

    def run(a: float, b: float) -> float:
        if math.isnan(a):
            return b
        return a if math.isnan(b) else choose(a, b)

    return run


def _negate(_op: Operation) -> Scalar:
    def run(a: float) -> float:
        return -a

    return run


_ORDERED: tuple[Callable[[float, float], bool], ...] = (
    lambda a, b: False,
    lambda a, b: a == b,
    lambda a, b: a > b,
    lambda a, b: a >= b,
    lambda a, b: a < b,
    lambda a, b: a <= b,
    lambda a, b: a != b,
    lambda a, b: True,
)
"""What the first predicates of arith.cmpf ask of two numbers; the next ones also hold where one is none."""


def _comparison(op: Operation) -> Scalar:
    assert isinstance(op, arith.CmpfOp)
    number = op.predicate.value.data
    if number == 2 * len(_ORDERED) - 1:
        return _always
    # Predicates 1 to 7 are ordered, 8 to 14 the same unordered.
    is_unordered = number >= len(_ORDERED)
    compare = _ORDERED[number - len(_ORDERED) + 1 if is_unordered else number]
    if number == 2 * len(_ORDERED) - 2:
        compare = _ORDERED[0]  # whether one is no number, and nothing else

    def run(a: float, b: float) -> int:
        nothing = math.isnan(a) or math.isnan(b)
        return -(is_unordered if nothing else compare(a, b))

    return run


def _always(_a: float, _b: float) -> int:
    return -1


def _convert(op: Operation) -> Scalar:
    return rounder(op.results[0].type, op)


def _from_integer(*, signed: bool) -> Maker:
    def make(op: Operation) -> Scalar:
        to_type = rounder(op.results[0].type, op)
        mask = (1 << bits_of(op.operands[0].type)) - 1
        # Straight to the type that is rounded to: by way of 64 bits, long integers would be rounded twice.
        first = np.float64 if isinstance(op.results[0].type, Float64Type) else np.float32

        def run(a: int) -> float:
            word = np.int64(a) if signed else np.uint64(a & mask)
            return to_type(float(word.astype(first)))

        return run

    return make


def _to_integer(*, signed: bool) -> Maker:
    """Round towards zero; what the integer cannot hold has no value."""

    def make(op: Operation) -> Scalar:
        bits = bits_of(op.results[0].type)
        wrap = wrapper(bits)
        least, behind = (-(1 << (bits - 1)), 1 << (bits - 1)) if signed else (0, 1 << bits)

        def run(a: float) -> int:
            if not math.isfinite(a) or not least <= math.trunc(a) < behind:
                raise ValueError
            return wrap(math.trunc(a))

        return run

    return make


def _bitcast(op: Operation) -> Scalar:
    """The same bits as another type of the same width."""
    source, target = op.operands[0].type, op.results[0].type
    read, write = _to_bits(source), _from_bits(target, op)

    def run(a: float) -> float:
        return write(read(a))

    return run


def _to_bits(type_: Attribute) -> Callable[[float], int]:
    bits = bits_of(type_)
    mask = (1 << bits) - 1

    def run(value: float) -> int:
        if isinstance(value, int):
            return value & mask
        if isinstance(type_, BFloat16Type):
            return int(np.float32(value).astype(ml_dtypes.bfloat16).view(np.uint16))
        return int.from_bytes(struct.pack(_FLOATS[bits], value), "little")

    return run


_FLOATS = {16: "<e", 32: "<f", 64: "<d"}


def _from_bits(type_: Attribute, op: Operation) -> Callable[[int], float]:
    bits = bits_of(type_)
    if isinstance(type_, IntegerType):
        return wrapper(bits)
    rounder(type_, op)  # refuses what has no such word

    def run(word: int) -> float:
        data = struct.pack(_WORDS[bits], word)
        if isinstance(type_, BFloat16Type):
            return float(np.frombuffer(data, ml_dtypes.bfloat16)[0])
        return struct.unpack(_FLOATS[bits], data)[0]

    return run


FLOAT_SCALARS: Mapping[type[Operation], Maker] = {
    RemFOp: _rounded(_remainder),
    arith.AddfOp: _rounded(lambda a, b: a + b),
    arith.SubfOp: _rounded(lambda a, b: a - b),
    arith.MulfOp: _rounded(lambda a, b: a * b),
    arith.DivfOp: _rounded(_quotient),
    arith.MaximumfOp: _rounded(_maximum),
    arith.MinimumfOp: _rounded(_minimum),
    arith.MaxnumfOp: _rounded(_number(_maximum)),
    arith.MinnumfOp: _rounded(_number(_minimum)),
    arith.NegfOp: _negate,
    arith.CmpfOp: _comparison,
    arith.ExtFOp: _convert,
    arith.TruncFOp: _convert,
    arith.SIToFPOp: _from_integer(signed=True),
    arith.UIToFPOp: _from_integer(signed=False),
    arith.FPToSIOp: _to_integer(signed=True),
    arith.FPToUIOp: _to_integer(signed=False),
    arith.BitcastOp: _bitcast,
}
"""For each operation on floats, what makes its function from its types."""
