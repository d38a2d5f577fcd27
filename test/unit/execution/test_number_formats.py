"""Numbers of the physical engine against numpy and ml_dtypes."""

import ml_dtypes
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tilewright.execution.dtypes import Array
from tilewright.execution.number_formats import (
    accumulate,
    convert,
    matmul,
    to_float32,
    to_words,
)


@given(st.integers(0, 2**32 - 1))
def test_bfloat16_rounds_to_nearest_even(bits: int) -> None:
    words = np.array([bits], np.uint32)
    ours = convert(words, "f32", "bf16").view(ml_dtypes.bfloat16)
    theirs = words.view(np.float32).astype(ml_dtypes.bfloat16)
    assert np.isnan(ours).all() == np.isnan(theirs).all()
    assert np.isnan(ours).all() or ours.tobytes() == theirs.tobytes()


@pytest.mark.parametrize(
    "bits, expected",
    [
        (0x3F808000, 0x3F80),  # a tie goes to the even neighbour below
        (0x3F818000, 0x3F82),  # and to the one above
        (0x3F808001, 0x3F81),
        (0x7F7FFFFF, 0x7F80),  # overflow to infinity
        (0x7F800001, 0x7FC0),  # NaN stays NaN
    ],
)
def test_bfloat16_by_hand(bits: int, expected: int) -> None:
    assert convert(np.array([bits], np.uint32), "f32", "bf16")[0] == expected


def test_float16_overflows_to_infinity_without_a_warning() -> None:
    words = to_words(np.array([1e6, 2049.0], np.float32))
    assert convert(words, "f32", "f16").view(np.float16).tolist() == [np.inf, 2048.0]


def test_an_unknown_conversion_is_refused() -> None:
    with pytest.raises(KeyError):
        convert(np.zeros(1, np.uint32), "i32", "f16")
    with pytest.raises(KeyError):
        to_float32(np.zeros(1, np.uint32), "i32")


@pytest.mark.parametrize("dtype, name", [(np.float16, "f16"), (ml_dtypes.bfloat16, "bf16")])
def test_widening_is_exact(dtype: type, name: str) -> None:
    values = np.arange(2**16, dtype=np.uint16).view(dtype)
    widened = to_float32(to_words(values), name)
    assert np.array_equal(widened, values.astype(np.float32), equal_nan=True)


@pytest.mark.parametrize("left, right", [(-128, -128), (127, -128), (127, 127)])
def test_i8_is_exact_at_the_largest_depth(left: int, right: int) -> None:
    a = np.full((1, 4095), left, np.int8)
    b = np.full((4095, 2), right, np.int8)
    product = matmul(to_words(a), to_words(b), "i8")
    assert product.dtype == np.int32
    assert (product == 4095 * left * right).all()


def test_an_i32_accumulator_wraps() -> None:
    words = np.array([2**31 - 1], np.uint32)
    assert accumulate(words, np.array([1], np.int32)).tolist() == [-(2**31)]


def test_floating_point_overflow_gives_infinity_without_a_warning() -> None:
    huge: Array = np.full((1, 8), 3e38, np.float32)
    assert matmul(to_words(huge), to_words(huge.T.copy()), "f32").tolist() == [[np.inf]]
