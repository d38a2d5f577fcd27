"""`unroll-slots`: each slot of a ring becomes a tile of its own, and loop bodies are repeated once per slot."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import prod

from xdsl.builder import Builder
from xdsl.context import Context
from xdsl.dialects import arith, scf
from xdsl.dialects.builtin import IndexType, ModuleOp
from xdsl.ir import Block, Operation, SSAValue
from xdsl.passes import ModulePass
from xdsl.rewriter import InsertPoint, Rewriter

from tilewright.dialects.constants import constant_value
from tilewright.dialects.diagnostics import fail
from tilewright.dialects.names import value_name
from tilewright.dialects.pto import AllocMultiTileOp, AllocTileOp, MultiTileGetOp
from tilewright.passes.analysis.memory_touches import slot_function
from tilewright.passes.building import index_constant, rename, replace_uses

_LONGEST_PERIOD = 64
"""Iterations after which the slots of a loop must repeat; rings have at most as many slots as there are event ids."""

_MOST_MOMENTS = 1 << 16
"""Iterations of a loop that are looked at: a limit of effort."""


def _rotating_gets(loop: scf.ForOp) -> list[MultiTileGetOp]:
    """The accesses under a loop whose slot depends on its iteration."""
    return [op for op in loop.walk() if isinstance(op, MultiTileGetOp) and constant_value(op.slot) is None]


def _period(loop: scf.ForOp, gets: Sequence[MultiTileGetOp]) -> int:
    """The number of iterations after which every slot number repeats."""
    functions = [(get, slot_function(get.slot, loop)) for get in gets]
    for get, function in functions:
        if function is None:
            fail(
                "TW0310",
                f"the slot of {value_name(get.result)} does not follow from the iteration of its loop alone",
                get,
                help=("compile for level 3, where slots are addresses",),
            )
    known = [function for _, function in functions if function is not None]
    certain = max(_certain_period(get.slot) for get in gets)
    if certain > _MOST_MOMENTS:
        fail(
            "TW0310",
            f"the slots of this loop are sure to repeat after {certain} iterations only, more than are looked at "
            f"({_MOST_MOMENTS})",
            loop,
            help=("number the slots by smaller divisors, or compile for level 3, where slots are addresses",),
        )
    moments = range(certain)
    for period in range(1, _LONGEST_PERIOD + 1):
        if all(slot(i) == slot(i + period) for slot in known for i in moments):
            return period
    fail("TW0310", f"the slots of this loop do not repeat within {_LONGEST_PERIOD} iterations", loop)


def _certain_period(slot: SSAValue) -> int:
    """Iterations after which a slot number repeats if it ever does: the product of all its divisors."""
    owner = slot.owner
    if isinstance(owner, Block):
        return 1
    divides = isinstance(owner, arith.DivUIOp | arith.RemUIOp | arith.RemSIOp)
    divisor = constant_value(owner.operands[1]) if divides else None
    return (divisor or 1) * prod(_certain_period(operand) for operand in owner.operands)


class _Unroller:
    """Repeats the body of one loop with slots fixed in each copy."""

    def __init__(self, loop: scf.ForOp, gets: Sequence[MultiTileGetOp]) -> None:
        self._body = loop.body.block
        self._slots = {get: slot_function(get.slot, loop) for get in gets}
        self.period = _period(loop, gets)

    def copy(self, builder: Builder, iteration: SSAValue, turn: int, carried: Sequence[SSAValue]) -> Sequence[SSAValue]:
        """Insert the body for one iteration that is `turn` iterations after the slots repeat; gives what it yields."""
        arguments = (iteration, *carried)
        values: dict[SSAValue, SSAValue] = dict(zip(self._body.args, arguments, strict=True))
        for op in self._body.ops:
            if op is self._body.last_op:
                return [values.get(operand, operand) for operand in op.operands]
            clone = builder.insert(op.clone(values))
            for original, copied in zip(op.walk(), clone.walk(), strict=True):
                copied.location = original.location
                if isinstance(original, MultiTileGetOp) and original in self._slots:
                    self._fix_slot(original, copied, turn)
        return list(carried)

    def _fix_slot(self, original: MultiTileGetOp, copied: Operation, turn: int) -> None:
        function = self._slots[original]
        assert function is not None
        assert isinstance(copied, MultiTileGetOp)
        builder = Builder(InsertPoint.before(copied))
        copied.operands[1] = index_constant(builder, function(turn))


def _unroll(loop: scf.ForOp) -> None:
    gets = _rotating_gets(loop)
    if not gets:
        return
    unroller = _Unroller(loop, gets)
    builder = Builder(InsertPoint.before(loop))
    lower, upper, step = (constant_value(bound) for bound in (loop.lb, loop.ub, loop.step))
    if lower is None or step is None:
        fail("TW0310", "a loop over slots starts and steps by constants", loop)
    stride = index_constant(builder, step * unroller.period)
    middle = _last_whole_turn(builder, loop, lower, upper, step, unroller.period)
    carried = _main_loop(builder, loop, unroller, middle, stride, step)
    if upper is None:
        carried = _remainder_loops(builder, loop, unroller, middle, step, carried)
    else:
        known = constant_value(middle)
        assert known is not None
        for turn, position in enumerate(range(known, upper, step)):
            iteration = index_constant(builder, position)
            carried = unroller.copy(builder, iteration, turn, carried)
    for old, new in zip(loop.results, carried, strict=True):
        replace_uses(old, new)
    Rewriter.erase_op(loop)


def _last_whole_turn(
    builder: Builder, loop: scf.ForOp, lower: int, upper: int | None, step: int, period: int
) -> SSAValue:
    """Where the last whole turn of the rings ends."""
    stride = step * period
    if upper is not None:
        return index_constant(builder, lower + max(0, upper - lower) // stride * stride)
    distance = builder.insert(arith.SubiOp(loop.ub, loop.lb)).result
    if step > 1:
        # The last iteration of a turn may be shorter than a step.
        distance = builder.insert(arith.AddiOp(distance, index_constant(builder, step - 1))).result
    width = index_constant(builder, stride)
    turns = builder.insert(arith.DivSIOp(distance, width)).result
    whole = builder.insert(arith.MuliOp(turns, width)).result
    return builder.insert(arith.AddiOp(loop.lb, whole)).result


def _main_loop(
    builder: Builder,
    loop: scf.ForOp,
    unroller: _Unroller,
    middle: SSAValue,
    stride: SSAValue,
    step: int,
) -> Sequence[SSAValue]:
    if constant_value(middle) == constant_value(loop.lb) is not None:
        return loop.iter_args
    body = Block(arg_types=[IndexType(), *(value.type for value in loop.iter_args)])
    inner = Builder(InsertPoint.at_end(body))
    first = rename(body.args[0], loop.body.block.args[0].name_hint)
    carried: Sequence[SSAValue] = body.args[1:]
    for turn in range(unroller.period):
        iteration = first
        if turn:
            offset = index_constant(inner, turn * step)
            iteration = inner.insert(arith.AddiOp(first, offset)).result
        carried = unroller.copy(inner, iteration, turn, carried)
    inner.insert(scf.YieldOp(*carried))
    main = builder.insert(scf.ForOp(loop.lb, middle, stride, loop.iter_args, body))
    main.location = loop.location
    return main.results


def _remainder_loops(
    builder: Builder,
    loop: scf.ForOp,
    unroller: _Unroller,
    middle: SSAValue,
    step: int,
    carried: Sequence[SSAValue],
) -> Sequence[SSAValue]:
    """The iterations after the last whole turn: a loop for each, which runs once or not at all."""
    start = middle
    for turn in range(unroller.period - 1):
        end = loop.ub
        if turn < unroller.period - 2:
            after = builder.insert(arith.AddiOp(start, index_constant(builder, step))).result
            end = builder.insert(arith.MinSIOp(after, loop.ub)).result
        body = Block(arg_types=[IndexType(), *(value.type for value in carried)])
        inner = Builder(InsertPoint.at_end(body))
        results = unroller.copy(inner, body.args[0], turn, body.args[1:])
        inner.insert(scf.YieldOp(*results))
        rest = builder.insert(scf.ForOp(start, end, loop.step, carried, body))
        rest.location = loop.location
        start, carried = end, rest.results
    return carried


def _split_ring(ring: AllocMultiTileOp) -> None:
    """One tile per slot."""
    builder = Builder(InsertPoint.before(ring))
    tiles: list[SSAValue] = []
    for slot in range(ring.result.type.slots):
        tile = builder.insert(AllocTileOp(ring.result.type.tile))
        tile.location = ring.location
        tiles.append(rename(tile.result, f"{ring.result.name_hint or 'tile'}_{slot}"))
    for use in list(ring.result.uses):
        get = use.operation
        assert isinstance(get, MultiTileGetOp)
        # Where a loop of one iteration is gone, the slot is an expression over constants.
        slot = slot_function(get.slot, None)
        if slot is None:
            fail(
                "TW0310",
                f"the slot of {value_name(get.result)} does not follow from the iteration of a loop around it",
                get,
                help=("compile for level 3, where slots are addresses",),
            )
        get.result.replace_all_uses_with(tiles[slot(0)])
        Rewriter.erase_op(get)
    Rewriter.erase_op(ring)


def _innermost_first(root: Operation) -> Iterator[scf.ForOp]:
    loops = [op for op in root.walk() if isinstance(op, scf.ForOp)]
    yield from reversed(loops)


@dataclass(frozen=True)
class UnrollSlotsPass(ModulePass):
    """Give every slot of a ring a tile of its own, for level 2, where ptoas plans memory and synchronises.

    Requires: slot numbers follow from the iteration of one loop around them (TW0310).
    Ensures: no `pto.alloc_multi_tile` is left; the body of a loop over slots is repeated until the slots repeat;
    iterations that do not fill a whole turn stand after the loop, each in slots of its own.
    """

    name = "unroll-slots"

    def apply(self, ctx: Context, op: ModuleOp) -> None:
        for loop in list(_innermost_first(op)):
            _unroll(loop)
        for ring in [inner for inner in op.walk() if isinstance(inner, AllocMultiTileOp)]:
            _split_ring(ring)
