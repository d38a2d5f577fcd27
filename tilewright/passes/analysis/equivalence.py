"""Whether two values are computed in the same way, and how an index depends on a loop variable."""

from __future__ import annotations

from xdsl.dialects import arith
from xdsl.ir import Operation, OpResult, SSAValue
from xdsl.traits import is_side_effect_free

from tilewright.dialects.tile import LoadOp
from tilewright.passes.analysis.tensor_stores import stored_between


def equivalent(first: SSAValue, second: SSAValue) -> bool:
    """Whether both values are made by equal expressions over the same leaves.

    Two loads count as equal when nothing between them stores to their tensor; they must be in one block.
    """
    if first is second:
        return True
    if not (isinstance(first, OpResult) and isinstance(second, OpResult)):
        return False
    one, other = first.op, second.op
    if (
        type(one) is not type(other)
        or first.index != second.index
        or first.type != second.type
        or one.properties != other.properties
        or one.attributes != other.attributes
        or one.regions
        or len(one.operands) != len(other.operands)
    ):
        return False
    if isinstance(one, LoadOp):
        if one.parent is not other.parent or _stored_between(one, other, one.source):
            return False
    elif not is_side_effect_free(one):
        return False
    return all(equivalent(a, b) for a, b in zip(one.operands, other.operands, strict=True))


def _stored_between(first: Operation, second: Operation, tensor: SSAValue) -> bool:
    """Whether an op between two ops of one block may change `tensor`."""
    if not first.is_before_in_block(second):
        first, second = second, first
    return stored_between(first, second, tensor)


def follows(value: SSAValue, variable: SSAValue) -> bool:
    """Whether `value` is `variable` plus something that does not depend on it."""
    if value is variable:
        return True
    owner = value.owner
    if isinstance(owner, arith.AddiOp):
        sides = (owner.lhs, owner.rhs)
        return any(follows(side, variable) and not depends(other, variable) for side, other in (sides, sides[::-1]))
    return False


def depends(value: SSAValue, variable: SSAValue) -> bool:
    """Whether `value` is computed from `variable`."""
    if value is variable:
        return True
    owner = value.owner
    return isinstance(owner, Operation) and any(depends(operand, variable) for operand in owner.operands)
