"""Ops that change the shape or the valid part of a tile, or put tiles together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NoReturn

from xdsl.builder import Builder
from xdsl.dialects import arith
from xdsl.dialects.builtin import IntegerAttr, IntegerType
from xdsl.ir import Operation, SSAValue

from tilewright.arch.chip import element_bits, load_chip
from tilewright.dialects.constants import constant_value
from tilewright.dialects.diagnostics import fail
from tilewright.dialects.pto import TileBufType, TMovOp
from tilewright.dialects.pto.bitwise import TOrOp
from tilewright.dialects.pto.conversion import TConcatOp, TTransOp
from tilewright.dialects.pto.expansion import TColExpandOp, TRowExpandOp
from tilewright.dialects.pto.fill import TFillPadOp
from tilewright.dialects.pto.tile_aliases import SubsetOp
from tilewright.dialects.pto.tile_scalar import TAddSOp
from tilewright.dialects.spaces import Space
from tilewright.dialects.tile import (
    ConcatOp,
    ExpandOp,
    ExtractOp,
    FillPadOp,
    InsertOp,
    PadValue,
    ReshapeOp,
    SetValidOp,
    TileType,
    TransposeOp,
)
from tilewright.passes.building import add
from tilewright.passes.element_types import integer_bits, is_unsigned
from tilewright.passes.tile_to_pto import cube
from tilewright.passes.tile_to_pto.buffers import is_column
from tilewright.passes.tile_to_pto.converter import Converter, Handler

_PADS: Mapping[PadValue, int] = {PadValue.ZERO: 1, PadValue.MAX: 2, PadValue.MIN: 3}


def _refuse(op: Operation, why: str, help_: str) -> NoReturn:
    fail("TW0315", f"{op.name} has no lowering to pto here: {why}", op, help=(help_,))


def _expand(into: Converter, op: Operation, builder: Builder) -> None:
    assert isinstance(op, ExpandOp)
    before, after = op.source.type, op.result.type
    if before.extents == after.extents:
        into.values[op.result] = into.buffer(op.source, op)
        return
    target = into.as_row(builder, into.result(builder, op.result, into.part(op, op.result, op.operands)))
    if before.extents == (1, 1) and not is_column(after) and after.extents[0] > 1:
        line = TileType.of((1, after.extents[1]), after.element_type)
        between = into.buffers.fresh(builder, into.buffers.vector_type(line), "row")
        builder.insert(TRowExpandOp(operands=[into.buffer(op.source, op), between]))
        builder.insert(TColExpandOp(operands=[into.line_of(builder, between, target, axis=1), target]))
    elif before.extents[1] == 1:
        builder.insert(TRowExpandOp(operands=[into.column_like(builder, op.source, target, op), target]))
    else:
        builder.insert(TColExpandOp(operands=[into.line_like(builder, op.source, target, op), target]))


def _reshape(into: Converter, op: Operation, builder: Builder) -> None:
    """The same bytes where both shapes are without padding, or are one line of elements."""
    assert isinstance(op, ReshapeOp)
    before, after = op.source.type, op.result.type
    buffer = into.buffer(op.source, op)
    if before.extents == after.extents:
        into.values[op.result] = buffer
        return
    if not (before.is_valid_static and after.is_valid_static):
        fail(
            "TW0316",
            f"{op.name} of a tile whose valid part only the running program knows has no lowering to pto",
            op,
            help=("fill the tile with tile.fill_pad first",),
        )
    type_ = into.buffers.vector_type(after)
    sizes = [rows * columns for rows, columns in (into.type_of(buffer).extents, type_.extents)]
    lines = [1 in tile.extents for tile in (before, after)]
    padded = [
        rows * columns != tile.extents[0] * tile.extents[1]
        for tile, (rows, columns) in ((before, into.type_of(buffer).extents), (after, type_.extents))
    ]
    if sizes[0] != sizes[1] or (any(padded) and not all(lines)):
        block = load_chip().fractal.row_bytes
        _refuse(op, f"rows are padded to {block} bytes, so its elements lie elsewhere", "use rows of whole blocks")
    into.values[op.result] = into.buffers.view(builder, buffer, type_)


def _set_valid(into: Converter, op: Operation, builder: Builder) -> None:
    assert isinstance(op, SetValidOp)
    tile, buffer = op.result.type, into.buffer(op.source, op)
    type_ = into.buffers.vector_type(tile)
    part = None if tile.is_valid_static else (into.values[op.rows], into.values[op.columns])
    into.values[op.result] = into.cut(builder, buffer, type_, part)


def _fill_pad(into: Converter, op: Operation, builder: Builder) -> None:
    """What is filled reaches to the end of each row of the buffer."""
    assert isinstance(op, FillPadOp)
    source = into.as_row(builder, into.buffer(op.source, op))
    target = into.as_row(builder, into.result(builder, op.result))
    row = into.type_of(target)
    pad = _PADS[op.value.data]
    padded = TileBufType.of(Space.VEC, row.element_type, row.extents, row.valid_extents, None, pad)
    builder.insert(TFillPadOp(operands=[source, into.buffers.view(builder, target, padded)]))


def _transpose(into: Converter, op: Operation, builder: Builder) -> None:
    assert isinstance(op, TransposeOp)
    tile, buffer = op.source.type, into.buffer(op.source, op)
    if 1 in tile.extents:
        # A column has the bytes of a row.
        into.values[op.result] = into.as_row(builder, buffer) if is_column(tile) else into.as_column(builder, buffer)
        if tile.extents == (1, 1):
            into.values[op.result] = buffer
        return
    part = into.buffers.part(buffer)
    source = buffer
    target = into.result(builder, op.result, None if part is None else (part[1], part[0]))
    type_ = into.type_of(source)
    scratch = into.buffers.fresh(builder, type_, "scratch", part)
    builder.insert(TTransOp(operands=[source, scratch, target]))


def _concat(into: Converter, op: Operation, builder: Builder) -> None:
    assert isinstance(op, ConcatOp)
    parts = [into.buffers.part(into.buffer(value, op)) for value in (op.lhs, op.rhs)]
    part = None
    if not op.result.type.is_valid_static:
        number = into.windows.number
        rows = next(each for each in parts if each is not None)[0]
        widths = [
            each[1] if each is not None else number(tile.valid_extents[1])
            for each, tile in zip(parts, (op.lhs.type, op.rhs.type), strict=True)
        ]
        part = rows, add(builder, *widths)
    if any(is_column(tile) for tile in (op.lhs.type, op.rhs.type)):
        _refuse(op, "a column of the chip cannot stand beside another tile", "expand it, or store and load both")
    target = into.result(builder, op.result, part)
    buffers: list[SSAValue] = [into.buffer(op.lhs, op), into.buffer(op.rhs, op), target]
    element = op.result.type.element_type
    if is_unsigned(element):
        # The instruction moves bits, but knows no unsigned elements.
        signless = IntegerType(integer_bits(element))
        buffers = [into.with_element(builder, buffer, signless) for buffer in buffers]
    builder.insert(TConcatOp(operands=buffers))


def _cut(
    into: Converter, builder: Builder, whole: SSAValue, offsets: Sequence[SSAValue], like: SSAValue, op: Operation
) -> SSAValue:
    """The part of a buffer that has the valid extents of another one."""
    type_, part = into.type_of(whole), into.type_of(like)
    if into.buffers.part(like) is not None or into.buffers.part(whole) is not None:
        fail("TW0316", f"{op.name} needs valid parts that are known", op, help=("fill the tile with tile.fill_pad",))
    block = load_chip().fractal.row_bytes * 8 // element_bits(str(type_.element_type))
    start = constant_value(offsets[1])
    is_whole = part.extents[1] == type_.extents[1]
    if not is_whole and (start is None or start % block):
        _refuse(
            op,
            "it starts inside of a block of 32 bytes" if start is not None else "its column is not a constant",
            f"cut at constant columns that are multiples of {block}",
        )
    sizes = part.valid_extents
    subset = SubsetOp(SSAValue.get(whole, type=TileBufType), offsets, sizes)
    return builder.insert(subset).result


def _copy(into: Converter, builder: Builder, source: SSAValue, target: SSAValue) -> None:
    """Copy between rows that are differently far apart, which a move does not do: add nothing to the bits."""
    bits = element_bits(str(into.type_of(source).element_type))
    element = IntegerType(bits)
    one, other = (
        value if into.type_of(value).element_type == element else into.recast(builder, value, element)
        for value in (source, target)
    )
    if bits == 8:
        builder.insert(TOrOp(operands=[one, one, other]))
        return
    zero = builder.insert(arith.ConstantOp(IntegerAttr(0, element))).result
    builder.insert(TAddSOp(operands=[one, zero, other]))


def _extract(into: Converter, op: Operation, builder: Builder) -> None:
    assert isinstance(op, ExtractOp)
    if op.result.type.placement is not Space.VEC:
        cube.extract(into, op, builder)
        return
    offsets = _row_offsets(into, op.source.type, op.offsets)
    source = into.as_row(builder, into.buffer(op.source, op))
    if is_column(op.result.type) and not is_column(op.source.type):
        _refuse(op, "a column of a tile is not a column of the chip", "load the column, or transpose the tile")
    target = into.as_row(builder, into.destination(op, builder))
    _copy(into, builder, _cut(into, builder, source, offsets, target, op), target)


def _insert(into: Converter, op: Operation, builder: Builder) -> None:
    assert isinstance(op, InsertOp)
    if is_column(op.source.type) and not is_column(op.target.type):
        _refuse(op, "a column of a tile is not a column of the chip", "expand it, or store and load both")
    old = into.as_row(builder, into.buffer(op.target, op))
    target = into.as_row(builder, into.result(builder, op.result, into.part(op, op.result, (op.target,))))
    builder.insert(TMovOp(old, target))
    source = into.as_row(builder, into.buffer(op.source, op))
    offsets = _row_offsets(into, op.target.type, op.offsets)
    _copy(into, builder, source, _cut(into, builder, target, offsets, source, op))


def _row_offsets(into: Converter, tile: TileType, offsets: Sequence[SSAValue]) -> list[SSAValue]:
    values = [into.values[offset] for offset in offsets]
    return values[::-1] if is_column(tile) else values


HANDLERS: Mapping[type[Operation], Handler] = {
    ConcatOp: _concat,
    ExpandOp: _expand,
    ExtractOp: _extract,
    FillPadOp: _fill_pad,
    InsertOp: _insert,
    ReshapeOp: _reshape,
    SetValidOp: _set_valid,
    TransposeOp: _transpose,
}
