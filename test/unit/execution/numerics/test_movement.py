"""Movements out of Acc, sums in global memory, and what loads and prefetches leave in a tile."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from xdsl.dialects.builtin import ModuleOp

from tilewright.dialects.diagnostics import Diagnostic
from tilewright.execution.dtypes import DTYPES
from tilewright.execution.runner import run_function

Run = Callable[..., None]
Array = Any

SIGNED = 1 << 46
RELU = "reluPreMode = #pto<relu_pre_mode normal_relu>"
ADD = "atomicType = #pto<atomic_type atomic_add>"


@pytest.fixture
def run(parse: Callable[[str], ModuleOp]) -> Run:
    def call(text: str, *arrays: object) -> None:
        run_function(parse(text), "f", arrays, "physical")

    return call


def _word(scale: float, extra: int = 0) -> int:
    return int(np.array(scale, np.float32).view(np.uint32)) | extra


class _Product:
    """`%acc`, 16x32, is the product of `%a` and `%b`; what follows reads it."""

    def __init__(self, build: Any, out: str, element: str = "i8") -> None:
        self.total = "i32" if element == "i8" else "f32"
        b = self.builder = build(
            f"%a: !pto.ptr<{element}>", f"%b: !pto.ptr<{element}>", f"%o: !pto.ptr<{out}>", "%s: !pto.ptr<ui64>"
        )
        b.tile("%am", "mat", f"16x32x{element}")
        b.tile("%bm", "mat", f"32x32x{element}", 65536)
        b.tile("%l", "left", f"16x32x{element}")
        b.tile("%r", "right", f"32x32x{element}")
        b.tile("%acc", "acc", f"16x32x{self.total}")
        b.window("%aw", "%a", 16, 32, element)
        b.window("%bw", "%b", 32, 32, element)
        b.window("%ow", "%o", 16, 32, out)
        b.do("tload", ["%aw"], "%am")
        b.do("tload", ["%bw"], "%bm")
        b.do("tmov", ["%am"], "%l")
        b.do("tmov", ["%bm"], "%r")
        b.do("tmatmul", ["%l", "%r"], "%acc")
        self.acc = f"!pto.tile_buf<acc, 16x32x{self.total}, blayout=col_major, slayout=row_major, fractal=1024>"
        self.window = f"!pto.partition_tensor_view<?x?x{out}>"
        low, high = (-128, 128) if element == "i8" else (-8, 9)
        random = np.random.default_rng(3)
        self.a, self.b = (random.integers(low, high, shape).astype(DTYPES[element]) for shape in ((16, 32), (32, 32)))
        self.expected = self.a.astype(np.int64) @ self.b.astype(np.int64)

    def scales(self) -> None:
        """Load the row of scales into `%fp`."""
        b = self.builder
        b.tile("%sm", "mat", "1x32xui64", 131072, layout="blayout=row_major")
        b.window("%sw", "%s", 1, 32, "ui64")
        b.tile("%fp", "scaling", "1x32xui64", 0, layout="blayout=row_major")
        b.do("tload", ["%sw"], "%sm")
        b.do("tmov", ["%sm"], "%fp")

    def store(self, more: str = "", scale: int | None = None) -> int:
        scaled = "" if scale is None else f", {self.builder.constant(scale, 'i64')} : i64"
        text = f"pto.tstore ins(%acc : {self.acc}{scaled}) outs(%ow : {self.window}) {{{more}}}"
        return self.builder.line(text)


FACTORS = np.array([2.0 ** -(column % 12) for column in range(32)])
WORDS = np.array([_word(factor, SIGNED | 0x1FFF) for factor in FACTORS], np.uint64)
"""The lowest 13 bits do not count in a row of scales."""


@pytest.mark.parametrize("relu", [False, True])
def test_a_store_cuts_negative_elements(build: Any, run: Run, relu: bool) -> None:
    case = _Product(build, "bf16", "f16")
    case.store(RELU if relu else "")
    o = np.zeros((16, 32), DTYPES["bf16"])
    run(case.builder.text(), case.a, case.b, o, WORDS)
    expected = np.maximum(case.expected, 0) if relu else case.expected
    np.testing.assert_array_equal(o, expected.astype(DTYPES["bf16"]))


@pytest.mark.parametrize("relu", [False, True])
def test_a_store_with_one_scale(build: Any, run: Run, relu: bool) -> None:
    case = _Product(build, "i8")
    # All bits of one scale count, but for the last.
    case.store(RELU if relu else "", _word(1 / 300, SIGNED) - (1 << 63))
    o = np.zeros((16, 32), np.int8)
    run(case.builder.text(), case.a, case.b, o, WORDS)
    scaled = case.expected.astype(np.float32) * np.float32(1 / 300)
    np.testing.assert_array_equal(o, np.clip(np.rint(scaled), 0 if relu else -128, 127))


def test_the_last_bit_of_one_scale_counts(build: Any, run: Run) -> None:
    case = _Product(build, "i8")
    case.store("", _word(2.0**-9 + 2.0**-32, SIGNED))
    a, right, o = np.zeros((16, 32), np.int8), np.zeros((32, 32), np.int8), np.zeros((16, 32), np.int8)
    a[0, 0], right[0] = 16, 16
    run(case.builder.text(), a, right, o, WORDS)
    assert o.tolist() == [[1] * 32, *[[0] * 32] * 15]  # just above a half


def test_a_store_with_a_scale_for_each_column(build: Any, run: Run) -> None:
    case = _Product(build, "i8")
    case.scales()
    case.builder.do("tstore_fp", ["%acc", "%fp"], "%ow")
    o = np.zeros((16, 32), np.int8)
    run(case.builder.text(), case.a, case.b, o, WORDS)
    np.testing.assert_array_equal(o, np.clip(np.rint(case.expected * FACTORS), -128, 127))


@pytest.mark.parametrize("name", ["tmov", "tmov.fp", "textract_fp", "tinsert_fp"])
def test_moves_with_a_scale_for_each_column(build: Any, run: Run, name: str) -> None:
    case = _Product(build, "i32")
    b = case.builder
    case.scales()
    b.tile("%m", "mat", "16x32xi8", 262144)
    zero = b.constant(0)
    fp = "!pto.tile_buf<scaling, 1x32xui64>"
    m = "!pto.tile_buf<mat, 16x32xi8, blayout=col_major, slayout=row_major>"
    if name == "tmov":
        b.line(f"pto.tmov ins(%acc : {case.acc}, %fp : {fp}) outs(%m : {m})")
    elif name == "tmov.fp":
        b.do(name, ["%acc", "%fp"], "%m")
    else:
        b.line(f"pto.{name} ins(%acc, %fp, {zero}, {zero} : {case.acc}, {fp}, index, index) outs(%m : {m})")
    b.do("tmov", ["%m"], "%l")
    b.do("tmatmul", ["%l", "%r"], "%acc")
    case.store()
    o = np.zeros((16, 32), np.int32)
    run(b.text(), case.a, case.b, o, WORDS)
    scaled = np.clip(np.rint(case.expected * FACTORS), -128, 127).astype(np.int64)
    np.testing.assert_array_equal(o, scaled @ case.b.astype(np.int64))


class _Extract:
    """Takes 16x32 elements of a product of 32x64 at an origin that no verifier knows into a tile of sevens."""

    def __init__(self, build: Any, row: int, column: int) -> None:
        b = self.builder = build("%a: !pto.ptr<i8>", "%b: !pto.ptr<i8>", "%s: !pto.ptr<ui64>", "%o: !pto.ptr<i8>")
        b.tile("%am", "mat", "32x32xi8")
        b.tile("%bm", "mat", "32x64xi8", 65536)
        b.tile("%sm", "mat", "1x64xui64", 131072, layout="blayout=row_major")
        b.tile("%whole", "mat", "32x64xi8", 262144)
        b.tile("%m", "mat", "32x64xi8", 262144, "16x32")
        b.tile("%l", "left", "32x32xi8")
        b.tile("%r", "right", "32x64xi8")
        b.tile("%fp", "scaling", "1x64xui64", layout="blayout=row_major")
        b.tile("%acc", "acc", "32x64xi32")
        for name, extents, element in (("a", (32, 32), "i8"), ("b", (32, 64), "i8"), ("s", (1, 64), "ui64")):
            b.window(f"%{name}w", f"%{name}", *extents, element)
            b.do("tload", [f"%{name}w"], f"%{name}m")
        for source, target in (("%am", "%l"), ("%bm", "%r"), ("%sm", "%fp")):
            b.do("tmov", [source], target)
        b.do("tmatmul", ["%l", "%r"], "%acc")
        b.window("%ow", "%o", 32, 64, "i8")
        b.do("tload", ["%ow"], "%whole")
        for name, value in (("row", row), ("column", column)):
            b.line(f"%{name} = arith.addi {b.constant(value)}, {b.constant(0)} : index")
        acc = "!pto.tile_buf<acc, 32x64xi32, blayout=col_major, slayout=row_major, fractal=1024>"
        m = "!pto.tile_buf<mat, 32x64xi8, valid=16x32, blayout=col_major, slayout=row_major>"
        fp = "!pto.tile_buf<scaling, 1x64xui64>"
        b.line(f"pto.textract_fp ins(%acc, %fp, %row, %column : {acc}, {fp}, index, index) outs(%m : {m})")
        random = np.random.default_rng(4)
        self.a, self.b = (random.integers(-128, 128, shape).astype(np.int8) for shape in ((32, 32), (32, 64)))
        factors = 2.0 ** -random.integers(6, 12, 64)
        self.words = np.array([_word(factor, SIGNED) for factor in factors], np.uint64)
        product = self.a.astype(np.int64) @ self.b.astype(np.int64)
        self.scaled = np.clip(np.rint(product * factors), -128, 127)[row : row + 16, column : column + 32]


def test_an_extract_starts_at_its_origin_in_the_row_of_scales(build: Any, run: Run) -> None:
    case = _Extract(build, 16, 32)
    case.builder.do("tstore", ["%whole"], "%ow")
    o = np.full((32, 64), 7, np.int8)
    run(case.builder.text(), case.a, case.b, case.words, o)
    expected = np.full((32, 64), 7)
    expected[:16, :32] = case.scaled
    np.testing.assert_array_equal(o, expected)


def test_an_extract_takes_the_rows_below_along(build: Any, run: Run, refused: Callable[[Any], Diagnostic]) -> None:
    case = _Extract(build, 0, 0)
    line = case.builder.do("tstore", ["%whole"], "%ow")
    error = refused(lambda: run(case.builder.text(), case.a, case.b, case.words, np.full((32, 64), 7, np.int8)))
    assert (error.code, error.location and error.location.line) == ("TW0408", line)
    assert "512 of its 2048 valid elements were never written, the first is [16, 0]" in error.notes[0]


def test_an_insert_starts_at_its_origin(build: Any, run: Run) -> None:
    """The product fills the lower half of a tile, what was loaded stays in the upper half."""
    case = _Product(build, "f32", "f16")
    b = case.builder
    m = "!pto.tile_buf<mat, 32x32xf16, blayout=col_major, slayout=row_major>"
    b.line(f"pto.tinsert ins(%acc, {b.constant(16)}, {b.constant(0)} : {case.acc}, index, index) outs(%bm : {m})")
    b.do("tmov", ["%bm"], "%r")
    b.do("tmatmul", ["%l", "%r"], "%acc")
    case.store()
    o = np.zeros((16, 32), np.float32)
    a = (case.a > 0).astype(np.float16)
    first = a.astype(np.int64) @ case.b.astype(np.int64)
    run(b.text(), a, case.b, o, WORDS)
    right = np.concatenate([case.b[:16].astype(np.int64), first])
    np.testing.assert_array_equal(o, a.astype(np.int64) @ right)


@pytest.mark.parametrize("row, column, message", [(24, 0, "reaches elements 24 to 40"), (0, 8, "starts at column 8")])
def test_an_insert_that_does_not_fit(
    build: Any, run: Run, refused: Callable[[Any], Diagnostic], row: int, column: int, message: str
) -> None:
    case = _Product(build, "f32", "f16")
    b = case.builder
    for name, value in (("r", row), ("c", column)):
        b.line(f"%{name}o = arith.addi {b.constant(value)}, {b.constant(0)} : index")
    m = "!pto.tile_buf<mat, 32x32xf16, blayout=col_major, slayout=row_major>"
    line = b.line(f"pto.tinsert ins(%acc, %ro, %co : {case.acc}, index, index) outs(%bm : {m})")
    error = refused(lambda: run(b.text(), case.a, case.b, np.zeros((16, 32), np.float32), WORDS))
    assert (error.code, error.location and error.location.line) == ("TW0411", line)
    assert message in error.message


def test_a_conversion_that_the_fix_pipe_lacks(build: Any, run: Run, refused: Callable[[Any], Diagnostic]) -> None:
    case = _Product(build, "f16")
    line = case.store()
    error = refused(lambda: run(case.builder.text(), case.a, case.b, np.zeros((16, 32), np.float16), WORDS))
    assert (error.code, error.location and error.location.line) == ("TW0405", line)
    assert error.message == "pto.tstore: the FIX pipe does not convert i32 to f16 without a scale"


def _stored(build: Any, element: str, more: str) -> tuple[Any, int]:
    b = build(f"%a: !pto.ptr<{element}>", f"%o: !pto.ptr<{element}>")
    b.tile("%t", "vec", f"8x32x{element}")
    b.window("%aw", "%a", 8, 32, element)
    b.window("%ow", "%o", 8, 32, element)
    b.do("tload", ["%aw"], "%t")
    line = b.do("tstore", ["%t"], "%ow")
    b.drop()
    tile, window = f"!pto.tile_buf<vec, 8x32x{element}>", f"!pto.partition_tensor_view<?x?x{element}>"
    b.line(f"pto.tstore ins(%t : {tile}) outs(%ow : {window}) {{{more}}}")
    return b, line


@pytest.mark.parametrize("element", ["i8", "i16", "i32", "f16", "bf16", "f32"])
def test_sums_in_global_memory(build: Any, run: Run, element: str) -> None:
    dtype = DTYPES[element]
    values = np.random.default_rng(1).integers(-128, 128, (2, 8, 32)).astype(dtype)
    a, o = values[0].copy(), values[1].copy()
    run(_stored(build, element, ADD)[0].text(), a, o)
    np.testing.assert_array_equal(o, values[0] + values[1])


def test_no_sums_of_unsigned_elements(build: Any, run: Run, refused: Callable[[Any], Diagnostic]) -> None:
    b, line = _stored(build, "ui16", ADD)
    error = refused(lambda: run(b.text(), np.zeros((8, 32), np.uint16), np.zeros((8, 32), np.uint16)))
    assert (error.code, error.location and error.location.line) == ("TW0405", line)
    assert error.message == "pto.tstore does not add elements of ui16 to global memory"


@pytest.mark.parametrize("pad, value", [(1, 0.0), (2, np.inf), (3, -np.inf)])
def test_a_load_pads_the_last_block_of_a_row(build: Any, run: Run, pad: int, value: float) -> None:
    b = build("%a: !pto.ptr<f32>", "%o: !pto.ptr<f32>")
    b.tile("%t", "vec", "8x32xf32", valid="8x13", layout=f"blayout=row_major, pad={pad}")
    b.tile("%u", "vec", "8x32xf32", valid="8x16")
    b.window("%aw", "%a", 8, 13, "f32")
    b.window("%ow", "%o", 8, 16, "f32")
    b.do("tload", ["%aw"], "%t")
    b.do("tstore", ["%u"], "%ow")
    a, o = np.ones((8, 13), np.float32), np.zeros((8, 16), np.float32)
    run(b.text(), a, o)
    np.testing.assert_array_equal(o[:, :13], a)
    np.testing.assert_array_equal(o[:, 13:], np.full((8, 3), value))


def test_a_prefetch_leaves_no_value(build: Any, run: Run, refused: Callable[[Any], Diagnostic]) -> None:
    b = build("%a: !pto.ptr<f32>", "%o: !pto.ptr<f32>")
    b.tile("%t", "vec", "8x32xf32")
    b.window("%aw", "%a", 8, 32, "f32")
    b.window("%ow", "%o", 8, 32, "f32")
    b.do("tload", ["%aw"], "%t")
    b.do("tprefetch", ["%aw"], "%t")
    line = b.do("tstore", ["%t"], "%ow")
    error = refused(lambda: run(b.text(), *np.ones((2, 8, 32), np.float32)))
    assert (error.code, error.location and error.location.line) == ("TW0408", line)
