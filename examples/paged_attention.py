"""Attention over a cache in pages: a table says which page holds the next keys of each sequence.

Sequences have lengths of their own. The last page of one is filled in part only: the scores beyond its end become the
lowest number, so that their weights are zero.
"""

from __future__ import annotations

import ml_dtypes
import numpy as np
from common import Arrays, Case, main

import tilewright.language as pl

SEQUENCES, QUERIES, WIDTH = 3, 16, 64
PAGE, PAGES, LONGEST = 32, 16, 4
SCALE = WIDTH**-0.5
LOWEST = -1e30


@pl.jit
def paged_attention(
    q: pl.Tensor[[SEQUENCES * QUERIES, WIDTH], pl.BF16],
    k: pl.Tensor[[PAGES * PAGE, WIDTH], pl.BF16],
    v: pl.Tensor[[PAGES * PAGE, WIDTH], pl.BF16],
    table: pl.Tensor[[SEQUENCES, LONGEST], pl.INT32],
    lengths: pl.Tensor[[SEQUENCES], pl.INT32],
    out: pl.Out[pl.Tensor[[SEQUENCES * QUERIES, WIDTH], pl.FP32]],
):
    for sequence in pl.spmd(SEQUENCES, name_hint="attention"):
        length = pl.read(lengths, [sequence])
        queries = q[sequence * QUERIES : (sequence + 1) * QUERIES, :]
        highest = pl.full([QUERIES, 1], pl.FP32, LOWEST)
        weights = pl.full([QUERIES, 1], pl.FP32, 0.0)
        sums = pl.full([QUERIES, WIDTH], pl.FP32, 0.0)
        for position in pl.range((length + PAGE - 1) // PAGE):
            start = pl.read(table, [sequence, position]) * PAGE
            scores = pl.mul(pl.matmul(queries, k[start : start + PAGE, :], b_trans=True), SCALE)
            valid = pl.min(PAGE, length - position * PAGE)
            scores = pl.fillpad(pl.set_validshape(scores, QUERIES, valid), pad_value=pl.PadValue.min)
            higher = pl.maximum(highest, pl.row_max(scores))
            correction = pl.exp(pl.sub(highest, higher))
            part = pl.exp(pl.row_expand_sub(scores, higher))
            weights = pl.add(pl.mul(weights, correction), pl.row_sum(part))
            product = pl.matmul(pl.cast(part, target_type=pl.BF16, mode="rint"), v[start : start + PAGE, :])
            sums = pl.add(pl.row_expand_mul(sums, correction), product)
            highest = higher
        out[sequence * QUERIES : (sequence + 1) * QUERIES, :] = pl.row_expand_div(sums, weights)
    return out


def inputs(rng: np.random.Generator) -> Arrays:
    q = rng.standard_normal((SEQUENCES * QUERIES, WIDTH)).astype(ml_dtypes.bfloat16)
    k, v = rng.standard_normal((2, PAGES * PAGE, WIDTH)).astype(ml_dtypes.bfloat16)
    return {
        "q": q,
        "k": k,
        "v": v,
        "table": rng.permutation(PAGES)[: SEQUENCES * LONGEST].reshape(SEQUENCES, LONGEST).astype(np.int32),
        "lengths": np.array([PAGE * LONGEST, 1, 2 * PAGE + 5], np.int32),
        "out": np.zeros((SEQUENCES * QUERIES, WIDTH), np.float32),
    }


def reference(given: Arrays) -> Arrays:
    q, k, v = (
        given[name].astype(np.float64).reshape(-1, rows, WIDTH)
        for name, rows in zip("qkv", (QUERIES, PAGE, PAGE), strict=True)
    )
    out = np.empty_like(q)
    for sequence, length in enumerate(given["lengths"].tolist()):
        pages = given["table"][sequence]
        keys, values = (each[pages].reshape(-1, WIDTH)[:length] for each in (k, v))
        scores = q[sequence] @ keys.T * SCALE
        weights = np.exp(scores - scores.max(axis=1, keepdims=True))
        out[sequence] = weights / weights.sum(axis=1, keepdims=True) @ values
    return {"out": out.reshape(-1, WIDTH)}


CASES = (Case(paged_attention, inputs, reference, tolerance=5e-3),)

if __name__ == "__main__":
    main(CASES)
