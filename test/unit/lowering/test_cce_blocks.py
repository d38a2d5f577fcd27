"""Regions and functions of several blocks in C++."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tilewright.dialects.diagnostics import DiagnosticError

CceLines = Callable[[str], list[str]]
ToCce = Callable[[str], str]


def test_blocks_stand_in_the_block_that_dominates_them(cce_lines: CceLines) -> None:
    found = cce_lines(
        """func.func @k(%p: i1, %n: index) {
          %c1 = arith.constant 1 : index
          scf.execute_region {
            cf.cond_br %p, ^loop(%c1, %n : index, index), ^out
          ^loop(%i: index, %j: index):
            pto.barrier <PIPE_V>
            %more = arith.cmpi slt, %i, %j : index
            cf.cond_br %more, ^loop(%j, %i : index, index), ^out
          ^out:
            scf.yield
          }
          return
        }""",
    )
    assert found[1:-2] == [
        "{",
        "int64_t i;",
        "int64_t j;",
        "if (p) {",
        "i = 1;",
        "j = n;",
        "goto loop;",
        "}",
        "goto out;",
        "loop: {",
        "pipe_barrier(PIPE_V);",
        "if (i < j) {",
        "const int64_t next_j = i;",
        "i = j;",
        "j = next_j;",
        "goto loop;",
        "}",
        "}",
        "out: {",
        "}",
        "}",
    ]


def test_a_region_of_one_block_leaves_no_trace(cce_lines: CceLines) -> None:
    found = cce_lines(
        """func.func @k(%n: index) {
          %slot = scf.execute_region -> index {
            pto.barrier <PIPE_V>
            scf.yield %n : index
          }
          pto.set_flag_dyn[<PIPE_M>, <PIPE_FIX>, %slot]
          return
        }""",
    )
    assert found[1:-2] == ["pipe_barrier(PIPE_V);", "set_flag(PIPE_M, PIPE_FIX, (event_t)n);"]


def test_the_blocks_of_a_kernel(cce_lines: CceLines) -> None:
    found = cce_lines(
        """func.func @k(%p: i1, %n: index) attributes {pto.kernel_kind = #pto.kernel_kind<cube>} {
          %c0 = arith.constant 0 : index
          %c1 = arith.constant 1 : index
          cf.cond_br %p, ^head(%c0 : index), ^done
        ^head(%i: index):
          %more = arith.cmpi slt, %i, %n : index
          cf.cond_br %more, ^body, ^done
        ^body:
          pto.barrier <PIPE_M>
          %next = arith.addi %i, %c1 : index
          cf.br ^head(%next : index)
        ^done:
          return
        }""",
    )
    assert found == [
        "__global__ AICORE void k(bool p, int64_t n) {",
        "#if defined(__DAV_CUBE__)",
        "int64_t i;",
        "if (p) {",
        "i = 0;",
        "goto head;",
        "}",
        "goto done;",
        "head: {",
        "if (i < n) {",
        "goto body;",
        "}",
        "goto done;",
        "body: {",
        "pipe_barrier(PIPE_M);",
        "i = i + 1;",
        "goto head;",
        "}",
        "}",
        "done: {",
        "}",
        "pipe_barrier(PIPE_ALL);",
        "#endif",
        "}",
    ]


def test_every_return_of_a_kernel_passes_its_end(cce_lines: CceLines) -> None:
    found = cce_lines(
        """func.func @k(%p: i1) {
          cf.cond_br %p, ^first, ^second
        ^first:
          pto.barrier <PIPE_M>
          return
        ^second:
          pto.barrier <PIPE_V>
          return
        }""",
    )
    assert found[1:] == [
        "if (p) {",
        "goto first;",
        "}",
        "second: {",
        "pipe_barrier(PIPE_V);",
        "goto end;",
        "}",
        "first: {",
        "pipe_barrier(PIPE_M);",
        "}",
        "end:;",
        "pipe_barrier(PIPE_ALL);",
        "}",
    ]


def test_blocks_of_a_helper_return_values(cce_lines: CceLines) -> None:
    found = cce_lines(
        """func.func @k() attributes {pto.entry} { return }
        func.func @f(%p: i1, %n: index) -> index {
          %c0 = arith.constant 0 : index
          cf.cond_br %p, ^first, ^second
        ^first:
          return %n : index
        ^second:
          return %c0 : index
        }""",
    )
    assert found[found.index("AICORE int64_t f(bool p, int64_t n) {") + 1 :] == [
        "if (p) {",
        "goto first;",
        "}",
        "second: {",
        "return 0;",
        "}",
        "first: {",
        "return n;",
        "}",
        "}",
    ]


def test_a_branch_to_the_first_block_is_refused(to_cce: ToCce) -> None:
    with pytest.raises(DiagnosticError) as caught:
        to_cce(
            """"func.func"() <{function_type = () -> (), sym_name = "k"}> ({
            ^first:
              "cf.br"()[^first] : () -> ()
            }) : () -> ()"""
        )
    (diagnostic,) = caught.value.diagnostics
    assert (diagnostic.code, diagnostic.message) == ("TW0330", "'cf.br' has no form in C++")
    assert diagnostic.location is not None
    assert diagnostic.location.line == 3
