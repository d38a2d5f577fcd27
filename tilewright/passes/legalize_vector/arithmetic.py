"""Arithmetic in types that the vector core computes in, with operands as its instructions take them.

It adds and multiplies i16, i32, f16 and f32. What has 8 bits goes through i16 and wraps around afterwards; bf16 goes
through f32, which rounds once, as the definition of these ops has it.
"""

from __future__ import annotations

from collections.abc import Mapping

from xdsl.dialects import arith
from xdsl.dialects.builtin import IntegerType
from xdsl.ir import Attribute, Operation, SSAValue

from tilewright.dialects.diagnostics import fail
from tilewright.dialects.tile import (
    AbsOp,
    AddOp,
    AndOp,
    BinaryOp,
    DivOp,
    ExpOp,
    LogOp,
    MaxOp,
    MinOp,
    MulOp,
    NegOp,
    OrOp,
    RecipOp,
    ReluOp,
    RemOp,
    RoundMode,
    RsqrtOp,
    ShlOp,
    ShrOp,
    SqrtOp,
    SubOp,
    TileType,
    UnaryOp,
    XorOp,
)
from tilewright.passes.element_types import integer_bits, is_unsigned
from tilewright.passes.legalize_vector.building import (
    BF16,
    F32,
    I16,
    I32,
    I64,
    Legal,
    Rule,
    element_of,
    is_float,
    is_small,
    tile_of,
    with_element,
)

_COMMUTATIVE = (AddOp, MulOp, MaxOp, MinOp, AndOp, OrOp, XorOp)
_WITH_ROWS_AND_COLUMNS = (AddOp, SubOp, MulOp, DivOp, MaxOp, MinOp)
"""Ops that take one number for each row, or for each column, as one instruction."""


def _unsigned(element: Attribute) -> IntegerType | None:
    """The signed type of the size of an unsigned one of 16 or 32 bits."""
    return IntegerType(integer_bits(element)) if is_unsigned(element) else None


def through(
    legal: Legal,
    op: BinaryOp | UnaryOp,
    element: Attribute,
    target: Attribute | None = None,
    mode: RoundMode = RoundMode.RINT,
) -> SSAValue:
    """The same op on elements of another type, and its result back again, or as `target`."""
    operands = [legal.cast(value, element) for value in op.operands]
    tile = with_element(op.result.type, element)
    again = type(op)(operands[0], operands[1], tile) if isinstance(op, BinaryOp) else type(op)(operands[0], tile)
    return legal.cast(legal.add(again), target or op.result.type.element_type, mode)


def _refuse(op: Operation, element: Attribute, help_: str) -> None:
    fail("TW0313", f"the vector core has no {op.name} for {element}", op, help=(help_,))


def _arithmetic(legal: Legal, op: Operation) -> SSAValue | None:
    """Add, subtract, multiply, and choose the larger or smaller."""
    assert isinstance(op, BinaryOp)
    element = op.result.type.element_type
    if element == BF16:
        return through(legal, op, F32)
    if is_small(element):
        return through(legal, op, I16)
    if element == I64:
        _refuse(op, element, "convert to i32 or f32 first")
    signed = _unsigned(element)
    if signed is not None:
        if isinstance(op, MaxOp | MinOp):
            _refuse(op, element, "convert to i32 first")
        return through(legal, op, signed)
    return _operands(legal, op)


def _operands(legal: Legal, op: BinaryOp) -> SSAValue | None:
    """Bring the operands into an order and into shapes that an instruction has."""
    tile = op.result.type
    lhs, rhs = op.lhs, op.rhs
    first_is_whole = isinstance(lhs.type, TileType) and lhs.type.extents == tile.extents
    if not first_is_whole and isinstance(op, _COMMUTATIVE):
        return legal.add(type(op)(rhs, lhs, tile))
    if not first_is_whole and not _is_column_in_front(op):
        return legal.add(type(op)(legal.full(lhs, tile), rhs, tile))
    if not isinstance(rhs.type, TileType):
        return _with_scalar(legal, op)
    if rhs.type.extents != tile.extents and not isinstance(op, _WITH_ROWS_AND_COLUMNS):
        return legal.add(type(op)(lhs, legal.full(rhs, tile), tile))
    return None


