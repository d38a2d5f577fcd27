"""Between which bounds an integer lies: an analysis of intervals over constants, loops and arithmetic."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import product

from xdsl.dialects import arith, scf
from xdsl.ir import BlockArgument, Operation, SSAValue

from tilewright.dialects.constants import constant_value
from tilewright.dialects.pto.system import GetBlockIdxOp, GetBlockNumOp, GetSubBlockIdxOp, GetSubBlockNumOp


@dataclass(frozen=True)
class Range:
    """All that is known about an integer: its least and its greatest value, None where there is no bound."""

    low: int | None
    high: int | None

    @classmethod
    def exactly(cls, number: int) -> Range:
        """The range of a constant."""
        return cls(number, number)

    @property
    def is_natural(self) -> bool:
        """Whether no value is negative."""
        return self.low is not None and self.low >= 0

    def join(self, other: Range) -> Range:
        """What holds for both."""
        low = None if self.low is None or other.low is None else min(self.low, other.low)
        high = None if self.high is None or other.high is None else max(self.high, other.high)
        return Range(low, high)


UNKNOWN = Range(None, None)
_NATURAL = Range(0, None)


def value_range(value: SSAValue) -> Range:
    """The bounds of an integer; the arithmetic is taken not to wrap around."""
    known: dict[SSAValue, Range] = {}
    for part in parts_of(value):
        constant = constant_value(part)
        known[part] = _compute(part, known) if constant is None else Range.exactly(constant)
    return known[value]


def parts_of(value: SSAValue) -> list[SSAValue]:
    """The values that an expression is made of, each once and after those that it is computed from.

    Works without a stack of calls: expressions may be as long as the text.
    """
    done: dict[SSAValue, None] = {}
    pending = [value]
    while pending:
        missing = [part for part in _inputs(pending[-1]) if part not in done]
        if missing:
            pending += missing
        else:
            done.setdefault(pending.pop())
    return list(done)


def _inputs(value: SSAValue) -> tuple[SSAValue, ...]:
    """What a value is computed from, as far as the rules know."""
    if isinstance(value, BlockArgument):
        loop = value.block.parent_op()
        return (loop.lb, loop.ub) if isinstance(loop, scf.ForOp) and value.index == 0 else ()
    op = value.owner
    assert isinstance(op, Operation)
    if isinstance(op, arith.SelectOp):
        return (op.lhs, op.rhs)
    if isinstance(op, _CONVERSIONS):
        return (op.operands[0],)
    return tuple(op.operands[:2]) if type(op) in _RULES else ()


_CONVERSIONS = (arith.IndexCastOp, arith.ExtSIOp, arith.ExtUIOp, arith.TruncIOp)


def _compute(value: SSAValue, known: Mapping[SSAValue, Range]) -> Range:
    if isinstance(value, BlockArgument):
        loop = value.block.parent_op()
        return _counter(loop, known) if isinstance(loop, scf.ForOp) and value.index == 0 else UNKNOWN
    op = value.owner
    assert isinstance(op, Operation)
    match op:
        case GetBlockIdxOp():
            return _NATURAL
        case GetSubBlockIdxOp():
            return Range(0, 1)
        case GetBlockNumOp() | GetSubBlockNumOp():
            return Range(1, None)
        case arith.SelectOp():
            return known[op.lhs].join(known[op.rhs])
        case _ if isinstance(op, _CONVERSIONS):
            return known[op.operands[0]]
        case _:
            rule = _RULES.get(type(op))
            return UNKNOWN if rule is None else rule(*(known[operand] for operand in op.operands[:2]))


def trip_count(loop: scf.ForOp) -> int | None:
    """How often the body of a loop runs, when its bounds are constants."""
    first, end, step = (constant_value(bound) for bound in (loop.lb, loop.ub, loop.step))
    if first is None or end is None or step is None or step < 1:
        return None
    return max(0, -(-(end - first) // step))


def _counter(loop: scf.ForOp, known: Mapping[SSAValue, Range]) -> Range:
    first, end = known[loop.lb], known[loop.ub]
    count, step = trip_count(loop), constant_value(loop.step)
    if count is not None and step is not None and first.low is not None:
        return Range(first.low, first.low + max(0, count - 1) * step)
    return Range(first.low, None if end.high is None else end.high - 1)


def _add(a: Range, b: Range) -> Range:
    low = None if a.low is None or b.low is None else a.low + b.low
    return Range(low, None if a.high is None or b.high is None else a.high + b.high)


def _subtract(a: Range, b: Range) -> Range:
    return _add(a, Range(None if b.high is None else -b.high, None if b.low is None else -b.low))


def _multiply(a: Range, b: Range) -> Range:
    if None not in (a.low, a.high, b.low, b.high):
        corners = [x * y for x, y in product((a.low, a.high), (b.low, b.high)) if x is not None and y is not None]
        return Range(min(corners), max(corners))
    if a.is_natural and b.is_natural:
        return Range((a.low or 0) * (b.low or 0), None)
    return UNKNOWN


def _remainder(a: Range, b: Range) -> Range:
    """Of natural numbers; C and MLIR give other remainders the sign of the dividend."""
    if b.low is None or b.low < 1 or b.high is None:
        return UNKNOWN
    if a.is_natural:
        return a if a.high is not None and a.high < b.low else Range(0, b.high - 1)
    return Range(1 - b.high, b.high - 1)


def _unsigned_remainder(a: Range, b: Range) -> Range:
    return _remainder(a if a.is_natural else _NATURAL, b)


def _divide(a: Range, b: Range) -> Range:
    if not a.is_natural or b.low is None or b.low < 1:
        return UNKNOWN
    return Range(0 if b.high is None else (a.low or 0) // b.high, None if a.high is None else -(-a.high // b.low))


def _minimum(a: Range, b: Range) -> Range:
    highs = [each.high for each in (a, b) if each.high is not None]
    return Range(a.join(b).low, min(highs) if highs else None)


def _maximum(a: Range, b: Range) -> Range:
    lows = [each.low for each in (a, b) if each.low is not None]
    return Range(max(lows) if lows else None, a.join(b).high)


def _and(a: Range, b: Range) -> Range:
    """Bits that both have: at most the smaller mask."""
    masks = [each.high for each in (a, b) if each.is_natural and each.high is not None]
    return Range(0, min(masks)) if masks else UNKNOWN


def _shift(a: Range, b: Range) -> Range:
    if b.low is None or b.high is None or not 0 <= b.low <= b.high < 64:
        return UNKNOWN
    return _multiply(a, Range(1 << b.low, 1 << b.high))


_RULES: Mapping[type[Operation], Callable[[Range, Range], Range]] = {
    arith.AddiOp: _add,
    arith.SubiOp: _subtract,
    arith.MuliOp: _multiply,
    arith.RemUIOp: _unsigned_remainder,
    arith.RemSIOp: _remainder,
    arith.DivUIOp: _divide,
    arith.DivSIOp: _divide,
    arith.FloorDivSIOp: _divide,
    arith.CeilDivSIOp: _divide,
    arith.CeilDivUIOp: _divide,
    arith.MinSIOp: _minimum,
    arith.MinUIOp: _minimum,
    arith.MaxSIOp: _maximum,
    arith.MaxUIOp: _maximum,
    arith.AndIOp: _and,
    arith.ShLIOp: _shift,
}
