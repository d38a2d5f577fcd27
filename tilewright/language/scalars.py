"""Arithmetic of numbers: what Python knows is computed now, the rest becomes `arith` operations."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias, cast

from xdsl.dialects import arith, math
from xdsl.dialects.builtin import Float32Type, IndexType, IntegerType, i1, i64
from xdsl.ir import Attribute, Operation, SSAValue

from tilewright.language.operands import index
from tilewright.language.translator import Translator
from tilewright.language.types import signless
from tilewright.language.values import ScalarRef, describe

Number: TypeAlias = bool | int | float

_OF_PYTHON = {"div": "truediv", "and": "and_", "or": "or_", "shl": "lshift", "shr": "rshift"}
_NAMES = frozenset(("add", "sub", "mul", "floordiv", "mod", "xor", "eq", "ne", "lt", "le", "gt", "ge", *_OF_PYTHON))


def of_python(name: str) -> Callable[[Any, Any], Any] | None:
    """What Python itself computes while translating, by the name of the operator."""
    if name in ("max", "min"):
        return max if name == "max" else min
    return getattr(operator, _OF_PYTHON.get(name, name)) if name in _NAMES else None


_INTEGER: Mapping[str, Callable[[SSAValue, SSAValue], Operation]] = {
    "add": arith.AddiOp,
    "sub": arith.SubiOp,
    "mul": arith.MuliOp,
    "floordiv": arith.FloorDivSIOp,
    "max": arith.MaxSIOp,
    "min": arith.MinSIOp,
    "and": arith.AndIOp,
    "or": arith.OrIOp,
    "xor": arith.XOrIOp,
    "shl": arith.ShLIOp,
    "shr": arith.ShRSIOp,
}

_FLOAT: Mapping[str, Callable[[SSAValue, SSAValue], Operation]] = {
    "add": arith.AddfOp,
    "sub": arith.SubfOp,
    "mul": arith.MulfOp,
    "div": arith.DivfOp,
    "max": arith.MaximumfOp,
    "min": arith.MinimumfOp,
}

_INTEGER_PREDICATES = {"eq": "eq", "ne": "ne", "lt": "slt", "le": "sle", "gt": "sgt", "ge": "sge"}
_FLOAT_PREDICATES = {"eq": "oeq", "ne": "une", "lt": "olt", "le": "ole", "gt": "ogt", "ge": "oge"}

PYTHON_OPERATORS: Mapping[type[ast.AST], str] = {
    ast.Add: "add",
    ast.Sub: "sub",
    ast.Mult: "mul",
    ast.Div: "div",
    ast.FloorDiv: "floordiv",
    ast.Mod: "mod",
    ast.BitAnd: "and",
    ast.BitOr: "or",
    ast.BitXor: "xor",
    ast.LShift: "shl",
    ast.RShift: "shr",
    ast.Eq: "eq",
    ast.NotEq: "ne",
    ast.Lt: "lt",
    ast.LtE: "le",
    ast.Gt: "gt",
    ast.GtE: "ge",
}
"""What Python's operators are called here."""


def is_number(value: object) -> bool:
    """Whether a value is a number, known now or not."""
    return isinstance(value, bool | int | float | ScalarRef)


def compute(t: Translator, name: str, left: object, right: object) -> object:
    """`left <name> right` of two numbers.

    Integers of different types meet as `index`; a Python number takes the type of the other one.

    Raises:
        DiagnosticError: TW0609 for types that do not go together, or an operator that they do not have.
    """
    if isinstance(left, bool | int | float) and isinstance(right, bool | int | float):
        return _static(t, name, left, right)
    a, b = _same_type(t, name, left, right)
    if isinstance(a.type, Float32Type):
        return _float(t, name, a, b)
    return _integer(t, name, a, b)


def _static(t: Translator, name: str, left: Number, right: Number) -> object:
    function = of_python(name)
    if function is None:
        t.fail("TW0609", f"{left!r} and {right!r} have no operator '{name}'")
    return python_value(t, lambda: function(left, right))


