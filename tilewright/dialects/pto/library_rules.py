"""Rules of the C++ library for a2a3 (static_assert and PTO_ASSERT) that ptoas does not check."""

from __future__ import annotations

from collections.abc import Iterator

from xdsl.dialects.builtin import DYNAMIC_INDEX
from xdsl.ir import Operation
from xdsl.utils.exceptions import VerifyException

from tilewright.arch.chip import element_bits, load_chip
from tilewright.dialects.constants import constant_value
from tilewright.dialects.names import value_name
from tilewright.dialects.paths import check_path
from tilewright.dialects.pto.attributes import GmLayout
from tilewright.dialects.pto.compute import CubeOp
from tilewright.dialects.pto.conversion import TCvtOp
from tilewright.dialects.pto.events import BufferIdOp
from tilewright.dialects.pto.expansion import RowExpandOp
from tilewright.dialects.pto.movement import TLoadOp, TMovOp, TStoreOp
from tilewright.dialects.pto.operands import tile_type
from tilewright.dialects.pto.tile_windows import TExtractOp
from tilewright.dialects.pto.types import MultiTileBufType, PartitionViewType, TileBufType, ViewType
from tilewright.dialects.pto.views import MakeTensorViewOp, view_of
from tilewright.dialects.shapes import shape_text
from tilewright.dialects.spaces import Space


def problems(op: Operation) -> Iterator[str]:
    """What the library refuses about `op`, whose operands are buffers and windows."""
    for result in op.results:
        tile = result.type.tile if isinstance(result.type, MultiTileBufType) else result.type
        if isinstance(tile, TileBufType):
            yield from _extents(tile)
            yield from _fractals(tile)
        elif isinstance(tile, ViewType) and (not tile.extents or 0 in tile.extents):
            yield "TW0102: a view has positive dimensions"
    match op:
        case TLoadOp():
            yield from _load(op)
        case TStoreOp():
            yield from _store(op)
        case TMovOp():
            yield from _move(op)
        case TExtractOp():
            yield from _extract(op)
        case _:
            yield from _arithmetic_problems(op)


def _arithmetic_problems(op: Operation) -> Iterator[str]:
    """What the library refuses about an op that computes."""
    match op:
        case CubeOp():
            yield from _matmul(op)
        case TCvtOp():
            yield from _conversion(op)
        case RowExpandOp():
            yield from _row_values(op)
        case BufferIdOp():
            yield f"TW0123: {op.name} exists only on A5; this program is for a2a3"
        case _:
            return


def _path(source: str, target: str, before: object, after: object) -> Iterator[str]:
    try:
        check_path(source, target, before, after)
    except VerifyException as error:
        yield str(error)


def _extents(tile: TileBufType) -> Iterator[str]:
    if 0 in tile.extents:
        yield f"TW0103: a tile has positive dimensions, got {shape_text(tile.extents)}"
    elif any(valid > extent for valid, extent in zip(tile.valid_extents, tile.extents, strict=True)):
        yield (
            f"TW0104: the valid part {shape_text(tile.valid_extents)} does not lie within the tile "
            f"{shape_text(tile.extents)}"
        )


def _fractals(tile: TileBufType) -> Iterator[str]:
    """A tile is made of whole fractals of a size that the library knows, or of whole blocks of 32 bytes."""
    fractal = tile.fractal.value.data
    if fractal not in (16, 32, 512, 1024):
        yield f"TW0115: the fractal is 16, 32, 512 or 1024 bytes, got {fractal}"
        return
    box_rows, box_columns = tile.box
    rows, columns = tile.extents
    chip = load_chip()
    if not (box_rows and box_columns):
        yield (f"TW0115: a fractal of {fractal} bytes has no room for {chip.fractal.rows} rows of {tile.element_type}")
    elif columns % box_columns or (rows > 1 and rows % box_rows):
        yield f"TW0115: a {rows}x{columns} tile is not made of whole {box_rows}x{box_columns} fractals"
    elif tile.slayout.data == "none_box":
        along, line = ("row", columns) if tile.blayout.data == "row_major" else ("column", rows)
        bits = line * element_bits(str(tile.element_type))
        if bits % (8 * chip.fractal.row_bytes):
            yield f"TW0115: a {along} of {bits // 8} bytes is not made of blocks of {chip.fractal.row_bytes} bytes"


