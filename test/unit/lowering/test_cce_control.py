"""Loops, branches and calls in C++."""

from __future__ import annotations

from collections.abc import Callable

CceLines = Callable[[str], list[str]]


def test_a_loop_that_counts(cce_lines: CceLines) -> None:
    found = cce_lines(
        """func.func @k(%n: index) {
          %c0 = arith.constant 0 : index
          %c1 = arith.constant 1 : index
          %c4 = arith.constant 4 : index
          scf.for %for = %c0 to %n step %c1 {
            scf.for %1 = %c0 to %c4 step %n {
              pto.barrier <PIPE_V>
            }
          }
          return
        }""",
    )
    assert found[1:-2] == [
        "for (int64_t for_ = 0; for_ < n; ++for_) {",
        "for (int64_t i = 0; i < 4; i += n) {",
        "pipe_barrier(PIPE_V);",
        "}",
        "}",
    ]


def test_a_loop_that_carries_a_sum(cce_lines: CceLines) -> None:
    found = cce_lines(
        """func.func @k(%n: index) {
          %c0 = arith.constant 0 : index
          %c1 = arith.constant 1 : index
          %total = scf.for %i = %c0 to %n step %c1 iter_args(%sum = %c0) -> (index) {
            %next = arith.addi %sum, %i : index
            scf.yield %next : index
          }
          pto.set_flag_dyn[<PIPE_M>, <PIPE_FIX>, %total]
          return
        }""",
    )
    assert found[1:-2] == [
        "int64_t sum = 0;",
        "for (int64_t i = 0; i < n; ++i) {",
        "sum = sum + i;",
        "}",
        "set_flag(PIPE_M, PIPE_FIX, (event_t)sum);",
    ]


def test_carried_values_change_at_once(cce_lines: CceLines) -> None:
    found = cce_lines(
        """func.func @k(%n: index) {
          %c0 = arith.constant 0 : index
          %c1 = arith.constant 1 : index
          %x, %y, %z = scf.for %i = %c0 to %n step %c1
              iter_args(%a = %c0, %b = %c1, %same = %n) -> (index, index, index) {
            scf.yield %b, %a, %same : index, index, index
          }
          return
        }""",
    )
    assert found[1:-2] == [
        "int64_t a = 0;",
        "int64_t b = 1;",
        "int64_t same = n;",
        "for (int64_t i = 0; i < n; ++i) {",
        "const int64_t next_b = a;",
        "a = b;",
        "b = next_b;",
        "}",
    ]


def test_a_branch_without_an_else(cce_lines: CceLines) -> None:
    found = cce_lines(
        """func.func @k(%p: i1) {
          scf.if %p {
            pto.barrier <PIPE_M>
          }
          scf.if %p {
            pto.barrier <PIPE_M>
          } else {
          }
          return
        }""",
    )
    assert found[1:-2] == ["if (p) {", "pipe_barrier(PIPE_M);", "}"] * 2


def test_a_branch_with_results(cce_lines: CceLines) -> None:
    found = cce_lines(
        """func.func @k(%p: i1, %n: index) {
          %c0 = arith.constant 0 : index
          %slot = scf.if %p -> (index) {
            %m = arith.addi %n, %n : index
            scf.yield %m : index
          } else {
            scf.yield %c0 : index
          }
          pto.set_flag_dyn[<PIPE_M>, <PIPE_FIX>, %slot]
          return
        }""",
    )
    assert found[1:-2] == [
        "int64_t slot;",
        "if (p) {",
        "slot = n + n;",
        "} else {",
        "slot = 0;",
        "}",
        "set_flag(PIPE_M, PIPE_FIX, (event_t)slot);",
    ]
