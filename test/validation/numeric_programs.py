"""Kernels of the vector core that give the result of each of many instructions, and data for them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import ml_dtypes
import numpy as np

from .vector_programs import Program

DTYPES = {
    "f32": np.float32,
    "f16": np.float16,
    "bf16": ml_dtypes.bfloat16,
    "i8": np.int8,
    "ui8": np.uint8,
    "i16": np.int16,
    "ui16": np.uint16,
    "i32": np.int32,
    "ui32": np.uint32,
}

Array = np.ndarray


def program(
    inputs: Mapping[str, str],
    instructions: Sequence[tuple[str, str]],
    scratch: Mapping[str, str] | None = None,
    constants: Mapping[str, tuple[str, str]] | None = None,
) -> Program:
    """Give a kernel whose instruction number N writes a tile `rN`, which is stored.

    Args:
        inputs: types of the tiles that are loaded, by name.
        instructions: each with `%d` for its destination, and the type of that.
        scratch: types of other tiles by name.
        constants: types and values of scalars by name.
    """
    results = {f"r{number}": type_ for number, (_, type_) in enumerate(instructions)}
    body = "\n".join(text.replace("%d", f"%r{number}") for number, (text, _) in enumerate(instructions))
    tiles = {**inputs, **(scratch or {}), **results}
    return Program(tiles, body, tuple(inputs), tuple(results), constants=constants)


def shape_of(type_: str) -> tuple[int, int]:
    """The valid extents of a tile."""
    found = re.search(r"valid=(\d+)x(\d+)", type_) or re.match(r"(\d+)x(\d+)x", type_)
    assert found is not None
    return int(found[1]), int(found[2])


def dtype_of(type_: str) -> np.dtype:
    """The numpy type of a tile's elements."""
    return np.dtype(DTYPES[type_.split(",")[0].split("x")[2]])


def outputs(case: Program) -> list[Array]:
    """Empty arrays for the results of a kernel."""
    return [np.zeros(shape_of(case.tiles[name]), dtype_of(case.tiles[name])) for name in case.outputs]


def numbers(type_: str, seed: int) -> Array:
    """Random bits for integers; floats of all sizes, among them zeros, infinities, denormals, but no NaN."""
    shape, dtype = shape_of(type_), dtype_of(type_)
    random = np.random.default_rng(seed)
    if dtype.kind in "iu":
        limits = np.iinfo(dtype)
        return random.integers(limits.min, limits.max, shape, dtype=dtype, endpoint=True)
    values = random.standard_normal(shape) * 2.0 ** random.integers(-6, 7, shape)
    limits = ml_dtypes.finfo(dtype)
    special = [0.0, -0.0, np.inf, -np.inf, 1.0, -1.0, float(limits.tiny) / 4, float(limits.max)]
    where = random.random(shape) < 0.15
    with np.errstate(over="ignore"):
        return np.where(where, random.choice(special, shape), values).astype(dtype)


def small(type_: str, seed: int, low: int = -8, high: int = 8) -> Array:
    """Small whole numbers, whose sums and products are exact."""
    return np.random.default_rng(seed).integers(low, high, shape_of(type_)).astype(dtype_of(type_))
