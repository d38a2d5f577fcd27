"""Whole modules in C++: the frame, kernels and helpers, comments, refusals."""

from __future__ import annotations

from collections.abc import Callable
from io import StringIO

import pytest
from xdsl.dialects.builtin import ModuleOp
from xdsl.dialects.func import FuncOp, ReturnOp
from xdsl.ir import Block, Region

from tilewright.arch.chip import Pipe
from tilewright.dialects.diagnostics import DiagnosticError
from tilewright.dialects.pto import BarrierOp
from tilewright.dialects.registry import make_context
from tilewright.lowering import cce

ToCce = Callable[[str], str]
CceLines = Callable[[str], list[str]]


def test_a_single_function_is_the_kernel(to_cce: ToCce) -> None:
    assert to_cce("func.func @k(%p: !pto.ptr<i8>, %n: index, %x: f32) { return }") == (
        "// Written by tilewright from kernel.mlir.\n"
        '#include "pto/pto-inst.hpp"\n'
        "\n"
        "using namespace pto;\n"
        "\n"
        "__global__ AICORE void k(__gm__ int8_t* p, int64_t n, float x) {  // kernel.mlir:1\n"
        "  pipe_barrier(PIPE_ALL);\n"
        "}\n"
    )


def test_a_long_signature_takes_a_line_for_each_parameter(cce_lines: CceLines) -> None:
    names = ("activation", "weight_gate", "weight_up", "output")
    arguments = ", ".join(f"%{name}: !pto.ptr<bf16>" for name in names)
    found = cce_lines(f"func.func @k({arguments}) {{ return }}")
    assert found[:5] == [
        "__global__ AICORE void k(",
        "__gm__ bfloat16_t* activation,",
        "__gm__ bfloat16_t* weight_gate,",
        "__gm__ bfloat16_t* weight_up,",
        "__gm__ bfloat16_t* output) {",
    ]


def test_the_kind_of_a_kernel_is_a_guard(cce_lines: CceLines) -> None:
    found = cce_lines(
        """func.func @c() attributes {pto.entry, pto.kernel_kind = #pto.kernel_kind<cube>} {
          return
        }
        func.func @v() attributes {pto.entry, pto.kernel_kind = #pto.kernel_kind<vector>} {
          return
        }""",
    )
    assert found == [
        "__global__ AICORE void c() {",
        "#if defined(__DAV_CUBE__)",
        "pipe_barrier(PIPE_ALL);",
        "#endif",
        "}",
        "",
        "__global__ AICORE void v() {",
        "#if defined(__DAV_VEC__)",
        "set_mask_norm();",
        "set_vector_mask(-1, -1);",
        "pipe_barrier(PIPE_ALL);",
        "#endif",
        "}",
    ]


def test_of_several_functions_the_marked_ones_are_kernels(cce_lines: CceLines) -> None:
    found = cce_lines(
        """func.func @k(%n: i32) attributes {pto.entry} {
          func.call @prepare(%n) : (i32) -> ()
          %m = func.call @twice(%n) : (i32) -> i32
          %i = arith.index_cast %m : i32 to index
          pto.wait_flag_dyn[<PIPE_M>, <PIPE_FIX>, %i]
          return
        }
        func.func private @prepare(i32)
        func.func private @twice(%n: i32) -> i32 {
          %c2 = arith.constant 2 : i32
          %m = arith.muli %n, %c2 : i32
          return %m : i32
        }""",
    )
    assert found == [
        "AICORE void prepare(int32_t);",
        "static AICORE int32_t twice(int32_t);",
        "",
        "__global__ AICORE void k(int32_t n) {",
        "prepare(n);",
        "const int32_t m = twice(n);",
        "wait_flag(PIPE_M, PIPE_FIX, (event_t)(int64_t)m);",
        "pipe_barrier(PIPE_ALL);",
        "}",
        "",
        "static AICORE int32_t twice(int32_t n) {",
        "return (int32_t)((int64_t)n * 2);",
        "}",
    ]


