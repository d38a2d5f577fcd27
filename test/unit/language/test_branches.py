"""Branches: chosen while translating, or when the kernel runs."""

from __future__ import annotations

import numpy as np
import pytest

from test.unit.language.programs import run_entry, run_scope

X = np.arange(64, dtype=np.float32).reshape(8, 8)


@pytest.mark.parametrize("n", [0, 1])
def test_both_branches_bind_a_tile(n: int) -> None:
    body = """
    if n > 0:
        result = pl.add(x, 1.0)
    else:
        result = pl.mul(x, 2.0)
    out[:, :] = result
    """
    np.testing.assert_array_equal(run_scope(body, {"x": X, "n": n}, np.zeros_like(X)), X + 1 if n else X * 2)


@pytest.mark.parametrize("n", [0, 1])
def test_one_branch_changes_what_was_bound_before(n: int) -> None:
    body = """
    result = x[:, :] * 1.0
    if n == 1:
        result = result + 1.0
    out[:, :] = result
    """
    np.testing.assert_array_equal(run_scope(body, {"x": X, "n": n}, np.zeros_like(X)), X + n)


@pytest.mark.parametrize("n", range(4))
def test_elif(n: int) -> None:
    body = """
    if n == 0:
        number = 10
    elif n == 1:
        number = 20
    elif n == 2:
        number = n * 15
    else:
        number = 40
    out[:, :] = pl.full([1, 8], pl.INT32, number)
    """
    assert run_scope(body, {"n": n}, np.zeros((1, 8), np.int32))[0, 0] == 10 * (n + 1)


@pytest.mark.parametrize("n", [0, 1])
def test_a_slice_and_a_tile_meet(n: int) -> None:
    body = """
    if n == 0:
        part = x[0:4, :]
    else:
        part = pl.add(x[4:8, :], 1.0)
    out[:, :] = part
    """
    found = run_scope(body, {"x": X, "n": n}, np.zeros((4, 8), np.float32))
    np.testing.assert_array_equal(found, X[4:] + 1 if n else X[:4])


@pytest.mark.parametrize("n", [0, 1])
def test_integers_of_different_types_meet(n: int) -> None:
    body = """
    found = pl.cast(0, pl.INT32)
    for i in pl.range(4):
        if i == n:
            found = pl.cast(i, pl.INT32)
    if n == 1:
        found = 7
    out[:, :] = pl.full([1, 8], pl.INT32, found)
    """
    assert run_scope(body, {"n": n}, np.zeros((1, 8), np.int32))[0, 0] == (7 if n else 0)


@pytest.mark.parametrize("n", [0, 1])
def test_a_slice_that_a_branch_writes_is_read_afterwards(n: int) -> None:
    body = """
    part = out[0:4, :]
    with pl.at(level=pl.Level.CORE_GROUP):
        if n == 1:
            part = pl.assemble(part, pl.add(part, 5.0), [0, 0])
        out[4:8, :] = pl.add(part, 1.0)
    """
    found = run_entry(body, {"n": n}, np.zeros_like(X))
    assert found[0, 0] == 5 * n
    assert found[4, 0] == 5 * n + 1


def test_constants_choose_while_translating() -> None:
    body = """
    SIZE = 8
    if SIZE > 4 and not SIZE == 5:
        out[:, :] = x[:, :]
    else:
        out[:, :] = this_name_is_not_known
    """
    np.testing.assert_array_equal(run_scope(body, {"x": X}, np.zeros_like(X)), X)


@pytest.mark.parametrize("n", [0, 3])
def test_a_branch_chooses_a_scope(n: int) -> None:
    body = """
    if n > 2:
        with pl.at(level=pl.Level.CORE_GROUP):
            out[:, :] = pl.add(x, 1.0)
    else:
        with pl.at(level=pl.Level.CORE_GROUP):
            out[:, :] = pl.sub(x, 1.0)
    """
    np.testing.assert_array_equal(run_entry(body, {"x": X, "n": n}, np.zeros_like(X)), X + 1 if n else X - 1)


@pytest.mark.parametrize("n", [1, 5])
def test_a_conditional_expression(n: int) -> None:
    found = run_scope("out[:, :] = pl.full([1, 8], pl.INT32, n if n < 3 else 3)", {"n": n}, np.zeros((1, 8), np.int32))
    assert found[0, 0] == min(n, 3)


def test_a_product_meets_an_accumulator_that_was_created_empty() -> None:
    body = """
    acc = pl.create_tile([16, 16], dtype=pl.FP32, target_memory=pl.Mem.Acc)
    for i in pl.range(2):
        if i == 0:
            acc = pl.matmul(a[:, 0:16], b[0:16, :])
        else:
            acc = pl.matmul_acc(acc, a[:, 16:32], b[16:32, :])
    out[:, :] = acc
    """
    a = np.arange(16 * 32).reshape(16, 32).astype(np.float16) / 64
    b = np.arange(32 * 16).reshape(32, 16).astype(np.float16) / 64
    out = run_scope(body, {"a": a, "b": b}, np.zeros((16, 16), np.float32))
    np.testing.assert_allclose(out, a.astype(np.float32) @ b.astype(np.float32), rtol=1e-5)
