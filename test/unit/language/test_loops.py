"""Loops: what they carry, and what names stand for after them."""

from __future__ import annotations

import numpy as np
import pytest

from test.unit.language.programs import run_entry, run_scope

X = np.arange(64, dtype=np.float32).reshape(8, 8)


def test_a_name_that_a_loop_rebinds_is_carried() -> None:
    body = """
    total = pl.full([8, 8], pl.FP32, 0.0)
    for i in pl.range(5):
        total = total + x
    out[:, :] = total
    """
    np.testing.assert_array_equal(run_scope(body, {"x": X}, np.zeros_like(X)), 5 * X)


@pytest.mark.parametrize("bounds", ["6", "0, 6", "0, 6, 1", "0, n, 1"])
def test_bounds(bounds: str) -> None:
    body = f"""
    total = 0
    for i in pl.range({bounds}):
        total += i
    out[:, :] = pl.full([1, 8], pl.INT32, total)
    """
    assert run_scope(body, {"n": 6}, np.zeros((1, 8), np.int32))[0, 0] == 15


def test_a_loop_of_python_is_a_loop_of_the_kernel() -> None:
    body = """
    total = 0
    for i in range(1, n, 2):
        total = total + i
    out[:, :] = pl.full([1, 8], pl.INT32, total)
    """
    assert run_scope(body, {"n": 6}, np.zeros((1, 8), np.int32))[0, 0] == 9


def test_a_loop_that_runs_zero_times_leaves_its_names_alone() -> None:
    body = """
    kept = x[:, :] * 1.0
    for i in pl.range(n):
        kept = kept + 1.0
    out[:, :] = kept
    """
    np.testing.assert_array_equal(run_scope(body, {"x": X, "n": 0}, np.zeros_like(X)), X)


def test_loops_in_loops_carry_the_same_name() -> None:
    body = """
    total = pl.full([8, 8], pl.FP32, 0.0)
    for i in pl.range(3):
        for j in pl.range(i + 1):
            total = total + x
    out[:, :] = total
    """
    np.testing.assert_array_equal(run_scope(body, {"x": X}, np.zeros_like(X)), 6 * X)


def test_a_slice_that_becomes_a_tile_is_loaded_before_the_loop() -> None:
    body = """
    total = x[0:4, :]
    for i in pl.range(2):
        total = pl.add(total, x[4:8, :])
    out[:, :] = total
    """
    np.testing.assert_array_equal(run_scope(body, {"x": X}, np.zeros((4, 8), np.float32)), X[:4] + 2 * X[4:])


def test_a_slice_that_a_loop_writes_holds_what_the_turn_before_left() -> None:
    body = """
    part = out[0:4, :]
    with pl.at(level=pl.Level.CORE_GROUP):
        for i in pl.range(3):
            part = pl.assemble(part, pl.add(part, 1.0), [0, 0])
        out[4:8, :] = pl.add(part, 10.0)
    """
    found = run_entry(body, {}, np.zeros_like(X))
    assert found[0, 0] == 3
    assert found[7, 7] == 13


def test_the_valid_part_may_shrink_in_a_loop() -> None:
    body = """
    total = pl.full([8, 8], pl.FP32, 0.0)
    for i in pl.range(2):
        total = pl.add(total, pl.slice(x, [8, 8], [0, 0], valid_shape=[n, 8]))
    out[:, :] = pl.fillpad(total, pad_value=pl.PadValue.zero)
    """
    found = run_scope(body, {"x": X, "n": 8}, np.zeros_like(X))
    np.testing.assert_array_equal(found, 2 * X)


def test_tensors_change_places_between_turns() -> None:
    body = """
    here, there = first, second
    for i in pl.range(3):
        with pl.at(level=pl.Level.CORE_GROUP):
            there[:, :] = here[:, :] + 1.0
        here, there = there, here
    with pl.at(level=pl.Level.CORE_GROUP):
        out[:, :] = here[:, :]
    """
    text = "first = pl.create_tensor([8, 8], pl.FP32, init_value=0.0)\nsecond = pl.create_tensor([8, 8], pl.FP32)\n"
    import textwrap

    found = run_entry(text + textwrap.dedent(body), {}, np.zeros_like(X))
    assert (found == 3).all()


def test_pipeline() -> None:
    body = """
    total = pl.full([8, 2], pl.FP32, 0.0)
    for k in pl.pipeline(0, 8, 2, stage=2):
        total = total + x[:, k : k + 2]
    out[:, :] = total
    """
    expected = X.reshape(8, 4, 2).sum(axis=1)
    np.testing.assert_array_equal(run_scope(body, {"x": X}, np.zeros((8, 2), np.float32)), expected)


