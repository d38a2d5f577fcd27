"""Every value is defined before it is used, on every path (xDSL's verifier does not check this).

The rules are MLIR's: in a region with control flow a definition must dominate its uses; at module
level (a graph region) the order is free; an isolated operation sees nothing from outside; what no
path from the entry reaches is not checked.
"""

from __future__ import annotations

from collections.abc import Iterator

from xdsl.dialects.builtin import ModuleOp
from xdsl.ir import Block, BlockArgument, Operation, OpResult, Region, SSAValue
from xdsl.traits import IsolatedFromAbove

from tilewright.dialects.diagnostics import Diagnostic, Severity, fail_all, location_of
from tilewright.dialects.dominator_tree import dominator_tree


def verify_dominance(op: Operation) -> None:
    """Check that every operand within `op` is visible where it is used.

    Raises:
        DiagnosticError: TW0101 for each use that its definition does not reach.
    """
    checker = _Checker()
    for region in op.regions:
        checker.check_region(region)
    fail_all(checker.errors)


class _Checker:
    """Walks regions and keeps the set of values that are visible at the point it has reached."""

    def __init__(self) -> None:
        self.errors: list[Diagnostic] = []
        self._visible: set[SSAValue] = set()

    def check_region(self, region: Region) -> None:
        blocks = region.blocks
        if len(blocks) == 1:
            block = blocks[0]
            if isinstance(region.parent, ModuleOp):
                self._visible.update(_definitions(block))
            self._enter(block)
            self._leave(block)
        elif blocks:
            self._check_cfg(region)

    def _check_cfg(self, region: Region) -> None:
        """Visit the dominator tree in depth, so that `_visible` is what dominates the block."""
        children = dominator_tree(region)
        stack = [(region.blocks[0], False)]
        while stack:
            block, done = stack.pop()
            if done:
                self._leave(block)
                continue
            self._enter(block)
            stack.append((block, True))
            stack.extend((child, False) for child in reversed(children[block]))

    def _enter(self, block: Block) -> None:
        visible = self._visible
        visible.update(block.args)
        for op in block.ops:
            if not visible.issuperset(op.operands):
                missing = dict.fromkeys(v for v in op.operands if v not in visible)
                self.errors.extend(_error(op, value) for value in missing)
            if op.regions:
                self._check_regions_of(op)
            visible.update(op.results)

    def _leave(self, block: Block) -> None:
        self._visible.difference_update(_definitions(block))

    def _check_regions_of(self, op: Operation) -> None:
        outside = self._visible
        if op.has_trait(IsolatedFromAbove):
            self._visible = set()
        for region in op.regions:
            self.check_region(region)
        self._visible = outside


def _definitions(block: Block) -> Iterator[SSAValue]:
    yield from block.args
    for op in block.ops:
        yield from op.results


def _error(user: Operation, value: SSAValue) -> Diagnostic:
    name = _name_of(value)
    used, defined = location_of(user), location_of(value)
    use_line = f" on line {used.line}" if used else ""
    definition_line = f" on line {defined.line}" if defined else ""
    return Diagnostic(
        "TW0101",
        f"{name} is used{use_line} but its definition{definition_line} does not reach that use",
        used,
        Severity.ERROR,
        label=f"'{user.name}' uses {name} here",
        notes=(_reason(user, value),),
    )


def _name_of(value: SSAValue) -> str:
    if value.name_hint:
        return f"%{value.name_hint}"
    match value:
        case OpResult():
            return f"result #{value.index} of '{value.op.name}'"
        case BlockArgument():
            return f"block argument #{value.index}"
        case _:
            return "an erased value"


def _reason(user: Operation, value: SSAValue) -> str:
    """Say which rule the use breaks, from where its definition stands."""
    block = value.owner if isinstance(value, BlockArgument) else None
    if isinstance(value, OpResult):
        block = value.op.parent
    if block is None:
        return "the definition is no longer part of the program"
    if (ancestor := block.find_ancestor_op_in_block(user)) is not None:
        if isinstance(value, OpResult) and value.op is ancestor:
            return "the use is inside the operation that defines the value"
        if isinstance(value, OpResult) and ancestor.is_before_in_block(value.op):
            return "the definition comes later in the same block"
        return "the use is inside an operation that is isolated from what is around it"
    region = block.parent
    if region is not None and any(region is outer for outer in _regions_around(user)):
        return "the definition's block is not on every path to the use"
    return "the definition is inside a region that the use is outside of"


def _regions_around(op: Operation) -> Iterator[Region]:
    region = op.parent_region()
    while region is not None:
        yield region
        region = region.parent.parent_region() if region.parent is not None else None
