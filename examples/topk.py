"""The K largest numbers of each row, with their columns.

`pl.sort32` sorts each 32 numbers into pairs of value and index; `pl.mrgsort` merges four sorted runs into one. Values
and indices alternate in a row: a mask picks every other element, first the values, then the indices.
"""

from __future__ import annotations

import numpy as np
from common import Arrays, Case, main

import tilewright.language as pl

ROWS, COLUMNS = 8, 512
K = 16
PART = 4


@pl.jit
def topk(
    x: pl.Tensor[[ROWS, COLUMNS], pl.FP32],
    values: pl.Out[pl.Tensor[[ROWS, K], pl.FP32]],
    columns: pl.Out[pl.Tensor[[ROWS, K], pl.INT32]],
):
    for block in pl.spmd(ROWS // PART, name_hint="topk"):
        numbers = pl.arange(0, [1, COLUMNS], dtype=pl.UINT32)
        for offset in pl.range(PART):
            row = block * PART + offset
            pairs = pl.sort32(x[row : row + 1, :], numbers)
            pairs = pl.mrgsort(pairs, block_len=64)
            pairs = pl.mrgsort(pairs, block_len=256)
            best = pairs[:, 0 : 2 * K]
            values[row : row + 1, :] = pl.gather(best, mask_pattern=pl.tile.MaskPattern.P0101)
            columns[row : row + 1, :] = pl.gather(best, mask_pattern=pl.tile.MaskPattern.P1010, output_dtype=pl.INT32)
    return values, columns


def inputs(rng: np.random.Generator) -> Arrays:
    x = rng.permuted(np.tile(np.arange(COLUMNS, dtype=np.float32), (ROWS, 1)), axis=1)
    return {"x": x, "values": np.zeros((ROWS, K), np.float32), "columns": np.zeros((ROWS, K), np.int32)}


def reference(given: Arrays) -> Arrays:
    x = given["x"]
    columns = np.argsort(-x.astype(np.float32), axis=1, kind="stable")[:, :K]
    return {"values": np.take_along_axis(x, columns, axis=1), "columns": columns}


CASES = (Case(topk, inputs, reference),)

if __name__ == "__main__":
    main(CASES)
