"""Softmax of each row; the largest number is taken off first, so that no exponential overflows."""

from __future__ import annotations

import numpy as np
from common import Arrays, Case, main

import tilewright.language as pl

ROWS, COLUMNS = 64, 256
PART = 16


@pl.jit
def softmax(x: pl.Tensor[[ROWS, COLUMNS], pl.FP32], y: pl.Out[pl.Tensor[[ROWS, COLUMNS], pl.FP32]]):
    for block in pl.spmd(ROWS // PART, name_hint="softmax"):
        row = block * PART
        numbers = x[row : row + PART, :]
        exponentials = pl.exp(pl.row_expand_sub(numbers, pl.row_max(numbers)))
        y[row : row + PART, :] = pl.row_expand_div(exponentials, pl.row_sum(exponentials))
    return y


def inputs(rng: np.random.Generator) -> Arrays:
    x = (10 * rng.standard_normal((ROWS, COLUMNS))).astype(np.float32)
    return {"x": x, "y": np.zeros_like(x)}


def reference(given: Arrays) -> Arrays:
    x = given["x"].astype(np.float64)
    exponentials = np.exp(x - x.max(axis=1, keepdims=True))
    return {"y": exponentials / exponentials.sum(axis=1, keepdims=True)}


CASES = (Case(softmax, inputs, reference, tolerance=1e-5),)

if __name__ == "__main__":
    main(CASES)
