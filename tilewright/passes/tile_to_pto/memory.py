"""Loads, stores, and single elements."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from xdsl.builder import Builder
from xdsl.dialects import arith
from xdsl.dialects.builtin import DYNAMIC_INDEX, BFloat16Type, UnrealizedConversionCastOp, i16
from xdsl.ir import Attribute, Operation, SSAValue

from tilewright.arch.chip import element_bits, load_chip
from tilewright.dialects.diagnostics import fail
from tilewright.dialects.names import value_name
from tilewright.dialects.pto import TileBufType, TLoadOp, TStoreOp
from tilewright.dialects.pto.conversion import TGetValOp
from tilewright.dialects.pto.expansion import TRowExpandOp
from tilewright.dialects.pto.modes import AtomicType, AtomicTypeAttr
from tilewright.dialects.pto.pointers import LoadScalarOp, StoreScalarOp
from tilewright.dialects.pto.reduction import TRowMaxOp
from tilewright.dialects.spaces import Space
from tilewright.dialects.tile import (
    DimOp,
    LoadOp,
    ReadOp,
    StoreOp,
    TensorReshapeOp,
    TensorType,
    TileType,
    ViewOp,
    WriteOp,
)
from tilewright.passes.building import add, rename
from tilewright.passes.tile_to_pto.buffers import is_column
from tilewright.passes.tile_to_pto.converter import Converter, Handler
from tilewright.passes.tile_to_pto.windows import Matrix, Memory


def _values(into: Converter, values: Sequence[SSAValue]) -> list[SSAValue]:
    return [into.values[value] for value in values]


def _load(into: Converter, op: Operation, builder: Builder) -> None:
    """A window of global memory into a buffer."""
    assert isinstance(op, LoadOp)
    tile = op.result.type
    part = None
    if op.rows is not None:
        assert op.columns is not None
        part = into.values[op.rows], into.values[op.columns]
    buffer = into.destination(op, builder, part)
    memory = into.windows.memory(op.source, op)
    matrix = _matrix(into, op, builder, memory, tile)
    if tile.placement is Space.MAT:
        into.windows.check_row_stride(memory, matrix, op)
    if is_column(tile) and tile.placement is Space.VEC and not matrix.swapped:
        _load_column(into, op, builder, memory, matrix, buffer)
        return
    target = into.as_row(builder, buffer) if matrix.swapped else buffer
    builder.insert(TLoadOp(_window(into, builder, memory, matrix, target, op.result), target))


def _matrix(into: Converter, op: LoadOp | StoreOp, builder: Builder, memory: Memory, tile: TileType) -> Matrix:
    """What a tile is loaded from, or stored to; the fractals of the cube unit keep a column a column."""
    offsets, in_rows = _values(into, op.offsets), tile.placement is Space.VEC
    return into.windows.matrix(builder, memory, offsets, op.window, op, swaps=in_rows)


def _window(
    into: Converter, builder: Builder, memory: Memory, matrix: Matrix, buffer: SSAValue, tile: SSAValue
) -> SSAValue:
    """The window that goes with the valid part of a buffer."""
    type_ = buffer.type
    assert isinstance(type_, TileBufType)
    part = into.buffers.part(buffer)
    sizes = part or tuple(into.windows.number(extent) for extent in type_.valid_extents)
    turned = isinstance(tile.owner, LoadOp) and tile.owner.is_transposed
    window = into.windows.window(builder, memory, matrix, type_.valid_extents, sizes, turned)
    return rename(window, f"{tile.name_hint or 'tile'}_gm")


def _narrow_rows(into: Converter, builder: Builder, column: SSAValue, at: Operation) -> SSAValue:
    """A buffer that has one element of a column in each of its rows."""
    type_ = column.type
    assert isinstance(type_, TileBufType)
    rows = type_.valid_extents[0]
    if rows == DYNAMIC_INDEX:
        fail("TW0316", f"{at.name} of a column of a matrix needs a valid part that is known", at)
    block = load_chip().fractal.row_bytes * 8 // element_bits(str(type_.element_type))
    narrow = TileBufType.of(Space.VEC, type_.element_type, (rows, block), (rows, 1))
    return into.buffers.fresh(builder, narrow, column.name_hint)


def _load_column(
    into: Converter, op: LoadOp, builder: Builder, memory: Memory, matrix: Matrix, column: SSAValue
) -> None:
    """A column whose elements are apart in memory: each becomes a row, then the largest of each row is taken."""
    narrow = _narrow_rows(into, builder, column, op)
    builder.insert(TLoadOp(_window(into, builder, memory, matrix, narrow, op.result), narrow))
    element = op.result.type.element_type
    if element_bits(str(element)) not in (16, 32):
        fail("TW0314", f"a column of {element} cannot be collected from rows", op, help=("load whole rows",))
    if isinstance(element, BFloat16Type):
        narrow, column = (into.with_element(builder, each, i16) for each in (narrow, column))
    scratch = into.buffers.fresh(builder, into.type_of(narrow), "scratch")
    builder.insert(TRowMaxOp(operands=[narrow, scratch, column]))


def _store(into: Converter, op: Operation, builder: Builder) -> None:
    """A buffer into a window of global memory."""
    assert isinstance(op, StoreOp)
    tile = op.tile.type
    buffer: SSAValue = into.buffer(op.tile, op)
    memory = into.windows.memory(op.target, op)
    matrix = _matrix(into, op, builder, memory, tile)
    if matrix.swapped:
        buffer = into.as_row(builder, buffer)
    elif is_column(tile) and tile.placement is Space.VEC:
        narrow = _narrow_rows(into, builder, buffer, op)
        builder.insert(TRowExpandOp(operands=[buffer, narrow]))
        buffer = narrow
    store = TStoreOp(buffer, _window(into, builder, memory, matrix, buffer, op.tile))
    if op.atomic is not None:
        store.atomic = AtomicTypeAttr(AtomicType.ADD)
    builder.insert(store)


def _read(into: Converter, op: Operation, builder: Builder) -> None:
    """One element of a tensor or a tile."""
    assert isinstance(op, ReadOp)
    indices = _values(into, op.indices)
    element = op.source.type.element_type
    if isinstance(op.source.type, TensorType):
        memory = into.windows.memory(op.source, op)
        place = into.windows.element(builder, memory, indices)
        read = builder.insert(LoadScalarOp(operands=[memory.pointer, place], result_types=[element]))
        into.values[op.result] = rename(_same_bits(builder, read.result, op.result.type), op.result.name_hint)
        return
    assert isinstance(op.source.type, TileType)
    buffer: SSAValue = into.buffer(op.source, op)
    row, column = indices if not is_column(op.source.type) else (into.windows.number(0), indices[0])
    width = into.type_of(into.as_row(builder, buffer)).extents[1]
    start = builder.insert(arith.MuliOp(row, into.windows.number(width))).result
    if element != op.result.type:
        # The instruction gives no number of an unsigned type.
        buffer = into.recast(builder, buffer, op.result.type)
    get = TGetValOp(operands=[buffer, add(builder, start, column)], result_types=[op.result.type])
    into.values[op.result] = rename(builder.insert(get).dst, op.result.name_hint)


def _same_bits(builder: Builder, value: SSAValue, type_: Attribute) -> SSAValue:
    """A number with the sign that a type gives it.

    In pto a single element of global memory has the type of its memory, and `arith` computes with no unsigned type.
    """
    if value.type == type_:
        return value
    return builder.insert(UnrealizedConversionCastOp(operands=[[value]], result_types=[[type_]])).results[0]


def _write(into: Converter, op: Operation, builder: Builder) -> None:
    """Change one element of a tensor."""
    assert isinstance(op, WriteOp)
    memory = into.windows.memory(op.target, op)
    place = into.windows.element(builder, memory, _values(into, op.indices))
    value = _same_bits(builder, into.values[op.value], op.target.type.element_type)
    builder.insert(StoreScalarOp(operands=[memory.pointer, place, value]))


def _view(into: Converter, op: Operation, builder: Builder) -> None:
    assert isinstance(op, ViewOp)
    into.windows.part(builder, op.result, op.source, _values(into, op.offsets), op)


def _reshape(into: Converter, op: Operation, builder: Builder) -> None:
    assert isinstance(op, TensorReshapeOp)
    into.windows.reshaped(builder, op.result, op.source, op.result.type.extents, op)


def _dimension(into: Converter, op: Operation, builder: Builder) -> None:
    del builder
    assert isinstance(op, DimOp)
    extent = op.source.type.extents[op.axis_number]
    if extent == DYNAMIC_INDEX:
        fail("TW0314", f"an extent of {value_name(op.source)} is known only when the program runs", op)
    into.values[op.result] = into.windows.number(extent)


HANDLERS: Mapping[type[Operation], Handler] = {
    DimOp: _dimension,
    LoadOp: _load,
    ReadOp: _read,
    StoreOp: _store,
    TensorReshapeOp: _reshape,
    ViewOp: _view,
    WriteOp: _write,
}
