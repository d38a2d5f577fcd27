"""Instructions of the vector core for generated programs: how each is written, and what numpy makes of it.

A reference is a few lines of numpy that share nothing with the engines. It gives None where it has no say: the result
of several roundings, of a conversion out of range, of an order of sums, or of anything of which nothing is known.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from tilewright.execution.dtypes import DTYPES, Array

Reference = Callable[..., "Array | None"] | str
"""From sources to a result; `broadcast` repeats the one source."""

ARITHMETIC = ("f32", "f16", "i32", "i16")
FLOATS = ("f32", "f16")
INTEGERS = ("i32", "i16")


@dataclass(frozen=True)
class Instruction:
    """An instruction on tiles of one element type and one shape.

    Attributes:
        name: without `pto.t`.
        elements: that it works on.
        operands: kinds of the sources, in order: `f` a full tile, `c` one value for each row, `r` one row; `x` a
            scalar, which floats take as f32, `e` one of the element type, `h` a scalar f32, `n` a small i32; `s` a tile
            for results on the way, `b` such bytes.
        result: `f`, `c` or `r`; `F`, `C` and `R` are the same, but the result is only ever stored.
        reference: from the tiles and scalars among the sources.
        ulp: how far engines may be from each other.
        apart: whether the destination is none of the sources.
        more: attributes, in the list of sources.
        spoils: whether the first source is nothing that numpy knows afterwards.
    """

    name: str
    elements: Sequence[str]
    operands: str
    result: str
    reference: Reference | None = None
    ulp: int = 0
    apart: bool = False
    more: str = ""
    spoils: bool = False


def _fill_min_max(function: Callable[[Array, Array], Array]) -> Reference:
    """No say on NaN: which of the two arrives is the chip's business."""

    def run(a: Array, b: Array) -> Array | None:
        if _has_nan(a, b):
            return None
        return function(a, b)

    return run


def _has_nan(*arrays: Array) -> bool:
    return any(np.asarray(each).dtype.kind == "f" and bool(np.isnan(each).any()) for each in arrays)


def _sums(function: Callable[..., Array], axis: int) -> Reference:
    """Integers wrap around in any order; floats have to be whole numbers whose sums are exact."""

    def run(a: Array) -> Array | None:
        if a.dtype.kind == "i":
            return function(a, axis=axis, dtype=a.dtype, keepdims=True)
        if not np.isfinite(a).all() or (a != np.rint(a)).any():
            return None
        if np.abs(a.astype(np.float64)).sum(axis=axis).max() > 2 ** (11 if a.dtype == np.float16 else 24):
            return None
        return function(a.astype(np.float64), axis=axis, keepdims=True).astype(a.dtype)

    return run


def _extreme(function: Callable[..., Array], axis: int) -> Reference:
    return lambda a: None if _has_nan(a) else function(a, axis=axis, keepdims=True)


def _relu(a: Array) -> Array | None:
    return None if _has_nan(a) else np.maximum(a, a.dtype.type(0))


def _leaky(a: Array, slope: float) -> Array | None:
    return None if _has_nan(a) else np.where(a > 0, a, a * a.dtype.type(slope))


_BINARY = [
    Instruction("add", ARITHMETIC, "ff", "f", np.add),
    Instruction("sub", ARITHMETIC, "ff", "f", np.subtract),
    Instruction("mul", ARITHMETIC, "ff", "f", np.multiply),
    Instruction("max", ARITHMETIC, "ff", "f", _fill_min_max(np.maximum)),
    Instruction("min", ARITHMETIC, "ff", "f", _fill_min_max(np.minimum)),
    Instruction("div", FLOATS, "ff", "f", np.divide),
    Instruction("fmod", ("f32",), "ff", "f"),
    Instruction("rem", ("f32",), "ffs", "f", apart=True),
    Instruction("prelu", FLOATS, "ffb", "f", apart=True),
    Instruction("and", ("i16",), "ff", "f", np.bitwise_and),
    Instruction("or", ("i16",), "ff", "f", np.bitwise_or),
    Instruction("xor", ("i16",), "ffs", "f", np.bitwise_xor, apart=True),
    Instruction("partadd", ARITHMETIC, "ff", "f", np.add),
    Instruction("partmul", ARITHMETIC, "ff", "f", np.multiply),
    Instruction("partmax", ARITHMETIC, "ff", "f", _fill_min_max(np.maximum)),
    Instruction("partmin", ARITHMETIC, "ff", "f", _fill_min_max(np.minimum)),
]

