"""Regions of several blocks: labels, and `goto` between them.

C++ forbids a jump over the declaration of a variable. So every block stands in braces, inside the
braces of the block that dominates it: it sees the variables of all blocks that were run before it,
and a branch only ever leaves braces or goes to a label beside them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from xdsl.dialects import cf, func, scf
from xdsl.ir import Block, Operation, Region, SSAValue

from tilewright.dialects.dominator_tree import dominator_tree
from tilewright.dialects.upstream import ExecuteRegionOp
from tilewright.lowering.cce.carried import assign, declare_carried, declare_chosen, handed_on, saves, write_block
from tilewright.lowering.cce.expressions import text
from tilewright.lowering.cce.memrefs import declare_windows, pointer
from tilewright.lowering.cce.scope import Handlers, Scope
from tilewright.lowering.refusals import refuse


def function_body(scope: Scope, function: func.FuncOp) -> None:
    """Write the blocks of a function.

    A return without a value jumps behind the last block, where the end of a kernel is written.
    """
    _region(scope, function.body, function, lambda block: block.last_op is not None and not block.last_op.operands)


def _execute_region(scope: Scope, op: scf.ExecuteRegionOp) -> None:
    """A region that runs once: its only block in place, or several in braces."""
    blocks = op.region.blocks
    if len(blocks) == 1:
        scope.statements(blocks[0])
        for result, value in zip(op.results, handed_on(blocks[0]), strict=True):
            scope.spell(result, pointer(scope, value))
        declare_windows(scope, op.results, op)
        return
    results = [declare_chosen(scope, result, op) for result in op.results]

    def leave(block: Block) -> bool:
        with scope.writer.indented():
            assign(scope, results, handed_on(block), op)
        return True

    scope.writer.line("{", op)
    _region(scope, op.region, op, leave)
    scope.writer.line("}")
    declare_windows(scope, op.results, op)


def _region(scope: Scope, region: Region, op: Operation, leave: Callable[[Block], bool]) -> None:
    """Write all blocks of a region.

    Args:
        leave: writes what happens at the end of a block that leaves the region, and says whether
            the program goes on behind the region.
    """
    if len(region.blocks) == 1:
        scope.block(region.blocks[0])
        leave(region.blocks[0])
        return
    tree = dominator_tree(region)
    for block in tree:
        if block is not region.blocks[0]:
            scope.labels[block] = scope.names.fresh(block.name_hint, "block")
    end, following = scope.names.fresh("end", "end"), scope.following
    if _Blocks(scope, tree, op, leave, end).write(region.blocks[0], None):
        with scope.writer.indented():
            scope.writer.line(f"{end}:;")
    scope.following = following


def _write(scope: Scope, block: Block, op: Operation) -> None:
    if block in scope.variables:
        write_block(scope, block, op)
    else:
        # The frame of the region has written the windows of its first block.
        scope.block(block)


class _Blocks:
    """Writes the blocks of one region along the tree of dominators."""

    def __init__(
        self,
        scope: Scope,
        tree: Mapping[Block, list[Block]],
        op: Operation,
        leave: Callable[[Block], bool],
        end: str,
    ) -> None:
        self._scope = scope
        self._tree = tree
        self._op = op
        self._leave = leave
        self._end = end

    def write(self, block: Block, following: Block | None) -> bool:
        """Write a block and those that it dominates; `following` comes next in the text.

        Returns whether something jumps to the end of the region.
        """
        scope, children = self._scope, self._tree[block]
        with scope.writer.indented():
            for child in children:
                scope.variables[child] = [declare_carried(scope, argument, self._op) for argument in child.args]
        after = children[0] if children else following
        scope.following = after
        _write(scope, block, self._op)
        jumps_to_end = False
        if block.last_op is not None and not block.last_op.successors:
            jumps_to_end = self._leave(block) and after is not None
            if jumps_to_end:
                with scope.writer.indented():
                    scope.writer.line(f"goto {self._end};")
        for child, after in zip(children, (*children, following)[1:], strict=True):
            with scope.writer.indented():
                scope.writer.line(f"{scope.labels[child]}: {{")
                jumps_to_end |= self.write(child, after)
                scope.writer.line("}")
        return jumps_to_end


def _branch(scope: Scope, op: cf.BranchOp) -> None:
    _jump(scope, op.successor, op.arguments, op)


def _cond_branch(scope: Scope, op: cf.ConditionalBranchOp) -> None:
    scope.writer.line(f"if ({text(scope.read(op.cond))}) {{", op)
    with scope.writer.indented():
        _jump(scope, op.then_block, op.then_arguments, op, falls_through=False)
    scope.writer.line("}")
    _jump(scope, op.else_block, op.else_arguments, op)


def _switch(scope: Scope, op: cf.SwitchOp) -> None:
    values = () if op.case_values is None else op.case_values.get_values()
    scope.writer.line(f"switch ({text(scope.read(op.flag))}) {{", op)
    with scope.writer.indented():
        for value, block, arguments in zip(values, op.case_blocks, op.case_operand, strict=True):
            scope.writer.line(f"case {value}: {{")
            with scope.writer.indented():
                _jump(scope, block, arguments, op, falls_through=False)
            scope.writer.line("}")
    scope.writer.line("}")
    _jump(scope, op.default_block, op.default_operands, op)


def _jump(
    scope: Scope, target: Block, values: Sequence[SSAValue], op: Operation, *, falls_through: bool = True
) -> None:
    """Hand values to a block and go there, unless it comes next anyway."""
    if target not in scope.variables:
        refuse(op, "C++")  # back to the first block, which MLIR forbids
    variables = scope.variables[target]
    if falls_through and saves(scope, variables, values):
        # A value that is saved gets a variable, over whose declaration no branch may jump.
        scope.writer.line("{")
        with scope.writer.indented():
            assign(scope, variables, values, op)
        scope.writer.line("}")
    else:
        assign(scope, variables, values, op)
    if not falls_through or target is not scope.following:
        scope.writer.line(f"goto {scope.labels[target]};", op)


HANDLERS: Handlers = {
    ExecuteRegionOp: _execute_region,
    cf.BranchOp: _branch,
    cf.ConditionalBranchOp: _cond_branch,
    cf.SwitchOp: _switch,
}
