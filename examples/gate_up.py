"""Two projections of one input, written in three ways that mean the same.

`two_products` is what comes naturally; `dual_product` says that the input is shared; `by_hand` says where every tile
lies.
"""

from __future__ import annotations

import numpy as np
from common import Arrays, Case, main

import tilewright.language as pl

M, N, K = 16, 128, 512
STEP = 256


@pl.jit
def two_products(
    x: pl.Tensor[[M, K], pl.INT8],
    w_gate: pl.Tensor[[K, N], pl.INT8],
    w_up: pl.Tensor[[K, N], pl.INT8],
    gate: pl.Out[pl.Tensor[[M, N], pl.INT32]],
    up: pl.Out[pl.Tensor[[M, N], pl.INT32]],
):
    with pl.at(level=pl.Level.CORE_GROUP, name_hint="gate_up"):
        gate_sums = pl.create_tile([M, N], pl.INT32, target_memory=pl.Mem.Acc)
        up_sums = pl.create_tile([M, N], pl.INT32, target_memory=pl.Mem.Acc)
        for k in pl.pipeline(0, K, STEP, stage=2):
            part = x[:, k : k + STEP]
            gate_sums = pl.matmul_acc(gate_sums, part, w_gate[k : k + STEP, :], init_cond=(k == 0))
            up_sums = pl.matmul_acc(up_sums, part, w_up[k : k + STEP, :], init_cond=(k == 0))
        gate[:, :] = gate_sums
        up[:, :] = up_sums
    return gate, up


@pl.jit
def dual_product(
    x: pl.Tensor[[M, K], pl.INT8],
    w_gate: pl.Tensor[[K, N], pl.INT8],
    w_up: pl.Tensor[[K, N], pl.INT8],
    gate: pl.Out[pl.Tensor[[M, N], pl.INT32]],
    up: pl.Out[pl.Tensor[[M, N], pl.INT32]],
):
    with pl.at(level=pl.Level.CORE_GROUP, name_hint="gate_up"):
        sums = (
            pl.create_tile([M, N], pl.INT32, target_memory=pl.Mem.Acc),
            pl.create_tile([M, N], pl.INT32, target_memory=pl.Mem.Acc),
        )
        for k, (gate_sums, up_sums) in pl.pipeline(0, K, STEP, stage=2, init_values=sums):
            weights = w_gate[k : k + STEP, :], w_up[k : k + STEP, :]
            both = pl.matmul_dual_acc((gate_sums, up_sums), x[:, k : k + STEP], *weights, init_cond=(k == 0))
            gate_done, up_done = pl.yield_(*both)
        gate[:, :] = gate_done
        up[:, :] = up_done
    return gate, up


@pl.jit
def by_hand(
    x: pl.Tensor[[M, K], pl.INT8],
    w_gate: pl.Tensor[[K, N], pl.INT8],
    w_up: pl.Tensor[[K, N], pl.INT8],
    gate: pl.Out[pl.Tensor[[M, N], pl.INT32]],
    up: pl.Out[pl.Tensor[[M, N], pl.INT32]],
):
    with pl.at(level=pl.Level.CORE_GROUP, name_hint="gate_up"):
        gate_sums = pl.create_tile([M, N], pl.INT32, target_memory=pl.Mem.Acc)
        up_sums = pl.create_tile([M, N], pl.INT32, target_memory=pl.Mem.Acc)
        for k in pl.pipeline(0, K, STEP, stage=2):
            part = pl.load(x, [0, k], [M, STEP], target_memory=pl.Mem.Mat)
            gate_part = pl.load(w_gate, [k, 0], [STEP, N], target_memory=pl.Mem.Mat)
            up_part = pl.load(w_up, [k, 0], [STEP, N], target_memory=pl.Mem.Mat)
            left = pl.move(part, target_memory=pl.Mem.Left)
            gate_right = pl.move(gate_part, target_memory=pl.Mem.Right)
            gate_sums = pl.matmul_acc(gate_sums, left, gate_right, init_cond=(k == 0))
            up_right = pl.move(up_part, target_memory=pl.Mem.Right)
            up_sums = pl.matmul_acc(up_sums, left, up_right, init_cond=(k == 0))
        pl.store(gate_sums, [0, 0], gate)
        pl.store(up_sums, [0, 0], up)
    return gate, up


def inputs(rng: np.random.Generator) -> Arrays:
    x = rng.integers(-128, 128, (M, K), np.int8)
    w_gate, w_up = rng.integers(-128, 128, (2, K, N), np.int8)
    gate, up = np.zeros((2, M, N), np.int32)
    return {"x": x, "w_gate": w_gate, "w_up": w_up, "gate": gate, "up": up}


def reference(given: Arrays) -> Arrays:
    x = given["x"].astype(np.int32)
    return {"gate": x @ given["w_gate"].astype(np.int32), "up": x @ given["w_up"].astype(np.int32)}


CASES = (
    Case(two_products, inputs, reference),
    Case(dual_product, inputs, reference),
    Case(by_hand, inputs, reference),
)

if __name__ == "__main__":
    main(CASES)
