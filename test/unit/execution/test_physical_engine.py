"""Each instruction on bytes: what it computes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ml_dtypes
import numpy as np
import pytest
from xdsl.dialects.builtin import ModuleOp

from tilewright.execution.runner import Report, run_function

Run = Callable[..., Report]

DTYPES = {"i8": np.int8, "f16": np.float16, "bf16": ml_dtypes.bfloat16, "f32": np.float32}


@pytest.fixture
def run(parse: Callable[[str], ModuleOp]) -> Run:
    def call(builder: Any, *arrays: object) -> Report:
        return run_function(parse(builder.text()), "f", arrays, "physical")

    return call


def _data(shape: tuple[int, int], dtype: Any, seed: int = 0) -> Any:
    """Full-range i8, else small integers, which every float type sums exactly in any order."""
    low, high = (-128, 128) if dtype is np.int8 else (-8, 8)
    return np.random.default_rng(seed).integers(low, high, shape).astype(dtype)


def _product(a: Any, b: Any) -> Any:
    wide = np.int64 if a.dtype == np.int8 else np.float64
    return a.astype(wide) @ b.astype(wide)


def _matmul(build: Any, dtype: str, m: int, k: int, n: int, *, rows: int | None = None, **keys: Any) -> Any:
    """One matmul; the buffers have `rows` rows and `columns` columns, the valid part is m x n."""
    rows, columns = rows or m, keys.get("columns", n)
    acc, out = ("i32", "i32") if dtype == "i8" else ("f32", keys.get("out", "f32"))
    b = build(f"%a: !pto.ptr<{dtype}>", f"%b: !pto.ptr<{dtype}>", f"%o: !pto.ptr<{out}>")
    b.tile("%am", "mat", f"{rows}x{k}x{dtype}", 0, f"{m}x{k}")
    b.tile("%bm", "mat", f"{k}x{columns}x{dtype}", 65536, f"{k}x{n}")
    b.tile("%l", "left", f"{rows}x{k}x{dtype}", 0, f"{m}x{k}")
    b.tile("%r", "right", f"{k}x{columns}x{dtype}", 0, f"{k}x{n}")
    b.tile("%acc", "acc", f"{rows}x{columns}x{acc}", 0, f"{m}x{n}")
    b.window("%aw", "%a", m, k, dtype)
    b.window("%bw", "%b", k, n, dtype)
    b.window("%ow", "%o", m, n, out)
    b.do("tload", ["%aw"], "%am")
    b.do("tload", ["%bw"], "%bm")
    b.do("tmov", ["%am"], "%l")
    b.do("tmov", ["%bm"], "%r")
    b.do("tmatmul", ["%l", "%r"], "%acc")
    for _ in range(keys.get("again", 0)):
        b.do("tmatmul.acc", ["%acc", "%l", "%r"], "%acc")
    b.do("tstore", ["%acc"], "%ow")
    return b


@pytest.mark.parametrize("dtype", ["i8", "f16", "bf16", "f32"])
def test_matmul(build: Any, run: Run, dtype: str) -> None:
    a, b = _data((32, 64), DTYPES[dtype]), _data((64, 96), DTYPES[dtype], 1)
    o = np.zeros((32, 96), np.int32 if dtype == "i8" else np.float32)
    run(_matmul(build, dtype, 32, 64, 96), a, b, o)
    assert np.array_equal(o, _product(a, b))


def test_accumulation_in_place(build: Any, run: Run) -> None:
    a, b = _data((16, 64), np.int8), _data((64, 32), np.int8, 1)
    o = np.zeros((16, 32), np.int32)
    report = run(_matmul(build, "i8", 16, 64, 32, again=2), a, b, o)
    assert np.array_equal(o, 3 * _product(a, b))
    assert report.counts.matmuls == 3


def test_five_valid_rows_of_sixteen(build: Any, run: Run) -> None:
    a, b = _data((5, 64), np.int8), _data((64, 32), np.int8, 1)
    o = np.zeros((5, 32), np.int32)
    report = run(_matmul(build, "i8", 5, 64, 32, rows=16, again=1), a, b, o)
    assert np.array_equal(o, 2 * _product(a, b))
    assert report.counts.load_bytes["a"] == 5 * 64
    assert report.counts.store_bytes["o"] == 5 * 32 * 4


def test_240_valid_columns_of_256(build: Any, run: Run) -> None:
    a, b = _data((16, 32), np.int8), _data((32, 240), np.int8, 1)
    o = np.zeros((16, 240), np.int32)
    run(_matmul(build, "i8", 16, 32, 240, columns=256), a, b, o)
    assert np.array_equal(o, _product(a, b))


@pytest.mark.parametrize("out", ["f16", "bf16"])
def test_a_store_rounds_to_nearest_even(build: Any, run: Run, out: str) -> None:
    a, b = _data((16, 64), np.float32), _data((64, 16), np.float32, 1)
    a += np.float32(2**-9)
    o = np.zeros((16, 16), DTYPES[out])
    run(_matmul(build, "f32", 16, 64, 16, out=out), a, b, o)
    assert np.array_equal(o, (a @ b).astype(DTYPES[out]))


def test_an_accumulator_goes_to_mat_as_bf16(build: Any, run: Run) -> None:
    b = _matmul(build, "bf16", 16, 32, 16, out="bf16")
    b.drop()
    b.tile("%back", "mat", "16x16xbf16", 131072)
    b.do("tmov", ["%acc"], "%back")
    b.do("tstore", ["%back"], "%ow")
    x, y = _data((16, 32), DTYPES["bf16"]), _data((32, 16), DTYPES["bf16"], 1)
    o = np.zeros((16, 16), DTYPES["bf16"])
    report = run(b, x, y, o)
    assert np.array_equal(o, _product(x, y).astype(DTYPES["bf16"]))
    assert report.counts.moves["acc", "mat"] == 1


def test_extracts_walk_through_k(build: Any, run: Run) -> None:
    b = build("%a: !pto.ptr<i8>", "%b: !pto.ptr<i8>", "%o: !pto.ptr<i32>")
    b.tile("%am", "mat", "16x128xi8", 0)
    b.tile("%bm", "mat", "128x64xi8", 65536)
    b.tile("%l", "left", "16x64xi8")
    b.tile("%r", "right", "64x32xi8")
    b.tile("%acc", "acc", "16x32xi32")
    for name, pointer, rows, columns in (("%aw", "%a", 16, 128), ("%bw", "%b", 128, 64)):
        b.window(name, pointer, rows, columns, "i8")
    b.window("%ow", "%o", 16, 32, "i32")
    b.do("tload", ["%aw"], "%am")
    b.do("tload", ["%bw"], "%bm")
    c0, c32, c64 = (b.constant(n) for n in (0, 32, 64))
    for first, offset in ((True, c0), (False, c64)):
        b.extract("%am", c0, offset, "%l")
        b.extract("%bm", offset, c32, "%r")
        if first:
            b.do("tmatmul", ["%l", "%r"], "%acc")
        else:
            b.do("tmatmul.acc", ["%acc", "%l", "%r"], "%acc")
    b.do("tstore", ["%acc"], "%ow")
    x, y = _data((16, 128), np.int8), _data((128, 64), np.int8, 1)
    o = np.zeros((16, 32), np.int32)
    report = run(b, x, y, o)
    assert np.array_equal(o, _product(x, y[:, 32:]))
    assert report.counts.moves == {("mat", "left"): 2, ("mat", "right"): 2}


@pytest.mark.parametrize("space", ["mat", "vec"])
def test_a_window_in_the_middle_goes_through_a_tile(build: Any, run: Run, space: str) -> None:
    b = build("%a: !pto.ptr<f16>", "%o: !pto.ptr<f16>")
    b.tile("%t", space, "16x32xf16", 64, "5x17")
    b.window("%x", "%a", 20, 40, "f16")
    b.window("%y", "%o", 10, 30, "f16")
    b.part("%aw", "%x_view", ("3", "4"), 5, 17, "f16")
    b.part("%ow", "%y_view", ("2", "1"), 5, 17, "f16")
    b.do("tload", ["%aw"], "%t")
    b.do("tstore", ["%t"], "%ow")
    a, o = _data((20, 40), np.float16), np.zeros((10, 30), np.float16)
    expected = o.copy()
    expected[2:7, 1:18] = a[3:8, 4:21]
    run(b, a, o)
    assert np.array_equal(o, expected)


def test_strides_transpose_and_outer_dimensions_are_rows(
    parse: Callable[[str], ModuleOp],
) -> None:
    tile = "!pto.tile_buf<vec, 8x32xi8, valid=6x5>"
    part = "!pto.partition_tensor_view"
    module = parse(f"""func.func @f(%a: !pto.ptr<i8>, %o: !pto.ptr<i8>) {{
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %c3 = arith.constant 3 : index
  %c5 = arith.constant 5 : index
  %c6 = arith.constant 6 : index
  %c15 = arith.constant 15 : index
  %z = arith.constant 0 : i64
  %t = pto.alloc_tile addr = %z : {tile}
  %v = pto.make_tensor_view %a, shape = [%c6, %c5], strides = [%c1, %c6]
    {{layout = #pto.layout<dn>}} : !pto.tensor_view<?x?xi8>
  %w = pto.partition_view %v, offsets = [%c0, %c0], sizes = [%c6, %c5]
    : !pto.tensor_view<?x?xi8> -> {part}<?x?xi8>
  %u = pto.make_tensor_view %o, shape = [%c2, %c3, %c5], strides = [%c15, %c5, %c1]
    : !pto.tensor_view<?x?x?xi8>
  %x = pto.partition_view %u, offsets = [%c0, %c0, %c0], sizes = [%c2, %c3, %c5]
    : !pto.tensor_view<?x?x?xi8> -> {part}<?x?x?xi8>
  pto.tload ins(%w : {part}<?x?xi8>) outs(%t : {tile})
  pto.tstore ins(%t : {tile}) outs(%x : {part}<?x?x?xi8>)
  return
}}""")
    a, o = _data((5, 6), np.int8), np.zeros((2, 3, 5), np.int8)
    run_function(module, None, [a, o])
    assert np.array_equal(o.reshape(6, 5), a.T)


def test_vec_to_vec(build: Any, run: Run) -> None:
    b = build("%a: !pto.ptr<i8>", "%o: !pto.ptr<i8>")
    b.tile("%s", "vec", "8x32xi8", 0)
    b.tile("%d", "vec", "8x32xi8", 256, layout="blayout=col_major")
    b.window("%aw", "%a", 8, 32, "i8")
    b.window("%ow", "%o", 8, 32, "i8")
    b.do("tload", ["%aw"], "%s")
    b.do("tmov", ["%s"], "%d")
    b.do("tstore", ["%d"], "%ow")
    a, o = _data((8, 32), np.int8), np.zeros((8, 32), np.int8)
    run(b, a, o)
    assert np.array_equal(o, a)


@pytest.mark.parametrize("address, is_right", [(1024, True), (0, False)])
def test_two_live_right_tiles_at_one_address_are_not_silently_right(
    build: Any, run: Run, address: int, is_right: bool
) -> None:
    b = build("%a: !pto.ptr<i8>", "%b: !pto.ptr<i8>", "%c: !pto.ptr<i8>", "%o: !pto.ptr<i32>")
    b.tile("%am", "mat", "16x32xi8", 0)
    b.tile("%bm", "mat", "32x32xi8", 4096)
    b.tile("%cm", "mat", "32x32xi8", 8192)
    b.tile("%l", "left", "16x32xi8")
    b.tile("%r1", "right", "32x32xi8", 0)
    b.tile("%r2", "right", "32x32xi8", address)
    b.tile("%acc", "acc", "16x32xi32")
    b.window("%aw", "%a", 16, 32, "i8")
    b.window("%bw", "%b", 32, 32, "i8")
    b.window("%cw", "%c", 32, 32, "i8")
    b.window("%ow", "%o", 16, 32, "i32")
    for window, mat, target in (("%aw", "%am", "%l"), ("%bw", "%bm", "%r1"), ("%cw", "%cm", "%r2")):
        b.do("tload", [window], mat)
        b.do("tmov", [mat], target)
    b.do("tmatmul", ["%l", "%r1"], "%acc")
    b.do("tmatmul.acc", ["%acc", "%l", "%r2"], "%acc")
    b.do("tstore", ["%acc"], "%ow")
    x, y, z = (_data(shape, np.int8, n) for n, shape in enumerate([(16, 32), (32, 32), (32, 32)]))
    o = np.zeros((16, 32), np.int32)
    run(b, x, y, z, o)
    assert np.array_equal(o, _product(x, y) + _product(x, z)) is is_right


def test_a_report_reads_well(build: Any, run: Run) -> None:
    a, b = _data((16, 32), np.int8), _data((32, 32), np.int8, 1)
    report = run(_matmul(build, "i8", 16, 32, 32), a, b, np.zeros((16, 32), np.int32))
    assert str(report).splitlines() == [
        "@f on the physical engine",
        "loads of a: 1 (512 bytes)",
        "loads of b: 1 (1024 bytes)",
        "stores of o: 1 (2048 bytes)",
        "mat -> left moves: 1",
        "mat -> right moves: 1",
        "acc -> acc moves: 0",
        "matmuls: 1",
    ]
