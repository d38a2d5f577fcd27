"""Reading and making integer constants."""

from __future__ import annotations

from functools import lru_cache

from xdsl.dialects.arith import ConstantOp
from xdsl.dialects.builtin import IndexType, IntegerAttr
from xdsl.ir import SSAValue


def constant_value(value: SSAValue) -> int | None:
    """The integer that `value` always has, when an `arith.constant` makes it; else None."""
    owner = value.owner
    if isinstance(owner, ConstantOp) and isinstance(owner.value, IntegerAttr):
        return owner.value.value.data
    return None


@lru_cache(maxsize=4096)  # a program has few numbers and asks for them all the time
def index_attr(value: int) -> IntegerAttr[IndexType]:
    """`value : index`."""
    return IntegerAttr(value, IndexType())
