"""The typed view of what a cost profile knows of cores that run together, and of how far it is off."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import inf
from typing import Any


@dataclass(frozen=True, slots=True)
class MemoryShares:
    """What the cores of one launch share.

    Attributes:
        launch_cycles: of a launch, outside of all pipes.
        l2_gib_per_s: what one cube core loads from L2.
        l2_megabytes: 10^6 bytes that L2 has still kept when they are used again; infinity where it keeps all.
    """

    launch_cycles: int = 0
    l2_gib_per_s: float = inf
    l2_megabytes: float = inf


@dataclass(frozen=True, slots=True)
class Calibration:
    """How far a profile is off on a class of kernels, in rows of published measurements.

    Attributes:
        kernel_class: the class, such as `gemm`.
        rows: names of the table and of the rows.
        fitted: rows that constants were fitted to.
        held_out: rows that the errors are of.
        cube_cycles: least and most work of the cube unit of a core, in cycles, among the rows.
        error: largest error of a time, as a part of it.
        busy_error: largest error of a pipe's busy ratio, as a part of the time.
    """

    kernel_class: str
    rows: str
    fitted: Sequence[str]
    held_out: Sequence[str]
    cube_cycles: Sequence[int]
    error: float
    busy_error: float

    def __str__(self) -> str:
        fitted = f"fitted to {', '.join(self.fitted)}" if self.fitted else "fitted to nothing"
        return f"held-out error {100 * self.error:.1f} % (class {self.kernel_class}, {fitted})"


@dataclass(frozen=True, eq=False)
class Calibrated:
    """Of one profile: what cores share, None where it knows nothing of that, and its calibrations by class."""

    memory: MemoryShares | None
    classes: Mapping[str, Calibration]


def load_calibrated(profile: str, chip: str = "a2a3") -> Calibrated:
    """What an architecture file says beside the constants of a profile; KeyError for an unknown profile."""
    return _read(chip)[profile]


@cache
def _read(chip: str) -> Mapping[str, Calibrated]:
    text = files("tilewright.arch").joinpath(f"{chip}.toml").read_text("utf-8")
    profiles: dict[str, dict[str, Any]] = tomllib.loads(text)["cost"]
    return {name: _profile(raw) for name, raw in profiles.items()}


def _profile(raw: Mapping[str, Any]) -> Calibrated:
    memory = raw.get("memory")
    classes: Mapping[str, Mapping[str, Any]] = raw.get("calibration", {})
    return Calibrated(
        None
        if memory is None
        else MemoryShares(memory["launch_cycles"], memory["l2_gib_per_s"], memory["l2_megabytes"]),
        {name: Calibration(kernel_class=name, **entry) for name, entry in classes.items()},
    )
