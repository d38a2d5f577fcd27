"""Elementwise operations in the value engine."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from xdsl.dialects.builtin import DYNAMIC_INDEX
from xdsl.ir import Operation, SSAValue

from tilewright.dialects.diagnostics import fail
from tilewright.dialects.names import value_name
from tilewright.dialects.tile import (
    AbsOp,
    AddOp,
    AndOp,
    BinaryOp,
    CastOp,
    CompareOp,
    DivOp,
    ExpOp,
    LogOp,
    MaxOp,
    MinOp,
    MulOp,
    NegOp,
    NotOp,
    OrOp,
    Predicate,
    RecipOp,
    ReluOp,
    RemOp,
    RsqrtOp,
    SelectOp,
    ShlOp,
    ShrOp,
    SqrtOp,
    SubOp,
    TileType,
    UnaryOp,
    XorOp,
)
from tilewright.execution.dtypes import Array
from tilewright.execution.value_calls import Call, Family, disagree, dtype_of
from tilewright.execution.value_numbers import Function, computed, converted, is_float, quotient, scalar_array
from tilewright.execution.values import TileValue, defined_part

_BINARY: Mapping[type[BinaryOp], Function] = {
    AddOp: np.add,
    SubOp: np.subtract,
    MulOp: np.multiply,
    DivOp: quotient,
    RemOp: np.fmod,
    MaxOp: np.maximum,
    MinOp: np.minimum,
    AndOp: np.bitwise_and,
    OrOp: np.bitwise_or,
    XorOp: np.bitwise_xor,
    ShlOp: np.left_shift,
    ShrOp: np.right_shift,
}


def _reciprocal(data: Array) -> Array:
    return np.float32(1) / data


def _reciprocal_root(data: Array) -> Array:
    return np.float32(1) / np.sqrt(data)


def _positive_part(data: Array) -> Array:
    return np.maximum(data, np.zeros((), data.dtype))


_UNARY: Mapping[type[UnaryOp], Function] = {
    ExpOp: np.exp,
    LogOp: np.log,
    SqrtOp: np.sqrt,
    RsqrtOp: _reciprocal_root,
    RecipOp: _reciprocal,
    NegOp: np.negative,
    AbsOp: np.abs,
    ReluOp: _positive_part,
    NotOp: np.invert,
}

_COMPARISONS: Mapping[Predicate, Callable[[Array, Array], Array]] = {
    Predicate.EQ: np.equal,
    Predicate.NE: np.not_equal,
    Predicate.LT: np.less,
    Predicate.LE: np.less_equal,
    Predicate.GT: np.greater,
    Predicate.GE: np.greater_equal,
}


def operands(call: Call, values: Sequence[SSAValue], result: TileType) -> list[Array]:
    """Give operands, tiles and scalars, as arrays of the shape of the valid part of the result.

    Raises:
        DiagnosticError: TW0406, an operand is not defined there; TW0411, operands differ in what `?` is.
    """
    extents = [_extent(call, values, result, axis) for axis in range(2)]
    arrays: list[Array] = []
    for value in values:
        if isinstance(value.type, TileType):
            # A row or a column of its own stands for all of them.
            part = [min(extent, whole) for extent, whole in zip(extents, value.type.extents, strict=True)]
            arrays.append(defined_part(call.tile(value), value, call.op, part))
        else:
            arrays.append(scalar_array(call.values[value], dtype_of(value.type)))
    return [np.broadcast_to(array, extents) for array in arrays]


def _extent(call: Call, values: Sequence[SSAValue], result: TileType, axis: int) -> int:
    known = result.valid_extents[axis]
    if known != DYNAMIC_INDEX:
        return known
    first, *others = [
        value
        for value in values
        if isinstance(value.type, TileType)
        and value.type.extents[axis] == result.extents[axis]
        and value.type.valid_extents[axis] == DYNAMIC_INDEX
    ]
    defined = call.tile(first).defined
    for other in others:
        if call.tile(other).defined[axis] != defined[axis]:
            disagree(call.op, first, defined, other, call.tile(other).defined)
    return defined[axis]


def binary(call: Call) -> tuple[object, ...]:
    op = call.op
    assert isinstance(op, BinaryOp)
    one, other = operands(call, (op.lhs, op.rhs), op.result.type)
    if isinstance(op, DivOp | RemOp) and not is_float(other.dtype) and not other.all():
        fail("TW0412", f"{op.name} divides an integer by zero", op)
    if isinstance(op, ShlOp | ShrOp):
        _check_shift(op, op.rhs, other)
    return (TileValue(computed(_BINARY[type(op)], one, other)),)


def _check_shift(op: Operation, value: SSAValue, amounts: Array) -> None:
    bits = 8 * amounts.dtype.itemsize
    outside = amounts[(amounts < 0) | (amounts >= bits)]
    if outside.size:
        fail("TW0412", f"{op.name} shifts elements of {bits} bits by {int(outside[0])}, by {value_name(value)}", op)


def unary(call: Call) -> tuple[object, ...]:
    op = call.op
    assert isinstance(op, UnaryOp)
    return (TileValue(computed(_UNARY[type(op)], call.data(op.source))),)


def cast(call: Call) -> tuple[object, ...]:
    op = call.op
    assert isinstance(op, CastOp)
    return (TileValue(converted(call.data(op.source), dtype_of(op.result.type), op.mode.data)),)


def compare(call: Call) -> tuple[object, ...]:
    op = call.op
    assert isinstance(op, CompareOp)
    one, other = operands(call, (op.lhs, op.rhs), op.result.type)
    with np.errstate(invalid="ignore"):
        return (TileValue(_COMPARISONS[op.predicate.data](one, other)),)


def select(call: Call) -> tuple[object, ...]:
    op = call.op
    assert isinstance(op, SelectOp)
    values = (op.mask, op.on_true, op.on_false)
    mask, on_true, on_false = operands(call, values, op.result.type)
    return (TileValue(np.where(mask, on_true, on_false)),)


FAMILY: Family = {
    **dict.fromkeys(_BINARY, binary),
    **dict.fromkeys(_UNARY, unary),
    CastOp: cast,
    CompareOp: compare,
    SelectOp: select,
}
