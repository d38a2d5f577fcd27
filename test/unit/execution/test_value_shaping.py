"""Reductions, changes of shape and of the valid part on values, against numpy."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from tilewright.dialects.diagnostics import Diagnostic

from .value_programs import BF16, Parse, evaluate

Refused = Callable[[Callable[[], object]], Diagnostic]
RNG = np.random.default_rng(5)
F32 = np.dtype(np.float32)


def numbers(*shape: int) -> Any:
    return RNG.integers(-9, 9, shape).astype(np.float32)


@pytest.mark.parametrize("dtype", [F32, BF16, np.dtype(np.int32)], ids=str)
@pytest.mark.parametrize("name, function", [("sum", np.sum), ("max", np.max), ("min", np.min), ("prod", np.prod)])
def test_reductions(parse: Parse, name: str, function: Callable[..., Any], dtype: np.dtype[Any]) -> None:
    a = RNG.integers(-2, 3, (4, 8)).astype(dtype)
    for kind, axis in (("row", 1), ("col", 0)):
        expected = function(a.astype(np.float64), axis=axis, keepdims=True).astype(dtype)
        assert np.array_equal(
            evaluate(parse, f"%r = tile.{kind}_{name} %a : {{a}} -> {{r}}", expected, {"a": a}), expected
        )


def test_a_sum_of_small_integers_wraps_around(parse: Parse) -> None:
    a = np.full((1, 4), 100, np.int8)
    assert evaluate(parse, "%r = tile.row_sum %a : {a} -> {r}", a[:, :1], {"a": a}).tolist() == [[-112]]


def test_a_sum_of_small_floats_is_rounded_once(parse: Parse) -> None:
    a = np.array([[1, *[2.0**-8] * 8]], BF16)
    got = evaluate(parse, "%r = tile.row_sum %a : {a} -> {r}", a[:, :1], {"a": a})
    assert float(got[0, 0]) == 1 + 2.0**-5


def test_places_of_extremes(parse: Parse) -> None:
    a = np.array([[1, 5, 5, 0], [7, 2, 2, 9]], np.float32)
    places = np.zeros((2, 1), np.int32)
    assert evaluate(parse, "%r = tile.row_argmax %a : {a} -> {r}", places, {"a": a}).tolist() == [[1], [3]]
    assert evaluate(parse, "%r = tile.row_argmin %a : {a} -> {r}", places, {"a": a}).tolist() == [[3], [1]]


PART = "%p = tile.set_valid %a[%m, %n] : {a} -> !tile.tile<4x8xf32, valid = ?x?>\n"
EXTENTS = {"m": ("index", 2), "n": ("index", 3)}


def test_only_the_valid_part_counts(parse: Parse) -> None:
    a = numbers(4, 8)
    part, sums = "!tile.tile<4x8xf32, valid = ?x?>", "!tile.tile<4x1xf32, valid = ?x1>"
    line = f"""{PART}%s = tile.row_sum %p : {part} -> {sums}
%q = tile.sub %p, %s : {part}, {sums} -> {part}
%r = tile.fill_pad zero %q : {part} -> {{r}}"""
    expected = np.zeros((4, 8), np.float32)
    expected[:2, :3] = a[:2, :3] - a[:2, :3].sum(1, keepdims=True)
    assert np.array_equal(evaluate(parse, line, a, {"a": a}, EXTENTS), expected)


@pytest.mark.parametrize(
    "element, dtype, low, high",
    [
        ("f32", np.float32, -np.inf, np.inf),
        ("f16", np.float16, -np.inf, np.inf),
        ("i8", np.int8, -128, 127),
        ("ui8", np.uint8, 0, 255),
    ],
)
def test_padding(parse: Parse, element: str, dtype: Any, low: float, high: float) -> None:
    a = np.ones((4, 8), dtype)
    for value, expected in (("min", low), ("max", high), ("zero", 0)):
        line = PART.replace("f32", element)
        line += f"%r = tile.fill_pad {value} %p : !tile.tile<4x8x{element}, valid = ?x?> -> {{r}}"
        got = evaluate(parse, line, a, {"a": a}, EXTENTS)
        assert (got[:2, :3] == 1).all()
        assert (got[2:] == expected).all()
        assert (got[:, 3:] == expected).all()


def test_a_valid_part_that_was_never_defined(parse: Parse, refused: Refused) -> None:
    a = numbers(4, 8)
    part = "!tile.tile<4x8xf32, valid = ?x?>"
    line = f"""{PART}%q = tile.set_valid %p[%n, %n] : {part} -> {part}
