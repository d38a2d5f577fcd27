"""Loops and branches: scalars are carried on, a tile stays in one buffer that each iteration writes.

A tile in Vec that a loop carries has a buffer of its own. What comes in is moved there, unless nothing else needs it,
and so is what an iteration hands on. An accumulator is never copied: the loop has to update it in place.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from xdsl.builder import Builder
from xdsl.dialects import scf
from xdsl.ir import Block, Operation, OpResult, Region, SSAValue
from xdsl.rewriter import InsertPoint

from tilewright.dialects.diagnostics import fail
from tilewright.dialects.names import value_name
from tilewright.dialects.pto import TMovOp
from tilewright.dialects.spaces import Space
from tilewright.dialects.tile import TileType
from tilewright.passes.building import rename
from tilewright.passes.tile_to_pto.accumulators import check_carried, check_joined, check_single_use
from tilewright.passes.tile_to_pto.converter import Converter, Handler, storage_of


def _is_tile(value: SSAValue) -> bool:
    return isinstance(value.type, TileType)


def _is_in_vec(value: SSAValue) -> bool:
    return isinstance(value.type, TileType) and value.type.placement is Space.VEC


def _is_in_acc(value: SSAValue) -> bool:
    return isinstance(value.type, TileType) and value.type.placement is Space.ACC


def _scalars(into: Converter, values: Sequence[SSAValue]) -> list[SSAValue]:
    return [into.values[value] for value in values if not _is_tile(value)]


def _check_static(value: SSAValue, op: Operation) -> None:
    if isinstance(value.type, TileType) and not value.type.is_valid_static:
        fail(
            "TW0316",
            f"{op.name} hands on {value_name(value)}, whose valid part only the running program knows",
            op,
            help=("fill the tile with tile.fill_pad, carry it whole, and set its valid part where it is used",),
        )


def _carried_buffer(into: Converter, builder: Builder, start: SSAValue, op: Operation) -> SSAValue:
    """The buffer of a tile that a loop carries: that of its start where nobody else needs it, else a copy."""
    _check_static(start, op)
    buffer = into.buffer(start, op)
    is_local = isinstance(start, OpResult) and start.op.parent is op.parent
    if is_local and start in into.owned and start.has_one_use():
        return buffer
    carried = into.buffers.fresh(builder, buffer.type, start.name_hint)
    _move(into, builder, buffer, carried)
    return carried


def _move(into: Converter, builder: Builder, source: SSAValue, target: SSAValue) -> None:
    builder.insert(TMovOp(into.as_row(builder, source), into.as_row(builder, target)))


def _hand_on(into: Converter, builder: Builder, values: Sequence[SSAValue], targets: Sequence[SSAValue]) -> None:
    """Move tiles into the buffers that carry them, all at once: tiles may change places."""
    pairs = [(into.values[value], target) for value, target in zip(values, targets, strict=True)]
    pairs = [(source, target) for source, target in pairs if source is not target]
    written = {storage_of(target) for _, target in pairs}
    kept: list[tuple[SSAValue, SSAValue]] = []
    for source, target in pairs:
        if len(pairs) > 1 and storage_of(source) in written:
            aside = into.buffers.fresh(builder, into.type_of(source), source.name_hint)
            _move(into, builder, source, aside)
            kept.append((aside, target))
        else:
            kept.append((source, target))
    for source, target in kept:
        _move(into, builder, source, target)


class _Carried:
    """The tiles that a loop carries, by position."""

    def __init__(self, into: Converter, op: Operation, builder: Builder, starts: Sequence[SSAValue]) -> None:
        self._into = into
        self._op = op
        self.positions = [position for position, value in enumerate(starts) if _is_tile(value)]
        self.buffers = {
            position: _carried_buffer(into, builder, starts[position], op)
            if _is_in_vec(starts[position])
            else self._accumulator(starts[position], position)
            for position in self.positions
        }

    def _accumulator(self, start: SSAValue, position: int) -> SSAValue:
        check_single_use(start, self._op, self._op.results[position])
        return self._into.buffer(start, self._op)

    def bind(self, values: Sequence[SSAValue]) -> None:
        """These values are in the buffers that are carried."""
        for position in self.positions:
            self._into.values[values[position]] = self.buffers[position]

    def hand_on(self, builder: Builder, values: Sequence[SSAValue]) -> None:
        """Bring what an iteration yields into the buffers."""
        movable = [position for position in self.positions if _is_in_vec(values[position])]
        for position in self.positions:
            if position not in movable and isinstance(self._op, scf.ForOp):
                same = self._into.values[values[position]] is self.buffers[position]
                check_carried(self._op, position, same)
        _hand_on(
            self._into,
            builder,
            [values[position] for position in movable],
            [self.buffers[position] for position in movable],
        )


def _inner_block(into: Converter, old: Block, always: int) -> Block:
    """A block that takes the scalars of another one; the first `always` arguments are scalars."""
    scalars = [arg for arg in old.args if arg.index < always or not _is_tile(arg)]
    block = Block(arg_types=[arg.type for arg in scalars])
    for arg, new in zip(scalars, block.args, strict=True):
        into.values[arg] = rename(new, arg.name_hint)
    return block


def _bind_scalars(into: Converter, old: Operation, new: Operation) -> None:
    scalars = [result for result in old.results if not _is_tile(result)]
    for result, replacement in zip(scalars, new.results, strict=True):
        into.values[result] = rename(replacement, result.name_hint)


def _loop(into: Converter, op: Operation, builder: Builder) -> None:
    assert isinstance(op, scf.ForOp)
    old = op.body.block
    carried = _Carried(into, op, builder, op.iter_args)
    body = _inner_block(into, old, 1)
    carried.bind(old.args[1:])
    inside = Builder(InsertPoint.at_end(body))
    terminator = old.last_op
    assert isinstance(terminator, scf.YieldOp)
    into.convert_block(old, inside)
    carried.hand_on(inside, terminator.operands)
    inside.insert(scf.YieldOp(*_scalars(into, terminator.operands)))
    first, end, step = into.values[op.lb], into.values[op.ub], into.values[op.step]
    new = builder.insert(scf.ForOp(first, end, step, _scalars(into, op.iter_args), body))
    carried.bind(op.results)
    into.owned.update(op.results)
    _bind_scalars(into, op, new)


def _while(into: Converter, op: Operation, builder: Builder) -> None:
    """The tiles of the condition go on into the body and out of the loop in the buffers that carry them."""
    assert isinstance(op, scf.WhileOp)
    first, second = op.before_region.block, op.after_region.block
    condition, terminator = first.last_op, second.last_op
    assert isinstance(condition, scf.ConditionOp)
    assert isinstance(terminator, scf.YieldOp)
    carried = _Carried(into, op, builder, op.arguments)
    before = _inner_block(into, first, 0)
    carried.bind(first.args)
    inside = Builder(InsertPoint.at_end(before))
    into.convert_block(first, inside)
    handed = [value for value in condition.args if _is_tile(value)]
    for value in handed:
        _check_static(value, op)
    rooms = [into.values[value] for value in handed]
    if len(set(rooms)) < len(rooms) or not set(rooms) <= set(carried.buffers.values()):
        # What the condition computes is handed on in buffers of its own.
        rooms = [into.buffers.fresh(builder, into.buffer(value, op).type, value.name_hint) for value in handed]
        _hand_on(into, inside, handed, rooms)
    inside.insert(scf.ConditionOp(into.values[condition.condition], *_scalars(into, condition.args)))
    after = _inner_block(into, second, 0)
    for values in (second.args, op.results):
        into.values.update(zip([value for value in values if _is_tile(value)], rooms, strict=True))
    inside = Builder(InsertPoint.at_end(after))
    into.convert_block(second, inside)
    carried.hand_on(inside, terminator.operands)
    inside.insert(scf.YieldOp(*_scalars(into, terminator.operands)))
    types = [result.type for result in op.results if not _is_tile(result)]
    new = builder.insert(scf.WhileOp(_scalars(into, op.arguments), types, Region(before), Region(after)))
    into.owned.update(op.results)
    _bind_scalars(into, op, new)


def _branch(into: Converter, op: Operation, builder: Builder) -> None:
    assert isinstance(op, scf.IfOp)
    tiles = [position for position, result in enumerate(op.results) if _is_tile(result)]
    for position in tiles:
        _check_static(op.results[position], op)
        if _is_in_vec(op.results[position]):
            into.result(builder, op.results[position])
        elif not _is_in_acc(op.results[position]):
            fail("TW0303", f"{op.name} on tiles outside of vec and acc has no lowering to pto", op)
    moved = [position for position in tiles if _is_in_vec(op.results[position])]
    targets = [into.values[op.results[position]] for position in moved]
    regions: list[Region] = []
    for region in op.regions:
        if not region.blocks:
            regions.append(Region())
            continue
        block = Block()
        inside = Builder(InsertPoint.at_end(block))
        into.convert_block(region.block, inside)
        terminator = region.block.last_op
        assert isinstance(terminator, scf.YieldOp)
        _hand_on(into, inside, [terminator.operands[position] for position in moved], targets)
        inside.insert(scf.YieldOp(*_scalars(into, terminator.operands)))
        regions.append(Region(block))
    _join_accumulators(into, op, [position for position in tiles if position not in moved])
    types = [result.type for result in op.results if not _is_tile(result)]
    new = builder.insert(scf.IfOp(into.values[op.cond], types, regions[0], regions[1]))
    _bind_scalars(into, op, new)


def _join_accumulators(into: Converter, op: scf.IfOp, positions: Sequence[int]) -> None:
    """What a branch hands on is in the buffer that both of its arms have updated."""
    taken: dict[SSAValue, int] = {}
    for position in positions:
        buffers: list[SSAValue] = []
        for region in op.regions:
            terminator = region.block.last_op
            assert terminator is not None
            check_single_use(terminator.operands[position], terminator, op.results[position])
            buffers.append(into.buffer(terminator.operands[position], op))
        check_joined(op, position, buffers, taken)
        into.values[op.results[position]] = buffers[0]


def _terminator(into: Converter, op: Operation, builder: Builder) -> None:
    """The loop or branch around it sees to what is handed on; other ops know no tiles."""
    if not isinstance(op.parent_op(), scf.ForOp | scf.IfOp | scf.WhileOp):
        into.copy(op, builder)


HANDLERS: Mapping[type[Operation], Handler] = {
    scf.ConditionOp: _terminator,
    scf.ForOp: _loop,
    scf.IfOp: _branch,
    scf.WhileOp: _while,
    scf.YieldOp: _terminator,
}
