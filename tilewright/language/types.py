"""Element types of the language as types of IR."""

from __future__ import annotations

from typing import cast

from xdsl.dialects.builtin import (
    BFloat16Type,
    Float16Type,
    Float32Type,
    IndexType,
    IntegerType,
    Signedness,
)
from xdsl.ir import Attribute

from tilewright.language.dtypes import DType

_FLOATS: dict[str, Attribute] = {"f16": Float16Type(), "bf16": BFloat16Type(), "f32": Float32Type()}


def ir_type(dtype: DType) -> Attribute:
    """The type of one element; `dtype` is one that a2a3 has."""
    if dtype.mlir in _FLOATS:
        return _FLOATS[dtype.mlir]
    if dtype.mlir == "index":
        return IndexType()
    if dtype.mlir.startswith("ui"):
        return IntegerType(dtype.bits, Signedness.UNSIGNED)
    return IntegerType(dtype.bits)


def signless(type_: Attribute) -> Attribute:
    """The type of a number that is an element of the given type: integers of `arith` have no sign."""
    return IntegerType(cast("IntegerType", type_).width.data) if isinstance(type_, IntegerType) else type_
