"""Memrefs in global memory that branches, loops and blocks hand on: pointers, with a window where one is needed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

CceLines = Callable[[str], list[str]]

_G = "memref<8x8xf32>"
_TILE = "!pto.tile_buf<vec, 8x8xf32>"


def _load(name: str) -> str:
    return f"pto.tload ins(%{name} : {_G}) outs(%t : {_TILE})"


def _body(cce_lines: CceLines, body: str) -> list[str]:
    found = cce_lines(
        f"""func.func @k(%p: i1, %n: index, %a: {_G}, %b: {_G}) {{
          %c0 = arith.constant 0 : index
          %c1 = arith.constant 1 : index
          %zero = arith.constant 0 : i64
          %t = pto.alloc_tile addr = %zero : {_TILE}
          {body}
          return
        }}"""
    )
    return found[found.index("TASSIGN(t, 0);") + 1 : -2]


def test_a_branch_chooses_a_pointer(cce_lines: CceLines) -> None:
    assert _body(
        cce_lines,
        f"""{_load("a")}
          %r = scf.if %p -> ({_G}) {{
            scf.yield %a : {_G}
          }} else {{
            scf.yield %b : {_G}
          }}
          {_load("r")}""",
    ) == [
        "TLOAD(t, a_window);",
        "__gm__ float* r;",
        "if (p) {",
        "r = a_window.data();",
        "} else {",
        "r = b;",
        "}",
        "GmF32_8x8_s8 r_window(r);",
        "TLOAD(t, r_window);",
    ]


def test_a_loop_carries_a_pointer(cce_lines: CceLines) -> None:
    assert _body(
        cce_lines,
        f"""%r = scf.for %i = %c0 to %n step %c1 iter_args(%x = %a) -> ({_G}) {{
            {_load("x")}
            scf.yield %b : {_G}
          }}
          {_load("r")}""",
    ) == [
        "__gm__ float* x = a;",
        "for (int64_t i = 0; i < n; ++i) {",
        "GmF32_8x8_s8 x_window(x);",
        "TLOAD(t, x_window);",
        "x = b;",
        "}",
        "GmF32_8x8_s8 x_window_2(x);",
        "TLOAD(t, x_window_2);",
    ]


def test_a_loop_with_a_test_carries_a_pointer(cce_lines: CceLines) -> None:
    assert _body(
        cce_lines,
        f"""%r = scf.while (%x = %a) : ({_G}) -> {_G} {{
            {_load("x")}
            scf.condition(%p) %x : {_G}
          }} do {{
          ^bb0(%y: {_G}):
            {_load("y")}
            scf.yield %b : {_G}
          }}
          {_load("r")}""",
    ) == [
        "__gm__ float* x = a;",
        "while (true) {",
        "GmF32_8x8_s8 x_window(x);",
        "TLOAD(t, x_window);",
        "if (!p) break;",
        "__gm__ float* const y = x_window.data();",
        "GmF32_8x8_s8 y_window(y);",
        "TLOAD(t, y_window);",
        "x = b;",
        "}",
        "GmF32_8x8_s8 x_window_2(x);",
        "TLOAD(t, x_window_2);",
    ]


def test_blocks_hand_on_a_pointer(cce_lines: CceLines) -> None:
    assert _body(
        cce_lines,
        f"""cf.br ^head(%a : {_G})
        ^head(%x: {_G}):
          {_load("x")}
          cf.cond_br %p, ^head(%b : {_G}), ^done
        ^done:""",
    ) == [
        "x = a;",
        "head: {",
        "GmF32_8x8_s8 x_window(x);",
        "TLOAD(t, x_window);",
        "if (p) {",
        "x = b;",
        "goto head;",
        "}",
        "done: {",
        "}",
        "}",
    ]


@pytest.mark.parametrize("count", [1, 2])
def test_a_region_hands_on_a_pointer(cce_lines: CceLines, count: int) -> None:
    inner = f"scf.yield %a : {_G}" if count == 1 else f"cf.br ^next\n^next:\nscf.yield %a : {_G}"
    found = _body(cce_lines, f"%r = scf.execute_region -> {_G} {{\n{inner}\n}}\n{_load('r')}")
    assert found[-2:] == (
        ["GmF32_8x8_s8 a_window(a);", "TLOAD(t, a_window);"]
        if count == 1
        else ["GmF32_8x8_s8 r_window(r);", "TLOAD(t, r_window);"]
    )
