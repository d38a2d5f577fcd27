"""How long a program takes: one kernel that is launched, or an entry and all the tasks that it submits."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil

import numpy as np
from xdsl.dialects import func
from xdsl.dialects.builtin import DYNAMIC_INDEX, AnyFloat, IndexType, IntegerType, ModuleOp

from tilewright.arch.calibrations import load_calibrated
from tilewright.arch.chip import Chip
from tilewright.arch.runtime import Runtime
from tilewright.dialects.diagnostics import fail
from tilewright.dialects.tile import TensorType
from tilewright.execution.dtypes import DTYPES
from tilewright.execution.functions import find_function, find_kernels
from tilewright.execution.names import argument_names
from tilewright.execution.values import TensorValue
from tilewright.timing.bounds import HBM, Bounds
from tilewright.timing.certainty import HBM_RATE, SUBMIT, basis_of
from tilewright.timing.chip import simulate_chip
from tilewright.timing.chip_bounds import chip_bounds
from tilewright.timing.kernel_classes import UNCALIBRATED
from tilewright.timing.kernel_tasks import tasks_of_submissions
from tilewright.timing.recording import Submission, record
from tilewright.timing.report import Launch, Report, report_launch
from tilewright.timing.tasks import ChipRun, Work

_MEGA = 1_000_000


@dataclass(frozen=True)
class ProgramReport:
    """A modelled run of a program.

    Attributes:
        name: of its entry.
        kernels: a report of each different launch of a kernel, by itself.
        counts: how often each is launched.
        run: all tasks on the chip; None where there is one only, which is then the run.
        bounds: what no order of instructions and tasks can beat.
    """

    name: str
    kernels: Sequence[Report]
    counts: Sequence[int]
    run: ChipRun | None
    bounds: Bounds

    @property
    def profile(self) -> str:
        """Name of the cost profile."""
        return self.kernels[0].profile

    @property
    def error(self) -> str:
        """The held-out error of the profile on such programs, or `uncalibrated`."""
        return self.kernels[0].error if self.run is None else UNCALIBRATED

    @property
    def cycles(self) -> int:
        """Modelled cycles of all."""
        return self.kernels[0].cycles if self.run is None else ceil(self.run.makespan_us * self.kernels[0].clock_mhz)

    @property
    def time_us(self) -> float:
        """Modelled time in microseconds."""
        return self.kernels[0].time_us if self.run is None else self.run.makespan_us

    @property
    def ratio_to_bound(self) -> float | None:
        """How many times the bound it takes; None for a program that does nothing."""
        return self.cycles / self.bounds.largest if self.bounds.largest else None

    @property
    def average_cores_busy(self) -> float:
        """How many cores ran code on average; a cube core with its vector cores counts as one in a single launch."""
        return self.kernels[0].average_cores_busy if self.run is None else self.run.average_cores_busy


def report_kernel(launch: Launch, chip: Chip, runtime: Runtime, profile: str) -> ProgramReport:
    """Model one launch; see `report_launch`."""
    found = report_launch(launch, chip, runtime, profile)
    return ProgramReport(launch.name, [found], [1], None, found.bounds)


def report_program(
    module: ModuleOp,
    name: str,
    arguments: Sequence[object],
    kernel_module: Callable[[str], ModuleOp],
    machine: tuple[Chip, Runtime, str],
) -> ProgramReport:
    """Model an entry and the tasks that it submits.

    Args:
        module: the program, its kernels in functions of their own.
        name: its entry.
        arguments: of the entry; see `arguments_of`.
        kernel_module: gives a kernel with addresses and flags.
        machine: the chip, its runtime and the name of a cost profile.

    Raises:
        DiagnosticError: TW0713 where nothing is submitted, and what listing, compiling and simulating raise.
    """
    entry = find_function(module, name)
    submissions = record(module, entry, arguments)
    known: dict[tuple[object, ...], tuple[Report, Work]] = {}
    used: list[tuple[object, ...]] = []

    def work_of(submission: Submission) -> Sequence[Work]:
        numbers = tuple(None if isinstance(each, TensorValue) else each for each in submission.arguments)
        key = (submission.kernel, submission.blocks, numbers)
        if key not in known:
            functions = find_kernels(kernel_module(submission.kernel), None)
            launch = Launch(submission.kernel, functions, numbers, submission.blocks)
            known[key] = (found := report_launch(launch, *machine)), _work(found, machine)
        used.append(key)
        return (known[key][1],)

    tasks = tasks_of_submissions(submissions, work_of)
    if not used:
        fail("TW0713", f"@{name} submits no kernel: there is nothing to simulate", entry)
    reports = [report for report, _ in known.values()]
    counts = [used.count(key) for key in known]
    if len(used) == 1:
        return ProgramReport(name, reports, counts, None, reports[0].bounds)
    chip, runtime, profile = machine
    least = chip_bounds(tasks, chip, runtime)
    bounds = {
        "critical path": least.path_us,
        "cube cores": least.cube_us,
        "vector cores": least.vector_us,
        HBM: least.hbm_us,
        "orchestrator": least.submit_us,
    }
    run = simulate_chip(tasks, chip, runtime)
    in_cycles = {what: int(time * chip.clock_mhz) for what, time in bounds.items()}
    bases = {
        HBM: basis_of(HBM_RATE, chip.costs[profile], runtime),
        "orchestrator": basis_of(SUBMIT, chip.costs[profile], runtime),
    }
    return ProgramReport(name, reports, counts, run, Bounds(in_cycles, bases))


def _work(report: Report, machine: tuple[Chip, Runtime, str]) -> Work:
    """What a block of a launch does."""
    memory = load_calibrated(machine[2]).memory
    missed = report.moved.first if memory is None else report.moved.missed(memory.l2_megabytes * _MEGA)
    hits = report.moved.loaded - missed
    return Work(report.timeline.time_us, int((missed + report.moved.stored) / report.blocks), int(hits / report.blocks))


def arguments_of(function: func.FuncOp, numbers: Mapping[str, int | float]) -> Sequence[object]:
    """Arguments for listing what a function submits, or for walking it: zeros for tensors, the numbers by name.

    Raises:
        DiagnosticError: TW0712 for a number that is not given, or one that the function does not take.
    """
    names = argument_names(function)
    scalars = [name for name, value in zip(names, function.args, strict=True) if _is_number(value.type)]
    for name in numbers:
        if name not in scalars:
            listing = ", ".join(scalars) or "none"
            fail(
                "TW0712",
                f"@{function.sym_name.data} takes no number '{name}'",
                function,
                help=(f"it takes: {listing}",),
            )
    values: list[object] = []
    for name, value in zip(names, function.args, strict=True):
        type_ = value.type
        if isinstance(type_, TensorType):
            shape = [1 if extent == DYNAMIC_INDEX else extent for extent in type_.extents]
            values.append(np.zeros(shape, DTYPES[str(type_.element_type)]))
        elif not _is_number(type_):
            values.append(None)
        elif name in numbers:
            values.append(numbers[name])
        else:
            fail("TW0712", f"@{function.sym_name.data} needs the number '{name}'", function, help=(f"--arg {name}=1",))
    return values


def _is_number(type_: object) -> bool:
    return isinstance(type_, IntegerType | IndexType | AnyFloat)
