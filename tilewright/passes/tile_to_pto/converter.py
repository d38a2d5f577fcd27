"""Walks one function and knows what became of each value."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

from xdsl.builder import Builder
from xdsl.dialects import arith, func, scf
from xdsl.dialects.builtin import DYNAMIC_INDEX, IntegerAttr, i1, i16
from xdsl.ir import Attribute, Block, Operation, OpResult, SSAValue
from xdsl.rewriter import InsertPoint

from tilewright.arch.chip import Layout
from tilewright.dialects import pto
from tilewright.dialects.diagnostics import fail
from tilewright.dialects.names import value_name
from tilewright.dialects.pto import TileBufType
from tilewright.dialects.pto.tile_aliases import AliasOp, BitcastOp
from tilewright.dialects.pto.tile_scalar import TExpandSOp
from tilewright.dialects.tile import CompareOp, LoadOp, RingUserOp, TensorType, TileType
from tilewright.passes.building import rename
from tilewright.passes.tile_to_pto.buffers import COLUMN, Buffers, Part, padded_lines
from tilewright.passes.tile_to_pto.windows import Windows

Handler: TypeAlias = "Callable[[Converter, Operation, Builder], None]"
"""Converts one op: appends its `pto` form, and says what its results became."""


class Converter:
    """Converts the body of one function; `values` maps each old value to its new one, a tile to its buffer.

    Args:
        source: a function of the `tile` dialect.
        target: the block that its body goes to.
        handlers: how each op is converted; any other op must know no tiles.
    """

    def __init__(self, source: func.FuncOp, target: Block, handlers: Mapping[type[Operation], Handler]) -> None:
        self.values: dict[SSAValue, SSAValue] = {}
        entry = Builder(InsertPoint.at_end(target))
        self.windows = Windows(entry)
        self.buffers = Buffers(entry, padded_lines(source))
        self.owned: set[SSAValue] = set()
        """Tiles whose buffer no other tile shares."""
        self._done: set[Operation] = set()
        self._handlers = handlers
        for old, new in zip(source.body.block.args, target.args, strict=True):
            rename(new, old.name_hint)
            self.values[old] = new
            if isinstance(old.type, TensorType):
                self.windows.argument(old, new, old.type)

    def convert_block(self, source: Block, builder: Builder) -> None:
        """Append the conversion of all ops of `source`."""
        for op in source.ops:
            before = builder.insertion_point.block.last_op
            self._handlers.get(type(op), Converter.copy)(self, op, builder)
            _stamp(builder.insertion_point.block, before, op)
            self._done.add(op)

    def copy(self, op: Operation, builder: Builder) -> None:
        """An op that knows no tiles."""
        if any(isinstance(value.type, TileType | TensorType) for value in (*op.operands, *op.results)):
            fail("TW0303", f"{op.name} on tiles has no lowering to pto", op)
        clone = op.clone_without_regions(self.values)
        for old_region, new_region in zip(op.regions, clone.regions, strict=True):
            for block in old_region.blocks:
                inner = Block(arg_types=block.arg_types)
                self.values |= dict(zip(block.args, inner.args, strict=True))
                self.convert_block(block, Builder(InsertPoint.at_end(inner)))
                new_region.add_block(inner)
        builder.insert(clone)
        for old, new in zip(op.results, clone.results, strict=True):
            self.values[old] = rename(new, old.name_hint)

    def buffer(self, value: SSAValue, user: Operation) -> SSAValue[TileBufType]:
        """The buffer that holds a tile."""
        buffer = self.values.get(value)
        if buffer is None or not isinstance(buffer.type, pto.TileBufType):
            fail("TW0304", f"{value_name(value)} has no buffer", user)
        return SSAValue.get(buffer, type=TileBufType)

    def result(self, builder: Builder, value: SSAValue, part: Part | None = None) -> SSAValue:
        """A buffer for the tile that an op makes."""
        buffer = self.buffers.tile(builder, value, part)
        self.values[value] = buffer
        self.owned.add(value)
        return buffer

    def updated(self, builder: Builder, result: SSAValue, sources: Sequence[SSAValue], op: Operation) -> SSAValue:
        """A buffer for what an elementwise op makes: that of a source which nothing needs later, or a new one.

        In a loop a tile that was loaded keeps its buffer to itself, so that the next load need not wait for a store.
        """
        if isinstance(result.type, TileType) and result.type.is_valid_static:
            wanted = self.buffers.vector_type(result.type)
            in_loop = isinstance(op.parent_op(), scf.ForOp | scf.WhileOp)
            for source in sources:
                if source not in self.owned or self.values[source].type != wanted:
                    continue
                if self._is_free(source, op) and not (in_loop and isinstance(source.owner, LoadOp)):
                    self.owned.add(result)
                    self.values[result] = self.values[source]
                    return self.values[source]
        return self.result(builder, result, self.part(op, result, sources))

    def _is_free(self, source: SSAValue, op: Operation) -> bool:
        """Whether `op` is the last that needs what the buffer of `source` holds."""
        owner = source.owner
        others = {use.operation for use in source.uses if use.operation is not op}
        if not isinstance(owner, Operation) or owner.parent is not op.parent or not others <= self._done:
            return False
        buffer = storage_of(self.values[source])
        return all(
            other.parent is op.parent
            and not any(storage_of(self.values[each]) is buffer for each in other.results if each in self.values)
            for other in others
        )

    def destination(self, op: RingUserOp, builder: Builder, part: Part | None = None) -> SSAValue:
        """The buffer that the result of `op` lives in: its slot of a ring, or one of its own."""
        if op.ring is None:
            return self.result(builder, op.result, part)
        assert op.slot is not None
        ring = SSAValue.get(self.values[op.ring], type=pto.MultiTileBufType)
        get = builder.insert(pto.MultiTileGetOp(ring, self.values[op.slot]))
        self.values[op.result] = rename(get.result, op.result.name_hint)
        return get.result

    def part(self, op: Operation, result: SSAValue, sources: Sequence[SSAValue]) -> Part | None:
        """The valid part of a result whose type leaves it open: that of the sources that run along the same axis.

        Raises:
            DiagnosticError: TW0316, no source says it.
        """
        tile = result.type
        if not isinstance(tile, TileType) or tile.is_valid_static:
            return None
        return self._extent(op, tile, 0, sources), self._extent(op, tile, 1, sources)

    def _extent(self, op: Operation, tile: TileType, axis: int, sources: Sequence[SSAValue]) -> SSAValue:
        known = tile.valid_extents[axis]
        if known != DYNAMIC_INDEX:
            # A mask has eight elements in a byte.
            return self.windows.number(-(-known // 8) if axis and tile.element_type == i1 else known)
        for source in sources:
            if not isinstance(source.type, TileType) or source.type.extents[axis] != tile.extents[axis]:
                continue
            part = self.buffers.part(self.values[source])
            if source.type.valid_extents[axis] == DYNAMIC_INDEX and part is not None:
                return part[axis]
        fail(
            "TW0316",
            f"{op.name} has no lowering to pto where only the running program knows the valid part of {tile}",
            op,
            help=("fill the tile with tile.fill_pad first, and set its valid part afterwards",),
        )

    def mask_part(self, builder: Builder, op: CompareOp) -> Part | None:
        """The bytes of a mask that are valid, where only the running program knows."""
        whole = TileType.of(op.result.type.extents, i16, None, op.result.type.valid_extents)
        if whole.is_valid_static:
            return None
        rows, columns = (self._extent(op, whole, axis, op.operands) for axis in range(2))
        wide = builder.insert(arith.AddiOp(columns, self.windows.number(7))).result
        return rows, builder.insert(arith.DivUIOp(wide, self.windows.number(8))).result

    def fitted(self, builder: Builder, buffer: SSAValue, like: SSAValue) -> SSAValue:
        """A buffer with the valid part of another one of its shape: instructions ask that they are equal."""
        own, wanted = self.type_of(buffer), self.type_of(like)
        part = self.buffers.part(like)
        if own.valid_extents == wanted.valid_extents and self.buffers.part(buffer) == part:
            return buffer
        layout = TileBufType.of(own.location, own.element_type, own.extents, wanted.valid_extents, _layout(own))
        return self.cut(builder, buffer, layout, part)

    def cut(self, builder: Builder, buffer: SSAValue, type_: TileBufType, part: Part | None) -> SSAValue:
        """A buffer with another valid part. A slot of a ring is copied first: ptoas sets no valid part of one."""
        if part is not None and isinstance(storage_of(buffer).owner, pto.MultiTileGetOp):
            row = self.as_row(builder, buffer)
            copy = self.buffers.fresh(builder, self.type_of(row), buffer.name_hint)
            builder.insert(pto.TMovOp(row, copy))
            buffer = self.buffers.view(builder, copy, self.type_of(buffer))
        return self.buffers.view(builder, buffer, type_, part)

    def row_like(self, builder: Builder, value: SSAValue, like: SSAValue, user: Operation) -> SSAValue:
        """A tile laid out by rows, with the valid part of another buffer."""
        return self.fitted(builder, self.as_row(builder, self.buffer(value, user)), like)

    def column_like(self, builder: Builder, value: SSAValue, like: SSAValue, user: Operation) -> SSAValue:
        """A tile of one number for each row of another buffer, as a column."""
        return self.line_of(builder, self.as_column(builder, self.buffer(value, user)), like, axis=0)

    def line_like(self, builder: Builder, value: SSAValue, like: SSAValue, user: Operation) -> SSAValue:
        """A tile of one number for each column of another buffer, as a row."""
        return self.line_of(builder, self.as_row(builder, self.buffer(value, user)), like, axis=1)

    def line_of(self, builder: Builder, buffer: SSAValue, like: SSAValue, axis: int) -> SSAValue:
        """A column (axis 0), or a row, with as many valid elements as another buffer has rows, or columns."""
        own, extent, part = self.type_of(buffer), self.type_of(like).valid_extents[axis], self.buffers.part(like)
        valid = (extent, 1) if axis == 0 else (1, extent)
        if part is not None:
            one = self.windows.number(1)
            part = (part[0], one) if axis == 0 else (one, part[1])
            valid = (DYNAMIC_INDEX, DYNAMIC_INDEX)
        if own.valid_extents == valid and self.buffers.part(buffer) == part:
            return buffer
        type_ = TileBufType.of(own.location, own.element_type, own.extents, valid, _layout(own))
        return self.cut(builder, buffer, type_, part)

    def filled_bytes(self, builder: Builder, type_: TileBufType, byte: int, part: Part | None) -> SSAValue:
        """A buffer of elements of 8 bits that all have one value."""
        buffer = self.buffers.fresh(builder, type_, "bytes", part)
        self.fill_bytes(builder, buffer, byte)
        return buffer

    def fill_bytes(self, builder: Builder, buffer: SSAValue, byte: int) -> None:
        """Fill all of a buffer of elements of 8 bits."""
        pair = IntegerAttr(byte * 257 - (byte >> 7 << 16), i16)
        self.fill_pairs(builder, buffer, builder.insert(arith.ConstantOp(pair)).result)

    def fill_pairs(self, builder: Builder, buffer: SSAValue, pair: SSAValue) -> None:
        """Fill all of a buffer of elements of 8 bits with an i16, which is two of them."""
        rows, columns = self.type_of(buffer).extents
        words = TileBufType.of(self.type_of(buffer).location, i16, (rows, columns // 2))
        builder.insert(TExpandSOp(operands=[pair, self.buffers.view(builder, buffer, words)]))

    def type_of(self, buffer: SSAValue) -> TileBufType:
        """The type of a value that is a buffer."""
        assert isinstance(buffer.type, TileBufType)
        return buffer.type

    def with_element(self, builder: Builder, buffer: SSAValue, element: Attribute) -> SSAValue:
        """The bytes of a buffer as elements of another type of the same size."""
        type_ = self.type_of(buffer)
        other = TileBufType.of(type_.location, element, type_.extents, type_.valid_extents, _layout(type_))
        return self.buffers.view(builder, buffer, other, self.buffers.part(buffer))

    def recast(self, builder: Builder, buffer: SSAValue, element: Attribute) -> SSAValue:
        """A buffer, or a part of one, with elements of another type of the same size."""
        type_ = self.type_of(buffer)
        parameters = list(type_.parameters)
        parameters[1] = element
        return builder.insert(BitcastOp(buffer, TileBufType.new(parameters))).result

    def as_row(self, builder: Builder, buffer: SSAValue) -> SSAValue:
        """A column as the row of the same bytes; what is laid out by rows stays."""
        type_ = self.type_of(buffer)
        if type_.blayout.data == "row_major":
            return buffer
        (rows, columns), (valid_rows, valid_columns) = type_.extents, type_.valid_extents
        part = self.buffers.part(buffer)
        row = TileBufType.of(type_.location, type_.element_type, (columns, rows), (valid_columns, valid_rows))
        return self.buffers.view(builder, buffer, row, None if part is None else (part[1], part[0]))

    def as_column(self, builder: Builder, buffer: SSAValue) -> SSAValue:
        """A row of one number, or a column, as a column."""
        type_ = self.type_of(buffer)
        if type_.blayout.data == "col_major":
            return buffer
        (rows, columns), (valid_rows, valid_columns) = type_.extents, type_.valid_extents
        part = self.buffers.part(buffer)
        column = TileBufType.of(
            type_.location, type_.element_type, (columns, rows), (valid_columns, valid_rows), COLUMN
        )
        return self.buffers.view(builder, buffer, column, None if part is None else (part[1], part[0]))


def storage_of(buffer: SSAValue) -> SSAValue:
    """What a buffer is a view of."""
    while isinstance(buffer, OpResult) and isinstance(buffer.op, AliasOp):
        buffer = buffer.op.source
    return buffer


def _layout(tile: TileBufType) -> Layout:
    return Layout("", tile.blayout.data, tile.slayout.data, tile.fractal.value.data)


def _stamp(block: Block, before: Operation | None, source: Operation) -> None:
    """Give what was appended after `before` the location of the op that it comes from."""
    current = block.first_op if before is None else before.next_op
    while current is not None:
        current.location = source.location
        current = current.next_op
