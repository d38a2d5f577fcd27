"""Products that start from a bias or an accumulator, and products of one row."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from xdsl.dialects.builtin import ModuleOp

from tilewright.execution.dtypes import DTYPES
from tilewright.execution.runner import run_function

K, N = 32, 32


def _program(build: Any, name: str, element: str, bias: str) -> str:
    """Products of `%a`, `%b` and a row `%s` of elements `bias`."""
    total = "i32" if element == "i8" else "f32"
    rows = 1 if name.startswith("tgemv") else 16
    pointers = {"a": element, "b": element, "s": bias, "o": total}
    b = build(*(f"%{pointer}: !pto.ptr<{type_}>" for pointer, type_ in pointers.items()))
    b.tile("%am", "mat", f"16x{K}x{element}", 0, f"{rows}x{K}")
    b.tile("%bm", "mat", f"{K}x{N}x{element}", 65536)
    b.tile("%sm", "mat", f"1x{N}x{bias}", 131072, layout="blayout=row_major")
    b.tile("%l", "left", f"16x{K}x{element}", 0, f"{rows}x{K}")
    b.tile("%r", "right", f"{K}x{N}x{element}")
    b.tile("%bias", "bias", f"1x{N}x{total}", layout="blayout=row_major")
    b.tile("%acc", "acc", f"16x{N}x{total}", 0, f"{rows}x{N}")
    b.window("%aw", "%a", rows, K, element)
    b.window("%bw", "%b", K, N, element)
    b.window("%sw", "%s", 1, N, bias)
    b.window("%ow", "%o", rows, N, total)
    for window, tile in (("%aw", "%am"), ("%bw", "%bm"), ("%sw", "%sm")):
        b.do("tload", [window], tile)
    for source, target in (("%am", "%l"), ("%bm", "%r"), ("%sm", "%bias")):
        b.do("tmov", [source], target)
    if name.endswith("bias"):
        b.do(name, ["%l", "%r", "%bias"], "%acc")
    else:
        b.do(name.removesuffix(".acc"), ["%l", "%r"], "%acc")
    if name.endswith("acc"):
        b.do(name, ["%acc", "%l", "%r"], "%acc")
    b.do("tstore", ["%acc"], "%ow")
    return b.text()


@pytest.mark.parametrize("element", ["i8", "f16", "bf16", "f32"])
@pytest.mark.parametrize("name", ["tmatmul.bias", "tmatmul.acc", "tgemv", "tgemv.acc", "tgemv.bias"])
def test_products(build: Any, parse: Callable[[str], ModuleOp], name: str, element: str) -> None:
    random, rows = np.random.default_rng(2), 1 if name.startswith("tgemv") else 16
    a, b, s = (random.integers(-8, 9, shape) for shape in ((rows, K), (K, N), (1, N)))
    total = "i32" if element == "i8" else "f32"
    o = np.zeros((rows, N), DTYPES[total])
    arrays = [a.astype(DTYPES[element]), b.astype(DTYPES[element]), s.astype(DTYPES[total]), o]
    run_function(parse(_program(build, name, element, total)), "f", arrays, "physical")
    expected = a @ b * (2 if name.endswith("acc") else 1) + (s if name.endswith("bias") else 0)
    np.testing.assert_array_equal(o, expected)


def test_a_bias_of_halves_is_widened(build: Any, parse: Callable[[str], ModuleOp]) -> None:
    a, b = np.zeros((16, K), np.float16), np.zeros((K, N), np.float16)
    s, o = (np.arange(N) / 8).astype(np.float16).reshape(1, N), np.zeros((16, N), np.float32)
    run_function(parse(_program(build, "tmatmul.bias", "f16", "f16")), "f", [a, b, s, o], "physical")
    np.testing.assert_array_equal(o, np.broadcast_to(s.astype(np.float32), (16, N)))
