"""Conversions in every mode of numbers that have to be rounded: ties and their neighbours, limits, denormals."""

from __future__ import annotations

import ml_dtypes
import numpy as np

from .generated_programs import Generated, Output
from .numeric_programs import Array, dtype_of, outputs, program

_MODES = ("NONE", "RINT", "ROUND", "FLOOR", "CEIL", "TRUNC", "ODD")
_SATURATIONS = ("", ", sat_mode = #pto<saturation_mode ON>", ", sat_mode = #pto<saturation_mode OFF>")
_PAIRS = {
    "f32": ("f32", "f16", "bf16", "i16", "i32"),
    "f16": ("f32", "i8", "ui8", "i16", "i32"),
    "bf16": ("f32", "i32"),
    "i32": ("f32", "i16"),
    "i16": ("f32", "f16"),
}


def rounding_programs() -> list[Generated]:
    """One program for each pair of types."""
    return [_program(source, target) for source, targets in _PAIRS.items() for target in targets]


def _program(source: str, target: str) -> Generated:
    tile = f"16x32x{source}"
    instructions = [
        (f"pto.tcvt ins(%a {{rmode = #pto<round_mode {mode}>{saturation}}}) outs(%d)", f"16x32x{target}")
        for mode in _MODES
        for saturation in _SATURATIONS
    ]
    case = program({"a": tile}, instructions)
    arrays = (_awkward(tile), *outputs(case))
    written = tuple(Output(at, None) for at in range(1, len(arrays)))
    return Generated("vector", case.text.replace("@vector", "@kernel"), arrays, written)


def _awkward(tile: str) -> Array:
    """Numbers of all sizes: integers of all lengths, or floats that lie between those of the narrower types."""
    random, dtype = np.random.default_rng(5), dtype_of(tile)
    if dtype.kind in "iu":
        limits = np.iinfo(dtype)
        whole = random.integers(limits.min, limits.max, 512, dtype, endpoint=True)
        return (whole >> random.integers(0, 8 * dtype.itemsize, 512).astype(dtype)).reshape(16, 32)
    # Few bits behind those that a narrower type keeps: ties are as frequent as what is next to them.
    kept = random.choice([7, 8, 10, 11], 512)
    mantissas = 2.0**kept + random.integers(0, 2**kept) + random.choice([0.0, 0.25, 0.5, 0.75, 2.0**-9], 512)
    values = random.choice([-1.0, 1.0], 512) * mantissas * 2.0 ** (random.integers(-20, 20, 512) - kept)
    largest = float(ml_dtypes.finfo(dtype).max)
    values[:8] = [0.5, -0.5, 1.5, 2.5, -2.5, 127.5, -128.5, 255.5]
    values[8:16] = [0.0, -0.0, np.inf, -np.inf, 6e-8, 1e-7, 65519, 65520]
    with np.errstate(over="ignore"):
        return np.where(np.isfinite(values), np.clip(values, -largest, largest), values).astype(dtype).reshape(16, 32)
