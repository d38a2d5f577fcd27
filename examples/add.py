"""Add two matrices; each block of a `pl.spmd` task takes rows of its own."""

from __future__ import annotations

import numpy as np
from common import Arrays, Case, main

import tilewright.language as pl

ROWS, COLUMNS = 64, 128
BLOCKS = 4
PART = ROWS // BLOCKS


@pl.jit
def add(
    a: pl.Tensor[[ROWS, COLUMNS], pl.FP32],
    b: pl.Tensor[[ROWS, COLUMNS], pl.FP32],
    c: pl.Out[pl.Tensor[[ROWS, COLUMNS], pl.FP32]],
):
    for block in pl.spmd(BLOCKS, name_hint="add"):
        row = block * PART
        c[row : row + PART, :] = a[row : row + PART, :] + b[row : row + PART, :]
    return c


def inputs(rng: np.random.Generator) -> Arrays:
    a, b = rng.standard_normal((2, ROWS, COLUMNS)).astype(np.float32)
    return {"a": a, "b": b, "c": np.zeros_like(a)}


def reference(given: Arrays) -> Arrays:
    return {"c": given["a"] + given["b"]}


CASES = (Case(add, inputs, reference),)

if __name__ == "__main__":
    main(CASES)
