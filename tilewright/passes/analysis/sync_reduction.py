"""Leaves out the flags that others imply. Plain numbers, no IR; see `sync_graph` for the words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from tilewright.arch.chip import Pipe
from tilewright.passes.analysis.sync_model import Channel, Edge, Pair, edges_of

RIDER_RATIO = 4
"""An object at least this many times smaller than its neighbour rides with it: one flag then serves both."""


def implied(edge: Edge, edges: Sequence[Edge]) -> bool:
    """Whether other edges and the order of each pipe already make the target of `edge` wait for its source."""
    start, goal_pipe, wanted = edge
    goal = (wanted.distance, wanted.target)
    reached: dict[Pipe, tuple[int, int]] = {start: (0, wanted.source)}
    changed = True
    while changed:
        changed = False
        for from_pipe, to_pipe, pair in edges:
            here = reached.get(from_pipe)
            if here is None:
                continue
            iteration, item = here
            raised_in = iteration if pair.source >= item else iteration + 1
            arrival = (raised_in + pair.distance, pair.target)
            if arrival <= goal and arrival < reached.get(to_pipe, (goal[0] + 1, 0)):
                reached[to_pipe] = arrival
                changed = True
    return goal_pipe in reached and reached[goal_pipe] <= goal


def reduce_channels(
    channels: Sequence[Channel],
    given: Sequence[Edge] = (),
    may_move: Callable[[Channel, Pair, int], bool] = lambda _channel, _pair, _item: False,
    items_of: Callable[[Pipe], Sequence[int]] = lambda _pipe: (),
) -> list[Channel]:
    """Leave out channels, and pairs of channels that are not carried, which the others imply.

    Args:
        channels: all channels of a block.
        given: edges that hold anyway.
        may_move: whether the wait of a pair may be moved before an earlier item of its pipe.
        items_of: the items of a pipe in order.

    A small object rides with a large one: where the wait for the large one may be moved before the neighbouring item
    that needs the small one, the small one needs no flag.
    """
    kept = sorted(channels, key=lambda channel: (-channel.size, _span(channel)), reverse=True)
    for channel in list(kept):
        others = [other for other in kept if other is not channel]
        smaller = _without_implied(channel, [*given, *edges_of(others)])
        if smaller is None:
            kept = others
        elif smaller is not channel:
            kept[kept.index(channel)] = smaller
    for rider in list(kept):
        for host in [other for other in kept if _can_host(other, rider)]:
            moved = _move_waits(host, rider, may_move, items_of)
            others = [moved if other is host else other for other in kept if other is not rider]
            if moved is not host and _without_implied(rider, [*given, *edges_of(others)]) is None:
                kept = others
                break
    return kept


def _span(channel: Channel) -> tuple[int, int]:
    """From the source to the target of its longest pair: iterations, and items."""
    return max((pair.distance, pair.target - pair.source) for pair in channel.pairs)


def _without_implied(channel: Channel, edges: Sequence[Edge]) -> Channel | None:
    """The channel with the pairs that are needed; None when none is. A carried channel stays whole or goes whole."""
    needed = tuple(pair for pair in channel.pairs if not implied((channel.from_pipe, channel.to_pipe, pair), edges))
    if not needed:
        return None
    if channel.carried or len(needed) == len(channel.pairs):
        return channel
    return replace(channel, pairs=needed)


def _can_host(host: Channel, rider: Channel) -> bool:
    return (
        host is not rider
        and (host.from_pipe, host.to_pipe, host.carried) == (rider.from_pipe, rider.to_pipe, rider.carried)
        and rider.size * RIDER_RATIO <= host.size
    )


def _move_waits(
    host: Channel,
    rider: Channel,
    may_move: Callable[[Channel, Pair, int], bool],
    items_of: Callable[[Pipe], Sequence[int]],
) -> Channel:
    """The host with waits moved before the items that wait for the rider, where those are the direct neighbours."""
    items = list(items_of(host.to_pipe))
    wanted = {pair.target for pair in rider.pairs}
    pairs: list[Pair] = []
    for pair in host.pairs:
        place = items.index(pair.target) if pair.target in items else 0
        before = items[place - 1] if place > 0 else None
        # A wait cannot stand before the item of the same iteration that it waits for.
        earlier = before is not None and before in wanted and (pair.distance > 0 or pair.source < before)
        if before is not None and earlier and may_move(host, pair, before):
            pair = replace(pair, target=before)
        pairs.append(pair)
    return host if tuple(pairs) == host.pairs else replace(host, pairs=tuple(pairs))
