"""`convert-tile-to-pto`: tiles become buffers, values become destinations."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from xdsl.builder import Builder
from xdsl.context import Context
from xdsl.dialects import func, scf
from xdsl.dialects.builtin import ModuleOp, StringAttr, UnitAttr
from xdsl.ir import Block, Operation, Region, SSAValue
from xdsl.passes import ModulePass
from xdsl.rewriter import InsertPoint, Rewriter

from tilewright.dialects import pto, tile
from tilewright.dialects.diagnostics import fail
from tilewright.dialects.names import value_name
from tilewright.dialects.pto import (
    KernelKind,
    KernelKindAttr,
    PtrType,
    TExtractOp,
    TLoadOp,
    TMatmulAccOp,
    TMatmulOp,
    TMovOp,
    TStoreOp,
)
from tilewright.dialects.task import is_orchestration
from tilewright.dialects.tile import (
    EmptyOp,
    ExtractOp,
    FullOp,
    LoadOp,
    MatmulOp,
    MoveOp,
    PipelineOp,
    RingOp,
    RingUserOp,
    StoreOp,
    TensorType,
    TileType,
)
from tilewright.passes.building import rename
from tilewright.passes.tile_to_pto.accumulators import check_carried, check_single_use
from tilewright.passes.tile_to_pto.buffers import Buffers
from tilewright.passes.tile_to_pto.windows import Windows


class _FunctionConverter:
    """Converts the body of one function; `values` maps each old value to its new one, a tile to its buffer."""

    def __init__(self, source: func.FuncOp, target: Block) -> None:
        self.values: dict[SSAValue, SSAValue] = {}
        entry = Builder(InsertPoint.at_end(target))
        self.windows = Windows(entry)
        self.buffers = Buffers()
        self._bind_arguments(source, target)

    def _bind_arguments(self, source: func.FuncOp, target: Block) -> None:
        for old, new in zip(source.body.block.args, target.args, strict=True):
            rename(new, old.name_hint)
            self.values[old] = self.windows.view(new, old.type, old) if isinstance(old.type, TensorType) else new

    def convert_block(self, source: Block, builder: Builder) -> None:
        """Append the conversion of all ops of `source`."""
        for op in source.ops:
            before = builder.insertion_point.block.last_op
            _HANDLERS.get(type(op), _FunctionConverter.copy)(self, op, builder)
            _stamp(builder.insertion_point.block, before, op)

    def copy(self, op: Operation, builder: Builder) -> None:
        """An op that knows no tiles."""
        if any(isinstance(value.type, TileType) for value in (*op.operands, *op.results)):
            fail("TW0303", f"{op.name} on tiles has no lowering to pto", op)
        clone = op.clone_without_regions(self.values)
        for old_region, new_region in zip(op.regions, clone.regions, strict=True):
            for block in old_region.blocks:
                inner = Block(arg_types=block.arg_types)
                self.values |= dict(zip(block.args, inner.args, strict=True))
                self.convert_block(block, Builder(InsertPoint.at_end(inner)))
                new_region.add_block(inner)
        builder.insert(clone)
        self._bind_results(op, clone)

    def _bind_results(self, op: Operation, clone: Operation) -> None:
        for old, new in zip(op.results, clone.results, strict=True):
            self.values[old] = rename(new, old.name_hint)

    def refuse(self, op: Operation, builder: Builder) -> None:
        """An op that an earlier pass should have removed."""
        if isinstance(op, PipelineOp):
            fail("TW0302", "tile.pipeline is still there", op, help=("run lower-pipeline first",))
        fail(
            "TW0303",
            f"{op.name} has no lowering to pto: it can only start an accumulator",
            op,
            help=("run plan-matmul and lower-matmul first",),
        )

    def ring(self, op: Operation, builder: Builder) -> None:
        """A ring becomes several buffers."""
        assert isinstance(op, RingOp)
        self.values[op.result] = self.buffers.ring(builder, op.result)

    def empty(self, op: Operation, builder: Builder) -> None:
        """A tile without contents is just a buffer."""
        assert isinstance(op, EmptyOp)
        self.values[op.result] = self.buffers.tile(builder, op.result)

    def _destination(self, op: RingUserOp, builder: Builder) -> SSAValue:
        """The buffer that the result of `op` lives in: its slot of a ring, or one of its own."""
        if op.ring is not None and op.slot is not None:
            ring = SSAValue.get(self.values[op.ring], type=pto.MultiTileBufType)
            get = builder.insert(pto.MultiTileGetOp(ring, self.values[op.slot]))
            buffer = rename(get.result, op.result.name_hint)
        else:
            buffer = self.buffers.tile(builder, op.result)
        self.values[op.result] = buffer
        return buffer

    def load(self, op: Operation, builder: Builder) -> None:
        """A window of global memory into a buffer."""
        assert isinstance(op, LoadOp)
        buffer = self._destination(op, builder)
        offsets = [self.values[offset] for offset in op.offsets]
        window = self.windows.window(builder, self.values[op.source], offsets, op.result.type.valid_extents)
        rename(window, f"{op.result.name_hint or 'tile'}_gm")
        builder.insert(TLoadOp(window, buffer))

    def store(self, op: Operation, builder: Builder) -> None:
        """A buffer into a window of global memory."""
        assert isinstance(op, StoreOp)
        offsets = [self.values[offset] for offset in op.offsets]
        window = self.windows.window(builder, self.values[op.target], offsets, op.tile.type.valid_extents)
        rename(window, f"{op.tile.name_hint or 'tile'}_gm")
        builder.insert(TStoreOp(self._buffer(op.tile, op), window))

    def move(self, op: Operation, builder: Builder) -> None:
        """Buffer to buffer."""
        assert isinstance(op, MoveOp)
        source = self._buffer(op.source, op)
        builder.insert(TMovOp(source, self._destination(op, builder)))

    def extract(self, op: Operation, builder: Builder) -> None:
        """A window of a buffer to another buffer."""
        assert isinstance(op, ExtractOp)
        source = self._buffer(op.source, op)
        row, column = (self.values[offset] for offset in op.offsets)
        builder.insert(TExtractOp(source, row, column, self._destination(op, builder)))

    def matmul(self, op: Operation, builder: Builder) -> None:
        """One cube instruction per right operand; the accumulator is updated in place."""
        assert isinstance(op, MatmulOp)
        left = self._buffer(op.lhs, op)
        for part, (right, result) in enumerate(zip(op.rhs, op.accs_out, strict=True)):
            factor = self._buffer(right, op)
            if not op.acc:
                target = self.buffers.tile(builder, result)
                builder.insert(TMatmulOp(left, factor, target))
            else:
                acc = op.acc[part]
                check_single_use(acc, op, result)
                target = self._buffer(acc, op)
                self._accumulate(builder, op, left, factor, target)
            self.values[result] = target

    def _accumulate(self, builder: Builder, op: MatmulOp, left: SSAValue, right: SSAValue, target: SSAValue) -> None:
        if op.init is None:
            builder.insert(TMatmulAccOp(target, left, right))
            return
        fresh, onto = Block(), Block()
        Builder(InsertPoint.at_end(fresh)).insert(TMatmulOp(left, right, target))
        Builder(InsertPoint.at_end(onto)).insert(TMatmulAccOp(target, left, right))
        for block in (fresh, onto):
            block.add_op(scf.YieldOp())
        builder.insert(scf.IfOp(self.values[op.init], (), [fresh], [onto]))

    def loop(self, op: Operation, builder: Builder) -> None:
        """A loop carries scalars only: a carried tile is one buffer all along."""
        assert isinstance(op, scf.ForOp)
        old = op.body.block
        tiles = [position for position, value in enumerate(op.iter_args) if isinstance(value.type, TileType)]
        scalars = [position for position in range(len(op.iter_args)) if position not in tiles]
        body = Block(arg_types=[old.args[0].type, *(op.iter_args[position].type for position in scalars)])
        self.values[old.args[0]] = rename(body.args[0], old.args[0].name_hint)
        for index, position in enumerate(scalars):
            argument = old.args[position + 1]
            self.values[argument] = rename(body.args[index + 1], argument.name_hint)
        for position in tiles:
            start = op.iter_args[position]
            check_single_use(start, op, op.results[position])
            self.values[old.args[position + 1]] = self._buffer(start, op)
        with self.buffers.outside(builder):
            self.convert_block(old, Builder(InsertPoint.at_end(body)))
        terminator = body.last_op
        source_terminator = old.last_op
        assert terminator is not None
        assert source_terminator is not None
        for position in tiles:
            carried = self.values[old.args[position + 1]]
            yielded = self.values[source_terminator.operands[position]]
            check_carried(op, position, carried is yielded)
            self.values[op.results[position]] = carried
        new = scf.ForOp(
            self.values[op.lb],
            self.values[op.ub],
            self.values[op.step],
            [self.values[op.iter_args[position]] for position in scalars],
            body,
        )
        builder.insert(new)
        for index, position in enumerate(scalars):
            self.values[op.results[position]] = rename(new.results[index], op.results[position].name_hint)

    def yield_(self, op: Operation, builder: Builder) -> None:
        """Tiles stay where they are; only scalars are passed on."""
        scalars = [self.values[value] for value in op.operands if not isinstance(value.type, TileType)]
        builder.insert(scf.YieldOp(*scalars))

    def _buffer(self, value: SSAValue, user: Operation) -> SSAValue:
        buffer = self.values.get(value)
        if buffer is None or not isinstance(buffer.type, pto.TileBufType):
            fail("TW0304", f"{value_name(value)} has no buffer", user)
        return buffer


def _stamp(block: Block, before: Operation | None, source: Operation) -> None:
    """Give what was appended after `before` the location of the op that it comes from."""
    current = block.first_op if before is None else before.next_op
    while current is not None:
        current.location = source.location
        current = current.next_op


_Handler = Callable[[_FunctionConverter, Operation, Builder], None]

_HANDLERS: Mapping[type[Operation], _Handler] = {
    RingOp: _FunctionConverter.ring,
    EmptyOp: _FunctionConverter.empty,
    LoadOp: _FunctionConverter.load,
    StoreOp: _FunctionConverter.store,
    MoveOp: _FunctionConverter.move,
    ExtractOp: _FunctionConverter.extract,
    MatmulOp: _FunctionConverter.matmul,
    FullOp: _FunctionConverter.refuse,
    PipelineOp: _FunctionConverter.refuse,
    scf.ForOp: _FunctionConverter.loop,
    scf.YieldOp: _FunctionConverter.yield_,
}


_ENTRY = "pto.entry"
"""The attribute of functions that the host launches."""


def convert_function(source: func.FuncOp) -> func.FuncOp:
    """The `pto` form of one function; tensors become pointers."""
    old = source.body.block
    types = [
        PtrType(argument.type.element_type) if isinstance(argument.type, TensorType) else argument.type
        for argument in old.args
    ]
    entry = Block(arg_types=types)
    converter = _FunctionConverter(source, entry)
    converter.convert_block(old, Builder(InsertPoint.at_end(entry)))
    target = func.FuncOp(
        source.sym_name.data,
        (types, source.function_type.outputs.data),
        Region(entry),
        source.sym_visibility,
    )
    target.attributes |= source.attributes
    target.attributes.setdefault("pto.kernel_kind", KernelKindAttr(KernelKind.CUBE))
    target.location = source.location
    return target


@dataclass(frozen=True)
class ConvertTileToPtoPass(ModulePass):
    """Turn placed tiles into buffers without addresses, in destination-passing style.

    Requires: every tile has a space and no `tile.pipeline` is left (TW0302, TW0303).
    Ensures: no op of the `tile` dialect is left; an accumulator is one buffer from its first matmul to its store; no
    buffer is copied that the program did not move. Where a module has several functions and none is marked as an entry,
    all that are converted become entries.
    """

    name = "convert-tile-to-pto"

    def apply(self, ctx: Context, op: ModuleOp) -> None:
        definitions = [
            inner for inner in op.body.block.ops if isinstance(inner, func.FuncOp) and not inner.is_declaration
        ]
        # One function alone is an entry by itself; of several, ptoas launches those that say so.
        silent = len(definitions) > 1 and not any(_ENTRY in function.attributes for function in definitions)
        for function in [each for each in definitions if _has_tiles(each)]:
            kernel = convert_function(function)
            if silent:
                kernel.attributes[_ENTRY] = UnitAttr()
            Rewriter.replace_op(function, kernel, [])
        op.attributes.setdefault("pto.target_arch", StringAttr("a3"))


def _has_tiles(function: func.FuncOp) -> bool:
    """Whether the function is one of ours: it has tensors, or works on tiles. What submits tasks stays as it is."""
    if is_orchestration(function):
        return False
    types = function.function_type.inputs.data
    return any(isinstance(type_, TensorType) for type_ in types) or any(
        op.name.startswith(f"{tile.Tile.name}.") for op in function.walk()
    )
