"""Reductions in types that the vector core reduces."""

from __future__ import annotations

from collections.abc import Mapping

from xdsl.dialects.builtin import IntegerType
from xdsl.ir import Attribute, Operation, SSAValue

from tilewright.dialects.diagnostics import fail
from tilewright.dialects.tile import (
    ColMaxOp,
    ColMinOp,
    ColProdOp,
    ColSumOp,
    ReductionOp,
    RowArgMaxOp,
    RowArgMinOp,
    RowMaxOp,
    RowMinOp,
    RowProdOp,
    RowSumOp,
)
from tilewright.passes.element_types import integer_bits, is_unsigned
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

_EXTREMES = (RowMaxOp, RowMinOp, ColMaxOp, ColMinOp)


def _working_type(op: ReductionOp, element: Attribute) -> Attribute | None:
    """The type in which the chip reduces elements; None where it is theirs.

    A sum of float16 is one of float32, rounded once: that is its definition.
    """
    if element == BF16 or (element == F16 and not isinstance(op, _EXTREMES)):
        return F32
    if is_small(element):
        return I16
    bits = integer_bits(element)
    if bits and element not in (I16, I32):
        if is_unsigned(element) and bits < 64 and not isinstance(op, _EXTREMES):
            return IntegerType(bits)
        fail("TW0313", f"the vector core has no {op.name} for {element}", op, help=("convert to i32 or f32 first",))
    return None


def _reduce(legal: Legal, op: Operation) -> SSAValue | None:
    assert isinstance(op, ReductionOp)
    element = element_of(op.source)
    working = _working_type(op, element)
    if working is None:
        return None
    result = legal.add(type(op)(legal.cast(op.source, working), with_element(op.result.type, working)))
    return legal.cast(result, element)


def _place(legal: Legal, op: Operation) -> SSAValue | None:
    """The place of an extreme: of 16-bit elements it goes through float16 on the chip, so they are widened first."""
    assert isinstance(op, ReductionOp)
    element = element_of(op.source)
    if element in (F32,):
        return None
    if element in (F16, BF16, I16) or is_small(element):
        return legal.add(type(op)(legal.cast(op.source, F32), op.result.type))
    fail("TW0313", f"the vector core has no {op.name} for {element}", op, help=("convert to f32 first",))


RULES: Mapping[type[Operation], Rule] = {
    **dict.fromkeys((RowSumOp, RowMaxOp, RowMinOp, RowProdOp, ColSumOp, ColMaxOp, ColMinOp, ColProdOp), _reduce),
    **dict.fromkeys((RowArgMaxOp, RowArgMinOp), _place),
}
