"""Numbers at which an instruction of the vector core changes what it does: zeros of both signs, ties, limits."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from tilewright.dialects.diagnostics import DiagnosticError
from tilewright.execution.dtypes import DTYPES

Compute = Callable[..., list[Any]]

F32, F16, I32, I16 = (f"8x16x{element}" for element in ("f32", "f16", "i32", "i16"))
ZEROS = [0.0, -0.0, 0.0, -0.0] * 4
OTHERS = [-0.0, 0.0, 0.0, -0.0] * 4
INF = float("inf")
_MAXIMUM, _MINIMUM = [False, False, False, True], [True, True, False, True]
"""Whether a result of ZEROS and OTHERS is -0."""


@pytest.mark.parametrize("tile", [F32, F16])
@pytest.mark.parametrize("name, negative", [("max", _MAXIMUM), ("min", _MINIMUM)])
def test_zeros_have_an_order(compute: Compute, name: str, negative: list[bool], tile: str) -> None:
    tiles = dict.fromkeys("abd", tile)
    (d,) = compute(f"pto.t{name} ins(%a, %b) outs(%d)", tiles, a=ZEROS, b=OTHERS)
    assert np.signbit(d[0, :4]).tolist() == negative
    (d,) = compute(f"pto.t{name}s ins(%a, %x) outs(%d)", tiles, "d", {"x": ("f32", "0.0")}, a=ZEROS)
    assert np.signbit(d[0, :2]).tolist() == [False, name == "min"]


@pytest.mark.parametrize("name, negative", [("max", False), ("min", True)])
def test_zeros_have_an_order_in_reductions(compute: Compute, name: str, negative: bool) -> None:
    tile = "8x8xf32, valid=2x2"
    zeros = [[0.0, -0.0], [-0.0, 0.0]]
    column, row = "8x1xf32, blayout=col_major, valid=2x1", "1x8xf32, valid=1x2"
    (d,) = compute(f"pto.trow{name} ins(%a, %t) outs(%d)", {"a": tile, "t": tile, "d": column}, a=zeros)
    assert (np.signbit(d) == negative).all()
    (d,) = compute(f"pto.tcol{name} ins(%a) outs(%d)", {"a": tile, "d": row}, a=zeros)
    assert (np.signbit(d) == negative).all()


def test_leaky_units_multiply_zeros(compute: Compute) -> None:
    """The slope meets what is not larger than zero: 0 by a negative slope is -0, by infinity it is no number."""
    constants = {"x": ("f32", "-2.0")}
    (d,) = compute("pto.tlrelu ins(%a, %x) outs(%d)", {"a": F32, "d": F32}, "d", constants, a=[0.0, -0.0, 3, -3] * 4)
    assert d[0, :4].tolist() == [0, 0, 3, 6]
    assert np.signbit(d[0, :2]).tolist() == [True, False]
    tiles = dict.fromkeys("abd", "8x32xf32") | {"t": "8x32xui8"}
    (d,) = compute("pto.tprelu ins(%a, %b, %t) outs(%d)", tiles, a=[0.0, -0.0, 3, -3] * 8, b=[-2, -2, -2, INF] * 8)
    assert d[0, :4].tolist() == [0, 0, 3, -INF]
    assert np.signbit(d[0, :2]).tolist() == [True, False]
    (d,) = compute("pto.tprelu ins(%a, %b, %t) outs(%d)", tiles, a=0, b=INF)
    assert np.isnan(d).all()


def test_roots_with_scratch_memory_round_twice(compute: Compute) -> None:
    a = np.random.default_rng(0).uniform(0.1, 9, (8, 16)).astype(np.float32)
    (once,) = compute("pto.trsqrt ins(%a) outs(%d)", {"a": F32, "d": F32}, a=a)
    (twice,) = compute("pto.trsqrt ins(%a, %t) outs(%d)", dict.fromkeys("atd", F32), a=a)
    np.testing.assert_array_equal(once, (1 / np.sqrt(a.astype(np.float64))).astype(np.float32))
    np.testing.assert_array_equal(twice, np.float32(1) / np.sqrt(a))
    assert (once != twice).any()


def test_a_quotient_in_place_multiplies_by_the_inverse(compute: Compute) -> None:
    a = np.random.default_rng(1).uniform(-9, 9, (8, 16)).astype(np.float32)
    constants = {"x": ("f32", "3.0")}
    (apart,) = compute("pto.tdivs ins(%a, %x) outs(%d)", {"a": F32, "d": F32}, "d", constants, a=a)
    (inside,) = compute("pto.tdivs ins(%a, %x) outs(%a)", {"a": F32}, "a", constants, a=a)
    np.testing.assert_array_equal(apart, a / np.float32(3))
    np.testing.assert_array_equal(inside, a * (np.float32(1) / np.float32(3)))
    assert (apart != inside).any()
    (turned,) = compute("pto.tdivs ins(%x, %a) outs(%d)", {"a": F32, "d": F32}, "d", constants, a=a)
    np.testing.assert_array_equal(turned, np.float32(3) / a)


def test_remainders_of_integers(compute: Compute) -> None:
    """They have the sign of the divisor, and go through float32; a scalar stays exact where it is multiplied."""
    a, b = [7, -7, 7, -7, 6, -6, 0, 1] * 2, [3, 3, -3, -3, 3, 3, -3, 2**31 - 1] * 2
    (d,) = compute("pto.trem ins(%a, %b, %t) outs(%d)", dict.fromkeys("abtd", I32), a=a, b=b)
    assert d[0, :8].tolist() == [1, 2, -2, -1, 0, 0, 0, 1]
    large, double = 2**24 + 1, 2**25 + 4
    (d,) = compute("pto.trem ins(%a, %b, %t) outs(%d)", dict.fromkeys("abtd", I32), a=double, b=large)
    assert (d == 4).all()
    constants = {"x": ("i32", str(large))}
    (d,) = compute("pto.trems ins(%a, %x, %t) outs(%d)", dict.fromkeys("atd", I32), "d", constants, a=double)
    assert (d == 2).all()
    for value, expected in ((7, 1), (-7, 2), (6, 0)):
        constants = {"x": ("i32", "3")}
        (d,) = compute("pto.trems ins(%a, %x, %t) outs(%d)", dict.fromkeys("atd", I32), "d", constants, a=value)
        assert (d == expected).all()


@pytest.mark.parametrize("right", ["%b", "%x"])
def test_a_remainder_whose_quotient_is_rounded_up_is_put_right(compute: Compute, right: str) -> None:
    """The float32 below nine tenths, and an integer that float32 does not hold."""
    left, tenth = np.float32(0.9), np.float32(0.1)
    rest = left - np.floor(left / tenth) * tenth
    assert rest < 0
    tiles, constants = dict.fromkeys("abtd", F32), {"x": ("f32", f"{float(tenth):.17g}")} if right == "%x" else {}
    given = {"b": tenth} if right == "%b" else {}
    text = f"ins(%a, {right}, %t) outs(%d)"
    used = {name: tiles[name] for name in tiles if name != "b" or given}
    (d,) = compute(f"pto.trem{'s' if constants else ''} {text}", used, "d", constants, a=left, **given)
    assert (d == rest + tenth).all()
    used, constants = dict.fromkeys(used, I32), {"x": ("i32", "11")} if constants else {}
    given = {"b": 11} if given else {}
    (d,) = compute(f"pto.trem{'s' if constants else ''} {text}", used, "d", constants, a=1341549998, **given)
    assert (d == -5).all()


@pytest.mark.parametrize("left, right, expected", [(6, 3, 0), (7.5, 2, 1.5), (-7.5, 2, -1.5), (7.5, -2, 1.5)])
def test_remainders_with_the_sign_of_the_dividend(compute: Compute, left: float, right: float, expected: float) -> None:
    (d,) = compute("pto.tfmod ins(%a, %b) outs(%d)", dict.fromkeys("abd", F32), a=left, b=right)
    np.testing.assert_array_equal(d, expected)
    constants = {"x": ("f32", str(float(right)))}
    (d,) = compute("pto.tfmods ins(%a, %x) outs(%d)", {"a": F32, "d": F32}, "d", constants, a=left)
    np.testing.assert_array_equal(d, expected)


def test_16_bit_quotients_go_through_float16(compute: Compute) -> None:
    values = [2049, -2051, 7, 0] * 4
    tiles = {"a": I16, "d": I16}
    (d,) = compute("pto.tdivs ins(%a, %x) outs(%d)", tiles, "d", {"x": ("i16", "1")}, a=values)
    assert d[0, :4].tolist() == [2048, -2052, 7, 0]
    a, d = compute("pto.tdivs ins(%x, %a) outs(%d)", tiles, "a d", {"x": ("i16", "100")}, a=values)
    assert d[0, :4].tolist() == [0, 0, 14, 32767]
    assert a.view(np.float16)[0, :4].tolist() == [2048, -2052, 7, 0]


def test_negated_scalars_saturate(compute: Compute) -> None:
    constants = {"x": ("i16", "-32768")}
    (d,) = compute("pto.tsubs ins(%a, %x) outs(%d)", {"a": I16, "d": I16}, "d", constants, a=-1)
    assert (d == 32766).all()
    constants = {"x": ("f32", "0.1")}
    (d,) = compute("pto.tsubs ins(%a, %x) outs(%d)", {"a": F16, "d": F16}, "d", constants, a=1)
    assert (d == np.float16(1) - np.float16(np.float32(0.1))).all()


@pytest.mark.parametrize("element", ["i16", "ui16", "i32", "ui32"])
def test_shifts(compute: Compute, element: str) -> None:
    tile, dtype = f"8x16x{element}", DTYPES[element]
    limits = np.iinfo(dtype)
    values, bits = [limits.max, limits.min, 5, limits.max], [0, 1, 4, 31]
    wide = np.array(values, np.int64)
    for name, function in (("shl", np.left_shift), ("shr", np.right_shift)):
        (d,) = compute(f"pto.t{name} ins(%a, %b) outs(%d)", dict.fromkeys("abd", tile), a=values * 4, b=bits * 4)
        np.testing.assert_array_equal(d[0, :4], function(wide, bits).astype(dtype))
        for count in (0, 31):
            text = f"pto.t{name}s ins(%a, %n) outs(%d)"
            (d,) = compute(text, {"a": tile, "d": tile}, "d", {"n": ("i32", str(count))}, a=values * 4)
            np.testing.assert_array_equal(d[0, :4], function(wide, count).astype(dtype))


def test_a_shift_too_far(compute: Compute) -> None:
    with pytest.raises(DiagnosticError) as caught:
        compute("pto.tshls ins(%a, %n) outs(%d)", {"a": I32, "d": I32}, "d", {"n": ("i32", "32")}, a=1)
    assert caught.value.diagnostics[0].message == "pto.tshls shifts by 32 bits, which has no defined result"


@pytest.mark.parametrize(
    "source, target, saturation, expected",
    [
        ("f32", "i16", "OFF", [-1, -1, 2, 0]),
        ("f32", "i16", "ON", [32767, 32767, 2, -32768]),
        ("f32", "i32", "OFF", [0, 4464 * 2**16, 2, 0]),
        ("f32", "i32", "ON", [2**31 - 1, 2**31 - 1, 2, -(2**31)]),
    ],
)
def test_conversions_with_scratch_memory_heed_saturation(
    compute: Compute, source: str, target: str, saturation: str, expected: list[int]
) -> None:
    mode = f"{{rmode = #pto<round_mode RINT>, sat_mode = #pto<saturation_mode {saturation}>}}"
    tiles = {"a": f"8x16x{source}", "t": f"8x16x{source}", "d": f"8x16x{target}"}
    values = [2.0**33, 70000.0 * 2**16, 2.5, -(2.0**33)] * 4
    (d,) = compute(f"pto.tcvt ins(%a, %t {mode}) outs(%d)", tiles, a=values)
    assert d[0, :4].tolist() == expected


def test_three_operands_in_order(compute: Compute) -> None:
    tiles = dict.fromkeys("abcd", F32)
    (d,) = compute("pto.tsubc ins(%a, %b, %c) outs(%d)", tiles, a=2.0**24, b=-1, c=-1)
    assert (d == 2.0**24 - 1).all()
    (d,) = compute("pto.tsubsc ins(%a, %x, %c) outs(%d)", tiles, "d", {"x": ("f32", "-1.0")}, a=2.0**24, c=-1)
    assert (d == 2.0**24 - 1).all()
    (d,) = compute("pto.taddsc ins(%a, %x, %c) outs(%d)", tiles, "d", {"x": ("f32", "1.0")}, a=2.0**24, c=-1)
    assert (d == 2.0**24 - 1).all()


COLUMN = "8x1xf32, blayout=col_major"


def test_quantisation_saturates_twice(compute: Compute) -> None:
    """By way of i32 and of float16, whose 2049 is 2048; then to 8 bits."""
    a = [1e12, -1e12, 200, -200, 2.5, 3.5, -2.5, 0] * 4
    tiles = {"a": "8x32xf32", "s": COLUMN, "d": "8x32xi8"}
    more = "{quant_type = #pto<quant_type INT8_SYM>}"
    (d,) = compute(f"pto.tquant ins(%a, %s) outs(%d) {more}", tiles, a=a, s=1)
    assert d[0, :8].tolist() == [127, -128, 127, -128, 2, 4, -2, 0]
    tiles = {"a": "8x32xf32", "s": COLUMN, "o": COLUMN, "d": "8x32xui8"}
    more = "{quant_type = #pto<quant_type INT8_ASYM>}"
    (d,) = compute(f"pto.tquant ins(%a, %s, %o) outs(%d) {more}", tiles, a=a, s=2, o=[[0.5]] * 7 + [[100]])
    assert d[0, :8].tolist() == [255, 0, 255, 0, 6, 8, 0, 0]
    assert d[7, :8].tolist() == [255, 0, 255, 0, 105, 107, 95, 100]