%r = tile.fill_pad zero %q : {part} -> {{r}}"""
    error = refused(lambda: evaluate(parse, line, a, {"a": a}, EXTENTS))
    assert (error.code, str(error.location)) == ("TW0406", "test.pto:4:6")
    assert "only 2x3 of its valid 3x3 elements are defined" in error.message


@pytest.mark.parametrize(
    "line, message",
    [
        (
            "%r = tile.set_valid %a[%n, %m] : {a} -> !tile.tile<4x8xf32, valid = ?x?>",
            "tile.set_valid makes 3x9 elements valid, which is no valid part of !tile.tile<4x8xf32, valid = ?x?>",
        ),
        (
            "%r = tile.set_valid %a[%n, %m] : {a} -> !tile.tile<4x8xf32, valid = ?x8>",
            "tile.set_valid makes 3x9 elements valid, which is no valid part of !tile.tile<4x8xf32, valid = ?x8>",
        ),
    ],
)
def test_what_cannot_be_valid(parse: Parse, refused: Refused, line: str, message: str) -> None:
    a = numbers(4, 8)
    filled = line.replace("%r", "%q") + "\n%r = tile.fill_pad zero %q : " + line.split("-> ")[1] + " -> {r}"
    error = refused(lambda: evaluate(parse, filled, a, {"a": a}, {"n": ("index", 3), "m": ("index", 9)}))
    assert (error.code, error.message) == ("TW0411", message)


def test_operands_that_disagree(parse: Parse, refused: Refused) -> None:
    part = "!tile.tile<4x8xf32, valid = ?x8>"
    a = numbers(4, 8)
    line = f"""%c8 = arith.constant 8 : index
%p = tile.set_valid %a[%m, %c8] : {{a}} -> {part}
%q = tile.set_valid %a[%n, %c8] : {{a}} -> {part}
%s = tile.add %p, %q : {part}, {part} -> {part}
%r = tile.fill_pad zero %s : {part} -> {{r}}"""
    error = refused(lambda: evaluate(parse, line, a, {"a": a}, EXTENTS))
    assert error.code == "TW0411"
    assert error.message == "tile.add cannot take %p with 2x8 valid elements and %q with 3x8"


def test_shapes(parse: Parse) -> None:
    a, column, row, one = numbers(4, 8), numbers(4, 1), numbers(1, 8), numbers(1, 1)
    for name, tile in (("column", column), ("row", row), ("one", one)):
        got = evaluate(parse, "%r = tile.expand %a : {a} -> {r}", a, {"a": tile})
        assert np.array_equal(got, np.broadcast_to(tile, (4, 8))), name
    shaped = a.reshape(2, 16)
    assert np.array_equal(evaluate(parse, "%r = tile.reshape %a : {a} -> {r}", shaped, {"a": a}), shaped)
    assert np.array_equal(evaluate(parse, "%r = tile.transpose %a : {a} -> {r}", a.T, {"a": a}), a.T)
    both = np.concatenate([a, column], axis=1)
    assert np.array_equal(
        evaluate(parse, "%r = tile.concat %a, %b : {a}, {b} -> {r}", both, {"a": a, "b": column}), both
    )


def test_a_column_of_unknown_length_becomes_a_row(parse: Parse) -> None:
    a = numbers(8, 1)
    line = """%c1 = arith.constant 1 : index
%p = tile.set_valid %a[%n, %c1] : {a} -> !tile.tile<8x1xf32, valid = ?x1>
%q = tile.reshape %p : !tile.tile<8x1xf32, valid = ?x1> -> !tile.tile<1x8xf32, valid = 1x?>
%r = tile.fill_pad zero %q : !tile.tile<1x8xf32, valid = 1x?> -> {r}"""
    got = evaluate(parse, line, a.T, {"a": a}, {"n": ("index", 3)})
    assert np.array_equal(got, [[*a[:3, 0], 0, 0, 0, 0, 0]])


@pytest.mark.parametrize("columns, rows", [(4, 1), (8, 2)])
def test_a_row_of_unknown_length_becomes_whole_rows(parse: Parse, columns: int, rows: int) -> None:
    a = numbers(1, 8)
    line = """%c1 = arith.constant 1 : index