_UNARY = [
    Instruction("abs", FLOATS, "f", "f", np.abs),
    Instruction("neg", ARITHMETIC, "f", "f", np.negative),
    Instruction("relu", ("i32", "f16", "f32"), "f", "f", _relu),
    Instruction("sqrt", FLOATS, "f", "f", np.sqrt),
    Instruction("recip", FLOATS, "f", "f", lambda a: a.dtype.type(1) / a, apart=True),
    Instruction("not", ("i16",), "f", "f", np.invert),
    Instruction("mov", ARITHMETIC, "f", "f", np.copy, apart=True),
    Instruction("exp", FLOATS, "f", "F", ulp=2),
    Instruction("log", FLOATS, "f", "F", ulp=2),
    Instruction("rsqrt", FLOATS, "f", "F", ulp=2),
]

_WITH_SCALARS = [
    Instruction("adds", ARITHMETIC, "fx", "f", np.add),
    Instruction("subs", ARITHMETIC, "fx", "f", np.subtract),
    Instruction("muls", ARITHMETIC, "fx", "f", np.multiply),
    Instruction("maxs", FLOATS, "fx", "f", _fill_min_max(np.maximum)),
    Instruction("mins", FLOATS, "fx", "f", _fill_min_max(np.minimum)),
    Instruction("divs", FLOATS, "fx", "f"),
    Instruction("divs", INTEGERS, "fx", "f", apart=True, spoils=True),
    Instruction("divs", FLOATS, "xf", "f", apart=True),
    Instruction("fmods", ("f32",), "fe", "f"),
    Instruction("rems", ("f32",), "fxs", "f", apart=True),
    Instruction("lrelu", FLOATS, "fh", "f", _leaky),
    Instruction("expands", ARITHMETIC, "e", "f", "broadcast"),
    Instruction("addsc", ("f32",), "fxf", "f"),
    Instruction("subsc", ("f32",), "fxf", "f"),
    Instruction("ands", ("i16",), "fx", "f", np.bitwise_and, apart=True),
    Instruction("ors", ("i16",), "fx", "f", np.bitwise_or, apart=True),
    Instruction("xors", ("i16",), "fxs", "f", np.bitwise_xor, apart=True),
    Instruction("shls", INTEGERS, "fn", "f", lambda a, n: np.left_shift(a, a.dtype.type(n))),
    Instruction("shrs", INTEGERS, "fn", "f", lambda a, n: np.right_shift(a, a.dtype.type(n))),
]

_ROWS = [
    Instruction("rowsum", ARITHMETIC, "fs", "c", _sums(np.sum, 1)),
    Instruction("rowmax", ARITHMETIC, "fs", "c", _extreme(np.max, 1)),
    Instruction("rowmin", ARITHMETIC, "fs", "c", _extreme(np.min, 1)),
    Instruction("rowprod", ("f32",), "fs", "C", ulp=64),
    Instruction("rowprod", INTEGERS, "fs", "c", _sums(np.prod, 1)),
    Instruction("rowexpand", ARITHMETIC, "c", "f", "broadcast"),
    Instruction("rowexpandadd", ARITHMETIC, "fc", "f", np.add),
    Instruction("rowexpandsub", ARITHMETIC, "fc", "f", np.subtract),
    Instruction("rowexpandmul", ARITHMETIC, "fc", "f", np.multiply),
    Instruction("rowexpanddiv", FLOATS, "fc", "f", np.divide),
    Instruction("rowexpandmax", ARITHMETIC, "fc", "f", _fill_min_max(np.maximum)),
    Instruction("rowexpandmin", ARITHMETIC, "fc", "f", _fill_min_max(np.minimum)),
    Instruction("rowexpandsub", ARITHMETIC, "fcs", "f", np.subtract, apart=True),
    Instruction("rowexpandexpdif", FLOATS, "fc", "F", ulp=2),
]

