"""Windows of global memory in C++: shapes, strides, offsets, layouts."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tilewright.dialects.diagnostics import DiagnosticError

ToCce = Callable[[str], str]
BodyLines = Callable[[str], list[str]]


def _window(body_lines: BodyLines, view: str, window: str) -> list[str]:
    """Give the type of a window and its declaration."""
    found = body_lines(
        f"%v = pto.make_tensor_view %p, {view}\n%w = pto.partition_view %v, {window}",
    )
    return [found[0], found[-1]]


def test_a_window_of_a_matrix(body_lines: BodyLines) -> None:
    assert _window(
        body_lines,
        "shape = [%n, %c64], strides = [%c64, %c1] {layout = #pto.layout<nd>} : !pto.tensor_view<?x?xi8>",
        "offsets = [%n, %c32], sizes = [%c16, %c32] : !pto.tensor_view<?x?xi8> -> !pto.partition_tensor_view<16x32xi8>",
    ) == [
        "using GmI8_16x32_s64 = GlobalTensor<int8_t, pto::Shape<1, 1, 1, 16, 32>, "
        "pto::Stride<1024, 1024, 1024, 64, 1>, Layout::ND>;",
        "GmI8_16x32_s64 w(p + n * 64 + 32);",
    ]


def test_a_window_without_an_offset_is_the_pointer(body_lines: BodyLines) -> None:
    declaration = _window(
        body_lines,
        "shape = [%n, %c64], strides = [%c64, %c1] : !pto.tensor_view<?x?xi8>",
        "offsets = [%c0, %c0], sizes = [%c16, %c64] : !pto.tensor_view<?x?xi8> -> !pto.partition_tensor_view<16x64xi8>",
    )[1]
    assert declaration == "GmI8_16x64_s64 w(p);"


def test_a_shape_known_at_run_time(body_lines: BodyLines) -> None:
    assert _window(
        body_lines,
        "shape = [%n, %c64], strides = [%c64, %c1] : !pto.tensor_view<?x?xi8>",
        "offsets = [%c0, %c0], sizes = [%n, %c64] : !pto.tensor_view<?x?xi8> -> !pto.partition_tensor_view<?x64xi8>",
    ) == [
        "using GmI8_Nx64_s64 = GlobalTensor<int8_t, pto::Shape<1, 1, 1, -1, 64>, "
        "pto::Stride<-1, -1, -1, 64, 1>, Layout::ND>;",
        "GmI8_Nx64_s64 w(p, {n}, {n * 64, n * 64, n * 64});",
    ]


def test_a_size_that_is_constant_makes_the_type_static(body_lines: BodyLines) -> None:
    declaration = _window(
        body_lines,
        "shape = [%n, %c64], strides = [%c64, %c1] : !pto.tensor_view<?x?xi8>",
        "offsets = [%c0, %c0], sizes = [%c16, %c64] : !pto.tensor_view<?x?xi8> -> !pto.partition_tensor_view<?x?xi8>",
    )[1]
    assert declaration == "GmI8_16x64_s64 w(p);"


def test_strides_known_at_run_time(body_lines: BodyLines) -> None:
    assert _window(
        body_lines,
        "shape = [%n, %m], strides = [%m, %c1] : !pto.tensor_view<?x?xi8>",
        "offsets = [%c2, %c0], sizes = [%c16, %c32] : !pto.tensor_view<?x?xi8> -> !pto.partition_tensor_view<16x32xi8>",
    ) == [
        "using GmI8_16x32_sN = GlobalTensor<int8_t, pto::Shape<1, 1, 1, 16, 32>, "
        "pto::Stride<-1, -1, -1, -1, 1>, Layout::ND>;",
        "GmI8_16x32_sN w(p + 2 * m, {}, {16 * m, 16 * m, 16 * m, m});",
    ]


@pytest.mark.parametrize(
    "strides, attribute, window, expected",
    [
        ("[%c1, %c64]", "", "16x32", "GmI8_16x32_s1_dn"),
        ("[%c1, %c1]", "", "16x1", "GmI8_16x1_s1_dn"),
        ("[%c1, %c1]", "", "1x16", "GmI8_1x16_s1"),
        ("[%c2, %c2]", "", "16x16", "GmI8_16x16_s2"),
        ("[%c1, %c1]", "{layout = #pto.layout<nd>}", "16x1", "GmI8_16x1_s1"),
        ("[%c64, %c1]", "{layout = #pto.layout<nz>}", "16x32", "GmI8_16x32_s64_nz"),
    ],
)
def test_the_layout_is_given_or_follows_from_the_strides(
    body_lines: BodyLines, strides: str, attribute: str, window: str, expected: str
) -> None:
    sizes = ", ".join(f"%c{extent}" for extent in window.split("x"))
    spelling, declaration = _window(
        body_lines,
        f"shape = [%n, %m], strides = {strides} {attribute} : !pto.tensor_view<?x?xi8>",
        f"offsets = [%c0, %c0], sizes = [{sizes}]"
        f" : !pto.tensor_view<?x?xi8> -> !pto.partition_tensor_view<{window}xi8>",
    )
    layout = expected.rpartition("_")[2] if expected[-1] in "nz" else "nd"
    assert f"Layout::{layout.upper()}>" in spelling
    assert declaration == f"{expected} w(p);"


def test_views_of_one_and_five_dimensions(body_lines: BodyLines) -> None:
    line = _window(
        body_lines,
        "shape = [%n], strides = [%c1] : !pto.tensor_view<?xi8>",
        "offsets = [%n], sizes = [%c32] : !pto.tensor_view<?xi8> -> !pto.partition_tensor_view<32xi8>",
    )
    assert line == [
        "using GmI8_32 = GlobalTensor<int8_t, pto::Shape<1, 1, 1, 1, 32>, pto::Stride<32, 32, 32, 32, 1>, Layout::ND>;",
        "GmI8_32 w(p + n);",
    ]
    fractals = _window(
        body_lines,
        "shape = [%c1, %c2, %c2, %c16, %c32], strides = [%n, %m, %c64, %c32, %c1]"
        " {layout = #pto.layout<nz>} : !pto.tensor_view<1x2x2x16x32xi8>",
        "offsets = [%c0, %c1, %c0, %c0, %c0], sizes = [%c1, %c1, %c2, %c16, %c32]"
        " : !pto.tensor_view<1x2x2x16x32xi8> -> !pto.partition_tensor_view<1x1x2x16x32xi8>",
    )
    assert fractals[1] == "GmI8_1x1x2x16x32_sNxNx64x32_nz w(p + m, {}, {n, m});"


_VIEW_ARGUMENT = """\
func.func @k(%v: !pto.tensor_view<?x?xi8>, %n: index) attributes {pto.entry} {
  %w = pto.partition_view %v, offsets = [%n, %n], sizes = [%n, %n] : !pto.tensor_view<?x?xi8> -> \
!pto.partition_tensor_view<?x?xi8>
  return
}"""

_SIX = """\
func.func @k(%p: !pto.ptr<i8>, %n: index) {
  %v = pto.make_tensor_view %p, shape = [%n, %n, %n, %n, %n, %n], strides = [%n, %n, %n, %n, %n, %n] : \
!pto.tensor_view<?x?x?x?x?x?xi8>
  %w = pto.partition_view %v, offsets = [%n, %n, %n, %n, %n, %n], sizes = [%n, %n, %n, %n, %n, %n] : \
!pto.tensor_view<?x?x?x?x?x?xi8> -> !pto.partition_tensor_view<?x?x?x?x?x?xi8>
  return
}"""

_DIMENSION = """\
func.func @k(%p: !pto.ptr<i8>, %n: index) {
  %v = pto.make_tensor_view %p, shape = [%n, %n], strides = [%n, %n] : !pto.tensor_view<?x?xi8>
  %d = pto.get_tensor_view_dim %v, %n : !pto.tensor_view<?x?xi8> -> index
  return
}"""


@pytest.mark.parametrize(
    "text, code, message, line",
    [
        (
            "func.func @k() {\n  %t = pto.alloc_tile : !pto.tile_buf<vec, 8x32xi8>\n  return\n}",
            "TW0332",
            "%t has no address",
            2,
        ),
        (_SIX, "TW0333", "a view has at most 5 dimensions, got 6", 3),
        (_VIEW_ARGUMENT, "TW0331", "'k' takes %v, but the host has only numbers and pointers", 1),
        (_DIMENSION, "TW0335", "the number of a dimension of %v is a constant from 0 to 1", 3),
        (
            "func.func @k(%a: i64) {\n  %r = pto.alloc_multi_tile addr = %a : "
            "!pto.multi_tile_buf<!pto.tile_buf<vec, 8x32xi8>, count=2>\n  return\n}",
            "TW0330",
            "'pto.alloc_multi_tile' has no form in C++",
            2,
        ),
    ],
)
def test_what_cannot_be_written_is_refused(to_cce: ToCce, text: str, code: str, message: str, line: int) -> None:
    with pytest.raises(DiagnosticError) as caught:
        to_cce(text)
    (diagnostic,) = caught.value.diagnostics
    assert (diagnostic.code, diagnostic.message) == (code, message)
    assert diagnostic.location is not None
    assert diagnostic.location.line == line


@pytest.mark.parametrize(
    "extents, strides, layout",
    [
        ("16, %c8", "%c8, %c1", "Layout::NZ"),
        ("16, %c8", "%c16, %c1", "Layout::ND"),
        ("16, %c16", "%c8, %c1", "Layout::ND"),
        ("2, %c8", "%c8, %c1", "Layout::ND"),
        ("16, %n", "%c8, %c1", "Layout::ND"),
    ],
)
def test_five_dimensions_are_fractals_where_they_look_like_it(
    cce_lines: Callable[[str], list[str]], extents: str, strides: str, layout: str
) -> None:
    found = cce_lines(
        f"""func.func @k(%p: !pto.ptr<f32>, %n: index) {{
          %c0 = arith.constant 0 : index
          %c1 = arith.constant 1 : index
          %c2 = arith.constant 2 : index
          %c8 = arith.constant 8 : index
          %c16 = arith.constant 16 : index
          %c128 = arith.constant 128 : index
          %v = pto.make_tensor_view %p, shape = [%c1, %c2, %c{extents}, %c8],
            strides = [%c128, %c128, %c128, {strides}] : !pto.tensor_view<?x?x?x?x?xf32>
          %w = pto.partition_view %v, offsets = [%c0, %c0, %c0, %c0, %c0], sizes = [%c1, %c1, %c16, %c8, %c8] :
            !pto.tensor_view<?x?x?x?x?xf32> -> !pto.partition_tensor_view<1x1x16x8x8xf32>
          return
        }}"""
    )
    assert found[0].endswith(f"{layout}>;")


def test_an_extent_of_a_view_is_what_it_was_made_with(body_lines: BodyLines) -> None:
    found = body_lines(
        """%v = pto.make_tensor_view %p, shape = [%n, %c64], strides = [%c64, %c1] : !pto.tensor_view<?x?xi8>
        %d = pto.get_tensor_view_dim %v, %c0 : !pto.tensor_view<?x?xi8> -> index
        %x = pto.load_scalar %p[%d] : !pto.ptr<i8> -> i8"""
    )
    assert found[-1] == "const int8_t x = p[n];"


def test_a_view_that_is_handed_on_is_a_window_of_all_of_it(cce_lines: Callable[[str], list[str]]) -> None:
    found = cce_lines(
        """func.func private @h(%v: !pto.tensor_view<?x32xf32>) {
          %c0 = arith.constant 0 : index
          %c8 = arith.constant 8 : index
          %w = pto.partition_view %v, offsets = [%c8, %c0], sizes = [%c8, %c8] : !pto.tensor_view<?x32xf32>
            -> !pto.partition_tensor_view<8x8xf32>
          return
        }
        func.func @k(%p: !pto.ptr<f32>, %n: index) attributes {pto.entry} {
          %c1 = arith.constant 1 : index
          %c32 = arith.constant 32 : index
          %v = pto.make_tensor_view %p, shape = [%n, %c32], strides = [%c32, %c1] : !pto.tensor_view<?x32xf32>
          func.call @h(%v) : (!pto.tensor_view<?x32xf32>) -> ()
          return
        }"""
    )
    assert found == [
        "using GmF32_Nx32_sN = GlobalTensor<float, pto::Shape<1, 1, 1, -1, 32>, "
        "pto::Stride<-1, -1, -1, -1, -1>, Layout::ND>;",
        "using GmF32_8x8_sN = GlobalTensor<float, pto::Shape<1, 1, 1, 8, 8>, "
        "pto::Stride<-1, -1, -1, -1, -1>, Layout::ND>;",
        "",
        "static AICORE void h(GmF32_Nx32_sN);",
        "",
        "static AICORE void h(GmF32_Nx32_sN v) {",
        "GmF32_8x8_sN w(v.data() + 8 * v.GetStride(3), {}, {8 * v.GetStride(3), 8 * v.GetStride(3), "
        "8 * v.GetStride(3), v.GetStride(3), v.GetStride(4)});",
        "}",
        "",
        "__global__ AICORE void k(__gm__ float* p, int64_t n) {",
        "h(GmF32_Nx32_sN(p, {n}, {n * 32, n * 32, n * 32, 32, 1}));",
        "pipe_barrier(PIPE_ALL);",
        "}",
    ]
