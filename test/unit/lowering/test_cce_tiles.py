"""Buffers in C++: their types, names and addresses."""

from __future__ import annotations

from collections.abc import Callable

import pytest

BodyLines = Callable[[str], list[str]]


@pytest.mark.parametrize(
    "tile, alias, spelling",
    [
        (
            "mat, 16x64xi8, blayout=col_major, slayout=row_major",
            "MatI8_16x64",
            "TileType::Mat, int8_t, 16, 64, BLayout::ColMajor, 16, 64, SLayout::RowMajor, 512, PadValue::Null",
        ),
        (
            "mat, 64x32xf16, slayout=col_major",
            "MatF16_64x32_rc",
            "TileType::Mat, half, 64, 32, BLayout::RowMajor, 64, 32, SLayout::ColMajor, 512, PadValue::Null",
        ),
        (
            "left, 16x64xbf16, valid=5x64, slayout=row_major",
            "LeftBf16_16x64_valid5x64",
            "TileType::Left, bfloat16_t, 16, 64, BLayout::RowMajor, 5, 64, SLayout::RowMajor, 512, PadValue::Null",
        ),
        (
            "acc, 16x16xf32, blayout=col_major, slayout=row_major, fractal=1024",
            "AccF32_16x16",
            "TileType::Acc, float, 16, 16, BLayout::ColMajor, 16, 16, SLayout::RowMajor, 1024, PadValue::Null",
        ),
        (
            "vec, 8x32xui8, pad=2, compact=1",
            "VecUI8_8x32",
            "TileType::Vec, uint8_t, 8, 32, BLayout::RowMajor, 8, 32, SLayout::NoneBox, 512, "
            "PadValue::Max, CompactMode::Normal",
        ),
    ],
)
def test_each_tile_type_has_a_short_name(body_lines: BodyLines, tile: str, alias: str, spelling: str) -> None:
    found = body_lines(
        f"%t = pto.alloc_tile addr = %addr : !pto.tile_buf<{tile}>\n"
        f"%u = pto.alloc_tile addr = %zero : !pto.tile_buf<{tile}>",
    )
    assert found == [
        f"using {alias} = Tile<{spelling}>;",
        "",
        found[2],
        f"{alias} t;",
        "TASSIGN(t, addr);",
        f"{alias} u;",
        "TASSIGN(u, 0);",
    ]


def test_types_that_differ_never_share_a_name(body_lines: BodyLines) -> None:
    found = body_lines(
        "%t = pto.alloc_tile addr = %zero : !pto.tile_buf<vec, 8x32xi8>\n"
        "%u = pto.alloc_tile addr = %zero : !pto.tile_buf<vec, 8x32xi8, pad=1>",
    )
    assert [line.split(" = ")[0] for line in found[:2]] == [
        "using VecI8_8x32",
        "using VecI8_8x32_2",
    ]


@pytest.mark.parametrize(
    "operands, valid, declared, cpp",
    [
        ("valid_row = %n valid_col = %m", "?x?", "t(n, m)", "-1, -1"),
        ("valid_row = %n", "?x32", "t(n)", "-1, 32"),
        ("valid_col = %m", "8x?", "t(m)", "8, -1"),
    ],
)
def test_a_valid_part_known_at_run_time(
    body_lines: BodyLines, operands: str, valid: str, declared: str, cpp: str
) -> None:
    found = body_lines(
        f"%t = pto.alloc_tile addr = %zero {operands} : !pto.tile_buf<vec, 8x32xi8, valid={valid}>",
    )
    alias = f"VecI8_8x32_valid{valid.replace('?', 'N')}"
    assert f"BLayout::RowMajor, {cpp}, SLayout" in found[0]
    assert found[-2:] == [f"{alias} {declared};", "TASSIGN(t, 0);"]


def test_a_buffer_of_a_ring_is_bound_in_the_loop(body_lines: BodyLines) -> None:
    found = body_lines(
        """%bytes = arith.constant 1024 : i64
        scf.for %i = %c0 to %n step %c1 {
          %slot = arith.remui %i, %c2 : index
          %slot64 = arith.index_cast %slot : index to i64
          %offset = arith.muli %slot64, %bytes : i64
          %t = pto.alloc_tile addr = %offset : !pto.tile_buf<vec, 8x32xi8>
        }""",
    )
    assert found[-4:] == [
        "for (int64_t i = 0; i < n; ++i) {",
        "VecI8_8x32 t;",
        "TASSIGN(t, i % 2 * 1024);",
        "}",
    ]


def test_a_buffer_that_a_pipe_fills_has_no_address_yet(body_lines: BodyLines) -> None:
    found = body_lines("%t = pto.declare_tile -> !pto.tile_buf<vec, 8x32xi8>")
    assert found[-1] == "VecI8_8x32 t;"


def test_functions_take_buffers_by_reference(cce_lines: BodyLines) -> None:
    found = cce_lines(
        """func.func @h(%t: !pto.tile_buf<vec, 8x32xi8>, %m: memref<8x8xf32, #pto.address_space<vec>>) {
          return
        }
        func.func private @elsewhere(!pto.tile_buf<vec, 8x32xi8>)"""
    )
    assert found[3:7] == [
        "AICORE void h(VecI8_8x32&, VecF32_8x8&);",
        "AICORE void elsewhere(VecI8_8x32&);",
        "",
        "AICORE void h(VecI8_8x32& t, VecF32_8x8& m) {",
    ]
