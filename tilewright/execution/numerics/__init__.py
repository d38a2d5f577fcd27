"""What each instruction computes, by family of instructions."""

from __future__ import annotations

from tilewright.execution.numerics import cube, movement
from tilewright.execution.numerics.core import Family

NUMERICS: Family = {
    **cube.NUMERICS,
    **movement.NUMERICS,
}
