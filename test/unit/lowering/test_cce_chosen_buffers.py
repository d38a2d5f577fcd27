"""Buffers that branches choose and calls take, parts with gaps among them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tilewright.dialects.diagnostics import DiagnosticError

CceLines = Callable[[str], list[str]]
ToCce = Callable[[str], str]

_TILE = "!pto.tile_buf<vec, 32x32xf32>"
_PART = "!pto.tile_buf<vec, 8x16xf32>"


def _kernel(body: str) -> str:
    return f"""\
func.func @k(%p: i1, %n: index) attributes {{pto.entry}} {{
  %c0 = arith.constant 0 : index
  %c8 = arith.constant 8 : index
  %zero = arith.constant 0 : i64
  %t = pto.alloc_tile addr = %zero : {_TILE}
  %whole = pto.alloc_tile addr = %zero : {_PART}
  %low = pto.subset %t[%c0, %c0] sizes [8, 16] : {_TILE}
  %high = pto.subset %t[%c8, %c0] sizes [8, 16] : {_TILE}
  {body}
  return
}}
func.func private @f({_PART})"""


def _chosen(first: str, second: str) -> str:
    return f"""%r = scf.if %p -> ({_PART}) {{
    scf.yield %{first} : {_PART}
  }} else {{
    scf.yield %{second} : {_PART}
  }}
  pto.tadd ins(%r, %r : {_PART}, {_PART}) outs(%r : {_PART})"""


def test_parts_that_a_branch_chooses_keep_their_gaps(cce_lines: CceLines) -> None:
    found = cce_lines(_kernel(_chosen("low", "high")))
    assert found[found.index("VecF32_8x32_valid8x16 r;") : -2] == [
        "VecF32_8x32_valid8x16 r;",
        "if (p) {",
        "r = low;",
        "} else {",
        "r = high;",
        "}",
        "TADD(r, r, r);",
    ]


def test_a_part_that_a_region_hands_on_keeps_its_gaps(cce_lines: CceLines) -> None:
    found = cce_lines(
        _kernel(
            f"""%r = scf.execute_region -> {_PART} {{
    scf.yield %high : {_PART}
  }}
  %s = pto.subset %r[%c0, %c0] sizes [4, 16] : {_PART}"""
        )
    )
    assert found[-4:-2] == ["VecF32_4x32_valid4x16 s;", "TASSIGN(s, (uint64_t)high.data());"]


def test_the_type_of_a_part_with_gaps_is_that_of_its_variable(cce_lines: CceLines) -> None:
    start = "%one = arith.constant 1 : i32"
    part = "!pto.tile_buf<vec, 8x16xi32>"
    found = cce_lines(
        f"""func.func @k() {{
          %c0 = arith.constant 0 : index
          %zero = arith.constant 0 : i64
          {start}
          %t = pto.alloc_tile addr = %zero : !pto.tile_buf<vec, 32x32xi32>
          %s = pto.subset %t[%c0, %c0] sizes [8, 16] : !pto.tile_buf<vec, 32x32xi32>
          pto.tci ins(%one : i32) outs(%s : {part})
          return
        }}"""
    )
    assert found[-3] == "TCI<VecI32_8x32_valid8x16, int32_t, 0>(s, 1);"


@pytest.mark.parametrize(
    "body, message, help_, line",
    [
        (
            _chosen("low", "whole"),
            "%r is a VecF32_8x32_valid8x16 or a VecF32_8x16, in C++ only one of them",
            "choose between parts of buffers that are equally wide",
            9,
        ),
        (
            f"func.call @f(%low) : ({_PART}) -> ()",
            "%low is a VecF32_8x32_valid8x16, but 'f' takes a VecF32_8x16",
            "hand over the whole buffer and cut the part in the function",
            9,
        ),
    ],
)
def test_gaps_that_the_place_has_no_type_for_are_refused(
    to_cce: ToCce, body: str, message: str, help_: str, line: int
) -> None:
    with pytest.raises(DiagnosticError) as caught:
        to_cce(_kernel(body))
    (diagnostic,) = caught.value.diagnostics
    assert (diagnostic.code, diagnostic.message, diagnostic.help) == ("TW0336", message, (help_,))
    assert diagnostic.location is not None
    assert diagnostic.location.line == line


def test_a_buffer_that_a_loop_only_hands_on_is_refused(to_cce: ToCce) -> None:
    body = f"""%r:2 = scf.while (%i = %n) : (index) -> (index, {_PART}) {{
    scf.condition(%p) %i, %low : index, {_PART}
  }} do {{
  ^bb0(%j: index, %u: {_PART}):
    scf.yield %j : index
  }}"""
    with pytest.raises(DiagnosticError) as caught:
        to_cce(_kernel(body))
    (diagnostic,) = caught.value.diagnostics
    assert (diagnostic.code, diagnostic.message) == ("TW0331", "'scf.while' cannot carry the buffer %low")


def test_a_memref_is_handed_over_as_a_pointer(cce_lines: CceLines) -> None:
    found = cce_lines(
        """func.func @k(%a: memref<8x8xf32>) attributes {pto.entry} {
          %zero = arith.constant 0 : i64
          %t = pto.alloc_tile addr = %zero : !pto.tile_buf<vec, 8x8xf32>
          pto.tload ins(%a : memref<8x8xf32>) outs(%t : !pto.tile_buf<vec, 8x8xf32>)
          func.call @f(%a) : (memref<8x8xf32>) -> ()
          return
        }
        func.func private @f(memref<8x8xf32>)"""
    )
    assert "AICORE void f(__gm__ float*);" in found
    assert "f(a_window.data());" in found
