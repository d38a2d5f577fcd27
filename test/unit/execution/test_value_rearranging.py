"""Gathers and sorting on values."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from tilewright.dialects.diagnostics import Diagnostic

from .value_programs import Parse, evaluate

Refused = Callable[[Callable[[], object]], Diagnostic]
RNG = np.random.default_rng(7)


def test_a_gather_by_columns(parse: Parse, refused: Refused) -> None:
    a = RNG.random((3, 8), np.float32)
    i = RNG.integers(0, 8, (3, 4)).astype(np.int32)
    i[0, :2] = 0, 7
    line = "%r = tile.gather %a[%i] : {a}[{i}] -> {r}"
    assert np.array_equal(evaluate(parse, line, a[:, :4], {"a": a, "i": i}), np.take_along_axis(a, i, 1))
    i[1, 2] = 8
    error = refused(lambda: evaluate(parse, line, a[:, :4], {"a": a, "i": i}))
    assert (error.code, error.message) == ("TW0410", "tile.gather takes column 8 of %a, which has 8 that are defined")


def test_a_gather_of_what_was_never_defined(parse: Parse, refused: Refused) -> None:
    a, i = RNG.random((3, 4), np.float32), np.full((3, 4), 5, np.int32)
    line = """%z0 = arith.constant 0 : index
%j = arith.constant 4 : index
%e = tile.empty : !tile.tile<3x8xf32>
%q = tile.insert %a into %e[%z0, %j] : {a} into !tile.tile<3x8xf32> -> !tile.tile<3x8xf32>
%r = tile.gather %q[%i] : !tile.tile<3x8xf32>[{i}] -> {r}"""
    error = refused(lambda: evaluate(parse, line, a, {"a": a, "i": i}))
    assert error.code == "TW0406"
    assert error.message == "tile.gather reads %q, but 12 of its valid 3x8 elements were never defined"
    i[0, 0] = -1
    whole = RNG.random((3, 8), np.float32)
    error = refused(lambda: evaluate(parse, "%r = tile.gather %b[%i] : {b}[{i}] -> {r}", a, {"b": whole, "i": i}))
    assert error.message == "tile.gather takes column -1 of %b, which has 8 that are defined"


@pytest.mark.parametrize(
    "pattern, start, step",
    [
        ("P0101", 0, 2),
        ("P1010", 1, 2),
        ("P0001", 0, 4),
        ("P0010", 1, 4),
        ("P0100", 2, 4),
        ("P1000", 3, 4),
        ("P1111", 0, 1),
    ],
)
def test_a_gather_by_pattern(parse: Parse, pattern: str, start: int, step: int) -> None:
    a = RNG.random((3, 16), np.float32)
    expected = a[:, start::step]
    got = evaluate(parse, f"%r = tile.gather_mask {pattern} %a : {{a}} -> {{r}}", expected, {"a": a})
    assert np.array_equal(got, expected)
    bits = evaluate(
        parse, f"%r = tile.gather_mask {pattern} %a : {{a}} -> {{r}}", expected.view(np.int32) * 1, {"a": a}
    )
    assert np.array_equal(bits.view(np.float32), expected)


def pairs(values: Any, indices: Any) -> Any:
    """Values and indices side by side, as elements of f32."""
    both = np.stack([values.astype(np.float32).view(np.uint32), indices.astype(np.uint32)], axis=-1)
    return both.reshape(values.shape[0], -1).view(np.float32)


def ordered(values: Any, indices: Any) -> tuple[Any, Any]:
    order = np.lexsort((indices, -values), axis=1)
    return np.take_along_axis(values, order, 1), np.take_along_axis(indices, order, 1)


def test_sorting_groups_of_32(parse: Parse) -> None:
    a = RNG.integers(-9, 9, (2, 64)).astype(np.float32)
    i = np.broadcast_to(np.arange(64, dtype=np.uint32), (2, 64))
    halves = [pairs(*ordered(a[:, part], i[:, part])) for part in (slice(32), slice(32, 64))]
    expected = np.concatenate(halves, axis=1)
    line = "%r = tile.sort32 %a, %i : {a}, {i} -> {r}"
    got = evaluate(parse, line, expected, {"a": a, "i": i[:1].copy()})
    assert np.array_equal(got.view(np.uint32), expected.view(np.uint32))


def test_zeros_are_equal_and_signs_come_last(parse: Parse) -> None:
    a = np.zeros((1, 32), np.float32)
    a[0, ::2] = -0.0
    a[0, 5:8], a[0, 30:] = (-1, -np.inf, 2), (1, -2)
    i = np.arange(32, dtype=np.uint32)[np.newaxis]
    expected = pairs(*ordered(a, i))
    got = evaluate(parse, "%r = tile.sort32 %a, %i : {a}, {i} -> {r}", expected, {"a": a, "i": i})
    assert np.array_equal(got.view(np.uint32), expected.view(np.uint32))


def test_sorting_f16_leaves_two_bytes_without_use(parse: Parse) -> None:
    a = RNG.permutation(32).astype(np.float16)[np.newaxis]
    a[0, :2] = np.nan, np.inf
    i = np.arange(32, dtype=np.int32)[np.newaxis]
    got = evaluate(parse, "%r = tile.sort32 %a, %i : {a}, {i} -> {r}", np.zeros((1, 128), np.float16), {"a": a, "i": i})
    words = got.view(np.uint32).reshape(32, 2)
    assert np.array_equal(a[0, words[:, 1]], words[:, 0].astype(np.uint16).view(np.float16), equal_nan=True)
    assert words[:2, 1].tolist() == [0, 1]


def test_merging_the_blocks_of_a_list(parse: Parse) -> None:
    values = RNG.integers(-99, 99, (4, 32)).astype(np.float32)
    indices = np.arange(128, dtype=np.uint32).reshape(4, 32)
    a = pairs(*ordered(values, indices)).reshape(1, -1)
    expected = pairs(*ordered(values.reshape(1, -1), indices.reshape(1, -1)))
    got = evaluate(parse, "%r = tile.merge_sort %a blocks(64) : {a} -> {r}", expected, {"a": a})
    assert np.array_equal(got.view(np.uint32), expected.view(np.uint32))


def test_merging_lists_keeps_the_largest(parse: Parse) -> None:
    values = RNG.permutation(96).reshape(3, 32).astype(np.float32)
    indices = np.arange(96, dtype=np.uint32).reshape(3, 32)
    lists = pairs(*ordered(values, indices))
    tiles = {name: lists[row : row + 1].copy() for row, name in enumerate("abc")}
    expected = pairs(*ordered(values.reshape(1, -1), indices.reshape(1, -1)))[:, :64]
    got = evaluate(parse, "%r = tile.merge_sort %a, %b, %c : {a}, {b}, {c} -> {r}", expected, tiles)
    assert np.array_equal(got.view(np.uint32), expected.view(np.uint32))


@pytest.mark.parametrize("columns, length", [(48, 64), (20, 24), (128, 32), (128, 64)])
def test_merging_lists_of_unknown_length(parse: Parse, columns: int, length: int) -> None:
    """Lists of `length` elements, half of them pairs, in a tile of `columns`, or as many as it holds."""
    values = RNG.permutation(64).reshape(2, 32).astype(np.float32)
    indices = np.arange(64, dtype=np.uint32).reshape(2, 32)
    lists = pairs(*ordered(values, indices))
    part, made = "!tile.tile<1x64xf32, valid = 1x?>", f"!tile.tile<1x{columns}xf32, valid = 1x?>"
    line = f"""%c1 = arith.constant 1 : index
