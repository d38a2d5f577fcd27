"""Tensors, their windows and their elements on values."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from tilewright.dialects.diagnostics import Diagnostic
from tilewright.execution.runner import run_function

from .value_programs import Parse

Refused = Callable[[Callable[[], object]], Diagnostic]
RNG = np.random.default_rng(9)
TENSOR = "!tile.tensor<3x8x16xf32>"


def run(parse: Parse, arguments: str, body: str, *values: Any) -> None:
    constants = " ".join(f"%c{n} = arith.constant {n} : index" for n in (0, 1, 2, 3, 4, 8, 16))
    run_function(parse(f"func.func @f({arguments}) {{ {constants}\n{body}\nreturn\n}}"), "f", list(values), "value")


def test_leading_dimensions_become_rows(parse: Parse) -> None:
    t, o = RNG.random((3, 8, 16), np.float32), np.zeros((3, 8, 16), np.float32)
    body = f"""%a = tile.load %t[%c1, %c2, %c0] sizes [2, 4, 16] : {TENSOR} -> !tile.tile<8x16xf32>
tile.store %a, %o[%c0, %c0, %c0] sizes [1, 8, 16] : !tile.tile<8x16xf32>, {TENSOR}"""
    run(parse, f"%t: {TENSOR}, %o: {TENSOR}", body, t, o)
    assert np.array_equal(o[0], t[1:3, 2:6].reshape(8, 16))
    assert not o[1:].any()


def test_a_tensor_of_one_dimension_is_a_row(parse: Parse) -> None:
    t, o = RNG.random(32, np.float32), np.zeros(32, np.float32)
    vector, tile = "!tile.tensor<32xf32>", "!tile.tile<1x16xf32>"
    body = f"""%a = tile.load %t[%c8] sizes [16] : {vector} -> {tile}
tile.store %a, %o[%c16] sizes [16] : {tile}, {vector}"""
    run(parse, f"%t: {vector}, %o: {vector}", body, t, o)
    assert np.array_equal(o, [*[0] * 16, *t[8:24]])


PART = f"""%a = tile.load %t[%c1, %c0, %c0] sizes [2, 4, 16] valid(%m, %n)
  : {TENSOR} -> !tile.tile<8x16xf32, valid = ?x?>
tile.store %a, %o[%c0, %c0] : !tile.tile<8x16xf32, valid = ?x?>, !tile.tensor<8x16xf32>"""
ARGUMENTS = f"%t: {TENSOR}, %o: !tile.tensor<8x16xf32>, %m: index, %n: index"


@pytest.mark.parametrize("rows, columns", [(8, 16), (5, 7), (3, 16), (0, 4)])
def test_part_of_a_window(parse: Parse, rows: int, columns: int) -> None:
    t, o = RNG.random((3, 8, 16), np.float32), np.zeros((8, 16), np.float32)
    run(parse, ARGUMENTS, PART, t, o, rows, columns)
    expected = np.zeros((8, 16), np.float32)
    expected[:rows, :columns] = t[1:3, :4].reshape(8, 16)[:rows, :columns]
    assert np.array_equal(o, expected)


def test_more_than_the_tile_holds(parse: Parse, refused: Refused) -> None:
    arrays = np.zeros((3, 8, 16), np.float32), np.zeros((8, 16), np.float32)
    error = refused(lambda: run(parse, ARGUMENTS, PART, *arrays, 9, 1))
    assert (error.code, str(error.location)) == ("TW0411", "test.pto:2:6")
    assert error.message.startswith("tile.load makes 9x1 elements valid, which is no valid part of")


def test_a_window_that_leaves_its_tensor(parse: Parse, refused: Refused) -> None:
    body = f"""%a = tile.load %t[%i, %c0, %c0] sizes [2, 4, 16] : {TENSOR} -> !tile.tile<8x16xf32>"""
    error = refused(lambda: run(parse, f"%t: {TENSOR}, %i: index", body, np.zeros((3, 8, 16), np.float32), 2))
    assert error.code == "TW0410"
    assert "a window of 2x4x16 elements at [2, 0, 0] leaves t: dimension 0 ends at 3" in error.message


def test_an_atomic_store_adds(parse: Parse) -> None:
    o = np.full((2, 8), 1, np.float32)
    body = """%a = tile.full 2.5 : f32 : !tile.tile<2x8xf32>
tile.store %a, %o[%c0, %c0] atomic add : !tile.tile<2x8xf32>, !tile.tensor<2x8xf32>"""
    run(parse, "%o: !tile.tensor<2x8xf32>", body, o)
    assert (o == 3.5).all()


def test_views_share_memory(parse: Parse) -> None:
    t, o = np.arange(128, dtype=np.float32).reshape(8, 16), np.zeros((1, 3), np.float32)
    body = """%v = tile.view %t[%c2, %c8] : !tile.tensor<?x16xf32> -> !tile.tensor<?x8xf32>
