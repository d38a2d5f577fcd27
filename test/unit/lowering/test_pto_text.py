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
