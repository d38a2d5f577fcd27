"""Matrix multiplication with a loop over K: the next operands are loaded while the cube unit works on these."""

from __future__ import annotations

import ml_dtypes
import numpy as np
from common import Arrays, Case, main

import tilewright.language as pl

M, N, K = 32, 128, 512
N_BLOCK, K_STEP = 64, 128


@pl.jit
def gemm(a: pl.Tensor[[M, K], pl.BF16], b: pl.Tensor[[K, N], pl.BF16], c: pl.Out[pl.Tensor[[M, N], pl.FP32]]):
    for block in pl.spmd(N // N_BLOCK, name_hint="gemm"):
        column = block * N_BLOCK
        sums = pl.matmul(a[:, 0:K_STEP], b[0:K_STEP, column : column + N_BLOCK])
        for k in pl.pipeline(K_STEP, K, K_STEP, stage=2):
            sums = pl.matmul_acc(sums, a[:, k : k + K_STEP], b[k : k + K_STEP, column : column + N_BLOCK])
        c[:, column : column + N_BLOCK] = sums
    return c


def inputs(rng: np.random.Generator) -> Arrays:
    a = rng.standard_normal((M, K)).astype(ml_dtypes.bfloat16)
    b = rng.standard_normal((K, N)).astype(ml_dtypes.bfloat16)
    return {"a": a, "b": b, "c": np.zeros((M, N), np.float32)}


def reference(given: Arrays) -> Arrays:
    return {"c": given["a"].astype(np.float32) @ given["b"].astype(np.float32)}


CASES = (Case(gemm, inputs, reference, tolerance=1e-5),)

if __name__ == "__main__":
    main(CASES)