%w = tile.view %v[%c1, %c0] : !tile.tensor<?x8xf32> -> !tile.tensor<2x8xf32>
%d = tile.dim %v, 0 : !tile.tensor<?x8xf32>
%i = arith.index_cast %d : index to i32
%f = tile.read %w[%c0, %c3] : !tile.tensor<2x8xf32> -> f32
tile.write %f, %t[%c0, %c0] : f32, !tile.tensor<?x16xf32>
tile.write %f, %w[%c1, %c1] : f32, !tile.tensor<2x8xf32>
%r = tile.tensor_reshape %t : !tile.tensor<?x16xf32> -> !tile.tensor<?x32xf32>
%g = tile.read %r[%c0, %c16] : !tile.tensor<?x32xf32> -> f32
tile.write %g, %o[%c0, %c0] : f32, !tile.tensor<1x3xf32>"""
    run(parse, "%t: !tile.tensor<?x16xf32>, %o: !tile.tensor<1x3xf32>", body, t, o)
    assert (t[0, 0], t[4, 9], o[0, 0]) == (59, 59, 16)


@pytest.mark.parametrize(
    "body, code, line, message",
    [
        (
            "%v = tile.view %t[%i, %c0] : !tile.tensor<?x16xf32> -> !tile.tensor<4x16xf32>",
            "TW0410",
            2,
            "a window of 4x16 elements at [6, 0] leaves t: dimension 0 ends at 8, the window at 10",
        ),
        (
            "%v = tile.view %t[%n, %c0] : !tile.tensor<?x16xf32> -> !tile.tensor<?x16xf32>",
            "TW0410",
            2,
            "a window of 0x16 elements at [100, 0] leaves t: dimension 0 ends at 8, the window at 100",
        ),
        (
            "%c9 = arith.constant 9 : index\n"
            "%v = tile.view %t[%c9, %c0] : !tile.tensor<?x16xf32> -> !tile.tensor<?x16xf32>",
            "TW0410",
            3,
            "a window of 0x16 elements at [9, 0] leaves t: dimension 0 ends at 8, the window at 9",
        ),
        (
            "%x = tile.read %t[%c0, %n] : !tile.tensor<?x16xf32> -> f32",
            "TW0410",
            2,
            "a window of 1x1 elements at [0, 100]",
        ),
        (
            "%v = tile.view %t[%c0, %c8] : !tile.tensor<?x16xf32> -> !tile.tensor<?x8xf32>\n"
            "%r = tile.tensor_reshape %v : !tile.tensor<?x8xf32> -> !tile.tensor<64xf32>",
            "TW0411",
            3,
            "t is not one run of memory, so that it cannot take the shape 64",
        ),
        (
            "%r = tile.tensor_reshape %t : !tile.tensor<?x16xf32> -> !tile.tensor<?x100xf32>",
            "TW0411",
            2,
            "t has 128 elements here, which do not make !tile.tensor<?x100xf32>",
        ),
        (
            "%a = tile.alloc_tensor(%i) : !tile.tensor<?x16xf32>\n"
            "%x = tile.read %a[%c0, %c1] : !tile.tensor<?x16xf32> -> f32",
            "TW0406",
            3,
            "tile.read reads %a at [0, 1], which was never defined",
        ),
        (
            "%a = tile.alloc_tensor() : !tile.tensor<4x16xf32>\n"
            "%x = tile.load %a[%c0, %c0] : !tile.tensor<4x16xf32> -> !tile.tile<4x16xf32>",
            "TW0406",
            3,
            "tile.load reads elements of a that were never written",
        ),
        (
            "%a = tile.alloc_tensor() : !tile.tensor<4x16xf32>\n%b = tile.full 1.0 : f32 : !tile.tile<4x16xf32>\n"
            "tile.store %b, %a[%c0, %c0] atomic add : !tile.tile<4x16xf32>, !tile.tensor<4x16xf32>",
            "TW0406",
            4,
            "tile.store adds to elements of a that were never written",
        ),
        (
            "%a = tile.alloc_tensor(%m) : !tile.tensor<?x16xf32>",
            "TW0411",
            2,
            "tile.alloc_tensor makes a tensor of -1x16",
        ),
        (
            "%a = tile.empty : !tile.tile<4x16xf32>\n%x = tile.read %a[%c0, %c1] : !tile.tile<4x16xf32> -> f32",
            "TW0406",
            3,
            "tile.read reads %a at [0, 1], which was never defined",
        ),
    ],
)
def test_what_is_refused(parse: Parse, refused: Refused, body: str, code: str, line: int, message: str) -> None:
    arguments = "%t: !tile.tensor<?x16xf32>, %i: index, %n: index, %m: index"
    error = refused(lambda: run(parse, arguments, body, np.zeros((8, 16), np.float32), 6, 100, -1))
    assert error.location is not None
    assert (error.code, error.location.line) == (code, line)
    assert error.message.startswith(message)


def test_an_element_that_was_written_is_there(parse: Parse, refused: Refused) -> None:
    o, tensor = np.zeros((4, 16), np.float32), "!tile.tensor<4x16xf32>"
    body = f"""%a = tile.alloc_tensor() : {tensor}
