"""Integer arithmetic: operations of `arith` become expressions.

C++ leaves signed overflow undefined where MLIR wraps. Types below 64 bits are therefore computed
in 64 bits and cut; 64-bit values are addresses, offsets and counts, which do not overflow.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias, TypeVar

from xdsl.dialects import arith
from xdsl.dialects.builtin import FloatAttr, IntegerAttr, IntegerType, UnrealizedConversionCastOp
from xdsl.ir import Attribute, Operation, SSAValue

from tilewright.dialects.upstream import IndexCastUIOp, changes_sign
from tilewright.lowering.cce.expressions import (
    Binary,
    Cast,
    Conditional,
    Expression,
    Literal,
    Name,
    add,
    float_literal,
    multiply,
    subtract,
)
from tilewright.lowering.cce.ranges import never_negative
from tilewright.lowering.cce.scope import Handler, Handlers, Scope
from tilewright.lowering.cce.types import buffer_type, scalar
from tilewright.lowering.cce.vector_counts import declare_counts
from tilewright.lowering.refusals import refuse, refuse_carried

_Build: TypeAlias = Callable[[Expression, Expression], Expression]
_BinaryOp: TypeAlias = arith.SignlessIntegerBinaryOperation
_CastOp = TypeVar(
    "_CastOp",
    arith.ExtSIOp,
    arith.ExtUIOp,
    arith.IndexCastOp,
    arith.TruncIOp,
    IndexCastUIOp,
)

# The predicates of arith.cmpi in the order of their numbers, with their signedness.
_COMPARISONS = (
    ("==", None),
    ("!=", None),
    ("<", True),
    ("<=", True),
    (">", True),
    (">=", True),
    ("<", False),
    ("<=", False),
    (">", False),
    (">=", False),
)

_OPPOSITE = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}


def _constant(scope: Scope, op: arith.ConstantOp) -> None:
    match op.value:
        case IntegerAttr(value=value) if op.result.type == IntegerType(1):
            scope.spell(op.result, Name("true" if value.data else "false"))
        case IntegerAttr(value=value):
            scope.spell(op.result, Literal(value.data))
        case FloatAttr(value=value):
            scope.spell(op.result, float_literal(value.data, scalar(op.result.type, op)))
        case _:
            declare_counts(scope, op)


def _wrapping(build: _Build, truth: _Build) -> Handler:
    """Arithmetic whose result may leave the range of the type; `truth` is its form for truth values."""

    def emit(scope: Scope, op: _BinaryOp) -> None:
        left, right = scope.read(op.lhs), scope.read(op.rhs)
        width = _width(op.result.type)
        if width == 1:
            scope.compute(op.result, truth(left, right), op)
            return
        if width < 64:
            left, right = _cast("int64_t", left), _cast("int64_t", right)
        expression = build(left, right)
        if width < 64:
            expression = _truncated(expression, width, scalar(op.result.type, op))
        scope.compute(op.result, expression, op)

    return emit


def _differ(left: Expression, right: Expression) -> Expression:
    return Binary("!=", left, right)


def _both(left: Expression, right: Expression) -> Expression:
    return Binary("&&", left, right)


def _left(left: Expression, _right: Expression) -> Expression:
    return left  # the only distance of a shift of one bit is zero


def _shifted(left: Expression, right: Expression) -> Expression:
    """Shift 64 bits, of which a literal may have fewer."""
    return Binary("<<", Cast("int64_t", left) if isinstance(left, Literal) else left, right)


def _bitwise(operator: str, logical: str) -> Handler:
    """Arithmetic that acts on each bit alone; `logical` is its form for truth values."""

    def emit(scope: Scope, op: _BinaryOp) -> None:
        chosen = logical if _width(op.result.type) == 1 else operator
        scope.compute(op.result, Binary(chosen, scope.read(op.lhs), scope.read(op.rhs)), op)

    return emit


def _dividing(operator: str, *, signed: bool) -> Handler:
    """Division, remainder and right shift: signed and unsigned differ for negative numbers."""

    def emit(scope: Scope, op: _BinaryOp) -> None:
        if _width(op.result.type) == 1:
            # The only divisor is true, and the only distance of a shift is false.
            scope.spell(op.result, Name("false") if operator == "%" else scope.read(op.lhs))
            return
        type_ = scalar(op.result.type, op)
        operands = (op.lhs, op.rhs)
        if signed or all(map(never_negative, operands)):
            left = scope.read(op.lhs)
            # The left operand alone decides how many bits are shifted.
            left = Cast(type_, left) if operator == ">>" and isinstance(left, Literal) else left
            expression = Binary(operator, left, scope.read(op.rhs))
        else:
            left, right = (_as_unsigned(scope, operand, type_) for operand in operands)
            left = Cast(f"u{type_}", left) if operator == ">>" and isinstance(left, Literal) else left
            expression = Cast(type_, Binary(operator, left, right))
        scope.compute(op.result, expression, op)

    return emit


def _choosing(operator: str, *, signed: bool) -> Handler:
    """Minimum and maximum."""

    def emit(scope: Scope, op: _BinaryOp) -> None:
        left, right = scope.read(op.lhs), scope.read(op.rhs)
        condition = _compared(scope, operator, op.lhs, op.rhs, signed, op)
        scope.compute(op.result, Conditional(condition, left, right), op)

    return emit


def _compare(scope: Scope, op: arith.CmpiOp) -> None:
    operator, signed = _COMPARISONS[op.predicate.value.data]
    if signed is None:
        expression = Binary(operator, scope.read(op.lhs), scope.read(op.rhs))
    else:
        expression = _compared(scope, operator, op.lhs, op.rhs, signed, op)
    scope.compute(op.result, expression, op)


def _compared(scope: Scope, operator: str, lhs: SSAValue, rhs: SSAValue, signed: bool, op: Operation) -> Expression:
    if _width(lhs.type) == 1:
        # A truth value is -1 in MLIR and 1 in C++.
        return Binary(_OPPOSITE[operator] if signed else operator, scope.read(lhs), scope.read(rhs))
    if signed or (never_negative(lhs) and never_negative(rhs)):
        return Binary(operator, scope.read(lhs), scope.read(rhs))
    type_ = scalar(lhs.type, op)
    return Binary(operator, _as_unsigned(scope, lhs, type_), _as_unsigned(scope, rhs, type_))


def _select(scope: Scope, op: arith.SelectOp) -> None:
    if buffer_type(op.result.type, op) is not None:
        refuse_carried(op, op.result)
    condition, chosen, other = (scope.read(operand) for operand in op.operands)
    scope.compute(op.result, Conditional(condition, chosen, other), op)


def _convert(build: Callable[[Expression, Attribute, str, int], Expression]) -> Handler:
    """A conversion, given the operand, its type, and the C++ type and width of the result."""

    def emit(scope: Scope, op: _CastOp) -> None:
        result_type = scalar(op.result.type, op)
        operand = scope.read(op.input)
        if scalar(op.input.type, op) != result_type:
            operand = build(operand, op.input.type, result_type, _width(op.result.type))
        scope.compute(op.result, operand, op)

    return emit


def _same_bits(scope: Scope, op: UnrealizedConversionCastOp) -> None:
    """An integer that `arith` computes with from an unsigned one, or the other way round."""
    if not changes_sign(op):
        refuse(op, "C++")
    scope.compute(op.outputs[0], Cast(scalar(op.outputs[0].type, op), scope.read(op.inputs[0])), op)


def _signed(operand: Expression, source: Attribute, target: str, width: int) -> Expression:
    if _width(source) == 1:
        return Conditional(operand, Literal(-1), Literal(0))
    return _truncated(operand, width, target) if width < _width(source) else _cast(target, operand)


def _unsigned(operand: Expression, source: Attribute, target: str, width: int) -> Expression:
    if _width(source) == 1:
        return Cast(target, operand)
    if width < _width(source):
        return _truncated(operand, width, target)
    return Cast(target, Cast(f"uint{_width(source)}_t", operand))


def _truncated(expression: Expression, width: int, target: str) -> Expression:
    """Cut an integer to its lowest bits."""
    if width == 1:
        return Binary("!=", Binary("&", expression, Literal(1)), Literal(0))
    if isinstance(expression, Literal):
        half = 1 << (width - 1)
        return Literal((expression.value + half) % (2 * half) - half)
    return Cast(target, expression)


def _cast(type_: str, expression: Expression) -> Expression:
    """Convert, unless it is a literal, which takes the type of its surroundings."""
    return expression if isinstance(expression, Literal) else Cast(type_, expression)


def _as_unsigned(scope: Scope, value: SSAValue, type_: str) -> Expression:
    expression = scope.read(value)
    if isinstance(expression, Literal) and expression.value >= 0:
        return expression
    return Cast(f"u{type_}", expression)


def _width(type_: Attribute) -> int:
    return type_.bitwidth if isinstance(type_, IntegerType) else 64


HANDLERS: Handlers = {
    arith.ConstantOp: _constant,
    arith.AddiOp: _wrapping(add, _differ),
    arith.SubiOp: _wrapping(subtract, _differ),
    arith.MuliOp: _wrapping(multiply, _both),
    arith.ShLIOp: _wrapping(_shifted, _left),
    arith.DivSIOp: _dividing("/", signed=True),
    arith.DivUIOp: _dividing("/", signed=False),
    arith.RemSIOp: _dividing("%", signed=True),
    arith.RemUIOp: _dividing("%", signed=False),
    arith.ShRSIOp: _dividing(">>", signed=True),
    arith.ShRUIOp: _dividing(">>", signed=False),
    arith.AndIOp: _bitwise("&", "&&"),
    arith.OrIOp: _bitwise("|", "||"),
    arith.XOrIOp: _bitwise("^", "!="),
    arith.MinSIOp: _choosing("<", signed=True),
    arith.MinUIOp: _choosing("<", signed=False),
    arith.MaxSIOp: _choosing(">", signed=True),
    arith.MaxUIOp: _choosing(">", signed=False),
    arith.CmpiOp: _compare,
    arith.SelectOp: _select,
    arith.IndexCastOp: _convert(_signed),
    IndexCastUIOp: _convert(_unsigned),
    arith.ExtSIOp: _convert(_signed),
    arith.ExtUIOp: _convert(_unsigned),
    arith.TruncIOp: _convert(_signed),
    UnrealizedConversionCastOp: _same_bits,
}
