"""Integer arithmetic of `pto` functions: each operation as a Python function on Python integers.

An integer of n bits, and an index (64 bits), is held as its signed value; a truth value
thus is 0 or -1. Operations wrap around as hardware does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from xdsl.dialects import arith
from xdsl.dialects.builtin import (
    DenseIntOrFPElementsAttr,
    FixedBitwidthType,
    FloatAttr,
    IntegerAttr,
    UnrealizedConversionCastOp,
)
from xdsl.ir import Attribute, Operation

from tilewright.dialects.diagnostics import fail
from tilewright.dialects.upstream import IndexCastUIOp, changes_sign

Scalar: TypeAlias = Callable[..., int | float]
Maker: TypeAlias = Callable[[Operation], Scalar]

INDEX_BITS = 64


def bits_of(type_: Attribute) -> int:
    """Give the width of an integer or index type."""
    return type_.bitwidth if isinstance(type_, FixedBitwidthType) else INDEX_BITS


def wrapper(bits: int) -> Callable[[int], int]:
    """Give the function that wraps any integer to a signed one of `bits` bits."""
    half, mask = 1 << (bits - 1), (1 << bits) - 1
    return lambda value: ((value + half) & mask) - half


def _signed(function: Callable[[int, int], int]) -> Maker:
    def make(op: Operation) -> Scalar:
        wrap = wrapper(bits_of(op.results[0].type))

        def run(a: int, b: int) -> int:
            return wrap(function(a, b))

        return run

    return make


def _unsigned(function: Callable[[int, int], int]) -> Maker:
    def make(op: Operation) -> Scalar:
        bits = bits_of(op.results[0].type)
        wrap, mask = wrapper(bits), (1 << bits) - 1

        def run(a: int, b: int) -> int:
            return wrap(function(a & mask, b & mask))

        return run

    return make


def _truncating_quotient(a: int, b: int) -> int:
    magnitude = abs(a) // abs(b)
    return -magnitude if (a ^ b) < 0 else magnitude


_COMPARISONS: tuple[Callable[[int, int], bool], ...] = (
    lambda a, b: a == b,
    lambda a, b: a != b,
    lambda a, b: a < b,
    lambda a, b: a <= b,
    lambda a, b: a > b,
    lambda a, b: a >= b,
)


def _comparison(op: Operation) -> Scalar:
    assert isinstance(op, arith.CmpiOp)
    predicate = op.predicate.value.data
    if predicate < len(_COMPARISONS):
        return _truth(_COMPARISONS[predicate], -1)
    # The unsigned predicates repeat the four orderings.
    return _truth(_COMPARISONS[predicate - 4], (1 << bits_of(op.lhs.type)) - 1)


def _truth(compare: Callable[[int, int], bool], mask: int) -> Scalar:
    def run(a: int, b: int) -> int:
        return -compare(a & mask, b & mask)

    return run


def _constant(op: Operation) -> Scalar:
    assert isinstance(op, arith.ConstantOp)
    value: int | float
    match op.value:
        case IntegerAttr():
            value = wrapper(bits_of(op.result.type))(op.value.value.data)
        case FloatAttr():
            value = op.value.value.data
        case DenseIntOrFPElementsAttr():
            # A list of counts, which an instruction fills in; nothing reads its first values.
            value = 0
        case _:
            fail("TW0405", f"a constant of type {op.result.type} is no scalar", op)
    return lambda: value


def _resize(op: Operation) -> Scalar:
    return wrapper(bits_of(op.results[0].type))


def _zero_extension(op: Operation) -> Scalar:
    mask, wrap = (1 << bits_of(op.operands[0].type)) - 1, wrapper(bits_of(op.results[0].type))

    def run(a: int) -> int:
        return wrap(a & mask)

    return run


def _same_bits(op: Operation) -> Scalar:
    if not isinstance(op, UnrealizedConversionCastOp) or not changes_sign(op):
        fail("TW0405", f"{op.name} can be executed between integers of the same size only", op)

    def run(a: int) -> int:
        return a

    return run


def _select(op: Operation) -> Scalar:
    def run(condition: int, a: int, b: int) -> int:
        return a if condition else b

    return run


SCALARS: Mapping[type[Operation], Maker] = {
    arith.ConstantOp: _constant,
    arith.AddiOp: _signed(lambda a, b: a + b),
    arith.SubiOp: _signed(lambda a, b: a - b),
    arith.MuliOp: _signed(lambda a, b: a * b),
    arith.DivSIOp: _signed(_truncating_quotient),
    arith.RemSIOp: _signed(lambda a, b: a - _truncating_quotient(a, b) * b),
    arith.FloorDivSIOp: _signed(lambda a, b: a // b),
    arith.CeilDivSIOp: _signed(lambda a, b: -(-a // b)),
    arith.DivUIOp: _unsigned(lambda a, b: a // b),
    arith.RemUIOp: _unsigned(lambda a, b: a % b),
    arith.CeilDivUIOp: _unsigned(lambda a, b: -(-a // b)),
    arith.MinSIOp: _signed(min),
    arith.MaxSIOp: _signed(max),
    arith.MinUIOp: _unsigned(min),
    arith.MaxUIOp: _unsigned(max),
    arith.AndIOp: _signed(lambda a, b: a & b),
    arith.OrIOp: _signed(lambda a, b: a | b),
    arith.XOrIOp: _signed(lambda a, b: a ^ b),
    # A shift by more than the width has no defined value; the limit keeps Python's integers small.
    arith.ShLIOp: _unsigned(lambda a, b: a << min(b, INDEX_BITS)),
    arith.ShRUIOp: _unsigned(lambda a, b: a >> b),
    arith.ShRSIOp: _signed(lambda a, b: a >> b),
    arith.CmpiOp: _comparison,
    arith.SelectOp: _select,
    arith.IndexCastOp: _resize,
    IndexCastUIOp: _zero_extension,
    arith.TruncIOp: _resize,
    arith.ExtSIOp: _resize,
    arith.ExtUIOp: _zero_extension,
    UnrealizedConversionCastOp: _same_bits,
}
"""For each scalar operation, what makes its function from its types."""