def _is_column_in_front(op: BinaryOp) -> bool:
    """Whether the left operand has one number for each row, which the instruction takes on both sides."""
    lhs, rows = op.lhs.type, op.result.type.extents[0]
    return isinstance(op, SubOp | DivOp) and isinstance(lhs, TileType) and lhs.extents == (rows, 1)


def _with_scalar(legal: Legal, op: BinaryOp) -> SSAValue | None:
    """Which ops take a scalar; the others take a tile of it."""
    element, tile = op.result.type.element_type, op.result.type
    if isinstance(op, AddOp | MulOp | ShlOp | ShrOp) or (is_float(element) and isinstance(op, SubOp | MaxOp | MinOp)):
        return None
    if isinstance(op, SubOp):
        # The instruction negates its scalar in f32, which does not hold every integer.
        zero = legal.number(0, element)
        return legal.add(AddOp(op.lhs, legal.insert(arith.SubiOp(zero, op.rhs)), tile))
    return legal.add(type(op)(op.lhs, legal.splat(op.rhs, tile), tile))


def _divide(legal: Legal, op: Operation) -> SSAValue | None:
    assert isinstance(op, BinaryOp)
    element = op.result.type.element_type
    if element == BF16:
        return through(legal, op, F32)
    if element == I16 or is_small(element):
        # A quotient of 16 bits is never so close to the next whole number that f32 rounds it there.
        quotient = through(legal, op, F32, I32, RoundMode.TRUNC)
        return legal.cast(quotient, element)
    if not is_float(element):
        _refuse(op, element, "convert to f32, divide, and convert back with mode trunc")
    return _operands(legal, op)


def _remainder(legal: Legal, op: Operation) -> SSAValue | None:
    assert isinstance(op, BinaryOp)
    element = op.result.type.element_type
    if element == I16 or is_small(element) or (is_float(element) and element != F32):
        return through(legal, op, F32)
    if not is_float(element):
        _refuse(op, element, "convert to f32 first, or compute a - a / b * b")
    return _operands(legal, op)


def _bits(legal: Legal, op: Operation) -> SSAValue | None:
    assert isinstance(op, BinaryOp)
    return _operands(legal, op)


def _shift(legal: Legal, op: Operation) -> SSAValue | None:
    assert isinstance(op, BinaryOp)
    element = op.result.type.element_type
    if is_small(element):
        return through(legal, op, I16)
    if element == I64:
        _refuse(op, element, "convert to i32 first")
    return _operands(legal, op)


def _float_function(legal: Legal, op: Operation) -> SSAValue | None:
    assert isinstance(op, UnaryOp)
    return through(legal, op, F32) if op.result.type.element_type == BF16 else None


def _negate(legal: Legal, op: Operation) -> SSAValue | None:
    assert isinstance(op, UnaryOp)
    element = op.result.type.element_type
    if element == BF16:
        return through(legal, op, F32)
    if is_small(element):
        return through(legal, op, I16)
    if element == I64:
        _refuse(op, element, "convert to i32 first")
    return None


def _absolute(legal: Legal, op: Operation) -> SSAValue | None:
    assert isinstance(op, UnaryOp)
    tile = op.result.type
    if tile.element_type in (I16, I32):
        return legal.add(MaxOp(op.source, legal.add(NegOp(op.source, tile)), tile))
    return _negate(legal, op)


def _positive_part(legal: Legal, op: Operation) -> SSAValue | None:
    assert isinstance(op, UnaryOp)
    tile = tile_of(op.result)
    if element_of(op.source) == I16:
        return legal.add(MaxOp(op.source, legal.number(0, I16), tile))
    return _negate(legal, op)


RULES: Mapping[type[Operation], Rule] = {
    **dict.fromkeys((AddOp, SubOp, MulOp, MaxOp, MinOp), _arithmetic),
    **dict.fromkeys((AndOp, OrOp, XorOp), _bits),
    **dict.fromkeys((ShlOp, ShrOp), _shift),
    **dict.fromkeys((ExpOp, LogOp, SqrtOp, RsqrtOp, RecipOp), _float_function),
    AbsOp: _absolute,
    DivOp: _divide,
    NegOp: _negate,
    ReluOp: _positive_part,
    RemOp: _remainder,
}
