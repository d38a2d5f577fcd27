"""Arithmetic on floating-point scalars.

The scalar unit computes in 32 bits. Numbers of 16 bits are widened, computed and rounded back,
which gives the same results: a float has more than twice their digits.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from xdsl.dialects import arith
from xdsl.dialects.builtin import BFloat16Type, Float16Type, IntegerType
from xdsl.ir import Attribute, Operation, SSAValue
from xdsl.irdl import IRDLOperation

from tilewright.dialects.upstream import RemFOp
from tilewright.lowering.cce.expressions import Binary, Call, Cast, Conditional, Expression, Literal, Name, Unary
from tilewright.lowering.cce.ranges import never_negative
from tilewright.lowering.cce.scope import Handler, Handlers, Scope
from tilewright.lowering.cce.types import scalar

_Build: TypeAlias = Callable[[Expression, Expression], Expression]
_Operation: TypeAlias = (
    arith.AddfOp
    | arith.SubfOp
    | arith.MulfOp
    | arith.DivfOp
    | arith.MaximumfOp
    | arith.MinimumfOp
    | arith.MaxnumfOp
    | arith.MinnumfOp
    | RemFOp
)


def _operator(operator: str) -> _Build:
    return lambda left, right: Binary(operator, left, right)


def _not(operator: str) -> _Build:
    """A comparison that also holds for what is not a number: the opposite does not hold."""
    return lambda left, right: Unary("!", Binary(operator, left, right))


def _either(operator: str, other: str) -> _Build:
    return lambda left, right: Binary("||", Binary(operator, left, right), Binary(other, left, right))


def _ordered(left: Expression, right: Expression) -> Expression:
    return Binary("&&", Binary("==", left, left), Binary("==", right, right))


def _unordered(left: Expression, right: Expression) -> Expression:
    return Binary("||", Binary("!=", left, left), Binary("!=", right, right))


_COMPARISONS: tuple[_Build, ...] = (
    lambda _left, _right: Name("false"),
    _operator("=="),
    _operator(">"),
    _operator(">="),
    _operator("<"),
    _operator("<="),
    _either("<", ">"),
    _ordered,
    lambda left, right: Unary("!", _either("<", ">")(left, right)),
    _not("<="),
    _not("<"),
    _not(">="),
    _not(">"),
    _operator("!="),
    _unordered,
    lambda _left, _right: Name("true"),
)
"""The predicates of arith.cmpf in the order of their numbers; C++ compares only what is ordered."""


def _maximum(left: Expression, right: Expression) -> Expression:
    """The larger; not a number if one is not, and 0 rather than -0."""
    return _extreme(">", left, right, Binary("+", left, right))


def _minimum(left: Expression, right: Expression) -> Expression:
    """The smaller; not a number if one is not, and -0 rather than 0."""
    return _extreme("<", left, right, Unary("-", Binary("-", Unary("-", left), right)))


def _extreme(operator: str, left: Expression, right: Expression, mixed: Expression) -> Expression:
    """Choose; `mixed` is right for zeros of any sign and for what is not a number."""
    opposite = "<" if operator == ">" else ">"
    same = Binary("&&", Binary("==", left, right), Binary("!=", left, Literal(0)))
    rest = Conditional(same, left, mixed)
    return Conditional(Binary(operator, left, right), left, Conditional(Binary(opposite, left, right), right, rest))


def _number(operator: str) -> _Build:
    """Choose the one that is a number, or else compare."""

    def build(left: Expression, right: Expression) -> Expression:
        chosen = Binary("||", Binary("!=", right, right), Binary(operator, left, right))
        return Conditional(chosen, left, right)

    return build


def _computed(build: _Build) -> Handler:
    """An operation that uses each operand once."""

    def emit(scope: Scope, op: _Operation) -> None:
        left, right = _widened(scope, op.lhs), _widened(scope, op.rhs)
        scope.compute(op.result, _rounded(build(left, right), op.result.type, op), op)

    return emit


def _remainder(scope: Scope, op: RemFOp) -> None:
    """The function of the C library; that for floats has a name of its own."""
    function = "__builtin_fmod" if scalar(op.result.type, op) == "double" else "__builtin_fmodf"
    _computed(lambda left, right: Call(function, (left, right)))(scope, op)


def _chosen(build: _Build) -> Handler:
    """An operation that uses its operands several times."""

    def emit(scope: Scope, op: _Operation) -> None:
        left, right = (_held(scope, operand, op) for operand in (op.lhs, op.rhs))
        scope.compute(op.result, _rounded(build(left, right), op.result.type, op), op)

    return emit


def _negate(scope: Scope, op: arith.NegfOp) -> None:
    scope.compute(op.result, _rounded(Unary("-", _widened(scope, op.operand)), op.result.type, op), op)


def _compare(scope: Scope, op: arith.CmpfOp) -> None:
    left, right = (_held(scope, operand, op) for operand in (op.lhs, op.rhs))
    scope.compute(op.result, _COMPARISONS[op.predicate.value.data](left, right), op)


def _convert(scope: Scope, op: arith.ExtFOp | arith.TruncFOp) -> None:
    operand = _widened(scope, op.input)
    type_ = scalar(op.result.type, op)
    same = type_ == "float" and _is_short(op.input.type)
    scope.compute(op.result, operand if same else Cast(type_, operand), op)


def _from_signed(scope: Scope, op: arith.SIToFPOp) -> None:
    operand = scope.read(op.input)
    if op.input.type == IntegerType(1):
        # A truth value is -1 in MLIR and 1 in C++.
        operand = Conditional(operand, Name("-1.0f"), Name("0.0f"))
        scope.compute(op.result, _rounded(operand, op.result.type, op), op)
        return
    _from_integer(scope, op, operand)


def _from_unsigned(scope: Scope, op: arith.UIToFPOp) -> None:
    operand = scope.read(op.input)
    if op.input.type != IntegerType(1) and not never_negative(op.input):
        operand = Cast(f"u{scalar(op.input.type, op)}", operand)
    _from_integer(scope, op, operand)


def _from_integer(scope: Scope, op: arith.SIToFPOp | arith.UIToFPOp, operand: Expression) -> None:
    wide = "float" if _is_short(op.result.type) else scalar(op.result.type, op)
    scope.compute(op.result, _rounded(Cast(wide, operand), op.result.type, op), op)


def _to_signed(scope: Scope, op: arith.FPToSIOp) -> None:
    _to_integer(scope, op, "")


def _to_unsigned(scope: Scope, op: arith.FPToUIOp) -> None:
    _to_integer(scope, op, "u")


def _to_integer(scope: Scope, op: arith.FPToSIOp | arith.FPToUIOp, sign: str) -> None:
    operand, type_ = _widened(scope, op.input), scalar(op.result.type, op)
    if op.result.type == IntegerType(1):
        expression: Expression = Binary("!=", Cast("int32_t", operand), Literal(0))
    elif sign:
        expression = Cast(type_, Cast(f"{sign}{type_}", operand))
    else:
        expression = Cast(type_, operand)
    scope.compute(op.result, expression, op)


def _bitcast(scope: Scope, op: arith.BitcastOp) -> None:
    source, target = scalar(op.input.type, op), scalar(op.result.type, op)
    operand = scope.read(op.input)
    if source != target:
        # A literal has to get its width first.
        typed = Cast(source, operand) if isinstance(operand, Literal) else operand
        operand = Call("__builtin_bit_cast", (Name(target), typed))
    scope.compute(op.result, operand, op)


def _held(scope: Scope, value: SSAValue, op: Operation) -> Expression:
    wide = "float" if _is_short(value.type) else scalar(value.type, op)
    return scope.hold(_widened(scope, value), wide, value.name_hint or "v")


def _widened(scope: Scope, value: SSAValue) -> Expression:
    expression = scope.read(value)
    return Cast("float", expression) if _is_short(value.type) else expression


def _rounded(expression: Expression, type_: Attribute, op: IRDLOperation) -> Expression:
    spelling = scalar(type_, op)
    return Cast(spelling, expression) if _is_short(type_) else expression


def _is_short(type_: Attribute) -> bool:
    return isinstance(type_, Float16Type | BFloat16Type)


HANDLERS: Handlers = {
    arith.AddfOp: _computed(_operator("+")),
    arith.SubfOp: _computed(_operator("-")),
    arith.MulfOp: _computed(_operator("*")),
    arith.DivfOp: _computed(_operator("/")),
    RemFOp: _remainder,
    arith.MaximumfOp: _chosen(_maximum),
    arith.MinimumfOp: _chosen(_minimum),
    arith.MaxnumfOp: _chosen(_number(">")),
    arith.MinnumfOp: _chosen(_number("<")),
    arith.NegfOp: _negate,
    arith.CmpfOp: _compare,
    arith.ExtFOp: _convert,
    arith.TruncFOp: _convert,
    arith.SIToFPOp: _from_signed,
    arith.UIToFPOp: _from_unsigned,
    arith.FPToSIOp: _to_signed,
    arith.FPToUIOp: _to_unsigned,
    arith.BitcastOp: _bitcast,
}
