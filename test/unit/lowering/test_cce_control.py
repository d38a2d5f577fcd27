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


def test_a_choice_of_buffers(cce_lines: CceLines) -> None:
    tile = "!pto.tile_buf<vec, 16x16xf32>"
    found = cce_lines(
        f"""func.func @k(%p: i1) {{
          %c0 = arith.constant 0 : i64
          %c1024 = arith.constant 1024 : i64
          %low = pto.alloc_tile addr = %c0 : {tile}
          %high = pto.alloc_tile addr = %c1024 : {tile}
          %t = scf.if %p -> ({tile}) {{
            scf.yield %low : {tile}
          }} else {{
            scf.yield %high : {tile}
          }}
          pto.tadd ins(%t, %t : {tile}, {tile}) outs(%t : {tile})
          return
        }}""",
    )
    assert found[found.index("VecF32_16x16 t;") : -2] == [
        "VecF32_16x16 t;",
        "if (p) {",
        "t = low;",
        "} else {",
        "t = high;",
        "}",
        "TADD(t, t, t);",
    ]


def test_a_loop_with_its_test_in_the_head(cce_lines: CceLines) -> None:
    found = cce_lines(
        """func.func @k(%n: index) {
          %c0 = arith.constant 0 : index
          %c1 = arith.constant 1 : index
          %last = scf.while (%i = %c0) : (index) -> index {
            %more = arith.cmpi slt, %i, %n : index
            scf.condition(%more) %i : index
          } do {
          ^bb0(%j: index):
            %next = arith.addi %j, %c1 : index
            scf.yield %next : index
          }
          pto.set_flag_dyn[<PIPE_M>, <PIPE_FIX>, %last]
          return
        }""",
    )
    assert found[1:-2] == [
        "int64_t i = 0;",
        "while (i < n) {",
        "i = i + 1;",
        "}",
        "set_flag(PIPE_M, PIPE_FIX, (event_t)i);",
    ]


def test_a_loop_that_computes_before_its_test(cce_lines: CceLines) -> None:
    found = cce_lines(
        """func.func @k(%n: index) {
          %c1 = arith.constant 1 : index
          %last = scf.while (%i = %n) : (index) -> index {
            pto.barrier <PIPE_V>
            %more = arith.cmpi sgt, %i, %c1 : index
            %twice = arith.addi %i, %i : index
            scf.condition(%more) %twice : index
          } do {
          ^bb0(%j: index):
            scf.yield %j : index
          }
          pto.set_flag_dyn[<PIPE_M>, <PIPE_FIX>, %last]
          return
        }""",
    )
    assert found[1:-2] == [
        "int64_t i = n;",
        "int64_t last;",
        "while (true) {",
        "pipe_barrier(PIPE_V);",
        "if (!(i > 1)) {",
        "last = i + i;",
        "break;",
        "}",
        "const int64_t j = i + i;",
        "i = j;",
        "}",
        "set_flag(PIPE_M, PIPE_FIX, (event_t)last);",
    ]


def test_a_choice_by_number(cce_lines: CceLines) -> None:
    found = cce_lines(
        """func.func @k(%n: index) {
          %slot = scf.index_switch %n -> index
          case 2 {
            %c1 = arith.constant 1 : index
            scf.yield %c1 : index
          }
          default {
            scf.yield %n : index
          }
          pto.set_flag_dyn[<PIPE_M>, <PIPE_FIX>, %slot]
          return
        }""",
    )
    assert found[1:-2] == [
        "int64_t slot;",
        "switch (n) {",
        "case 2: {",
        "slot = 1;",
        "break;",
        "}",
        "default: {",
        "slot = n;",
        "break;",
        "}",
        "}",
        "set_flag(PIPE_M, PIPE_FIX, (event_t)slot);",
    ]


def test_a_pointer_that_is_returned_stays_writable(cce_lines: CceLines) -> None:
    found = cce_lines(
        """func.func @k(%g: !pto.ptr<f32>) attributes {pto.entry} {
          %c1 = arith.constant 1 : index
          %one = arith.constant 1.0 : f32
          %p = func.call @f(%g) : (!pto.ptr<f32>) -> !pto.ptr<f32>
          pto.store_scalar %one, %p[%c1] : !pto.ptr<f32>, f32
          return
        }
        func.func @f(%g: !pto.ptr<f32>) -> !pto.ptr<f32> {
          return %g : !pto.ptr<f32>
        }""",
    )
    assert "__gm__ float* const p = f(g);" in found
