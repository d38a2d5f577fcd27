"""A cost profile for cores that load at the same time: HBM is shared by all, L2 serves what it has kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from tilewright.arch.calibrations import MemoryShares
from tilewright.arch.chip import Chip, CostProfile
from tilewright.arch.runtime import Runtime
from tilewright.timing.certainty import HBM_RATE
from tilewright.timing.traffic import Traffic

_MEGA = 1_000_000
_GIBI = 2**30
_LOADS = "gm_to_"
_CUBE_PATH = "gm_to_mat"
_L2_RATE = "memory.l2_gib_per_s"


def shared_profile(
    profile: CostProfile, memory: MemoryShares, traffic: Traffic, cores: int, runtime: Runtime
) -> CostProfile:
    """The profile with what each path from global memory gives to one core while others load, too.

    A core loads what L2 has at the rate of L2, or of its path where that is slower, and the rest at its share of HBM;
    a path's rate is the mean of both. All loads of a core are alike in this.

    Args:
        profile: what a core has for itself; of the cube core's loads, `memory` says it.
        memory: what L2 gives and keeps.
        traffic: of all cores.
        cores: that load at the same time.
        runtime: the rate of HBM.
    """
    if not traffic.loaded:
        return profile
    missed, share = _of_hbm(memory, traffic, cores, runtime)
    rates = dict(profile.gib_per_s)
    for path, rate in profile.gib_per_s.items():
        if path.startswith(_LOADS):
            alone = memory.l2_gib_per_s if path == _CUBE_PATH else rate
            rates[path] = 1 / (missed / min(share, alone) + (1 - missed) / alone)
    return replace(profile, gib_per_s=rates)


def shared_constants(
    profile: CostProfile, memory: MemoryShares, traffic: Traffic, cores: int, runtime: Runtime
) -> Mapping[str, str]:
    """The constants that loads rest on instead of the rate of their path, where others load, too.

    Args: as for `shared_profile`.

    Returns:
        By the name of the rate, what more than half of the time rests on: HBM's rate, or what the core has for itself.
    """
    if not traffic.loaded:
        return {}
    missed, share = _of_hbm(memory, traffic, cores, runtime)
    found: dict[str, str] = {}
    for path, rate in profile.gib_per_s.items():
        if path.startswith(_LOADS):
            own, alone = (_L2_RATE, memory.l2_gib_per_s) if path == _CUBE_PATH else (f"gib_per_s.{path}", rate)
            is_hbm = share < alone and missed / share > (1 - missed) / alone
            found[f"gib_per_s.{path}"] = HBM_RATE if is_hbm else own
    return found


def _of_hbm(memory: MemoryShares, traffic: Traffic, cores: int, runtime: Runtime) -> tuple[float, float]:
    """The part of the loads that HBM serves, and the rate that it gives to one core."""
    missed = min(1.0, traffic.missed(memory.l2_megabytes * _MEGA) / traffic.loaded)
    return missed, runtime.hbm * _MEGA / _GIBI / cores


def hbm_us(traffic: Traffic, memory: MemoryShares | None, runtime: Runtime) -> float:
    """Microseconds that HBM needs at least for a run; what is loaded once and stored, where nothing is known of L2."""
    loaded = traffic.first if memory is None else traffic.missed(memory.l2_megabytes * _MEGA)
    return (loaded + traffic.stored) / runtime.hbm


def gib_per_s(cycles_per_byte: float, chip: Chip) -> float:
    """A rate in the profile's unit."""
    return chip.clock_mhz * _MEGA / cycles_per_byte / _GIBI
