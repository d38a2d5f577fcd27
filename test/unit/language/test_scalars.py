"""Numbers: arithmetic known now, and arithmetic when the kernel runs."""

from __future__ import annotations

import os
from shutil import which

import numpy as np
import pytest

import tilewright.language as pl
from test.unit.language.programs import run_scope

NUMBERS = [0, 1, 7, 13]

needs_compiler = pytest.mark.skipif(which(os.environ.get("CXX", "g++")) is None, reason="there is no C++ compiler")


def evaluate(expression: str, n: int) -> int:
    """The value of an expression of the parameter `n`."""
    return int(
        run_scope(f"out[:, :] = pl.full([1, 8], pl.INT32, {expression})", {"n": n}, np.zeros((1, 8), np.int32))[0, 0]
    )


@pytest.mark.parametrize("n", NUMBERS)
@pytest.mark.parametrize(
    "expression",
    [
        "n + 3",
        "3 - n",
        "n * n - 2",
        "n // 4",
        "n % 4",
        "-n",
        "n << 2",
        "n >> 1",
        "n & 5",
        "n | 8",
        "n ^ 3",
        "max(n, 5)",
        "min(n, 5)",
        "2 ** 3 + n",
        "(n + 15) // 16 * 16",
    ],
)
def test_integers(expression: str, n: int) -> None:
    assert evaluate(expression, n) == eval(expression, {"n": n})


@pytest.mark.parametrize("n", NUMBERS)
@pytest.mark.parametrize(
    "condition",
    [
        "n < 7",
        "n <= 7",
        "n > 7",
        "n >= 7",
        "n == 7",
        "n != 7",
        "1 < n < 10",
        "n > 1 and n < 10",
        "n < 1 or n > 10",
        "not n",
    ],
)
def test_conditions(condition: str, n: int) -> None:
    assert evaluate(f"1 if {condition} else 0", n) == int(bool(eval(condition, {"n": n})))


def test_floats_are_those_of_32_bits() -> None:
    x = np.array([[0.1] * 8], np.float32)
    body = "number = pl.read(x, [0, 0]) * 3.0 + 1\nout[:, :] = pl.full([1, 8], pl.FP32, number / 2)"
    found = run_scope(body, {"x": x}, np.zeros_like(x))
    assert found[0, 0] == (np.float32(0.1) * np.float32(3) + np.float32(1)) / np.float32(2)


@pytest.mark.parametrize(
    "name, function", [("exp", np.exp), ("sqrt", np.sqrt), ("log", np.log), ("recip", np.reciprocal), ("abs", np.abs)]
)
def test_functions_of_numbers(name: str, function: np.ufunc) -> None:
    x = np.array([[2.5] * 8], np.float32)
    found = run_scope(
        f"out[:, :] = pl.full([1, 8], pl.FP32, pl.{name}(pl.read(x, [0, 0])))", {"x": x}, np.zeros_like(x)
    )
    assert found[0, 0] == pytest.approx(function(np.float32(2.5)))


def test_an_integer_read_from_memory_is_an_offset() -> None:
    x = np.arange(64, dtype=np.float32).reshape(8, 8)
    places = np.array([[6, 2, 4, 0]], np.int32)
    body = "at = pl.read(places, [0, 1])\nout[:, :] = x[at : at + 1, :]"
    np.testing.assert_array_equal(run_scope(body, {"x": x, "places": places}, np.zeros((1, 8), np.float32)), x[2:3])


def test_casts_of_numbers_drop_the_fraction() -> None:
    x = np.array([[-2.75] * 8], np.float32)
    body = "out[:, :] = pl.full([1, 8], pl.INT32, pl.cast(pl.read(x, [0, 0]), pl.INT32))"
    assert run_scope(body, {"x": x}, np.zeros((1, 8), np.int32))[0, 0] == -2


def test_unsigned_elements_take_numbers() -> None:
    body = "out[:, :] = pl.arange(3, [1, 8], dtype=pl.UINT32)"
    assert run_scope(body, {}, np.zeros((1, 8), np.uint32))[0].tolist() == list(range(3, 11))


@pytest.mark.parametrize("n", [-9, -8, -1, 0, 1, 8, 9])
@pytest.mark.parametrize(
    "expression",
    ["n % 4", "n // 4", "n % -4", "n // -4", "(n - 3) % 5", "7 % (n * 2 + 1)", "-7 // (n * 2 + 1)", "-7 % 4 + n"],
)
def test_division_rounds_down(expression: str, n: int) -> None:
    assert evaluate(expression, n) == eval(expression, {"n": n})


def test_a_remainder_of_what_counts_up_is_one_operation() -> None:
    text = """
    @pl.jit
    def ring(x: pl.Tensor[[16, 64], pl.FP32], y: pl.Out[pl.Tensor[[16, 64], pl.FP32]]):
        with pl.at(level=pl.Level.CORE_GROUP):
            for i in pl.range(4):
                y[0:8, :] = pl.slice(x, [8, 64], [(i + 1) % 2 * 8, 0])
        return y
    """
    ir = pl.parse(text).ir()
    assert "arith.remsi" in ir
    assert "arith.floordivsi" not in ir


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16, np.uint32, np.uint64])
def test_unsigned_elements_are_numbers_without_a_sign(dtype: type) -> None:
    body = """
    n = pl.read(x, [0, 0])
    if n > 100:
        pl.write(out, [0, 0], n // 2 + 100)
        pl.write(out, [0, 1], pl.read(x, [0, n - 200]))
    """
    out = run_scope(body, {"x": np.full((1, 8), 201, dtype)}, np.zeros((1, 8), dtype))
    assert out[0, :2].tolist() == [200, 201]


ENGINES = ["value", "physical", pytest.param("native", marks=needs_compiler)]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("dtype, top", [(np.uint8, 200), (np.uint16, 40000), (np.uint32, 3000000000)])
def test_a_table_of_unsigned_numbers(dtype: type, top: int, engine: str) -> None:
    name = f"pl.UINT{np.dtype(dtype).itemsize * 8}"
    program = pl.parse(f"""
    @pl.jit
    def pages(table: pl.InOut[pl.Tensor[[2, 32], {name}]], x: pl.Tensor[[64, 16], pl.FP32],
              out: pl.Out[pl.Tensor[[8, 16], pl.FP32]]):
        with pl.at(level=pl.Level.CORE_GROUP):
            row = pl.load(table, [1, 0], [1, 32])
            for i in pl.range(8):
                page = pl.read(table, [0, i]) - {top} if i < 4 else pl.read(row, [0, i]) - {top}
                out[i : i + 1, :] = x[page : page + 1, :]
            pl.write(table, [1, 31], pl.read(table, [0, 3]) // 2 + {top // 2})
        return out
    """)
    table = (np.arange(64).reshape(2, 32) % 9 * 7 % 50 + top).astype(dtype)
    x = np.arange(1024, dtype=np.float32).reshape(64, 16)
    given, out = table.copy(), np.zeros((8, 16), np.float32)
    program(given, x, out, engine=engine)
    places = np.concatenate((table[0, :4], table[1, 4:8])).astype(np.int64) - top
    np.testing.assert_array_equal(out, x[places])
    assert given[1, 31] == int(table[0, 3]) // 2 + top // 2
