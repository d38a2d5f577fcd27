"""How fast a launch of a kernel could be at best: what no order of its instructions can beat."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil

from tilewright.timing.records import Timeline

HBM = "HBM"


@dataclass(frozen=True, slots=True)
class Bounds:
    """Lower bounds of the cycles of a launch, by pipe, and by `HBM`; the launch itself is not in them."""

    cycles: Mapping[str, int]

    @property
    def binding(self) -> str:
        """What binds: the pipe, or HBM, that needs most; '' for a kernel that does nothing."""
        return max(self.cycles, key=lambda name: self.cycles[name], default="")

    @property
    def largest(self) -> int:
        """Cycles that the launch needs at least."""
        return max(self.cycles.values(), default=0)


def launch_bounds(timeline: Timeline, rounds: int, hbm_us: float) -> Bounds:
    """The bounds of a launch.

    Args:
        timeline: of its slowest block.
        rounds: blocks that a core runs one after the other.
        hbm_us: microseconds that HBM needs for what all blocks move.
    """
    bounds = {pipe.name: work * rounds for pipe, work in timeline.work.items()}
    return Bounds({**bounds, HBM: ceil(hbm_us * timeline.clock_mhz)})
