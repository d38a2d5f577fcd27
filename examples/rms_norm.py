"""RMSNorm: each row divided by the root of the mean of its squares, times a weight for each column.

The columns go through the core in parts: a first loop sums the squares, a second one scales.
"""

from __future__ import annotations

import numpy as np
from common import Arrays, Case, main

import tilewright.language as pl

ROWS, COLUMNS = 32, 512
ROW_PART, COLUMN_PART = 16, 128
EPSILON = 1e-6


@pl.jit
def rms_norm(
    x: pl.Tensor[[ROWS, COLUMNS], pl.FP32],
    weight: pl.Tensor[[1, COLUMNS], pl.FP32],
    y: pl.Out[pl.Tensor[[ROWS, COLUMNS], pl.FP32]],
):
    for row in pl.parallel(0, ROWS, ROW_PART):
        with pl.at(level=pl.Level.CORE_GROUP, name_hint="rms_norm"):
            squares = pl.full([ROW_PART, 1], pl.FP32, 0.0)
            for column in pl.range(0, COLUMNS, COLUMN_PART):
                part = x[row : row + ROW_PART, column : column + COLUMN_PART]
                squares = pl.add(squares, pl.row_sum(pl.mul(part, part)))
            scale = pl.rsqrt(pl.add(pl.mul(squares, 1.0 / COLUMNS), EPSILON))
            for column in pl.range(0, COLUMNS, COLUMN_PART):
                part = x[row : row + ROW_PART, column : column + COLUMN_PART]
                scaled = pl.col_expand_mul(pl.row_expand_mul(part, scale), weight[:, column : column + COLUMN_PART])
                y[row : row + ROW_PART, column : column + COLUMN_PART] = scaled
    return y


def inputs(rng: np.random.Generator) -> Arrays:
    x = rng.standard_normal((ROWS, COLUMNS)).astype(np.float32)
    weight = rng.standard_normal((1, COLUMNS)).astype(np.float32)
    return {"x": x, "weight": weight, "y": np.zeros_like(x)}


def reference(given: Arrays) -> Arrays:
    x = given["x"].astype(np.float64)
    return {"y": x / np.sqrt((x * x).mean(axis=1, keepdims=True) + EPSILON) * given["weight"]}


CASES = (Case(rms_norm, inputs, reference, tolerance=1e-5),)

if __name__ == "__main__":
    main(CASES)
