"""Simplifications of `tile` ops that `canonicalize` applies."""

from __future__ import annotations

from xdsl.pattern_rewriter import PatternRewriter, RewritePattern, op_type_rewrite_pattern

from tilewright.dialects.tile.matmul import MatmulOp
from tilewright.dialects.tile.storage import FullOp


class StartFromNothing(RewritePattern):
    """Adding to zeros is starting afresh: `tile.matmul acc(%zero) …` loses its accumulators."""

    @op_type_rewrite_pattern
    def match_and_rewrite(self, op: MatmulOp, rewriter: PatternRewriter) -> None:
        starts = [acc.owner for acc in op.acc]
        if starts and all(isinstance(start, FullOp) and start.is_zero for start in starts):
            fresh = MatmulOp(op.lhs, op.rhs, op.result_types)
            fresh.attributes |= op.attributes
            rewriter.replace(op, fresh)
