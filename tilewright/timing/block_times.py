"""How long a block takes when nothing else uses memory."""

from __future__ import annotations

from collections.abc import Mapping
from math import inf

from tilewright.arch.chip import Chip
from tilewright.arch.runtime import Runtime
from tilewright.timing.tasks import CoreKind, Work


def links(chip: Chip, costs: Runtime) -> Mapping[CoreKind, float]:
    """Bytes per microsecond that the cores of a block of each kind move to and from global memory."""
    beside = chip.vector_cores // chip.cube_cores
    return {
        CoreKind.AIC: costs.cube,
        CoreKind.AIV: costs.vector,
        CoreKind.MIX: costs.cube + beside * costs.vector,
        CoreKind.NONE: inf,
    }


def alone_us(work: Work, link: float) -> float:
    """Microseconds of a block whose cores move `link` bytes per microsecond."""
    return max(work.duration_us, (work.bytes_hbm + work.bytes_l2) / link)
