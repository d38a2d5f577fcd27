"""Each operation of the table, against numpy."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from types import SimpleNamespace

import numpy as np
import pytest

from test.unit.language.programs import run_entry, run_scope
from tilewright.language.ops.registry import operations

ROWS, COLUMNS = 8, 32


def given() -> dict[str, np.ndarray]:
    """Arrays by the names that the samples use."""
    rng = np.random.default_rng(7)
    sizes = {"a": (ROWS, COLUMNS), "row": (1, COLUMNS), "column": (ROWS, 1), "square": (COLUMNS, COLUMNS)}
    arrays = {name: rng.standard_normal(size).astype(np.float32) for name, size in sizes.items()}
    arrays["b"] = rng.uniform(0.5, 2, (ROWS, COLUMNS)).astype(np.float32)
    arrays["i"] = rng.integers(-1000, 1000, (ROWS, COLUMNS), np.int32)
    arrays["j"] = rng.integers(1, 9, (ROWS, COLUMNS), np.int32)
    arrays["x8"] = rng.integers(-9, 9, (ROWS, COLUMNS), np.int8)
    arrays["w8"], arrays["v8"] = rng.integers(-9, 9, (2, COLUMNS, COLUMNS), np.int8)
    return arrays


@dataclass(frozen=True)
class Sample:
    """A use of an operation: an expression, or lines that write to `out`.

    Attributes:
        text: the use.
        numpy: what it must compute.
        entry: whether the lines are the body of the entry, not of a compute scope.
        before: functions that the lines call.
    """

    text: str
    numpy: Callable[[SimpleNamespace], np.ndarray]
    entry: bool = False
    before: str = ""


def _fill(number: float | int, dtype: type = np.int32) -> np.ndarray:
    return np.full((1, 8), number, dtype)


def _sorted_pairs(row: np.ndarray) -> np.ndarray:
    """Values, largest first, each followed by its index as the same bits."""
    order = np.argsort(-row, kind="stable")
    return np.stack((row[order], order.astype(np.uint32).view(np.float32)), axis=1).reshape(1, -1)


def _expansions() -> dict[str, Sample]:
    """`row_expand_add` and its kin."""
    functions = {
        "add": np.add,
        "sub": np.subtract,
        "mul": np.multiply,
        "div": np.divide,
        "max": np.maximum,
        "min": np.minimum,
        "expdif": lambda x, y: np.exp(x - y),
    }
    found = {}
    for kind, vector in (("row", "column"), ("col", "row")):
        for name, function in functions.items():

            def expected(g: SimpleNamespace, function=function, vector=vector) -> np.ndarray:
                return function(g.a, getattr(g, vector))

            found[f"{kind}_expand_{name}"] = Sample(f"pl.{kind}_expand_{name}(a, {vector})", expected)
    return found


_KERNEL = """
@pl.jit.incore
def twice(x: pl.Tensor[[8, 32], pl.FP32], y: pl.Out[pl.Tensor[[8, 32], pl.FP32]]):
    y[:, :] = x[:, :] * 2.0
    return y

"""
_HALVES = """
@pl.jit.incore
def halves(x: pl.Tensor[[8, 32], pl.FP32], y: pl.Out[pl.Tensor[[8, 32], pl.FP32]]):
    row = pl.get_block_idx() * 4
    y[row : row + 4, :] = x[row : row + 4, :] * 2.0
    return y

