"""Branches that hand on the same value on both sides: the language takes the value itself."""

from __future__ import annotations

from xdsl.dialects import arith, scf
from xdsl.ir import Operation, SSAValue
from xdsl.rewriter import InsertPoint, Rewriter


def drop_equal_results(op: scf.IfOp) -> bool:
    """Take away the results of a branch that do not depend on its condition, in place; says whether there were any."""
    if not op.results:
        return False
    ends = [region.block.last_op for region in (op.true_region, op.false_region)]
    yes, no = (end.operands if end is not None else () for end in ends)
    values = [_common(op, *pair) for pair in zip(yes, no, strict=True)]
    kept = [place for place, value in enumerate(values) if value is None]
    if len(kept) == len(values):
        return False
    for end in filter(None, ends):
        end.operands = [end.operands[place] for place in kept]
    regions = [op.detach_region(region) for region in (op.true_region, op.false_region)]
    smaller = scf.IfOp(op.cond, [op.results[place].type for place in kept], *regions, attr_dict=op.attributes)
    smaller.location = op.location
    results = iter(smaller.results)
    for value, before in zip(values, op.results, strict=True):
        if value is None:
            next(results).name_hint = before.name_hint
    rest = iter(smaller.results)
    Rewriter.replace_op(op, smaller, [next(rest) if value is None else value for value in values], safe_erase=True)
    return True


def _common(op: Operation, yes: SSAValue, no: SSAValue) -> SSAValue | None:
    """The value that both sides hand on, as it stands before the branch; None if there is none."""
    if yes is no:
        return yes
    match yes.owner, no.owner:
        case arith.ConstantOp() as first, arith.ConstantOp() as second if first.value == second.value:
            constant = first.clone()
            constant.location = first.location
            Rewriter.insert_op(constant, InsertPoint.before(op))
            return constant.result
        case _:
            return None
