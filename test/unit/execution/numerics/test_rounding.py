"""Rounding modes against exact arithmetic."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor, isinf, isnan

import ml_dtypes
import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tilewright.dialects.pto.instruction_attributes import RoundMode
from tilewright.execution.numerics.conversions import convert
from tilewright.execution.numerics.rounding import round_wide, to_float, to_integer, to_integral

MODES = [RoundMode.RINT, RoundMode.ROUND, RoundMode.FLOOR, RoundMode.CEIL, RoundMode.TRUNC, RoundMode.ODD]
TARGETS = {"f16": np.float16, "bf16": ml_dtypes.bfloat16}

_BITS = st.integers(0, 2**32 - 1) | st.builds(
    lambda sign, exponent, mantissa: sign << 31 | exponent << 23 | mantissa << 12,
    st.integers(0, 1),
    st.integers(100, 145),
    st.integers(0, 2**11 - 1),
)
"""Any float32; among the rest, the exponents of float16, with many ties."""


def _expected(x: Fraction, target: type, mode: RoundMode) -> float:
    """The result by definition: among the two neighbours of a number that is not exact."""
    info = ml_dtypes.finfo(target)
    smallest, largest = Fraction(float(info.smallest_subnormal)), Fraction(float(info.max))
    exponent = 0 if x == 0 else floor(_log2(abs(x)))
    ulp = max(Fraction(2) ** (exponent - info.nmant), smallest)
    below, above = floor(x / ulp) * ulp, ceil(x / ulp) * ulp
    inner, outer = (below, above) if x >= 0 else (above, below)
    match mode:
        case RoundMode.FLOOR:
            result = below
        case RoundMode.CEIL:
            result = above
        case RoundMode.TRUNC:
            result = inner
        case RoundMode.ODD:
            result = inner if below == above or (inner / ulp) % 2 else outer
        case _:
            away = abs(outer - x) < abs(x - inner)
            if abs(outer - x) == abs(x - inner):
                away = mode is RoundMode.ROUND or (inner / ulp) % 2 == 1
            result = outer if away else inner
    if abs(result) <= largest:
        return float(result)
    toward = {RoundMode.TRUNC: True, RoundMode.ODD: True, RoundMode.FLOOR: x > 0, RoundMode.CEIL: x < 0}
    bound = largest if toward.get(mode, False) else Fraction(2) ** 1000
    return float(bound if x > 0 else -bound) if toward.get(mode, False) else float("inf" if x > 0 else "-inf")


def _log2(x: Fraction) -> int:
    exponent = x.numerator.bit_length() - x.denominator.bit_length()
    return exponent if Fraction(2) ** exponent <= x else exponent - 1


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("mode", MODES)
@given(bits=_BITS)
@example(bits=0x7F800001)  # a signalling NaN
def test_every_mode_by_definition(mode: RoundMode, target: str, bits: int) -> None:
    x = np.array([bits], np.uint32).view(np.float32)
    result = float(to_float(x, target, mode)[0])
    value = float(x[0])
    if isnan(value):
        assert isnan(result)
    elif isinf(value):
        assert result == value
    else:
        assert result == _expected(Fraction(value), TARGETS[target], mode)


@given(bits=st.integers(0, 2**32 - 1))
def test_the_sign_of_a_zero_stays(bits: int) -> None:
    x = np.array([bits], np.uint32).view(np.float32)
    for mode in MODES:
        assert np.isnan(x[0]) or np.signbit(to_float(x, "f16", mode)[0]) == np.signbit(x[0])


_WIDE = (0, -1, 1, -(2**63), 2**60 + 2**36, 2**60 + 3 * 2**36, -(2**60) - 2**36, 2**60 + 2**36 + 1, 2**51 + 2**27)
"""Zero, limits, numbers in the middle of two float32, and next to it."""


@given(st.sampled_from(_WIDE) | st.integers(-(2**63), 2**63 - 1), st.sampled_from(MODES[:5]))
def test_64_bit_integers_round_once(number: int, mode: RoundMode) -> None:
    result = float(round_wide(np.array([number]), mode)[0])
    assert result == _expected(Fraction(number), np.float32, mode)
    assert np.signbit(result) == (number < 0)


@pytest.mark.parametrize("mode", MODES[:5])
def test_ties_of_64_bits(mode: RoundMode) -> None:
    expected = [_expected(Fraction(number), np.float32, mode) for number in _WIDE]
    assert round_wide(np.array(_WIDE), mode).tolist() == expected


@pytest.mark.parametrize(
    "mode, expected",
    [
        (RoundMode.RINT, [-2, -2, 0, 0, 2, 2]),
        (RoundMode.ROUND, [-3, -2, -1, 1, 2, 3]),
        (RoundMode.FLOOR, [-3, -2, -1, 0, 1, 2]),
        (RoundMode.CEIL, [-2, -1, 0, 1, 2, 3]),
        (RoundMode.TRUNC, [-2, -1, 0, 0, 1, 2]),
    ],
)
def test_halves(mode: RoundMode, expected: list[int]) -> None:
    halves = np.array([-2.5, -1.5, -0.5, 0.5, 1.5, 2.5], np.float32)
    assert to_integral(halves, mode).tolist() == expected


def test_just_below_a_half_is_not_rounded_up() -> None:
    assert to_integral(np.array([0.49999997], np.float32), RoundMode.ROUND).tolist() == [0]


SPECIAL = np.array([np.nan, np.inf, -np.inf, 300.0, -300.0, 2.0**40, 2.0**63, -(2.0**63), 127.0, -128.0], np.float32)


@pytest.mark.parametrize(
    "target, saturate, expected",
    [
        ("i8", True, [0, 127, -128, 127, -128, 127, 127, -128, 127, -128]),
        ("i8", False, [0, -1, 0, 44, -44, 0, -1, 0, 127, -128]),
        ("ui8", True, [0, 255, 0, 255, 0, 255, 255, 0, 127, 0]),
        ("i32", True, [0, 2**31 - 1, -(2**31), 300, -300, 2**31 - 1, 2**31 - 1, -(2**31), 127, -128]),
        ("i64", True, [0, 2**63 - 1, -(2**63), 300, -300, 2**40, 2**63 - 1, -(2**63), 127, -128]),
    ],
)
def test_what_does_not_fit_into_an_integer(target: str, saturate: bool, expected: list[int]) -> None:
    assert to_integer(SPECIAL.astype(np.float64), target, saturate=saturate).tolist() == expected


@pytest.mark.parametrize("in_two_steps, expected", [(False, [0, 16]), (True, [-1, -1])])
def test_low_bits_by_way_of_i32_or_of_i64(in_two_steps: bool, expected: list[int]) -> None:
    values = np.array([2.0**33, 2.0**27 * 33 + 16.0], np.float64)
    whole = convert(values, ("f32", "i16"), RoundMode.RINT, saturate=False, in_two_steps=in_two_steps)
    assert whole is not None
    assert whole.tolist() == expected


def test_pairs_without_a_path() -> None:
    for pair in (("bf16", "f16"), ("i8", "i32"), ("i16", "i8"), ("f16", "bf16")):
        assert convert(np.ones(1, np.float32), pair, RoundMode.RINT, saturate=True, in_two_steps=False) is None
