"""Which elements around a result are nobody's value, and which stay as they were."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from xdsl.dialects.builtin import ModuleOp

from tilewright.dialects.diagnostics import Diagnostic, DiagnosticError
from tilewright.execution.dtypes import DTYPES
from tilewright.execution.runner import run_function

Compute = Callable[..., list[Any]]
Parse = Callable[[str], ModuleOp]
Refused = Callable[[Callable[[], object]], Diagnostic]


def _unwritten(diagnostic: Diagnostic) -> tuple[int, list[int]]:
    """How many elements of a tile were never written, and the first of them."""
    assert diagnostic.code == "TW0408"
    found = re.search(
        r"(\d+) of its \d+ valid elements were never written, the first is \[(\d+), (\d+)\]", str(diagnostic.notes)
    )
    assert found is not None
    return int(found[1]), [int(found[2]), int(found[3])]


class _Part:
    """`%part` is the leading part of `%whole`, 8x32 numbers in Vec, all loaded; `%a` is another tile of its extents."""

    def __init__(self, build: Any, valid: str, element: str = "f32", layout: str = "blayout=row_major") -> None:
        self.rows, self.columns = (int(extent) for extent in valid.split("x"))
        self.shape = (8, 32) if "row" in layout else (32, 8)
        extents = f"{self.shape[0]}x{self.shape[1]}x{element}"
        pointers = ("%p", "%q", "%o")
        b = self.builder = build(*(f"{pointer}: !pto.ptr<{element}>" for pointer in pointers))
        plain = re.sub(", pad.*", "", layout)
        b.tile("%whole", "vec", extents, 0, layout=plain)
        b.tile("%part", "vec", extents, 0, valid, layout=layout)
        b.tile("%a", "vec", extents, 4096, valid, layout=plain)
        for name, rows, columns in (("%w", *self.shape), ("%r", self.rows, self.columns), ("%ow", *self.shape)):
            b.window(name, pointers[("%w", "%r", "%ow").index(name)], rows, columns, element)
        b.do("tload", ["%w"], "%whole")
        self.element = element

    def arrays(self) -> list[Any]:
        """Sevens, a part of ones, and room for the result."""
        dtype = DTYPES[self.element]
        return [np.full(self.shape, 7, dtype), np.ones((self.rows, self.columns), dtype), np.zeros(self.shape, dtype)]

    def result(self, parse: Parse) -> Any:
        self.builder.do("tstore", ["%whole"], "%ow")
        arrays = self.arrays()
        run_function(parse(self.builder.text()), "f", arrays, "physical")
        return arrays[-1]


@pytest.mark.parametrize("layout, valid", [("blayout=row_major", "5x9"), ("blayout=col_major", "9x5")])
@pytest.mark.parametrize("name", ["tload", "tmov"])
def test_what_is_beside_a_valid_part_stays(build: Any, parse: Parse, name: str, layout: str, valid: str) -> None:
    case = _Part(build, valid, layout=layout)
    if name == "tload":
        case.builder.do("tload", ["%r"], "%part")
    else:
        case.builder.do("tload", ["%r"], "%a")
        case.builder.do("tmov", ["%a"], "%part")
    expected = np.full(case.shape, 7)
    expected[: case.rows, : case.columns] = 1
    np.testing.assert_array_equal(case.result(parse), expected)


@pytest.mark.parametrize("element, block", [("f32", 8), ("f16", 16), ("i8", 32), ("ui16", 16), ("bf16", 16)])
@pytest.mark.parametrize("pad", [0, 1, 2, 3])
@pytest.mark.parametrize("columns", [3, 8, 17])
def test_a_load_pads_to_the_end_of_a_block(
    build: Any, parse: Parse, element: str, block: int, pad: int, columns: int
) -> None:
    dtype = DTYPES[element]
    extremes = (np.iinfo(dtype).max, np.iinfo(dtype).min) if dtype.kind in "iu" else (np.inf, -np.inf)
    case = _Part(build, f"5x{columns}", element, f"blayout=row_major, pad={pad}")
    case.builder.do("tload", ["%r"], "%part")
    expected = np.full(case.shape, 7, dtype)
    expected[:5, :columns] = 1
    if pad:
        expected[:5, columns : -(-columns // block) * block] = (0, *extremes)[pad - 1]
    np.testing.assert_array_equal(case.result(parse), expected)


@pytest.mark.parametrize("rows, end", [(9, 16), (16, 16), (25, 32)])
def test_a_load_of_columns_pads_to_the_end_of_a_block(build: Any, parse: Parse, rows: int, end: int) -> None:
    case = _Part(build, f"{rows}x5", "f32", "blayout=col_major, pad=1")
    case.builder.do("tload", ["%r"], "%part")
    expected = np.full(case.shape, 7, np.float32)
    expected[:end, :5] = 0
    expected[:rows, :5] = 1
    np.testing.assert_array_equal(case.result(parse), expected)


def test_a_prefetch_touches_the_whole_tile(build: Any, parse: Parse, refused: Refused) -> None:
    case = _Part(build, "5x9")
    case.builder.do("tprefetch", ["%r"], "%part")
    assert _unwritten(refused(lambda: case.result(parse))) == (256, [0, 0])


def test_a_comparison_writes_the_bits_of_whole_repeats(compute: Compute) -> None:
    """72 numbers are two repeats of 64, whose bits are 16 bytes: 9 of them are known, and 16 stay."""
    tiles = {"a": "8x72xf32", "b": "8x72xf32", "m": "8x32xui8"}
    with pytest.raises(DiagnosticError) as caught:
        compute("pto.tcmp ins(%a, %b {cmpMode = #pto<cmp eq>}) outs(%m)", tiles, "m", a=1, b=1, m=0)
    (diagnostic,) = caught.value.diagnostics
    assert _unwritten(diagnostic) == (8 * 7, [0, 9])


def test_a_short_mask_ends_before_its_repeat(compute: Compute) -> None:
    tiles = {"a": "2x264xf32", "b": "2x264xf32", "m": "2x64xui8"}
    with pytest.raises(DiagnosticError) as caught:
        compute("pto.tcmp ins(%a, %b {cmpMode = #pto<cmp eq>}) outs(%m)", tiles, "m", a=1, b=1, m=0)
    (diagnostic,) = caught.value.diagnostics
    assert _unwritten(diagnostic) == (2 * 7, [0, 33])


@pytest.mark.parametrize("width, rows", [(128, 1), (256, 1), (256, 2)])
def test_a_sort_leaves_a_group_behind_its_tail(compute: Compute, width: int, rows: int) -> None:
    """48 numbers become 48 structures of two; the 16 behind them are of the same group."""
    tiles = {"a": f"{rows}x48xf32", "i": "1x48xui32", "t": "1x64xf32", "d": f"{rows}x{width}xf32"}
    with pytest.raises(DiagnosticError) as caught:
        compute("pto.tsort32 ins(%a, %i, %t) outs(%d)", tiles, a=1, i=1, d=0)
    (diagnostic,) = caught.value.diagnostics
    assert _unwritten(diagnostic) == (rows * 32, [0, 96])


class _Product:
    """`%acc`, 32x32, is a product with columns of threes; `%small` are its first 5x20 elements."""

    def __init__(self, build: Any, out: str) -> None:
        b = self.builder = build("%p: !pto.ptr<f16>", "%q: !pto.ptr<f16>", f"%o: !pto.ptr<{out}>")
        b.tile("%am", "mat", "32x16xf16")
        b.tile("%bm", "mat", "16x32xf16", 65536)
        b.tile("%l", "left", "32x16xf16")
        b.tile("%r", "right", "16x32xf16")
        b.tile("%acc", "acc", "32x32xf32")
        b.tile("%small", "acc", "32x32xf32", 0, "5x20")
        b.window("%pw", "%p", 32, 16, "f16")
        b.window("%qw", "%q", 16, 32, "f16")
        b.do("tload", ["%pw"], "%am")
        b.do("tload", ["%qw"], "%bm")
        b.do("tmov", ["%am"], "%l")
        b.do("tmov", ["%bm"], "%r")
        b.do("tmatmul", ["%l", "%r"], "%acc")
        self.type = "!pto.tile_buf<acc, 32x32xf32{}, blayout=col_major, slayout=row_major, fractal=1024>"


def _refused_store(case: _Product, parse: Parse, refused: Refused, shape: tuple[int, int], dtype: Any) -> Diagnostic:
    arrays = [np.ones((32, 16), np.float16), np.ones((16, 32), np.float16), np.zeros(shape, dtype)]
    return refused(lambda: run_function(parse(case.builder.text()), "f", arrays, "physical"))


@pytest.mark.parametrize("row, column", [(0, 0), (16, 16), (32, 32)])
def test_an_insert_writes_whole_blocks(build: Any, parse: Parse, refused: Refused, row: int, column: int) -> None:
    """All rows of the accumulator go, and whole blocks of columns; what else the tile holds stays."""
    case = _Product(build, "f16")
    b, mat = case.builder, "!pto.tile_buf<mat, 48x80xf16, blayout=col_major, slayout=row_major>"
    b.tile("%m", "mat", "48x80xf16", 131072)
    b.window("%ow", "%o", 48, 80, "f16")
    b.do("tload", ["%ow"], "%m")
    at = f"{b.constant(row)}, {b.constant(column)}"
    b.line(f"pto.tinsert ins(%small, {at} : {case.type.format(', valid=5x20')}, index, index) outs(%m : {mat})")
    b.do("tstore", ["%m"], "%ow")
    error = _refused_store(case, parse, refused, (48, 80), np.float16)
    assert _unwritten(error) == (min(32, 48 - row) * 32 - 100, [row, column + 20])


def test_a_move_writes_whole_blocks(build: Any, parse: Parse, refused: Refused) -> None:
    case = _Product(build, "f16")
    b = case.builder
    b.tile("%tiny", "acc", "32x32xf32", 0, "5x4")
    b.tile("%whole", "mat", "32x32xf16", 131072)
    b.tile("%m", "mat", "32x32xf16", 131072, "5x4")
    b.window("%ow", "%o", 32, 32, "f16")
    b.do("tload", ["%ow"], "%whole")
    b.do("tmov", ["%tiny"], "%m")
    b.do("tstore", ["%whole"], "%ow")
    error = _refused_store(case, parse, refused, (32, 32), np.float16)
    assert _unwritten(error) == (32 * 16 - 20, [0, 4])


def test_a_product_writes_whole_blocks(build: Any, parse: Parse, refused: Refused) -> None:
    """The second product has 5x4 elements, the first stays beside its block."""
    case = _Product(build, "f32")
    b = case.builder
    b.tile("%l5", "left", "32x16xf16", 0, "5x16")
    b.tile("%r4", "right", "16x32xf16", 0, "16x4")
    b.tile("%acc5", "acc", "32x32xf32", 0, "5x4")
    b.window("%ow", "%o", 32, 32, "f32")
    b.do("tmatmul", ["%l5", "%r4"], "%acc5")
    b.do("tstore", ["%acc"], "%ow")
    error = _refused_store(case, parse, refused, (32, 32), np.float32)
    assert _unwritten(error) == (16 * 16 - 20, [0, 4])