%p = tile.set_valid %a[%c1, %n] : {a} -> !tile.tile<1x8xf32, valid = 1x?>
%q = tile.reshape %p : !tile.tile<1x8xf32, valid = 1x?> -> !tile.tile<2x4xf32, valid = ?x4>
%r = tile.fill_pad zero %q : !tile.tile<2x4xf32, valid = ?x4> -> {r}"""
    expected = a.reshape(2, 4).copy()
    expected[rows:] = 0
    got = evaluate(parse, line, expected, {"a": a}, {"n": ("index", columns)})
    assert np.array_equal(got, expected)


@pytest.mark.parametrize(
    "source, valid, rows, columns", [("%a", "1x3", 1, 3), ("%p", "?x?", 1, 2), ("%p", "1x?", 1, 2)]
)
def test_an_extract_is_valid_in_part(parse: Parse, source: str, valid: str, rows: int, columns: int) -> None:
    a = numbers(4, 8)
    type_ = "!tile.tile<4x8xf32, valid = ?x?>" if source == "%p" else "{a}"
    line = f"""{PART}%i = arith.constant 1 : index
%q = tile.extract {source}[%i, %i] : {type_} -> !tile.tile<2x4xf32, valid = {valid}>
%r = tile.fill_pad zero %q : !tile.tile<2x4xf32, valid = {valid}> -> {{r}}"""
    expected = np.zeros((2, 4), np.float32)
    expected[:rows, :columns] = a[1 : 1 + rows, 1 : 1 + columns]
    assert np.array_equal(evaluate(parse, line, expected, {"a": a}, EXTENTS), expected)


def test_an_extract_from_a_tile_with_holes(parse: Parse, refused: Refused) -> None:
    a = numbers(2, 4)
    line = """%i = arith.constant 0 : index
%j = arith.constant 4 : index
%e = tile.empty : !tile.tile<2x8xf32>
%q = tile.insert %a into %e[%i, %j] : {a} into !tile.tile<2x8xf32> -> !tile.tile<2x8xf32>
%r = tile.extract %q[%i, %n] : !tile.tile<2x8xf32> -> {r}"""
    assert np.array_equal(evaluate(parse, line, a, {"a": a}, {"n": ("index", 4)}), a)
    error = refused(lambda: evaluate(parse, line, a, {"a": a}, {"n": ("index", 3)}))
    assert error.message == "tile.store reads %r, but 2 of its valid 2x4 elements were never defined"


def test_part_of_a_row_does_not_become_whole_rows(parse: Parse, refused: Refused) -> None:
    a = numbers(1, 8)
    line = """%c1 = arith.constant 1 : index
%p = tile.set_valid %a[%c1, %n] : {a} -> !tile.tile<1x8xf32, valid = 1x?>
%q = tile.reshape %p : !tile.tile<1x8xf32, valid = 1x?> -> !tile.tile<2x4xf32, valid = ?x4>
%r = tile.fill_pad zero %q : !tile.tile<2x4xf32, valid = ?x4> -> {r}"""
    error = refused(lambda: evaluate(parse, line, a.reshape(2, 4), {"a": a}, {"n": ("index", 3)}))
    assert (error.code, str(error.location)) == ("TW0411", "test.pto:5:6")
    assert "the 1x3 valid elements of %p do not make whole rows" in error.message


def test_an_insert_makes_a_copy(parse: Parse) -> None:
    a, b = numbers(2, 3), numbers(4, 8)
    expected = b.copy()
    expected[1:3, 4:7] = a
    line = """%i = arith.constant 1 : index
%j = arith.constant 4 : index
%q = tile.insert %a into %b[%i, %j] : {a} into {b} -> {r}
%c = tile.sub %q, %b : {r}, {b} -> {r}
%r = tile.add %c, %b : {r}, {b} -> {r}"""
    assert np.array_equal(evaluate(parse, line, b, {"a": a, "b": b}), expected)


def test_an_insert_into_a_tall_tile(parse: Parse) -> None:
    a, b = numbers(1, 2), numbers(8, 3)
    expected = b.copy()
    expected[6:7, 1:3] = a
    line = """%i = arith.constant 6 : index
%j = arith.constant 1 : index
%r = tile.insert %a into %b[%i, %j] : {a} into {b} -> {r}"""
    assert np.array_equal(evaluate(parse, line, b, {"a": a, "b": b}), expected)


def test_a_tile_put_together_from_parts(parse: Parse, refused: Refused) -> None:
    a = numbers(2, 4)
    first = """%i = arith.constant 0 : index
