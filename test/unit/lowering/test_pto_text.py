"""Text for ptoas: what it must say, and what is refused before ptoas sees it."""

from __future__ import annotations

from collections.abc import Callable
from io import StringIO

import pytest

from tilewright.dialects.diagnostics import DiagnosticError
from tilewright.dialects.parsing import parse_module
from tilewright.dialects.registry import make_context
from tilewright.lowering import pto_text

ToPto = Callable[[str], str]

_TILE = "!pto.tile_buf<vec, 8x32xi8>"


def test_a_module_names_its_chip(to_pto: ToPto) -> None:
    text = to_pto("func.func @k() { return }")
    assert text.startswith('builtin.module attributes {pto.target_arch = "a3"} {\n')
    assert text.endswith("}\n")


def test_a_chip_that_is_named_stays(to_pto: ToPto) -> None:
    text = to_pto('module attributes {pto.target_arch = "a2a3"} {}')
    assert text == 'builtin.module attributes {pto.target_arch = "a2a3"} {\n}\n'


def test_the_module_itself_stays_as_it_is() -> None:
    ctx = make_context()
    module = parse_module(ctx, "func.func @k() { return }", "kernel.mlir")
    before = str(module)
    pto_text.emit(ctx, module, StringIO())
    assert str(module) == before


def test_the_bits_of_an_unsigned_number(to_pto: ToPto) -> None:
    """An element has the type of its memory for ptoas; `arith` computes with its bits."""
    text = to_pto("""
    func.func @k(%p: !pto.ptr<ui16>, %i: index) {
      %a = pto.load_scalar %p[%i] : !pto.ptr<ui16> -> ui16
      %b = builtin.unrealized_conversion_cast %a : ui16 to i16
      return
    }""")
    assert "%b = builtin.unrealized_conversion_cast %a : ui16 to i16\n" in text


@pytest.mark.parametrize("to", ["i32", "f16"])
def test_other_casts_that_nothing_realizes(to_pto: ToPto, to: str) -> None:
    with pytest.raises(DiagnosticError, match=r"ptoas 0\.27") as caught:
        to_pto(f"""
    func.func @k(%p: i16) {{
      %b = builtin.unrealized_conversion_cast %p : i16 to {to}
      return
    }}""")
    (error,) = caught.value.diagnostics
    assert (error.code, error.location and error.location.line) == ("TW0330", 3)


def test_the_text_parses_to_the_same_module(to_pto: ToPto) -> None:
    once = to_pto(f"""
    func.func @k(%p: i1, %a: i64) attributes {{pto.kernel_kind = #pto.kernel_kind<vector>}} {{
      %t = pto.alloc_tile addr = %a : {_TILE}
      scf.if %p {{
        pto.set_flag[<PIPE_MTE2>, <PIPE_MTE3>, <EVENT_ID0>]
      }}
      return
    }}""")
    assert to_pto(once) == once


def test_buffers_without_addresses_are_fine(to_pto: ToPto) -> None:
    text = to_pto(f"func.func @k() {{\n  %t = pto.alloc_tile : {_TILE}\n  return\n}}")
    assert "%t = pto.alloc_tile : !pto.tile_buf<loc=vec, dtype=i8, rows=8, cols=32," in text


_MIXED = f"""\
func.func @k(%a: i64) {{
  %t = pto.alloc_tile addr = %a : {_TILE}
  %u = pto.alloc_tile : {_TILE}
  return
}}"""

_CARRIED = f"""\
func.func @k(%a: i64, %n: index) {{
  %t = pto.alloc_tile addr = %a : {_TILE}
  %u = scf.for %i = %n to %n step %n iter_args(%tile = %t) -> ({_TILE}) {{
    scf.yield %tile : {_TILE}
  }}
  return
}}"""

_RING = f"!pto.multi_tile_buf<{_TILE}, count=2>"


@pytest.mark.parametrize(
    "text, code, message, place",
    [
        (_MIXED, "TW0332", "%u has no address, but %t has one", "3:8"),
        (
            _MIXED.replace("addr = %a :", ":", 1).replace("%u = pto.alloc_tile", "%u = pto.alloc_tile addr = %a"),
            "TW0332",
            "%t has no address, but %u has one",
            "2:8",
        ),
        (_CARRIED, "TW0331", "'scf.for' cannot carry the buffer %tile", "3:8"),
        (
            f"func.func @k() {{\n  %r = pto.alloc_multi_tile : {_RING}\n  return\n}}",
            "TW0330",
            "'pto.alloc_multi_tile' has no form in ptoas 0.27",
            "2:8",
        ),
        (
            "func.func @k(%x: f32) {\n  %y = math.absf %x : f32\n  return\n}",
            "TW0330",
            "'math.absf' has no form in ptoas 0.27",
            "2:8",
        ),
    ],
)
def test_what_ptoas_does_not_accept_is_refused(to_pto: ToPto, text: str, code: str, message: str, place: str) -> None:
    with pytest.raises(DiagnosticError) as caught:
        to_pto(text)
    (diagnostic,) = caught.value.diagnostics
    assert (diagnostic.code, diagnostic.message) == (code, message)
    assert str(diagnostic.location) == f"folder/kernel.mlir:{place}"


