"""Windows of global memory in C++: shapes, strides, offsets, layouts."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tilewright.dialects.diagnostics import DiagnosticError
from tilewright.dialects.parsing import parse_module
from tilewright.dialects.pto import PartitionViewOp
from tilewright.dialects.registry import make_context
from tilewright.lowering.cce.memory import HANDLERS
from tilewright.lowering.cce.names import Names
from tilewright.lowering.cce.scope import Scope
from tilewright.lowering.cce.types import Aliases

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
func.func @k(%v: !pto.tensor_view<?x?xi8>, %n: index) {
  %w = pto.partition_view %v, offsets = [%n, %n], sizes = [%n, %n] : !pto.tensor_view<?x?xi8> -> \
!pto.partition_tensor_view<?x?xi8>
  return
}"""

_FIVE = """\
func.func @k(%p: !pto.ptr<i8>, %n: index) {
  %v = pto.make_tensor_view %p, shape = [%n, %n, %n, %n, %n], strides = [%n, %n, %n, %n, %n] : \
!pto.tensor_view<?x?x?x?x?xi8>
  %w = pto.partition_view %v, offsets = [%n, %n, %n, %n, %n], sizes = [%n, %n, %n, %n, %n] : \
!pto.tensor_view<?x?x?x?x?xi8> -> !pto.partition_tensor_view<?x?x?x?x?xi8>
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
        (_FIVE, "TW0333", "the layout of the 5-dimensional view %v is not given", 2),
        (
            _FIVE.replace("%n, %n, %n, %n, %n]", "%n, %n, %n, %n, %n, %n]").replace(
                "<?x?x?x?x?xi8>", "<?x?x?x?x?x?xi8>"
            ),
            "TW0333",
            "a view has at most 5 dimensions, got 6",
            3,
        ),
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


def test_a_view_from_elsewhere_is_refused(to_cce: ToCce) -> None:
    with pytest.raises(DiagnosticError, match="has no C\\+\\+ spelling"):
        to_cce(_VIEW_ARGUMENT)
    module = parse_module(make_context(), _VIEW_ARGUMENT, "kernel.mlir")
    (window,) = (op for op in module.walk() if isinstance(op, PartitionViewOp))
    scope = Scope({}, Aliases(Names()), Names())
    with pytest.raises(DiagnosticError, match="the tensor view %v is not made in this function"):
        HANDLERS[PartitionViewOp](scope, window)
