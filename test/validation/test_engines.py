"""Engine against engine against numpy, over generated shapes, types and loops."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ml_dtypes
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from xdsl.dialects.builtin import ModuleOp

from tilewright.dialects.parsing import parse_module
from tilewright.dialects.registry import make_context
from tilewright.execution.runner import run_function

from .oracles import build, emitted, needs_compiler, needs_pto_isa

DTYPES = {"i8": np.int8, "f16": np.float16, "bf16": ml_dtypes.bfloat16, "f32": np.float32}
ITEM_BYTES = {"i8": 1, "f16": 2, "bf16": 2, "f32": 4}


@dataclass(frozen=True)
class Gemm:
    """C[m, n] = A[m, steps * k] @ B[steps * k, n], in a loop over `steps` with two slots in Mat."""

    dtype: str
    m: int
    n: int
    k: int
    steps: int
    out: str

    @property
    def acc(self) -> str:
        return "i32" if self.dtype == "i8" else "f32"

    @property
    def rows(self) -> int:
        return -(-self.m // 16) * 16

    @property
    def columns(self) -> int:
        return -(-self.n // 32) * 32


@st.composite
def gemms(draw: st.DrawFn) -> Gemm:
    dtype = draw(st.sampled_from(sorted(DTYPES)))
    outs = ["i32"] if dtype == "i8" else ["f32", "f16", "bf16"]
    return Gemm(
        dtype,
        draw(st.integers(1, 40)),
        draw(st.integers(1, 70)),
        32 * draw(st.integers(1, 3)),
        draw(st.integers(1, 5)),
        draw(st.sampled_from(outs)),
    )


def _parse(text: str) -> ModuleOp:
    module = parse_module(make_context(), text, "generated.mlir")
    module.verify()
    return module


def tile_program(g: Gemm) -> ModuleOp:
    depth = g.k * g.steps
    ta, tb = f"!tile.tensor<{g.m}x{depth}x{g.dtype}>", f"!tile.tensor<{depth}x{g.n}x{g.dtype}>"
    to = f"!tile.tensor<{g.m}x{g.n}x{g.out}>"
    a = f"!tile.tile<{g.rows}x{g.k}x{g.dtype}, valid = {g.m}x{g.k}>"
    b = f"!tile.tile<{g.k}x{g.columns}x{g.dtype}, valid = {g.k}x{g.n}>"
    c = f"!tile.tile<{g.rows}x{g.columns}x{g.acc}, valid = {g.m}x{g.n}>"
    return _parse(f"""func.func @gemm(%a: {ta}, %b: {tb}, %o: {to}) {{
  %c0 = arith.constant 0 : index
  %step = arith.constant {g.k} : index
  %end = arith.constant {depth} : index
  %none = tile.empty : {c}
  %sum = tile.pipeline stages(2) %k = %c0 to %end step %step iter_args(%s = %none) -> ({c}) {{
    %first = arith.cmpi eq, %k, %c0 : index
    %x = tile.load %a[%c0, %k] : {ta} -> {a}
    %y = tile.load %b[%k, %c0] : {tb} -> {b}
    %t = tile.matmul acc(%s) init(%first) %x, %y : {a}, {b} -> {c}
    tile.yield %t : {c}
  }}
  tile.store %sum, %o[%c0, %c0] : {c}, {to}
  return
}}""")


def pto_program(g: Gemm) -> ModuleOp:
    depth = g.k * g.steps

    def tile(space: str, rows: int, columns: int, dtype: str, valid: str) -> str:
        layout = {
            "mat": "blayout=col_major, slayout=row_major",
            "left": "blayout=row_major, slayout=row_major",
            "right": "blayout=row_major, slayout=col_major",
            "acc": "blayout=col_major, slayout=row_major, fractal=1024",
        }[space]
        return f"!pto.tile_buf<{space}, {rows}x{columns}x{dtype}, valid={valid}, {layout}>"

    am = tile("mat", g.rows, g.k, g.dtype, f"{g.m}x{g.k}")
    bm = tile("mat", g.k, g.columns, g.dtype, f"{g.k}x{g.n}")
    left = tile("left", g.rows, g.k, g.dtype, f"{g.m}x{g.k}")
    right = tile("right", g.k, g.columns, g.dtype, f"{g.k}x{g.n}")
    acc = tile("acc", g.rows, g.columns, g.acc, f"{g.m}x{g.n}")
    ring = f"!pto.multi_tile_buf<{bm}, count=2>"
    a_bytes = g.rows * g.k * ITEM_BYTES[g.dtype]
    view, part = "!pto.tensor_view<?x?x", "!pto.partition_tensor_view<?x?x"
    return _parse(f"""func.func @gemm(
    %a: !pto.ptr<{g.dtype}>, %b: !pto.ptr<{g.dtype}>, %o: !pto.ptr<{g.out}>) {{
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %m = arith.constant {g.m} : index
  %n = arith.constant {g.n} : index
  %k = arith.constant {g.k} : index
  %depth = arith.constant {depth} : index
  %steps = arith.constant {g.steps} : index
  %zero = arith.constant 0 : i64
  %a_bytes = arith.constant {a_bytes} : i64
  %b_base = arith.constant {2 * a_bytes} : i64
  %va = pto.make_tensor_view %a, shape = [%m, %depth], strides = [%depth, %c1] : {view}{g.dtype}>
  %vb = pto.make_tensor_view %b, shape = [%depth, %n], strides = [%n, %c1] : {view}{g.dtype}>
  %vo = pto.make_tensor_view %o, shape = [%m, %n], strides = [%n, %c1] : {view}{g.out}>
  %bs = pto.alloc_multi_tile addr = %b_base : {ring}
  %l = pto.alloc_tile addr = %zero : {left}
  %r = pto.alloc_tile addr = %zero : {right}
  %c = pto.alloc_tile addr = %zero : {acc}
  scf.for %i = %c0 to %steps step %c1 {{
    %slot = arith.remui %i, %c2 : index
    %slot64 = arith.index_cast %slot : index to i64
    %a_addr = arith.muli %slot64, %a_bytes : i64
    %am = pto.alloc_tile addr = %a_addr : {am}
    %bm = pto.multi_tile_get %bs[%slot] : {ring} -> {bm}
    %at = arith.muli %i, %k : index
    %wa = pto.partition_view %va, offsets = [%c0, %at], sizes = [%m, %k]
      : {view}{g.dtype}> -> {part}{g.dtype}>
    %wb = pto.partition_view %vb, offsets = [%at, %c0], sizes = [%k, %n]
      : {view}{g.dtype}> -> {part}{g.dtype}>
    pto.tload ins(%wa : {part}{g.dtype}>) outs(%am : {am})
    pto.tload ins(%wb : {part}{g.dtype}>) outs(%bm : {bm})
    pto.tmov ins(%am : {am}) outs(%l : {left})
    pto.textract ins(%bm, %c0, %c0 : {bm}, index, index) outs(%r : {right})
    %first = arith.cmpi eq, %i, %c0 : index
    scf.if %first {{
      pto.tmatmul ins(%l, %r : {left}, {right}) outs(%c : {acc})
    }} else {{
      pto.tmatmul.acc ins(%c, %l, %r : {acc}, {left}, {right}) outs(%c : {acc})
    }}
  }}
  %wo = pto.partition_view %vo, offsets = [%c0, %c0], sizes = [%m, %n]
    : {view}{g.out}> -> {part}{g.out}>
  pto.tstore ins(%c : {acc}) outs(%wo : {part}{g.out}>)
  return
}}""")


def _inputs(g: Gemm, seed: int, *, exact: bool) -> tuple[Any, Any]:
    """Full-range i8; floats are small integers (every order of sums is exact), or arbitrary."""
    rng, depth = np.random.default_rng(seed), g.k * g.steps
    shapes = (g.m, depth), (depth, g.n)
    if g.dtype == "i8":
        arrays = [rng.integers(-128, 128, shape) for shape in shapes]
    elif exact:
        arrays = [rng.integers(-8, 9, shape) for shape in shapes]
    else:
        arrays = [rng.standard_normal(shape) for shape in shapes]
    a, b = (array.astype(DTYPES[g.dtype]) for array in arrays)
    return a, b


def _run_both(g: Gemm, a: Any, b: Any) -> tuple[Any, Any]:
    dtype = np.int32 if g.out == "i32" else DTYPES[g.out]
    outputs = [np.full((g.m, g.n), 77, dtype) for _ in range(2)]
    for program, output in zip((tile_program(g), pto_program(g)), outputs, strict=True):
        report = run_function(program, "gemm", [a, b, output])
        assert (report.counts.matmuls, report.counts.loads["a"]) == (g.steps, g.steps)
        assert ("acc", "acc") not in report.counts.moves
    return outputs[0], outputs[1]


@settings(max_examples=60, deadline=None)
@given(gemms(), st.integers(0, 2**32 - 1))
def test_exact_sums_agree_bit_for_bit(g: Gemm, seed: int) -> None:
    a, b = _inputs(g, seed, exact=True)
    by_value, by_bytes = _run_both(g, a, b)
    expected = (a.astype(np.float64) @ b.astype(np.float64)).astype(by_value.dtype)
    assert np.array_equal(by_value, expected)
    assert by_value.tobytes() == by_bytes.tobytes()


@settings(max_examples=30, deadline=None)
@given(gemms().filter(lambda g: g.out == "f32"), st.integers(0, 2**32 - 1))
def test_rounded_sums_agree_up_to_rounding(g: Gemm, seed: int) -> None:
    a, b = _inputs(g, seed, exact=False)
    by_value, by_bytes = _run_both(g, a, b)
    wide_a, wide_b = a.astype(np.float64), b.astype(np.float64)
    # The error of a float32 sum is bounded by depth * epsilon * sum of |a * b|, in any order.
    bound = g.k * g.steps * np.finfo(np.float32).eps * (np.abs(wide_a) @ np.abs(wide_b))
    for result in (by_value, by_bytes):
        assert (np.abs(result - wide_a @ wide_b) <= bound).all()


def _on_the_way_out(element: str, out: str, store: str) -> str:
    """A product of 16x64 and 64x32, stored by `store`, which may scale by `%q`."""
    total = "i32" if element == "i8" else "f32"
    tiles = {
        "am": f"!pto.tile_buf<mat, 16x64x{element}, blayout=col_major, slayout=row_major>",
        "bm": f"!pto.tile_buf<mat, 64x32x{element}, blayout=col_major, slayout=row_major>",
        "l": f"!pto.tile_buf<left, 16x64x{element}, blayout=row_major, slayout=row_major>",
        "r": f"!pto.tile_buf<right, 64x32x{element}, blayout=row_major, slayout=col_major>",
        "acc": f"!pto.tile_buf<acc, 16x32x{total}, blayout=col_major, slayout=row_major, fractal=1024>",
    }
    lines = ["%c0 = arith.constant 0 : index", "%c1 = arith.constant 1 : index"]
    lines += [f"%n{number} = arith.constant {number} : index" for number in (16, 32, 64)]
    lines += [
        f"%q = arith.constant {_SCALE} : i64",
        "%high = arith.constant 65536 : i64",
        "%low = arith.constant 0 : i64",
    ]
    for name, (rows, columns, type_) in {"a": (16, 64, element), "b": (64, 32, element), "o": (16, 32, out)}.items():
        view, part = f"!pto.tensor_view<?x?x{type_}>", f"!pto.partition_tensor_view<{rows}x{columns}x{type_}>"
        extents = f"%n{rows}, %n{columns}"
        lines.append(
            f"%v{name} = pto.make_tensor_view %{name}, shape = [{extents}], strides = [%n{columns}, %c1] : {view}"
        )
        lines.append(
            f"%w{name} = pto.partition_view %v{name}, offsets = [%c0, %c0], sizes = [{extents}] : {view} -> {part}"
        )
    for name, type_ in tiles.items():
        lines.append(f"%{name} = pto.alloc_tile addr = %{'high' if name == 'bm' else 'low'} : {type_}")
    for name, rows, columns in (("a", 16, 64), ("b", 64, 32)):
        part = f"!pto.partition_tensor_view<{rows}x{columns}x{element}>"
        lines.append(f"pto.tload ins(%w{name} : {part}) outs(%{name}m : {tiles[name + 'm']})")
    lines.append(f"pto.tmov ins(%am : {tiles['am']}) outs(%l : {tiles['l']})")
    lines.append(f"pto.tmov ins(%bm : {tiles['bm']}) outs(%r : {tiles['r']})")
    lines.append(f"pto.tmatmul ins(%l, %r : {tiles['l']}, {tiles['r']}) outs(%acc : {tiles['acc']})")
    inside = f"%acc : {tiles['acc']}" + (", %q : i64" if "scaled" in store else "")
    more = store.replace("scaled", "").strip()
    lines.append(f"pto.tstore ins({inside}) outs(%wo : !pto.partition_tensor_view<16x32x{out}>) {{{more}}}")
    head = f"func.func @out(%a: !pto.ptr<{element}>, %b: !pto.ptr<{element}>, %o: !pto.ptr<{out}>)"
    return head + " attributes {pto.kernel_kind = #pto.kernel_kind<cube>} {\n" + "\n".join(lines) + "\nreturn\n}"


_SCALE = (1 << 46) | (118 << 23)
"""A factor of 2**-9 for signed results."""


@needs_pto_isa
@needs_compiler
@pytest.mark.parametrize(
    "element, out, store",
    [
        ("f16", "f16", ""),
        ("f16", "f32", "reluPreMode = #pto<relu_pre_mode normal_relu>"),
        ("f32", "f32", "atomicType = #pto<atomic_type atomic_add>"),
        ("i8", "i8", "scaled"),
        ("i8", "i32", "reluPreMode = #pto<relu_pre_mode normal_relu>"),
        ("i8", "i8", "scaled reluPreMode = #pto<relu_pre_mode normal_relu>"),
    ],
)
def test_the_way_out_of_acc_is_as_in_the_simulator(element: str, out: str, store: str, tmp_path: Path) -> None:
    random = np.random.default_rng(4)
    low, high = (-128, 128) if element == "i8" else (-8, 9)
    a, b = (random.integers(low, high, shape).astype(DTYPES[element]) for shape in ((16, 64), (64, 32)))
    dtype = np.int32 if out == "i32" else DTYPES[out]
    theirs, ours = (np.full((16, 32), 3, dtype) for _ in range(2))
    module = _parse(_on_the_way_out(element, out, store))
    build(emitted("cce", module), "out", tmp_path)(a.copy(), b.copy(), theirs)
    run_function(module, "out", [a, b, ours], "physical")
    assert ours.tobytes() == theirs.tobytes()
