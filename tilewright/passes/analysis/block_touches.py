"""One block as `sync_graph` sees it: numbered items, and the objects that they touch."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from xdsl.dialects import scf
from xdsl.ir import Block, Operation, SSAValue

from tilewright.arch.chip import Pipe
from tilewright.passes.analysis.memory_touches import (
    MemoryObject,
    OpTouch,
    Touches,
    slot_function,
)
from tilewright.passes.analysis.sync_graph import Channel, Pair, Touch, find_channels


class BlockTouches:
    """The items of a block: ops that touch memory, themselves or in their regions.

    Attributes:
        loop: the loop whose body the block is, None for a block that runs once.
        items: the ops, in order; `index_of` numbers them.
        objects: the memory objects behind each channel key; objects that overlap share a key.
    """

    def __init__(self, block: Block, loop: Operation | None, touches: Touches) -> None:
        self.loop = loop if isinstance(loop, scf.ForOp) else None
        self.items: list[Operation] = []
        self._touches: list[list[OpTouch]] = []
        for op in block.ops:
            found = list(touches.under(op))
            if found:
                self.items.append(op)
                self._touches.append(found)
        self.index_of = {op: index for index, op in enumerate(self.items)}
        self.objects: dict[object, tuple[MemoryObject, ...]] = {group[0].owner: group for group in self._groups()}

    def _groups(self) -> Iterator[tuple[MemoryObject, ...]]:
        """The objects touched here, those that overlap together."""
        pending = list(dict.fromkeys(touch.object for found in self._touches for touch in found))
        while pending:
            group = [pending.pop(0)]
            for member in group:
                overlapping = [other for other in pending if other.overlaps(member)]
                group += overlapping
                pending = [other for other in pending if other not in overlapping]
            yield tuple(group)

    def channels(self) -> list[Channel]:
        """The order that the accesses of this block need."""
        found: list[Channel] = []
        for key, members in self.objects.items():
            entries = [
                (index, touch)
                for index, touches in enumerate(self._touches)
                for touch in touches
                if touch.object in members
            ]
            # An item alone orders itself: an inner loop awaits its own flags before it starts again.
            if len({index for index, _ in entries}) > 1:
                found += self._channels_of(key, members, entries)
        return found

    def _channels_of(
        self, key: object, members: Sequence[MemoryObject], entries: Sequence[tuple[int, OpTouch]]
    ) -> list[Channel]:
        slots = members[0].slots if len(members) == 1 else 1
        functions = [self._slot_function(touch, slots) for _, touch in entries]
        if None in functions:
            # Where one access may reach any slot, all accesses count as accesses to all slots.
            slots = 1
        touches = [
            Touch(index, touch.pipe, touch.writes, function if slots > 1 else None)
            for (index, touch), function in zip(entries, functions, strict=True)
        ]
        size = max(member.slot_bytes for member in members)
        iterations = 1 if self.loop is None else 3 * slots + 2
        return find_channels(key, size, slots, touches, iterations)

    def _slot_function(self, touch: OpTouch, slots: int) -> Callable[[int], int] | None:
        if slots == 1 or touch.slot is None:
            return None
        return slot_function(touch.slot, self.loop)

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