def test_a_tile_operation_comes_with_the_pass_that_converts_it(to_pto: ToPto) -> None:
    with pytest.raises(DiagnosticError) as caught:
        to_pto("""func.func @k(%a: !tile.tensor<16x32xi8>, %i: index) {
          %t = tile.load %a[%i, %i] : !tile.tensor<16x32xi8> -> !tile.tile<16x32xi8>
          return
        }""")
    (diagnostic,) = caught.value.diagnostics
    assert diagnostic.message == "'tile.load' has no form in ptoas 0.27"
    assert "convert-tile-to-pto" in diagnostic.help[0]


def test_a_ring_comes_with_the_pass_that_replaces_it(to_pto: ToPto) -> None:
    with pytest.raises(DiagnosticError) as caught:
        to_pto(f"func.func @k() {{\n  %r = pto.alloc_multi_tile : {_RING}\n  return\n}}")
    assert "expand-multi-tile" in caught.value.diagnostics[0].help[0]


def test_the_note_names_the_buffer_that_has_an_address(to_pto: ToPto) -> None:
    with pytest.raises(DiagnosticError) as caught:
        to_pto(_MIXED)
    assert caught.value.diagnostics[0].notes == ("%t is made at folder/kernel.mlir:2:8",)


_PART = f"""\
func.func @k(%a: i64, %i: index) {{
  %t = pto.alloc_tile addr = %a : {_TILE}
  %s = pto.subview %t[%i, %i] sizes [8, 16] : {_TILE} -> !pto.tile_buf<vec, 8x16xi8>
  return
}}"""


def _written(text: str, version: str) -> str:
    ctx = make_context()
    output = StringIO()
    pto_text.emit(ctx, parse_module(ctx, text, "kernel.mlir"), output, version)
    return output.getvalue()


def test_a_newer_version_keeps_the_type_of_a_part() -> None:
    once = _written(_PART, "0.57")
    assert "%s = pto.subview %t[%i, %i] sizes [8, 16] : " in once
    assert "v_row=8, v_col=16" in once.partition(" -> ")[2]
    assert _written(once, "0.57") == once


def test_an_older_version_cannot_say_how_much_of_a_part_is_valid() -> None:
    with pytest.raises(DiagnosticError) as caught:
        _written(_PART, "0.27")
    (diagnostic,) = caught.value.diagnostics
    assert diagnostic.code == "TW0013"
    assert diagnostic.message.startswith("ptoas 0.27 gives %s the type !pto.tile_buf<loc=vec")
    assert str(diagnostic.location) == "kernel.mlir:3:8"


def test_a_newer_version_has_rings() -> None:
    once = _written(f"func.func @k() {{\n  %r = pto.alloc_multi_tile : {_RING}\n  return\n}}", "0.57")
    assert "%r = pto.alloc_multi_tile : !pto.multi_tile_buf<" in once
    assert _written(once, "0.57") == once


def test_the_module_stays_as_it_is_for_a_newer_version() -> None:
    ctx = make_context()
    module = parse_module(ctx, _PART, "kernel.mlir")
    before = str(module)
    pto_text.emit(ctx, module, StringIO(), "0.57")
    assert str(module) == before


def test_an_unknown_version_comes_with_those_that_are_known() -> None:
    with pytest.raises(DiagnosticError) as caught:
        _written("func.func @k() { return }", "0.28")
    (diagnostic,) = caught.value.diagnostics
    assert (diagnostic.code, diagnostic.message) == ("TW0012", "the text of ptoas 0.28 is not known")
    assert diagnostic.help == ("did you mean '0.27'?", "the versions are 0.27, 0.57")


def test_what_ptoas_refuses_of_a_module_is_refused() -> None:
    with pytest.raises(DiagnosticError) as caught:
        _written("func.func @k(%x: i32) -> i32 {\n  return %x : i32\n}", "0.27")
    (diagnostic,) = caught.value.diagnostics
    assert (diagnostic.code, str(diagnostic.location)) == ("TW0510", "kernel.mlir:1:1")


def test_memrefs_of_the_lowered_form_are_written(to_pto: ToPto) -> None:
    once = to_pto("""func.func @k() {
      %m = memref.alloc() : memref<16x32xf32, #pto.address_space<vec>>
      pto.texp ins(%m : memref<16x32xf32, #pto.address_space<vec>>)
        outs(%m : memref<16x32xf32, #pto.address_space<vec>>)
      return
    }""")
    assert "memref.alloc()" in once
    assert to_pto(once) == once


def test_functions_that_submit_tasks_are_left_out(to_pto: ToPto) -> None:
    text = to_pto(
        """
        func.func @k(%p: !pto.ptr<f32> {task.direction = "in"}) attributes {task.kernel} { return }
        func.func @entry(%t: !tile.tensor<16x64xf32>) attributes {task.orchestration} {
          %id = task.submit @k(%t) : !tile.tensor<16x64xf32>
          return
        }
        """
    )
    assert "func.func @k(%p: !pto.ptr<f32>) {" in text
    assert "task." not in text
