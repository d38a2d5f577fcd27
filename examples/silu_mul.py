"""SiLU(gate) * up, the activation between the projections of a gated MLP, in BF16 with FP32 inside."""

from __future__ import annotations

import ml_dtypes
import numpy as np
from common import Arrays, Case, main

import tilewright.language as pl

ROWS, COLUMNS = 16, 512
PART = 128


@pl.jit.inline
def silu(x):
    return pl.div(x, pl.add(pl.exp(pl.neg(x)), 1.0))


@pl.jit
def silu_mul(
    gate: pl.Tensor[[ROWS, COLUMNS], pl.BF16],
    up: pl.Tensor[[ROWS, COLUMNS], pl.BF16],
    y: pl.Out[pl.Tensor[[ROWS, COLUMNS], pl.BF16]],
):
    for block in pl.spmd(COLUMNS // PART, name_hint="silu_mul"):
        column = block * PART
        wide_gate = pl.cast(gate[:, column : column + PART], target_type=pl.FP32)
        wide_up = pl.cast(up[:, column : column + PART], target_type=pl.FP32)
        result = pl.mul(silu(wide_gate), wide_up)
        y[:, column : column + PART] = pl.cast(result, target_type=pl.BF16, mode="rint")
    return y


def inputs(rng: np.random.Generator) -> Arrays:
    gate, up = rng.standard_normal((2, ROWS, COLUMNS)).astype(ml_dtypes.bfloat16)
    return {"gate": gate, "up": up, "y": np.zeros_like(gate)}


def reference(given: Arrays) -> Arrays:
    gate, up = given["gate"].astype(np.float64), given["up"].astype(np.float64)
    return {"y": gate / (1 + np.exp(-gate)) * up}


CASES = (Case(silu_mul, inputs, reference, tolerance=4e-3),)

if __name__ == "__main__":
    main(CASES)
