"""Two traces side by side: how long each kernel takes in one and in the other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from tilewright.dialects.diagnostics import fail
from tilewright.timing.traces.model import Execution, Trace
from tilewright.timing.traces.steps import length, union


@dataclass(frozen=True, slots=True)
class Side:
    """A kernel in one trace; times in microseconds.

    Attributes:
        count: records, one for each block and core.
        active_us: while at least one core ran it.
        total_us: on-core busy time, summed over cores.
        cores: how many cores ran it.
    """

    count: int
    active_us: float
    total_us: float
    cores: int

    @property
    def mean_us(self) -> float:
        """Of a record."""
        return self.total_us / self.count


@dataclass(frozen=True, slots=True)
class Gap:
    """A kernel in two traces; None where one does not have it."""

    kernel: str
    first: Side | None
    second: Side | None

    @property
    def ratio(self) -> float | None:
        """How much longer some core runs it in the second trace; None where a trace has none of it."""
        if self.first is None or self.second is None or not self.first.active_us:
            return None
        return self.second.active_us / self.first.active_us

    @property
    def difference_us(self) -> float:
        """How many microseconds longer some core runs it in the second trace."""
        return (self.second.active_us if self.second else 0.0) - (self.first.active_us if self.first else 0.0)


def compare(first: Trace, second: Trace) -> list[Gap]:
    """Compare two traces kernel by kernel; the largest gap comes first, then what only one of them has.

    Args:
        first, second: such as a kernel alone and the layer that it is part of.

    Raises:
        DiagnosticError: TW0745 when the traces have no kernel in common.
    """
    sides = [_sides(trace) for trace in (first, second)]
    gaps = [Gap(kernel, *(side.get(kernel) for side in sides)) for kernel in dict.fromkeys((*sides[0], *sides[1]))]
    if not any(gap.first and gap.second for gap in gaps):
        lists = [", ".join(list(side)[:8]) + (", ..." if len(side) > 8 else "") for side in sides]
        fail(
            "TW0745",
            "the traces have no kernel in common",
            help=(
                f"the first has {lists[0]}; the second has {lists[1]}",
                '--names FILE gives kernels the same name: {"fa_fused_aic": "attention", "pa_entry": "attention"}',
            ),
        )
    return sorted(gaps, key=lambda gap: (gap.ratio is None, -abs(gap.difference_us)))


def _sides(trace: Trace) -> dict[str, Side]:
    found: dict[str, list[Execution]] = defaultdict(list)
    for each in trace.executions:
        found[each.kernel].append(each)
    return {kernel: _side(records) for kernel, records in found.items()}


def _side(records: Sequence[Execution]) -> Side:
    return Side(
        len(records),
        length(union((each.start_us, each.end_us) for each in records)),
        sum(each.duration_us for each in records),
        len({each.lane for each in records}),
    )
