"""Writes the flags of one channel into the program."""

from __future__ import annotations

from collections.abc import Iterable

from xdsl.builder import Builder
from xdsl.dialects import arith
from xdsl.dialects.builtin import IndexType, IntegerAttr
from xdsl.ir import Operation, SSAValue
from xdsl.rewriter import InsertPoint, Rewriter

from tilewright.dialects.pto import SetFlagDynOp, SetFlagOp, WaitFlagDynOp, WaitFlagOp
from tilewright.passes.analysis.block_touches import BlockTouches
from tilewright.passes.analysis.ring_frames import fixed_slot
from tilewright.passes.analysis.sync_model import Channel


class FlagWriter:
    """The flags of one channel, from event id `first_id` on.

    `around` is the loop before which a carried channel raises each of its flags, and after which it awaits them.
    """

    def __init__(self, block: BlockTouches, channel: Channel, first_id: int, around: Operation | None) -> None:
        self._block = block
        self._channel = channel
        self._first_id = first_id
        self._around = around
        self.flags: dict[Operation, tuple[bool, SSAValue | int]] = {}
        """What was written: for each flag op, whether it awaits, and the slot that it means."""
        self._numbers: list[Operation] = []

    def write(self) -> None:
        """Insert the flags at the items of the channel."""
        channel = self._channel
        for source in dict.fromkeys(pair.source for pair in channel.pairs):
            self._set_after(source)
        for target, slot_of in dict.fromkeys((pair.target, pair.slot_of) for pair in channel.pairs):
            self._wait_before(target, slot_of)

    def _set_after(self, item: int) -> None:
        op = self._block.items[item]
        slot = self._block.slot_of(self._channel, item, self._channel.from_pipe)
        self._flag(Builder(InsertPoint.after(op)), op, slot, wait=False)

    def _wait_before(self, item: int, slot_of: int) -> None:
        op = self._block.items[item]
        slot = self._block.slot_of(self._channel, slot_of, self._channel.to_pipe)
        self._flag(Builder(InsertPoint.before(op)), op, slot, wait=True)

    def _flag(self, builder: Builder, op: Operation, slot: SSAValue | None, *, wait: bool) -> None:
        pipes = (self._channel.from_pipe, self._channel.to_pipe)
        known = self._known(slot)
        flag: Operation
        if known is not None:
            make = WaitFlagOp if wait else SetFlagOp
            flag = make(*pipes, self._first_id + known)
        else:
            assert slot is not None
            make_dynamic = WaitFlagDynOp if wait else SetFlagDynOp
            flag = make_dynamic(*pipes, self._event(builder, slot))
        builder.insert(flag)
        flag.location = op.location
        self.flags[flag] = (wait, slot if known is None and slot is not None else known or 0)

    def _event(self, builder: Builder, slot: SSAValue) -> SSAValue:
        if self._first_id == 0:
            return slot
        base = builder.insert(arith.ConstantOp(IntegerAttr(self._first_id, IndexType())))
        base.result.name_hint = f"c{self._first_id}"
        event = builder.insert(arith.AddiOp(slot, base.result))
        self._numbers += [event, base]
        return event.result

    def write_around(self) -> None:
        """Raise the flags of a carried channel before its loop and await them after it.

        This comes after the flags at items, of all channels: what a pipe awaits before the loop is also awaited before
        it raises these.
        """
        if self._around is None:
            return
        loop = self._around
        pipes = (self._channel.from_pipe, self._channel.to_pipe)
        before = Builder(InsertPoint.before(loop))
        after = Builder(InsertPoint.after(loop))
        for slot in self._used_slots():
            event = self._first_id + slot
            raised, awaited = SetFlagOp(*pipes, event), WaitFlagOp(*pipes, event)
            raised.location = awaited.location = loop.location
            before.insert(raised)
            after.insert(awaited)
            self.flags[raised], self.flags[awaited] = (False, slot), (True, slot)

    def _used_slots(self) -> Iterable[int]:
        """The slots that some item awaits: all of them where one of these is not known."""
        values = {
            self._block.slot_of(self._channel, pair.slot_of, self._channel.to_pipe) for pair in self._channel.pairs
        }
        known = {self._known(value) for value in values}
        return range(self._channel.slots) if None in known else sorted(slot for slot in known if slot is not None)

    def _known(self, slot: SSAValue | None) -> int | None:
        """The number of a slot that is always the same."""
        return 0 if slot is None else fixed_slot(slot, self._channel.slots)

    def erase(self) -> None:
        """Take away all that was written."""
        for op in (*self.flags, *self._numbers):
            Rewriter.erase_op(op)
        self.flags.clear()
        self._numbers.clear()
