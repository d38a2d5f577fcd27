"""Reductions in the library's order, broadcasts, tiles that cover a part of others, and numbers for each row."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from tilewright.dialects.diagnostics import DiagnosticError
from tilewright.execution.dtypes import DTYPES
from tilewright.execution.runner import run_function

Compute = Callable[..., list[Any]]

F32 = "8x16xf32"
_NZ = ", blayout=col_major, slayout=row_major"


def _rough(shape: tuple[int, int], element: str, seed: int = 0) -> Any:
    """Numbers whose sums and products depend on the order."""
    return np.random.default_rng(seed).uniform(-1.5, 1.5, shape).astype(DTYPES[element])


def _tree(values: list[Any]) -> Any:
    while len(values) > 1:
        odd = values[-1:] if len(values) % 2 else []
        values = [one + other for one, other in zip(values[0::2], values[1::2], strict=False)] + odd
    return values[0]


def _row_sum(row: Any) -> Any:
    """Repeats of 256 bytes, added as the module's description says."""
    lanes = 256 // row.itemsize
    whole = [row[at : at + lanes] for at in range(0, len(row) - lanes + 1, lanes)]
    tail = row[len(whole) * lanes :]
    if not whole:
        return _tree(list(row))
    sums = [one + other for one, other in zip(whole[0::2], whole[1::2], strict=False)] or whole
    if len(whole) % 2 and len(whole) > 1:
        sums[0] = sums[0] + whole[-1]
    sums[0] = np.concatenate([sums[0][: len(tail)] + tail, sums[0][len(tail) :]])
    while len(sums) > 1:
        odd = sums[-1] if len(sums) % 2 else None
        sums = [one + other for one, other in zip(sums[0::2], sums[1::2], strict=False)]
        if odd is not None:
            sums[-1] = sums[-1] + odd
    return _tree(list(sums[0]))


