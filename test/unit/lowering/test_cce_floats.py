"""Floating-point arithmetic in C++: right for what is no number, and computed in 32 bits."""

from __future__ import annotations

from collections.abc import Callable

import pytest

ToCce = Callable[[str], str]


def _expression(to_cce: ToCce, body: str, type_: str = "f32") -> str:
    """Give what a helper function returns that computes `%r`, with the constants before it."""
    text = f"""
    func.func @k() attributes {{pto.entry}} {{ return }}
    func.func @f(%x: f32, %y: f32, %g: f16, %h: f16, %b: bf16, %i: i32, %p: i1) -> {type_} {{
      {body}
      return %r : {type_}
    }}"""
    lines = [line.split("  //")[0].strip() for line in to_cce(text).splitlines()]
    start = max(index for index, line in enumerate(lines) if " f(" in line or line.endswith(" f("))
    return "\n".join(line for line in lines[start:] if line.startswith(("const", "return")))


@pytest.mark.parametrize("op, operator", [("addf", "+"), ("subf", "-"), ("mulf", "*"), ("divf", "/")])
def test_arithmetic(to_cce: ToCce, op: str, operator: str) -> None:
    assert _expression(to_cce, f"%r = arith.{op} %x, %y : f32") == f"return x {operator} y;"


def test_short_numbers_are_computed_as_floats(to_cce: ToCce) -> None:
    found = _expression(to_cce, "%r = arith.addf %g, %h : f16", "f16")
    assert found == "return (half)((float)g + (float)h);"


@pytest.mark.parametrize(
    "op, expected",
    [
        ("maximumf", "x > y ? x : (x < y ? y : (x == y && x != 0 ? x : x + y))"),
        ("minimumf", "x < y ? x : (x > y ? y : (x == y && x != 0 ? x : -(-x - y)))"),
        ("maxnumf", "y != y || x > y ? x : y"),
        ("minnumf", "y != y || x < y ? x : y"),
        ("remf", "__builtin_fmodf(x, y)"),
    ],
)
def test_choices(to_cce: ToCce, op: str, expected: str) -> None:
    found = _expression(to_cce, f"%r = arith.{op} %x, %y : f32")
    assert found.splitlines()[0].removeprefix("const float r = ").removeprefix("return ") == f"{expected};"


@pytest.mark.parametrize(
    "predicate, expected",
    [
        ("false", "false"),
        ("oeq", "x == y"),
        ("ogt", "x > y"),
        ("oge", "x >= y"),
        ("olt", "x < y"),
        ("ole", "x <= y"),
        ("one", "x < y || x > y"),
        ("ord", "x == x && y == y"),
        ("ueq", "!(x < y || x > y)"),
        ("ugt", "!(x <= y)"),
        ("uge", "!(x < y)"),
        ("ult", "!(x >= y)"),
        ("ule", "!(x > y)"),
        ("une", "x != y"),
        ("uno", "x != x || y != y"),
        ("true", "true"),
    ],
)
def test_comparisons(to_cce: ToCce, predicate: str, expected: str) -> None:
    assert _expression(to_cce, f"%r = arith.cmpf {predicate}, %x, %y : f32", "i1") == f"return {expected};"


@pytest.mark.parametrize(
    "body, type_, expected",
    [
        ("%r = arith.negf %x : f32", "f32", "-x"),
        ("%r = arith.extf %g : f16 to f32", "f32", "(float)g"),
        ("%r = arith.truncf %x : f32 to bf16", "bf16", "(bfloat16_t)x"),
        ("%r = arith.sitofp %i : i32 to f32", "f32", "(float)i"),
        ("%r = arith.sitofp %p : i1 to f32", "f32", "p ? -1.0f : 0.0f"),
        ("%r = arith.uitofp %i : i32 to f16", "f16", "(half)(float)(uint32_t)i"),
        ("%r = arith.uitofp %p : i1 to f32", "f32", "(float)p"),
        ("%r = arith.fptosi %x : f32 to i32", "i32", "(int32_t)x"),
        ("%r = arith.fptosi %x : f32 to i1", "i1", "(int32_t)x != 0"),
        ("%r = arith.fptoui %h : f16 to i8", "i8", "(int8_t)(uint8_t)(float)h"),
        ("%r = arith.bitcast %x : f32 to i32", "i32", "__builtin_bit_cast(int32_t, x)"),
        ("%r = arith.bitcast %i : i32 to i32", "i32", "i"),
        (
            "%c = arith.constant 5 : i32\n%r = arith.bitcast %c : i32 to f32",
            "f32",
            "__builtin_bit_cast(float, (int32_t)5)",
        ),
        ("%r = arith.select %p, %x, %y : f32", "f32", "p ? x : y"),
    ],
)
def test_conversions(to_cce: ToCce, body: str, type_: str, expected: str) -> None:
    found = _expression(to_cce, body, type_)
    assert found.removeprefix("return ").removeprefix(f"const {type_} r = ") == f"{expected};"


@pytest.mark.parametrize(
    "text, type_, expected",
    [
        ("0.5", "f32", "0.5f"),
        ("-0.5", "f32", "-0.5f"),
        ("-0.0", "f32", "-0.0f"),
        ("1.5", "f16", "(half)1.5f"),
        ("-1.5", "bf16", "(bfloat16_t)-1.5f"),
        ("0x7F800000", "f32", "__builtin_bit_cast(float, (uint32_t)0x7f800000)"),
        ("0xFC00", "f16", "(half)__builtin_bit_cast(float, (uint32_t)0xff800000)"),
    ],
)
def test_constants(to_cce: ToCce, text: str, type_: str, expected: str) -> None:
    found = _expression(to_cce, f"%r = arith.constant {text} : {type_}", type_)
    assert found.splitlines()[-1] == f"return {expected};"


def test_a_long_operand_is_computed_once(to_cce: ToCce) -> None:
    found = _expression(to_cce, "%s = arith.addf %x, %y : f32\n%r = arith.maxnumf %s, %y : f32")
    assert found == "const float s = x + y;\nreturn y != y || s > y ? s : y;"


def test_numbers_of_64_bits_are_doubles(to_cce: ToCce) -> None:
    found = _expression(
        to_cce,
        """%c = arith.constant 2.5 : f64
        %w = arith.extf %x : f32 to f64
        %s = arith.addf %w, %c : f64
        %m = arith.remf %s, %c : f64
        %r = arith.truncf %m : f64 to f32""",
    )
    assert found == "const float r = (float)__builtin_fmod((double)x + 2.5, 2.5);\nreturn r;"