def _integer(t: Translator, name: str, a: SSAValue, b: SSAValue) -> ScalarRef:
    if name in _INTEGER_PREDICATES:
        return ScalarRef(t.emit(arith.CmpiOp(a, b, _INTEGER_PREDICATES[name])).result)
    if name == "div":
        wide = [_to_float(t, side) for side in (a, b)]
        return _float(t, name, *wide)
    if name == "mod":
        return _remainder(t, a, b)
    if name not in _INTEGER:
        t.fail("TW0609", f"integers have no operator '{name}'")
    return ScalarRef(t.emit(_INTEGER[name](a, b)).results[0])


def _remainder(t: Translator, a: SSAValue, b: SSAValue) -> ScalarRef:
    """`a % b` with the sign of `b`, as Python has it; `arith` has the sign of `a`."""
    if t.signs.is_never_negative(a) and t.signs.is_never_negative(b):
        return ScalarRef(t.emit(arith.RemSIOp(a, b)).result)
    whole = t.emit(arith.MuliOp(t.emit(arith.FloorDivSIOp(a, b)).result, b)).result
    return ScalarRef(t.emit(arith.SubiOp(a, whole)).result)


def _float(t: Translator, name: str, a: SSAValue, b: SSAValue) -> ScalarRef:
    if name in _FLOAT_PREDICATES:
        return ScalarRef(t.emit(arith.CmpfOp(a, b, _FLOAT_PREDICATES[name])).result)
    if name not in _FLOAT:
        t.fail("TW0609", f"floating-point numbers have no operator '{name}'")
    return ScalarRef(t.emit(_FLOAT[name](a, b)).results[0])


def _same_type(t: Translator, name: str, left: object, right: object) -> tuple[SSAValue, SSAValue]:
    types = [value.type for value in (left, right) if isinstance(value, ScalarRef)]
    if any(isinstance(value, float) for value in (left, right)) or any(isinstance(each, Float32Type) for each in types):
        return scalar(t, left, Float32Type()), scalar(t, right, Float32Type())
    if len(types) == 2 and types[0] != types[1]:
        return index(t, left), index(t, right)
    if not types:
        t.fail("TW0609", f"{describe(left)} and {describe(right)} have no operator '{name}'")
    return scalar(t, left, types[0]), scalar(t, right, types[0])


def scalar(t: Translator, value: object, type_: Attribute) -> SSAValue:
    """A number of the given type; one for unsigned elements has their bits, and no sign, as `arith` has it.

    Raises:
        DiagnosticError: TW0609 when it is another type; numbers are never narrowed silently.
    """
    type_ = signless(type_)
    match value:
        case bool() | int() | float():
            if isinstance(value, float) and (_is_integer(type_) or isinstance(type_, IndexType)):
                t.fail("TW0609", f"{value!r} is not an integer")
            return t.constant(value, type_)
        case ScalarRef(ssa) if ssa.type == type_:
            return ssa
        case ScalarRef(ssa) if isinstance(type_, IndexType) and _is_integer(ssa.type):
            return t.emit(arith.IndexCastOp(ssa, type_)).result
        case ScalarRef(ssa) if _is_integer(type_) and isinstance(ssa.type, IndexType):
            return t.emit(arith.IndexCastOp(ssa, type_)).result
        case ScalarRef(ssa) if isinstance(type_, Float32Type) and not isinstance(ssa.type, Float32Type):
            return _to_float(t, ssa)
        case ScalarRef():
            t.fail("TW0609", f"{describe(value)} is no number of type {type_}", help=("convert it: pl.cast(...)",))
        case _:
            t.fail("TW0605", f"{describe(value)} is not a number")


def _to_float(t: Translator, value: SSAValue) -> SSAValue:
    if isinstance(value.type, Float32Type):
        return value
    if isinstance(value.type, IndexType):
        value = t.emit(arith.IndexCastOp(value, IntegerType(64))).result
    return t.emit(arith.SIToFPOp(value, Float32Type())).result


def convert(t: Translator, value: object, type_: Attribute) -> object:
    """`pl.cast` of a number; towards an integer it drops the fraction."""
    type_ = signless(type_)
    match value:
        case bool() | int() | float() if isinstance(type_, IndexType):
            return int(value)
        case bool() | int() | float() if _is_integer(type_):
            return ScalarRef(t.constant(int(value), type_))
        case bool() | int() | float():
            return float(value)
        case ScalarRef(ssa) if isinstance(ssa.type, Float32Type) and _is_integer(type_):
            return ScalarRef(t.emit(arith.FPToSIOp(ssa, cast("IntegerType", type_))).result)
        case ScalarRef(ssa) if isinstance(ssa.type, Float32Type) and isinstance(type_, IndexType):
            whole = t.emit(arith.FPToSIOp(ssa, IntegerType(64))).result
            return ScalarRef(t.emit(arith.IndexCastOp(whole, type_)).result)
        case ScalarRef(ssa) if _is_integer(ssa.type) and _is_integer(type_):
            return ScalarRef(_resize(t, ssa, type_))
        case _:
            return ScalarRef(scalar(t, value, type_))


