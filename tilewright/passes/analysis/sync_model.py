"""The words of synchronisation: touches, pairs, channels. Plain numbers, no IR.

A block is a list of items (instructions, or whole loops and branches), numbered in program order. Each pipe starts its
items in that order, in a loop iteration after iteration; different pipes are ordered by flags only. A `Pair` says that
item `target` on one pipe must wait, `distance` iterations later, for item `source` on another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from tilewright.arch.chip import Pipe


@dataclass(frozen=True)
class Touch:
    """One access of an item to a memory object: by which pipe, whether it writes, and to which slot in iteration `i`.

    `slot` is None for an access to all slots. Within a loop or a branch, `strand` numbers the block when the access
    stands directly in it: all of these happen together, or none.
    """

    item: int
    pipe: Pipe
    writes: bool
    slot: Callable[[int], int] | None = None
    strand: int | None = None


@dataclass(frozen=True)
class Pair:
    """Item `target` waits for item `source`, `distance` iterations later.

    `slot_of` is the item that knows which slot is meant: `target` itself, unless its wait was moved to an earlier item.
    """

    source: int
    target: int
    distance: int
    slot_of: int


@dataclass(frozen=True)
class Channel:
    """Pairs of one object between two pipes that share event ids, one per slot.

    Attributes:
        key: names the object and tells channels apart.
        size: bytes of one slot: small objects ride along with large ones.
        slots: event ids that the channel takes; 1 where the slots are not known.
        carried: whether it orders iterations: it is then raised for each slot before the loop
            and awaited after it.
    """

    key: object
    size: int
    from_pipe: Pipe
    to_pipe: Pipe
    pairs: tuple[Pair, ...]
    slots: int
    carried: bool


Edge = tuple[Pipe, Pipe, Pair]


def edges_of(channels: Iterable[Channel]) -> list[Edge]:
    """The pairs of channels with their pipes."""
    return [(channel.from_pipe, channel.to_pipe, pair) for channel in channels for pair in channel.pairs]


@dataclass(frozen=True)
class Frame:
    """What orders the items of a block besides flags.

    Attributes:
        iterations: how often to play the block through; 1 for a block that runs once.
        fences: items before which all pipes have finished all earlier items.
        open: items that do not order themselves from one iteration to the next: instructions and branches. A loop
            does: it awaits its own flags before it ends.
        inner: items with insides, which may not run at all: branches and loops.
        settled: items, and two pipes of which the second knows, when it is through with the item, that the first has
            ended all that it does there.
    """

    iterations: int = 1
    fences: frozenset[int] = frozenset()
    open: frozenset[int] = frozenset()
    inner: frozenset[int] = frozenset()
    settled: frozenset[tuple[int, Pipe, Pipe]] = frozenset()
