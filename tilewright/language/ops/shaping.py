"""Operations that change the shape of tiles and tensors, or say how much of a tile holds data."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from math import prod

from xdsl.dialects.builtin import DYNAMIC_INDEX

from tilewright.dialects import tile as ir
from tilewright.dialects.tile import TensorType, TileType
from tilewright.language.enums import PadValue
from tilewright.language.objects import Where
from tilewright.language.operands import (
    constant_of,
    element_name,
    index,
    matrix,
    sequence,
    static_int,
    static_shape,
    tensor,
    tile,
)
from tilewright.language.ops.registry import op
from tilewright.language.translator import Translator
from tilewright.language.values import TensorRef, TileRef, WindowRef, describe


@op("Shape", where=Where.ANYWHERE, others=("tile.reshape", "tensor.reshape", "view"))
def reshape(t: Translator, x: object, shape: object) -> object:
    """The same elements in another shape, row by row."""
    if isinstance(x, TensorRef) or (isinstance(x, WindowRef) and not t.in_scope):
        return _reshape_tensor(t, tensor(t, x), shape)
    wanted = static_shape(t, shape)
    tile_ = tile(t, x)
    extents = matrix(wanted)
    if prod(extents) != prod(tile_.extents):
        _refuse_reshape(t, describe(tile_), wanted)
    if extents == tile_.extents:
        return tile_
    valid = _valid_after(tile_.type, extents)
    kind = TileType.of(extents, tile_.type.element_type, tile_.type.placement, valid)
    return TileRef(t.emit(ir.ReshapeOp(tile_.ssa, kind)).result)


def _valid_after(source: TileType, extents: tuple[int, int]) -> tuple[int, int]:
    """The valid part of a tile after a reshape: the same elements, as one run of them."""
    if source.valid_extents == source.extents:
        return extents
    count = prod(source.valid_extents) if source.is_valid_static else DYNAMIC_INDEX
    if extents[0] == 1:
        return 1, count
    rows = count // extents[1] if count != DYNAMIC_INDEX else DYNAMIC_INDEX
    return rows, extents[1]


def _reshape_tensor(t: Translator, source: TensorRef, shape: object) -> TensorRef:
    """The same memory in another shape; one extent may be known only when the kernel runs."""
    parts = sequence(t, shape, "the shape")
    open_ = [constant_of(part) is None for part in parts]
    if open_.count(True) > 1:
        t.fail("TW0607", "only one extent of a shape can be known when the kernel runs; it follows from the others")
    wanted = tuple(
        DYNAMIC_INDEX if is_open else static_shape(t, [part])[0] for part, is_open in zip(parts, open_, strict=True)
    )
    if True not in open_ and None not in source.extents and prod(wanted) != prod(source.type.extents):
        _refuse_reshape(t, describe(source), wanted)
    kind = TensorType.of(wanted, source.type.element_type)
    return TensorRef(t.emit(ir.TensorReshapeOp(source.ssa, kind)).result)


def _refuse_reshape(t: Translator, source: str, wanted: tuple[int, ...]) -> None:
    t.fail("TW0622", f"{source} has another number of elements than {list(wanted)}")


@op("Shape", others=("tile.transpose",))
def transpose(t: Translator, x: object, axis1: object = 0, axis2: object = 1) -> object:
    """Rows become columns. The axes are the two of a tile, in either order."""
    axes = {static_int(t, axis, "an axis") % 2 for axis in (axis1, axis2)}
    if axes != {0, 1}:
        t.fail("TW0608", "a tile has the axes 0 and 1; pl.transpose exchanges them")
    source = tile(t, x)
    kind = source.type
    result = TileType.of(kind.extents[::-1], kind.element_type, kind.placement, kind.valid_extents[::-1])
    return TileRef(t.emit(ir.TransposeOp(source.ssa, result)).result)


@op("Shape")
def concat(t: Translator, a: object, b: object) -> object:
    """Two tiles side by side."""
    left, right = tile(t, a), tile(t, b)
    if left.extents[0] != right.extents[0]:
        t.fail("TW0622", f"{describe(left)} and {describe(right)} have different numbers of rows")
    if left.type.element_type != right.type.element_type:
        t.fail("TW0621", f"{element_name(left)} and {element_name(right)} are not mixed")
    rows, columns = left.extents[0], left.extents[1] + right.extents[1]
    kind = TileType.of((rows, columns), left.type.element_type, left.type.placement)
    return TileRef(t.emit(ir.ConcatOp(left.ssa, right.ssa, kind)).result)


@op("Shape")
def row_expand(t: Translator, x: object, columns: object) -> object:
    """Repeat a column [M, 1] to [M, columns]."""
    return _expand(t, x, lambda source: (source.extents[0], static_int(t, columns, "columns")))


@op("Shape")
def col_expand(t: Translator, x: object, rows: object) -> object:
    """Repeat a row [1, N] to [rows, N]."""
    return _expand(t, x, lambda source: (static_int(t, rows, "rows"), source.extents[1]))


def _expand(t: Translator, x: object, shape: Callable[[TileRef], tuple[int, int]]) -> TileRef:
    source = tile(t, x)
    kind = TileType.of(shape(source), source.type.element_type, source.type.placement)
    return TileRef(t.emit(ir.ExpandOp(source.ssa, kind)).result)


@op("Shape", where=Where.ANYWHERE, others=("tile.set_validshape", "tensor.set_validshape"))
def set_validshape(t: Translator, x: object, valid_rows: object, valid_cols: object) -> object:
    """Say how many leading rows and columns hold data; the numbers may be known only when the kernel runs."""
    if isinstance(x, TensorRef):
        from tilewright.language.operands import whole

        x = whole(t, x)
    if isinstance(x, WindowRef):
        return replace(x, valid=(valid_rows, valid_cols))
    source = tile(t, x)
    wanted = (valid_rows, valid_cols)
    for part, extent in zip(wanted, source.extents, strict=True):
        if isinstance(part, int) and not 1 <= part <= extent:
            t.fail("TW0622", f"a valid part of {part} does not lie within {extent}")
    known = [part if isinstance(part, int) else DYNAMIC_INDEX for part in wanted]
    if tuple(known) == source.type.valid_extents:
        return source
    kind = TileType.of(source.extents, source.type.element_type, source.type.placement, known)
    rows, columns = (index(t, part, "the valid part") for part in wanted)
    return TileRef(t.emit(ir.SetValidOp(source.ssa, rows, columns, kind)).result)


@op("Shape", others=("tile.fillpad",))
def fillpad(t: Translator, x: object, pad_value: object = PadValue.zero) -> object:
    """Give what lies outside of the valid part a value: zero, or the smallest or largest number; all is valid then."""
    if not isinstance(pad_value, PadValue) or pad_value is PadValue.null:
        t.fail("TW0615", f"{describe(pad_value)} is no padding", help=("pl.PadValue.zero, .min or .max",))
    source = tile(t, x)
    kind = TileType.of(source.extents, source.type.element_type, source.type.placement)
    return TileRef(t.emit(ir.FillPadOp(source.ssa, kind, pad_value.value)).result)
