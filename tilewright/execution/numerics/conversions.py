"""Changes of the element type: which pairs the chip has, how each rounds and saturates.

`CAST_RINT` is `RINT`. What a pair has no instruction for falls back: `NONE` and `ODD` to integers are `TRUNC`; other
modes that a pair lacks are `RINT`. Without `sat_mode` the narrowing pairs keep low bits and the others saturate; only
the narrowing pairs heed `sat_mode`, unless there is a scratch tile.
"""

from __future__ import annotations

import numpy as np
from xdsl.ir import SSAValue

from tilewright.dialects.diagnostics import fail
from tilewright.dialects.pto.conversion import TCvtOp
from tilewright.dialects.pto.instruction_attributes import RoundMode, SaturationMode
from tilewright.execution.dtypes import DTYPES, Array
from tilewright.execution.instructions import Instruction
from tilewright.execution.numerics.arithmetic import quiet
from tilewright.execution.numerics.core import Core, Family
from tilewright.execution.numerics.operands import Operands
from tilewright.execution.numerics.rounding import (
    NEAREST,
    narrow_integer,
    round_wide,
    to_float,
    to_integer,
    to_integral,
)

_FIVE = frozenset({RoundMode.RINT, RoundMode.ROUND, RoundMode.FLOOR, RoundMode.CEIL, RoundMode.TRUNC})
"""The modes of nearly every pair."""

_TO_INTEGER = {
    (s, t) for s, ts in {"f32": ("i16", "i32", "i64"), "f16": ("i8", "ui8", "i16", "i32")}.items() for t in ts
}
_TO_INTEGER.add(("bf16", "i32"))
_TO_FLOAT = {
    ("f32", "f16"): _FIVE | {RoundMode.ODD},
    ("f32", "bf16"): _FIVE,
    ("i16", "f16"): _FIVE,
    ("i32", "f32"): _FIVE,
    ("i32", "f16"): frozenset({NEAREST}),
}
"""Pairs that round to a floating-point type, and the modes that each has."""

_EXACT = {("f16", "f32"), ("bf16", "f32"), ("ui8", "f16"), ("i8", "f16"), ("i16", "f32"), ("i32", "i64")}
_NARROWED = {("i64", "i32"), ("i32", "i16")}
_NARROWING = _NARROWED | {("f16", "ui8"), ("f16", "i8"), ("f32", "i16"), ("f16", "i16")}
"""Pairs that keep low bits unless told to saturate."""

_IN_TWO_STEPS = {("f32", "i16"), ("f16", "i16"), ("f16", "i8")}
"""Pairs that with a scratch tile go through a saturated i32 before they keep low bits."""


@quiet
def _convert(core: Core, instruction: Instruction) -> None:
    op = instruction.op
    assert isinstance(op, TCvtOp)
    operands = Operands(core, instruction)
    operands.agree(op.dst, op.src)
    pair = (_signless(operands, op.src), _signless(operands, op.dst))
    saturate = pair not in _NARROWING
    if op.sat_mode is not None and (pair in _NARROWING or op.tmp is not None):
        saturate = op.sat_mode.data is SaturationMode.ON
    in_two_steps = op.tmp is not None and not saturate and pair in _IN_TWO_STEPS
    mode = NEAREST if op.rmode.data is RoundMode.CAST_RINT else op.rmode.data
    result = convert(operands.read(op.src), pair, mode, saturate=saturate, in_two_steps=in_two_steps)
    if result is None:
        fail(
            "TW0421",
            f"the chip does not convert {pair[0]} to {pair[1]}",
            op,
            help=("convert by way of f32 or f16",),
        )
    if in_two_steps:
        operands.spoil(op.tmp)
    operands.write(op.dst, result)


def convert(
    values: Array, pair: tuple[str, str], mode: RoundMode, *, saturate: bool, in_two_steps: bool
) -> Array | None:
    """Convert elements.

    Args:
        values: of the first type of the pair.
        pair: MLIR names of the types.
        mode: any but CAST_RINT.
        saturate: whether an integer out of range becomes the nearest in range, or keeps its low bits.
        in_two_steps: whether it becomes a saturated i32 before it keeps its low bits.

    Returns:
        Elements of the second type; None for a pair that the chip does not have.
    """
    source, target = pair
    if pair in _EXACT:
        return values.astype(DTYPES[target])
    if pair in _NARROWED:
        return narrow_integer(values, target, saturate=saturate)
    if pair in _TO_INTEGER:
        whole = to_integral(values, mode if mode in _FIVE else RoundMode.TRUNC)
        if in_two_steps:
            return narrow_integer(to_integer(whole, "i32", saturate=True), target, saturate=False)
        return to_integer(whole, target, saturate=saturate)
    known = _FIVE if source == target or source == "i64" else _TO_FLOAT.get(pair, frozenset[RoundMode]())
    mode = mode if mode in known else NEAREST
    if pair == ("f32", "f32"):
        return to_integral(values, mode).astype(np.float32)
    if pair == ("i64", "f32"):
        return round_wide(values, mode)
    return to_float(values, target, mode) if pair in _TO_FLOAT else None


def _signless(operands: Operands, value: SSAValue) -> str:
    """Name of the element type; a signed integer is as one without a sign."""
    return str(operands.tile(value).type.element_type).removeprefix("s")


NUMERICS: Family = {TCvtOp: _convert}
