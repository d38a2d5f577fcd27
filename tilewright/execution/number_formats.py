"""Numbers of the physical engine: words in memory to values the cube unit computes with, and back.

Independent of the value engine on purpose: bfloat16 is shifted and rounded on its bits here.
"""

from __future__ import annotations

import numpy as np

from tilewright.execution.dtypes import Array

# An exact float32 holds every integer up to 2**24, and a product of two i8 is at most 2**14.
_EXACT_PRODUCTS = 2**24 // 2**14


def to_float32(words: Array, element_type: str) -> Array:
    """Read words as float32; exact for i8, f16, bf16 and f32.

    Raises:
        KeyError: for any other element type.
    """
    match element_type:
        case "i8":
            return words.view(np.int8).astype(np.float32)
        case "f16":
            return words.view(np.float16).astype(np.float32)
        case "bf16":
            return (words.astype(np.uint32) << np.uint32(16)).view(np.float32)
        case "f32":
            return words.view(np.float32)
        case _:
            raise KeyError(element_type)


def matmul(left: Array, right: Array, element_type: str) -> Array:
    """Multiply words [m, k] with words [k, n], as the cube unit does.

    i8 gives int32 and is exact: sums of at most 1024 products are exact in float32, and those are
    added in wrapping int32. The others accumulate in float32, in the order of numpy's float32
    matmul; hardware's order is not documented.

    Returns:
        int32 or float32 values of shape [m, n].
    """
    a, b = to_float32(left, element_type), to_float32(right, element_type)
    with np.errstate(over="ignore", invalid="ignore"):
        if element_type != "i8":
            return np.matmul(a, b)
        depth = a.shape[1]
        total = np.zeros((a.shape[0], b.shape[1]), np.int32)
        for start in range(0, depth, _EXACT_PRODUCTS):
            end = start + _EXACT_PRODUCTS
            total += np.matmul(a[:, start:end], b[start:end]).astype(np.int32)
        return total


def accumulate(words: Array, product: Array) -> Array:
    """Add a product to an accumulator of its type, given as words; int32 wraps around."""
    with np.errstate(over="ignore", invalid="ignore"):
        return words.view(product.dtype) + product


def to_words(values: Array) -> Array:
    """Give values as unsigned words of their size."""
    return values.view(np.dtype(f"u{values.dtype.itemsize}"))
