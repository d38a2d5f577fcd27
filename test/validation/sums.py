"""Programs with inputs and what they should give, sums of products within what rounding may do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import ml_dtypes
import numpy as np

DTYPES: dict[str, Any] = {
    "i8": np.int8,
    "i32": np.int32,
    "f16": np.float16,
    "bf16": ml_dtypes.bfloat16,
    "f32": np.float32,
}

Array = Any


@dataclass(frozen=True)
class Sum:
    """What an output should hold, and how far from it rounding may take it (0 for integers)."""

    value: Array
    bound: Array

    def __add__(self, other: Sum) -> Sum:
        return Sum(self.value + other.value, self.bound + other.bound)

    def check(self, result: Array, context: str) -> None:
        """Fail unless `result` is as close as it has to be."""
        error = np.abs(result.astype(np.float64) - self.value)
        assert (error <= self.bound).all(), f"{context}: off by {error.max()}"


def times(a: Array, b: Array) -> Sum:
    """`a @ b`: exact for integers, within K * 2^-24 * (|a| @ |b|) for floats that are summed in float32."""
    if np.issubdtype(a.dtype, np.integer):
        return Sum(a.astype(np.int64) @ b.astype(np.int64), 0)
    wide_a, wide_b = a.astype(np.float64), b.astype(np.float64)
    return Sum(wide_a @ wide_b, a.shape[1] * 2.0**-24 * (np.abs(wide_a) @ np.abs(wide_b)))


@dataclass(frozen=True)
class Program:
    """One function with its arguments.

    Attributes:
        text: the module.
        inputs: shape and element type of each tensor that is read, in the order of the arguments.
        outputs: the same for each that is written; they follow the inputs.
        expected: gives what each output should hold, from the inputs.
        scalars: integers that follow the outputs.
        levels: the levels that it compiles for.
    """

    text: str
    inputs: Sequence[tuple[tuple[int, ...], str]]
    outputs: Sequence[tuple[tuple[int, int], str]]
    expected: Callable[..., Sequence[Sum]]
    scalars: tuple[int, ...] = ()
    levels: tuple[int, ...] = (2, 3)

    def arrays(self, seed: int = 0) -> list[Array]:
        """Random inputs: all of i8, floats of moderate size."""
        random = np.random.default_rng(seed)
        return [
            random.integers(-128, 128, shape, np.int8)
            if kind == "i8"
            else random.standard_normal(shape).astype(DTYPES[kind])
            for shape, kind in self.inputs
        ]

    def run(self, execute: Callable[[list[object]], object], context: str) -> None:
        """Call `execute` on arguments with fresh outputs, and check the outputs."""
        inputs = self.arrays()
        outputs = [np.full(shape, 77, DTYPES[kind]) for shape, kind in self.outputs]
        execute([*inputs, *outputs, *self.scalars])
        for number, (wanted, got) in enumerate(zip(self.expected(*inputs), outputs, strict=True)):
            wanted.check(got, f"{context}: output {number}")
