"""The matmul in the value engine."""

from __future__ import annotations

import numpy as np

from tilewright.arch.chip import load_chip
from tilewright.dialects.diagnostics import fail
from tilewright.dialects.tile import MatmulOp
from tilewright.execution.dtypes import Array
from tilewright.execution.value_calls import Call, Family, disagree
from tilewright.execution.values import TileValue


def matmul(call: Call) -> tuple[object, ...]:
    op = call.op
    assert isinstance(op, MatmulOp)
    left = call.data(op.lhs)
    accumulates = bool(op.acc) and not (op.init is not None and call.values[op.init])
    fractal = load_chip().k_fractal(str(op.lhs.type.element_type))
    if left.shape[1] % fractal:
        fail("TW0411", f"K is {left.shape[1]} here, which is not a multiple of {fractal}", op)
    results: list[TileValue] = []
    for position, right in enumerate(op.rhs):
        factor = call.data(right)
        if left.shape[1] != factor.shape[0]:
            disagree(op, op.lhs, left.shape, right, factor.shape)
        product = multiply(left, factor)
        if accumulates:
            accumulator = op.acc[position]
            before = call.data(accumulator)
            if before.shape != product.shape:
                disagree(op, accumulator, before.shape, right, factor.shape)
            product = add(before, product)
        results.append(TileValue(product))
    call.counts.matmuls += len(results)
    return tuple(results)


def multiply(left: Array, right: Array) -> Array:
    """Multiply [m, k] with [k, n] as the cube unit does.

    i8 gives i32, wrapping around. Floating-point operands are widened to f32 (exact) and
    accumulated in f32, in the order of numpy's float32 matmul; hardware's order is not documented:
    results agree with it, and with the other engine, up to rounding.
    """
    if left.dtype == np.int8:
        return np.matmul(left, right, dtype=np.int32)
    with np.errstate(over="ignore", invalid="ignore"):
        return np.matmul(left.astype(np.float32), right.astype(np.float32))


def add(accumulator: Array, product: Array) -> Array:
    """Add a product to an accumulator of the same type; i32 wraps around."""
    with np.errstate(over="ignore", invalid="ignore"):
        return np.add(accumulator, product)


FAMILY: Family = {MatmulOp: matmul}