def test_explicit_carries() -> None:
    body = """
    zero, one = pl.full([8, 8], pl.FP32, 0.0), pl.full([8, 8], pl.FP32, 1.0)
    for k, (low, high) in pl.range(4, init_values=(zero, one)):
        low_done, high_done = pl.yield_(high, low + high)
    out[:, :] = low_done
    """
    assert (run_scope(body, {}, np.zeros_like(X)) == 3).all()


def test_unroll_repeats_its_body_with_constants() -> None:
    body = """
    for part in pl.unroll(2):
        width = 4 if part == 0 else 2
        out[:, part * 4 : part * 4 + width] = x[:, 0:width]
    """
    found = run_scope(body, {"x": X}, np.zeros_like(X))
    np.testing.assert_array_equal(found[:, :6], np.concatenate((X[:, :4], X[:, :2]), axis=1))


def test_while() -> None:
    body = """
    number, turns = n, 0
    while number != 1:
        if number % 2 == 0:
            number = number // 2
        else:
            number = 3 * number + 1
        turns += 1
    out[:, :] = pl.full([1, 8], pl.INT32, turns)
    """
    assert run_scope(body, {"n": 6}, np.zeros((1, 8), np.int32))[0, 0] == 8


def test_explicit_while() -> None:
    body = """
    for (i, total) in pl.while_(init_values=(0, 0)):
        pl.cond(i < n)
        last, sum_ = pl.yield_(i + 1, total + i)
    out[:, :] = pl.full([1, 8], pl.INT32, sum_)
    """
    assert run_scope(body, {"n": 5}, np.zeros((1, 8), np.int32))[0, 0] == 10


def test_parallel_loops_around_scopes() -> None:
    body = """
    for row in pl.parallel(0, 8, 4):
        for column in pl.parallel(0, 8, 4):
            with pl.at(level=pl.Level.CORE_GROUP):
                out[row : row + 4, column : column + 4] = x[row : row + 4, column : column + 4] * 2.0
    """
    np.testing.assert_array_equal(run_entry(body, {"x": X}, np.zeros_like(X)), 2 * X)


def test_a_tile_of_one_scope_is_carried_to_the_next_turn_of_the_loop_around_it() -> None:
    body = """
    with pl.at(level=pl.Level.CORE_GROUP):
        total = pl.full([8, 8], pl.FP32, 0.0)
    for i in pl.range(3):
        with pl.at(level=pl.Level.CORE_GROUP):
            total = pl.add(total, x[:, :])
    with pl.at(level=pl.Level.CORE_GROUP):
        out[:, :] = total
    """
    np.testing.assert_array_equal(run_entry(body, {"x": X}, np.zeros_like(X)), 3 * X)


def test_comprehensions_go_over_constants() -> None:
    body = """
    parts = [x[:, i : i + 2] for i in range(0, 8, 2) if i != 2]
    out[:, :] = pl.concat(parts[0], pl.concat(parts[1], parts[2]))
    """
    np.testing.assert_array_equal(run_scope(body, {"x": X}, np.zeros((8, 6), np.float32)), X[:, [0, 1, 4, 5, 6, 7]])


def test_a_slice_that_a_loop_takes_anew_is_a_tile_of_its_own() -> None:
    body = """
    a = x[0:4, 0:4]
    if s < 0:
        a = pl.add(a, a)
    else:
        for i in pl.range(0, 2):
            a[0:2, 0:2] = a[2:4, 1:3]
            a = x[0:4, 0:4]
    out[:, :] = a
    """
    x = np.arange(16, dtype=np.float32).reshape(4, 4)
    out = run_scope(body, {"x": x, "s": 1}, np.zeros((4, 4), np.float32))
    np.testing.assert_array_equal(out, np.arange(16).reshape(4, 4))
    np.testing.assert_array_equal(x, out)


def test_a_slice_holds_what_memory_held_where_the_turn_before_took_it() -> None:
    body = """
    a = out[0:2, :]
    for i in pl.range(3):
        b = pl.adds(a, 10.0)
        a = out[0:2, :]
        out[0:2, :] = pl.adds(b, 1.0)
    out[2:4, :] = a
    """
    out = run_scope(body, {}, np.zeros((4, 8), np.float32))
    np.testing.assert_array_equal(out[0:2], np.full((2, 8), 22, np.float32))
    np.testing.assert_array_equal(out[2:4], np.full((2, 8), 11, np.float32))
