"""Parts of buffers, and buffers seen in another way, in C++."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tilewright.dialects.diagnostics import DiagnosticError

ToCce = Callable[[str], str]
BodyLines = Callable[[str], list[str]]

_VEC = "!pto.tile_buf<vec, 32x32xf32>"
_MAT = "!pto.tile_buf<mat, 64x64xf16, blayout=col_major, slayout=row_major>"
_LEFT = "!pto.tile_buf<left, 64x64xf16, slayout=row_major>"
_COLUMNS = "!pto.tile_buf<vec, 32x32xf32, blayout=col_major>"


def _statements(lines: list[str]) -> list[str]:
    """Give the lines after the signature."""
    return lines[next(i for i, line in enumerate(lines) if line.startswith("__global__")) + 1 :]


def test_a_part_of_a_part_is_as_wide_as_the_whole(body_lines: BodyLines) -> None:
    found = body_lines(
        f"""%t = pto.alloc_tile addr = %addr : {_VEC}
        %s = pto.subset %t[%c2, %c16] sizes [8, 16] : {_VEC}
        %u = pto.subset %s[%c1, %c0] sizes [4, 8] : !pto.tile_buf<vec, 8x16xf32>"""
    )
    assert found[1] == (
        "using VecF32_8x32_valid8x16 = Tile<TileType::Vec, float, 8, 32, BLayout::RowMajor, 8, 16, "
        "SLayout::NoneBox, 512, PadValue::Null>;"
    )
    assert _statements(found)[2:] == [
        "VecF32_8x32_valid8x16 s;",
        "TASSIGN(s, addr + 320);",
        "VecF32_4x32_valid4x8 u;",
        "TASSIGN(u, addr + 320 + 128);",
    ]


@pytest.mark.parametrize(
    "tile, offsets, sizes, alias, address",
    [
        (_VEC, "%n, %c0", "8, 32", "VecF32_8x32_validNx32", "n * 128"),
        (_COLUMNS, "%c16, %c2", "16, 8", "VecF32_32x8_valid16x8_cn", "320"),
        (_MAT, "%c0, %c32", "64, 32", "MatF16_64x32", "4096"),
        (_MAT, "%c0, %n", "64, 32", "MatF16_64x32_valid64xN", "n * 128"),
        (_LEFT, "%c16, %c0", "32, 64", "LeftF16_32x64", "2048"),
    ],
)
def test_a_part_starts_where_its_layout_says(
    body_lines: BodyLines, tile: str, offsets: str, sizes: str, alias: str, address: str
) -> None:
    found = body_lines(
        f"%t = pto.alloc_tile addr = %zero : {tile}\n%s = pto.subset %t[{offsets}] sizes [{sizes}] : {tile}"
    )
    assert found[-2].startswith(f"{alias} s")
    assert found[-1] == f"TASSIGN(s, {address});"


def test_the_valid_part_of_a_part(body_lines: BodyLines) -> None:
    dynamic = "!pto.tile_buf<vec, 32x32xf32, valid=?x?>"
    found = body_lines(
        f"""%t = pto.alloc_tile addr = %zero valid_row = %n valid_col = %m : {dynamic}
        %s = pto.subset %t[%n, %c0] sizes [8, 16] : {dynamic}
        pto.set_validshape %t, %c2, %n : {dynamic}"""
    )
    assert _statements(found)[2:] == [
        "const int64_t rest = t.GetValidRow() - n % t.GetValidRow();",
        "const int64_t rest_2 = t.GetValidCol();",
        "VecF32_8x32_validNxN s(rest < 8 ? rest : 8, rest_2 < 16 ? rest_2 : 16);",
        "TASSIGN(s, n * 128);",
        "t.SetValidShape(2, n);",
    ]


def test_other_elements_and_other_shapes(body_lines: BodyLines) -> None:
    dynamic = "!pto.tile_buf<vec, 32x32xf32, valid=?x32>"
    found = body_lines(
        f"""%t = pto.alloc_tile addr = %addr valid_row = %n : {dynamic}
        %b = pto.bitcast %t : {dynamic} -> !pto.tile_buf<vec, 32x32xi32, valid=?x32>
        %r = pto.treshape %b : !pto.tile_buf<vec, 32x32xi32, valid=?x32> -> !pto.tile_buf<vec, 1x1024xi32>
        %s = pto.subset %r[%c0, %c64] sizes [1, 64] : !pto.tile_buf<vec, 1x1024xi32>"""
    )
    assert _statements(found)[2:] == [
        "VecI32_32x32_validNx32 b(t.GetValidRow());",
        "TASSIGN(b, addr);",
        "VecI32_1x1024 r;",
        "TRESHAPE(r, b);",
        "VecI32_1x1024_valid1x64 s;",
        "TASSIGN(s, addr + 256);",
    ]


def test_a_part_keeps_its_gaps_as_other_elements(body_lines: BodyLines) -> None:
    found = body_lines(
        f"""%t = pto.alloc_tile addr = %zero : {_VEC}
        %s = pto.subset %t[%c0, %c0] sizes [8, 16] : {_VEC}
        %b = pto.bitcast %s : !pto.tile_buf<vec, 8x16xf32> -> !pto.tile_buf<vec, 8x16xi32>"""
    )
    assert found[-2:] == ["VecI32_8x32_valid8x16 b;", "TASSIGN(b, 0);"]


def test_another_address_leaves_the_first_variable_alone(body_lines: BodyLines) -> None:
    found = body_lines(
        f"""%t = pto.alloc_tile addr = %zero : {_VEC}
        %u = pto.tassign %t, %addr : {_VEC} -> {_VEC}
        %s = pto.subset %u[%c2, %c0] sizes [8, 32] : {_VEC}"""
    )
    assert _statements(found) == [
        "VecF32_32x32 t;",
        "TASSIGN(t, 0);",
        "VecF32_32x32 u;",
        "TASSIGN(u, addr);",
        "VecF32_8x32 s;",
        "TASSIGN(s, addr + 256);",
    ]


def test_the_address_of_a_buffer_from_elsewhere_is_read(body_lines: BodyLines) -> None:
    found = body_lines(f"%t = pto.declare_tile -> {_VEC}\n%s = pto.subset %t[%c2, %c0] sizes [8, 32] : {_VEC}")
    assert found[-1] == "TASSIGN(s, (uint64_t)t.data() + 256);"


@pytest.mark.parametrize(
    "last",
    [
        "pto.treshape %s : !pto.tile_buf<vec, 8x16xf32> -> !pto.tile_buf<vec, 1x128xf32>",
        "pto.bitcast %s : !pto.tile_buf<vec, 8x16xf32> -> !pto.tile_buf<vec, 8x16xf16>",
    ],
)
def test_gaps_have_no_other_shape(to_cce: ToCce, last: str) -> None:
    with pytest.raises(DiagnosticError) as caught:
        to_cce(
            f"""func.func @k() {{
  %c0 = arith.constant 0 : index
  %zero = arith.constant 0 : i64
  %t = pto.alloc_tile addr = %zero : {_VEC}
  %s = pto.subset %t[%c0, %c0] sizes [8, 16] : {_VEC}
  %r = {last}
  return
}}"""
        )
    (diagnostic,) = caught.value.diagnostics
    assert diagnostic.code == "TW0336"
    assert diagnostic.message == ("%s has gaps: its 8x16 elements lie in 8x32, so they have no other shape or width")
    assert diagnostic.location is not None
    assert diagnostic.location.line == 6
