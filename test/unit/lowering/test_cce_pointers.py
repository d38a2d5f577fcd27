"""Pointers, single elements of global memory, and memrefs in C++."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tilewright.dialects.diagnostics import DiagnosticError

CceLines = Callable[[str], list[str]]
BodyLines = Callable[[str], list[str]]
ToCce = Callable[[str], str]

_VEC = "memref<8x8xf32, #pto.address_space<vec>>"


def test_a_moved_pointer_is_a_variable(body_lines: BodyLines) -> None:
    assert body_lines(
        """%q = pto.addptr %p, %n : !pto.ptr<i8> -> !pto.ptr<i8>
        %x = pto.load_scalar %q[%m] : !pto.ptr<i8> -> i8
        pto.store_scalar %x, %p[%c2] : !pto.ptr<i8>, i8"""
    )[-3:] == ["__gm__ int8_t* q = p + n;", "const int8_t x = q[m];", "p[2] = x;"]


def test_a_memref_in_global_memory_is_a_pointer_and_a_window(cce_lines: CceLines) -> None:
    assert cce_lines(
        f"""func.func @k(%a: memref<8x8xf32, #pto.address_space<gm>>, %b: memref<4xi32>, %n: index) {{
          %zero = arith.constant 0 : i64
          %t = pto.pointer_cast(%zero) : {_VEC}
          pto.tload ins(%a : memref<8x8xf32, #pto.address_space<gm>>) outs(%t : {_VEC})
          %x = pto.load_scalar %a[%n] : memref<8x8xf32, #pto.address_space<gm>> -> f32
          %y = pto.load_scalar %b[%n] : memref<4xi32> -> i32
          memref.dealloc %t : {_VEC}
          return
        }}"""
    )[2:] == [
        "",
        "__global__ AICORE void k(__gm__ float* a, __gm__ int32_t* b, int64_t n) {",
        "GmF32_8x8_s8 a_window(a);",
        "VecF32_8x8 t;",
        "TASSIGN(t, 0);",
        "TLOAD(t, a_window);",
        "const float x = a_window.data()[n];",
        "const int32_t y = b[n];",
        "pipe_barrier(PIPE_ALL);",
        "}",
    ]


def test_parts_of_memrefs(cce_lines: CceLines) -> None:
    whole, part = "memref<64x32xf32>", "memref<8x16xf32, strided<[32, 1], offset: ?>>"
    local = "memref<32x32xf32, #pto.address_space<vec>>"
    cut = "memref<8x16xf32, strided<[32, 1], offset: ?>, #pto.address_space<vec>>"
    assert cce_lines(
        f"""func.func @k(%a: {whole}, %n: index) {{
          %zero = arith.constant 0 : i64
          %t = pto.pointer_cast(%zero) : {local}
          %w = memref.subview %a[%n, 16] [8, 16] [1, 1] : {whole} to {part}
          %s = memref.subview %t[4, 8] [8, 16] [1, 1] : {local} to {cut}
          pto.tload ins(%w : {part}) outs(%s : {cut})
          %r = memref.reinterpret_cast %w to offset: [%n], sizes: [16], strides: [1]
            : {part} to memref<16xf32, strided<[1], offset: ?>>
          %x = pto.load_scalar %r[%n] : memref<16xf32, strided<[1], offset: ?>> -> f32
          return
        }}"""
    )[4:-2] == [
        "__global__ AICORE void k(__gm__ float* a, int64_t n) {",
        "VecF32_32x32 t;",
        "TASSIGN(t, 0);",
        "GmF32_8x16_s32 w(a + n * 32 + 16);",
        "VecF32_8x32_valid8x16 s;",
        "TASSIGN(s, 544);",
        "TLOAD(s, w);",
        "__gm__ float* r = w.data() + n;",
        "const float x = r[n];",
    ]


@pytest.mark.parametrize(
    "space, rows, spelling",
    [
        ("acc", 16, "TileType::Acc, float, 16, 16, BLayout::ColMajor, 16, 16, SLayout::RowMajor, 1024"),
        ("mat", 16, "TileType::Mat, float, 16, 16, BLayout::ColMajor, 16, 16, SLayout::RowMajor, 512"),
        ("mat", 1, "TileType::Mat, float, 1, 16, BLayout::RowMajor, 1, 16, SLayout::NoneBox, 512"),
        ("vec", 16, "TileType::Vec, float, 16, 16, BLayout::RowMajor, 16, 16, SLayout::NoneBox, 512"),
    ],
)
def test_a_memref_is_arranged_as_its_memory_demands(
    body_lines: BodyLines, space: str, rows: int, spelling: str
) -> None:
    found = body_lines(f"%t = pto.pointer_cast(%addr) : memref<{rows}x16xf32, #pto.address_space<{space}>>")
    assert f"Tile<{spelling}, PadValue::Null>" in found[0]
    assert found[-1] == "TASSIGN(t, addr);"


def test_a_configuration_arranges_a_memref(body_lines: BodyLines) -> None:
    found = body_lines(
        f"""%t = pto.pointer_cast(%addr) : {_VEC}
        %u = pto.bind_tile %t, %c2, %n {{config = #pto.tile_buf_config<blayout=#pto.blayout<col_major>,
          s_fractal_size=1024, pad=#pto.pad_value<max>, compact=#pto.compact_mode<normal>>}} : {_VEC} -> {_VEC}
        %v = pto.declare_tile_memref -> memref<2x4x8xf32, #pto.address_space<vec>>"""
    )
    assert found[1] == (
        "using VecF32_8x8_valid2xN_cn = Tile<TileType::Vec, float, 8, 8, BLayout::ColMajor, 2, -1, SLayout::NoneBox, "
        "1024, PadValue::Max, CompactMode::Normal>;"
    )
    assert found[-3:] == ["VecF32_8x8_valid2xN_cn u(n);", "TASSIGN(u, addr);", "VecF32_8x8 v;"]


@pytest.mark.parametrize(
    "arguments, body, code, message",
    [
        ("", f"%t = memref.alloc() : {_VEC}", "TW0332", "%t has no address"),
        ("%a: i64", f"%t = pto.pointer_cast(%a, %a) : {_VEC}", "TW0337", "%t has 2 addresses, a buffer in C++ one"),
        (
            "%a: i64",
            "%t = pto.pointer_cast(%a) : memref<?x8xf32, #pto.address_space<vec>>",
            "TW0337",
            "a buffer has a shape known before it runs, got memref<?x8xf32, #pto.address_space<vec>>",
        ),
        (
            "%a: i64",
            "%t = pto.pointer_cast(%a) : memref<8xf32, #pto.address_space<gm>>",
            "TW0337",
            "a buffer lies in an on-chip memory, got memref<8xf32, #pto.address_space<gm>>",
        ),
        (
            "%m: memref<?xf32>, %n: index",
            "%d = pto.get_tensor_view_dim %m, %c0 : memref<?xf32> -> index",
            "TW0337",
            "the extent of %m is known before it runs",
        ),
    ],
)
def test_what_cannot_be_written_is_refused(to_cce: ToCce, arguments: str, body: str, code: str, message: str) -> None:
    with pytest.raises(DiagnosticError) as caught:
        to_cce(f"func.func @k({arguments}) {{\n%c0 = arith.constant 0 : index\n{body}\nreturn\n}}")
    (diagnostic,) = caught.value.diagnostics
    assert (diagnostic.code, diagnostic.message) == (code, message)
    assert diagnostic.location is not None
    assert diagnostic.location.line == 3


def test_a_window_of_unknown_shape_is_refused(to_cce: ToCce) -> None:
    with pytest.raises(DiagnosticError) as caught:
        to_cce(
            f"""func.func @k(%m: memref<?x8xf32>, %a: i64) {{
  %t = pto.pointer_cast(%a) : {_VEC}
  pto.tload ins(%m : memref<?x8xf32>) outs(%t : {_VEC})
  return
}}"""
        )
    (diagnostic,) = caught.value.diagnostics
    assert (diagnostic.code, diagnostic.message) == (
        "TW0337",
        "%m has a place, a shape and strides known before it runs",
    )
    assert diagnostic.location is not None
    assert diagnostic.location.line == 1
