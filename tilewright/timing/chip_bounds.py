"""How fast tasks could run at best: what no order of them on the chip can beat."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tilewright.arch.chip import Chip
from tilewright.arch.runtime import Runtime
from tilewright.timing.block_times import alone_us, links
from tilewright.timing.tasks import CoreKind, Task


@dataclass(frozen=True, slots=True)
class ChipBounds:
    """Lower bounds of the time of a run, in microseconds.

    Attributes:
        path_us: the longest chain of tasks that wait for each other.
        cube_us, vector_us: the work on each kind of core, over their number.
        hbm_us: all bytes at the full rate of HBM.
        submit_us: the orchestrator's work.
    """

    path_us: float
    cube_us: float
    vector_us: float
    hbm_us: float
    submit_us: float

    @property
    def largest(self) -> tuple[str, float]:
        """What binds, and its time."""
        bounds = {
            "critical path": self.path_us,
            "cube cores": self.cube_us,
            "vector cores": self.vector_us,
            "HBM": self.hbm_us,
            "orchestrator": self.submit_us,
        }
        name = max(bounds, key=lambda key: bounds[key])
        return name, bounds[name]


def chip_bounds(tasks: Sequence[Task], chip: Chip, costs: Runtime) -> ChipBounds:
    """The bounds of a run of these tasks."""
    rates = links(chip, costs)
    ends: list[float] = []
    work = dict.fromkeys(CoreKind, 0.0)
    moved = 0
    for task in tasks:
        per_entry = task.blocks if len(task.work) == 1 else 1
        has_code = task.core_kind is not CoreKind.NONE
        times = [alone_us(entry, rates[task.core_kind]) if has_code else 0.0 for entry in task.work]
        ends.append(max((ends[before] for before in task.after), default=0.0) + max(times))
        work[task.core_kind] += sum(times) * per_entry
        moved += sum(entry.bytes_hbm for entry in task.work) * per_entry * has_code
    mixed = work[CoreKind.MIX]
    return ChipBounds(
        path_us=max(ends, default=0.0),
        cube_us=(work[CoreKind.AIC] + mixed) / chip.cube_cores,
        vector_us=(work[CoreKind.AIV] + mixed * (chip.vector_cores // chip.cube_cores)) / chip.vector_cores,
        hbm_us=moved / costs.hbm,
        submit_us=len(tasks) * costs.submit_us,
    )
