"""Placing intervals of lifetime into one memory: which byte offset each buffer gets. Plain numbers, no IR."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Block:
    """A buffer: `size` bytes, live from position `start` to position `end`, both included."""

    size: int
    start: int
    end: int

    def meets(self, other: Block) -> bool:
        """Whether both are live at some position."""
        return self.start <= other.end and other.start <= self.end


@dataclass(frozen=True)
class Packing:
    """Byte offsets, one per block in the order given, and the highest byte used."""

    offsets: tuple[int, ...]
    peak: int


def pack(blocks: Sequence[Block], alignment: int, capacity: int) -> Packing:
    """Give every block an offset so that blocks which are live together never overlap.

    Offsets are multiples of `alignment`. Freed ranges are reused, split and joined at will. Several orders are tried
    (as given, by size, by start) and the first that stays within `capacity` wins, else the one with the lowest peak;
    the packing is optimal whenever its peak equals the most bytes that are live at once.
    """
    best: Packing | None = None
    everything = range(len(blocks))
    orders = (
        everything,
        sorted(everything, key=lambda index: -blocks[index].size),
        sorted(everything, key=lambda index: (blocks[index].start, -blocks[index].size)),
        sorted(everything, key=lambda index: blocks[index].start - blocks[index].end),
    )
    for order in orders:
        candidate = _first_fit(blocks, order, alignment)
        if best is None or candidate.peak < best.peak:
            best = candidate
        if best.peak <= capacity:
            break
    assert best is not None
    return best


def _first_fit(blocks: Sequence[Block], order: Sequence[int], alignment: int) -> Packing:
    """Place blocks in this order, each at the lowest offset where no block that is live with it stands."""
    offsets: dict[int, int] = {}
    for index in order:
        block = blocks[index]
        taken = sorted(
            (offsets[other], offsets[other] + blocks[other].size) for other in offsets if blocks[other].meets(block)
        )
        offset = 0
        for low, high in taken:
            if offset + block.size <= low:
                break
            offset = max(offset, -(-high // alignment) * alignment)
        offsets[index] = offset
    peak = max((offsets[index] + blocks[index].size for index in offsets), default=0)
    return Packing(tuple(offsets[index] for index in range(len(blocks))), peak)
