"""Elementwise operations on values, against numpy."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from tilewright.dialects.diagnostics import Diagnostic

from .value_programs import BF16, Parse, evaluate

Refused = Callable[[Callable[[], object]], Diagnostic]
RNG = np.random.default_rng(3)
FLOATS = [np.dtype(np.float32), np.dtype(np.float16), BF16]
INTEGERS = [np.dtype(np.int8), np.dtype(np.uint8), np.dtype(np.int32)]

BINARY: dict[str, Callable[[Any, Any], Any]] = {
    "add": np.add,
    "sub": np.subtract,
    "mul": np.multiply,
    "max": np.maximum,
    "min": np.minimum,
}
UNARY: dict[str, Callable[[Any], Any]] = {
    "exp": np.exp,
    "log": np.log,
    "sqrt": np.sqrt,
    "rsqrt": lambda x: np.float32(1) / np.sqrt(x),
    "recip": lambda x: np.float32(1) / x,
    "neg": np.negative,
    "abs": np.abs,
    "relu": lambda x: np.maximum(x, np.float32(0)),
}


def numbers(shape: tuple[int, int], dtype: np.dtype[Any]) -> Any:
    if dtype.kind in "iu":
        limits = np.iinfo(dtype)
        return RNG.integers(limits.min, limits.max, shape, dtype=dtype, endpoint=True)
    return (RNG.random(shape, dtype=np.float32) * 4 + np.float32(0.1)).astype(dtype)


@pytest.mark.parametrize("dtype", FLOATS, ids=str)
@pytest.mark.parametrize("name", [*BINARY, "div", "rem"])
def test_small_floats_are_computed_in_f32_and_rounded_once(parse: Parse, name: str, dtype: np.dtype[Any]) -> None:
    a, b = numbers((4, 8), dtype), numbers((4, 8), dtype)
    function = {**BINARY, "div": np.divide, "rem": np.fmod}[name]
    expected = function(a.astype(np.float32), b.astype(np.float32)).astype(dtype)
    got = evaluate(parse, f"%r = tile.{name} %a, %b : {{a}}, {{b}} -> {{r}}", expected, {"a": a, "b": b})
    assert np.array_equal(got, expected)


@pytest.mark.parametrize("dtype", INTEGERS, ids=str)
@pytest.mark.parametrize("name", BINARY)
def test_integers_wrap_around(parse: Parse, name: str, dtype: np.dtype[Any]) -> None:
    a, b = numbers((4, 8), dtype), numbers((4, 8), dtype)
    wide = BINARY[name](a.astype(np.int64), b.astype(np.int64))
    got = evaluate(parse, f"%r = tile.{name} %a, %b : {{a}}, {{b}} -> {{r}}", a, {"a": a, "b": b})
    assert np.array_equal(got, wide.astype(dtype))


def test_integers_are_divided_towards_zero(parse: Parse) -> None:
    a = np.array([[7, -7, 7, -7, 6, -128]], np.int8)
    b = np.array([[2, 2, -2, -2, 3, -1]], np.int8)
    got = evaluate(parse, "%r = tile.div %a, %b : {a}, {b} -> {r}", a, {"a": a, "b": b})
    assert got.tolist() == [[3, -3, -3, 3, 2, -128]]
    got = evaluate(parse, "%r = tile.rem %a, %b : {a}, {b} -> {r}", a, {"a": a, "b": b})
    assert got.tolist() == [[1, -1, 1, -1, 0, 0]]
    a = np.array([[-1, 1, 0, -1, 127, -128, -128, 100]], np.int8)
    b = np.array([[2, -2, -3, -3, -128, 127, -127, 101]], np.int8)
    got = evaluate(parse, "%r = tile.div %a, %b : {a}, {b} -> {r}", a, {"a": a, "b": b})
    assert got.tolist() == [[0, 0, 0, 0, 0, -1, 1, 0]]
    a, b = np.array([[255, 200, 3]], np.uint8), np.array([[2, 255, 200]], np.uint8)
    got = evaluate(parse, "%r = tile.div %a, %b : {a}, {b} -> {r}", a, {"a": a, "b": b})
    assert got.tolist() == [[127, 0, 0]]


@pytest.mark.parametrize(
    "line, message",
    [
        ("%r = tile.div %a, %b : {a}, {b} -> {r}", "tile.div divides an integer by zero"),
        ("%r = tile.rem %a, %b : {a}, {b} -> {r}", "tile.rem divides an integer by zero"),
        ("%r = tile.shl %a, %a : {a}, {a} -> {r}", "tile.shl shifts elements of 32 bits by 40, by %a"),
    ],
)
def test_what_has_no_result(parse: Parse, refused: Refused, line: str, message: str) -> None:
    a, b = np.full((2, 8), 40, np.int32), np.zeros((2, 8), np.int32)
    error = refused(lambda: evaluate(parse, line, a, {"a": a, "b": b}))
    assert (error.code, error.message, str(error.location)) == ("TW0412", message, "test.pto:4:6")


def test_bits(parse: Parse) -> None:
    a, b = numbers((4, 8), np.dtype(np.int32)), numbers((4, 8), np.dtype(np.int32))
    for name, function in {"and": np.bitwise_and, "or": np.bitwise_or, "xor": np.bitwise_xor}.items():
        got = evaluate(parse, f"%r = tile.{name} %a, %b : {{a}}, {{b}} -> {{r}}", a, {"a": a, "b": b})
        assert np.array_equal(got, function(a, b))
    assert np.array_equal(evaluate(parse, "%r = tile.not %a : {a} -> {r}", a, {"a": a}), ~a)


def test_shifts_keep_the_sign_of_signed_elements(parse: Parse) -> None:
    for dtype, expected in ((np.int8, [-64, 1]), (np.uint8, [64, 1])):
        a = np.array([[128, 2]], np.uint8).view(dtype)
        b = np.ones((1, 2), dtype)
        got = evaluate(parse, "%r = tile.shr %a, %b : {a}, {b} -> {r}", a, {"a": a, "b": b})
        assert got.tolist() == [expected]
    a = np.array([[64, 3]], np.int8)
    got = evaluate(parse, "%r = tile.shl %a, %n : {a}, i8 -> {r}", a, {"a": a}, {"n": ("i8", 1)})
    assert got.tolist() == [[-128, 6]]


@pytest.mark.parametrize("dtype", FLOATS, ids=str)
@pytest.mark.parametrize("name", UNARY)
def test_unary_operations(parse: Parse, name: str, dtype: np.dtype[Any]) -> None:
    a = numbers((4, 8), dtype)
    expected = UNARY[name](a.astype(np.float32)).astype(dtype)
    assert np.array_equal(evaluate(parse, f"%r = tile.{name} %a : {{a}} -> {{r}}", a, {"a": a}), expected)


def test_the_smallest_integer_has_no_positive(parse: Parse) -> None:
    a = np.array([[-128, -1, 5]], np.int8)
    assert evaluate(parse, "%r = tile.abs %a : {a} -> {r}", a, {"a": a}).tolist() == [[-128, 1, 5]]
    assert evaluate(parse, "%r = tile.neg %a : {a} -> {r}", a, {"a": a}).tolist() == [[-128, 1, -5]]
    assert evaluate(parse, "%r = tile.relu %a : {a} -> {r}", a, {"a": a}).tolist() == [[0, 0, 5]]


def test_rows_columns_and_scalars_are_spread(parse: Parse) -> None:
    a, column, row = (numbers(shape, FLOATS[0]) for shape in ((4, 8), (4, 1), (1, 8)))
    tiles = {"a": a, "c": column, "w": row}
    assert np.array_equal(evaluate(parse, "%r = tile.sub %a, %c : {a}, {c} -> {r}", a, tiles), a - column)
    assert np.array_equal(evaluate(parse, "%r = tile.sub %w, %a : {w}, {a} -> {r}", a, tiles), row - a)
    got = evaluate(parse, "%r = tile.div %x, %a : f32, {a} -> {r}", a, tiles, {"x": ("f32", 0.1)})
    assert np.array_equal(got, np.float32(0.1) / a)


@pytest.mark.parametrize("name", ["eq", "ne", "lt", "le", "gt", "ge"])
def test_comparing_and_selecting(parse: Parse, name: str) -> None:
    a = np.array([[1, 2, 3, np.nan]], np.float32)
    predicate = {"eq": a == 2, "ne": a != 2, "lt": a < 2, "le": a <= 2, "gt": a > 2, "ge": a >= 2}[name]
    line = f"""%m = tile.compare {name} %a, %x : {{a}}, f32 -> !tile.tile<1x4xi1>
