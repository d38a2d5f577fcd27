"""INT8 quantisation with a scale for each row, and the way back."""

from __future__ import annotations

import numpy as np
from common import Arrays, Case, main

import tilewright.language as pl

ROWS, COLUMNS = 32, 256
PART = 16
LIMIT = 127.0


@pl.jit
def quantize(
    x: pl.Tensor[[ROWS, COLUMNS], pl.FP32],
    q: pl.Out[pl.Tensor[[ROWS, COLUMNS], pl.INT8]],
    scale: pl.Out[pl.Tensor[[ROWS, 1], pl.FP32]],
):
    for block in pl.spmd(ROWS // PART, name_hint="quantize"):
        row = block * PART
        numbers = x[row : row + PART, :]
        step = pl.mul(pl.maximum(pl.row_max(pl.abs(numbers)), 1e-4), 1.0 / LIMIT)
        steps = pl.row_expand_div(numbers, step)
        whole = pl.cast(steps, target_type=pl.INT32, mode="rint")
        half = pl.cast(whole, target_type=pl.FP16)
        q[row : row + PART, :] = pl.cast(half, target_type=pl.INT8, mode="trunc")
        scale[row : row + PART, :] = step
    return q, scale


@pl.jit
def dequantize(
    q: pl.Tensor[[ROWS, COLUMNS], pl.INT8],
    scale: pl.Tensor[[ROWS, 1], pl.FP32],
    x: pl.Out[pl.Tensor[[ROWS, COLUMNS], pl.FP32]],
):
    for block in pl.spmd(ROWS // PART, name_hint="dequantize"):
        row = block * PART
        steps = pl.cast(pl.cast(q[row : row + PART, :], target_type=pl.FP16), target_type=pl.FP32)
        x[row : row + PART, :] = pl.row_expand_mul(steps, scale[row : row + PART, :])
    return x


def inputs_of_quantize(rng: np.random.Generator) -> Arrays:
    x = rng.standard_normal((ROWS, COLUMNS)).astype(np.float32)
    return {"x": x, "q": np.zeros((ROWS, COLUMNS), np.int8), "scale": np.zeros((ROWS, 1), np.float32)}


def reference_of_quantize(given: Arrays) -> Arrays:
    x = given["x"].astype(np.float32)
    step = np.maximum(np.abs(x).max(axis=1, keepdims=True), np.float32(1e-4)) * np.float32(1 / LIMIT)
    return {"q": np.rint(x / step), "scale": step}


def inputs_of_dequantize(rng: np.random.Generator) -> Arrays:
    q = rng.integers(-127, 128, (ROWS, COLUMNS), np.int8)
    scale = rng.uniform(0.01, 0.1, (ROWS, 1)).astype(np.float32)
    return {"q": q, "scale": scale, "x": np.zeros((ROWS, COLUMNS), np.float32)}


def reference_of_dequantize(given: Arrays) -> Arrays:
    return {"x": given["q"].astype(np.float32) * given["scale"]}


CASES = (
    Case(quantize, inputs_of_quantize, reference_of_quantize, tolerance=1e-6),
    Case(dequantize, inputs_of_dequantize, reference_of_dequantize, tolerance=1e-6),
)

if __name__ == "__main__":
    main(CASES)
