"""`lower-pipeline`: pipelines become loops over iterations whose tiles take numbered slots of rings."""

from __future__ import annotations

from dataclasses import dataclass

from xdsl.builder import Builder
from xdsl.context import Context
from xdsl.dialects import arith, scf
from xdsl.dialects.builtin import IndexType, ModuleOp
from xdsl.ir import Block, Operation, SSAValue
from xdsl.passes import ModulePass
from xdsl.rewriter import InsertPoint, Rewriter

from tilewright.dialects.constants import constant_value
from tilewright.dialects.tile import PipelineOp, RingOp, RingType
from tilewright.passes.analysis.rings import RING, SLOTS, RingGroup, rings_of
from tilewright.passes.building import (
    add,
    index_constant,
    rename,
    replace_uses,
)


def _outermost(op: Operation) -> Operation:
    """The loop around `op` that is nested in no other loop; `op` itself when there is none."""
    found = op
    parent = op.parent_op()
    while parent is not None:
        if isinstance(parent, PipelineOp | scf.ForOp):
            found = parent
        parent = parent.parent_op()
    return found


def _trip_count(builder: Builder, loop: PipelineOp) -> SSAValue:
    """The number of iterations: ceil((upper - lower) / step), not more than zero for an empty range."""
    bounds = [constant_value(bound) for bound in (loop.lb, loop.ub, loop.step)]
    lower, upper, step = bounds
    if lower is not None and upper is not None and step is not None:
        return index_constant(builder, max(0, -(-(upper - lower) // step)))
    distance = builder.insert(arith.SubiOp(loop.ub, loop.lb)).result
    rounding = builder.insert(arith.SubiOp(loop.step, index_constant(builder, 1))).result
    padded = builder.insert(arith.AddiOp(distance, rounding)).result
    return rename(builder.insert(arith.DivSIOp(padded, loop.step)).result, "trips")


class _Slots:
    """The slot numbers of one loop body, each computed once, before everything else in the body."""

    def __init__(self, constants: Builder, body: Builder, iteration: SSAValue) -> None:
        self._constants = constants
        self._body = body
        self._iteration = iteration
        self._known: dict[tuple[int, int, int], SSAValue] = {}
        self._numbers: dict[int, SSAValue] = {}

    def of(self, group: RingGroup, position: int) -> SSAValue:
        """The slot of one member: its use number modulo the number of slots."""
        key = (group.slots, len(group.members), position)
        if key not in self._known:
            self._known[key] = self._compute(group, position)
        return self._known[key]

    def _compute(self, group: RingGroup, position: int) -> SSAValue:
        members, own = len(group.members), group.own_slots
        if own is not None:
            # Each member has slots of its own: it is enough to count iterations.
            first = self._first_of_turn(group) if members > 1 else self._turn(own)
            return add(self._body, first, self._number(position))
        use = add(self._body, self._use_of_iteration(members), self._number(position))
        return self._body.insert(arith.RemUIOp(use, self._number(group.slots))).result

    def _first_of_turn(self, group: RingGroup) -> SSAValue:
        key = (group.slots, len(group.members), 0)
        if key not in self._known:
            turn = self._turn(group.slots // len(group.members))
            scaled = arith.MuliOp(turn, self._number(len(group.members)))
            self._known[key] = self._body.insert(scaled).result
        return self._known[key]

    def _turn(self, own: int) -> SSAValue:
        key = (own, 1, 0)
        if key not in self._known:
            turn = arith.RemUIOp(self._iteration, self._number(own))
            self._known[key] = rename(self._body.insert(turn).result, "turn")
        return self._known[key]

    def _use_of_iteration(self, members: int) -> SSAValue:
        if members == 1:
            return self._iteration
        key = (0, members, 0)
        if key not in self._known:
            use = arith.MuliOp(self._iteration, self._number(members))
            self._known[key] = rename(self._body.insert(use).result, "use")
        return self._known[key]

    def _number(self, value: int) -> SSAValue:
        if value not in self._numbers:
            self._numbers[value] = index_constant(self._constants, value)
        return self._numbers[value]


def _bind(group: RingGroup, rings: Builder, slots: _Slots) -> None:
    """Give the members of a group their slots of one new ring; a member alone with one slot needs none."""
    name = group.name
    for op in group.members:
        op.attributes.pop(SLOTS, None)
        op.attributes.pop(RING, None)
    if group.own_slots == 1:
        return
    ring = rings.insert(RingOp(RingType.of(group.slots, group.tile)))
    ring.location = group.members[0].location
    rename(ring.result, f"{name}_ring")
    for position, op in enumerate(group.members):
        slot = rename(slots.of(group, position), f"{op.result.name_hint or 'tile'}_slot")
        bound = op.bound_to(ring.result, slot)
        bound.location = op.location
        Rewriter.insert_op(bound, InsertPoint.before(op))
        replace_uses(op.result, bound.result)
        Rewriter.erase_op(op)


def _lower(loop: PipelineOp) -> None:
    """Replace one pipeline by a loop that counts iterations."""
    outer = Builder(InsertPoint.before(loop))
    zero, one = index_constant(outer, 0), index_constant(outer, 1)
    trips = _trip_count(outer, loop)
    old = loop.body.block
    body = Block(arg_types=[IndexType(), *(value.type for value in loop.iter_args)])
    iteration = rename(body.args[0], "i")
    for argument, carried in zip(body.args[1:], old.args[1:], strict=True):
        rename(argument, carried.name_hint)
    head = Builder(InsertPoint.at_end(body))
    rings = Builder(InsertPoint.before(_outermost(loop)))
    slots = _Slots(outer, head, iteration)
    for group in rings_of(loop):
        _bind(group, rings, slots)
    position = add(head, loop.lb, _scaled(head, iteration, loop.step))
    rename(position, old.args[0].name_hint)
    Rewriter.inline_block(old, InsertPoint.at_end(body), [position, *body.args[1:]])
    terminator = body.last_op
    assert terminator is not None
    Rewriter.insert_op(scf.YieldOp(*terminator.operands), InsertPoint.before(terminator))
    Rewriter.erase_op(terminator)
    counted = scf.ForOp(zero, trips, one, loop.iter_args, body)
    counted.location = loop.location
    Rewriter.insert_op(counted, InsertPoint.before(loop))
    for result, new in zip(loop.results, counted.results, strict=True):
        replace_uses(result, new)
    Rewriter.erase_op(loop)


def _scaled(builder: Builder, iteration: SSAValue, step: SSAValue) -> SSAValue:
    if constant_value(step) == 1:
        return iteration
    return builder.insert(arith.MuliOp(iteration, step)).result


@dataclass(frozen=True)
class LowerPipelinePass(ModulePass):
    """Make the buffers of pipelines explicit.

    Requires: tiles in pipelines are placed.
    Ensures: no `tile.pipeline` is left; loads and moves that take turns are bound to a slot of a `tile.ring`,
    numbered by the iteration, so that the code is the same for every number of stages; start, step and trip count may
    be anything.

    An op whose ring would have one slot is left without a ring: it has a buffer of its own.
    """

    name = "lower-pipeline"

    def apply(self, ctx: Context, op: ModuleOp) -> None:
        pipelines = [inner for inner in op.walk() if isinstance(inner, PipelineOp)]
        for loop in reversed(pipelines):
            _lower(loop)
