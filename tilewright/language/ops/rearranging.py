"""Operations that pick and sort elements."""

from __future__ import annotations

from tilewright.dialects import tile as ir
from tilewright.dialects.tile import TileType
from tilewright.language.enums import MaskPattern
from tilewright.language.operands import element_type, static_int, tile
from tilewright.language.ops.registry import op
from tilewright.language.translator import Translator
from tilewright.language.values import TileRef, describe


@op("Rearrangement", others=("tile.gather",))
def gather(
    t: Translator,
    x: object,
    dim: object = -1,
    index: object = None,
    mask_pattern: object = None,
    output_dtype: object = None,
) -> object:
    """Pick columns of each row: those of a `mask_pattern`, or `x[i, index[i, j]]`.

    With `mask_pattern`, `output_dtype` reads the same bits as another element type of the same size.
    """
    source = tile(t, x)
    if mask_pattern is not None:
        return _masked(t, source, mask_pattern, output_dtype)
    if index is None:
        t.fail("TW0615", "pl.gather needs index= or mask_pattern=")
    if static_int(t, dim, "dim") not in (-1, 1):
        t.fail("TW0623", "pl.gather along rows is not supported", help=("gather along columns: dim=-1",))
    places = tile(t, index, "the index")
    shape = (source.extents[0], places.extents[1])
    kind = TileType.of(shape, source.type.element_type, source.type.placement, places.type.valid_extents)
    return TileRef(t.emit(ir.GatherOp(source.ssa, places.ssa, kind)).result)


def _masked(t: Translator, source: TileRef, pattern: object, dtype: object) -> TileRef:
    if not isinstance(pattern, MaskPattern):
        t.fail("TW0615", f"{describe(pattern)} is no mask pattern", help=("pl.tile.MaskPattern.P0101",))
    kept = ir.MaskPattern(pattern.value)
    element = source.type.element_type if dtype is None else element_type(t, dtype)
    (rows, columns), (valid_rows, valid_columns) = source.extents, source.type.valid_extents
    valid = (valid_rows, kept.kept(valid_columns) if valid_columns > 0 else valid_columns)
    kind = TileType.of((rows, kept.kept(columns)), element, source.type.placement, valid)
    return TileRef(t.emit(ir.GatherMaskOp(source.ssa, kind, kept)).result)


@op("Rearrangement", others=("tile.sort32",))
def sort32(t: Translator, x: object, idx: object) -> object:
    """Sort each 32 elements of a row, largest first, with their indices: [M, N] gives [M, 2N] pairs (FP32)."""
    source, indices = tile(t, x), tile(t, idx, "the indices")
    rows, columns = source.extents
    width = _pair_width(t, source)
    valid_rows, valid_columns = source.type.valid_extents
    valid = (valid_rows, valid_columns * width if valid_columns > 0 else valid_columns)
    kind = TileType.of((rows, columns * width), source.type.element_type, source.type.placement, valid)
    return TileRef(t.emit(ir.Sort32Op(source.ssa, indices.ssa, kind)).result)


def _pair_width(t: Translator, source: TileRef) -> int:
    """How many elements a pair of 8 bytes takes."""
    widths = {"f32": 2, "f16": 4}
    width = widths.get(str(source.type.element_type))
    if width is None:
        t.fail("TW0621", f"{describe(source)} cannot be sorted", help=("cast it to pl.FP32 or pl.FP16",))
    return width


@op("Rearrangement", others=("tile.mrgsort",))
def mrgsort(t: Translator, x: object, *others: object, block_len: object = None) -> object:
    """Merge sorted lists of pairs: each four blocks of `block_len` elements of one row, or two to four rows."""
    sources = [tile(t, each) for each in (x, *others)]
    first = sources[0].type
    if block_len is not None:
        length = static_int(t, block_len, "block_len")
        return TileRef(t.emit(ir.MergeSortOp([sources[0].ssa], first, length)).result)
    columns = sum(source.extents[1] for source in sources)
    kind = TileType.of((1, columns), first.element_type, first.placement)
    return TileRef(t.emit(ir.MergeSortOp([source.ssa for source in sources], kind)).result)
