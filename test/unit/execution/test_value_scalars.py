"""Integer scalars in the value engine."""

from __future__ import annotations

import numpy as np
import pytest

from .value_programs import Parse, evaluate


@pytest.mark.parametrize(
    "line, expected",
    [
        ("%y = arith.divui %m, %n : i32", (2**32 - 7) // 3),
        ("%y = arith.remui %m, %n : i32", (2**32 - 7) % 3),
        ("%y = arith.remui %n, %big : i32", 3),
        ("%y = arith.ceildivui %m, %big : i32", -(-(2**32 - 7) // (2**31 - 1))),
        ("%y = arith.ceildivui %big, %n : i32", -(-(2**31 - 1) // 3)),
        ("%y = arith.ceildivsi %m, %n : i32", -2),
        ("%y = arith.ceildivsi %big, %n : i32", -(-(2**31 - 1) // 3)),
        ("%y = arith.divsi %m, %n : i32", -2),
        ("%y = arith.remsi %m, %n : i32", -1),
        ("%y = arith.floordivsi %m, %n : i32", -3),
        ("%y = arith.minui %m, %n : i32", 3),
        ("%y = arith.maxui %m, %n : i32", -7),
        ("%y = arith.minsi %m, %n : i32", -7),
        ("%y = arith.maxsi %m, %n : i32", 3),
        ("%y = arith.shrui %m, %n : i32", (2**32 - 7) >> 3),
        ("%y = arith.shrsi %m, %n : i32", -1),
        ("%y = arith.shli %m, %n : i32", -56),
        ("%s = arith.trunci %m : i32 to i8\n%y = arith.extui %s : i8 to i32", 249),
        ("%s = arith.trunci %m : i32 to i8\n%y = arith.extsi %s : i8 to i32", -7),
        ("%s = arith.trunci %big : i32 to i16\n%y = arith.extsi %s : i16 to i32", -1),
        (
            "%w = arith.extui %m : i32 to i64\n%c = arith.constant 8 : i64\n%v = arith.shrui %w, %c : i64\n"
            "%y = arith.trunci %v : i64 to i32",
            (2**32 - 7) >> 8,
        ),
    ],
)
def test_results(parse: Parse, line: str, expected: int) -> None:
    body = f"%big = arith.constant 2147483647 : i32\n{line}\n%r = tile.splat %y : i32 -> {{r}}"
    scalars = {"m": ("i32", -7), "n": ("i32", 3)}
    got = evaluate(parse, body, np.zeros((1, 8), np.int32), {}, scalars)
    assert got.view(np.uint32)[0, 0] == expected % 2**32