%x = arith.constant 2.5 : f32
tile.write %x, %a[%c1, %c2] : f32, {tensor}
%y = tile.read %a[%i, %c2] : {tensor} -> f32
tile.write %y, %o[%c0, %c0] : f32, {tensor}"""
    run(parse, f"%o: {tensor}, %i: index", body, o, 1)
    assert o[0, 0] == 2.5
    error = refused(lambda: run(parse, f"%o: {tensor}, %i: index", body, o, 2))
    assert (error.code, error.message) == ("TW0406", "tile.read reads %a at [2, 2], which was never defined")


def test_fresh_tensors(parse: Parse) -> None:
    o = np.zeros((4, 16), np.float32)
    tile, tensor = "!tile.tile<4x16xf32>", "!tile.tensor<4x16xf32>"
    body = f"""%a = tile.alloc_tensor() : {tensor}
%b = tile.alloc_tensor(%c4) init 0.5 : f32 : !tile.tensor<?x16xf32>
%v = tile.tensor_reshape %a : {tensor} -> !tile.tensor<64xf32>
%x = tile.full 2.0 : f32 : {tile}
tile.store %x, %a[%c0, %c0] : {tile}, {tensor}
%w = tile.load %v[%c0] sizes [64] : !tile.tensor<64xf32> -> !tile.tile<1x64xf32>
%y = tile.reshape %w : !tile.tile<1x64xf32> -> {tile}
%z = tile.load %b[%c0, %c0] : !tile.tensor<?x16xf32> -> {tile}
%s = tile.add %y, %z : {tile}, {tile} -> {tile}
%e = tile.read %s[%c1, %c2] : {tile} -> f32
%r = tile.mul %s, %e : {tile}, f32 -> {tile}
tile.store %r, %o[%c0, %c0] : {tile}, {tensor}"""
    run(parse, f"%o: {tensor}", body, o)
    assert (o == 6.25).all()


@pytest.mark.parametrize(
    "row, column, defined", [(1, 3, True), (0, 4, True), (2, 3, False), (1, 5, False), (0, 0, False)]
)
def test_an_element_of_a_tile_in_part(parse: Parse, refused: Refused, row: int, column: int, *, defined: bool) -> None:
    """Two rows of five columns, the first three of which have a hole in the first row."""
    t, o = np.arange(128, dtype=np.float32).reshape(8, 16), np.zeros((1, 1), np.float32)
    part = "!tile.tile<4x8xf32, valid = 2x5>"
    body = f"""%e = tile.empty : {part}
%a = tile.load %t[%c0, %c0] sizes [1, 3] : !tile.tensor<8x16xf32> -> !tile.tile<1x3xf32>
%b = tile.load %t[%c4, %c0] sizes [2, 2] : !tile.tensor<8x16xf32> -> !tile.tile<2x2xf32>
%f = tile.insert %a into %e[%c1, %c0] : !tile.tile<1x3xf32> into {part} -> {part}
%g = tile.insert %b into %f[%c0, %c3] : !tile.tile<2x2xf32> into {part} -> {part}
%x = tile.read %g[%i, %j] : {part} -> f32
tile.write %x, %o[%c0, %c0] : f32, !tile.tensor<1x1xf32>"""
    arguments = "%t: !tile.tensor<8x16xf32>, %o: !tile.tensor<1x1xf32>, %i: index, %j: index"
    if defined:
        run(parse, arguments, body, t, o, row, column)
        assert o[0, 0] == 64 + row * 16 + column - 3
    else:
        error = refused(lambda: run(parse, arguments, body, t, o, row, column))
        assert error.message == f"tile.read reads %g at [{row}, {column}], which was never defined"


@pytest.mark.parametrize(
    "element, dtype, sum_", [("f16", np.float16, 2048), ("i8", np.int8, -126), ("i32", np.int32, 130)]
)
def test_an_atomic_store_adds_in_the_type_of_the_tensor(parse: Parse, element: str, dtype: Any, sum_: float) -> None:
    tensor, tile = f"!tile.tensor<2x8x{element}>", f"!tile.tile<2x8x{element}>"
    one, value = ("1.0", 2047.5) if element == "f16" else ("3", 127)
    o = np.full((2, 8), value, dtype)
    body = f"""%a = tile.full {one} : {element} : {tile}
%f = tile.alloc_tensor() : {tensor}
tile.store %a, %f[%c0, %c0] : {tile}, {tensor}
tile.store %a, %o[%c0, %c0] atomic add : {tile}, {tensor}"""
    run(parse, f"%o: {tensor}", body, o)
    assert (o == sum_).all()
