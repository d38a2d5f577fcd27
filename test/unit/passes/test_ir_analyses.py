"""Analyses that look at IR: equal expressions, dependence on a loop variable, program order, rings, buffers."""

from __future__ import annotations

import pytest
from xdsl.dialects import scf
from xdsl.dialects.builtin import ModuleOp
from xdsl.ir import Operation, SSAValue

from tilewright.arch.chip import load_chip
from tilewright.dialects.parsing import parse_module
from tilewright.dialects.registry import make_context
from tilewright.dialects.spaces import Space
from tilewright.dialects.tile import LoadOp, PipelineOp
from tilewright.dialects.verification import verify
from tilewright.passes.analysis.budget import find_buffers, peak_usage
from tilewright.passes.analysis.equivalence import depends, equivalent, follows
from tilewright.passes.analysis.program_order import ProgramOrder, outermost_loop
from tilewright.passes.analysis.rings import rings_of


def parse(text: str) -> ModuleOp:
    module = parse_module(make_context(), text, "case.mlir")
    verify(module)
    return module


def named(module: ModuleOp, name: str) -> SSAValue:
    """The value of this name."""
    values = [value for op in module.walk() for value in op.results]
    values += [
        value for op in module.walk() for region in op.regions for block in region.blocks for value in block.args
    ]
    return next(value for value in values if value.name_hint == name)


T, A = "!tile.tensor<64x64xi8>", "!tile.tile<16x32xi8>"

EXPRESSIONS = f"""
func.func @f(%t: {T}, %u: {T}, %i: index, %j: index, %v: {A}) {{
  %one = arith.constant 1 : index
  %uno = arith.constant 1 : index
  %two = arith.constant 2 : index
  %x = arith.addi %i, %one : index
  %y = arith.addi %i, %uno : index
  %z = arith.addi %i, %two : index
  %m = arith.muli %i, %one : index
  %w = arith.addi %one, %i : index
  %a = tile.load %t[%x, %j] : {T} -> {A}
  %b = tile.load %t[%y, %j] : {T} -> {A}
  %c = tile.load %u[%x, %j] : {T} -> {A}
  %d = tile.load %t[%x, %j] {{note}} : {T} -> {A}
  tile.store %v, %u[%i, %j] : {A}, {T}
  %e = tile.load %t[%x, %j] : {T} -> {A}
  scf.for %k = %i to %j step %one {{
    %inner = tile.load %t[%x, %j] : {T} -> {A}
    tile.store %v, %t[%i, %j] : {A}, {T}
  }}
  %g = tile.load %t[%x, %j] : {T} -> {A}
  func.return
}}
"""


@pytest.mark.parametrize(
    "first, second, expected",
    [
        ("one", "uno", True),
        ("one", "two", False),
        ("x", "y", True),
        ("x", "x", True),
        ("x", "z", False),
        ("x", "m", False),
        ("x", "w", False),
        ("i", "j", False),
        ("i", "x", False),
        ("a", "b", True),
        ("a", "c", False),
        ("a", "d", False),
        # A store to another tensor is harmless; one to this tensor counts also inside a loop, in either order.
        ("a", "e", True),
        ("e", "g", False),
        ("g", "e", False),
        ("a", "inner", False),
    ],
)
def test_values_are_equal_when_their_expressions_are(first: str, second: str, expected: bool) -> None:
    module = parse(EXPRESSIONS)
    assert equivalent(named(module, first), named(module, second)) is expected


DEPENDENCE = """
func.func @f(%n: index, %o: index) {
  %c1 = arith.constant 1 : index
  scf.for %k = %c1 to %n step %c1 {
    %next = arith.addi %k, %c1 : index
    %moved = arith.addi %o, %next : index
    %twice = arith.addi %k, %k : index
    %scaled = arith.muli %k, %o : index
    %other = arith.addi %o, %c1 : index
  }
  func.return
}
"""


@pytest.mark.parametrize(
    "name, moves, needs",
    [
        ("k", True, True),
        ("next", True, True),
        ("moved", True, True),
        ("twice", False, True),
        ("scaled", False, True),
        ("other", False, False),
        ("o", False, False),
    ],
)
def test_an_index_follows_the_loop_variable_when_it_is_added_once(name: str, moves: bool, needs: bool) -> None:
    module = parse(DEPENDENCE)
    value, variable = named(module, name), named(module, "k")
    assert follows(value, variable) is moves
    assert depends(value, variable) is needs


NEST = """
func.func @f(%n: index) {
  %before = arith.constant 1 : index
  scf.for %i = %n to %n step %n {
    %middle = arith.constant 1 : index
    scf.for %j = %n to %n step %n {
      %inside = arith.constant 1 : index
    }
    %late = arith.constant 1 : index
  }
  %after = arith.constant 1 : index
  func.return
}
"""


def owner(module: ModuleOp, name: str) -> Operation:
    found = named(module, name).owner
    assert isinstance(found, Operation)
    return found


