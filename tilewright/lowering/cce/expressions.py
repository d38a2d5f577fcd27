"""C++ expressions as plain data, printed with the fewest parentheses that keep their meaning.

`add`, `multiply` and their siblings fold constants, so that an offset of zero or a stride of one
leaves no trace in the text.
"""

from __future__ import annotations

import math
import struct
from dataclasses import dataclass
from typing import TypeAlias

_ATOM = 100
_UNARY = 15
_CONDITIONAL = 3

_PRECEDENCE = {
    "*": 13,
    "/": 13,
    "%": 13,
    "+": 12,
    "-": 12,
    "<<": 11,
    ">>": 11,
    "<": 10,
    "<=": 10,
    ">": 10,
    ">=": 10,
    "==": 9,
    "!=": 9,
    "&": 8,
    "^": 7,
    "|": 6,
    "&&": 5,
    "||": 4,
}

_INT64_MIN = -(2**63)


@dataclass(frozen=True)
class Literal:
    """An integer."""

    value: int


@dataclass(frozen=True)
class Name:
    """A variable, an enumerator, or a literal of another kind such as `true` or `0.5f`."""

    text: str


@dataclass(frozen=True)
class Unary:
    """An operator before its operand: `!done`."""

    operator: str
    operand: Expression


@dataclass(frozen=True)
class Cast:
    """A conversion, as in `(event_t)slot`."""

    type: str
    operand: Expression


@dataclass(frozen=True)
class Binary:
    """Two operands around an operator of C++."""

    operator: str
    left: Expression
    right: Expression


@dataclass(frozen=True)
class Conditional:
    """`condition ? chosen : other`."""

    condition: Expression
    chosen: Expression
    other: Expression


@dataclass(frozen=True)
class Call:
    """A call of a function, or of a constructor."""

    function: str
    arguments: tuple[Expression, ...]


@dataclass(frozen=True)
class Braced:
    """The arguments of a constructor whose type the place implies: `{rows, columns}`."""

    arguments: tuple[Expression, ...]


@dataclass(frozen=True)
class Element:
    """An element of an array, or of what a pointer points to: `events[i]`."""

    array: Expression
    index: Expression


Expression: TypeAlias = Literal | Name | Unary | Cast | Binary | Conditional | Call | Braced | Element


def text(expression: Expression) -> str:
    """Give the C++ text of an expression."""
    match expression:
        case Literal(value):
            # The literal 2**63 has no signed type, so the smallest integer needs another spelling.
            return f"({value + 1} - 1)" if value == _INT64_MIN else str(value)
        case Name(name):
            return name
        case Unary(operator, operand):
            return operator + _within(operand, _UNARY + _starts_with_sign(operand))
        case Cast(type_, operand):
            return f"({type_}){_within(operand, _UNARY)}"
        case Binary(operator, left, right):
            level = _PRECEDENCE[operator]
            return f"{_within(left, level)} {operator} {_within(right, level + 1)}"
        case Conditional(condition, chosen, other):
            # A conditional inside another is legal in all three places, but hard to read.
            level = _CONDITIONAL + 1
            parts = (_within(part, level) for part in (condition, chosen, other))
            return "{} ? {} : {}".format(*parts)
        case Call(function, arguments):
            return f"{function}({', '.join(map(text, arguments))})"
        case Braced(arguments):
            return f"{{{', '.join(map(text, arguments))}}}"
        case Element(array, index):
            return f"{_within(array, _ATOM)}[{text(index)}]"


def float_literal(value: float, type_: str) -> Expression:
    """Give a floating-point number, exactly, as a constant of a C++ type.

    Args:
        value: a number that the type can hold, an infinity, or not a number.
        type_: `float`, `double`, or a type of 16 bits, for which C++ has no literals.
    """
    if type_ == "double":
        bits, mark, word = struct.unpack("<Q", struct.pack("<d", value))[0], "", 64
    else:
        bits, mark, word = struct.unpack("<I", struct.pack("<f", value))[0], "f", 32
    wide = "float" if mark else type_
    if math.isfinite(value):
        magnitude = Name(f"{abs(value)!r}{mark}")
        number: Expression = Unary("-", magnitude) if math.copysign(1.0, value) < 0 else magnitude
    else:
        # C++ has no literal either for what is not finite.
        number = Call("__builtin_bit_cast", (Name(wide), Cast(f"uint{word}_t", Name(f"{bits:#x}"))))
    return number if type_ == wide else Cast(type_, number)


def names_in(expression: Expression) -> frozenset[str]:
    """Give every variable that an expression reads."""
    match expression:
        case Literal():
            return frozenset()
        case Name(name):
            return frozenset((name,))
        case Unary(_, operand) | Cast(_, operand):
            return names_in(operand)
        case Binary(_, left, right):
            return names_in(left) | names_in(right)
        case Conditional(condition, chosen, other):
            return names_in(condition) | names_in(chosen) | names_in(other)
        case Call(_, arguments) | Braced(arguments):
            return frozenset[str]().union(*map(names_in, arguments))
        case Element(array, index):
            return names_in(array) | names_in(index)


def add(left: Expression, right: Expression) -> Expression:
    """Give `left + right` for integers, without adding zero."""
    match left, right:
        case Literal(a), Literal(b):
            return _folded("+", left, right, a + b)
        case Literal(0), _:
            return right
        case _, Literal(0):
            return left
        case _, Literal(b) if _INT64_MIN < b < 0:
            return Binary("-", left, Literal(-b))
        case _:
            return Binary("+", left, right)


def subtract(left: Expression, right: Expression) -> Expression:
    """Give `left - right` for integers, without subtracting zero."""
    match left, right:
        case Literal(a), Literal(b):
            return _folded("-", left, right, a - b)
        case _, Literal(0):
            return left
        case _, Literal(b) if _INT64_MIN < b < 0:
            return Binary("+", left, Literal(-b))
        case _:
            return Binary("-", left, right)


def multiply(left: Expression, right: Expression) -> Expression:
    """Give `left * right` for integers, without multiplying by zero or one."""
    match left, right:
        case Literal(a), Literal(b):
            return _folded("*", left, right, a * b)
        case (Literal(0), _) | (_, Literal(0)):
            return Literal(0)
        case Literal(1), _:
            return right
        case _, Literal(1):
            return left
        case _:
            return Binary("*", left, right)


def _folded(operator: str, left: Expression, right: Expression, value: int) -> Expression:
    """Fold, unless the value leaves 64 bits: then C++ decides, as it would for variables."""
    if _INT64_MIN <= value < -_INT64_MIN:
        return Literal(value)
    return Binary(operator, left, right)


def _level(expression: Expression) -> int:
    match expression:
        case Literal(value):
            return _UNARY if _INT64_MIN < value < 0 else _ATOM
        case Name() | Call() | Braced() | Element():
            return _ATOM
        case Unary() | Cast():
            return _UNARY
        case Binary(operator):
            return _PRECEDENCE[operator]
        case Conditional():
            return _CONDITIONAL


def _within(expression: Expression, level: int) -> str:
    """Give the text of an operand, in parentheses where it binds less tightly than `level`."""
    inner = text(expression)
    return inner if _level(expression) >= level else f"({inner})"


def _starts_with_sign(expression: Expression) -> bool:
    """Say whether the text starts with an operator, which could fuse with one before it: `--x`."""
    return isinstance(expression, Unary) or (isinstance(expression, Literal) and expression.value < 0)
