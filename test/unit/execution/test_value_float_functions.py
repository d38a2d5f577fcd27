"""Every function of floating-point scalars in the value engine, against numpy, also where numbers are odd."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from .value_programs import Parse, evaluate

_BINARY: dict[str, Callable[..., np.float32]] = {
    "arith.addf": np.add,
    "arith.subf": np.subtract,
    "arith.mulf": np.multiply,
    "arith.divf": np.divide,
    "arith.maximumf": np.maximum,
    "arith.minimumf": np.minimum,
    "arith.maxnumf": np.fmax,
    "arith.minnumf": np.fmin,
}
_UNARY: dict[str, Callable[..., np.float32]] = {
    "arith.negf": np.negative,
    "math.absf": np.abs,
    "math.exp": np.exp,
    "math.log": np.log,
    "math.sqrt": np.sqrt,
}
_PAIRS = [(0.1, 3.0), (-7.5, 0.25), (3e38, 3e38), (1e-30, -1e-30)]


def _result(parse: Parse, line: str, x: float, y: float) -> np.float32:
    text = f"{line}\n%r = tile.splat %f : f32 -> {{r}}"
    return evaluate(parse, text, np.zeros((1, 8), np.float32), {}, {"x": ("f32", x), "y": ("f32", y)})[0, 0]


@pytest.mark.parametrize("x, y", _PAIRS)
@pytest.mark.parametrize("name", _BINARY)
def test_functions_of_two(parse: Parse, name: str, x: float, y: float) -> None:
    with np.errstate(all="ignore"):
        expected = _BINARY[name](np.float32(x), np.float32(y))
    assert _result(parse, f"%f = {name} %x, %y : f32", x, y) == expected


@pytest.mark.parametrize("x", [0.1, 2.5, 1e-30])
@pytest.mark.parametrize("name", _UNARY)
def test_functions_of_one(parse: Parse, name: str, x: float) -> None:
    expected = _UNARY[name](np.float32(x))
    assert np.isclose(_result(parse, f"%f = {name} %x : f32", x, 0.5), expected, rtol=1e-6, atol=0)
