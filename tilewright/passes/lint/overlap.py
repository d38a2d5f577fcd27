"""TW0502: two buffers that are in use at the same time take the same bytes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from xdsl.ir import Operation

from tilewright.dialects.diagnostics import Diagnostic, Severity, location_of
from tilewright.passes.lint.buffers import live_buffers


def check_overlap(function: Operation) -> Iterator[Diagnostic]:
    """Report each pair of live buffers with bytes in common: one of the two loses its contents.

    A program may mean it, to look at one tile in two shapes; `pto.treshape` says so without a second buffer.
    """
    for first, second in combinations(live_buffers(function), 2):
        if first.overlaps(second) and first.meets(second):
            where = location_of(first.alloc)
            assert first.address is not None
            assert second.address is not None
            low = max(first.address, second.address)
            high = min(first.address + first.bytes, second.address + second.bytes)
            yield Diagnostic(
                "TW0502",
                f"{second.name} overlaps {first.name}: both hold data in bytes {low} to {high} of {first.space}",
                location_of(second.alloc),
                Severity.WARNING,
                notes=(f"{first.name} is declared at {where}",) if where else (),
                help=("give one of them another address, or use pto.treshape for another view of the same tile",),
            )