def test_a_comment_names_each_new_source_line(to_cce: ToCce) -> None:
    lines = to_cce(
        "func.func @k() {\n  pto.barrier <PIPE_V> pto.barrier <PIPE_M>\n  pto.barrier <PIPE_MTE1>\n  return\n}\n"
    ).splitlines()
    assert lines[-6:] == [
        "__global__ AICORE void k() {  // kernel.mlir:1",
        "  pipe_barrier(PIPE_V);  // kernel.mlir:2",
        "  pipe_barrier(PIPE_M);",
        "  pipe_barrier(PIPE_MTE1);  // kernel.mlir:3",
        "  pipe_barrier(PIPE_ALL);",
        "}",
    ]


def test_operations_without_a_location_have_no_comment(to_cce: ToCce) -> None:
    found = to_cce("func.func @k() {\n  pto.barrier <PIPE_V> loc(unknown)\n  return\n}")
    assert "  pipe_barrier(PIPE_V);  // kernel.mlir:2\n" in found
    module = ModuleOp([FuncOp("k", ((), ()), Region(Block([BarrierOp(Pipe.V), ReturnOp()])))])
    output = StringIO()
    cce.emit(make_context(), module, output)
    assert output.getvalue().splitlines() == [
        "// Written by tilewright.",
        '#include "pto/pto-inst.hpp"',
        "",
        "using namespace pto;",
        "",
        "__global__ AICORE void k() {",
        "  pipe_barrier(PIPE_V);",
        "  pipe_barrier(PIPE_ALL);",
        "}",
    ]


_PAIR = """\
func.func @k() {
  %a, %b = func.call @pair() : () -> (i32, i32)
  return
}
func.func private @pair() -> (i32, i32)"""

_CARRIED = """\
func.func @k(%n: index, %addr: i64) {
  %t = pto.alloc_tile addr = %addr : !pto.tile_buf<vec, 16x32xf32>
  %u = scf.for %i = %n to %n step %n iter_args(%tile = %t) -> (!pto.tile_buf<vec, 16x32xf32>) {
    scf.yield %tile : !pto.tile_buf<vec, 16x32xf32>
  }
  return
}"""


@pytest.mark.parametrize(
    "text, code, message, place",
    [
        (_CARRIED, "TW0331", "'scf.for' cannot carry the buffer %tile", "3:8"),
        ("func.func @class() { return }", "TW0334", "function cannot be called 'class'", "1:1"),
        ("func.func @k() -> i32 {\n%c = arith.constant 1 : i32\nreturn %c : i32\n}",
         "TW0331", "'k' returns a value, but the host takes none from a kernel", "1:1"),
        (_PAIR, "TW0330", "'func.call' has no form in C++", "2:12"),
        ("func.func private @f() -> (i32, i32)", "TW0331", "'f' returns 2 values", "1:1"),
        ("func.func @k(%v: vector<4xf32>) { return }", "TW0331", "vector<4xf32> has no C++", "1:1"),
        ("func.func @f(%t: !pto.tile_buf<vec, 8x32xi8>) -> !pto.tile_buf<vec, 8x32xi8> { return %t : "
         "!pto.tile_buf<vec, 8x32xi8> }", "TW0331", "'f' returns a !pto.tile_buf<", "1:1"),
        ("func.func @k(%t: memref<?xf32, #pto.address_space<vec>>) { return }",
         "TW0337", "a buffer has a shape known before it runs", "1:1"),
        ("module {\n  module {}\n}", "TW0330", "'builtin.module' has no form in C++", "2:3"),
    ],
)  # fmt: skip
def test_what_cannot_be_written_is_refused(to_cce: ToCce, text: str, code: str, message: str, place: str) -> None:
    with pytest.raises(DiagnosticError) as caught:
        to_cce(text)
    (diagnostic,) = caught.value.diagnostics
    assert diagnostic.code == code
    assert message in diagnostic.message
    assert str(diagnostic.location) == f"folder/kernel.mlir:{place}"


def test_functions_that_submit_tasks_are_left_out(to_cce: ToCce) -> None:
    text = to_cce(
        """
        func.func @k(%p: !pto.ptr<f32>) attributes {task.kernel} { return }
        func.func @entry(%t: !tile.tensor<16x64xf32>) attributes {task.orchestration} {
          %id = task.submit @k(%t) : !tile.tensor<16x64xf32>
          return
        }
        """
    )
    assert "__global__ AICORE void k(__gm__ float* p)" in text
    assert "entry" not in text
