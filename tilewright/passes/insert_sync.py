"""`insert-sync`: flags between the pipes of a core, as few as the program needs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from xdsl.context import Context
from xdsl.dialects import func, scf
from xdsl.dialects.builtin import ModuleOp
from xdsl.ir import Block, Operation
from xdsl.passes import ModulePass
from xdsl.rewriter import InsertPoint, Rewriter

from tilewright.arch.chip import Pipe, load_chip
from tilewright.dialects.diagnostics import fail, remark
from tilewright.dialects.names import value_name
from tilewright.dialects.pto import BarrierOp, FlagOp
from tilewright.passes.analysis.block_touches import BlockTouches
from tilewright.passes.analysis.event_ids import Demand, assign_ids
from tilewright.passes.analysis.memory_touches import MemoryObject, Touches
from tilewright.passes.analysis.program_order import ProgramOrder, outermost_loop
from tilewright.passes.analysis.sync_graph import Channel, Edge, Pair, reduce_channels
from tilewright.passes.flag_writer import FlagWriter


@dataclass(frozen=True)
class _Placed:
    """A channel of one block that is kept, and the loop around which its flags are raised and awaited in advance."""

    block: BlockTouches
    channel: Channel
    around: Operation | None


class _FunctionSync:
    """Finds the channels of one function, inner loops first."""

    def __init__(self, function: func.FuncOp) -> None:
        self._function = function
        self._touches = Touches(function)
        self.placed: list[_Placed] = []

    def run(self) -> None:
        """Fill `placed`."""
        if self._touches.unknown:
            op = self._touches.unknown[0]
            fail(
                "TW0309",
                f"{value_name(op.results[0])} has no constant address, so it is not known what it overlaps",
                op,
                help=("run plan-memory before insert-sync",),
            )
        for block in self._function.body.blocks:
            self._visit(block, None)

    def _visit(self, block: Block, loop: Operation | None) -> None:
        for op in block.ops:
            for region in op.regions:
                for inner in region.blocks:
                    self._visit(inner, op if isinstance(op, scf.ForOp) else None)
        view = BlockTouches(block, loop, self._touches)
        channels = reduce_channels(view.channels(), list(self._drains(view)), view.wait_can_move, view.items_of)
        for channel in channels:
            around = None
            if channel.carried:
                assert loop is not None
                around = self._hoisted(loop, view.objects[channel.key])
            self.placed.append(_Placed(view, channel, around))

    def _drains(self, view: BlockTouches) -> Iterator[Edge]:
        """What holds at this block because inner loops await their flags after their last iteration."""
        for placed in self.placed:
            if placed.around is not None and placed.around in view.index_of:
                item = view.index_of[placed.around]
                yield (
                    placed.channel.from_pipe,
                    placed.channel.to_pipe,
                    Pair(item, item + 1, 0, item + 1),
                )

    def _hoisted(self, loop: Operation, members: Sequence[MemoryObject]) -> Operation:
        """The outermost loop within which only `loop` touches these objects."""
        found = loop
        parent = loop.parent_op()
        while isinstance(parent, scf.ForOp):
            outside = [
                touch
                for op in parent.body.block.ops
                if op is not found
                for touch in self._touches.under(op)
                if touch.object in members
            ]
            if outside:
                break
            found, parent = parent, parent.parent_op()
        return found


def _demand(placed: _Placed, order: ProgramOrder) -> Demand:
    """How long the channel holds its event ids."""
    channel, view = placed.channel, placed.block
    if placed.around is not None:
        held = outermost_loop(placed.around)
        return Demand(channel.slots, order.first[held], order.last[held])
    ends = [view.items[index] for pair in channel.pairs for index in (pair.source, pair.target)]
    around = [outermost_loop(op) for op in ends] if view.loop is not None else ends
    return Demand(
        channel.slots,
        min(order.first[op] for op in around),
        max(order.last[op] for op in around),
    )


class _EventIds:
    """The first event id of each channel of a function, and the ops that need a barrier before them."""

    def __init__(self, function: func.FuncOp, placed: Sequence[_Placed]) -> None:
        self._function = function
        self._placed = placed
        self._order = ProgramOrder.of(function)
        self.first = [0] * len(placed)
        self.barriers: dict[Operation, None] = {}
        groups: dict[tuple[Pipe, Pipe], list[int]] = {}
        for index, entry in enumerate(placed):
            groups.setdefault((entry.channel.from_pipe, entry.channel.to_pipe), []).append(index)
        for pipes, members in groups.items():
            self._assign(pipes, members)
        for entry in placed:
            # Raised anew in each iteration of an outer loop, after those of the iteration before were awaited.
            if entry.around is not None and outermost_loop(entry.around) is not entry.around:
                self.barriers[entry.around] = None

    def _assign(self, pipes: tuple[Pipe, Pipe], members: Sequence[int]) -> None:
        """Ids of their own for all channels between two pipes; where there are not enough, share with a barrier."""
        available = load_chip().event_ids
        demands = [_demand(self._placed[index], self._order) for index in members]
        ids = assign_ids([replace(demand, start=0, end=0) for demand in demands], available)
        if ids is None:
            ids = self._share(pipes, demands, available)
        for index, id_ in zip(members, ids, strict=True):
            self.first[index] = id_

    def _share(self, pipes: tuple[Pipe, Pipe], demands: Sequence[Demand], available: int) -> Sequence[int]:
        """Let channels that follow each other use the same ids."""
        ids = assign_ids(demands, available)
        needed = sum(demand.count for demand in demands)
        if ids is None:
            fail(
                "TW0308",
                f"{pipes[0]} to {pipes[1]} needs {needed} event ids, and there are {available}",
                self._function,
                help=("use fewer slots: each slot of a ring takes one event id",),
            )
        at = list(self._order.first)
        for demand, first in zip(demands, ids, strict=True):
            for other, other_first in zip(demands, ids, strict=True):
                shared = first < other_first + other.count and other_first < first + demand.count
                if shared and other.end < demand.start:
                    self.barriers[at[demand.start]] = None
        remark(
            "TW0311",
            f"{pipes[0]} to {pipes[1]} would take {needed} event ids, and there are {available}: "
            "barriers let later purposes use those of earlier ones",
            self._function,
        )
        return ids


@dataclass(frozen=True)
class InsertSyncPass(ModulePass):
    """Order the pipes of a core by flags.

    Requires: every buffer has a constant address (TW0309); rings are `pto.alloc_multi_tile`.
    Ensures: whenever two instructions on different pipes touch the same bytes and one writes, a chain of flags and pipe
    order puts them into program order; flags are raised as often as they are awaited; at most 8 event ids for each pair
    of pipes (TW0308).

    Buffers of a ring get one event id per slot. Order between iterations is kept by flags that are raised before the
    outermost loop that needs them and awaited after it. Flags that others imply are left out; a small buffer rides with
    a large neighbour. Two pointers are taken to point to different tensors. A function that has flags or barriers
    already is left alone, as ptoas does.

    An event id serves one purpose only, since a flag that is raised again before it was awaited is lost. Where that
    takes more ids than there are, purposes that follow each other share ids, with a barrier of all pipes between them;
    a remark (TW0311) says so.
    """

    name = "insert-sync"

    def apply(self, ctx: Context, op: ModuleOp) -> None:
        for function in [inner for inner in op.walk() if isinstance(inner, func.FuncOp)]:
            if any(isinstance(inner, FlagOp | BarrierOp) for inner in function.walk()):
                continue
            sync = _FunctionSync(function)
            sync.run()
            ids = _EventIds(function, sync.placed)
            # Before the flags, which then stand between the barrier and the op that it is for.
            for place in ids.barriers:
                _insert_barrier(place)
            for entry, first_id in zip(sync.placed, ids.first, strict=True):
                FlagWriter(entry.block, entry.channel, first_id, entry.around).write()


def _insert_barrier(place: Operation) -> None:
    """Let all pipes finish before `place`."""
    barrier = BarrierOp(Pipe.ALL)
    barrier.location = place.location
    Rewriter.insert_op(barrier, InsertPoint.before(place))