def _is_integer(type_: Attribute) -> bool:
    return isinstance(type_, IntegerType)


def _resize(t: Translator, value: SSAValue, type_: Attribute) -> SSAValue:
    before, after = (cast("IntegerType", each).width.data for each in (value.type, type_))
    if before == after:
        return value
    if before > after:
        return t.emit(arith.TruncIOp(value, cast("IntegerType", type_))).result
    widen = arith.ExtUIOp if before == 1 else arith.ExtSIOp
    return t.emit(widen(value, cast("IntegerType", type_))).result


def negate(t: Translator, value: object) -> object:
    """`-value`."""
    if isinstance(value, ScalarRef) and isinstance(value.type, Float32Type):
        return ScalarRef(t.emit(arith.NegfOp(value.ssa)).result)
    return compute(t, "sub", 0, value)


def invert(t: Translator, value: object) -> object:
    """`not value`."""
    if not isinstance(value, ScalarRef):
        return not value
    return ScalarRef(t.emit(arith.XOrIOp(truth(t, value), t.constant(1, i1))).result)


def truth(t: Translator, value: object) -> SSAValue:
    """A condition as an i1."""
    match value:
        case bool() | int() | float():
            return t.constant(int(bool(value)), i1)
        case ScalarRef(ssa) if ssa.type == i1:
            return ssa
        case ScalarRef():
            zero = scalar(t, 0.0 if isinstance(value.type, Float32Type) else 0, value.type)
            result = compute(t, "ne", value, ScalarRef(zero))
            assert isinstance(result, ScalarRef)
            return result.ssa
        case _:
            t.fail(
                "TW0605", f"{describe(value)} is no condition", help=("compare numbers; tiles have pl.cmp and pl.sel",)
            )


def choose(t: Translator, condition: object, yes: object, no: object) -> object:
    """`yes if condition else no` of two numbers."""
    if not isinstance(condition, ScalarRef):
        return yes if condition else no
    a, b = _same_type(t, "if", *(_as_scalar(t, each) for each in (yes, no)))
    return ScalarRef(t.emit(arith.SelectOp(truth(t, condition), a, b)).result)


def _as_scalar(t: Translator, value: object) -> object:
    if isinstance(value, int) and not isinstance(value, bool):
        return ScalarRef(t.index(value))
    return value


def unary(t: Translator, name: str, value: object) -> object:
    """A function of one float: exp, log, sqrt, rsqrt, abs."""
    functions: Mapping[str, Callable[[SSAValue], Operation]] = {
        "exp": math.ExpOp,
        "log": math.LogOp,
        "sqrt": math.SqrtOp,
        "rsqrt": math.RsqrtOp,
        "abs": math.AbsFOp,
    }
    return ScalarRef(t.emit(functions[name](scalar(t, value, Float32Type()))).results[0])


def python_value(t: Translator, compute: Callable[[], object]) -> object:
    """The result of Python itself; what goes wrong there is the author's error, at the author's line."""
    try:
        return compute()
    except (ArithmeticError, TypeError, ValueError, LookupError) as error:
        t.fail("TW0609", f"this has no value: {error}")


def widened(t: Translator, value: SSAValue, element: Attribute) -> SSAValue:
    """A number that was read from memory: f16 and bf16 are computed with as f32, unsigned integers as `index`.

    An `index` has room for each unsigned number of up to 32 bits, and for those of 64 bits below 2**63.
    """
    if str(element) in ("f16", "bf16"):
        return t.emit(arith.ExtFOp(value, Float32Type())).result
    if str(element).startswith("ui"):
        wide = value if value.type == i64 else t.emit(arith.ExtUIOp(value, i64)).result
        return t.emit(arith.IndexCastOp(wide, IndexType())).result
    return value
