"""Attention in one pass over the keys: the softmax is corrected whenever a block of keys raises the largest score."""

from __future__ import annotations

import ml_dtypes
import numpy as np
from common import Arrays, Case, main

import tilewright.language as pl

HEADS, QUERIES, KEYS, WIDTH = 4, 16, 256, 64
KEY_BLOCK = 64
SCALE = WIDTH**-0.5
LOWEST = -1e30


@pl.jit
def flash_attention(
    q: pl.Tensor[[HEADS * QUERIES, WIDTH], pl.BF16],
    k: pl.Tensor[[HEADS * KEYS, WIDTH], pl.BF16],
    v: pl.Tensor[[HEADS * KEYS, WIDTH], pl.BF16],
    out: pl.Out[pl.Tensor[[HEADS * QUERIES, WIDTH], pl.FP32]],
):
    for head in pl.spmd(HEADS, name_hint="attention"):
        queries = q[head * QUERIES : (head + 1) * QUERIES, :]
        highest = pl.full([QUERIES, 1], pl.FP32, LOWEST)
        weights = pl.full([QUERIES, 1], pl.FP32, 0.0)
        sums = pl.full([QUERIES, WIDTH], pl.FP32, 0.0)
        for block in pl.range(0, KEYS, KEY_BLOCK):
            key = head * KEYS + block
            scores = pl.mul(pl.matmul(queries, k[key : key + KEY_BLOCK, :], b_trans=True), SCALE)
            higher = pl.maximum(highest, pl.row_max(scores))
            correction = pl.exp(pl.sub(highest, higher))
            part = pl.exp(pl.row_expand_sub(scores, higher))
            weights = pl.add(pl.mul(weights, correction), pl.row_sum(part))
            product = pl.matmul(pl.cast(part, target_type=pl.BF16, mode="rint"), v[key : key + KEY_BLOCK, :])
            sums = pl.add(pl.row_expand_mul(sums, correction), product)
            highest = higher
        out[head * QUERIES : (head + 1) * QUERIES, :] = pl.row_expand_div(sums, weights)
    return out


def inputs(rng: np.random.Generator) -> Arrays:
    q = rng.standard_normal((HEADS * QUERIES, WIDTH)).astype(ml_dtypes.bfloat16)
    k, v = rng.standard_normal((2, HEADS * KEYS, WIDTH)).astype(ml_dtypes.bfloat16)
    return {"q": q, "k": k, "v": v, "out": np.zeros((HEADS * QUERIES, WIDTH), np.float32)}


def reference(given: Arrays) -> Arrays:
    q, k, v = (given[name].astype(np.float64).reshape(HEADS, -1, WIDTH) for name in "qkv")
    scores = q @ k.swapaxes(1, 2) * SCALE
    weights = np.exp(scores - scores.max(axis=2, keepdims=True))
    out = weights / weights.sum(axis=2, keepdims=True) @ v
    return {"out": out.reshape(HEADS * QUERIES, WIDTH)}


CASES = (Case(flash_attention, inputs, reference, tolerance=5e-3),)

if __name__ == "__main__":
    main(CASES)
