"""Comparisons and selections that the vector core has."""

from __future__ import annotations

from collections.abc import Mapping

from xdsl.ir import Operation, SSAValue

from tilewright.dialects.diagnostics import fail
from tilewright.dialects.tile import CompareOp, MaxOp, MinOp, NotOp, Predicate, SelectOp, TileType
from tilewright.passes.element_types import integer_bits
from tilewright.passes.legalize_vector.building import (
    BF16,
    F16,
    F32,
    I16,
    I32,
    Legal,
    Rule,
    element_of,
    is_small,
    with_element,
)

_MIRRORED = {
    Predicate.LT: Predicate.GT,
    Predicate.LE: Predicate.GE,
    Predicate.GT: Predicate.LT,
    Predicate.GE: Predicate.LE,
}
"""What holds of the operands in the other order; equality stays."""

_AS_EQUALITY: Mapping[Predicate, tuple[type[MaxOp | MinOp], Predicate]] = {
    Predicate.GE: (MaxOp, Predicate.EQ),
    Predicate.LT: (MaxOp, Predicate.NE),
    Predicate.LE: (MinOp, Predicate.EQ),
    Predicate.GT: (MinOp, Predicate.NE),
}
"""An order of integers as a question whether the larger, or the smaller, is the left one."""


def _compare(legal: Legal, op: Operation) -> SSAValue | None:
    assert isinstance(op, CompareOp)
    tile, predicate, lhs, rhs = op.result.type, op.predicate.data, op.lhs, op.rhs
    element = element_of(lhs)
    wider = F32 if element in (BF16, I16) else F16 if is_small(element) else None
    if wider is not None:
        return legal.add(CompareOp(predicate, legal.cast(lhs, wider), legal.cast(rhs, wider), tile))
    if element not in (F16, F32, I32):
        fail("TW0313", f"the vector core does not compare {element}", op, help=("convert to i32 or f32 first",))
    if not isinstance(lhs.type, TileType):
        return legal.add(CompareOp(_MIRRORED.get(predicate, predicate), rhs, lhs, tile))
    if lhs.type.extents != tile.extents or (isinstance(rhs.type, TileType) and rhs.type.extents != tile.extents):
        return legal.add(CompareOp(predicate, legal.full(lhs, tile), legal.full(rhs, tile), tile))
    if element != I32:
        return None
    if predicate in _AS_EQUALITY:
        function, question = _AS_EQUALITY[predicate]
        other = legal.full(rhs, tile)
        extreme = legal.add(function(lhs, other, with_element(tile, I32)))
        return legal.add(CompareOp(question, extreme, lhs, tile))
    if predicate is Predicate.NE:
        # Some versions of the library answer eq to any question about i32.
        return legal.add(NotOp(legal.add(CompareOp(Predicate.EQ, lhs, rhs, tile)), tile))
    if not isinstance(rhs.type, TileType):
        return legal.add(CompareOp(predicate, lhs, legal.splat(rhs, tile), tile))
    return None


def _select(legal: Legal, op: Operation) -> SSAValue | None:
    assert isinstance(op, SelectOp)
    tile = op.result.type
    element = tile.element_type
    if is_small(element):
        wide = with_element(tile, F16)
        chosen = SelectOp(op.mask, legal.cast(op.on_true, F16), legal.cast(op.on_false, F16), wide)
        return legal.cast(legal.add(chosen), element)
    if integer_bits(element) in (1, 64):
        fail(
            "TW0313",
            f"the vector core does not choose between elements of {element}",
            op,
            help=("combine masks with and, or, xor; convert other elements to i32",),
        )
    on_true, on_false = legal.full(op.on_true, tile), legal.full(op.on_false, tile)
    if on_true is op.on_true and on_false is op.on_false:
        return None
    return legal.add(SelectOp(op.mask, on_true, on_false, tile))


RULES: Mapping[type[Operation], Rule] = {CompareOp: _compare, SelectOp: _select}
