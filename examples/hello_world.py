"""Hello world: add a number to every element, one block of rows and columns after the other."""

from __future__ import annotations

import numpy as np
from common import Arrays, Case, main

import tilewright.language as pl

ROWS, COLUMNS = 64, 256
BLOCK = 16


@pl.jit
def hello_world(
    x: pl.Tensor[[ROWS, COLUMNS], pl.FP32], number: pl.Scalar[pl.FP32], y: pl.Out[pl.Tensor[[ROWS, COLUMNS], pl.FP32]]
):
    for row in pl.parallel(0, ROWS, BLOCK):
        with pl.at(level=pl.Level.CORE_GROUP, name_hint="add_number"):
            y[row : row + BLOCK, :] = pl.add(x[row : row + BLOCK, :], number)
    return y


def inputs(rng: np.random.Generator) -> Arrays:
    x = rng.standard_normal((ROWS, COLUMNS)).astype(np.float32)
    return {"x": x, "number": np.float32(1.5), "y": np.zeros_like(x)}


def reference(given: Arrays) -> Arrays:
    return {"y": given["x"] + given["number"]}


CASES = (Case(hello_world, inputs, reference),)

if __name__ == "__main__":
    main(CASES)
