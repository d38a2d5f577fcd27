"""How locations survive a pass; xDSL's rewriters give new operations none.

A pattern that wants each new operation to have the location of exactly the operation that it
replaces is wrapped: `PatternRewriteWalker(Located(MyPattern()))`. Whatever is still without a
location when a pass ends (also one of xDSL's) inherits one from its surroundings: the pass manager
calls `inherit_locations` after each pass.
"""

from __future__ import annotations

from dataclasses import dataclass

from xdsl.dialects.builtin import LocationAttr
from xdsl.ir import Operation
from xdsl.pattern_rewriter import PatternRewriter, RewritePattern

from tilewright.dialects.diagnostics import has_location


@dataclass(eq=False)
class Located(RewritePattern):
    """Gives what `pattern` inserts the location of the operation that it matches."""

    pattern: RewritePattern

    def match_and_rewrite(self, op: Operation, rewriter: PatternRewriter) -> None:
        location = op.location

        def stamp(new_op: Operation) -> None:
            for inner in new_op.walk():
                if not has_location(inner):
                    inner.location = location

        rewriter.operation_insertion_handler.append(stamp)
        self.pattern.match_and_rewrite(op, rewriter)
        rewriter.operation_insertion_handler.remove(stamp)


def inherit_locations(root: Operation) -> None:
    """Give each operation without a location that of the nearest one before it in its block.

    The first in a block takes that of the operation around it. `root` keeps its own.
    """
    _inherit_within(root, root.location)


def _inherit_within(op: Operation, location: LocationAttr) -> None:
    for region in op.regions:
        for block in region.blocks:
            nearest = location
            for inner in block.ops:
                if has_location(inner):
                    nearest = inner.location
                else:
                    inner.location = nearest
                if inner.regions:
                    _inherit_within(inner, nearest)
