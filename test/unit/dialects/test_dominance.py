"""Dominance: see also `test/lit/dialects/general/dominance.mlir`."""

import random
from itertools import pairwise

import pytest
from xdsl.dialects import test
from xdsl.dialects.builtin import ModuleOp, i32
from xdsl.dialects.cf import BranchOp
from xdsl.dialects.func import FuncOp
from xdsl.ir import Block, Region

from tilewright.dialects.diagnostics import DiagnosticError
from tilewright.dialects.dominance import verify_dominance
from tilewright.dialects.dominator_tree import dominator_tree
from tilewright.dialects.parsing import parse_module
from tilewright.dialects.registry import make_context


def messages(text: str) -> list[str]:
    module = parse_module(make_context(), text, "k.mlir")
    try:
        verify_dominance(module)
    except DiagnosticError as error:
        return [f"{d.location}: {d.message}; {d.notes[0]}" for d in error.diagnostics if d.code == "TW0101"]
    return []


def test_the_error_names_the_value_and_both_lines() -> None:
    text = "func.func @f() {\n  %y = arith.addi %x, %x : i1\n  %x = arith.constant 1 : i1\n}"
    assert messages(text) == [
        "k.mlir:2:8: %x is used on line 2 but its definition on line 3 does not reach that use; "
        "the definition comes later in the same block"
    ]


def test_a_value_without_a_name_is_described() -> None:
    text = "func.func @f() {\n  %y = arith.addi %0, %0 : i1\n  %0 = arith.constant 1 : i1\n}"
    assert messages(text)[0].startswith("k.mlir:2:8: result #0 of 'arith.constant' is used")


def test_the_argument_of_a_block_that_does_not_dominate() -> None:
    text = """func.func @f(%c: i1) -> i1 {
  cf.cond_br %c, ^a(%c : i1), ^b
^a(%0: i1):
  cf.br ^b
^b:
  func.return %0 : i1
}"""
    assert messages(text) == [
        "k.mlir:6:3: block argument #0 is used on line 6 but its definition on line 1 does not "
        "reach that use; the definition's block is not on every path to the use"
    ]


def test_order_is_free_at_module_level() -> None:
    assert messages("%y = arith.addi %x, %x : i1\n%x = arith.constant 1 : i1") == []


def test_an_isolated_operation_sees_nothing_from_outside() -> None:
    text = "%x = arith.constant 1 : i1\nfunc.func @f() -> i1 {\n  func.return %x : i1\n}"
    (message,) = messages(text)
    assert message.endswith("the use is inside an operation that is isolated from what is around it")


def test_a_value_whose_region_is_left() -> None:
    inner = test.TestOp(result_types=[i32])
    outer = test.TestOp(regions=[Region(Block([inner, test.TestTermOp()]))])
    user = test.TestOp(operands=[inner.results[0]])
    func = FuncOp.from_region("f", [], [], Region(Block([outer, user])))
    with pytest.raises(DiagnosticError) as caught:
        verify_dominance(ModuleOp([func]))
    assert caught.value.diagnostics[0].notes == ("the definition is inside a region that the use is outside of",)


def test_a_definition_that_is_no_longer_in_the_program() -> None:
    lost = test.TestOp(result_types=[i32])
    module = ModuleOp([test.TestOp(operands=[lost.results[0]])])
    with pytest.raises(DiagnosticError) as caught:
        verify_dominance(module)
    assert caught.value.diagnostics[0].notes == ("the definition is no longer part of the program",)


def test_dominators_agree_with_the_definition_on_random_graphs() -> None:
    chance = random.Random(7)
    for _ in range(200):
        blocks = [Block() for _ in range(chance.randint(1, 12))]
        for block in blocks:
            successors = chance.sample(blocks, chance.randint(0, min(3, len(blocks))))
            block.add_op(test.TestTermOp(successors=successors))
        region = Region(blocks)
        reached = _reachable(blocks[0], without=None)
        tree = dominator_tree(region)
        parent = {child: block for block, children in tree.items() for child in children}
        assert set(tree) == reached
        for block in reached:
            chain = _chain(block, parent)
            assert chain == {d for d in reached if block not in _reachable(blocks[0], without=d)}


def _chain(block: Block, parent: dict[Block, Block]) -> set[Block]:
    chain = {block}
    while block in parent:
        block = parent[block]
        chain.add(block)
    return chain


def _reachable(entry: Block, without: Block | None) -> set[Block]:
    seen: set[Block] = set()
    stack = [entry]
    while stack:
        block = stack.pop()
        if block is without or block in seen:
            continue
        seen.add(block)
        assert block.last_op is not None
        stack.extend(block.last_op.successors)
    return seen


def test_a_long_chain_of_blocks_needs_no_deep_stack() -> None:
    blocks = [Block() for _ in range(5_000)]
    for block, following in pairwise(blocks):
        block.add_op(BranchOp(following))
    blocks[-1].add_op(test.TestTermOp())
    verify_dominance(ModuleOp([FuncOp.from_region("f", [], [], Region(blocks))]))