"""

SAMPLES: dict[str, Sample] = {
    **_expansions(),
    "abs": Sample("pl.abs(a)", lambda g: np.abs(g.a)),
    "add": Sample("pl.add(a, b)", lambda g: g.a + g.b),
    "and_": Sample("pl.and_(i, j)", lambda g: g.i & g.j),
    "arange": Sample("pl.arange(5, [1, 8], descending=True)", lambda g: np.arange(5, -3, -1, np.int32)[None]),
    "array_create": Sample(
        """
        ids = pl.array.create(2, pl.TASK_ID)
        with pl.at(level=pl.Level.CORE_GROUP) as first:
            out[0:4, :] = a[0:4, :]
        ids[0] = first
        ids[1] = pl.system.task_dummy(deps=[first])
        with pl.at(level=pl.Level.CORE_GROUP, deps=[ids]):
            out[4:8, :] = a[4:8, :]
        """,
        lambda g: g.a,
        entry=True,
    ),
    "assemble": Sample(
        "whole = pl.full([8, 32], pl.FP32, 0.0)\nout[:, :] = pl.assemble(whole, a[:, 0:16], [0, 16])",
        lambda g: np.concatenate((np.zeros((8, 16), np.float32), g.a[:, :16]), axis=1),
    ),
    "cast": Sample("pl.cast(a, target_type=pl.INT32, mode='floor')", lambda g: np.floor(g.a).astype(np.int32)),
    "cmp": Sample("pl.sel(pl.cmp(a, b, cmp_type=4), a, b)", lambda g: np.maximum(g.a, g.b)),
    "col_expand": Sample("pl.col_expand(row, 8)", lambda g: np.repeat(g.row, 8, axis=0)),
    "col_max": Sample("pl.col_max(a)", lambda g: g.a.max(axis=0, keepdims=True)),
    "col_min": Sample("pl.col_min(a)", lambda g: g.a.min(axis=0, keepdims=True)),
    "col_prod": Sample("pl.col_prod(b)", lambda g: g.b.prod(axis=0, keepdims=True)),
    "col_sum": Sample("pl.col_sum(a)", lambda g: g.a.sum(axis=0, keepdims=True)),
    "concat": Sample("pl.concat(a, b)", lambda g: np.concatenate((g.a, g.b), axis=1)),
    "const": Sample("pl.full([1, 8], pl.INT32, pl.const(4, pl.INT32))", lambda g: _fill(4)),
    "create_tensor": Sample(
        """
        middle = pl.create_tensor([8, 32], dtype=pl.FP32)
        with pl.at(level=pl.Level.CORE_GROUP):
            middle[:, :] = a[:, :]
        with pl.at(level=pl.Level.CORE_GROUP):
            out[:, :] = middle[:, :]
        """,
        lambda g: g.a,
        entry=True,
    ),
    "create_tile": Sample(
        "sums = pl.create_tile([8, 32], pl.INT32, target_memory=pl.Mem.Acc)\n"
        "out[:, :] = pl.matmul_acc(sums, x8, w8, init_cond=True)",
        lambda g: g.x8.astype(np.int32) @ g.w8,
    ),
    "dim": Sample("pl.full([1, 8], pl.INT32, pl.tensor.dim(a, 1))", lambda g: _fill(COLUMNS)),
    "div": Sample("pl.div(i, j)", lambda g: np.trunc(g.i / g.j).astype(np.int32)),
    "exp": Sample("pl.exp(a)", lambda g: np.exp(g.a)),
    "fillpad": Sample(
        "pl.fillpad(pl.set_validshape(a[:, :], 8, 20), pad_value=pl.PadValue.zero)",
        lambda g: np.where(np.arange(COLUMNS) < 20, g.a, 0),
    ),
    "full": Sample("pl.full([1, 8], pl.INT32, 7)", lambda g: _fill(7)),
    "gather": Sample("pl.gather(a, dim=-1, index=pl.and_(j, 7))", lambda g: np.take_along_axis(g.a, g.j & 7, axis=1)),
    "get_block_idx": Sample(
        """
        with pl.spmd(2):
            row = pl.tile.get_block_idx() * 4
            out[row : row + 4, :] = a[row : row + 4, :]
        """,
        lambda g: g.a,
        entry=True,
    ),
    "get_block_num": Sample(
        """
        for block in pl.spmd(2):
            out[block : block + 1, :] = pl.full([1, 8], pl.INT32, pl.get_block_num())
        """,
        lambda g: np.full((2, 8), 2, np.int32),
        entry=True,
    ),
    "get_subblock_idx": Sample("pl.full([1, 8], pl.INT32, pl.get_subblock_idx())", lambda g: _fill(0)),
    "load": Sample("pl.load(a, [2, 8], [4, 16])", lambda g: g.a[2:6, 8:24]),
    "log": Sample("pl.log(b)", lambda g: np.log(g.b)),
    "matmul": Sample("pl.matmul(x8, w8, b_trans=True)", lambda g: g.x8.astype(np.int32) @ g.w8.T),
    "matmul_acc": Sample(
        "pl.matmul_acc(pl.matmul(x8, w8), x8, v8)",
        lambda g: g.x8.astype(np.int32) @ g.w8 + g.x8.astype(np.int32) @ g.v8,
    ),
    "matmul_bias": Sample(
        "pl.matmul_bias(a, square, row)", lambda g: (g.a.astype(np.float64) @ g.square + g.row).astype(np.float32)
    ),
    "matmul_dual": Sample(
        "first, second = pl.matmul_dual(x8, w8, v8)\nout[0:8, :] = first\nout[8:16, :] = second",
        lambda g: np.concatenate((g.x8.astype(np.int32) @ g.w8, g.x8.astype(np.int32) @ g.v8)),
    ),
    "matmul_dual_acc": Sample(
        "first, second = pl.matmul_dual_acc(pl.matmul_dual(x8, w8, v8), x8, v8, w8)\n"
        "out[0:8, :] = first\nout[8:16, :] = second",
        lambda g: np.concatenate([g.x8.astype(np.int32) @ (g.w8.astype(np.int32) + g.v8)] * 2),
    ),
    "max": Sample("pl.full([1, 8], pl.INT32, pl.max(pl.read(i, [0, 0]), 3))", lambda g: _fill(max(g.i[0, 0], 3))),
    "maximum": Sample("pl.maximum(a, b)", lambda g: np.maximum(g.a, g.b)),
    "min": Sample("pl.full([1, 8], pl.INT32, pl.min(pl.read(i, [0, 0]), 3))", lambda g: _fill(min(g.i[0, 0], 3))),
    "minimum": Sample("pl.minimum(a, 0.5)", lambda g: np.minimum(g.a, np.float32(0.5))),
    "move": Sample(
        "left = pl.move(pl.load(x8, [0, 0], [8, 32], target_memory=pl.Mem.Mat), target_memory=pl.Mem.Left)\n"
        "right = pl.move(pl.load(w8, [0, 0], [32, 32], target_memory=pl.Mem.Mat), target_memory=pl.Mem.Right)\n"
        "out[:, :] = pl.matmul(left, right)",
        lambda g: g.x8.astype(np.int32) @ g.w8,
    ),
    "mrgsort": Sample(
        "pairs = pl.sort32(pl.reshape(a, [1, 256]), pl.arange(0, [1, 256], dtype=pl.UINT32))\n"
        "pairs = pl.mrgsort(pairs, block_len=64)\nout[:, :] = pl.mrgsort(pairs[:, 0:256], pairs[:, 256:512])",
        lambda g: _sorted_pairs(g.a.reshape(-1)),
    ),
    "mul": Sample("pl.mul(a, 3.0)", lambda g: g.a * np.float32(3)),
    "neg": Sample("pl.neg(a)", lambda g: -g.a),
    "not_": Sample("pl.not_(i)", lambda g: ~g.i),
    "or_": Sample("pl.or_(i, j)", lambda g: g.i | g.j),
    "read": Sample("pl.full([1, 8], pl.FP32, pl.read(a, [2, 3]))", lambda g: _fill(g.a[2, 3], np.float32)),
    "recip": Sample("pl.recip(b)", lambda g: 1 / g.b),
    "relu": Sample("pl.relu(a)", lambda g: np.maximum(g.a, 0)),
    "rem": Sample("pl.rem(i, j)", lambda g: np.fmod(g.i, g.j)),
    "reshape": Sample("pl.reshape(a, [4, 64])", lambda g: g.a.reshape(4, 64)),
    "row_argmax": Sample("pl.row_argmax(a)", lambda g: g.a.argmax(axis=1)[:, None].astype(np.int32)),
    "row_argmin": Sample("pl.row_argmin(a)", lambda g: g.a.argmin(axis=1)[:, None].astype(np.int32)),
    "row_expand": Sample("pl.row_expand(column, 16)", lambda g: np.repeat(g.column, 16, axis=1)),
    "row_max": Sample("pl.row_max(a)", lambda g: g.a.max(axis=1, keepdims=True)),
    "row_min": Sample("pl.row_min(a)", lambda g: g.a.min(axis=1, keepdims=True)),
    "row_prod": Sample("pl.row_prod(b)", lambda g: g.b.prod(axis=1, keepdims=True)),
    "row_sum": Sample("pl.row_sum(a)", lambda g: g.a.sum(axis=1, keepdims=True)),
    "rsqrt": Sample("pl.rsqrt(b)", lambda g: 1 / np.sqrt(g.b)),
    "sel": Sample("pl.sel(pl.cmp(i, 0, cmp_type='gt'), a, 0.0)", lambda g: np.where(g.i > 0, g.a, 0)),
    "set_validshape": Sample(
        "pl.row_sum(pl.set_validshape(a[:, :], 8, 5))", lambda g: g.a[:, :5].sum(1, keepdims=True)
    ),
    "shl": Sample("pl.shl(j, 2)", lambda g: g.j << 2),
    "shr": Sample("pl.shr(i, 2)", lambda g: g.i >> 2),
    "slice": Sample("pl.slice(a, [4, 8], [1, 16])", lambda g: g.a[1:5, 16:24]),
    "sort32": Sample("pl.sort32(a[0:1, :], pl.arange(0, [1, 32], dtype=pl.UINT32))", lambda g: _sorted_pairs(g.a[0])),
    "spmd_submit": Sample(
        "out, done = pl.spmd_submit(halves, a, out, core_num=2)", lambda g: g.a * 2, entry=True, before=_HALVES
    ),
    "sqrt": Sample("pl.sqrt(b)", lambda g: np.sqrt(g.b)),
    "store": Sample("pl.store(pl.load(a, [0, 0], [8, 32]), [0, 0], out)", lambda g: g.a),
    "sub": Sample("pl.sub(a, b)", lambda g: g.a - g.b),
    "submit": Sample("out, done = pl.submit(twice, a, out)", lambda g: g.a * 2, entry=True, before=_KERNEL),
    "subview": Sample(
        """
        part = pl.subview(a, [4, 32], [4, 0])
        with pl.at(level=pl.Level.CORE_GROUP):
            out[:, :] = part[:, :]
        """,
        lambda g: g.a[4:8],
        entry=True,
    ),
    "syncall": Sample(
        """
        middle = pl.create_tensor([8, 32], dtype=pl.FP32)
        for block in pl.spmd(2):
            middle[block * 4 : block * 4 + 4, :] = a[block * 4 : block * 4 + 4, :]
            pl.system.syncall()
            other = 4 - block * 4
            out[block * 4 : block * 4 + 4, :] = middle[other : other + 4, :]
        """,
        lambda g: np.concatenate((g.a[4:], g.a[:4])),
        entry=True,
    ),
    "task_dummy": Sample(
        """
        with pl.at(level=pl.Level.CORE_GROUP) as first:
            out[0:4, :] = a[0:4, :]
        gate = pl.system.task_dummy(deps=[first])
        with pl.at(level=pl.Level.CORE_GROUP, deps=[gate]):
            out[4:8, :] = a[4:8, :]
        """,
        lambda g: g.a,
        entry=True,
    ),
    "transpose": Sample("pl.transpose(a, 0, 1)", lambda g: g.a.T),
    "write": Sample(
        "changed = a[:, :] * 1.0\npl.write(changed, [1, 2], 9.0)\nout[:, :] = changed",
        lambda g: np.where(np.arange(256).reshape(8, 32) == 34, np.float32(9), g.a),
    ),
    "xor": Sample("pl.xor(i, j)", lambda g: g.i ^ g.j),
}


@pytest.mark.parametrize("name", sorted(operations()))
def test_operation(name: str) -> None:
    assert name in SAMPLES, f"pl.{name} has no sample here"
    sample, arrays = SAMPLES[name], given()
    expected = np.asarray(sample.numpy(SimpleNamespace(**arrays)))
    lines = sample.text if "out" in sample.text else f"out[:, :] = {sample.text}"
    used = {each: array for each, array in arrays.items() if each in _words(lines)}
    run = run_entry if sample.entry else run_scope
    found = run(lines, used, np.zeros(expected.shape, expected.dtype), sample.before)
    if np.issubdtype(expected.dtype, np.floating):
        np.testing.assert_allclose(found, expected, rtol=1e-5, atol=1e-5)
    else:
        np.testing.assert_array_equal(found, expected)


def _words(text: str) -> set[str]:
    return set("".join(character if character.isalnum() else " " for character in text).split())


@pytest.mark.parametrize(
    "mode, function", [("rint", np.rint), ("floor", np.floor), ("ceil", np.ceil), ("trunc", np.trunc)]
)
def test_cast_modes(mode: str, function: Callable[[np.ndarray], np.ndarray]) -> None:
    a = given()["a"] * 10
    found = run_scope(
        f"out[:, :] = pl.cast(a, target_type=pl.INT32, mode='{mode}')", {"a": a}, np.zeros(a.shape, np.int32)
    )
    np.testing.assert_array_equal(found, function(a))


def test_cast_rounds_ties_away_from_zero_by_default() -> None:
    a = np.array([[0.5, 1.5, -2.5, 2.4, -0.5, 3.5, 4.5, -4.5]], np.float32)
    found = run_scope("out[:, :] = pl.cast(a, pl.INT32)", {"a": a}, np.zeros(a.shape, np.int32))
    assert found.tolist() == [[1, 2, -3, 2, -1, 4, 5, -5]]


def test_a_mask_counts_as_a_number() -> None:
    a = given()["a"]
    found = run_scope("out[:, :] = pl.add(a, pl.cmp(a, 0.0, cmp_type='gt'))", {"a": a}, np.zeros_like(a))
    np.testing.assert_array_equal(found, a + (a > 0))


def test_atomic_stores_add() -> None:
    a = given()["a"]
    body = """
    for block in pl.spmd(4):
        pl.store(a[:, :], [0, 0], out, atomic=pl.AtomicType.Add)
    """
    np.testing.assert_array_equal(run_entry(body, {"a": a}, np.ones_like(a)), 1 + a + a + a + a)


def test_names_under_tile_and_tensor_are_the_same_operations() -> None:
    a = given()["a"]
    body = "out[:, :] = pl.tile.add(pl.tile.load(a, [0, 0], [8, 32]), pl.tensor.add(a, a))"
    np.testing.assert_allclose(run_scope(body, {"a": a}, np.zeros_like(a)), a + (a + a))