%j = arith.constant 4 : index
%e = tile.empty : {r}
%q = tile.insert %a into %e[%i, %j] : {a} into {r} -> {r}
"""
    got = evaluate(
        parse, first + "%r = tile.insert %a into %q[%i, %i] : {a} into {r} -> {r}", np.hstack([a, a]), {"a": a}
    )
    assert np.array_equal(got, np.hstack([a, a]))
    error = refused(lambda: evaluate(parse, first.replace("%q", "%r"), np.hstack([a, a]), {"a": a}))
    assert error.code == "TW0406"
    assert error.message == "tile.store reads %r, but 8 of its valid 2x8 elements were never defined"


@pytest.mark.parametrize("rows, columns, holes", [(3, 7, 3), (2, 8, 8), (2, 7, 10)])
def test_a_tile_without_its_end(parse: Parse, refused: Refused, rows: int, columns: int, holes: int) -> None:
    a, whole = numbers(rows, columns), numbers(3, 8)
    line = """%i = arith.constant 0 : index
%e = tile.empty : {r}
%r = tile.insert %a into %e[%i, %i] : {a} into {r} -> {r}"""
    error = refused(lambda: evaluate(parse, line, whole, {"a": a}))
    assert (error.code, error.message) == (
        "TW0406",
        f"tile.store reads %r, but {holes} of its valid 3x8 elements were never defined",
    )


def test_numbers_make_tiles(parse: Parse) -> None:
    a = numbers(1, 8)
    got = evaluate(parse, "%r = tile.splat %x : f32 -> {r}", a, {}, {"x": ("f32", 0.1)})
    assert (got == np.float32(0.1)).all()
    i = np.zeros((1, 4), np.int16)
    line = "%r = tile.iota %x{} : i16 -> {{r}}"
    assert evaluate(parse, line.format(""), i, {}, {"x": ("i16", 32766)}).tolist() == [[32766, 32767, -32768, -32767]]
    assert evaluate(parse, line.format(" descending"), i, {}, {"x": ("i16", 1)}).tolist() == [[1, 0, -1, -2]]


def test_k_that_only_the_running_program_knows(parse: Parse, refused: Refused) -> None:
    a, b = RNG.integers(-9, 9, (4, 64)).astype(np.int8), RNG.integers(-9, 9, (64, 8)).astype(np.int8)
    left, right = "!tile.tile<4x64xi8, valid = 4x?>", "!tile.tile<64x8xi8, valid = ?x8>"
    line = f"""%c4 = arith.constant 4 : index
%c8 = arith.constant 8 : index
%p = tile.set_valid %a[%c4, %m] : {{a}} -> {left}
%q = tile.set_valid %b[%n, %c8] : {{b}} -> {right}
%r = tile.matmul %p, %q : {left}, {right} -> {{r}}"""

    def run(m: int, n: int) -> Any:
        o = np.zeros((4, 8), np.int32)
        return evaluate(parse, line, o, {"a": a, "b": b}, {"m": ("index", m), "n": ("index", n)})

    assert np.array_equal(run(32, 32), a[:, :32].astype(np.int32) @ b[:32].astype(np.int32))
    assert refused(lambda: run(32, 64)).message == (
        "tile.matmul cannot take %p with 4x32 valid elements and %q with 64x8"
    )
    assert refused(lambda: run(20, 20)).message == "K is 20 here, which is not a multiple of 32"


@pytest.mark.parametrize("row, column", [(1, 0), (0, 3)])
def test_beside_the_valid_part_of_an_extract_is_nothing(parse: Parse, refused: Refused, row: int, column: int) -> None:
    a = numbers(4, 8)
    line = f"""%q = tile.extract %a[%z, %z] : {{a}} -> !tile.tile<2x4xf32, valid = 1x3>
%i = arith.constant {row} : index
%j = arith.constant {column} : index
%x = tile.read %q[%i, %j] : !tile.tile<2x4xf32, valid = 1x3> -> f32
%r = tile.splat %x : f32 -> {{r}}"""
    error = refused(lambda: evaluate(parse, line, a, {"a": a}))
    assert (error.code, error.message) == (
        "TW0406",
        f"tile.read reads %q at [{row}, {column}], which was never defined",
    )
