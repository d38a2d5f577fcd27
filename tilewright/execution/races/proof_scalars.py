"""What arithmetic makes of numbers of which only their change from turn to turn is known.

Numbers count as too small to wrap around: no loop runs 2^31 times.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias

from xdsl.dialects import arith
from xdsl.dialects.builtin import IntegerAttr
from xdsl.ir import Operation

from tilewright.dialects.upstream import IndexCastUIOp
from tilewright.execution.races.proof_values import (
    Loops,
    Number,
    added,
    compared,
    divided,
    grows,
    joined,
    known,
    positive,
    remainder,
    scaled,
    settled,
    unknown,
)
from tilewright.execution.scalars import bits_of

_WIDE = 32
"""Integers of so many bits hold every number of turns."""

_SIGNED_COMPARISONS = 6
"""The predicates from here on compare integers without sign."""

_Rule: TypeAlias = Callable[[Operation, Sequence[Number], Loops], Number | None]
"""None where the result changes in a way that is not followed."""


def computed(op: Operation, operands: Sequence[Number], loops: Loops) -> Number:
    """Give what a scalar operation computes."""
    for operand in operands:
        if operand.reason is not None:
            return operand
    rule = _RULES.get(type(op))
    found = None if rule is None else rule(op, operands, loops)
    if found is not None:
        return found
    if all(operand.repeats for operand in operands):
        return joined(operands)
    if isinstance(op, arith.CmpiOp):
        return unknown("arith.cmpi compares the turn with neither the first nor the last one", op)
    return unknown(f"what {op.name} makes of the turn is not followed", op)


def _constant(op: Operation, _operands: Sequence[Number], _loops: Loops) -> Number:
    value = op.properties["value"]
    return known(value.value.data) if isinstance(value, IntegerAttr) else Number()


def _sum(sign: int) -> _Rule:
    return lambda op, operands, loops: added(operands[0], operands[1], sign)


def _product(_op: Operation, operands: Sequence[Number], _loops: Loops) -> Number | None:
    for one, other in (operands, reversed(operands)):
        if (factor := one.exact) is not None:
            return scaled(other, factor)
    return None


def _quotient(*, up: bool) -> _Rule:
    def rule(_op: Operation, operands: Sequence[Number], loops: Loops) -> Number | None:
        divisor = operands[1].exact
        return None if divisor is None or divisor < 1 else divided(operands[0], divisor, loops, up=up)

    return rule


def _rest(*, signed: bool) -> _Rule:
    def rule(_op: Operation, operands: Sequence[Number], loops: Loops) -> Number | None:
        divisor = operands[1].exact
        return None if divisor is None or divisor < 1 else remainder(operands[0], divisor, loops, signed=signed)

    return rule


def _and(_op: Operation, operands: Sequence[Number], loops: Loops) -> Number | None:
    for number, mask in (operands, reversed(operands)):
        bits = mask.exact
        if bits is not None and bits > 0 and bits & (bits + 1) == 0:
            return remainder(number, bits + 1, loops, signed=False)
    return None


def _shift_left(_op: Operation, operands: Sequence[Number], _loops: Loops) -> Number | None:
    places = operands[1].exact
    return None if places is None or not 0 <= places < _WIDE else scaled(operands[0], 1 << places)


def _shift_right(_op: Operation, operands: Sequence[Number], loops: Loops) -> Number | None:
    places = operands[1].exact
    return None if places is None or not 0 <= places < _WIDE else divided(operands[0], 1 << places, loops)


def _compare(op: Operation, operands: Sequence[Number], loops: Loops) -> Number | None:
    assert isinstance(op, arith.CmpiOp)
    one, other = operands
    if op.predicate.value.data >= _SIGNED_COMPARISONS and not (one.repeats and other.repeats):
        found = [number for number in (positive(one, loops), positive(other, loops)) if number is not None]
        return compared(found[0], found[1], loops) if len(found) == len(operands) else None
    return compared(one, other, loops)


def _extreme(*, least: bool) -> _Rule:
    """One of two numbers: the one that it is in most turns says how it changes."""

    def rule(_op: Operation, operands: Sequence[Number], loops: Loops) -> Number | None:
        difference = added(operands[0], operands[1], -1)
        sign = settled(difference, loops)
        if sign is None or not difference.slopes:
            return None if sign is None else chosen((sign, *operands))
        winner = operands[(grows(difference) > 0) == least]
        # In the first or last turns it may be the other one, which then has to be the same in longer runs, too.
        if not winner.repeats and not all(isinstance(symbol, str) for symbol in difference.slopes):
            return None
        return replace(joined((sign, *operands), winner.low, winner.high), slopes=winner.slopes)

    return rule


def _select(_op: Operation, operands: Sequence[Number], _loops: Loops) -> Number | None:
    return chosen(operands)


def chosen(numbers: Sequence[Number]) -> Number | None:
    """One of the numbers behind the first, which says which one; None where they change differently."""
    condition, *choices = numbers
    if not condition.repeats or any(choice.slopes != choices[0].slopes for choice in choices):
        return None
    lows, highs = [choice.low for choice in choices], [choice.high for choice in choices]
    low = None if None in lows else min(each for each in lows if each is not None)
    high = None if None in highs else max(each for each in highs if each is not None)
    return replace(joined(numbers, low, high), slopes=choices[0].slopes)


def _same(op: Operation, operands: Sequence[Number], _loops: Loops) -> Number | None:
    number = operands[0]
    narrow = min(bits_of(op.operands[0].type), bits_of(op.results[0].type)) < _WIDE
    return None if narrow else number


def _same_without_sign(op: Operation, operands: Sequence[Number], loops: Loops) -> Number | None:
    number = _same(op, operands, loops)
    known_sign = number is not None and number.low is not None
    return positive(number, loops) if number is not None and known_sign else None


_RULES: Mapping[type[Operation], _Rule] = {
    arith.ConstantOp: _constant,
    arith.AddiOp: _sum(1),
    arith.SubiOp: _sum(-1),
    arith.MuliOp: _product,
    arith.DivSIOp: _quotient(up=False),
    arith.DivUIOp: _quotient(up=False),
    arith.FloorDivSIOp: _quotient(up=False),
    arith.CeilDivSIOp: _quotient(up=True),
    arith.CeilDivUIOp: _quotient(up=True),
    arith.RemSIOp: _rest(signed=True),
    arith.RemUIOp: _rest(signed=False),
    arith.MinSIOp: _extreme(least=True),
    arith.MaxSIOp: _extreme(least=False),
    arith.AndIOp: _and,
    arith.ShLIOp: _shift_left,
    arith.ShRUIOp: _shift_right,
    arith.ShRSIOp: _shift_right,
    arith.CmpiOp: _compare,
    arith.SelectOp: _select,
    arith.IndexCastOp: _same,
    IndexCastUIOp: _same_without_sign,
    arith.TruncIOp: _same,
    arith.ExtSIOp: _same,
    arith.ExtUIOp: _same_without_sign,
}