@pytest.mark.parametrize(
    "element, columns",
    [
        *(("f32", columns) for columns in (7, 24, 64, 72, 128, 200, 320, 392, 448)),
        *(("f16", columns) for columns in (100, 128, 300, 640)),
    ],
)
def test_sums_of_rows_in_order(compute: Compute, element: str, columns: int) -> None:
    a = _rough((4, columns), element)
    width = -(-columns // 16) * 16
    tile = f"4x{width}x{element}, valid=4x{columns}"
    target = f"16x1x{element}, blayout=col_major, valid=4x1"
    (d,) = compute("pto.trowsum ins(%a, %t) outs(%d)", {"a": tile, "t": tile, "d": target}, a=a)
    assert d[:, 0].tolist() == [_row_sum(row) for row in a]


def _by_eights(row: Any) -> Any:
    return np.array([_tree(list(row[at : at + 8])) for at in range(0, len(row), 8)])


@pytest.mark.parametrize("rows, columns", [(64, 128), (32, 256), (16, 512), (8, 1024)])
def test_sums_of_blocks_in_order(compute: Compute, rows: int, columns: int) -> None:
    a = _rough((rows, columns), "f32")
    tiles = {"d": f"{rows}x1xf32, blayout=col_major", "t": "8x8xf32", "a": f"{rows}x{columns}xf32"}
    (d,) = compute("pto.trowsum ins(%a, %t) outs(%d)", tiles, a=a)
    for row in range(rows):
        sums = _by_eights(a[row])
        if columns >= 512:
            sums = _by_eights(sums)
        while len(sums) > 8:
            blocks = sums.reshape(-1, 8)
            sums = (blocks[0::2] + blocks[1::2]).reshape(-1)
        assert d[row, 0] == _tree(list(sums))
    # A part of a larger tile has no such way, nor has a result in rows.
    part = {"d": f"{rows}x8xf32, valid={rows}x1", "t": "8x8xf32", "a": f"{rows}x{columns}xf32"}
    (d,) = compute("pto.trowsum ins(%a, %t) outs(%d)", part, a=a)
    assert d[:, 0].tolist() == [_row_sum(row) for row in a]


@pytest.mark.parametrize("element", ["f32", "f16"])
@pytest.mark.parametrize("columns", [3, 8, 40, 90])
def test_products_of_rows_in_order(compute: Compute, element: str, columns: int) -> None:
    """Blocks of 32 bytes first, then their lanes, in float32."""
    a = np.abs(_rough((4, columns), element)) / DTYPES[element].type(3) + DTYPES[element].type(0.75)
    lanes = 32 // a.itemsize
    width = -(-columns // 16) * 16
    tile = f"4x{width}x{element}, valid=4x{columns}"
    tiles = {"a": tile, "t": tile, "d": f"16x1x{element}, blayout=col_major, valid=4x1"}
    (d,) = compute("pto.trowprod ins(%a, %t) outs(%d)", tiles, a=a)
    for row in range(4):
        product = np.ones(lanes, a.dtype)
        for at in range(0, columns, lanes):
            part = a[row, at : at + lanes]
            product[: len(part)] *= part
        total = np.float32(product[0])
        for lane in product[1:]:
            total = total * np.float32(lane)
        assert d[row, 0] == total.astype(a.dtype)


@pytest.mark.parametrize("columns", [1, 2, 3, 5, 6, 7, 11, 13, 16])
@pytest.mark.parametrize("name, function", [("max", np.max), ("min", np.min)])
def test_extremes_of_rows_of_any_length(
    compute: Compute, name: str, function: Callable[..., Any], columns: int
) -> None:
    a = np.array([np.roll(np.arange(columns), turn % columns) for turn in range(16)])
    a = a if name == "max" else -a
    tile = f"16x16xf32, valid=16x{columns}"
    tiles = {"a": tile, "t": tile, "d": "16x1xf32, blayout=col_major"}
    (d,) = compute(f"pto.trow{name} ins(%a, %t) outs(%d)", tiles, a=a)
    np.testing.assert_array_equal(d[:, 0], function(a, axis=1))


@pytest.mark.parametrize("rows", [1, 2, 3, 5, 6, 7, 8])
def test_sums_of_columns_in_order(compute: Compute, rows: int) -> None:
    a = _rough((rows, 16), "f32", rows)
    tile, row = f"{rows}x16xf32", "1x16xf32"
    (d,) = compute("pto.tcolsum ins(%a) outs(%d)", {"a": tile, "d": row}, a=a)
    expected = a[0]
    for each in a[1:]:
        expected = expected + each
    assert d[0].tolist() == expected.tolist()
    tiles = {"a": tile, "t": tile, "d": row}
    (d,) = compute("pto.tcolsum ins(%a, %t {isBinary = true}) outs(%d)", tiles, a=a)
    parts = list(a)
    while len(parts) > 1:
        odd = parts[-1] if len(parts) % 2 else None
        parts = [one + other for one, other in zip(parts[0::2], parts[1::2], strict=False)]
        if odd is not None:
            parts[0] = parts[0] + odd
    assert d[0].tolist() == parts[0].tolist()


def test_integers_in_reductions_wrap_around(compute: Compute) -> None:
    a = np.random.default_rng(0).integers(-(2**31), 2**31, (8, 16))
    tiles = {"a": "8x16xi32", "t": "8x16xi32", "d": "8x1xi32, blayout=col_major"}
    (d,) = compute("pto.trowsum ins(%a, %t) outs(%d)", tiles, a=a)
    np.testing.assert_array_equal(d[:, 0], a.sum(axis=1).astype(np.int32))
    (d,) = compute("pto.trowprod ins(%a, %t) outs(%d)", tiles, a=a)
    np.testing.assert_array_equal(d[:, 0], a.astype(np.int32).prod(axis=1, dtype=np.int32))


def test_rows_after_one_without_a_number_win(compute: Compute) -> None:
    a = np.array([[5, np.nan, 1, 2], [np.nan, 1, 3, 2], [1, 7, 2, 1]], np.float32)
    tile = "3x8xf32, valid=3x4"
    for name, expected in (("max", [2, 2, 1, 0]), ("min", [2, 2, 0, 2])):
        tiles = {"a": tile, "t": tile, "d": "1x8xi32, valid=1x4"}
        (d,) = compute(f"pto.tcolarg{name} ins(%a, %t) outs(%d)", tiles, a=a)
        assert d[0].tolist() == expected


def test_places_of_16_bit_elements_go_through_float16(compute: Compute) -> None:
    a = np.zeros((2056, 16))
    a[2049, 0], a[2048, 1], a[3, 2] = 1, 1, 1
    # Others between the two keep them apart.
    tiles = {"d": "1x16xi32", "a": "2056x16xf16", **dict.fromkeys("uvwx", F32), "t": "2056x16xf16"}
    (d,) = compute("pto.tcolargmax ins(%a, %t) outs(%d)", tiles, a=a)
    assert d[0, :4].tolist() == [2050, 2048, 3, 0]


NAMES = {"sub": np.subtract, "div": np.divide, "add": np.add, "mul": np.multiply, "max": np.maximum, "min": np.minimum}


@pytest.mark.parametrize("name", NAMES)
def test_a_source_is_repeated_in_its_place(compute: Compute, name: str) -> None:
    a, column, row = _rough((8, 16), "f32"), _rough((8, 1), "f32", 1), _rough((1, 16), "f32", 2)
    tiles = {"a": F32, "c": "8x1xf32, blayout=col_major", "r": "1x16xf32", "d": F32}
    for kind, other, value in (("row", "c", column), ("col", "r", row)):
        for text, left, right in ((f"%a, %{other}", a, value), (f"%{other}, %a", value, a)):
            if text.endswith("a") and (kind == "col" or name == "add"):
                continue  # these have one order
            used = {key: tiles[key] for key in ("a", other, "d")}
            (d,) = compute(f"pto.t{kind}expand{name} ins({text}) outs(%d)", used, **{"a": a, other: value})
            np.testing.assert_array_equal(d, NAMES[name](left, right))


def test_a_row_may_come_first_where_only_the_run_knows_the_extents(build: Any, parse: Any) -> None:
    b = build("%p: !pto.ptr<f32>", "%q: !pto.ptr<f32>", "%o: !pto.ptr<f32>")
    tile = "!pto.tile_buf<vec, 8x16xf32, valid=?x?>"
    b.window("%pw", "%p", 1, 16, "f32")
    b.window("%qw", "%q", 8, 16, "f32")
    b.window("%ow", "%o", 8, 16, "f32")
    part = "!pto.partition_tensor_view<?x?xf32>"
    for name, address, rows in (("%row", 0, 1), ("%full", 4096, 8), ("%d", 8192, 8)):
        where, extents = b.constant(address, "i64"), (b.constant(rows), b.constant(16))
        b.line(f"{name} = pto.alloc_tile addr = {where} valid_row = {extents[0]} valid_col = {extents[1]} : {tile}")
    b.line(f"pto.tload ins(%pw : {part}) outs(%row : {tile})")
    b.line(f"pto.tload ins(%qw : {part}) outs(%full : {tile})")
    b.line(f"pto.tcolexpandsub ins(%row, %full : {tile}, {tile}) outs(%d : {tile})")
    b.line(f"pto.tstore ins(%d : {tile}) outs(%ow : {part})")
    row, full, o = _rough((1, 16), "f32"), _rough((8, 16), "f32", 1), np.zeros((8, 16), np.float32)
    run_function(parse(b.text()), "f", [row, full, o], "physical")
    np.testing.assert_array_equal(o, row - full)


def test_a_number_fills_the_valid_part_in_vec_and_all_in_mat(build: Any, parse: Any) -> None:
    b = build("%o: !pto.ptr<f16>", "%p: !pto.ptr<f16>")
    b.line("%x = arith.constant 3.0 : f16")
    vec, mat = (f"!pto.tile_buf<{space}, 16x32xf16, valid=5x9{more}>" for space, more in (("vec", ""), ("mat", _NZ)))
    for name, space, window, pointer in (("%v", "vec", "%ow", "%o"), ("%m", "mat", "%pw", "%p")):
        b.tile(f"{name}w", space, "16x32xf16")
        b.tile(name, space, "16x32xf16", 0, "5x9")
        b.window(window, pointer, 16, 32, "f16")
        b.do("tload", [window], f"{name}w")
        b.line(f"pto.texpands ins(%x : f16) outs({name} : {vec if space == 'vec' else mat})")
        b.do("tstore", [f"{name}w"], window)
    part, whole = np.ones((2, 16, 32), np.float16)
    run_function(parse(b.text()), "f", [part, whole], "physical")
    expected = np.ones((16, 32))
    expected[:5, :9] = 3
    np.testing.assert_array_equal(part, expected)
    np.testing.assert_array_equal(whole, 3)


@pytest.mark.parametrize("element, columns", [("f32", 16), ("f32", 13), ("f16", 40)])
def test_blocks_for_each_row_on_either_side(compute: Compute, element: str, columns: int) -> None:
    lanes = 32 // DTYPES[element].itemsize
    width = -(-columns // lanes) * lanes
    a, k = _rough((8, columns), element), _rough((8, lanes), element, 1)
    tile = f"8x{width}x{element}, valid=8x{columns}"
    tiles = {"a": tile, "k": f"8x{lanes}x{element}", "d": tile}
    repeated = np.tile(k, (1, -(-columns // lanes)))[:, :columns]
    (d,) = compute("pto.trowexpandsub ins(%a, %k) outs(%d)", tiles, a=a, k=k)
    np.testing.assert_array_equal(d, a - repeated)
    (d,) = compute("pto.trowexpandsub ins(%k, %a) outs(%d)", tiles, a=a, k=k)
    np.testing.assert_array_equal(d, repeated - a)


def test_of_two_tiles_of_a_block_the_one_with_longer_rows_is_full(compute: Compute) -> None:
    a, k = _rough((8, 8), "f32"), _rough((8, 8), "f32", 1)
    tiles = {"a": "8x16xf32, valid=8x8", "k": "8x8xf32", "d": "8x8xf32"}
    (d,) = compute("pto.trowexpandsub ins(%a, %k) outs(%d)", tiles, a=a, k=k)
    np.testing.assert_array_equal(d, a - k)
    (d,) = compute("pto.trowexpandsub ins(%k, %a) outs(%d)", tiles, a=a, k=k)
    np.testing.assert_array_equal(d, k - a)
    # Of two that are as long the first is full: the blocks of the other are read where nothing is between its rows.
    with pytest.raises(DiagnosticError) as caught:
        compute("pto.trowexpandsub ins(%a, %k) outs(%d)", dict.fromkeys("akd", tiles["a"]), a=a, k=k)
    assert caught.value.diagnostics[0].notes[0].startswith("%k takes bytes")
    # Which of the two is full is not asked where one is longer than a block.
    tiles = {"a": "1x16xf32", "k": "1x32xf32, valid=1x8", "d": "1x16xf32"}
    (d,) = compute("pto.trowexpandsub ins(%a, %k) outs(%d)", tiles, a=2, k=np.arange(8))
    np.testing.assert_array_equal(d[0], 2 - np.tile(np.arange(8), 2))


def test_only_the_first_column_or_row_is_repeated(compute: Compute) -> None:
    a = _rough((8, 16), "f32")
    (d,) = compute("pto.trowexpand ins(%a) outs(%d)", {"a": F32, "d": "8x24xf32"}, a=a)
    np.testing.assert_array_equal(d, np.repeat(a[:, :1], 24, axis=1))
    (d,) = compute("pto.tcolexpand ins(%a) outs(%d)", {"a": F32, "d": "4x16xf32"}, a=a)
    np.testing.assert_array_equal(d, np.repeat(a[:1], 4, axis=0))
    rows = _rough((8, 16), "f32", 1)
    (d,) = compute("pto.tcolexpandsub ins(%a, %r) outs(%d)", {"a": F32, "r": F32, "d": F32}, a=a, r=rows)
    np.testing.assert_array_equal(d, a - rows[:1])


@pytest.mark.parametrize("name", ["add", "mul", "max", "min"])
@pytest.mark.parametrize("part", ["5x16", "8x9", "3x7"])
def test_a_source_may_be_a_part_of_the_other(compute: Compute, name: str, part: str) -> None:
    rows, columns = (int(extent) for extent in part.split("x"))
    a, b = _rough((8, 16), "f32"), _rough((rows, columns), "f32", 1)
    expected = a.copy()
    expected[:rows, :columns] = NAMES[name](a[:rows, :columns], b)
    tiles = {"a": F32, "b": f"8x16xf32, valid={part}", "d": F32}
    for text in ("%a, %b", "%b, %a"):
        (d,) = compute(f"pto.tpart{name} ins({text}) outs(%d)", tiles, a=a, b=b)
        np.testing.assert_array_equal(d, expected)


def test_each_row_has_its_scale_in_the_first_column(compute: Compute) -> None:
    a, s, o = np.arange(-128, 128).reshape(8, 32), _rough((8, 8), "f32"), _rough((8, 8), "f32", 1)
    tiles = {"a": "8x32xi8", "s": "8x8xf32", "o": "8x8xf32", "d": "8x32xf32"}
    (d,) = compute("pto.tdequant ins(%a, %s, %o) outs(%d)", tiles, a=a, s=s, o=o)
    np.testing.assert_array_equal(d, (a.astype(np.float32) - o[:, :1]) * s[:, :1])
