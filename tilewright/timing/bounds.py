"""How fast a launch of a kernel could be at best: what no order of its instructions can beat."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import ceil

from tilewright.timing.certainty import HBM_RATE, Basis
from tilewright.timing.records import Timeline

HBM = "HBM"

_NOTHING = Basis("", None)


@dataclass(frozen=True, slots=True)
class Bounds:
    """Lower bounds of the cycles of a launch, by pipe, and by `HBM`; the launch itself is not in them.

    `bases` says which constant the largest part of each rests on.
    """

    cycles: Mapping[str, int]
    bases: Mapping[str, Basis]

    @property
    def binding(self) -> str:
        """What binds: the pipe, or HBM, that needs most; '' for a kernel that does nothing."""
        return max(self.cycles, key=lambda name: self.cycles[name], default="")

    @property
    def largest(self) -> int:
        """Cycles that the launch needs at least."""
        return max(self.cycles.values(), default=0)

    @property
    def basis(self) -> Basis:
        """What the largest part of the bound that binds rests on; '' where that is whole kernels, not a constant."""
        return self.bases.get(self.binding, _NOTHING)


def launch_bounds(timeline: Timeline, rounds: int, hbm_us: float, basis_of: Callable[[str], Basis]) -> Bounds:
    """The bounds of a launch.

    Args:
        timeline: of its slowest block.
        rounds: blocks that a core runs one after the other.
        hbm_us: microseconds that HBM needs for what all blocks move.
        basis_of: tells a constant's uncertainty; see `certainty`.
    """
    bounds = {pipe.name: work * rounds for pipe, work in timeline.work.items()}
    bases = {pipe.name: basis_of(constant) for pipe, constant in timeline.rests_on.items()}
    return Bounds({**bounds, HBM: ceil(hbm_us * timeline.clock_mhz)}, {**bases, HBM: basis_of(HBM_RATE)})
