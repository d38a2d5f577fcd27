"""One block as `sync_graph` sees it: numbered items, and the objects that they touch."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from xdsl.dialects import scf
from xdsl.ir import Block, Operation, SSAValue

from tilewright.arch.chip import Pipe, load_chip
from tilewright.dialects.pto import BarrierOp
from tilewright.passes.analysis.memory_touches import (
    MemoryObject,
    OpTouch,
    Touches,
    slot_function,
)
from tilewright.passes.analysis.sync_graph import find_channels, find_hazards
from tilewright.passes.analysis.sync_model import Channel, Edge, Frame, Pair, Touch

_Entry = tuple[int, OpTouch, int | None]
"""The item, the access, and the strand of the item that it stands in."""


class BlockTouches:
    """The items of a block: ops that touch memory, themselves or in their regions, and ops before which pipes meet.

    Attributes:
        block: what is looked at.
        loop: the loop whose body the block is, None for a block that runs once.
        items: the ops, in order; `index_of` numbers them.
        objects: the memory objects behind each channel key.
    """

    def __init__(
        self,
        block: Block,
        loop: Operation | None,
        touches: Touches,
        fences: Collection[Operation],
        settled: Callable[[Operation, Pipe, Pipe], bool] = lambda _op, _from, _to: False,
    ) -> None:
        self.block = block
        self.loop = loop if isinstance(loop, scf.ForOp) else None
        self.items: list[Operation] = []
        self._touches: list[list[OpTouch]] = []
        self._entries: list[_Entry] = []
        self._fences: set[int] = set()
        for op in block.ops:
            found = list(touches.under(op))
            meets = op in fences or (isinstance(op, BarrierOp) and op.pipe.data is Pipe.ALL)
            if meets:
                self._fences.add(len(self.items))
            if found or meets:
                self._entries += _entries(len(self.items), op, touches)
                self.items.append(op)
                self._touches.append(found)
        self.index_of = {op: index for index, op in enumerate(self.items)}
        self._open = frozenset(i for i, op in enumerate(self.items) if not isinstance(op, scf.ForOp | scf.WhileOp))
        self._inner = frozenset(i for i, op in enumerate(self.items) if op.regions)
        self._settled = frozenset(
            (item, one, other)
            for item in self._inner
            for one in self._pipes(item)
            for other in self._pipes(item)
            if one is not other and settled(self.items[item], one, other)
        )
        self._stores = [hazard for hazard in touches.store_hazards if hazard.block is block]
        self.objects: dict[object, tuple[MemoryObject, ...]] = {}
        self._accesses = list(self._by_object())

    def frame(self, slots: int = 1) -> Frame:
        """How the block repeats, long enough for rings of so many slots to settle."""
        return Frame(
            1 if self.loop is None else 3 * slots + 2, frozenset(self._fences), self._open, self._inner, self._settled
        )

    @property
    def longest_frame(self) -> Frame:
        """The frame in which every ring of the block settles."""
        return self.frame(max((slots for _, slots, _ in self._accesses), default=1))

    def meets_by(self, item: int) -> bool:
        """Whether all pipes meet in the block, before an item or earlier."""
        return any(fence <= item for fence in self._fences)

    def settled(self, item: int, from_pipe: Pipe, to_pipe: Pipe) -> bool:
        """Whether one pipe knows behind an item that another has ended all that it does there."""
        return (item, from_pipe, to_pipe) in self._settled

    def _pipes(self, item: int) -> Collection[Pipe]:
        return dict.fromkeys(touch.pipe for touch in self._touches[item])

    def channels(self) -> list[Channel]:
        """The order that the accesses of this block need."""
        found: dict[object, Channel] = {}
        for key, slots, touches in self._accesses:
            size = max(member.slot_bytes for member in self.objects[key])
            for channel in find_channels(key, size, slots, touches, self.frame(slots)):
                # Pieces of overlapping buffers ask for the same flags again and again.
                same = replace(channel, key=None, size=0) if slots == 1 else channel
                first = found.setdefault(same, channel)
                if first is not channel:
                    self.objects[first.key] += self.objects[key]
        return list(found.values())

    def hazards(self) -> list[Edge]:
        """Where an instruction could overtake one that has to come before it on its own pipe."""
        pipes = load_chip().overlapping_pipes
        found = dict.fromkeys(
            edge
            for _, slots, touches in self._accesses
            for edge in find_hazards(slots, touches, self.frame(slots), pipes)
        )
        for hazard in self._stores:
            source, target = self.index_of[hazard.source], self.index_of[hazard.target]
            distance = 0 if hazard.loop is None else 1
            found[hazard.pipe, hazard.pipe, Pair(source, target, distance, target)] = None
        return list(found)

    def _by_object(self) -> Iterator[tuple[object, int, list[Touch]]]:
        """The accesses of each object: its key, its slots, and who touches it when."""
        by_object: dict[MemoryObject, list[tuple[int, _Entry]]] = {}
        for position, entry in enumerate(self._entries):
            by_object.setdefault(entry[1].object, []).append((position, entry))
        for group in _groups(by_object):
            for key, members in _pieces(group):
                self.objects[key] = members
                found = sorted((each for member in members for each in by_object[member]), key=lambda each: each[0])
                own = [entry for _, entry in found]
                # An item alone orders itself: an inner loop awaits its own flags before it starts again.
                if len({item for item, _, _ in own}) > 1 or self.loop is not None:
                    yield key, *self._numbered(members, own)

    def _numbered(self, members: Sequence[MemoryObject], entries: Sequence[_Entry]) -> tuple[int, list[Touch]]:
        slots = members[0].slots if len(members) == 1 else 1
        functions = [self._slot_function(touch) for _, touch, _ in entries]
        if None in functions:
            # Where one access may reach any slot, all accesses count as accesses to all slots.
            slots = 1
        return slots, [
            Touch(item, touch.pipe, touch.writes, function if slots > 1 else None, strand)
            for (item, touch, strand), function in zip(entries, functions, strict=True)
        ]

    def _slot_function(self, touch: OpTouch) -> Callable[[int], int] | None:
        return None if touch.slot is None else slot_function(touch.slot, self.loop)

    def slot_of(self, channel: Channel, item: int, pipe: Pipe) -> SSAValue | None:
        """The value that numbers the slot that `item` touches on `pipe`; None where the channel has one id only."""
        if channel.slots == 1:
            return None
        members = self.objects[channel.key]
        for touch in self._touches[item]:
            if touch.object in members and touch.pipe is pipe:
                return touch.slot
        return None

    def wait_can_move(self, channel: Channel, pair: Pair, item: int) -> bool:
        """Whether the wait of a pair may stand before `item`: its slot number must be known there."""
        slot = self.slot_of(channel, pair.slot_of, channel.to_pipe)
        if slot is None:
            return True
        owner, place = slot.owner, self.items[item]
        if isinstance(owner, Block) or owner.parent is not place.parent:
            return True
        return owner.is_before_in_block(place)

    def items_of(self, pipe: Pipe) -> Sequence[int]:
        """The items that use a pipe, in order."""
        return [index for index, touches in enumerate(self._touches) if any(touch.pipe is pipe for touch in touches)]


def _entries(item: int, op: Operation, touches: Touches) -> Iterator[_Entry]:
    """The accesses of an item, in program order."""
    blocks = [block for region in op.regions for block in region.blocks]
    single = isinstance(op, scf.ForOp | scf.IfOp)
    for inner in op.walk():
        strand = next((number for number, block in enumerate(blocks) if single and block is inner.parent), None)
        for touch in touches.at(inner):
            yield item, touch, strand


def _groups(objects: Collection[MemoryObject]) -> Iterator[list[MemoryObject]]:
    """Objects that overlap, directly or through others, together."""
    by_place = sorted(
        (each for each in objects if each.space is not None), key=lambda each: (str(each.space), each.start)
    )
    group: list[MemoryObject] = []
    end = 0
    for each in by_place:
        if group and (each.space is not group[0].space or each.start >= end):
            yield group
            group = []
        end = max(end, each.end) if group else each.end
        group.append(each)
    if group:
        yield group
    for each in objects:
        if each.space is None:
            yield [each]


def _pieces(group: Sequence[MemoryObject]) -> Iterator[tuple[object, tuple[MemoryObject, ...]]]:
    """A single object as it is; overlapping ones byte range by byte range, so that only true neighbours meet."""
    if len(group) == 1:
        yield group[0].owner, (group[0],)
        return
    bounds = sorted({bound for each in group for bound in (each.start, each.end)})
    for start, end in pairwise(bounds):
        members = tuple(each for each in group if each.start < end and start < each.end)
        if members:
            yield (members[0].space, start), members
