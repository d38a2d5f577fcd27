"""Matrix multiplication in blocks of rows and columns; one product covers all of K."""

from __future__ import annotations

import ml_dtypes
import numpy as np
from common import Arrays, Case, main

import tilewright.language as pl

M, N, K = 64, 128, 128
M_BLOCK, N_BLOCK = 32, 64


@pl.jit
def matmul(a: pl.Tensor[[M, K], pl.BF16], b: pl.Tensor[[K, N], pl.BF16], c: pl.Out[pl.Tensor[[M, N], pl.FP32]]):
    for row in pl.parallel(0, M, M_BLOCK):
        for column in pl.parallel(0, N, N_BLOCK):
            with pl.at(level=pl.Level.CORE_GROUP, name_hint="block"):
                product = pl.matmul(a[row : row + M_BLOCK, :], b[:, column : column + N_BLOCK])
                c[row : row + M_BLOCK, column : column + N_BLOCK] = product
    return c


def inputs(rng: np.random.Generator) -> Arrays:
    a = rng.standard_normal((M, K)).astype(ml_dtypes.bfloat16)
    b = rng.standard_normal((K, N)).astype(ml_dtypes.bfloat16)
    return {"a": a, "b": b, "c": np.zeros((M, N), np.float32)}


def reference(given: Arrays) -> Arrays:
    return {"c": given["a"].astype(np.float32) @ given["b"].astype(np.float32)}


CASES = (Case(matmul, inputs, reference, tolerance=1e-5),)

if __name__ == "__main__":
    main(CASES)
