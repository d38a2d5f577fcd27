"""Random programs run on engines, and by Python itself on numpy: all give the same numbers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from textwrap import indent
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from test.unit.language.programs import run_scope

SIZE, TOTAL = 4, 12
"""Rows and columns of a tile and of the arrays, in units of `U`."""

BLOCK = 8
"""A unit that the chip can move: a block of 32 bytes."""

TILES = ("a", "b", "c")
NUMBERS = ("s", "u")
BEGIN = "a = x[0 : 4 * U, 0 : 4 * U]\nb = x[4 * U : 8 * U, 4 * U : 8 * U]\nc = pl.add(a, b)\ns = 1\nu = 2\n"
END = "".join(
    f"out[{row} * U : {row + SIZE} * U, 8 * U : 12 * U] = {name}\n"
    for row, name in zip(range(0, TOTAL, SIZE), TILES, strict=True)
)

tiles, numbers = st.sampled_from(TILES), st.sampled_from(NUMBERS)
constants = st.integers(0, 3)


@st.composite
def number(draw: st.DrawFn) -> str:
    """A number that is never negative."""
    return draw(
        st.one_of(
            constants.map(str),
            numbers,
            st.tuples(numbers, constants).map(lambda p: f"({p[0]} + {p[1]}) % 5"),
            st.tuples(numbers, numbers).map(lambda p: f"({p[0]} * 3 + {p[1]}) // 2 % 7"),
            st.tuples(numbers, numbers).map(lambda p: f"pl.max({p[0]}, {p[1]})"),
            st.tuples(numbers, constants).map(lambda p: f"pl.min({p[0]}, {p[1]})"),
        )
    )


@st.composite
def tile(draw: st.DrawFn) -> str:
    """A tile of 4x4."""
    row, column = draw(st.integers(0, 8)), draw(st.integers(0, 8))
    return draw(
        st.one_of(
            st.tuples(st.sampled_from(("add", "sub", "mul", "maximum", "minimum")), tiles, tiles).map(
                lambda p: f"pl.{p[0]}({p[1]}, {p[2]})"
            ),
            st.tuples(tiles, st.sampled_from("+-*"), number()).map(lambda p: f"{p[0]} {p[1]} ({p[2]})"),
            st.sampled_from(("neg", "abs", "transpose")).flatmap(lambda f: tiles.map(lambda t: f"pl.{f}({t})")),
            tiles.map(lambda t: f"pl.row_expand_sub({t}, pl.row_max({t}))"),
            tiles.map(lambda t: f"pl.col_expand_add({t}, pl.col_sum({t}))"),
            st.just(f"x[{row} * U : {row + SIZE} * U, {column} * U : {column + SIZE} * U]"),
            st.just(f"out[{row} * U : {row + SIZE} * U, {column} * U : {column + SIZE} * U]"),
            numbers.map(lambda s: f"x[{s} % 8 : {s} % 8 + {SIZE} * U, 0 : {SIZE} * U]"),
        )
    )


@st.composite
def simple(draw: st.DrawFn) -> str:
    """One assignment."""
    row = draw(st.integers(0, 8))
    return draw(
        st.one_of(
            st.tuples(tiles, tile()).map(lambda p: f"{p[0]} = {p[1]}\n"),
            st.tuples(numbers, number()).map(lambda p: f"{p[0]} = {p[1]}\n"),
            tile().map(lambda value: f"out[{row} * U : {row + SIZE} * U, 0 : {SIZE} * U] = {value}\n"),
            tiles.map(lambda t: f"{t}[0 : 2 * U, 0 : 2 * U] = {t}[2 * U : 4 * U, 1 * U : 3 * U]\n"),
        )
    )


@st.composite
def body(draw: st.DrawFn, depth: int = 2) -> str:
    """Statements, with loops and branches down to a depth."""
    text = ""
    for _ in range(draw(st.integers(1, 4))):
        kind = draw(st.sampled_from(("simple", "simple", "for", "while", "if", "else"))) if depth else "simple"
        match kind:
            case "for":
                inner = draw(body(depth - 1))
                counter = f"i{depth}"
                text += f"for {counter} in pl.range({draw(constants)}, {draw(number())}):\n" + indent(inner, "    ")
                text += f"    s = (s + {counter}) % 9\n"
            case "while":
                inner = draw(body(depth - 1))
                text += f"w{depth} = 0\nwhile w{depth} < {draw(constants)}:\n" + indent(inner, "    ")
                text += f"    w{depth} = w{depth} + 1\n"
            case "if" | "else":
                sign = draw(st.sampled_from(("<", ">=", "==", "!=")))
                text += f"if {draw(numbers)} {sign} {draw(number())}:\n" + indent(draw(body(depth - 1)), "    ")
                if kind == "else":
                    text += "else:\n" + indent(draw(body(depth - 1)), "    ")
            case _:
                text += draw(simple())
    return text


class Tensor:
    """Memory as the language has it: a slice holds what memory held where it was taken."""

    def __init__(self, array: np.ndarray) -> None:
        self.array = array

    def __getitem__(self, key: Any) -> np.ndarray:
        return self.array[key].copy()

    def __setitem__(self, key: Any, value: np.ndarray) -> None:
        self.array[key] = value


class Numpy:
    """What the names under `pl` do to numpy arrays."""

    range = staticmethod(range)
    add, sub, mul = np.add, np.subtract, np.multiply
    maximum, minimum = np.maximum, np.minimum
    neg, abs, transpose = np.negative, np.abs, np.transpose
    max, min = staticmethod(max), staticmethod(min)
    row_expand_sub, col_expand_add = np.subtract, np.add

    @staticmethod
    def row_max(tile: np.ndarray) -> np.ndarray:
        return tile.max(axis=1, keepdims=True)

    @staticmethod
    def col_sum(tile: np.ndarray) -> np.ndarray:
        return tile.sum(axis=0, keepdims=True, dtype=tile.dtype)


@contextmanager
def wrapping() -> Iterator[None]:
    """Integers wrap around without a warning."""
    with np.errstate(all="ignore"):
        yield


def run_python(text: str, x: np.ndarray, out: np.ndarray, unit: int) -> np.ndarray:
    """Run a body by Python itself."""
    lines: list[str] = []
    for line in text.splitlines():
        for name in TILES:
            if line.lstrip().startswith(f"{name}[0 :"):
                space = line[: len(line) - len(line.lstrip())]
                lines.append(f"{space}{name} = {name}.copy()")
        lines.append(line)
    names: dict[str, Any] = {"pl": Numpy, "U": unit, "x": Tensor(x), "out": Tensor(out)}
    with wrapping():
        exec("\n".join(lines), names)
    return out


@pytest.mark.parametrize("dtype", [np.int32, np.float32])
@settings(max_examples=60, deadline=None)
@given(text=body())
def test_programs(dtype: type, text: str) -> None:
    x = np.arange(-70, TOTAL * TOTAL - 70).reshape(TOTAL, TOTAL).astype(dtype)
    _compare(text, x, 1, "value")


@pytest.mark.parametrize("dtype", [np.int32, np.float32])
@settings(max_examples=15, deadline=None)
@given(text=body())
def test_programs_on_the_chip(dtype: type, text: str) -> None:
    side = TOTAL * BLOCK
    x = (np.arange(side * side).reshape(side, side) % 37 - 18).astype(dtype)
    _compare(text, x, BLOCK, "physical")


def _compare(text: str, x: np.ndarray, unit: int, engine: str) -> None:
    program = BEGIN + text + END
    wanted = run_python(program, x, np.full_like(x, 5), unit)
    found = run_scope(program, {"x": x}, np.full_like(x, 5), before=f"U = {unit}\n", engine=engine)
    np.testing.assert_array_equal(found, wanted, err_msg=program)
