"""TW0501: the buffers of a memory do not fit it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from xdsl.ir import Operation

from tilewright.arch.chip import load_chip
from tilewright.dialects.diagnostics import Diagnostic, location_of
from tilewright.dialects.spaces import Space
from tilewright.passes.analysis.packing import Block, pack
from tilewright.passes.lint.buffers import LiveBuffer, live_buffers

_SHOWN = 3


@dataclass(frozen=True)
class SpaceUsage:
    """What a function uses of one memory.

    Attributes:
        space: the memory.
        used: the highest byte in use where buffers have addresses; else what our own memory plan needs.
        limit: bytes that a kernel may use.
        buffers: the number of buffers.
        planned: whether `used` comes from our plan, as the program has no addresses.
        computed: whether some addresses are known at run time only, so that `used` is the least that it can be.
    """

    space: Space
    used: int
    limit: int
    buffers: int
    planned: bool
    computed: bool


def space_usage(function: Operation) -> list[SpaceUsage]:
    """What a function uses of each memory that it uses at all, in the order of the architecture file."""
    chip = load_chip()
    everything = live_buffers(function)
    found: list[SpaceUsage] = []
    for name, facts in chip.spaces.items():
        buffers = [buffer for buffer in everything if buffer.space == name]
        if buffers:
            fixed = [buffer.last_byte for buffer in buffers if buffer.last_byte is not None]
            computed = any(buffer.alloc.addr is not None and buffer.address is None for buffer in buffers)
            used = max(fixed) if fixed else _planned(buffers, facts.alignment_bytes, facts.usable_bytes)
            planned = not fixed and not computed
            found.append(SpaceUsage(Space(name), used, facts.usable_bytes, len(buffers), planned, computed))
    return found


def _planned(buffers: Sequence[LiveBuffer], alignment: int, capacity: int) -> int:
    return pack([Block(buffer.bytes, buffer.start, buffer.end) for buffer in buffers], alignment, capacity).peak


def check_capacity(function: Operation) -> Iterator[Diagnostic]:
    """Report each memory that is exceeded, at its largest buffer."""
    everything = live_buffers(function)
    for usage in space_usage(function):
        if usage.used <= usage.limit:
            continue
        buffers = sorted(
            (buffer for buffer in everything if buffer.space is usage.space), key=lambda buffer: -buffer.bytes
        )
        largest = [f"{buffer.name} takes {buffer.bytes} bytes" for buffer in buffers[:_SHOWN]]
        excess = usage.used - usage.limit
        yield Diagnostic(
            "TW0501",
            f"{usage.space.capitalize()} buffer usage ({usage.used} bytes) "
            f"exceeds platform limit ({usage.limit} bytes)",
            location_of(buffers[0].alloc),
            notes=(f"{excess} bytes ({excess / 1024:.4g} KiB) too much; the largest buffers:", *largest),
        )
