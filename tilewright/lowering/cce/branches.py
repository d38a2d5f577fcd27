"""Structured branches: `if` and `switch`, whose sides hand on values."""

from __future__ import annotations

from xdsl.dialects import scf

from tilewright.lowering.cce.carried import declare_chosen, hand_on
from tilewright.lowering.cce.expressions import text
from tilewright.lowering.cce.memrefs import declare_windows
from tilewright.lowering.cce.scope import Handlers, Scope


def _if(scope: Scope, op: scf.IfOp) -> None:
    """A branch; its results are variables that are declared before it and set on both sides."""
    results = [declare_chosen(scope, result, op) for result in op.results]
    scope.writer.line(f"if ({text(scope.read(op.cond))}) {{", op)
    hand_on(scope, op.true_region.block, results, op)
    other = op.false_region.first_block
    if other is not None and (results or not isinstance(other.first_op, scf.YieldOp)):
        scope.writer.line("} else {")
        hand_on(scope, other, results, op)
    scope.writer.line("}")
    declare_windows(scope, op.results, op)


def _index_switch(scope: Scope, op: scf.IndexSwitchOp) -> None:
    """A choice by number; each case has braces of its own for its variables."""
    results = [declare_chosen(scope, result, op) for result in op.results]
    scope.writer.line(f"switch ({text(scope.read(op.arg))}) {{", op)
    labels = (*(f"case {value}" for value in op.cases.iter_values()), "default")
    regions = (*op.case_regions, op.default_region)
    with scope.writer.indented():
        for label, region in zip(labels, regions, strict=True):
            scope.writer.line(f"{label}: {{")
            hand_on(scope, region.block, results, op)
            with scope.writer.indented():
                scope.writer.line("break;")
            scope.writer.line("}")
    scope.writer.line("}")
    declare_windows(scope, op.results, op)


def _yield(_scope: Scope, _op: scf.YieldOp) -> None:
    """The operation around it assigns what is yielded."""


HANDLERS: Handlers = {
    scf.IfOp: _if,
    scf.IndexSwitchOp: _index_switch,
    scf.YieldOp: _yield,
}
