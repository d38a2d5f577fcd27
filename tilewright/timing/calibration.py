"""Fits the constants of a cost profile to published measurements of matrix products, and says how far it is off.

Each row gives the time and, for each pipe, the part of the time in which it was busy. What a pipe was busy divided by
what it did gives the cost of one instruction; loads give the rate of L2 where HBM's is known; the load time of the
row that moves most, beyond what that explains, gives how much L2 keeps; and what is left of the time outside of all
pipes is the launch.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import inf

from tilewright.arch.calibrations import Calibration, MemoryShares
from tilewright.arch.chip import Chip, CostProfile, Pipe
from tilewright.arch.runtime import Runtime
from tilewright.timing.records import Timeline
from tilewright.timing.sharing import gib_per_s, shared_profile
from tilewright.timing.traffic import Traffic

_MEGA = 1_000_000
_STEPS = 60


@dataclass(frozen=True, slots=True)
class Measured:
    """A row: its name, the time in microseconds, and the part of it in which each pipe was busy."""

    name: str
    time_us: float
    busy: Mapping[Pipe, float]


@dataclass(frozen=True, slots=True)
class Benchmark:
    """A measured kernel that is modelled here.

    Attributes:
        measured: its row.
        traffic: of all its cores.
        cores: that it runs on.
        products, moves: instructions of the cube unit, and moves to Left and Right, on one core.
        simulate: models one core under a profile.
    """

    measured: Measured
    traffic: Traffic
    cores: int
    products: int
    moves: int
    simulate: Callable[[CostProfile], Timeline]


@dataclass(frozen=True, slots=True)
class Fit:
    """A profile that was fitted, and what goes with it."""

    profile: CostProfile
    memory: MemoryShares


@dataclass(frozen=True, slots=True)
class Comparison:
    """Modelled against measured.

    Attributes:
        measured: the row.
        time_us: the time in microseconds.
        busy: the part of it in which each pipe is busy.
        cube_cycles: cycles of the cube unit of a core.
    """

    measured: Measured
    time_us: float
    busy: Mapping[Pipe, float]
    cube_cycles: int

    @property
    def error(self) -> float:
        """How much longer the model takes, as a part of the measured time."""
        return self.time_us / self.measured.time_us - 1

    @property
    def busy_errors(self) -> Mapping[Pipe, float]:
        """How much busier each pipe is."""
        return {pipe: self.busy[pipe] - busy for pipe, busy in self.measured.busy.items()}


def fit(rows: Sequence[Benchmark], base: CostProfile, chip: Chip, runtime: Runtime) -> Fit:
    """Fit the constants of a cube core to measured rows.

    Args:
        rows: at least one, and two of different traffic for the capacity of L2.
        base: where the constants that are not fitted come from.
        chip: its clock.
        runtime: the rate of HBM.
    """
    cycles = [row.measured.time_us * chip.clock_mhz for row in rows]
    busy = [
        {pipe: part * time for pipe, part in row.measured.busy.items()} for row, time in zip(rows, cycles, strict=True)
    ]
    bare = replace(base, matmul_fixed_cycles=0, move_fixed_cycles=0)
    lines = [row.simulate(bare) for row in rows]

    def fixed(pipe: Pipe, counts: Sequence[int]) -> int:
        rest = sum(found[pipe] - line.work[pipe] for found, line in zip(busy, lines, strict=True))
        return round(rest / sum(counts))

    stores = sum(found[Pipe.FIX] for found in busy) / sum(line.bytes["acc_to_gm"] for line in lines)
    profile = replace(
        base,
        matmul_fixed_cycles=fixed(Pipe.M, [row.products for row in rows]),
        move_fixed_cycles=fixed(Pipe.MTE1, [row.moves for row in rows]),
        gib_per_s={**base.gib_per_s, "acc_to_gm": round(gib_per_s(stores, chip), 1)},
    )
    memory = _memory(rows, [found[Pipe.MTE2] for found in busy], chip, runtime)
    found = Fit(profile, memory)
    # The launch minimises the sum of the squares of the relative errors.
    predicted = [predict(row, found, chip, runtime).time_us * chip.clock_mhz for row in rows]
    rest = [time - model for time, model in zip(cycles, predicted, strict=True)]
    weights = [1 / time**2 for time in cycles]
    launch = sum(left * weight for left, weight in zip(rest, weights, strict=True)) / sum(weights)
    return Fit(profile, replace(memory, launch_cycles=max(0, round(launch))))


def _memory(rows: Sequence[Benchmark], load_cycles: Sequence[float], chip: Chip, runtime: Runtime) -> MemoryShares:
    """The rate of L2 from all rows but the one that moves most, and what L2 keeps from that one."""
    per_hbm_byte = chip.clock_mhz / runtime.hbm
    ordered = sorted(zip(rows, load_cycles, strict=True), key=lambda pair: pair[0].traffic.loaded)
    smaller = ordered[:-1] or ordered
    # A byte from L2 takes time of its own core, a byte from HBM of all.
    hits = sum((row.traffic.loaded - row.traffic.first) / row.cores for row, _ in smaller)
    per_byte = sum(cycles - row.traffic.first * per_hbm_byte for row, cycles in smaller) / hits
    return MemoryShares(0, round(gib_per_s(per_byte, chip), 1), _capacity(*ordered[-1], per_byte, per_hbm_byte))


def _capacity(row: Benchmark, cycles: float, per_byte: float, per_hbm_byte: float) -> float:
    """10^6 bytes that L2 keeps, so that the loads of a row take as long as they do; infinity if nothing is missed."""
    shared = per_hbm_byte * row.cores
    wanted = (cycles * row.cores - row.traffic.loaded * per_byte) / (shared - per_byte)
    if wanted <= row.traffic.first:
        return inf
    low, high = 0.0, float(max(reuse.distance for reuse in row.traffic.again))
    for _ in range(_STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if row.traffic.missed(middle) > wanted else (low, middle)
    return round(low / _MEGA, 1)


def predict(row: Benchmark, found: Fit, chip: Chip, runtime: Runtime) -> Comparison:
    """Model a row with a fitted profile."""
    profile = shared_profile(found.profile, found.memory, row.traffic, row.cores, runtime)
    line = row.simulate(profile)
    cycles = line.cycles + found.memory.launch_cycles
    busy = {pipe: work / cycles for pipe, work in line.work.items()}
    return Comparison(row.measured, cycles / chip.clock_mhz, busy, line.work[Pipe.M])


def calibration_of(kernel_class: str, rows: str, fitted: Sequence[str], compared: Sequence[Comparison]) -> Calibration:
    """The errors on the rows that were held out.

    Args:
        kernel_class, rows: see `Calibration`.
        fitted: names of the rows that were fitted.
        compared: all rows.
    """
    held_out = [each for each in compared if each.measured.name not in fitted]
    return Calibration(
        kernel_class,
        rows,
        fitted,
        [each.measured.name for each in held_out],
        (min(each.cube_cycles for each in compared), max(each.cube_cycles for each in compared)),
        max(abs(each.error) for each in held_out),
        max(abs(error) for each in held_out for error in each.busy_errors.values()),
    )