%p = tile.set_valid %a[%c1, %n] : {{a}} -> {part}
%q = tile.set_valid %b[%c1, %n] : {{b}} -> {part}
%m = tile.merge_sort %p, %q : {part}, {part} -> {made}
%r = tile.fill_pad zero %m : {made} -> {{r}}"""
    taken = length // 2
    merged = pairs(*ordered(np.sort(values)[:, ::-1][:, :taken].reshape(1, -1), np.zeros((1, 2 * taken), np.uint32)))
    expected = np.zeros((1, columns), np.float32)
    expected[:, : min(columns, 2 * length)] = merged[:, :columns]
    got = evaluate(parse, line, expected, {"a": lists[:1], "b": lists[1:]}, {"n": ("index", length)})
    assert np.array_equal(got[:, ::2], expected[:, ::2])


@pytest.mark.parametrize(
    "line, message",
    [
        ("%q = tile.sort32 %p, %j : {p}, {j} -> {q}", "tile.sort32 sorts 32 elements at a time, not 40"),
        (
            "%q = tile.merge_sort %p blocks(64) : {p} -> {p}",
            "tile.merge_sort has no groups of four blocks of 64 in a list of 40 elements",
        ),
    ],
)
def test_lists_of_another_length(parse: Parse, refused: Refused, line: str, message: str) -> None:
    a, i = np.zeros((1, 64), np.float32), np.zeros((1, 64), np.uint32)
    part, index, made = (f"!tile.tile<1x{text}, valid = 1x?>" for text in ("64xf32", "64xui32", "128xf32"))
    text = f"""%c1 = arith.constant 1 : index
%p = tile.set_valid %a[%c1, %n] : {{a}} -> {part}
%j = tile.set_valid %i[%c1, %n] : {{i}} -> {index}
{line.format(p=part, j=index, q=made)}
%r = tile.add %a, %a : {{a}}, {{a}} -> {{r}}"""
    error = refused(lambda: evaluate(parse, text, a, {"a": a, "i": i}, {"n": ("index", 40)}))
    assert (error.code, error.message) == ("TW0411", message)
