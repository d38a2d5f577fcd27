"""What the blocks of a kernel load, found by walking them all in step."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from math import prod
from typing import TypeAlias

from xdsl.dialects import func

from tilewright.arch.chip import element_bits
from tilewright.execution.instructions import Instruction, Window
from tilewright.timing.costs import orders
from tilewright.timing.streams import streams_of_block
from tilewright.timing.traffic import Reuse, Traffic

_MOST = 2_000_000
"""Instructions that are walked, all blocks together."""

_Access: TypeAlias = tuple[bool, Window]
"""Whether it is a load, and of what."""


def traffic_of(
    functions: Sequence[func.FuncOp], arguments: Sequence[object], blocks: int, together: int, limit: int = _MOST
) -> tuple[Traffic, str]:
    """What all blocks move to and from global memory.

    Each block makes its n-th access while the others make theirs. Two parts of a tensor count as the same when they
    start at the same element and have the same shape, and as different ones else, also where they overlap.

    Args:
        functions, arguments: as for `streams_of_block`.
        blocks: how many there are.
        together: how many of them run at the same time; the next ones follow.
        limit: instructions after which no more are walked.

    Returns:
        The traffic, and what was not walked; '' when all was.

    Raises:
        DiagnosticError: what the streams raise.
    """
    walk = _Walk(limit)
    for first in range(0, blocks, together):
        streams = [
            stream
            for block in range(first, min(first + together, blocks))
            for stream in streams_of_block(functions, arguments, block=block, blocks=blocks).values()
        ]
        for step in zip_longest(*map(walk.accesses, streams)):
            walk.note([access for access in step if access is not None])
        if walk.walked > limit:
            return walk.traffic(), f"traffic is that of the first {walk.walked} instructions of all blocks"
    return walk.traffic(), ""


class _Walk:
    def __init__(self, limit: int) -> None:
        self.walked = 0
        self._limit = limit
        self._moved = 0
        self._first = self._together = self._stored = 0
        self._again: dict[int, int] = {}
        self._seen: dict[object, int] = {}

    def accesses(self, stream: Iterator[Instruction]) -> Iterator[_Access]:
        for instruction in stream:
            self.walked += 1
            if self.walked > self._limit:
                return
            if orders(instruction):
                continue
            yield from ((True, each) for each in instruction.reads if isinstance(each, Window))
            yield from ((False, each) for each in instruction.writes if isinstance(each, Window))

    def note(self, step: Sequence[_Access]) -> None:
        """Note what all blocks do at once."""
        loaded: dict[object, int] = {}
        for is_load, window in step:
            size = prod(window.shape) * element_bits(window.element_type) // 8
            key = (window.argument, window.offset, window.shape, window.strides)
            if not is_load:
                self._stored += size
                self._moved += size
            elif key in loaded:
                self._together += size
            else:
                loaded[key] = size
        moved = self._moved
        for key, size in loaded.items():
            last = self._seen.get(key)
            if last is None:
                self._first += size
            else:
                self._again[moved - last] = self._again.get(moved - last, 0) + size
            self._seen[key] = moved
        self._moved += sum(loaded.values())

    def traffic(self) -> Traffic:
        again = [Reuse(size, distance) for distance, size in sorted(self._again.items())]
        return Traffic(self._first, self._together, again, self._stored)