def _window(view: PartitionViewType, tile: TileBufType) -> Iterator[str]:
    """The window and the valid part of the tile must agree where both are known."""
    extents = view.extents
    if len(extents) != 2:
        return
    for name, window, valid in zip(("rows", "columns"), extents, tile.valid_extents, strict=True):
        if DYNAMIC_INDEX not in (window, valid) and window != valid:
            yield f"TW0110: the window has {window} {name}, the valid part of the tile has {valid}"


_TILE_LAYOUTS = {
    ("row_major", "none_box"): "nd",
    ("col_major", "none_box"): "dn",
    ("col_major", "row_major"): "nz",
    ("row_major", "col_major"): "zn",
}

_LOADS = {
    Space.VEC: {("nd", "nd"), ("dn", "dn"), ("nz", "nz")},
    Space.MAT: {("nd", "nd"), ("dn", "dn"), ("nz", "nz"), ("nd", "nz"), ("dn", "zn")},
}
"""Layouts in global memory and in the tile that a load goes between."""


def _load(op: TLoadOp) -> Iterator[str]:
    view, tile = op.source.type, op.target.type
    yield from _path("gm", tile.location, view.element_type, tile.element_type)
    yield from _window(view, tile)
    chip = load_chip()
    if not view.extents:
        return
    if view.extents[-2:][0] > chip.load_max_rows:
        yield f"TW0119: a load takes at most {chip.load_max_rows} rows, got {view.extents[-2:][0]}"
    layout = _TILE_LAYOUTS.get((tile.blayout.data, tile.slayout.data), "zz")
    if element_bits(str(tile.element_type)) == 64 and layout not in ("nd", "dn"):
        yield "TW0152: a load of 64-bit elements does not rearrange them"
    tensor = view_of(op.source)
    if tensor is None or not tensor.strides or (1 in tile.extents and not _is_column(tile)):
        return
    yield from _layouts(tensor, tile, layout)
    stride = constant_value(tensor.strides[-2:][0])
    if layout == "nz" and tile.location is Space.MAT and stride is not None:
        limit = chip.load_max_row_stride_elements
        if stride > limit:
            yield f"TW0155: rows of {value_name(op.source)} are {stride} elements apart, a load counts up to {limit}"


def _layouts(tensor: MakeTensorViewOp, tile: TileBufType, layout: str) -> Iterator[str]:
    """The load rearranges from the layout in global memory, where it is written, to that of the tile."""
    before = None if tensor.layout is None else tensor.layout.data
    if before is not None and (str(before), layout) not in _LOADS[tile.location]:
        yield f"TW0152: a load into {tile.location} does not go from {before} to {layout}"


def _is_column(tile: TileBufType) -> bool:
    """Whether a tile in Vec is laid out by columns; those go to and from global memory that is, too."""
    return tile.location is Space.VEC and (tile.blayout.data, tile.slayout.data) == ("col_major", "none_box")


def _store(op: TStoreOp) -> Iterator[str]:
    tile, view = op.source.type, op.target.type
    yield from _window(view, tile)
    if tile.location is not Space.ACC:
        yield from _path(tile.location, "gm", tile.element_type, view.element_type)
        tensor = view_of(op.target)
        layout = None if tensor is None or tensor.layout is None else tensor.layout.data
        if _is_column(tile) and layout not in (None, GmLayout.DN):
            yield f"TW0152: a store from vec does not go from dn to {layout}"
        return
    chip = load_chip()
    rows, _ = tile.extents
    if rows > chip.store_max_acc_rows:
        yield f"TW0119: a store from acc takes at most {chip.store_max_acc_rows} rows, got {rows}"
    tensor = view_of(op.target)
    if tensor is not None and tensor.layout is not None and tensor.layout.data is GmLayout.DN:
        yield "TW0152: a store from acc does not go to dn"


