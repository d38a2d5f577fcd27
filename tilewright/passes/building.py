"""Small builders that several passes share."""

from __future__ import annotations

from xdsl.builder import Builder
from xdsl.dialects import arith
from xdsl.dialects.builtin import IntegerAttr, i64
from xdsl.ir import SSAValue

from tilewright.dialects.constants import constant_value, index_attr


def index_constant(builder: Builder, value: int, name: str | None = None) -> SSAValue:
    """`value` as an `index`, named after itself."""
    op = builder.insert(arith.ConstantOp(index_attr(value)))
    op.result.name_hint = name or f"c{value}"
    return op.result


def byte_constant(builder: Builder, value: int, name: str | None = None) -> SSAValue:
    """`value` as an `i64`, which is what addresses are."""
    op = builder.insert(arith.ConstantOp(IntegerAttr(value, i64)))
    op.result.name_hint = name or f"b{value}"
    return op.result


def add(builder: Builder, left: SSAValue, right: SSAValue) -> SSAValue:
    """`left + right`, nothing emitted when one of them is the constant zero."""
    if constant_value(right) == 0:
        return left
    if constant_value(left) == 0:
        return right
    return builder.insert(arith.AddiOp(left, right)).result


def equal(builder: Builder, left: SSAValue, right: SSAValue) -> SSAValue:
    """Whether two `index` values are equal."""
    return builder.insert(arith.CmpiOp(left, right, "eq")).result


def rename(value: SSAValue, name: str | None) -> SSAValue:
    """Give `value` a name if it has none."""
    if value.name_hint is None:
        value.name_hint = name
    return value


def replace_uses(old: SSAValue, new: SSAValue) -> None:
    """Let `new` take the uses and the name of `old`."""
    rename(new, old.name_hint)
    old.replace_all_uses_with(new)
