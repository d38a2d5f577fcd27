"""Arithmetic on floating-point scalars, against numpy in the type itself and by hand."""

from __future__ import annotations

import math
import operator
import struct
from collections.abc import Sequence

import ml_dtypes
import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from xdsl.dialects import arith, test
from xdsl.dialects.builtin import Float8E4M3FNType, IndexType, bf16, f16, f32, f64, i1, i8, i16, i32, i64
from xdsl.ir import Attribute, Operation

from tilewright.dialects.diagnostics import DiagnosticError
from tilewright.dialects.upstream import AddUIExtendedOp, IndexCastUIOp, RemFOp
from tilewright.execution.float_scalars import FLOAT_SCALARS
from tilewright.execution.scalars import SCALARS
from tilewright.execution.wide_scalars import WIDE_SCALARS

NUMPY = {f16: np.float16, bf16: ml_dtypes.bfloat16, f32: np.float32, f64: np.float64}
ARITHMETIC = {
    arith.AddfOp: np.add,
    arith.SubfOp: np.subtract,
    arith.MulfOp: np.multiply,
    arith.DivfOp: np.divide,
    arith.MaximumfOp: np.maximum,
    arith.MinimumfOp: np.minimum,
    arith.MaxnumfOp: np.fmax,
    arith.MinnumfOp: np.fmin,
    RemFOp: np.fmod,
}
NUMBERS = st.floats(width=32) | st.sampled_from([0.0, -0.0, 1.0, math.inf, -math.inf, math.nan, 65504.0, 1e-8])


def _op(kind: type[Operation], operands: Sequence[Attribute], result: Attribute) -> Operation:
    values = test.TestOp(result_types=list(operands)).results
    return kind.create(operands=list(values), result_types=[result])


def _cmpf(predicate: int) -> arith.CmpfOp:
    return arith.CmpfOp(*test.TestOp(result_types=[f32, f32]).results, predicate)


def _same(a: float, b: float) -> bool:
    return (math.isnan(a) and math.isnan(b)) or a == b


@pytest.mark.parametrize("type_", NUMPY, ids=str)
@pytest.mark.parametrize("kind", ARITHMETIC, ids=lambda kind: kind.name)
@given(a=NUMBERS, b=NUMBERS)
def test_results_are_rounded_as_numpy_rounds_them(kind: type[Operation], type_: Attribute, a: float, b: float) -> None:
    with np.errstate(all="ignore"):
        left, right = (np.float32(value).astype(NUMPY[type_]) for value in (a, b))
        expected = float(ARITHMETIC[kind](left, right))
    found = FLOAT_SCALARS[kind](_op(kind, [type_, type_], type_))(float(left), float(right))
    assert _same(found, expected)


def test_zeros_have_signs() -> None:
    def run(kind: type[Operation], a: float, b: float) -> float:
        return math.copysign(1.0, FLOAT_SCALARS[kind](_op(kind, [f32, f32], f32))(a, b))

    assert (run(arith.MaximumfOp, -0.0, 0.0), run(arith.MinimumfOp, 0.0, -0.0)) == (1.0, -1.0)


PREDICATES = [
    "false",
    *["oeq", "ogt", "oge", "olt", "ole", "one", "ord", "ueq", "ugt", "uge", "ult", "ule", "une", "uno"],
    "true",
]


RELATIONS = {"eq": operator.eq, "gt": operator.gt, "ge": operator.ge, "lt": operator.lt, "le": operator.le} | {
    "ne": operator.ne
}


@pytest.mark.parametrize("predicate", range(16), ids=lambda number: PREDICATES[number])
def test_comparisons(predicate: int) -> None:
    compare = FLOAT_SCALARS[arith.CmpfOp](_cmpf(predicate))
    found = [compare(a, b) for a, b in ((1.0, 2.0), (2.0, 1.0), (1.0, 1.0), (math.nan, 1.0), (1.0, math.nan))]
    assert set(found) <= {0, -1}
    held = [bool(each) for each in found]
    name = PREDICATES[predicate]
    relation = RELATIONS.get(name[1:])
    if relation is None:
        ordered, otherwise = {"false": (0, 0), "ord": (1, 0), "uno": (0, 1), "true": (1, 1)}[name]
        assert held == [bool(ordered)] * 3 + [bool(otherwise)] * 2
        return
    expected = [relation(a, b) for a, b in ((1, 2), (2, 1), (1, 1))]
    assert held == expected + [name[0] == "u"] * 2


