"""Calls of functions: spliced in, submitted, or run by Python while translating; where functions come from."""

from __future__ import annotations

import builtins
import linecache

import numpy as np
import pytest

import tilewright.language as pl
from tilewright.language.failures import CompileError

M, N = 8, 16
X = np.arange(M * N, dtype=np.float32).reshape(M, N)
FACTOR = 3.0


@pl.jit.inline
def scaled(x, factor=2.0, *, offset=0.0):
    return pl.add(pl.mul(x, factor), offset)


@pl.jit.incore
def negate_rows(x: pl.Tensor[[4, N], pl.FP32], y: pl.Out[pl.Tensor[[4, N], pl.FP32]]):
    tile = pl.load(x, [0, 0], [4, N])
    return pl.store(pl.neg(tile), [0, 0], y)


@pl.jit
def inlined(x: pl.Tensor[[M, N], pl.FP32], y: pl.Out[pl.Tensor[[M, N], pl.FP32]]):
    with pl.at(level=pl.Level.CORE_GROUP):
        y[0:4, :] = scaled(x[0:4, :])
        y[4:8, :] = scaled(x[4:8, :], FACTOR, offset=1.0)
    return y


def test_inline_functions_have_defaults_and_keywords() -> None:
    y = np.zeros_like(X)
    inlined(X, y)
    np.testing.assert_array_equal(y, np.concatenate((X[:4] * 2, X[4:] * 3 + 1)))


@pl.jit
def submitted(x: pl.Tensor[[M, N], pl.FP32], y: pl.Out[pl.Tensor[[M, N], pl.FP32]]):
    negate_rows(x[0:4, :], y[0:4, :])
    negate_rows(x[4:8, :], y[4:8, :])
    return y


def test_a_kernel_is_translated_once_and_submitted_on_slices() -> None:
    y = np.zeros_like(X)
    submitted(X, y)
    np.testing.assert_array_equal(y, -X)
    assert submitted.ir("tile").count("func.func") == 2


def add_constant(constant: float):
    @pl.jit
    def kernel(x: pl.Tensor[[M, N], pl.FP32], y: pl.Out[pl.Tensor[[M, N], pl.FP32]]):
        with pl.at(level=pl.Level.CORE_GROUP):
            y[:, :] = pl.add(x, constant)
        return y

    return kernel


@pytest.mark.parametrize("constant", [1.0, 2.5])
def test_kernels_made_by_a_function_see_its_names(constant: float) -> None:
    y = np.zeros_like(X)
    add_constant(constant)(X, y)
    np.testing.assert_array_equal(y, X + np.float32(constant))


ROWS = pl.dynamic("ROWS")


@pl.jit
def any_rows(x: pl.Tensor[[ROWS, N], pl.FP32], y: pl.Out[pl.Tensor[[ROWS, N], pl.FP32]]):
    for row in pl.range(pl.tensor.dim(x, 0)):
        with pl.at(level=pl.Level.CORE_GROUP):
            y[row : row + 1, :] = pl.add(x[row : row + 1, :], 1.0)
    return y


@pytest.mark.parametrize("rows", [1, 5])
def test_extents_of_the_arrays_stand_for_dynamic_ones(rows: int) -> None:
    y = np.zeros((rows, N), np.float32)
    any_rows(X[:rows], y)
    np.testing.assert_array_equal(y, X[:rows] + 1)


def test_a_dynamic_extent_stays_open_without_arrays() -> None:
    assert "?x16xf32" in any_rows.compile().ir("tile")


def test_two_arrays_disagree_about_a_dynamic_extent() -> None:
    with pytest.raises(CompileError, match=r"ROWS is 4 here, but 8 in argument 'x'"):
        any_rows(X, np.zeros((4, N), np.float32))


@pl.jit
def bare(x: pl.Tensor, y: pl.Out[pl.Tensor], count: int = 2):
    x.bind_dynamic(0, ROWS)
    with pl.at(level=pl.Level.CORE_GROUP):
        y[0:count, :] = x[0:count, :]
    return y


def test_bare_tensors_take_the_shapes_of_their_arrays_and_other_parameters_are_constants() -> None:
    y = np.zeros_like(X)
    bare(X, y, count=4)
    assert (y[:4] == X[:4]).all()
    assert not y[4:].any()


class Foreign:
    """An array of another library, as torch has them on the CPU."""

    def __init__(self, array: np.ndarray) -> None:
        self.array = array

    def __array__(self, dtype: object = None, copy: object = None) -> np.ndarray:
        return self.array


def test_arrays_of_other_libraries_are_taken_by_the_array_protocol() -> None:
    x, y = Foreign(X), Foreign(np.zeros_like(X))
    inlined(x, y)
    np.testing.assert_array_equal(y.array[:4], X[:4] * 2)


def test_text_is_parsed_with_names_that_are_given() -> None:
    text = """
    @pl.jit
    def kernel(x: pl.Tensor[[8, 16], pl.FP32], y: pl.Out[pl.Tensor[[8, 16], pl.FP32]]):
        with pl.at(level=pl.Level.CORE_GROUP):
            y[:, :] = x[:, :] * factor
        return y
    """
    y = np.zeros_like(X)
    pl.parse(text, factor=4.0)(X, y)
    np.testing.assert_array_equal(y, X * 4)


