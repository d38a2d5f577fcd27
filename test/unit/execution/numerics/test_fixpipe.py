"""What the FIX pipe computes."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tilewright.execution.numerics.fixpipe import plain, scaled

SIGNED = 1 << 46


def _word(scale: float, extra: int = 0) -> int:
    return int(np.array(scale, np.float32).view(np.uint32)) | extra


def _one(value: float, pair: tuple[str, str], word: int, *, by_column: bool = False, cut: bool = False) -> float:
    values = np.array([[value]], np.int32 if pair[0] == "i32" else np.float32)
    result = scaled(values, pair, np.array([word], np.uint64), by_column=by_column, cut=cut)
    assert result is not None
    return result.item()


@pytest.mark.parametrize("cut, expected", [(False, [-1.0, 0.0, np.inf]), (True, [0.0, 0.0, np.inf])])
def test_plain(cut: bool, expected: list[float]) -> None:
    result = plain(np.array([-1.0, 0.0, 1e6], np.float32), ("f32", "f16"), cut=cut)
    assert result is not None
    assert result.tolist() == expected


@pytest.mark.parametrize("pair", [("i32", "f16"), ("f32", "i32"), ("i32", "bf16"), ("f32", "i8")])
def test_pairs_without_a_plain_conversion(pair: tuple[str, str]) -> None:
    assert plain(np.zeros(1, np.float32), pair, cut=False) is None


@pytest.mark.parametrize(
    "value, word, target, expected",
    [
        (5, _word(0.5, SIGNED), "i8", 2),  # a tie goes to the even neighbour
        (7, _word(0.5, SIGNED), "i8", 4),
        (1000, _word(1.0, SIGNED), "i8", 127),
        (-1000, _word(1.0, SIGNED), "i8", -128),
        (-1000, _word(1.0), "ui8", 0),
        (1000, _word(1.0), "ui8", 255),
        (10, _word(1.0, SIGNED | 5 << 37), "i8", 15),
        (10, _word(1.0, SIGNED | 0x1FF << 37), "i8", 9),  # an offset of -1
        (300, _word(1.0, SIGNED | 0x100 << 37), "i8", 44),  # the least offset, -256
        (-200, _word(1.0, SIGNED | 0xFF << 37), "i8", 55),  # the largest
        (200, _word(1.0), "i8", -56),  # a word without a sign saturates to 255
        (200, _word(1.0, SIGNED), "ui8", 127),
        (-200, _word(1.0, SIGNED), "ui8", 128),
    ],
)
@pytest.mark.parametrize("source", ["i32", "f32"])
def test_bytes(value: int, word: int, target: str, expected: int, source: str) -> None:
    assert _one(value, (source, target), word) == expected
    assert _one(value, (source, target), word, by_column=True) == expected


def test_integers_to_halves_are_clamped_and_infinities_stay() -> None:
    assert _one(2**30, ("i32", "f16"), _word(1.0)) == 65504
    assert _one(1e30, ("f32", "f16"), _word(1.0)) == 65504
    assert _one(-1e30, ("f32", "f16"), _word(1.0)) == -65504
    assert _one(np.inf, ("f32", "f16"), _word(1.0)) == np.inf
    assert _one(1000, ("i32", "f16"), _word(np.inf)) == 65504
    assert np.isnan(_one(np.nan, ("f32", "f16"), _word(1.0)))


def test_bfloat16_with_one_scale_is_rounded_and_not_clamped() -> None:
    assert _one(3.0, ("f32", "bf16"), _word(0.5)) == 1.5
    assert _one(257.0, ("f32", "bf16"), _word(1.0)) == 256
    assert _one(3e38, ("f32", "bf16"), _word(2.0)) == np.inf
    assert _one(-3.0, ("f32", "bf16"), _word(0.5), cut=True) == 0


@pytest.mark.parametrize("cut", [False, True])
def test_a_zero_and_no_number_are_not_cut(cut: bool) -> None:
    result = plain(np.array([-0.0, np.nan], np.float32), ("f32", "f16"), cut=cut)
    assert result is not None
    assert np.signbit(result[0])
    assert np.isnan(result[1])


def test_shifts_are_cut_too() -> None:
    assert _one(-8, ("i32", "i16"), 0) == -4
    assert _one(-8, ("i32", "i16"), 0, cut=True) == 0


def test_a_row_of_scales_has_19_bits() -> None:
    word = _word(1.0) | 0x1FFF
    assert _one(4, ("i32", "f16"), word, by_column=True) == 4
    assert _one(2**20, ("f32", "i8"), _word(2.0**-20, SIGNED) | 0x1FFF, by_column=True) == 1
    for bit in range(13):  # none of the others lifts a half above itself
        assert _one(256, ("i32", "i8"), _word(2.0**-9, SIGNED) | 1 << bit, by_column=True) == 0
    assert _one(256, ("i32", "i8"), _word(2.0**-9, SIGNED) | 1 << 13, by_column=True) == 1


@given(st.integers(-(2**31), 2**31 - 1), st.integers(0, 15))
def test_shifts_to_i16_saturate(value: int, bits: int) -> None:
    assert _one(value, ("i32", "i16"), bits << 32) == max(-(2**15), min(2**15 - 1, value >> (bits + 1)))


def test_each_column_has_its_scale_and_negative_results_are_cut() -> None:
    values = np.array([[4, -4], [8, -8]], np.int32)
    words = np.array([_word(0.5), _word(-0.25)], np.uint64)
    result = scaled(values, ("i32", "f16"), words, by_column=True, cut=True)
    assert result is not None
    assert result.tolist() == [[2, 1], [4, 2]]


@pytest.mark.parametrize("pair, by_column", [(("f32", "bf16"), True), (("f32", "f16"), True), (("i32", "bf16"), False)])
def test_pairs_that_are_not_scaled(pair: tuple[str, str], by_column: bool) -> None:
    assert scaled(np.zeros((1, 1), np.float32), pair, np.zeros(1, np.uint64), by_column=by_column, cut=False) is None
