"""Elementwise operations of two tiles, or of a tile and a row, a column or a number."""

from __future__ import annotations

from collections.abc import Mapping

from xdsl.dialects.builtin import DYNAMIC_INDEX, i1
from xdsl.ir import Attribute, SSAValue

from tilewright.dialects import tile as ir
from tilewright.dialects.tile import TileType
from tilewright.language import scalars
from tilewright.language.operands import element_name, like, tile
from tilewright.language.ops.registry import op
from tilewright.language.translator import Translator
from tilewright.language.values import ScalarRef, TensorRef, TileRef, WindowRef, describe

_TENSORS = TensorRef | WindowRef | TileRef

_BINARY: Mapping[str, type[ir.BinaryOp]] = {
    "add": ir.AddOp,
    "sub": ir.SubOp,
    "mul": ir.MulOp,
    "div": ir.DivOp,
    "mod": ir.RemOp,
    "max": ir.MaxOp,
    "min": ir.MinOp,
    "and": ir.AndOp,
    "or": ir.OrOp,
    "xor": ir.XorOp,
    "shl": ir.ShlOp,
    "shr": ir.ShrOp,
}


def binary(t: Translator, name: str, left: object, right: object) -> object:
    """`left <name> right` where one of them is a tile."""
    if name not in _BINARY:
        t.fail("TW0609", f"tiles have no operator '{name}'")
    a, b, kind = _pair(t, name, left, right)
    return TileRef(t.emit(_BINARY[name](a, b, kind)).result)


def _pair(t: Translator, name: str, left: object, right: object) -> tuple[SSAValue, SSAValue, TileType]:
    """Two operands that fit together, and the type of the result.

    Raises:
        DiagnosticError: TW0621 for element types, TW0622 for shapes that do not go together.
    """
    sides = [tile(t, side) if isinstance(side, _TENSORS) else side for side in (left, right)]
    elements = {side.type.element_type for side in sides if isinstance(side, TileRef)} - {i1}
    if elements:
        sides = [counted(t, side, min(elements, key=str)) if isinstance(side, TileRef) else side for side in sides]
    tiles = [side for side in sides if isinstance(side, TileRef)]
    element = tiles[0].type.element_type
    if len(tiles) == 2:
        first, second = tiles
        if first.type.element_type != second.type.element_type:
            t.fail(
                "TW0621",
                f"pl.{name} of {element_name(first)} and {element_name(second)}: element types are never mixed",
                help=(f"convert one: pl.cast(x, target_type={element_name(first)})",),
            )
        kind = _broadcast(t, name, first, second)
    else:
        kind = tiles[0].type
    a, b = (side.ssa if isinstance(side, TileRef) else scalars.scalar(t, side, element) for side in sides)
    return a, b, TileType.of(kind.extents, element, kind.placement, kind.valid_extents)


def counted(t: Translator, value: TileRef, element: Attribute) -> TileRef:
    """A mask that is computed with as a number: 1 where it is set, 0 elsewhere; other tiles as they are."""
    if value.type.element_type != i1:
        return value
    kind = like(value, element)
    one = t.emit(ir.SplatOp(t.constant(1, element), kind)).result
    return TileRef(t.emit(ir.SelectOp(value.ssa, one, t.constant(0, element), kind)).result)


def _broadcast(t: Translator, name: str, first: TileRef, second: TileRef) -> TileType:
    rows, columns = (max(pair) for pair in zip(first.extents, second.extents, strict=True))
    whole = [side for side in (first, second) if side.extents == (rows, columns)]
    fits = all(side.extents in ((rows, columns), (rows, 1), (1, columns)) for side in (first, second))
    if not whole or not fits:
        t.fail(
            "TW0622",
            f"pl.{name} of shapes {list(first.extents)} and {list(second.extents)} is not defined",
            help=("give both the same shape, or make one a row [1, N] or a column [M, 1]",),
        )
    if len(whole) == 1:
        return whole[0].type
    valid = [_smaller(*pair) for pair in zip(first.type.valid_extents, second.type.valid_extents, strict=True)]
    return TileType.of((rows, columns), first.type.element_type, first.type.placement, valid)


def _smaller(a: int, b: int) -> int:
    return DYNAMIC_INDEX if DYNAMIC_INDEX in (a, b) else min(a, b)


def compare_tiles(t: Translator, name: str, left: object, right: object) -> TileRef:
    """`left <name> right` as a mask."""
    a, b, kind = _pair(t, name, left, right)
    mask = TileType.of(kind.extents, i1, kind.placement, kind.valid_extents)
    return TileRef(t.emit(ir.CompareOp(ir.Predicate(name), a, b, mask)).result)


def _numbers(*values: object) -> bool:
    return all(scalars.is_number(value) for value in values)


def _either(t: Translator, name: str, left: object, right: object) -> object:
    """An operation of numbers, or of tiles."""
    if _numbers(left, right):
        return scalars.compute(t, name, left, right)
    return binary(t, name, left, right)


