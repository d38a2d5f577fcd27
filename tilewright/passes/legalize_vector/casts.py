"""Conversions in steps that the chip has.

The chip converts between some pairs of types only. Steps in between are exact, or round so that the last step rounds as
one would.
"""

from __future__ import annotations

from collections.abc import Mapping

from xdsl.ir import Attribute, Operation, SSAValue

from tilewright.dialects.diagnostics import fail
from tilewright.dialects.tile import AndOp, CastOp, RoundMode, ShlOp, ShrOp
from tilewright.passes.legalize_vector.building import F16, F32, I8, I16, I32, UI8, Legal, Rule, element_of, tile_of

_DIRECT = {
    "f32": ("f16", "bf16", "i16", "i32", "i64"),
    "f16": ("f32", "i8", "ui8", "i16", "i32"),
    "bf16": ("f32", "i32"),
    "i32": ("f32", "i16", "i64"),
    "i64": ("f32", "i32"),
    "i16": ("f32", "f16"),
    "i8": ("f16",),
    "ui8": ("f16",),
}
"""Pairs of types that one instruction converts."""

_BETWEEN: Mapping[tuple[str, str], Attribute] = {
    ("f16", "bf16"): F32,
    ("f16", "i64"): F32,
    ("bf16", "f16"): F32,
    ("bf16", "i16"): F32,
    ("bf16", "i64"): F32,
    ("bf16", "i8"): F32,
    ("bf16", "ui8"): F32,
    ("i8", "f32"): F16,
    ("i8", "bf16"): F16,
    ("i8", "i16"): F16,
    ("i8", "i32"): F16,
    ("i8", "i64"): F16,
    ("ui8", "f32"): F16,
    ("ui8", "bf16"): F16,
    ("ui8", "i16"): F16,
    ("ui8", "i32"): F16,
    ("ui8", "i64"): F16,
    ("i16", "bf16"): F32,
    ("i16", "i32"): F32,
    ("i16", "i64"): F32,
    # What float16 holds, float32 holds exactly; what it does not becomes infinity either way.
    ("i32", "f16"): F32,
    ("i64", "f16"): F32,
    ("i32", "bf16"): F32,
    ("i64", "bf16"): F32,
    ("i32", "i8"): I16,
    ("i32", "ui8"): I16,
    ("i64", "i16"): I32,
    ("i64", "i8"): I32,
    ("i64", "ui8"): I32,
}
"""The first step of conversions in several: the rest goes on from there, and keeps the mode."""


def _cast(legal: Legal, op: Operation) -> SSAValue | None:
    assert isinstance(op, CastOp)
    source, target = element_of(op.source), op.result.type.element_type
    pair = (str(source), str(target))
    if pair[1] in _DIRECT.get(pair[0], ()) or pair[0].lstrip("u") == pair[1].lstrip("u"):
        return None
    mode = op.mode.data
    if pair in _BETWEEN:
        return legal.cast(legal.cast(op.source, _BETWEEN[pair]), target, mode)
    if pair in (("f32", "i8"), ("f32", "ui8")):
        # Rounding to odd keeps what the second rounding needs to know.
        return legal.cast(legal.cast(op.source, F16, RoundMode.ODD), target, mode)
    if pair in (("i16", "i8"), ("i16", "ui8")):
        return legal.cast(legal.cast(_low_bits(legal, op.source, target), F16), target, RoundMode.TRUNC)
    fail(
        "TW0313",
        f"the vector core does not convert {source} to {target}, at once or in exact steps",
        op,
        help=("convert by way of f32 where that is exact enough",),
    )


def _low_bits(legal: Legal, value: SSAValue, target: Attribute) -> SSAValue:
    """Integers of 16 bits that have the value of their low 8 bits, with or without a sign."""
    tile = tile_of(value)
    if target == UI8:
        return legal.add(AndOp(value, legal.number(255, I16), tile))
    assert target == I8
    high = legal.add(ShlOp(value, legal.number(8, I16), tile))
    return legal.add(ShrOp(high, legal.number(8, I16), tile))


RULES: Mapping[type[Operation], Rule] = {CastOp: _cast}
