"""Expressions: parentheses only where needed, constants folded."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tilewright.lowering.cce.expressions import (
    Binary,
    Braced,
    Call,
    Cast,
    Conditional,
    Element,
    Expression,
    Literal,
    Name,
    Unary,
    add,
    float_literal,
    multiply,
    names_in,
    subtract,
    text,
)

A, B, C = Name("a"), Name("b"), Name("c")


@pytest.mark.parametrize(
    "expression, expected",
    [
        (Literal(7), "7"),
        (Literal(-7), "-7"),
        (Literal(-(2**63)), "(-9223372036854775807 - 1)"),
        (Unary("!", A), "!a"),
        (Unary("!", Binary("==", A, B)), "!(a == b)"),
        (Unary("-", Unary("-", A)), "-(-a)"),
        (Unary("-", Literal(-1)), "-(-1)"),
        (Cast("event_t", A), "(event_t)a"),
        (Cast("event_t", Binary("+", A, B)), "(event_t)(a + b)"),
        (Cast("int32_t", Cast("int64_t", A)), "(int32_t)(int64_t)a"),
        (Binary("*", Binary("+", A, B), C), "(a + b) * c"),
        (Binary("+", Binary("*", A, B), C), "a * b + c"),
        (Binary("-", A, Binary("-", B, C)), "a - (b - c)"),
        (Binary("-", Binary("-", A, B), C), "a - b - c"),
        (Binary("%", A, Binary("*", B, C)), "a % (b * c)"),
        (Binary("==", Binary("&", A, B), C), "(a & b) == c"),
        (Binary("&", A, Binary("==", B, C)), "a & b == c"),
        (Binary("<<", A, Binary("+", B, C)), "a << b + c"),
        (Binary("||", Binary("&&", A, B), C), "a && b || c"),
        (Conditional(Binary("<", A, B), A, B), "a < b ? a : b"),
        (Conditional(A, B, Conditional(A, B, C)), "a ? b : (a ? b : c)"),
        (Binary("+", Conditional(A, B, C), C), "(a ? b : c) + c"),
        (Binary("*", Literal(-2), A), "-2 * a"),
        (Call("TLOAD", (A, Binary("+", B, C))), "TLOAD(a, b + c)"),
        (Call("f", ()), "f()"),
        (Call("w", (A, Braced((B, Binary("*", B, C))))), "w(a, {b, b * c})"),
        (Braced(()), "{}"),
        (Element(A, Binary("+", B, C)), "a[b + c]"),
        (Element(Binary("+", A, B), C), "(a + b)[c]"),
        (Binary("*", Element(Call("t.data", ()), A), B), "t.data()[a] * b"),
    ],
)
def test_text_has_the_parentheses_that_it_needs(expression: Expression, expected: str) -> None:
    assert text(expression) == expected


@pytest.mark.parametrize(
    "expression, expected",
    [
        (add(A, Literal(0)), A),
        (add(Literal(0), A), A),
        (add(A, B), Binary("+", A, B)),
        (add(A, Literal(-3)), Binary("-", A, Literal(3))),
        (add(Literal(2), Literal(3)), Literal(5)),
        (subtract(A, Literal(0)), A),
        (subtract(A, Literal(-3)), Binary("+", A, Literal(3))),
        (subtract(A, B), Binary("-", A, B)),
        (subtract(Literal(2), Literal(3)), Literal(-1)),
        (multiply(A, Literal(1)), A),
        (multiply(Literal(1), A), A),
        (multiply(A, Literal(0)), Literal(0)),
        (multiply(Literal(0), A), Literal(0)),
        (multiply(A, B), Binary("*", A, B)),
        (multiply(Literal(2), Literal(3)), Literal(6)),
    ],
)
def test_arithmetic_folds_constants(expression: Expression, expected: Expression) -> None:
    assert expression == expected


def test_what_leaves_64_bits_is_not_folded() -> None:
    largest = Literal(2**63 - 1)
    assert add(largest, Literal(1)) == Binary("+", largest, Literal(1))


def test_names_in_finds_every_variable() -> None:
    expression = Conditional(Unary("!", A), Call("f", (Cast("T", B), Literal(1))), Binary("+", C, C))
    assert names_in(expression) == {"a", "b", "c"}


# Operators that bind alike in C++ and in Python, so that Python can read the text back.
_SHARED = ("+", "-", "*", "&", "^", "|")


def _expressions() -> st.SearchStrategy[Expression]:
    leaves = st.one_of(st.integers(-9, 9).map(Literal), st.sampled_from([A, B, C]))
    return st.recursive(
        leaves,
        lambda inner: st.one_of(
            st.builds(Binary, st.sampled_from(_SHARED), inner, inner),
            st.builds(Unary, st.sampled_from(["-", "~"]), inner),
        ),
    )


def _value(expression: Expression, variables: dict[str, int]) -> int:
    match expression:
        case Literal(value):
            return value
        case Name(name):
            return variables[name]
        case Unary(operator, operand):
            value = _value(operand, variables)
            return -value if operator == "-" else ~value
        case Binary(operator, left, right):
            a, b = _value(left, variables), _value(right, variables)
            return {"+": a + b, "-": a - b, "*": a * b, "&": a & b, "^": a ^ b, "|": a | b}[operator]
        case _:
            raise AssertionError(expression)


@given(_expressions())
def test_text_means_what_the_tree_means(expression: Expression) -> None:
    variables = {"a": 3, "b": -5, "c": 7}
    assert eval(text(expression), {}, dict(variables)) == _value(expression, variables)


@pytest.mark.parametrize(
    "value, type_, expected",
    [
        (1.0, "float", "1.0f"),
        (-2.5, "double", "-2.5"),
        (-0.0, "float", "-0.0f"),
        (0.25, "half", "(half)0.25f"),
        (float("-inf"), "float", "__builtin_bit_cast(float, (uint32_t)0xff800000)"),
        (float("inf"), "double", "__builtin_bit_cast(double, (uint64_t)0x7ff0000000000000)"),
    ],
)
def test_float_literals(value: float, type_: str, expected: str) -> None:
    assert text(float_literal(value, type_)) == expected
