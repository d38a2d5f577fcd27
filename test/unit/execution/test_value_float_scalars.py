"""Floating-point scalars in the value engine."""

from __future__ import annotations

import numpy as np
import pytest

from .value_programs import Parse, evaluate

BODY = "{line}\n%r = tile.splat %y : f32 -> {{r}}"


@pytest.mark.parametrize(
    "line, expected",
    [
        ("%y = arith.addf %x, %x : f32", np.float32(0.1) + np.float32(0.1)),
        ("%y = arith.mulf %x, %x : f32", np.float32(0.1) * np.float32(0.1)),
        ("%y = arith.divf %x, %n : f32", np.float32(0.1) / np.float32(3)),
        ("%y = arith.negf %x : f32", -np.float32(0.1)),
        ("%y = arith.maximumf %x, %n : f32", np.float32(3)),
        ("%y = math.sqrt %x : f32", np.sqrt(np.float32(0.1))),
        ("%h = arith.truncf %x : f32 to f16\n%y = arith.extf %h : f16 to f32", np.float16(0.1)),
        ("%i = arith.fptosi %n : f32 to i32\n%y = arith.sitofp %i : i32 to f32", 3),
        ("%i = arith.constant -1 : i32\n%y = arith.uitofp %i : i32 to f32", 2.0**32),
        ("%i = arith.constant 16777217 : i32\n%y = arith.sitofp %i : i32 to f32", 2.0**24),
    ],
)
def test_results_are_rounded(parse: Parse, line: str, expected: float) -> None:
    scalars = {"x": ("f32", 0.1), "n": ("f32", 3.0)}
    got = evaluate(parse, BODY.format(line=line), np.zeros((1, 8), np.float32), {}, scalars)
    assert got[0, 0] == np.float32(expected)