def test_a_loop_counts_as_a_whole_for_what_stands_outside() -> None:
    module = parse(NEST)
    order = ProgramOrder.of(module)
    before, inside, after = (owner(module, name) for name in ("before", "inside", "after"))
    outer, inner = (op for op in module.walk() if isinstance(op, scf.ForOp))
    home = before.parent
    assert order.extent([before, after], home) == (order.first[before], order.first[after])
    assert order.extent([inside], home) == (order.first[outer], order.last[outer])
    assert order.extent([inside], outer.body.block) == (order.first[inner], order.last[inner])
    assert order.extent([inside], inner.body.block) == (order.first[inside], order.first[inside])
    assert order.extent([], home) is None
    assert order.last[outer] > order.first[owner(module, "late")]
    assert order.first[after] == order.last[outer] + 1


def test_the_outermost_loop_is_found_below_a_block() -> None:
    module = parse(NEST)
    before, inside = owner(module, "before"), owner(module, "inside")
    outer, inner = (op for op in module.walk() if isinstance(op, scf.ForOp))
    assert outermost_loop(inside) is outermost_loop(inner) is outermost_loop(outer) is outer
    assert outermost_loop(inside, outer.body.block) is inner
    assert outermost_loop(before) is before


RINGS = """
func.func @f(%t: !tile.tensor<512x512xi8>, %c: index) {
  tile.pipeline stages(3) %k = %c to %c step %c {
    %a = tile.load %t[%c, %k] : !tile.tensor<512x512xi8> -> !tile.tile<16x32xi8, mat>
    %b = tile.load %t[%c, %k] {slots = 5 : i64, ring = "w"} : !tile.tensor<512x512xi8> -> !tile.tile<32x32xi8, mat>
    %d = tile.load %t[%k, %c] {slots = 5 : i64, ring = "w"} : !tile.tensor<512x512xi8> -> !tile.tile<32x32xi8, mat>
    %e = tile.load %t[%k, %c] {slots = 4 : i64, ring = "w"} : !tile.tensor<512x512xi8> -> !tile.tile<64x32xi8, mat>
    %l = tile.move %a : !tile.tile<16x32xi8, mat> -> !tile.tile<16x32xi8, left>
    %r = tile.move %b {slots = 2 : i64} : !tile.tile<32x32xi8, mat> -> !tile.tile<32x32xi8, right>
    %free = tile.load %t[%c, %k] : !tile.tensor<512x512xi8> -> !tile.tile<16x32xi8>
  }
  func.return
}
"""


def test_ops_of_one_ring_and_type_share_slots() -> None:
    loop = next(op for op in parse(RINGS).walk() if isinstance(op, PipelineOp))
    groups = [([op.result.name_hint for op in group.members], group.slots, group.name) for group in rings_of(loop)]
    assert groups == [
        (["a"], 3, "a"),
        (["b", "d"], 5, "w"),
        (["e"], 4, "w"),
        (["l"], 1, "l"),
        (["r"], 2, "r"),
    ]
    assert [group.own_slots for group in rings_of(loop)] == [3, None, 4, 1, 2]


BUFFERS = """
func.func @f(%t: !tile.tensor<512x512xi8>, %c: index) {
  %early = tile.load %t[%c, %c] : !tile.tensor<512x512xi8> -> !tile.tile<16x64xi8, mat>
  %l = tile.move %early : !tile.tile<16x64xi8, mat> -> !tile.tile<16x64xi8, left>
  %late = tile.load %t[%c, %c] : !tile.tensor<512x512xi8> -> !tile.tile<64x64xi8, mat>
  %r = tile.move %late : !tile.tile<64x64xi8, mat> -> !tile.tile<64x64xi8, right>
  %x = tile.matmul %l, %r : !tile.tile<16x64xi8, left>, !tile.tile<64x64xi8, right> -> !tile.tile<16x64xi32, acc>
  tile.pipeline stages(2) %k = %c to %c step %c {
    %a = tile.load %t[%c, %k] : !tile.tensor<512x512xi8> -> !tile.tile<16x32xi8, mat>
    %m = tile.move %a : !tile.tile<16x32xi8, mat> -> !tile.tile<16x32xi8, left>
  }
  func.return
}
"""


def test_buffers_live_from_their_first_to_their_last_use() -> None:
    module = parse(BUFFERS)
    buffers = {buffer.name: buffer for buffer in find_buffers(load_chip(), module)}
    assert {name: (each.space, each.bytes) for name, each in buffers.items()} == {
        "%early": (Space.MAT, 1024),
        "%l": (Space.LEFT, 1024),
        "%late": (Space.MAT, 4096),
        "%r": (Space.RIGHT, 4096),
        "%x": (Space.ACC, 32 * 64 * 4),
        "%a": (Space.MAT, 1024),
        "%m": (Space.LEFT, 512),
    }
    assert (buffers["%early"].where, buffers["%late"].where, buffers["%x"].where) == (
        "lines 3-4",
        "lines 5-6",
        "line 7",
    )
    assert buffers["%a"].where == "lines 8-11" or buffers["%a"].where == "lines 8-10"
    mat = [each for each in buffers.values() if each.space is Space.MAT]
    assert peak_usage(mat) == (4096, [buffers["%late"]])


def test_nothing_live_is_nothing_used() -> None:
    assert peak_usage([]) == (0, [])


def test_loads_are_told_apart_by_their_block() -> None:
    loads = [op for op in parse(EXPRESSIONS).walk() if isinstance(op, LoadOp)]
    assert len({load.parent for load in loads}) == 2
