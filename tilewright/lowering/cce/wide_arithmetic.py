"""Integer operations that give more than a word, or round in their own way."""

from __future__ import annotations

from xdsl.dialects import arith
from xdsl.dialects.builtin import IntegerType
from xdsl.ir import Attribute

from tilewright.dialects.upstream import AddUIExtendedOp
from tilewright.lowering.cce.expressions import Binary, Cast, Conditional, Expression, Literal, Name, add, subtract
from tilewright.lowering.cce.ranges import never_negative
from tilewright.lowering.cce.scope import Handlers, Scope
from tilewright.lowering.cce.types import scalar

_WORD = 64
_HALF = 32
_LOW_HALF = Name("0xffffffff")


def _ceil_signed(scope: Scope, op: arith.CeilDivSIOp) -> None:
    """Division that rounds up; C++ rounds towards zero."""
    _rounded(scope, op, up=True)


def _floor_signed(scope: Scope, op: arith.FloorDivSIOp) -> None:
    """Division that rounds down; C++ rounds towards zero."""
    _rounded(scope, op, up=False)


def _rounded(scope: Scope, op: arith.CeilDivSIOp | arith.FloorDivSIOp, *, up: bool) -> None:
    if _is_truth(op.result.type):
        scope.spell(op.result, scope.read(op.lhs))  # the only divisor is true
        return
    type_ = scalar(op.result.type, op)
    left, right = (scope.hold(scope.read(operand), type_, "v") for operand in (op.lhs, op.rhs))
    quotient, rest = Binary("/", left, right), Binary("%", left, right)
    step = add if up else subtract
    if isinstance(right, Literal) and right.value > 0:
        # The remainder has the sign of the dividend, so it says alone which way C++ rounded.
        if not up and never_negative(op.lhs):
            scope.compute(op.result, quotient, op)
            return
        expression = step(quotient, Binary(">" if up else "<", rest, Literal(0)))
    else:
        inexact = Binary("!=", rest, Literal(0))
        negative = (Binary("<", left, Literal(0)), Binary("<", right, Literal(0)))
        off = Binary("&&", inexact, Binary("==" if up else "!=", *negative))
        expression = Conditional(off, step(quotient, Literal(1)), quotient)
    scope.compute(op.result, expression, op)


def _ceil_unsigned(scope: Scope, op: arith.CeilDivUIOp) -> None:
    """Division of numbers without a sign that rounds up."""
    if _is_truth(op.result.type):
        scope.spell(op.result, scope.read(op.lhs))  # the only divisor is true
        return
    type_ = scalar(op.result.type, op)
    signed = never_negative(op.lhs) and never_negative(op.rhs)
    word = type_ if signed else f"u{type_}"
    left, right = (
        scope.hold(scope.read(operand) if signed else Cast(word, scope.read(operand)), word, "v")
        for operand in (op.lhs, op.rhs)
    )
    rounded = add(Binary("/", left, right), Binary("!=", Binary("%", left, right), Literal(0)))
    scope.compute(op.result, rounded if signed else Cast(type_, rounded), op)


def _add_extended(scope: Scope, op: arith.AddUIExtendedOp) -> None:
    """A sum, and whether it left the word."""
    left, right = scope.read(op.lhs), scope.read(op.rhs)
    if _is_truth(op.sum.type):
        scope.compute(op.sum, Binary("!=", left, right), op)
        scope.compute(op.overflow, Binary("&&", left, right), op)
        return
    type_ = scalar(op.sum.type, op)
    word = f"u{type_}"
    addend = scope.hold(Cast(word, left), word, "v")
    total = scope.hold(Cast(word, Binary("+", addend, Cast(word, right))), word, "v")
    scope.compute(op.sum, Cast(type_, total), op)
    scope.compute(op.overflow, Binary("<", total, addend), op)


def _multiply_signed(scope: Scope, op: arith.MulSIExtendedOp) -> None:
    """A product of two words, for numbers with a sign."""
    _product(scope, op, signed=True)


def _multiply_unsigned(scope: Scope, op: arith.MulUIExtendedOp) -> None:
    """A product of two words, for numbers without a sign."""
    _product(scope, op, signed=False)


def _product(scope: Scope, op: arith.MulSIExtendedOp | arith.MulUIExtendedOp, *, signed: bool) -> None:
    left, right = scope.read(op.lhs), scope.read(op.rhs)
    if _is_truth(op.low.type):
        # One times one fits in a bit, as -1 times -1 does.
        scope.compute(op.low, Binary("&&", left, right), op)
        scope.compute(op.high, Name("false"), op)
        return
    type_ = scalar(op.low.type, op)
    width = _width(op.low.type)
    if width == _WORD:
        low, high = _long_product(scope, left, right, signed=signed)
    else:
        wide = "int64_t" if signed else "uint64_t"
        factors = (left, right) if signed else (Cast(f"u{type_}", left), Cast(f"u{type_}", right))
        low = scope.hold(Binary("*", Cast(wide, factors[0]), Cast(wide, factors[1])), wide, "product")
        high = Binary(">>", low, Literal(width))
    scope.compute(op.low, Cast(type_, low), op)
    scope.compute(op.high, Cast(type_, high), op)


def _long_product(scope: Scope, left: Expression, right: Expression, *, signed: bool) -> tuple[Expression, Expression]:
    """Multiply halves of words as on paper, since there is no type for two words."""

    def held(expression: Expression, name: str) -> Expression:
        return scope.hold(expression, "uint64_t", name)

    def low(expression: Expression) -> Expression:
        return Binary("&", expression, _LOW_HALF)

    def high(expression: Expression) -> Expression:
        return Binary(">>", expression, Literal(_HALF))

    a, b = held(Cast("uint64_t", left), "a"), held(Cast("uint64_t", right), "b")
    a0, a1 = held(low(a), "a_low"), held(high(a), "a_high")
    b0, b1 = held(low(b), "b_low"), held(high(b), "b_high")
    mixed = held(add(Binary("*", a1, b0), high(Binary("*", a0, b0))), "mixed")
    other = held(add(Binary("*", a0, b1), low(mixed)), "mixed")
    top: Expression = add(add(Binary("*", a1, b1), high(mixed)), high(other))
    if signed:
        # A negative factor counts as itself plus 2**64, which adds the other factor to the top.
        for factor, partner in ((left, b), (right, a)):
            top = Binary("-", top, Conditional(Binary("<", factor, Literal(0)), partner, Literal(0)))
    return Binary("*", a, b), top


def _is_truth(type_: Attribute) -> bool:
    return type_ == IntegerType(1)


def _width(type_: Attribute) -> int:
    return type_.bitwidth if isinstance(type_, IntegerType) else _WORD


HANDLERS: Handlers = {
    arith.CeilDivSIOp: _ceil_signed,
    arith.CeilDivUIOp: _ceil_unsigned,
    arith.FloorDivSIOp: _floor_signed,
    AddUIExtendedOp: _add_extended,
    arith.MulSIExtendedOp: _multiply_signed,
    arith.MulUIExtendedOp: _multiply_unsigned,
}
