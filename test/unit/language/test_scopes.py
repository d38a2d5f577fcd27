"""Scopes: what becomes a kernel, what orders tasks, and how values get from one to the next."""

from __future__ import annotations

import numpy as np

import tilewright.language as pl
from test.unit.language.programs import entry_text, run_entry

X = np.arange(64, dtype=np.float32).reshape(8, 8)


def tasks_of(body: str) -> list[str]:
    """The kernels that an entry submits, in order."""
    module = pl.parse(entry_text(body, {"x": X}, X)).compile().ir("tile")
    return [line.split("@")[1].split("(")[0] for line in module.splitlines() if "task.submit" in line]


def test_each_scope_is_a_kernel_with_the_name_of_its_hint() -> None:
    body = """
    with pl.at(level=pl.Level.CORE_GROUP, name_hint="first"):
        out[:, :] = x[:, :]
    with pl.at(level=pl.Level.CORE_GROUP, name_hint="second"):
        out[:, :] = pl.add(x, 1.0)
    """
    assert tasks_of(body) == ["program_first", "program_second"]


def test_a_tile_goes_to_the_next_scope_through_memory() -> None:
    body = """
    with pl.at(level=pl.Level.CORE_GROUP):
        doubled = pl.mul(x, 2.0)
    with pl.at(level=pl.Level.CORE_GROUP):
        out[:, :] = pl.add(doubled, 1.0)
    """
    np.testing.assert_array_equal(run_entry(body, {"x": X}, np.zeros_like(X)), 2 * X + 1)


def test_spmd_runs_its_body_for_each_block() -> None:
    body = """
    for block in pl.spmd(4, name_hint="rows"):
        out[block * 2 : block * 2 + 2, :] = x[6 - block * 2 : 8 - block * 2, :]
    """
    expected = X.reshape(4, 2, 8)[::-1].reshape(8, 8)
    np.testing.assert_array_equal(run_entry(body, {"x": X}, np.zeros_like(X)), expected)


def test_a_scope_gives_the_id_of_its_task() -> None:
    body = """
    with pl.at(level=pl.Level.CORE_GROUP) as first:
        out[0:4, :] = x[0:4, :]
    with pl.spmd(2, deps=[first]) as second:
        out[4:8, :] = x[4:8, :]
    with pl.at(level=pl.Level.CORE_GROUP, deps=[first, second]):
        out[0:1, :] = pl.full([1, 8], pl.FP32, 9.0)
    """
    found = run_entry(body, {"x": X}, np.zeros_like(X))
    np.testing.assert_array_equal(found[1:], X[1:])
    assert (found[0] == 9).all()


def test_a_manual_scope_only_orders_tasks() -> None:
    body = """
    with pl.manual_scope():
        with pl.at(level=pl.Level.CORE_GROUP) as first:
            out[0:4, :] = x[0:4, :]
        with pl.at(level=pl.Level.CORE_GROUP, deps=[first]):
            out[4:8, :] = x[4:8, :]
    """
    np.testing.assert_array_equal(run_entry(body, {"x": X}, np.zeros_like(X)), X)


def test_a_barrier_divides_a_scope_into_two_tasks() -> None:
    body = """
    for block in pl.spmd(2, name_hint="part"):
        out[block : block + 1, :] = x[block : block + 1, :]
        pl.system.syncall()
        out[block + 2 : block + 3, :] = out[1 - block : 2 - block, :]
    """
    found = run_entry(body, {"x": X}, np.zeros_like(X))
    np.testing.assert_array_equal(found[:4], X[[0, 1, 1, 0]])
    assert len(tasks_of(body)) == 2


def test_hints_for_the_chip_are_not_looked_at() -> None:
    body = """
    with pl.at(level=pl.Level.CORE_GROUP, optimizations=[pl.whatever(1)], windowize=True):
        out[:, :] = x[:, :]
    """
    np.testing.assert_array_equal(run_entry(body, {"x": X}, np.zeros_like(X)), X)


def test_when_blocks_start_is_said_by_the_submission() -> None:
    text = """
    @pl.jit
    def program(x: pl.Tensor[[16, 64], pl.FP32], y: pl.Out[pl.Tensor[[16, 64], pl.FP32]]):
        for i in pl.spmd(2, sync_start=True, allow_early_resolve=True):
            y[i * 8 : i * 8 + 8, :] = x[i * 8 : i * 8 + 8, :]
        with pl.at(level=pl.Level.CORE_GROUP):
            y[0:8, :] = pl.adds(y[0:8, :], 1.0)
        return y
    """
    first, second = [line for line in pl.parse(text).ir().splitlines() if "task.submit" in line]
    assert "task.sync_start" in first
    assert "task.early_dispatch" in first
    assert "task.sync_start" not in second
    again = pl.parse(pl.parse(text).as_python())
    assert [again.ir().count(f"task.{each}") for each in ("sync_start", "early_dispatch")] == [1, 1]