_SCALED_MOVES = {("f32", "i8"), ("i32", "i8"), ("i32", "ui8"), ("i32", "f16"), ("i32", "i16")}


def _move(op: TMovOp) -> Iterator[str]:
    source, target = op.source.type, op.target.type
    before, after = str(source.element_type), str(target.element_type)
    if op.scales is None and op.scale is None:
        widened = (target.location, before, after) == (Space.BIAS, "f16", "f32")
        if not widened:
            yield from _path(source.location, target.location, before, after)
    elif (before, after) not in _SCALED_MOVES:
        yield f"TW0108: a move that scales does not take {before} to {after}"
    if target.location in (Space.BIAS, Space.SCALING):
        yield from _table(target)


def _table(tile: TileBufType) -> Iterator[str]:
    """Bias and scales are one row of whole blocks; scales are 64-bit words."""
    rows, columns = tile.extents
    if rows != 1:
        yield f"TW0149: {tile.location} takes one row, got {rows}"
    block = 64 if tile.location is Space.BIAS else 128
    size = columns * element_bits(str(tile.element_type)) // 8
    if size % block:
        yield f"TW0149: a row in {tile.location} is made of blocks of {block} bytes, got {size}"
    if tile.location is Space.SCALING and str(tile.element_type) not in ("i64", "ui64"):
        yield f"TW0149: scales are i64 or ui64, not {tile.element_type}"


def _extract(op: TExtractOp) -> Iterator[str]:
    offsets = zip((op.row, op.column), op.alignment, strict=True)
    for axis, (offset, step) in enumerate(offsets):
        start = constant_value(offset) or 0
        if start % step:
            yield f"TW0120: offset {start} of dimension {axis} is not a multiple of the fractal, {step}"


def _matmul(op: CubeOp) -> Iterator[str]:
    a, b, c = (str(value.type.element_type) for value in (op.lhs, op.rhs, op.target))
    if load_chip().matmul_types.get((a, b)) != c:
        yield f"TW0108: the cube unit does not multiply {a} with {b} into {c}"


_CONVERSIONS = {
    "f32": ("f32", "f16", "bf16", "i16", "i32", "i64"),
    "f16": ("f32", "i8", "ui8", "i16", "i32"),
    "bf16": ("f32", "i32"),
    "i32": ("f32", "f16", "i16", "i64"),
    "i64": ("f32", "i32"),
    "i16": ("f32", "f16"),
    "i8": ("f16",),
    "ui8": ("f16",),
}
"""What `TCVT` converts; any other pair compiles to nothing."""


def _conversion(op: TCvtOp) -> Iterator[str]:
    before, after = str(op.src.type.element_type), str(op.dst.type.element_type)
    if before in _CONVERSIONS and after not in _CONVERSIONS[before]:
        yield f"TW0513: no instruction converts {before} to {after}: the library compiles this to nothing"


def _row_values(op: RowExpandOp) -> Iterator[str]:
    """One value for each row is a column, or one block of 32 bytes for each row; ptoas does not always look."""
    tiles = [tile_type(op.src0), tile_type(op.src1)]
    values = tiles[1]
    if values is not None and not any(tile is None or _is_row_value(tile) for tile in tiles):
        yield (
            f"TW0130: {value_name(op.src1)} has {values.valid_extents[1]} valid columns; one value for each row takes "
            f"{_row_value_columns(values)}"
        )


def _row_value_columns(values: TileBufType) -> int:
    bits = element_bits(str(values.element_type))
    return 8 * load_chip().fractal.row_bytes // bits if values.blayout.data == "row_major" else 1


def _is_row_value(values: TileBufType) -> bool:
    return values.valid_extents[1] in (DYNAMIC_INDEX, _row_value_columns(values))
