"""Numbers of the physical engine against numpy and ml_dtypes."""

import ml_dtypes
import numpy as np
import pytest

from tilewright.execution.dtypes import Array
from tilewright.execution.number_formats import (
    accumulate,
    matmul,
    to_float32,
    to_words,
)


def test_an_unknown_conversion_is_refused() -> None:
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
