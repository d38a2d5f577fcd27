"""The flags and barriers of one block: all that its accesses need, less what is implied."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace

from xdsl.ir import Operation

from tilewright.arch.chip import Pipe
from tilewright.passes.analysis.block_touches import BlockTouches
from tilewright.passes.analysis.pipe_clocks import PipeClocks
from tilewright.passes.analysis.sync_model import Channel, Edge, Pair, edges_of
from tilewright.passes.analysis.sync_reduction import reduce_channels

_MOST_CHANNELS = 48
"""Channels of a block up to which all combinations are looked at; longer blocks are swept once, front to back."""

Merged = Callable[[Pipe, Pipe], bool]
"""Whether all flags between iterations from one pipe to another become one."""


Guarded = Callable[[Operation, Pipe], bool]


class BlockSync:
    """The channels of one block that are kept.

    Args:
        view: the block.
        drains: what holds because inner loops await their flags after their last iteration.
        merged: which flags between iterations share one.
        guarded: items that begin with a barrier of a pipe of their own.

    Attributes:
        channels: what becomes flags.
        clocks: the order that they make.
    """

    def __init__(self, view: BlockTouches, drains: Sequence[Edge], merged: Merged, guarded: Guarded) -> None:
        self.view = view
        channels = _merge(view.channels(), merged)
        if len(channels) > _MOST_CHANNELS:
            channels = self._swept(_merge(channels, lambda _from, _to: True), drains)
        given = list(drains)
        if len(channels) > _MOST_CHANNELS:
            straight = [channel for channel in channels if _is_straight(channel)]
            given += edges_of(straight)
            channels = [channel for channel in channels if not _is_straight(channel)]
        else:
            straight = []
        kept = reduce_channels(channels, given, view.wait_can_move, view.items_of)
        self.channels = [*straight, *kept]
        hazards = [hazard for hazard in view.hazards() if not guarded(view.items[hazard[2].target], hazard[0])]
        self.clocks = PipeClocks(len(view.items), view.longest_frame, edges_of(self.channels), drains, hazards=hazards)
        self._guarded = guarded

    def begins_with_barrier(self, pipe: Pipe) -> bool:
        """Whether a barrier of a pipe stands in front of all that the pipe does in the block."""
        for item in self.view.items_of(pipe):
            if (item, pipe) in self.clocks.barriers:
                return True
            # A loop or a branch may do nothing at all: then the next item is the first.
            if not self._guarded(self.view.items[item], pipe):
                return False
        return True

    def knows_all(self, from_pipe: Pipe, to_pipe: Pipe) -> bool:
        """Whether one pipe knows at the end of the block that another has ended all that it does there."""
        return all(
            self.view.settled(item, from_pipe, to_pipe) or self.clocks.known_at_end(from_pipe, item, to_pipe)
            for item in self.view.items_of(from_pipe)
        )

    def _swept(self, channels: Collection[Channel], drains: Iterable[Edge]) -> list[Channel]:
        """Without the pairs within an iteration that earlier ones imply."""
        straight = {_edge(channel): channel for channel in channels if _is_straight(channel)}
        frame = replace(self.view.frame(), iterations=1)
        used = PipeClocks(len(self.view.items), frame, (), drains, optional=straight).used
        return [straight[edge] for edge in used] + [channel for channel in channels if not _is_straight(channel)]


def _is_straight(channel: Channel) -> bool:
    """Whether a channel is one flag within an iteration."""
    return channel.slots == 1 and not channel.carried


def _edge(channel: Channel) -> Edge:
    return (channel.from_pipe, channel.to_pipe, channel.pairs[0])


def _merge(channels: Sequence[Channel], merged: Merged) -> list[Channel]:
    """One flag between iterations for all objects, where that is wanted: after the last source, before the first.

    Its key, the two pipes, names no object.
    """
    found: list[Channel] = []
    groups: dict[tuple[Pipe, Pipe], list[Channel]] = {}
    for channel in channels:
        if channel.carried and channel.slots == 1 and merged(channel.from_pipe, channel.to_pipe):
            groups.setdefault((channel.from_pipe, channel.to_pipe), []).append(channel)
        else:
            found.append(channel)
    for pipes, members in groups.items():
        source = max(member.pairs[0].source for member in members)
        target = min(member.pairs[0].target for member in members)
        found.append(replace(members[0], key=pipes, pairs=(Pair(source, target, 1, target),)))
    return found
