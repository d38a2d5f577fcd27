"""Tasks in the value engine: they run where they are submitted."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from xdsl.dialects.builtin import ModuleOp

from tilewright.dialects.diagnostics import Diagnostic
from tilewright.dialects.registry import make_context
from tilewright.execution.runner import run_function
from tilewright.passes.outline_scopes import OutlineScopesPass

Parse = Callable[[str], ModuleOp]
Refused = Callable[[Callable[[], object]], Diagnostic]

TENSOR = "!tile.tensor<64x32xf32>"
TILE = "!tile.tile<16x32xf32>"
DOUBLE = f"""
    %a = tile.load %x[%row, %c0] : {TENSOR} -> {TILE}
    %b = tile.add %a, %a : {TILE}, {TILE} -> {TILE}
    tile.store %b, %y[%row, %c0] : {TILE}, {TENSOR}"""

PARALLEL = f"""func.func @f(%x: {TENSOR}, %y: {TENSOR}) {{
  %c0 = arith.constant 0 : index
  %c16 = arith.constant 16 : index
  %c64 = arith.constant 64 : index
  scf.for %row = %c0 to %c64 step %c16 {{
  %t = task.scope "double" {{{DOUBLE}
  }}
  }} {{task.parallel}}
  return
}}"""

BLOCKS = f"""func.func @f(%x: {TENSOR}, %y: {TENSOR}) {{
  %c0 = arith.constant 0 : index
  %c4 = arith.constant 4 : index
  %c16 = arith.constant 16 : index
  %t = task.scope "double" blocks(%c4) {{
    %i = task.block_index : index
    %s = task.subblock_index : index
    %n = task.block_count : index
    %back = arith.subi %n, %i : index
    %c1 = arith.constant 1 : index
    %last = arith.subi %back, %c1 : index
    %there = arith.addi %last, %s : index
    %row = arith.muli %there, %c16 : index{DOUBLE}
  }}
  return
}}"""

CHAIN = f"""func.func @f(%x: {TENSOR}, %y: {TENSOR}) {{
  %c0 = arith.constant 0 : index
  %c16 = arith.constant 16 : index
  %c64 = arith.constant 64 : index
  %ids = task.array %c64 : !task.array
  %none = task.none
  %last = scf.for %row = %c0 to %c64 step %c16 iter_args(%before = %none) -> (!task.id) {{
    %t = task.scope "double" after(%before) {{{DOUBLE}
    }}
    task.array_set %t, %ids[%row]
    scf.yield %t : !task.id
  }}
  %got = task.array_get %ids[%c16]
  %end = task.dummy after(%last, %got) after_all(%ids)
  task.barrier
  return
}}"""


@pytest.mark.parametrize("outlined", [False, True], ids=["scopes", "kernels"])
@pytest.mark.parametrize("text", [PARALLEL, BLOCKS, CHAIN], ids=["parallel", "blocks", "chain"])
def test_every_task_runs(parse: Parse, text: str, *, outlined: bool) -> None:
    module = parse(text)
    if outlined:
        OutlineScopesPass().apply(make_context(), module)
        module.verify()
    x = np.arange(64 * 32, dtype=np.float32).reshape(64, 32)
    y = np.zeros_like(x)
    report = run_function(module, "f", [x, y])
    assert np.array_equal(y, 2 * x)
    assert report.counts.loads == {"x": 4}


def test_code_that_is_started_by_itself_is_one_block(parse: Parse) -> None:
    module = parse("""func.func @k(%t: !tile.tensor<3xi32>) attributes {task.kernel} {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %i = task.block_index : index
  %n = task.block_count : index
  %s = task.subblock_index : index
  %a = arith.index_cast %i : index to i32
  %b = arith.index_cast %n : index to i32
  %c = arith.index_cast %s : index to i32
  tile.write %a, %t[%c0] : i32, !tile.tensor<3xi32>
  tile.write %b, %t[%c1] : i32, !tile.tensor<3xi32>
  tile.write %c, %t[%c2] : i32, !tile.tensor<3xi32>
  return
}""")
    t = np.full(3, -1, np.int32)
    run_function(module, None, [t])
    assert t.tolist() == [0, 1, 0]


def test_blocks_end_with_their_scope(parse: Parse) -> None:
    module = parse("""func.func @f(%t: !tile.tensor<3xi32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %one = arith.constant 1 : i32
  %s = task.scope "many" blocks(%c2) {
    %x = tile.read %t[%c0] : !tile.tensor<3xi32> -> i32
    %y = arith.addi %x, %one : i32
    tile.write %y, %t[%c0] : i32, !tile.tensor<3xi32>
  }
  func.call @k(%t) : (!tile.tensor<3xi32>) -> ()
  return
}
func.func @k(%t: !tile.tensor<3xi32>) attributes {task.kernel} {
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %i = task.block_index : index
  %n = task.block_count : index
  %a = arith.index_cast %i : index to i32
  %b = arith.index_cast %n : index to i32
  tile.write %a, %t[%c1] : i32, !tile.tensor<3xi32>
  tile.write %b, %t[%c2] : i32, !tile.tensor<3xi32>
  return
}""")
    t = np.array([0, -1, -1], np.int32)
    run_function(module, "f", [t])
    assert t.tolist() == [2, 0, 1]


@pytest.mark.parametrize(
    "line, code, message",
    [
        ('%t = task.scope "s" blocks(%n) { }', "TW0661", "a task has at least one block, got 0"),
        ("%t = task.array %n : !task.array", "TW0665", "an array of tasks has at least one place, got 0"),
        ("%t = task.array_get %four[%m]", "TW0665", "the array of 4 has no place 4"),
        ("task.array_set %none, %four[%m]", "TW0665", "the array of 4 has no place 4"),
    ],
)
def test_refusals(parse: Parse, refused: Refused, line: str, code: str, message: str) -> None:
    module = parse(f"""func.func @f(%n: index, %m: index) {{
  %none = task.none
  %c4 = arith.constant 4 : index
  %four = task.array %c4 : !task.array
  {line}
  return
}}""")
    found = refused(lambda: run_function(module, None, [0, 4]))
    assert (found.code, found.message) == (code, message)
    assert found.location is not None
    assert found.location.line == 5
