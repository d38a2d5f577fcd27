"""All flags of one core's program: the channels of its blocks, and the order that decides who may share event ids."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from xdsl.dialects import scf
from xdsl.ir import Block, Operation

from tilewright.arch.chip import Pipe
from tilewright.passes.analysis.block_sync import BlockSync
from tilewright.passes.analysis.block_touches import BlockTouches
from tilewright.passes.analysis.first_turns import FirstTurns
from tilewright.passes.analysis.memory_touches import MemoryObject, Touches
from tilewright.passes.analysis.sync_model import Channel, Edge, Pair

MergedFlags = Collection[tuple[Block, Pipe, Pipe]]


@dataclass(eq=False)
class Signal:
    """A channel of one block, and the loop around which its flags are raised and awaited in advance."""

    block: BlockSync
    channel: Channel
    around: Operation | None

    @cached_property
    def raised_at(self) -> Operation:
        """The op at which it is first raised."""
        items = self.block.view.items
        return self.around or items[min(pair.source for pair in self.channel.pairs)]

    @cached_property
    def awaited_at(self) -> Operation:
        """The op at which it is last awaited."""
        items = self.block.view.items
        return self.around or items[max(pair.target for pair in self.channel.pairs)]


class SyncPlan:
    """The signals of what one core runs, inner blocks first.

    Args:
        root: a function, or a section of one.
        skipped: ops whose insides another core runs.
        fences: ops before which all pipes meet.
        merged: loop bodies and pipes whose flags between iterations become one.
    """

    def __init__(
        self,
        root: Operation,
        touches: Touches,
        skipped: Collection[Operation],
        fences: Collection[Operation],
        merged: MergedFlags,
    ) -> None:
        self._root = root
        self._touches = touches
        self._skipped = skipped
        self._fences = fences
        self._merged = merged
        self._turns = FirstTurns()
        self.blocks: dict[Block, BlockSync] = {}
        self.signals: list[Signal] = []
        self._paths: dict[Operation, Sequence[tuple[BlockSync, int]]] = {}
        for region in root.regions:
            for block in region.blocks:
                self._visit(block, None)

    def may_share(self, first: Signal, second: Signal) -> bool:
        """Whether one event id serves both: each is raised only after the other was certainly awaited."""
        return self._follows(first, second) or self._follows(second, first)

    def unsafe_at(self, signal: Signal) -> Operation | None:
        """The op before which all pipes have to meet, where a loop could raise a signal again before it was awaited."""
        channel, items = signal.channel, signal.block.view.items
        if signal.around is None:
            # The slots of a ring come again after several iterations; `flags_serve` has seen to that.
            safe = channel.slots > 1 or self._next_iteration(signal, signal)
            return None if safe else signal.awaited_at
        if channel.slots == 1:
            (pair,) = channel.pairs
            if not signal.block.clocks.ordered(channel.to_pipe, pair.target, channel.from_pipe, pair.source, 0):
                return items[pair.target]
        return None if self._next_iteration(signal, signal) else signal.around

    def _follows(self, first: Signal, second: Signal) -> bool:
        """Whether `second` is raised after `first` was awaited, in this iteration, and the reverse in the next."""
        ends = self._common(first.awaited_at, second.raised_at)
        if ends is None:
            return False
        block, source, target = ends
        pipes = first.channel.to_pipe, first.channel.from_pipe
        in_order = block.clocks.ordered(pipes[0], source, pipes[1], target, 0, drained=first.around is not None)
        return in_order and self._next_iteration(second, first)

    def _next_iteration(self, first: Signal, second: Signal) -> bool:
        """Whether `first` is awaited before the next iteration of the loop around both raises `second`."""
        ends = self._common(first.awaited_at, second.raised_at)
        if ends is None:
            return False
        block, source, target = ends
        # A block of a while loop, or one that is jumped to, begins where all pipes meet.
        while block.view.loop is None:
            if block.view.meets_by(target):
                return True
            parent = block.view.block.parent_op()
            if parent is None or parent is self._root or isinstance(parent, scf.WhileOp):
                return True
            block, source = self._path(parent)[-1]
            target = source
        pipes = first.channel.to_pipe, first.channel.from_pipe
        return block.clocks.ordered(pipes[0], source, pipes[1], target, 1, drained=first.around is not None)

    def _common(self, first: Operation, second: Operation) -> tuple[BlockSync, int, int] | None:
        """The innermost block around both ops, and the items of it that hold them."""
        found = None
        for (block, source), (other, target) in zip(self._path(first), self._path(second), strict=False):
            if block is not other:
                break
            found = block, source, target
            if source != target:
                break
        return found

    def _path(self, op: Operation) -> Sequence[tuple[BlockSync, int]]:
        """The blocks around an op, the outermost first, and the item of each that holds it."""
        known = self._paths.get(op)
        if known is None:
            outer: list[tuple[BlockSync, int]] = []
            current: Operation | None = op
            while current is not None and current is not self._root:
                block = current.parent
                assert block is not None
                sync = self.blocks[block]
                outer.append((sync, sync.view.index_of[current]))
                current = current.parent_op()
            known = self._paths[op] = outer[::-1]
        return known

    def _visit(self, block: Block, loop: Operation | None) -> None:
        for op in block.ops:
            if op not in self._skipped:
                for region in op.regions:
                    for inner in region.blocks:
                        self._visit(inner, op if isinstance(op, scf.ForOp) else None)
        view = BlockTouches(block, loop, self._touches, self._fences, self._settled)
        sync = BlockSync(
            view, list(self._drains(view)), lambda one, other: (block, one, other) in self._merged, self._guarded
        )
        self.blocks[block] = sync
        for channel in sync.channels:
            around = None
            if channel.carried:
                assert loop is not None
                around = self._hoisted(loop, view.objects.get(channel.key))
            self.signals.append(Signal(sync, channel, around))

    def _settled(self, op: Operation, from_pipe: Pipe, to_pipe: Pipe) -> bool:
        """Whether one pipe knows behind a loop or a branch that another has ended all that it does there."""
        if not isinstance(op, scf.ForOp | scf.IfOp):
            return False
        blocks = [self.blocks[block] for region in op.regions for block in region.blocks]
        return all(block.knows_all(from_pipe, to_pipe) for block in blocks)

    def _guarded(self, op: Operation, pipe: Pipe) -> bool:
        """Whether all that a pipe does in a loop or a branch stands behind a barrier in there."""
        if not isinstance(op, scf.ForOp | scf.IfOp):
            return False
        blocks = [self.blocks[block] for region in op.regions for block in region.blocks]
        return all(block.begins_with_barrier(pipe) for block in blocks)

    def _drains(self, view: BlockTouches) -> Iterator[Edge]:
        """What holds at this block because inner loops await their flags after their last iteration."""
        for signal in self.signals:
            if signal.around is not None and signal.around in view.index_of and self._ends_with(signal, signal.around):
                item = view.index_of[signal.around]
                yield (signal.channel.from_pipe, signal.channel.to_pipe, Pair(item, item + 1, 0, item + 1))

    def _ends_with(self, signal: Signal, loop: Operation) -> bool:
        """Whether the pipe that raises a signal does nothing in `loop` after it raised it for the last time."""
        channel, items = signal.channel, signal.block.view.items
        last = items[max(pair.source for pair in channel.pairs)]
        users = [op for op in loop.walk() if any(touch.pipe is channel.from_pipe for touch in self._touches.at(op))]
        if not last.is_ancestor(users[-1]):
            return False
        # Where a loop in between has no turn, nothing is raised behind what stands around it.
        inner = last.parent_op()
        while isinstance(inner, scf.ForOp) and inner is not loop:
            if not self._turns.runs(inner) and not all(map(inner.is_ancestor, users)):
                return False
            inner = inner.parent_op()
        return True

    def _hoisted(self, loop: Operation, members: Sequence[MemoryObject] | None) -> Operation:
        """The outermost loop within which only `loop` touches these objects."""
        found = loop
        parent = loop.parent_op()
        while isinstance(parent, scf.ForOp) and members is not None:
            outside = [
                touch
                for op in parent.body.block.ops
                if op is not found
                for touch in self._touches.under(op)
                if any(touch.object.overlaps(member) for member in members)
            ]
            if outside:
                break
            found, parent = parent, parent.parent_op()
        return found
