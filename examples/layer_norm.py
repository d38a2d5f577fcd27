"""LayerNorm: each row with its mean taken off and divided by its deviation, times a weight, plus a bias.

A `@pl.jit.inline` function holds what both the mean and the variance need.
"""

from __future__ import annotations

import numpy as np
from common import Arrays, Case, main

import tilewright.language as pl

ROWS, COLUMNS = 32, 256
PART = 8
EPSILON = 1e-5


@pl.jit.inline
def row_mean(tile):
    return pl.mul(pl.row_sum(tile), 1.0 / COLUMNS)


@pl.jit
def layer_norm(
    x: pl.Tensor[[ROWS, COLUMNS], pl.FP32],
    weight: pl.Tensor[[1, COLUMNS], pl.FP32],
    bias: pl.Tensor[[1, COLUMNS], pl.FP32],
    y: pl.Out[pl.Tensor[[ROWS, COLUMNS], pl.FP32]],
):
    for block in pl.spmd(ROWS // PART, name_hint="layer_norm"):
        row = block * PART
        rows = x[row : row + PART, :]
        centred = pl.row_expand_sub(rows, row_mean(rows))
        deviation = pl.sqrt(row_mean(pl.mul(centred, centred)) + EPSILON)
        normal = pl.row_expand_div(centred, deviation)
        y[row : row + PART, :] = pl.col_expand_add(pl.col_expand_mul(normal, weight), bias)
    return y


def inputs(rng: np.random.Generator) -> Arrays:
    x = (3 + 2 * rng.standard_normal((ROWS, COLUMNS))).astype(np.float32)
    weight, bias = rng.standard_normal((2, 1, COLUMNS)).astype(np.float32)
    return {"x": x, "weight": weight, "bias": bias, "y": np.zeros_like(x)}


def reference(given: Arrays) -> Arrays:
    x = given["x"].astype(np.float64)
    centred = x - x.mean(axis=1, keepdims=True)
    deviation = np.sqrt((centred * centred).mean(axis=1, keepdims=True) + EPSILON)
    return {"y": centred / deviation * given["weight"] + given["bias"]}


CASES = (Case(layer_norm, inputs, reference, tolerance=1e-5),)

if __name__ == "__main__":
    main(CASES)
