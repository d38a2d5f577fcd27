"""TW0501 and TW0150: the buffers of a memory do not fit it, or reach into what the runtime uses of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from xdsl.ir import Operation

from tilewright.arch.chip import Space as SpaceFacts
from tilewright.arch.chip import load_chip
from tilewright.dialects.diagnostics import Diagnostic, Severity, location_of
from tilewright.dialects.pto.core_pipes import ReserveBufferOp
from tilewright.dialects.spaces import Space
from tilewright.passes.analysis.packing import Block, pack
from tilewright.passes.lint.buffers import LiveBuffer, live_buffers

_SHOWN = 3

_ROOM_ALIGNMENT = 256
"""Where ptoas lets the room of a pipe start."""


@dataclass(frozen=True)
class SpaceUsage:
    """What a function uses of one memory.

    Attributes:
        space: the memory.
        used: the highest byte in use where buffers have addresses; else what our own memory plan needs.
        limit: bytes that a kernel may use.
        buffers: the number of buffers, the room that a pipe reserves included.
        planned: whether `used` comes from our plan, as the program has no addresses.
        computed: whether some addresses have no bound that can be told, so that `used` is the least that it can be.
    """

    space: Space
    used: int
    limit: int
    buffers: int
    planned: bool
    computed: bool


@dataclass(frozen=True)
class _Spot:
    """A buffer or the room of a pipe: what it is, and the end of it that is known, at least or exactly."""

    op: Operation
    name: str
    bytes: int
    end: int | None
    bounded: bool


def space_usage(function: Operation) -> list[SpaceUsage]:
    """What a function uses of each memory that it uses at all, in the order of the architecture file."""
    everything = live_buffers(function)
    found: list[SpaceUsage] = []
    for name, facts in load_chip().spaces.items():
        space = Space(name)
        buffers = [buffer for buffer in everything if buffer.space is space]
        rooms = _rooms(function, space)
        if not buffers and not rooms:
            continue
        spots = _spots(buffers, rooms)
        ends = [spot.end for spot in spots if spot.end is not None]
        placed = any(buffer.placements for buffer in buffers)
        used = max(ends, default=0) if placed else _planned(function, buffers, rooms, facts)
        bounded = all(spot.bounded for spot in spots)
        count = len(buffers) + len(rooms)
        found.append(SpaceUsage(space, used, facts.usable_bytes, count, not placed, placed and not bounded))
    return found


def _rooms(function: Operation, space: Space) -> list[ReserveBufferOp]:
    return [op for op in function.walk() if isinstance(op, ReserveBufferOp) and op.space.data == space]


def _spots(buffers: Sequence[LiveBuffer], rooms: Sequence[ReserveBufferOp]) -> list[_Spot]:
    """All places with the ends that are known; a buffer without an address has none."""
    found: list[_Spot] = []
    for buffer in buffers:
        if not buffer.placements:
            found.append(_Spot(buffer.alloc, buffer.name, buffer.bytes, None, bounded=True))
        for placement in buffer.placements:
            extent = placement.extent
            least = buffer.bytes if extent.low is None else extent.low + buffer.bytes
            end = least if extent.high is None else extent.high
            found.append(_Spot(buffer.alloc, buffer.name, buffer.bytes, end, extent.high is not None))
    for room in rooms:
        size = room.size.value.data
        end = None if room.start is None else room.start.value.data + size
        found.append(_Spot(room, f"the room {room.symbol.data}", size, end, bounded=True))
    return found


def _planned(
    function: Operation, buffers: Sequence[LiveBuffer], rooms: Sequence[ReserveBufferOp], facts: SpaceFacts
) -> int:
    """What our plan needs; the room of a pipe is taken for the whole function."""
    length = sum(1 for _ in function.walk())
    blocks = [Block(buffer.bytes, buffer.start, buffer.end) for buffer in buffers]
    blocks += [Block(-(-room.size.value.data // _ROOM_ALIGNMENT) * _ROOM_ALIGNMENT, 0, length) for room in rooms]
    return pack(blocks, facts.alignment_bytes, facts.usable_bytes).peak


def check_capacity(function: Operation) -> Iterator[Diagnostic]:
    """Report each memory that is exceeded, or used where the runtime uses it, at the buffer that ends last."""
    everything = live_buffers(function)
    for usage in space_usage(function):
        if usage.used <= usage.limit:
            continue
        buffers = [buffer for buffer in everything if buffer.space is usage.space]
        spots = sorted(_spots(buffers, _rooms(function, usage.space)), key=lambda spot: -spot.bytes)
        worst = max(spots, key=lambda spot: (spot.end or 0, spot.bytes))
        largest = dict.fromkeys(f"{spot.name} takes {spot.bytes} bytes" for spot in spots)
        total = load_chip().space(usage.space).bytes
        limit = total if usage.used > total else usage.limit
        excess = usage.used - limit
        notes = (f"{excess} bytes ({excess / 1024:.4g} KiB) too much; the largest buffers:", *[*largest][:_SHOWN])
        if usage.used > total:
            yield Diagnostic(
                "TW0501",
                f"{usage.space.capitalize()} buffer usage ({usage.used} bytes) exceeds platform limit ({total} bytes)",
                location_of(worst.op),
                notes=notes,
            )
        else:
            yield Diagnostic(
                "TW0150",
                f"{usage.space.capitalize()} is used up to byte {usage.used}, but the runtime uses it "
                f"from {usage.limit} on",
                location_of(worst.op),
                Severity.WARNING,
                notes=notes,
            )
