"""How long a launch of a kernel takes, what binds it, and what would help: all modelled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from xdsl.dialects import func

from tilewright.arch.calibrations import load_calibrated
from tilewright.arch.chip import Chip, CostProfile, Pipe
from tilewright.arch.runtime import Runtime
from tilewright.dialects.diagnostics import fail
from tilewright.dialects.pto import CubeOp, KernelKind
from tilewright.execution.functions import programs_of_block
from tilewright.timing.bounds import HBM, Bounds, launch_bounds
from tilewright.timing.certainty import Basis, basis_of
from tilewright.timing.core import Options, simulate_core
from tilewright.timing.critical_path import Share, critical_path
from tilewright.timing.kernel_classes import error_text, kernel_class
from tilewright.timing.records import Timeline
from tilewright.timing.sharing import hbm_us, shared_constants, shared_profile
from tilewright.timing.streams import streams_of_block
from tilewright.timing.traffic import Traffic
from tilewright.timing.walked_traffic import traffic_of


@dataclass(frozen=True, slots=True)
class Launch:
    """A kernel as it is started.

    Attributes:
        name: what it is called.
        functions: what its cores run, with addresses on every buffer.
        arguments: as for `streams_of_block`.
        blocks: how many there are.
    """

    name: str
    functions: Sequence[func.FuncOp]
    arguments: Sequence[object]
    blocks: int = 1


@dataclass(frozen=True)
class Report:
    """A modelled launch. Cycles are of the launch as a whole, unless they say otherwise.

    Attributes:
        name: of the kernel.
        profile: name of the cost profile.
        error: the held-out error of the profile on kernels of this class, or `uncalibrated`.
        blocks: how many ran.
        cores: how many blocks can run at a time.
        cycles: of the launch.
        launch_cycles: those outside of all pipes.
        clock_mhz: of the cores.
        busy: by core and pipe of the slowest block, such as `MTE2` and, where there are several cores, `vector 0 V`.
        bounds: what no order of the instructions can beat.
        path: the critical path of the slowest block; its cycles are those of that block.
        free: cycles if a pipe took no time, by pipe.
        average_cores_busy: how many blocks were running, on average.
        moved: of all blocks, to and from global memory.
        timeline: the slowest block.
        notes: what was simplified.
    """

    name: str
    profile: str
    error: str
    blocks: int
    cores: int
    cycles: int
    launch_cycles: int
    clock_mhz: float
    busy: Mapping[str, int]
    bounds: Bounds
    path: Sequence[Share]
    free: Mapping[str, int]
    average_cores_busy: float
    moved: Traffic
    timeline: Timeline
    notes: Sequence[str]

    @property
    def time_us(self) -> float:
        """Modelled time in microseconds."""
        return self.cycles / self.clock_mhz

    @property
    def ratio_to_bound(self) -> float | None:
        """How many times the bound it takes; None for a kernel that does nothing."""
        return self.cycles / self.bounds.largest if self.bounds.largest else None


def report_launch(launch: Launch, chip: Chip, runtime: Runtime, profile: str) -> Report:
    """Model a launch of a kernel.

    One block is simulated, and the last one where there are several; the slower of the two stands for all. Blocks
    that find no core wait until the ones before are done.

    Args:
        launch: what runs.
        chip: how many cores there are, and their costs.
        runtime: the rate of HBM.
        profile: name of one of the chip's cost profiles.

    Raises:
        DiagnosticError: TW0715 for an unknown profile, and what walking and simulating the blocks raise.
    """
    if profile not in chip.costs:
        fail("TW0715", f"there is no cost profile '{profile}'", help=(f"{chip.name} has: {', '.join(chip.costs)}",))
    cores = chip.cube_cores if _has_cube(launch.functions) else chip.vector_cores
    together, rounds = min(launch.blocks, cores), ceil(launch.blocks / cores)
    memory = load_calibrated(profile).memory
    traffic, note = traffic_of(launch.functions, launch.arguments, launch.blocks, together)
    costs = chip.costs[profile]
    instead: Mapping[str, str] = {}
    if memory is not None:
        instead = shared_constants(costs, memory, traffic, together, runtime)
        costs = shared_profile(costs, memory, traffic, together, runtime)
    lines = {number: _simulate(launch, number, chip, costs) for number in sorted({0, launch.blocks - 1})}
    slowest = max(lines, key=lambda number: lines[number].cycles)
    line = lines[slowest]
    outside = memory.launch_cycles if memory is not None else 0

    def basis(constant: str) -> Basis:
        return basis_of(instead.get(constant, constant), costs, runtime)

    bounds = launch_bounds(line, rounds, hbm_us(traffic, memory, runtime), basis)
    # Memory that all share may be slower than each core alone.
    cycles = max(line.cycles * rounds, bounds.cycles[HBM]) + outside

    def without(pipe: Pipe) -> int:
        return max(_simulate(launch, slowest, chip, costs, free=pipe).cycles * rounds, bounds.cycles[HBM]) + outside

    several = len({core for core, _ in line.busy}) > 1
    notes = [note, line.extrapolated, _alike(launch.blocks, slowest)]
    return Report(
        name=launch.name,
        profile=profile,
        error=error_text(profile, kernel_class(launch.functions, launch.blocks, line, chip)),
        blocks=launch.blocks,
        cores=cores,
        cycles=cycles,
        launch_cycles=outside,
        clock_mhz=chip.clock_mhz,
        busy={
            (f"{core} {pipe.name}" if several else pipe.name): busy * rounds for (core, pipe), busy in line.busy.items()
        },
        bounds=bounds,
        path=critical_path(line),
        free={pipe.name: min(cycles, without(pipe)) for pipe in line.work},
        average_cores_busy=launch.blocks * line.cycles / cycles if cycles else 0.0,
        moved=traffic,
        timeline=line,
        notes=[text for text in notes if text],
    )


def _simulate(launch: Launch, block: int, chip: Chip, costs: CostProfile, free: Pipe | None = None) -> Timeline:
    streams = streams_of_block(launch.functions, launch.arguments, block=block, blocks=launch.blocks)
    return simulate_core(streams, chip, costs, Options(keep_spans=free is None, free=free))


def _has_cube(functions: Sequence[func.FuncOp]) -> bool:
    kinds = {program.kind for program in programs_of_block(functions)}
    if kinds != {None}:
        return KernelKind.CUBE in kinds
    return any(isinstance(op, CubeOp) for function in functions for op in function.walk())


def _alike(blocks: int, slowest: int) -> str:
    if blocks <= 2:
        return ""
    return f"block {slowest} of {blocks} stands for all: the first and the last were simulated"
