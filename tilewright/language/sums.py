"""Numbers as sums: whether two of them, known only when the kernel runs, are a constant apart."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from xdsl.dialects import arith
from xdsl.ir import Operation, SSAValue
from xdsl.traits import Pure

from tilewright.dialects.constants import constant_value
from tilewright.language.values import ScalarRef

Sum: TypeAlias = Mapping[object, int]
"""A sum of terms times constants; the constant part stands at None. Equal terms are the same number."""


def distance(start: object, stop: object) -> int | None:
    """`stop - start` where that is a constant, whatever the two are."""
    if isinstance(start, int) and isinstance(stop, int):
        return stop - start
    first, last = _linear(start), _linear(stop)
    if first is None or last is None:
        return None
    difference = dict(_sum(last, first, -1))
    constant = difference.pop(None, 0)
    return constant if not any(difference.values()) else None


def _linear(value: object) -> Sum | None:
    match value:
        case bool():
            return None
        case int():
            return {None: value}
        case ScalarRef(ssa):
            return _linear_of(ssa)
        case _:
            return None


def _linear_of(value: SSAValue) -> Sum:
    known = constant_value(value)
    if known is not None:
        return {None: known}
    owner = value.owner
    match owner:
        case arith.IndexCastOp():
            return _linear_of(owner.input)
        case arith.AddiOp():
            return _sum(_linear_of(owner.lhs), _linear_of(owner.rhs), 1)
        case arith.SubiOp():
            return _sum(_linear_of(owner.lhs), _linear_of(owner.rhs), -1)
        case arith.MuliOp():
            for factor, other in ((owner.lhs, owner.rhs), (owner.rhs, owner.lhs)):
                scale = constant_value(factor)
                if scale is not None:
                    return {term: scale * count for term, count in _linear_of(other).items()}
        case _:
            pass
    return {_term(value): 1}


def _term(value: SSAValue) -> object:
    """A number that is no sum: the same for the same computation, which may have been written twice."""
    owner = value.owner
    if not isinstance(owner, Operation) or not owner.operands or not owner.has_trait(Pure):
        return value
    parts = tuple(map(_same, owner.operands))
    attributes = tuple(sorted((name, str(each)) for name, each in owner.properties.items()))
    return owner.name, attributes, parts, owner.results.index(value)


def _same(value: SSAValue) -> object:
    """An operand by what it is, not looked through: what several share would be looked at again and again."""
    known = constant_value(value)
    if known is not None:
        return known
    return _same(value.owner.input) if isinstance(value.owner, arith.IndexCastOp) else value


def _sum(left: Sum, right: Sum, sign: int) -> Sum:
    total = dict(left)
    for term, factor in right.items():
        total[term] = total.get(term, 0) + sign * factor
    return total