@pytest.mark.parametrize(
    "kind, source, target, value, expected",
    [
        (arith.TruncFOp, f32, bf16, 1.0 + 2**-8, 1.0),
        (arith.TruncFOp, f32, bf16, 1.0 + 3 * 2**-8, 1.0 + 2**-6),
        (arith.TruncFOp, f32, f16, 65520.0, math.inf),
        (arith.ExtFOp, f16, f32, 0.5, 0.5),
        (arith.NegfOp, f32, f32, 1.5, -1.5),
        (arith.SIToFPOp, i1, f32, -1, -1.0),
        (arith.UIToFPOp, i1, f32, -1, 1.0),
        (arith.UIToFPOp, i8, f32, -1, 255.0),
        (arith.SIToFPOp, i64, f32, (1 << 62) + (1 << 38) + 1, float((1 << 62) + (1 << 39))),
        (arith.FPToSIOp, f32, i8, -1.75, -1),
        (arith.FPToSIOp, f32, i8, -128.5, -128),
        (arith.FPToSIOp, f32, i8, 127.5, 127),
        (arith.FPToUIOp, f32, i8, 200.5, -56),
        (arith.FPToUIOp, f32, i8, 255.5, -1),
        (arith.FPToUIOp, f32, i8, 0.0, 0),
        (arith.FPToUIOp, f32, i8, -0.5, 0),
        (arith.UIToFPOp, i64, f64, -1, 2.0**64),
        (arith.SIToFPOp, i64, f64, -(2**62) - 1, float(-(2**62) - 1)),
        (arith.BitcastOp, f32, i32, 1.0, 0x3F800000),
        (arith.BitcastOp, i32, f32, -0x80000000, -0.0),
        (arith.BitcastOp, f64, i64, -1.0, -0x4010000000000000),
        (arith.BitcastOp, i64, f64, 0x3FF0000000000000, 1.0),
        (arith.BitcastOp, f16, i16, -1.0, -0x4400),
        (arith.BitcastOp, i16, f16, 0x3C00, 1.0),
        (arith.BitcastOp, i32, f32, -0x407FFFFF, -1.0 - 2**-23),
        (arith.BitcastOp, bf16, i16, -1.0, 0xBF80 - 0x10000),
        (arith.BitcastOp, i16, bf16, 0x3F80, 1.0),
        (arith.BitcastOp, f16, bf16, 1.0, struct.unpack("<f", struct.pack("<I", 0x3C000000))[0]),
    ],
)
def test_conversions(
    kind: type[Operation], source: Attribute, target: Attribute, value: float, expected: float
) -> None:
    assert FLOAT_SCALARS[kind](_op(kind, [source], target))(value) == expected


@pytest.mark.parametrize("value", [128.0, -129.0, math.nan, math.inf])
def test_what_an_integer_cannot_hold_has_no_value(value: float) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        FLOAT_SCALARS[arith.FPToSIOp](_op(arith.FPToSIOp, [f32], i8))(value)


@pytest.mark.parametrize("value", [256.0, -1.0, math.nan, -math.inf])
def test_what_a_number_without_sign_cannot_hold_has_no_value(value: float) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        FLOAT_SCALARS[arith.FPToUIOp](_op(arith.FPToUIOp, [f32], i8))(value)


def test_bits_of_a_type_that_the_scalar_unit_lacks() -> None:
    with pytest.raises(DiagnosticError) as caught:
        FLOAT_SCALARS[arith.BitcastOp](_op(arith.BitcastOp, [i8], Float8E4M3FNType()))
    assert caught.value.diagnostics[0].code == "TW0405"


def test_a_type_that_the_scalar_unit_lacks() -> None:
    type_ = Float8E4M3FNType()
    with pytest.raises(DiagnosticError) as caught:
        FLOAT_SCALARS[arith.AddfOp](_op(arith.AddfOp, [type_, type_], type_))
    assert caught.value.diagnostics[0].code == "TW0405"


def test_an_index_is_widened_with_zeros() -> None:
    assert SCALARS[IndexCastUIOp](_op(IndexCastUIOp, [i8], IndexType()))(-1) == 255


@given(st.integers(-128, 127), st.integers(-128, 127))
@example(-1, 0)  # the largest sum of one word
@example(-1, 1)  # the least that leaves it
def test_two_words(a: int, b: int) -> None:
    left, right = test.TestOp(result_types=[i8, i8]).results

    def run(kind: type[Operation], second: Attribute) -> tuple[int, int]:
        op = kind.create(operands=[left, right], result_types=[i8, second])
        return WIDE_SCALARS[kind](op)(a, b)

    low, high = run(arith.MulSIExtendedOp, i8)
    assert (high << 8) + (low & 0xFF) == a * b
    low, high = run(arith.MulUIExtendedOp, i8)
    assert ((high & 0xFF) << 8) + (low & 0xFF) == (a & 0xFF) * (b & 0xFF)
    total, overflow = run(AddUIExtendedOp, i1)
    assert (-overflow << 8) + (total & 0xFF) == (a & 0xFF) + (b & 0xFF)