def _run_cell(name: str, text: str) -> pl.jit:
    """Run a text as notebooks do: its lines are in `linecache`, its file is no file."""
    space: dict[str, object] = {"pl": pl}
    exec(compile(text, name, "exec"), space)
    return space["kernel"]


CELL = """\
@pl.jit
def kernel(x: pl.Tensor[[8, 16], pl.FP32], y: pl.Out[pl.Tensor[[8, 16], pl.FP32]]):
    with pl.at(level=pl.Level.CORE_GROUP):
        y[:, :] = pl.add(x, 2.0)
    return y
"""


def test_a_cell_of_a_notebook() -> None:
    name = "<ipython-input-1-0123456789ab>"
    linecache.cache[name] = (len(CELL), None, CELL.splitlines(keepends=True), name)
    y = np.zeros_like(X)
    _run_cell(name, CELL)(X, y)
    np.testing.assert_array_equal(y, X + 2)


def test_the_prompt_of_python_keeps_no_text() -> None:
    with pytest.raises(CompileError, match=r"typed at a prompt that keeps none.*\[TW0600\]"):
        _run_cell("<stdin>", CELL).compile()


class History:
    """What readline has kept."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines

    def get_current_history_length(self) -> int:
        return len(self.lines)

    def get_history_item(self, index: int) -> str | None:
        return self.lines[index - 1]


def test_the_prompt_of_python_has_a_history(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = ["import tilewright.language as pl", *CELL.splitlines(), "kernel(x, y)"]
    monkeypatch.setitem(__import__("sys").modules, "readline", History(lines))
    y = np.zeros_like(X)
    _run_cell("<stdin>", CELL)(X, y)
    np.testing.assert_array_equal(y, X + 2)


@pl.program
class Scaling:
    @pl.function(type=pl.FunctionType.InCore)
    def double(self, x: pl.Tensor[[M, N], pl.FP32], y: pl.Out[pl.Tensor[[M, N], pl.FP32]]):
        return pl.store(pl.mul(pl.load(x, [0, 0], [M, N]), 2.0), [0, 0], y)

    @pl.function(type=pl.FunctionType.Inline)
    def plus_one(self, tile):
        return pl.add(tile, 1.0)

    @pl.function(type=pl.FunctionType.Orchestration)
    def main(self, x: pl.Tensor[[M, N], pl.FP32], y: pl.Out[pl.Tensor[[M, N], pl.FP32]]):
        middle = pl.create_tensor([M, N], dtype=pl.FP32)
        middle = self.double(x, middle)
        with pl.at(level=pl.Level.CORE_GROUP):
            y[:, :] = self.plus_one(middle)
        return y


def test_a_class_is_a_program() -> None:
    y = np.zeros_like(X)
    Scaling(X, y)
    np.testing.assert_array_equal(y, X * 2 + 1)


def test_functions_of_a_program_are_kernels_of_their_own() -> None:
    y = np.zeros_like(X)
    Scaling.double(X, y)
    np.testing.assert_array_equal(y, X * 2)
    assert "task.submit" in Scaling.ir("tile")


def test_a_class_without_functions_is_no_program() -> None:
    with pytest.raises(TypeError, match="has no method that is decorated"):
        pl.program(type("Empty", (), {}))


@pl.jit.host
def on_the_host(x: pl.Tensor[[M, N], pl.FP32]):
    pass


def test_functions_of_the_host_are_refused_by_name() -> None:
    with pytest.raises(CompileError, match=r"TW0623.*on_the_host.*pl.jit.host is not supported(.|\n)*def on_the_host"):
        on_the_host.compile()


@pl.jit.extern(core_type="mixed")
def in_cpp(x: pl.Tensor[[M, N], pl.FP32], y: pl.Out[pl.Tensor[[M, N], pl.FP32]]): ...


@pl.jit
def calls_cpp(x: pl.Tensor[[M, N], pl.FP32], y: pl.Out[pl.Tensor[[M, N], pl.FP32]]):
    y = in_cpp(x, y)
    return y


def test_kernels_in_cpp_are_refused_where_they_are_called() -> None:
    with pytest.raises(CompileError, match=r"TW0623(.|\n)*y = in_cpp\(x, y\)"):
        calls_cpp.compile()


def test_names_of_several_chips_are_refused_where_they_are_used() -> None:
    import tilewright.language.distributed as pld

    text = """
    @pl.jit
    def kernel(x: pl.Tensor[[8, 16], pl.FP32], y: pl.Out[pl.Tensor[[8, 16], pl.FP32]]):
        rank = pld.system.rank()
        return y
    """
    with pytest.raises(CompileError, match=r"TW0623.*pld.system is not supported: a program runs on one chip"):
        pl.parse(text, pld=pld).compile()


def test_a_function_of_python_computes_constants() -> None:
    text = """
    @pl.jit
    def kernel(x: pl.Tensor[[8, 16], pl.FP32], y: pl.Out[pl.Tensor[[8, 16], pl.FP32]]):
        with pl.at(level=pl.Level.CORE_GROUP):
            y[:, :] = pl.mul(x, half(len(x.shape) * 3))
        return y
    """
    y = np.zeros_like(X)
    pl.parse(text, half=lambda number: number / 2)(X, y)
    np.testing.assert_array_equal(y, X * 3)
    assert builtins.len(y) == M