@op("Arithmetic", others=("tile.add", "tensor.add", "adds"))
def add(t: Translator, lhs: object, rhs: object) -> object:
    """`lhs + rhs`. Tiles have the same shape and element type; `rhs` may be a number."""
    return _either(t, "add", lhs, rhs)


@op("Arithmetic", others=("subs",))
def sub(t: Translator, lhs: object, rhs: object) -> object:
    """`lhs - rhs`."""
    return _either(t, "sub", lhs, rhs)


@op("Arithmetic", others=("muls",))
def mul(t: Translator, lhs: object, rhs: object) -> object:
    """`lhs * rhs`, element by element."""
    return _either(t, "mul", lhs, rhs)


@op("Arithmetic", others=("divs",))
def div(t: Translator, lhs: object, rhs: object, high_precision: bool = False) -> object:
    """`lhs / rhs`; integers are rounded towards zero. `high_precision` is what the engines compute anyway."""
    return _either(t, "div", lhs, rhs)


@op("Arithmetic", others=("rems", "fmod", "fmods"))
def rem(t: Translator, lhs: object, rhs: object) -> object:
    """The remainder of `lhs / rhs`, with the sign of `lhs`.

    It is exact for integers, and on the value engine. Of floats that are no whole numbers the chip rounds the quotient,
    its product with `rhs` and the difference: it is off by up to `lhs` * 2^-22, and by one `rhs` where the quotient is
    that close to a whole number.
    """
    return _either(t, "mod", lhs, rhs)


@op("Arithmetic", others=("maximums",))
def maximum(t: Translator, lhs: object, rhs: object) -> object:
    """The larger of two tiles, element by element; `rhs` may be a number."""
    return _either(t, "max", lhs, rhs)


@op("Arithmetic", others=("minimums",))
def minimum(t: Translator, lhs: object, rhs: object) -> object:
    """The smaller of two tiles, element by element; `rhs` may be a number."""
    return _either(t, "min", lhs, rhs)


@op("Numbers", name="max")
def max_(t: Translator, lhs: object, rhs: object) -> object:
    """The larger of two numbers; tiles have pl.maximum."""
    return _scalar_only(t, "max", "maximum", lhs, rhs)


@op("Numbers", name="min")
def min_(t: Translator, lhs: object, rhs: object) -> object:
    """The smaller of two numbers; tiles have pl.minimum."""
    return _scalar_only(t, "min", "minimum", lhs, rhs)


def _scalar_only(t: Translator, name: str, instead: str, lhs: object, rhs: object) -> object:
    if not _numbers(lhs, rhs):
        t.fail("TW0605", f"pl.{name} takes numbers", help=(f"tiles have pl.{instead}",))
    return scalars.compute(t, name, lhs, rhs)


@op("Bits", name="and_", others=("ands",))
def and_(t: Translator, lhs: object, rhs: object) -> object:
    """`lhs & rhs` of integers or masks."""
    return _either(t, "and", lhs, rhs)


@op("Bits", name="or_", others=("ors",))
def or_(t: Translator, lhs: object, rhs: object) -> object:
    """`lhs | rhs` of integers or masks."""
    return _either(t, "or", lhs, rhs)


@op("Bits", others=("xors",))
def xor(t: Translator, lhs: object, rhs: object) -> object:
    """`lhs ^ rhs` of integers."""
    return _either(t, "xor", lhs, rhs)


@op("Bits", others=("shls",))
def shl(t: Translator, lhs: object, rhs: object) -> object:
    """`lhs << rhs` of integers."""
    return _either(t, "shl", lhs, rhs)


@op("Bits", others=("shrs",))
def shr(t: Translator, lhs: object, rhs: object) -> object:
    """`lhs >> rhs` of integers."""
    return _either(t, "shr", lhs, rhs)


def _expand(t: Translator, name: str, source: object, vector: object, *, rows: bool) -> object:
    matrix, line = tile(t, source), tile(t, vector)
    wanted = (matrix.extents[0], 1) if rows else (1, matrix.extents[1])
    if line.extents != wanted:
        t.fail(
            "TW0622",
            f"the vector has shape {list(line.extents)}; a matrix {list(matrix.extents)} takes {list(wanted)} here",
            help=(f"pl.reshape(vector, {list(wanted)})",) if line.extents == wanted[::-1] else (),
        )
    return binary(t, name, matrix, line)


@op("Expansion")
def row_expand_add(t: Translator, lhs: object, rhs: object) -> object:
    """`lhs[i, j] + rhs[i, 0]`: a number for each row."""
    return _expand(t, "add", lhs, rhs, rows=True)


@op("Expansion")
def row_expand_sub(t: Translator, lhs: object, rhs: object) -> object:
    """`lhs[i, j] - rhs[i, 0]`."""
    return _expand(t, "sub", lhs, rhs, rows=True)


@op("Expansion")
def row_expand_mul(t: Translator, lhs: object, rhs: object) -> object:
    """`lhs[i, j] * rhs[i, 0]`."""
    return _expand(t, "mul", lhs, rhs, rows=True)


