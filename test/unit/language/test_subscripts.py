"""Subscripts: slices of tensors and tiles, read and written."""

from __future__ import annotations

import numpy as np
import pytest

from test.unit.language.programs import run_entry, run_scope

X = np.arange(128, dtype=np.float32).reshape(8, 16)
CUBE = np.arange(3 * 4 * 8, dtype=np.float32).reshape(3, 4, 8)


@pytest.mark.parametrize(
    "cut", ["2:6, 4:12", ":, 4:12", "2:6", "2:6, :", "-4:, -8:", "2:3, ...", "2 : 2 + 4, 0:8", ":-2, :"]
)
def test_slices(cut: str) -> None:
    expected = eval(f"X[{cut}]", {"X": X})
    np.testing.assert_array_equal(
        run_scope(f"out[:, :] = x[{cut}]", {"x": X}, np.zeros(expected.shape, np.float32)), expected
    )


@pytest.mark.parametrize("start", ["n", "n + 1", "n * 2", "2 * n + 1", "n // 2", "(n + 1) * 2 - 1"])
def test_offsets_known_when_the_kernel_runs(start: str) -> None:
    first = eval(start, {"n": 2})
    found = run_scope(f"out[:, :] = x[{start} : {start} + 2, :]", {"x": X, "n": 2}, np.zeros((2, 16), np.float32))
    np.testing.assert_array_equal(found, X[first : first + 2])


def test_an_integer_takes_a_dimension_away() -> None:
    found = run_scope("out[:, :] = cube[1, :, 0:4]", {"cube": CUBE}, np.zeros((4, 4), np.float32))
    np.testing.assert_array_equal(found, CUBE[1, :, :4])


def test_leading_dimensions_become_rows() -> None:
    found = run_scope("out[:, :] = pl.mul(cube[0:2, :, :], 2.0)", {"cube": CUBE}, np.zeros((8, 8), np.float32))
    np.testing.assert_array_equal(found, 2 * CUBE[:2].reshape(8, 8))


def test_a_slice_of_a_slice() -> None:
    found = run_scope("part = x[2:8, 4:16]\nout[:, :] = part[1:3, 2:10]", {"x": X}, np.zeros((2, 8), np.float32))
    np.testing.assert_array_equal(found, X[3:5, 6:14])


def test_a_slice_of_a_tile() -> None:
    found = run_scope(
        "tile = pl.mul(x, 2.0)\nout[:, :] = tile[n : n + 2, 8:16]", {"x": X, "n": 3}, np.zeros((2, 8), np.float32)
    )
    np.testing.assert_array_equal(found, 2 * X[3:5, 8:16])


def test_writing_a_slice_of_a_tile() -> None:
    body = "tile = pl.mul(x, 2.0)\ntile[0:2, 0:8] = x[2:4, 0:8]\nout[:, :] = tile"
    expected = 2 * X
    expected[:2, :8] = X[2:4, :8]
    np.testing.assert_array_equal(run_scope(body, {"x": X}, np.zeros_like(X)), expected)


def test_one_element() -> None:
    body = "out[:, :] = x[:, :]\nout[n, 3] = x[1, 2] + 0.5"
    expected = X.copy()
    expected[5, 3] = 2.5 + 16
    np.testing.assert_array_equal(run_scope(body, {"x": X, "n": 5}, np.zeros_like(X)), expected)


def test_a_number_fills_a_slice() -> None:
    found = run_scope("out[:, :] = x[:, :]\nout[0:4, :] = 1.5", {"x": X}, np.zeros_like(X))
    np.testing.assert_array_equal(found, np.concatenate((np.full((4, 16), 1.5, np.float32), X[4:])))


def test_a_slice_holds_what_memory_held_where_it_was_taken() -> None:
    body = "before = out[0:4, :]\nout[0:4, :] = pl.add(x[0:4, :], 1.0)\nout[4:8, :] = before"
    out = np.full_like(X, 7)
    found = run_scope(body, {"x": X}, out)
    np.testing.assert_array_equal(found, np.concatenate((X[:4] + 1, np.full((4, 16), 7, np.float32))))


def test_adding_to_a_slice_in_place() -> None:
    found = run_scope("out[:, :] = x[:, :]\nout[0:2, :] += x[2:4, :]", {"x": X}, np.zeros_like(X))
    np.testing.assert_array_equal(found, np.concatenate((X[:2] + X[2:4], X[2:])))


def test_a_copy_outside_of_scopes_is_a_task() -> None:
    found = run_entry("out = pl.assemble(out, x[2:4, :], [0, 0])\nout[2:8, :] = x[0:6, :]", {"x": X}, np.zeros_like(X))
    np.testing.assert_array_equal(found, np.concatenate((X[2:4], X[:6])))


def test_a_slice_of_one_scope_is_read_in_the_next() -> None:
    body = """
    with pl.at(level=pl.Level.CORE_GROUP):
        i = n + 1
        part = x[i : i + 2, :]
        out[0:2, :] = part
    with pl.at(level=pl.Level.CORE_GROUP):
        out[2:4, :] = pl.add(part, 1.0)
    """
    found = run_entry(body, {"x": X, "n": 3}, np.zeros((4, 16), np.float32))
    np.testing.assert_array_equal(found, np.concatenate((X[4:6], X[4:6] + 1)))


def test_shapes_are_constants() -> None:
    body = "rows, columns = x.shape\nout[:, :] = pl.full([1, columns], pl.FP32, rows)"
    assert run_scope(body, {"x": X}, np.zeros((1, 16), np.float32))[0, 0] == 8


def test_a_tensor_in_another_shape() -> None:
    body = """
    flat = pl.reshape(x, [16, 8])
    with pl.at(level=pl.Level.CORE_GROUP):
        out[:, :] = flat[4:8, :]
    """
    np.testing.assert_array_equal(run_entry(body, {"x": X}, np.zeros((4, 8), np.float32)), X.reshape(16, 8)[4:8])


def test_a_slice_that_a_scope_takes_is_a_tile_of_its_own() -> None:
    body = "part = x[0:4, :]\npart[0:1, :] = x[7:8, :]\nout[0:4, :] = part\nout[4:8, :] = x[0:4, :]"
    found = run_scope(body, {"x": X}, np.zeros_like(X))
    np.testing.assert_array_equal(found, np.concatenate((X[7:8], X[1:4], X[:4])))


def test_a_slice_that_is_taken_outside_of_scopes_is_a_view() -> None:
    body = """
    part = out[4:8, :]
    with pl.at(level=pl.Level.CORE_GROUP):
        part[0:2, :] = x[0:2, :]
        part[2:4, :] = x[2:4, :]
    """
    assert (run_entry(body, {"x": X}, np.zeros_like(X))[4:] == X[:4]).all()
