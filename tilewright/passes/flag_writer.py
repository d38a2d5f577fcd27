"""Writes the flags of one channel into the program."""

from __future__ import annotations

from xdsl.builder import Builder
from xdsl.dialects import arith
from xdsl.ir import Operation, SSAValue
from xdsl.rewriter import InsertPoint

from tilewright.dialects.constants import constant_value
from tilewright.dialects.pto import SetFlagDynOp, SetFlagOp, WaitFlagDynOp, WaitFlagOp
from tilewright.passes.analysis.block_touches import BlockTouches
from tilewright.passes.analysis.sync_model import Channel
from tilewright.passes.building import index_constant


class FlagWriter:
    """The flags of one channel, from event id `first_id` on.

    `around` is the loop before which a carried channel raises each of its flags, and after which it awaits them.
    """

    def __init__(self, block: BlockTouches, channel: Channel, first_id: int, around: Operation | None) -> None:
        self._block = block
        self._channel = channel
        self._first_id = first_id
        self._around = around

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
        known = 0 if slot is None else constant_value(slot)
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

    def _event(self, builder: Builder, slot: SSAValue) -> SSAValue:
        if self._first_id == 0:
            return slot
        base = index_constant(builder, self._first_id)
        return builder.insert(arith.AddiOp(slot, base)).result

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
        for event in range(self._first_id, self._first_id + self._channel.slots):
            raised, awaited = SetFlagOp(*pipes, event), WaitFlagOp(*pipes, event)
            raised.location = awaited.location = loop.location
            before.insert(raised)
            after.insert(awaited)