@op("Expansion")
def row_expand_div(t: Translator, lhs: object, rhs: object) -> object:
    """`lhs[i, j] / rhs[i, 0]`."""
    return _expand(t, "div", lhs, rhs, rows=True)


@op("Expansion")
def row_expand_max(t: Translator, lhs: object, rhs: object) -> object:
    """The larger of `lhs[i, j]` and `rhs[i, 0]`."""
    return _expand(t, "max", lhs, rhs, rows=True)


@op("Expansion")
def row_expand_min(t: Translator, lhs: object, rhs: object) -> object:
    """The smaller of `lhs[i, j]` and `rhs[i, 0]`."""
    return _expand(t, "min", lhs, rhs, rows=True)


@op("Expansion")
def row_expand_expdif(t: Translator, lhs: object, rhs: object) -> object:
    """`exp(lhs[i, j] - rhs[i, 0])`."""
    return apply(t, ir.ExpOp, _expand(t, "sub", lhs, rhs, rows=True))


@op("Expansion")
def col_expand_add(t: Translator, lhs: object, rhs: object) -> object:
    """`lhs[i, j] + rhs[0, j]`: a number for each column."""
    return _expand(t, "add", lhs, rhs, rows=False)


@op("Expansion")
def col_expand_sub(t: Translator, lhs: object, rhs: object) -> object:
    """`lhs[i, j] - rhs[0, j]`."""
    return _expand(t, "sub", lhs, rhs, rows=False)


@op("Expansion")
def col_expand_mul(t: Translator, lhs: object, rhs: object) -> object:
    """`lhs[i, j] * rhs[0, j]`."""
    return _expand(t, "mul", lhs, rhs, rows=False)


@op("Expansion")
def col_expand_div(t: Translator, lhs: object, rhs: object) -> object:
    """`lhs[i, j] / rhs[0, j]`."""
    return _expand(t, "div", lhs, rhs, rows=False)


@op("Expansion")
def col_expand_max(t: Translator, lhs: object, rhs: object) -> object:
    """The larger of `lhs[i, j]` and `rhs[0, j]`."""
    return _expand(t, "max", lhs, rhs, rows=False)


@op("Expansion")
def col_expand_min(t: Translator, lhs: object, rhs: object) -> object:
    """The smaller of `lhs[i, j]` and `rhs[0, j]`."""
    return _expand(t, "min", lhs, rhs, rows=False)


@op("Expansion")
def col_expand_expdif(t: Translator, lhs: object, rhs: object) -> object:
    """`exp(lhs[i, j] - rhs[0, j])`."""
    return apply(t, ir.ExpOp, _expand(t, "sub", lhs, rhs, rows=False))


def apply(t: Translator, kind: type[ir.UnaryOp], value: object) -> object:
    """An operation of one tile."""
    source = tile(t, value)
    return TileRef(t.emit(kind(source.ssa, like(source, source.type.element_type))).result)


_CODES = ("eq", "ne", "lt", "le", "gt", "ge")


@op("Selection", others=("cmps",))
def cmp(t: Translator, lhs: object, rhs: object, cmp_type: object = 0) -> object:
    """Compare element by element; gives a mask. `cmp_type`: 0 eq, 1 ne, 2 lt, 3 le, 4 gt, 5 ge, or the name."""
    if isinstance(cmp_type, int) and 0 <= cmp_type < len(_CODES):
        cmp_type = _CODES[cmp_type]
    if cmp_type not in _CODES:
        t.fail("TW0615", f"{describe(cmp_type)} is no comparison", help=("0 eq, 1 ne, 2 lt, 3 le, 4 gt, 5 ge",))
    return compare_tiles(t, str(cmp_type), lhs, rhs)


@op("Selection", others=("sels",))
def sel(t: Translator, mask: object, lhs: object, rhs: object, tmp: object = None) -> object:
    """`lhs` where the mask is set, `rhs` elsewhere. `tmp` is not needed."""
    chosen = tile(t, mask)
    if chosen.type.element_type != i1:
        t.fail("TW0605", f"the mask is {describe(chosen)}", help=("a mask comes from pl.cmp or a comparison",))
    a, b, kind = _pair(t, "sel", lhs, rhs) if not _numbers(lhs, rhs) else _two_numbers(t, chosen, lhs, rhs)
    return TileRef(t.emit(ir.SelectOp(chosen.ssa, a, b, kind)).result)


def _two_numbers(t: Translator, mask: TileRef, lhs: object, rhs: object) -> tuple[SSAValue, SSAValue, TileType]:
    from xdsl.dialects.builtin import Float32Type

    element: Attribute = next((side.type for side in (lhs, rhs) if isinstance(side, ScalarRef)), Float32Type())
    splat = ir.SplatOp(scalars.scalar(t, lhs, element), like(mask, element))
    return t.emit(splat).result, scalars.scalar(t, rhs, element), like(mask, element)
