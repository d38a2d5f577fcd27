"""Tiles of one number."""

from __future__ import annotations

from collections.abc import Mapping

from xdsl.dialects import arith
from xdsl.dialects.builtin import FloatAttr, IntegerAttr
from xdsl.ir import Operation, SSAValue

from tilewright.dialects.tile import FullOp, SplatOp
from tilewright.passes.element_types import has_signedness
from tilewright.passes.legalize_vector.building import Legal, Rule, refuse_unsigned


def _splat(legal: Legal, op: Operation) -> SSAValue | None:
    """A constant needs no scalar, which may be of a type that scalars do not have."""
    assert isinstance(op, SplatOp)
    owner = op.scalar.owner
    constant = owner.value if isinstance(owner, arith.ConstantOp) else None
    if isinstance(constant, FloatAttr | IntegerAttr):
        return legal.insert(FullOp(constant, op.result.type))
    element = op.result.type.element_type
    if has_signedness(element):
        refuse_unsigned(op.scalar)
    return None


RULES: Mapping[type[Operation], Rule] = {SplatOp: _splat}
