"""How far what rests on a constant may be off, by public measurements."""

from __future__ import annotations

from dataclasses import dataclass

from tilewright.arch.chip import CostProfile
from tilewright.arch.runtime import Runtime

_RUNTIME = "runtime."
_TIMES = "us."

HBM_RATE = f"{_RUNTIME}gb_per_s.hbm"
"""What all cores together get from HBM."""

SUBMIT = f"{_RUNTIME}us.submit"
"""What the orchestrator takes for a task."""


@dataclass(frozen=True, slots=True)
class Basis:
    """A constant, and how far what rests on it may be off.

    Attributes:
        constant: its name in the architecture file, that of the profile or `runtime.` and one of the runtime; '' where
            there is no single one.
        uncertainty: as a part of the measured time; None where there is no public measurement.
    """

    constant: str
    uncertainty: float | None


def basis_of(constant: str, profile: CostProfile, runtime: Runtime) -> Basis:
    """What is known of a constant of the profile, or of the runtime; KeyError for one that there is not."""
    if not constant.startswith(_RUNTIME):
        return Basis(constant, profile.uncertainty_of(constant))
    name = constant.removeprefix(_RUNTIME)
    fact = runtime.facts[name]
    # A rate that is half of the true one makes a time twice the true one.
    ratios = [fact.value / true if name.startswith(_TIMES) else true / fact.value for true in (fact.low, fact.high)]
    return Basis(constant, round(max(abs(ratio - 1) for ratio in ratios), 3))
