"""Which integers are never negative: for those, signed and unsigned arithmetic agree."""

from __future__ import annotations

from xdsl.dialects import arith
from xdsl.dialects.builtin import IndexType, IntegerType
from xdsl.dialects.scf import ForOp
from xdsl.ir import Attribute, BlockArgument, Operation, SSAValue

from tilewright.dialects.constants import constant_value
from tilewright.dialects.upstream import IndexCastUIOp

_WIDE = 64

_MAX_DEPTH = 8
"""How many operations back to look. Addresses are computed in a handful."""


def never_negative(value: SSAValue, depth: int = _MAX_DEPTH) -> bool:
    """Say whether an integer is known not to be negative.

    Sums and products count as not overflowing 64 bits, as addresses and offsets never do.
    """
    if (constant := constant_value(value)) is not None:
        return constant >= 0
    if depth == 0:
        return False
    if isinstance(value, BlockArgument):
        loop = value.block.parent_op()
        # The step of a loop is positive, so its variable never falls below the first value.
        return isinstance(loop, ForOp) and value.index == 0 and never_negative(loop.lb, depth - 1)
    owner = value.owner
    return isinstance(owner, Operation) and _result_is(owner, depth - 1)


def _result_is(op: Operation, depth: int) -> bool:
    match op:
        case arith.AddiOp() | arith.MuliOp():
            # Fewer bits do overflow.
            return _is_wide(op.result.type) and never_negative(op.lhs, depth) and never_negative(op.rhs, depth)
        case arith.MinSIOp():
            return never_negative(op.lhs, depth) and never_negative(op.rhs, depth)
        case arith.AndIOp() | arith.MaxSIOp():
            return never_negative(op.lhs, depth) or never_negative(op.rhs, depth)
        case (
            arith.RemUIOp()
            | arith.DivUIOp()
            | arith.RemSIOp()
            | arith.DivSIOp()
            | arith.CeilDivUIOp()
            | arith.CeilDivSIOp()
            | arith.FloorDivSIOp()
        ):
            return never_negative(op.lhs, depth) and never_negative(op.rhs, depth)
        case arith.SelectOp():
            return never_negative(op.lhs, depth) and never_negative(op.rhs, depth)
        case arith.IndexCastOp():
            return _is_wide(op.result.type) and not _is_truth(op.input.type) and never_negative(op.input, depth)
        case arith.ExtSIOp():
            return not _is_truth(op.input.type) and never_negative(op.input, depth)
        case IndexCastUIOp():
            widened = not _is_wide(op.input.type)
            return widened or (_is_wide(op.result.type) and never_negative(op.input, depth))
        case arith.ExtUIOp():
            return True
        case _:
            return False


def _is_wide(type_: Attribute) -> bool:
    """Say whether a type has 64 bits, as an index has."""
    return isinstance(type_, IndexType) or (isinstance(type_, IntegerType) and type_.bitwidth == _WIDE)


def _is_truth(type_: Attribute) -> bool:
    """Say whether a type has one bit, which is its sign: a constant of it reads as 1 and means -1."""
    return type_ == IntegerType(1)
