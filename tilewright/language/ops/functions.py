"""Functions of one number or one tile, and conversions."""

from __future__ import annotations

from xdsl.dialects.builtin import i1

from tilewright.dialects import tile as ir
from tilewright.language import scalars
from tilewright.language.operands import element_type, like, tile
from tilewright.language.ops.arithmetic import apply, counted
from tilewright.language.ops.registry import op
from tilewright.language.translator import Translator
from tilewright.language.values import TileRef, describe


def _function(t: Translator, name: str, kind: type[ir.UnaryOp], value: object) -> object:
    if scalars.is_number(value):
        return scalars.unary(t, name, value)
    return apply(t, kind, value)


@op("Functions")
def exp(t: Translator, x: object) -> object:
    """E to the power of `x`."""
    return _function(t, "exp", ir.ExpOp, x)


@op("Functions")
def log(t: Translator, x: object) -> object:
    """The natural logarithm."""
    return _function(t, "log", ir.LogOp, x)


@op("Functions")
def sqrt(t: Translator, x: object) -> object:
    """The square root."""
    return _function(t, "sqrt", ir.SqrtOp, x)


@op("Functions")
def rsqrt(t: Translator, x: object) -> object:
    """One divided by the square root."""
    return _function(t, "rsqrt", ir.RsqrtOp, x)


@op("Functions")
def recip(t: Translator, x: object) -> object:
    """One divided by `x`."""
    if scalars.is_number(x):
        return scalars.compute(t, "div", 1.0, x)
    return apply(t, ir.RecipOp, x)


@op("Functions")
def neg(t: Translator, x: object) -> object:
    """`-x`."""
    return negate(t, x)


def negate(t: Translator, value: object) -> object:
    """`-value` of a number or a tile."""
    return scalars.negate(t, value) if scalars.is_number(value) else apply(t, ir.NegOp, value)


@op("Functions", name="abs")
def abs_(t: Translator, x: object) -> object:
    """The absolute value."""
    return _function(t, "abs", ir.AbsOp, x)


@op("Functions")
def relu(t: Translator, x: object) -> object:
    """The larger of `x` and 0."""
    return apply(t, ir.ReluOp, x)


@op("Bits", name="not_")
def not_(t: Translator, x: object) -> object:
    """Every bit turned over, or a mask."""
    return scalars.invert(t, x) if scalars.is_number(x) else apply(t, ir.NotOp, x)


_MODES = ("none", "rint", "round", "floor", "ceil", "trunc", "odd")


@op("Conversion")
def cast(t: Translator, x: object, target_type: object, mode: object = "round") -> object:
    """Convert to another element type.

    `mode` says how to round: none or rint (nearest, ties to even), round (ties away from zero), floor, ceil, trunc,
    odd. A number is converted towards zero.
    """
    element = element_type(t, target_type)
    if scalars.is_number(x):
        return scalars.convert(t, x, element)
    if mode not in _MODES:
        t.fail("TW0615", f"{describe(mode)} is no rounding mode", help=(f"one of {', '.join(_MODES)}",))
    source = tile(t, x)
    if source.type.element_type == element:
        return source
    if source.type.element_type == i1:
        return counted(t, source, element)
    return TileRef(t.emit(ir.CastOp(source.ssa, like(source, element), str(mode))).result)
