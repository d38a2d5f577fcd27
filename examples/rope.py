"""RoPE: each row is a position; its halves are turned against each other by the angles of that position."""

from __future__ import annotations

import numpy as np
from common import Arrays, Case, main

import tilewright.language as pl

POSITIONS, WIDTH = 32, 128
HALF = WIDTH // 2
PART = 8


@pl.jit
def rope(
    x: pl.Tensor[[POSITIONS, WIDTH], pl.FP32],
    cosine: pl.Tensor[[POSITIONS, HALF], pl.FP32],
    sine: pl.Tensor[[POSITIONS, HALF], pl.FP32],
    y: pl.Out[pl.Tensor[[POSITIONS, WIDTH], pl.FP32]],
):
    for block in pl.spmd(POSITIONS // PART, name_hint="rope"):
        row = block * PART
        low, high = x[row : row + PART, 0:HALF], x[row : row + PART, HALF:WIDTH]
        cos, sin = cosine[row : row + PART, :], sine[row : row + PART, :]
        y[row : row + PART, 0:HALF] = pl.sub(pl.mul(low, cos), pl.mul(high, sin))
        y[row : row + PART, HALF:WIDTH] = pl.add(pl.mul(high, cos), pl.mul(low, sin))
    return y


def inputs(rng: np.random.Generator) -> Arrays:
    x = rng.standard_normal((POSITIONS, WIDTH)).astype(np.float32)
    angles = np.arange(POSITIONS)[:, None] * 10000.0 ** (-np.arange(HALF) / HALF)
    cosine, sine = np.cos(angles).astype(np.float32), np.sin(angles).astype(np.float32)
    return {"x": x, "cosine": cosine, "sine": sine, "y": np.zeros_like(x)}


def reference(given: Arrays) -> Arrays:
    low, high = np.split(given["x"].astype(np.float64), 2, axis=1)
    cos, sin = given["cosine"], given["sine"]
    return {"y": np.concatenate((low * cos - high * sin, high * cos + low * sin), axis=1)}


CASES = (Case(rope, inputs, reference, tolerance=1e-6),)

if __name__ == "__main__":
    main(CASES)