_COLUMNS = [
    Instruction("colsum", ARITHMETIC, "f", "r", _sums(np.sum, 0)),
    Instruction("colsum", ARITHMETIC, "fs", "r", _sums(np.sum, 0), more=" {isBinary = true}"),
    Instruction("colmax", ARITHMETIC, "f", "r", _extreme(np.max, 0)),
    Instruction("colmin", ARITHMETIC, "f", "r", _extreme(np.min, 0)),
    Instruction("colprod", ("f32",), "f", "R", ulp=64),
    Instruction("colprod", INTEGERS, "f", "r", _sums(np.prod, 0)),
    Instruction("colexpand", ARITHMETIC, "r", "f", "broadcast"),
    Instruction("colexpandadd", ARITHMETIC, "fr", "f", np.add),
    Instruction("colexpandsub", ARITHMETIC, "fr", "f", np.subtract),
    Instruction("colexpandmul", ARITHMETIC, "fr", "f", np.multiply),
    Instruction("colexpanddiv", FLOATS, "fr", "f", np.divide),
    Instruction("colexpandmax", ARITHMETIC, "fr", "f", _fill_min_max(np.maximum)),
    Instruction("colexpandmin", ARITHMETIC, "fr", "f", _fill_min_max(np.minimum)),
    Instruction("colexpandexpdif", FLOATS, "fr", "F", ulp=2),
]

INSTRUCTIONS: Mapping[str, Sequence[Instruction]] = {
    "binary": _BINARY,
    "unary": _UNARY,
    "scalars": _WITH_SCALARS,
    "rows": _ROWS,
    "columns": _COLUMNS,
}

CONVERSIONS = (
    ("f32", "f16"), ("f32", "i16"), ("f32", "i32"), ("f32", "f32"), ("f16", "f32"), ("f16", "i16"), ("f16", "i32"),
    ("i32", "f32"), ("i32", "i16"), ("i16", "f32"), ("i16", "f16"),
)  # fmt: skip
ROUNDINGS = ("NONE", "RINT", "ROUND", "FLOOR", "CEIL", "TRUNC")
SATURATIONS = ("", ", sat_mode = #pto<saturation_mode ON>", ", sat_mode = #pto<saturation_mode OFF>")
COMPARISONS: Mapping[str, Callable[[Array, Array], Array]] = {
    "eq": np.equal,
    "ne": np.not_equal,
    "lt": np.less,
    "le": np.less_equal,
    "gt": np.greater,
    "ge": np.greater_equal,
}


def converted(values: Array, target: str, rounding: str) -> Array | None:
    """Convert, where numpy knows how: to the nearest, exactly, or to whole numbers that are in range.

    From f32 to f32, too, means to whole numbers.
    """
    dtype = DTYPES[target]
    if dtype.kind == "f" and dtype != values.dtype:
        exact = np.can_cast(values.dtype, dtype)
        return values.astype(dtype) if exact or rounding == "RINT" else None
    if values.dtype.kind != "f":
        limits = np.iinfo(dtype)
        return values.astype(dtype) if values.min() >= limits.min and values.max() <= limits.max else None
    wide = values.astype(np.float64)
    if not np.isfinite(wide).all():
        return None
    modes: dict[str, Callable[[Array], Array]] = {
        "RINT": np.rint,
        "ROUND": lambda x: np.copysign(np.floor(np.abs(x) + 0.5), x),
        "FLOOR": np.floor,
        "CEIL": np.ceil,
        "TRUNC": np.trunc,
    }
    if rounding not in modes:
        return None
    whole = modes[rounding](wide)
    if dtype.kind == "f":
        return whole.astype(dtype)
    limits = np.iinfo(dtype)
    return whole.astype(dtype) if whole.min() >= limits.min and whole.max() <= limits.max else None
