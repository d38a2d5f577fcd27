"""Whole runs: programs without addresses, scalars from memory, parts, layouts of views, and failures."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from xdsl.dialects.builtin import ModuleOp

from tilewright.dialects.diagnostics import Diagnostic
from tilewright.execution.runner import run_function

Parse = Callable[[str], ModuleOp]
Refused = Callable[[Callable[[], object]], Diagnostic]

TILE = "!pto.tile_buf<vec, 8x16xf32>"
VIEW = "!pto.tensor_view<?x?xf32>"
PART = "!pto.partition_tensor_view<8x16xf32>"


def _copy(rows: int = 8, between: str = "", head: str = "%t = pto.alloc_tile") -> str:
    return f"""func.func @f(%x: !pto.ptr<f32>, %y: !pto.ptr<f32>) {{
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c8 = arith.constant 8 : index
  %c16 = arith.constant 16 : index
  %n = arith.constant {rows} : index
  {head} : {TILE}
  %xv = pto.make_tensor_view %x, shape = [%c8, %c16], strides = [%c16, %c1] : {VIEW}
  %xw = pto.partition_view %xv, offsets = [%c0, %c0], sizes = [%c8, %c16] : {VIEW} -> {PART}
  %yv = pto.make_tensor_view %y, shape = [%n, %c16], strides = [%c16, %c1] : {VIEW}
  pto.tload ins(%xw : {PART}) outs(%t : {TILE})
  %yw = pto.partition_view %yv, offsets = [%c0, %c0], sizes = [%c8, %c16] : {VIEW} -> {PART}
  pto.tstore ins(%t : {TILE}) outs(%yw : {PART})
  {between}
  return
}}"""


def _arrays() -> tuple[np.ndarray, np.ndarray]:
    return np.arange(128, dtype=np.float32).reshape(8, 16), np.zeros((8, 16), np.float32)


def test_a_program_without_addresses_is_planned_first(parse: Parse) -> None:
    x, y = _arrays()
    module = parse(_copy())
    before = str(module)
    run_function(module, None, [x, y])
    assert np.array_equal(x, y)
    assert str(module) == before


def test_one_array_for_two_arguments(parse: Parse) -> None:
    x, _ = _arrays()
    expected = x.copy()
    run_function(parse(_copy()), None, [x, x])
    assert np.array_equal(x, expected)


def test_a_run_that_fails_leaves_no_half_of_a_result(parse: Parse, refused: Refused) -> None:
    x, y = _arrays()
    module = parse(_copy(between="%z = arith.divui %c0, %c0 : index"))
    error = refused(lambda: run_function(module, None, [x, y]))
    assert (error.code, str(error.location)) == ("TW0412", "test.pto:14:8")
    assert not y.any()


def test_a_place_in_a_program_that_was_planned(parse: Parse, refused: Refused) -> None:
    error = refused(lambda: run_function(parse(_copy(rows=4)), None, [*_arrays()]))
    assert (error.code, str(error.location)) == ("TW0410", "test.pto:12:9")


def test_arrays_that_overlap_in_part(parse: Parse, refused: Refused) -> None:
    whole = np.zeros(256, np.float32)
    error = refused(lambda: run_function(parse(_copy()), None, [whole[:128], whole[64:192]]))
    assert (error.code, error.message) == ("TW0417", "arguments x and y overlap")
    run_function(parse(_copy()), None, [whole[:128], whole[128:]])


def test_an_array_at_an_odd_place(parse: Parse, refused: Refused) -> None:
    odd = np.zeros(128 * 4 + 1, np.uint8)[1:].view(np.float32)
    error = refused(lambda: run_function(parse(_copy()), None, [odd, odd]))
    assert error.code == "TW0404"
    assert "multiple of its 4 bytes" in error.message


def test_floats_and_memrefs_are_arguments(parse: Parse, refused: Refused) -> None:
    module = parse("""func.func @f(%m: memref<4xf32>, %x: f16) {
  %c2 = arith.constant 2 : index
  %y = arith.extf %x : f16 to f32
  pto.store_scalar %y, %m[%c2] : memref<4xf32>, f32
  return
}""")
    array = np.zeros(4, np.float32)
    run_function(module, None, [array, 0.1])
    assert array.tolist() == [0.0, 0.0, float(np.float16(0.1)), 0.0]
    shape = refused(lambda: run_function(module, None, [np.zeros(5, np.float32), 0.1]))
    number = refused(lambda: run_function(module, None, [array, "1"]))
    assert (shape.code, number.code) == ("TW0403", "TW0402")


def test_scalars_come_from_memory(parse: Parse, refused: Refused) -> None:
    """The number of iterations lies in global memory, what is added in a tile."""
    module = parse("""func.func @f(%n: !pto.ptr<i32>, %x: !pto.ptr<i8>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c5 = arith.constant 5 : index
  %c33 = arith.constant 33 : index
  %a = arith.constant 64 : i64
  %one = arith.constant 100 : i8
  %t = pto.alloc_tile addr = %a : !pto.tile_buf<vec, 2x32xi8>
  pto.tsetval ins(%c33, %one : index, i8) outs(%t : !pto.tile_buf<vec, 2x32xi8>)
  %count = pto.load_scalar %n[%c1] : !pto.ptr<i32> -> i32
  %end = arith.index_cast %count : i32 to index
  scf.for %i = %c0 to %end step %c1 {
    %s = pto.tgetval ins(%t, %c33 : !pto.tile_buf<vec, 2x32xi8>, index) outs : i8
    %d = arith.addi %s, %s : i8
    pto.tsetval ins(%c33, %d : index, i8) outs(%t : !pto.tile_buf<vec, 2x32xi8>)
    pto.store_scalar %d, %x[%i] : !pto.ptr<i8>, i8
  }
  return
}""")
    out = np.zeros(4, np.int8)
    run_function(module, None, [np.array([9, 3], np.int32), out])
    assert out.tolist() == [-56, -112, 32, 0]
    error = refused(lambda: run_function(module, None, [np.array([9], np.int32), out]))
    assert (error.code, str(error.location)) == ("TW0410", "test.pto:10:12")


def test_an_element_that_nothing_has_written(parse: Parse, refused: Refused) -> None:
    module = parse("""func.func @f(%i: index) {
  %a = arith.constant 64 : i64
  %t = pto.alloc_tile addr = %a : !pto.tile_buf<vec, 2x32xi8>
  %s = pto.tgetval ins(%t, %i : !pto.tile_buf<vec, 2x32xi8>, index) outs : i8
  return
}""")
    error = refused(lambda: run_function(module, None, [3]))
    assert (error.code, str(error.location)) == ("TW0408", "test.pto:4:8")
    assert error.message == "pto.tgetval reads bytes 67 to 68 of vec, which nothing has written"


def test_parts_of_a_tile_are_loaded_on_their_own(parse: Parse) -> None:
    half = "!pto.partition_tensor_view<8x8xf32>"
    text = _copy(head="%a = arith.constant 0 : i64\n  %t = pto.alloc_tile addr = %a")
    load = f"pto.tload ins(%xw : {PART}) outs(%t : {TILE})"
    parts = "\n".join(
        f"  %w{n} = pto.partition_view %xv, offsets = [%c0, {start}], sizes = [%c8, %c8] : {VIEW} -> {half}\n"
        f"  %s{n} = pto.subset %t[%c0, {other}] sizes [8, 8] : {TILE}\n"
        f"  pto.tload ins(%w{n} : {half}) outs(%s{n} : !pto.tile_buf<vec, 8x8xf32>)"
        for n, (start, other) in enumerate((("%c0", "%c8"), ("%c8", "%c0")))
    )
    x, y = _arrays()
    run_function(parse(text.replace(load, parts)), None, [x, y])
    assert np.array_equal(y, np.concatenate([x[:, 8:], x[:, :8]], axis=1))


VIEW5 = "!pto.tensor_view<1x4x2x16x32xi8>"
PART5 = "!pto.partition_tensor_view<1x2x2x16x32xi8>"
MAT = "!pto.tile_buf<mat, 32x64xi8, blayout=col_major, slayout=row_major>"
LEFT = "!pto.tile_buf<left, 32x64xi8, blayout=row_major, slayout=row_major>"
UNIT_VIEW = "!pto.tensor_view<64x32xi8>"
UNIT_PART = "!pto.partition_tensor_view<64x32xi8>"
OUT_VIEW = "!pto.tensor_view<32x32xi32>"
OUT_PART = "!pto.partition_tensor_view<32x32xi32>"
RIGHT = "!pto.tile_buf<right, 64x32xi8, blayout=row_major, slayout=col_major>"


def test_a_tensor_of_fractals(parse: Parse) -> None:
    """Loads half of the columns of a tensor that lies in fractals, and multiplies them with the unit matrix."""
    acc = "!pto.tile_buf<acc, 32x32xi32, blayout=col_major, slayout=row_major, fractal=1024>"
    module = parse(f"""func.func @f(%x: !pto.ptr<i8>, %u: !pto.ptr<i8>, %y: !pto.ptr<i32>) {{
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %c4 = arith.constant 4 : index
  %c16 = arith.constant 16 : index
  %c32 = arith.constant 32 : index
  %c64 = arith.constant 64 : index
  %c512 = arith.constant 512 : index
  %c1024 = arith.constant 1024 : index
  %c4096 = arith.constant 4096 : index
  %a = arith.constant 0 : i64
  %b = arith.constant 4096 : i64
  %m = pto.alloc_tile addr = %a : {MAT}
  %e = pto.alloc_tile addr = %b : {MAT.replace("32x64", "64x32")}
  %l = pto.alloc_tile addr = %a : {LEFT}
  %r = pto.alloc_tile addr = %a : {RIGHT}
  %d = pto.alloc_tile addr = %a : {acc}
  %v = pto.make_tensor_view %x, shape = [%c1, %c4, %c2, %c16, %c32],
    strides = [%c4096, %c1024, %c512, %c32, %c1] : {VIEW5}
  %w = pto.partition_view %v, offsets = [%c0, %c2, %c0, %c0, %c0],
    sizes = [%c1, %c2, %c2, %c16, %c32] : {VIEW5} -> {PART5}
  %uv = pto.make_tensor_view %u, shape = [%c64, %c32], strides = [%c32, %c1] : {UNIT_VIEW}
  %uw = pto.partition_view %uv, offsets = [%c0, %c0], sizes = [%c64, %c32] : {UNIT_VIEW} -> {UNIT_PART}
  %yv = pto.make_tensor_view %y, shape = [%c32, %c32], strides = [%c32, %c1] : {OUT_VIEW}
  %yw = pto.partition_view %yv, offsets = [%c0, %c0], sizes = [%c32, %c32] : {OUT_VIEW} -> {OUT_PART}
  pto.tload ins(%w : {PART5}) outs(%m : {MAT})
  pto.tload ins(%uw : {UNIT_PART}) outs(%e : {MAT.replace("32x64", "64x32")})
  pto.tmov ins(%m : {MAT}) outs(%l : {LEFT})
  pto.tmov ins(%e : {MAT.replace("32x64", "64x32")}) outs(%r : {RIGHT})
  pto.tmatmul ins(%l, %r : {LEFT}, {RIGHT}) outs(%d : {acc})
  pto.tstore ins(%d : {acc}) outs(%yw : {OUT_PART})
  return
}}""")
    matrix = np.random.default_rng(0).integers(-128, 127, (32, 128), np.int8)
    fractals = matrix.reshape(2, 16, 4, 32).transpose(2, 0, 1, 3).copy()
    unit = np.eye(64, 32, -32, dtype=np.int8)
    y = np.zeros((32, 32), np.int32)
    run_function(module, None, [fractals, unit, y])
    assert np.array_equal(y, matrix[:, 96:])


@pytest.mark.parametrize("columns", [8, 16])
def test_a_column_major_tensor(parse: Parse, columns: int) -> None:
    tile = f"!pto.tile_buf<vec, 8x{columns}xf32, blayout=col_major>"
    part = f"!pto.partition_tensor_view<8x{columns}xf32>"
    module = parse(f"""func.func @f(%x: !pto.ptr<f32>, %y: !pto.ptr<f32>) {{
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c8 = arith.constant 8 : index
  %n = arith.constant {columns} : index
  %t = pto.alloc_tile : {tile}
  %xv = pto.make_tensor_view %x, shape = [%c8, %n], strides = [%c1, %c8] {{layout = #pto.layout<dn>}} : {VIEW}
  %xw = pto.partition_view %xv, offsets = [%c0, %c0], sizes = [%c8, %n] : {VIEW} -> {part}
  %yv = pto.make_tensor_view %y, shape = [%c8, %n], strides = [%c1, %c8] {{layout = #pto.layout<dn>}} : {VIEW}
  %yw = pto.partition_view %yv, offsets = [%c0, %c0], sizes = [%c8, %n] : {VIEW} -> {part}
  pto.tload ins(%xw : {part}) outs(%t : {tile})
  pto.tstore ins(%t : {tile}) outs(%yw : {part})
  return
}}""")
    x = np.arange(8 * columns, dtype=np.float32)
    y = np.zeros_like(x)
    run_function(module, None, [x, y])
    assert np.array_equal(x, y)
