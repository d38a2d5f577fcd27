"""Scalar arithmetic: each operation by hand, and against what the value engine uses."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from xdsl.dialects import arith, test
from xdsl.dialects.builtin import (
    FloatAttr,
    IntegerType,
    ModuleOp,
    Signedness,
    UnitAttr,
    UnrealizedConversionCastOp,
    f32,
    i1,
    i8,
    i64,
)
from xdsl.interpreter import Interpreter
from xdsl.interpreters.arith import ArithFunctions
from xdsl.ir import Attribute, Operation

from tilewright.dialects.diagnostics import DiagnosticError
from tilewright.execution.scalars import SCALARS
from tilewright.execution.value_scalars import RemainingArithFunctions

BINARY = sorted(
    (op for op in SCALARS if issubclass(op, arith.SignlessIntegerBinaryOperation)),
    key=lambda op: op.name,
)
SHIFTS = (arith.ShLIOp, arith.ShRUIOp, arith.ShRSIOp)
DIVISIONS = (
    arith.DivSIOp,
    arith.DivUIOp,
    arith.RemSIOp,
    arith.RemUIOp,
    arith.CeilDivSIOp,
    arith.CeilDivUIOp,
    arith.FloorDivSIOp,
)
BYTE = st.integers(-128, 127)
_SOME = settings(max_examples=30)


def _interpreted(op: Operation, *args: int) -> int:
    interpreter = Interpreter(ModuleOp([]))
    interpreter.register_implementations(ArithFunctions())
    interpreter.register_implementations(RemainingArithFunctions())
    return interpreter.run_op(op, args)[0]


def _values(*types: IntegerType) -> test.TestOp:
    return test.TestOp(result_types=types)


@pytest.mark.parametrize("op_type", BINARY, ids=lambda op: op.name)
@_SOME
@given(a=BYTE, b=BYTE)
def test_both_engines_agree(op_type: type[Operation], a: int, b: int) -> None:
    assume(b != 0 or op_type not in DIVISIONS)
    if op_type in SHIFTS:
        b %= 8
    left, right = _values(i8, i8).results
    op = op_type.create(operands=[left, right], result_types=[i8])
    assert SCALARS[op_type](op)(a, b) & 0xFF == _interpreted(op, a, b) & 0xFF


@pytest.mark.parametrize("predicate", range(10))
@_SOME
@given(a=BYTE, b=BYTE)
def test_both_engines_compare_alike(predicate: int, a: int, b: int) -> None:
    op = arith.CmpiOp(*_values(i8, i8).results, predicate)
    assert bool(SCALARS[arith.CmpiOp](op)(a, b)) == bool(_interpreted(op, a, b))


@pytest.mark.parametrize(
    "op_type, source, target",
    [
        (arith.ExtSIOp, i8, i64),
        (arith.ExtUIOp, i8, i64),
        (arith.ExtUIOp, i1, i8),
        (arith.ExtSIOp, i1, i8),
        (arith.TruncIOp, i64, i8),
        (arith.TruncIOp, i64, i1),
    ],
)
@_SOME
@given(data=st.data())
def test_both_engines_resize_alike(
    op_type: type[Operation], source: IntegerType, target: IntegerType, data: st.DataObject
) -> None:
    half = 1 << (source.bitwidth - 1)
    value = data.draw(st.integers(-half, half - 1))
    op = op_type.create(operands=[_values(source).res[0]], result_types=[target])
    mask = (1 << target.bitwidth) - 1
    assert SCALARS[op_type](op)(value) & mask == _interpreted(op, value) & mask


@pytest.mark.parametrize(
    "op_type, a, b, expected",
    [
        (arith.AddiOp, 127, 1, -128),
        (arith.SubiOp, -128, 1, 127),
        (arith.MuliOp, 64, 2, -128),
        (arith.DivSIOp, -7, 2, -3),
        (arith.DivSIOp, 7, -2, -3),
        (arith.DivSIOp, -1, 1, -1),
        (arith.DivSIOp, 1, -1, -1),
        (arith.DivSIOp, -1, -1, 1),
        (arith.DivSIOp, -3, 2, -1),
        (arith.DivSIOp, 0, -5, 0),
        (arith.RemSIOp, -7, 2, -1),
        (arith.RemSIOp, 7, -2, 1),
        (arith.FloorDivSIOp, -7, 2, -4),
        (arith.CeilDivSIOp, 7, 2, 4),
        (arith.CeilDivSIOp, -7, 2, -3),
        (arith.DivUIOp, -1, 2, 127),
        (arith.RemUIOp, -1, 10, 5),
        (arith.CeilDivUIOp, 7, 2, 4),
        (arith.RemUIOp, 7, -1, 7),
        (arith.MinUIOp, -1, 1, 1),
        (arith.MaxUIOp, -1, 1, -1),
        (arith.MinSIOp, -1, 1, -1),
        (arith.MaxSIOp, -1, 1, 1),
        (arith.AndIOp, 6, 3, 2),
        (arith.OrIOp, 6, 3, 7),
        (arith.XOrIOp, 6, 3, 5),
        (arith.ShLIOp, 1, 7, -128),
        (arith.ShLIOp, 1, -1, 0),
        (arith.ShRUIOp, -1, 4, 15),
        (arith.ShRSIOp, -16, 2, -4),
    ],
)
def test_by_hand(op_type: type[Operation], a: int, b: int, expected: int) -> None:
    op = op_type.create(operands=_values(i8, i8).results, result_types=[i8])
    assert SCALARS[op_type](op)(a, b) == expected


_LESS, _LESS_OR_EQUAL, _GREATER, _GREATER_OR_EQUAL = (True, False), (True, True), (False, False), (False, True)
"""Whether 1 compares so with 2, and 2 with 2."""


@pytest.mark.parametrize(
    "predicate, expected",
    [
        ("eq", _GREATER_OR_EQUAL),
        ("ne", _LESS),
        *((f"{sign}lt", _LESS) for sign in "su"),
        *((f"{sign}le", _LESS_OR_EQUAL) for sign in "su"),
        *((f"{sign}gt", _GREATER) for sign in "su"),
        *((f"{sign}ge", _GREATER_OR_EQUAL) for sign in "su"),
    ],
)
def test_comparisons_by_hand(predicate: str, expected: tuple[bool, bool]) -> None:
    compare = SCALARS[arith.CmpiOp](arith.CmpiOp(*_values(i8, i8).results, predicate))
    assert (bool(compare(1, 2)), bool(compare(2, 2))) == expected


def test_a_truth_value_is_minus_one() -> None:
    op = arith.CmpiOp(*_values(i8, i8).results, "ult")
    assert SCALARS[arith.CmpiOp](op)(1, -1) == -1


def test_constants() -> None:
    make = SCALARS[arith.ConstantOp]
    assert make(arith.ConstantOp.from_int_and_width(200, i8))() == -56
    assert make(arith.ConstantOp(FloatAttr(1.5, f32)))() == 1.5
    with pytest.raises(DiagnosticError, match="TW0405"):
        make(arith.ConstantOp.create(result_types=[i8], properties={"value": UnitAttr()}))


def test_select() -> None:
    op = arith.SelectOp(*_values(i1, i8, i8).results)
    select = SCALARS[arith.SelectOp](op)
    assert (select(-1, 3, 4), select(0, 3, 4)) == (3, 4)


def test_the_bits_of_an_unsigned_number_stay() -> None:
    ui8 = IntegerType(8, Signedness.UNSIGNED)
    (value,) = _values(ui8).results
    cast = UnrealizedConversionCastOp(operands=[[value]], result_types=[[i8]])
    assert SCALARS[UnrealizedConversionCastOp](cast)(-56) == -56


@pytest.mark.parametrize("target", [i64, f32])
def test_a_cast_that_nothing_realizes(target: Attribute) -> None:
    cast = UnrealizedConversionCastOp(operands=[_values(i8).results], result_types=[[target]])
    with pytest.raises(DiagnosticError, match="between integers of the same size only") as caught:
        SCALARS[UnrealizedConversionCastOp](cast)
    assert caught.value.diagnostics[0].code == "TW0405"
