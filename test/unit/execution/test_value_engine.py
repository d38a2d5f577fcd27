"""Each operation of the `tile` dialect on values."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ml_dtypes
import numpy as np
import pytest
from xdsl.dialects.builtin import ModuleOp

from tilewright.dialects.diagnostics import Diagnostic
from tilewright.execution.runner import run_function

Parse = Callable[[str], ModuleOp]
Refused = Callable[[Callable[[], object]], Diagnostic]

DTYPES = {"i8": np.int8, "f16": np.float16, "bf16": ml_dtypes.bfloat16, "f32": np.float32}


def _data(shape: tuple[int, int], dtype: Any, seed: int = 0) -> Any:
    """Full-range i8, else small integers, which every float type sums exactly in any order."""
    low, high = (-128, 128) if dtype is np.int8 else (-8, 8)
    return np.random.default_rng(seed).integers(low, high, shape).astype(dtype)


def _tensor(shape: str) -> str:
    return f"!tile.tensor<{shape}>"


def _tile(shape: str) -> str:
    return f"!tile.tile<{shape}>"


@pytest.mark.parametrize("dtype", ["i8", "f16", "bf16", "f32"])
def test_matmul_with_two_right_operands(parse: Parse, dtype: str) -> None:
    acc = "i32" if dtype == "i8" else "f32"
    a, b, c = _tile(f"16x32x{dtype}"), _tile(f"32x24x{dtype}"), _tile(f"16x24x{acc}")
    module = parse(f"""func.func @f(
    %a: {_tensor(f"16x32x{dtype}")}, %b: {_tensor(f"32x48x{dtype}")},
    %o: {_tensor(f"16x48x{acc}")}) {{
  %c0 = arith.constant 0 : index
  %c24 = arith.constant 24 : index
  %x = tile.load %a[%c0, %c0] : {_tensor(f"16x32x{dtype}")} -> {a}
  %y = tile.load %b[%c0, %c0] : {_tensor(f"32x48x{dtype}")} -> {b}
  %z = tile.load %b[%c0, %c24] : {_tensor(f"32x48x{dtype}")} -> {b}
  %p, %q = tile.matmul %x, %y, %z : {a}, {b}, {b} -> {c}, {c}
  tile.store %p, %o[%c0, %c0] : {c}, {_tensor(f"16x48x{acc}")}
  tile.store %q, %o[%c0, %c24] : {c}, {_tensor(f"16x48x{acc}")}
  return
}}""")
    x, y = _data((16, 32), DTYPES[dtype]), _data((32, 48), DTYPES[dtype], 1)
    o = np.zeros((16, 48), np.int32 if dtype == "i8" else np.float32)
    report = run_function(module, None, [x, y, o])
    assert np.array_equal(o, x.astype(np.float64) @ y.astype(np.float64))
    assert report.counts.matmuls == 2
    assert report.counts.loads == {"a": 1, "b": 2}
    assert report.counts.stores == {"o": 2}


def _loop(loop: str, first: str, matmul: str) -> str:
    """Three steps over K; `first` starts the accumulator, `matmul` continues it."""
    return f"""func.func @f(%a: {_tensor("16x96xi8")}, %b: {_tensor("96x16xi8")},
    %o: {_tensor("16x16xi32")}) {{
  %c0 = arith.constant 0 : index
  %c32 = arith.constant 32 : index
  %c96 = arith.constant 96 : index
  %start = {first}
  %sum = {loop} {{
    %x = tile.load %a[%c0, %k] : {_tensor("16x96xi8")} -> {_tile("16x32xi8")}
    %y = tile.load %b[%k, %c0] : {_tensor("96x16xi8")} -> {_tile("32x16xi8")}
    %first = arith.cmpi eq, %k, %c0 : index
    %t = tile.matmul {matmul} %x, %y
      : {_tile("16x32xi8")}, {_tile("32x16xi8")} -> {_tile("16x16xi32")}
    {"tile" if "pipeline" in loop else "scf"}.yield %t : {_tile("16x16xi32")}
  }}
  tile.store %sum, %o[%c0, %c0] : {_tile("16x16xi32")}, {_tensor("16x16xi32")}
  return
}}"""


CARRY = f"iter_args(%s = %start) -> ({_tile('16x16xi32')})"
FOR = f"scf.for %k = %c0 to %c96 step %c32 {CARRY}"
PIPELINE = f"tile.pipeline stages(2) %k = %c0 to %c96 step %c32 {CARRY}"
EMPTY = f"tile.empty : {_tile('16x16xi32')}"
MINUS = f"tile.full -5 : i32 : {_tile('16x16xi32')}"


@pytest.mark.parametrize("loop", [FOR, PIPELINE], ids=["for", "pipeline"])
@pytest.mark.parametrize(
    "first, matmul, start",
    [
        (EMPTY, "acc(%s) init(%first)", 0),
        (MINUS, "acc(%s)", -5),
        (MINUS, "acc(%s) init(%first)", 0),
    ],
)
def test_loops_over_k(parse: Parse, loop: str, first: str, matmul: str, start: int) -> None:
    a, b = _data((16, 96), np.int8), _data((96, 16), np.int8, 1)
    o = np.zeros((16, 16), np.int32)
    run_function(parse(_loop(loop, first, matmul)), None, [a, b, o])
    assert np.array_equal(o, a.astype(np.int64) @ b.astype(np.int64) + start)


def test_accumulating_onto_nothing(parse: Parse, refused: Refused) -> None:
    module = parse(_loop(PIPELINE, EMPTY, "acc(%s)"))
    a, b = _data((16, 96), np.int8), _data((96, 16), np.int8, 1)
    error = refused(lambda: run_function(module, None, [a, b, np.zeros((16, 16), np.int32)]))
    assert (error.code, str(error.location)) == ("TW0406", "test.pto:11:10")
    assert error.message == "tile.matmul reads %s, but none of its elements is defined"
    assert "init(%first)" in error.help[0]
    assert len(error.help) == 1


def test_an_i32_accumulator_wraps(parse: Parse) -> None:
    first = MINUS.replace("-5", "2147483647")
    a, b = np.ones((16, 96), np.int8), np.ones((96, 16), np.int8)
    o = np.zeros((16, 16), np.int32)
    run_function(parse(_loop(FOR, first, "acc(%s)")), None, [a, b, o])
    assert (o == -(2**31) + 95).all()


PLACED = f"""func.func @f(%a: {_tensor("5x64xbf16")}, %b: {_tensor("64x32xbf16")},
    %o: {_tensor("5x32xbf16")}, %n: index) {{
  %c0 = arith.constant 0 : index
  %ring = tile.ring : !tile.ring<2 x !tile.tile<16x64xbf16, mat, valid = 5x64>>
  %lefts = tile.ring : !tile.ring<2 x !tile.tile<16x32xbf16, left, valid = 5x32>>
  %x = tile.load %a[%c0, %c0] into %ring[%c0]
    of !tile.ring<2 x !tile.tile<16x64xbf16, mat, valid = 5x64>>
    : {_tensor("5x64xbf16")} -> !tile.tile<16x64xbf16, mat, valid = 5x64>
  %y = tile.load %b[%c0, %c0] : {_tensor("64x32xbf16")} -> !tile.tile<64x32xbf16, mat>
  %l = tile.extract %x[%c0, %n] into %lefts[%c0]
    of !tile.ring<2 x !tile.tile<16x32xbf16, left, valid = 5x32>>
    : !tile.tile<16x64xbf16, mat, valid = 5x64> -> !tile.tile<16x32xbf16, left, valid = 5x32>
  %r = tile.extract %y[%n, %c0]
    : !tile.tile<64x32xbf16, mat> -> !tile.tile<32x32xbf16, right>
  %s = tile.matmul %l, %r : !tile.tile<16x32xbf16, left, valid = 5x32>,
    !tile.tile<32x32xbf16, right> -> !tile.tile<16x32xf32, acc, valid = 5x32>
  %m = tile.move %s : !tile.tile<16x32xf32, acc, valid = 5x32>
    -> !tile.tile<16x32xbf16, mat, valid = 5x32>
  tile.store %m, %o[%c0, %c0]
    : !tile.tile<16x32xbf16, mat, valid = 5x32>, {_tensor("5x32xbf16")}
  return
}}"""


def test_placed_tiles_with_five_valid_rows(parse: Parse) -> None:
    a = _data((5, 64), ml_dtypes.bfloat16) / ml_dtypes.bfloat16(3)
    b, o = _data((64, 32), ml_dtypes.bfloat16, 1), np.zeros((5, 32), ml_dtypes.bfloat16)
    report = run_function(parse(PLACED), "f", [a, b, o, 32])
    expected = a[:, 32:].astype(np.float32) @ b[32:].astype(np.float32)
    assert np.array_equal(o, expected.astype(ml_dtypes.bfloat16))
    assert report.counts.moves == {("mat", "left"): 1, ("mat", "right"): 1, ("acc", "mat"): 1}
    assert report.counts.load_bytes["a"] == 5 * 64 * 2


def test_an_accumulator_in_acc_that_nothing_began(parse: Parse, refused: Refused) -> None:
    acc = "!tile.tile<16x32xf32, acc, valid = 5x32>"
    text = PLACED.replace("%s = tile.matmul %l", f"%e = tile.empty : {acc}\n  %s = tile.matmul acc(%e) %l")
    arrays = [np.zeros(s, ml_dtypes.bfloat16) for s in ((5, 64), (64, 32), (5, 32))]
    error = refused(lambda: run_function(parse(text), "f", [*arrays, 0]))
    assert (error.code, error.help[1:]) == ("TW0406", ("its loop has to run at least once (TW0209)",))


def test_an_extract_outside_of_its_source(parse: Parse, refused: Refused) -> None:
    arrays = [np.zeros(s, ml_dtypes.bfloat16) for s in ((5, 64), (64, 32), (5, 32))]
    error = refused(lambda: run_function(parse(PLACED), "f", [*arrays, 48]))
    assert (error.code, str(error.location)) == ("TW0410", "test.pto:10:8")
    assert "at [0, 48] leaves %x: dimension 1 ends at 64, the window at 80" in error.message


def test_an_extract_beyond_what_is_defined(parse: Parse, refused: Refused) -> None:
    part, whole = "!tile.tile<16x64xi8, valid = 16x40>", _tile("16x32xi8")
    module = parse(f"""func.func @f(
    %a: {_tensor("16x40xi8")}, %o: {_tensor("16x32xi8")}, %n: index) {{
  %c0 = arith.constant 0 : index
  %x = tile.load %a[%c0, %c0] : {_tensor("16x40xi8")} -> {part}
  %y = tile.extract %x[%c0, %n] : {part} -> {whole}
  tile.store %y, %o[%c0, %c0] : {whole}, {_tensor("16x32xi8")}
  return
}}""")
    a, o = _data((16, 40), np.int8), np.zeros((16, 32), np.int8)
    run_function(module, "f", [a, o, 8])
    assert np.array_equal(o, a[:, 8:])
    error = refused(lambda: run_function(module, "f", [a, o, 16]))
    assert (error.code, str(error.location)) == ("TW0406", "test.pto:6:3")
    assert "only 16x24 of its valid 16x32 elements are defined" in error.message


@pytest.mark.parametrize("out, dtype", [("f16", np.float16), ("bf16", ml_dtypes.bfloat16)])
def test_a_store_rounds_to_nearest_even(parse: Parse, out: str, dtype: Any) -> None:
    module = parse(f"""func.func @f(%o: {_tensor(f"4x8x{out}")}) {{
  %c0 = arith.constant 0 : index
  %x = tile.full 1.00390625 : f32 : {_tile("4x8xf32")}
  tile.store %x, %o[%c0, %c0] : {_tile("4x8xf32")}, {_tensor(f"4x8x{out}")}
  return
}}""")
    o = np.zeros((4, 8), dtype)
    run_function(module, None, [o])
    assert (o == (1.0 if out == "bf16" else 1.00390625)).all()


MOVING = f"""func.func @f(%a: {_tensor("?x32xi8")}, %i: index) {{
  %c0 = arith.constant 0 : index
  %x = tile.load %a[%c0, %c0] : {_tensor("?x32xi8")} -> {_tile("16x32xi8")}
  tile.store %x, %a[%i, %c0] : {_tile("16x32xi8")}, {_tensor("?x32xi8")}
  return
}}"""


def test_a_loaded_tile_is_a_copy(parse: Parse) -> None:
    a = _data((24, 32), np.int8)
    before = a.copy()
    run_function(parse(MOVING), None, [a, 8])
    assert np.array_equal(a, np.concatenate([before[:8], before[:16]]))


def test_a_column_slice_of_an_array_is_used_in_place(parse: Parse) -> None:
    wide = _data((32, 64), np.int8)
    before = wide.copy()
    run_function(parse(MOVING), None, [wide[:, 32:], 16])
    assert np.array_equal(wide[16:, 32:], before[:16, 32:])
    assert np.array_equal(wide[:, :32], before[:, :32])


@pytest.mark.parametrize("rows, offset, line", [(15, 0, 3), (24, 9, 4), (24, -1, 4)])
def test_a_window_outside_of_its_tensor(parse: Parse, refused: Refused, rows: int, offset: int, line: int) -> None:
    array = np.zeros((rows, 32), np.int8)
    error = refused(lambda: run_function(parse(MOVING), None, [array, offset]))
    assert error.location is not None
    assert (error.code, error.location.line) == ("TW0410", line)
    assert f"leaves a: dimension 0 ends at {rows}" in error.message


def test_a_call(parse: Parse) -> None:
    module = parse(f"""func.func @f(%o: {_tensor("4x8xf32")}) {{
  func.call @fill(%o) : ({_tensor("4x8xf32")}) -> ()
  return
}}
func.func @fill(%o: {_tensor("4x8xf32")}) {{
  %c0 = arith.constant 0 : index
  %x = tile.full 2.5 : f32 : {_tile("4x8xf32")}
  tile.store %x, %o[%c0, %c0] : {_tile("4x8xf32")}, {_tensor("4x8xf32")}
  return
}}""")
    o = np.zeros((4, 8), np.float32)
    run_function(module, "f", [o])
    assert (o == 2.5).all()


@pytest.mark.parametrize(
    "body, code, place, message",
    [
        ("%r = arith.remui %i, %i : index", "TW0412", "2:6", "arith.remui has no value"),
        ("%r = arith.divsi %i, %i : index", "TW0412", "2:6", "arith.divsi has no value"),
        ("scf.for %k = %i to %i step %i {\n}", "TW0412", "2:1", "scf.for has no value"),
        (
            "tile.pipeline stages(1) %k = %i to %i step %i {\n}",
            "TW0412",
            "2:1",
            "the step of a pipeline is positive, got 0",
        ),
        ("func.call @f(%i) : (index) -> ()", "TW0413", "2:1", "func.call calls itself"),
        ("%m = memref.alloc() : memref<4xf32>", "TW0405", "2:6", "memref.alloc cannot be executed"),
    ],
)
def test_what_has_no_meaning(parse: Parse, refused: Refused, body: str, code: str, place: str, message: str) -> None:
    module = parse(f"func.func @f(%i: index) {{\n{body}\nreturn\n}}")
    error = refused(lambda: run_function(module, None, [0], "value"))
    assert (error.code, str(error.location)) == (code, f"test.pto:{place}")
    assert error.message.startswith(message)


def test_an_unexpected_failure_is_not_hidden(parse: Parse, monkeypatch: pytest.MonkeyPatch) -> None:
    from tilewright.execution import value_movement

    def broken(*_: object) -> None:
        raise KeyError("a defect of ours")

    monkeypatch.setattr(value_movement, "window_places", broken)
    with pytest.raises(KeyError, match="a defect of ours"):
        run_function(parse(MOVING), None, [np.zeros((16, 32), np.int8), 0])
