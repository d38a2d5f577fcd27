"""Floating-point scalars in the value engine."""

from __future__ import annotations

import numpy as np
import pytest

from .value_programs import Parse, evaluate

BODY = """%two = arith.constant 2.0 : f32
%minus = arith.constant -2.0 : f32
%nan = arith.constant 0x7FC00000 : f32
%big = arith.constant 9223372036854775808.0 : f32
%less = arith.constant -1.0e19 : f32
{line}
%r = tile.splat %y : f32 -> {{r}}"""


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
        ("%f = arith.divf %n, %two : f32\n%i = arith.fptosi %f : f32 to i32\n%y = arith.sitofp %i : i32 to f32", 1),
        (
            "%f = arith.divf %n, %two : f32\n%g = arith.negf %f : f32\n%i = arith.fptosi %g : f32 to i32\n"
            "%y = arith.sitofp %i : i32 to f32",
            -1,
        ),
        ("%y = arith.subf %n, %x : f32", np.float32(3) - np.float32(0.1)),
        ("%y = arith.minimumf %x, %n : f32", np.float32(0.1)),
        ("%y = arith.maxnumf %nan, %n : f32", 3),
        ("%y = arith.minnumf %x, %nan : f32", np.float32(0.1)),
        ("%y = arith.minnumf %x, %n : f32", np.float32(0.1)),
        ("%y = arith.maxnumf %x, %n : f32", 3),
        ("%y = arith.minimumf %x, %nan : f32", np.nan),
        ("%y = arith.maximumf %nan, %n : f32", np.nan),
        ("%y = math.absf %minus : f32", 2),
        ("%y = math.exp %x : f32", np.exp(np.float32(0.1))),
        ("%y = math.log %x : f32", np.log(np.float32(0.1))),
        ("%i = arith.fptosi %big : f32 to i64\n%y = arith.sitofp %i : i64 to f32", 2.0**63),
        (
            "%i = arith.fptosi %big : f32 to i64\n%c = arith.constant 1 : i64\n%j = arith.andi %i, %c : i64\n"
            "%y = arith.sitofp %j : i64 to f32",
            1,
        ),
        ("%i = arith.fptosi %less : f32 to i64\n%y = arith.sitofp %i : i64 to f32", -(2.0**63)),
        ("%i = arith.fptosi %big : f32 to i16\n%y = arith.sitofp %i : i16 to f32", 2**15 - 1),
        ("%i = arith.fptosi %less : f32 to i16\n%y = arith.sitofp %i : i16 to f32", -(2**15)),
        ("%i = arith.fptosi %nan : f32 to i32\n%y = arith.sitofp %i : i32 to f32", 0),
        ("%i = arith.constant -1 : i32\n%y = arith.uitofp %i : i32 to f32", 2.0**32),
        ("%i = arith.constant 16777217 : i32\n%y = arith.sitofp %i : i32 to f32", 2.0**24),
    ],
)
def test_results_are_rounded(parse: Parse, line: str, expected: float) -> None:
    scalars = {"x": ("f32", 0.1), "n": ("f32", 3.0)}
    got = evaluate(parse, BODY.format(line=line), np.zeros((1, 8), np.float32), {}, scalars)
    assert np.array_equal(got[0, 0], np.float32(expected), equal_nan=True)