%r = tile.select %m, %a, %x : !tile.tile<1x4xi1>, {{a}}, f32 -> {{r}}"""
    got = evaluate(parse, line, a, {"a": a}, {"x": ("f32", 2.0)})
    assert np.array_equal(got, np.where(predicate, a, np.float32(2)), equal_nan=True)


def test_masks_are_combined(parse: Parse) -> None:
    a = np.array([[1, 2, 3, 4]], np.int32)
    mask = "!tile.tile<1x4xi1>"
    line = f"""%l = tile.compare lt %a, %n : {{a}}, i32 -> {mask}
%n2 = tile.not %l : {mask} -> {mask}
%e = tile.compare eq %a, %n : {{a}}, i32 -> {mask}
%x = tile.xor %n2, %e : {mask}, {mask} -> {mask}
%r = tile.select %x, %a, %n : {mask}, {{a}}, i32 -> {{r}}"""
    assert evaluate(parse, line, a, {"a": a}, {"n": ("i32", 3)}).tolist() == [[3, 3, 3, 4]]


CASTS = {
    "none": [1.0, -2.0, 2.0, 3.0, -0.0],
    "trunc": [1.0, -2.0, 2.0, 3.0, -0.0],
    "odd": [1.0, -2.0, 2.0, 3.0, -0.0],
    "rint": [2.0, -2.0, 2.0, 4.0, -0.0],
    "round": [2.0, -3.0, 3.0, 4.0, -1.0],
    "floor": [1.0, -3.0, 2.0, 3.0, -1.0],
    "ceil": [2.0, -2.0, 3.0, 4.0, -0.0],
}


@pytest.mark.parametrize("mode", CASTS)
def test_casts_to_integers(parse: Parse, mode: str) -> None:
    a = np.array([[1.5, -2.5, 2.5, 3.5, -0.5]], np.float32)
    got = evaluate(parse, f"%r = tile.cast {mode} %a : {{a}} -> {{r}}", a.astype(np.int32), {"a": a})
    assert got.tolist() == [CASTS[mode]]


def test_casts_out_of_range(parse: Parse) -> None:
    a = np.array([[300, -300, np.inf, -np.inf, np.nan]], np.float16)
    got = evaluate(parse, "%r = tile.cast rint %a : {a} -> {r}", a.astype(np.float32).view(np.int32), {"a": a})
    assert got.tolist() == [[300, -300, 2**31 - 1, -(2**31), 0]]
    b = np.array([[300, -300, 2**31 - 1]], np.int32)
    assert evaluate(parse, "%r = tile.cast rint %a : {a} -> {r}", b.astype(np.int8), {"a": b}).tolist() == [
        [44, -44, -1]
    ]


STEP = 2.0**-7
"""The distance of bf16 numbers between 1 and 2."""


@pytest.mark.parametrize(
    "mode, expected",
    [
        ("none", [1, 1 + 2 * STEP, -1, 1]),
        ("rint", [1, 1 + 2 * STEP, -1, 1]),
        ("round", [1 + STEP, 1 + 2 * STEP, -1 - STEP, 1]),
        ("trunc", [1, 1 + STEP, -1, 1]),
        ("floor", [1, 1 + STEP, -1 - STEP, 1]),
        ("ceil", [1 + STEP, 1 + 2 * STEP, -1, 1 + STEP]),
        ("odd", [1 + STEP, 1 + STEP, -1 - STEP, 1 + STEP]),
    ],
)
def test_casts_to_smaller_floats(parse: Parse, mode: str, expected: list[float]) -> None:
    a = np.array([[1 + STEP / 2, 1 + STEP * 1.5, -1 - STEP / 2, 1 + STEP / 8]], np.float32)
    got = evaluate(parse, f"%r = tile.cast {mode} %a : {{a}} -> {{r}}", a.astype(BF16), {"a": a})
    assert got.astype(np.float32).tolist() == [expected]


@pytest.mark.parametrize("mode", ["none", "rint", "round", "trunc", "floor", "ceil", "odd"])
def test_numbers_that_a_smaller_float_holds_are_kept(parse: Parse, mode: str) -> None:
    a = np.array([[1, -1.5, 0, -0.0, 2.0**-24, np.inf, -np.inf, np.nan]], np.float32)
    got = evaluate(parse, f"%r = tile.cast {mode} %a : {{a}} -> {{r}}", a.astype(np.float16), {"a": a})
    assert np.array_equal(got.astype(np.float32), a, equal_nan=True)
    assert np.array_equal(np.signbit(got[:, :-1]), np.signbit(a[:, :-1]))


@pytest.mark.parametrize(
    "mode, expected",
    [
        ("rint", [np.inf, -np.inf, 0, -0.0, 2.0**-24, -(2.0**-24)]),
        ("round", [np.inf, -np.inf, 0, -0.0, 2.0**-24, -(2.0**-24)]),
        ("trunc", [65504, -65504, 0, -0.0, 0, -0.0]),
        ("floor", [65504, -np.inf, 0, -(2.0**-24), 0, -(2.0**-24)]),
        ("ceil", [np.inf, -65504, 2.0**-24, -0.0, 2.0**-24, -0.0]),
        ("odd", [65504, -65504, 2.0**-24, -(2.0**-24), 2.0**-24, -(2.0**-24)]),
    ],
)
def test_casts_beyond_a_smaller_float(parse: Parse, mode: str, expected: list[float]) -> None:
    a = np.array([[2.0**17, -(2.0**17), 2.0**-26, -(2.0**-26), 3 * 2.0**-26, -3 * 2.0**-26]], np.float32)
    got = evaluate(parse, f"%r = tile.cast {mode} %a : {{a}} -> {{r}}", np.zeros((1, 6), np.float16), {"a": a})
    assert got.astype(np.float32).tolist() == [expected]
    assert np.signbit(got).tolist() == np.signbit([expected]).tolist()


def test_casts_from_integers(parse: Parse) -> None:
    a = np.array([[2**24 + 1, 2**24 + 3, -(2**24) - 1]], np.int32)
    for mode, last in (("rint", [0, 4, 0]), ("trunc", [0, 2, 0]), ("ceil", [2, 4, 0])):
        got = evaluate(parse, f"%r = tile.cast {mode} %a : {{a}} -> {{r}}", a.astype(np.float32), {"a": a})
        assert (np.abs(got[0]) - 2**24).tolist() == last


def test_an_operand_that_was_never_defined(parse: Parse, refused: Refused) -> None:
    a = numbers((4, 8), FLOATS[0])
    line = "%e = tile.empty : {a}\n%r = tile.add %a, %e : {a}, {a} -> {r}"
    error = refused(lambda: evaluate(parse, line, a, {"a": a}))
    assert (error.code, error.message) == ("TW0406", "tile.add reads %e, but none of its elements is defined")
