"""Checks the order of a whole module: every launch of it, with the numbers that somebody gives or with small ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from xdsl.dialects.builtin import ModuleOp
from xdsl.ir import Operation

from tilewright.dialects.diagnostics import Diagnostic, DiagnosticError, did_you_mean, fail, remark
from tilewright.dialects.names import value_name
from tilewright.execution.instructions import Instruction
from tilewright.execution.names import argument_names
from tilewright.execution.races.assumptions import rests_on_assumptions
from tilewright.execution.races.events import Conflict
from tilewright.execution.races.launches import CoreRun, Launch, launches
from tilewright.execution.races.loops import with_marks
from tilewright.execution.races.machine import play
from tilewright.execution.races.report import Report
from tilewright.execution.races.scenarios import TRIPS, Scenario, scenarios, without_place
from tilewright.execution.races.touches import is_global
from tilewright.execution.walker import Reader, walk

_STEP_LIMIT = 5_000_000
"""Steps after which a run with numbers that nobody gave is given up."""


def check_order(
    module: ModuleOp,
    given: Mapping[str, int | float] | None = None,
    trips: Sequence[int] = TRIPS,
    blocks: int | None = None,
) -> list[Diagnostic]:
    """Give what is wrong with flags, barriers, signals and pipes between cores, over all runs that are tried.

    Args:
        module: verified, with addresses on every buffer.
        given: numbers for scalar arguments, by name without `%`.
        trips: how often loops run whose bounds are not given.
        blocks: how many blocks run each kernel; None for two where it asks for its block number, else one.

    All are errors but what two cores of a kind, or two stores of a pipe, do to bytes that depend on assumed numbers: a
    warning.
    Remarks say which numbers were assumed (TW0441), and which of them a program could not be run with (TW0442).

    Raises:
        DiagnosticError: TW0443 for a number that no kernel takes; what walking raises with numbers that were all given.
    """
    report = Report()
    found = list(launches(with_marks(module), blocks))
    _check_names(found, given or {})
    for launch in found:
        _check(launch, given or {}, trips, report)
    return report.diagnostics()


def _check_names(found: Sequence[Launch], given: Mapping[str, int | float]) -> None:
    known = {name for launch in found for function in launch.functions for name in argument_names(function)}
    for name in given:
        if name not in known:
            listing = ", ".join(sorted(known)) or "none"
            fail(
                "TW0443", f"no kernel has an argument {name}", help=(*did_you_mean(name, known), f"they have {listing}")
            )


def _check(launch: Launch, given: Mapping[str, int | float], trips: Sequence[int], report: Report) -> None:
    for function in launch.functions:
        if (value := without_place(function)) is not None:
            remark(
                "TW0442",
                f"{_names(launch)} did not run: only a caller knows where {value_name(value)} lies",
                value,
            )
            return
    runs = list(scenarios(launch.functions, given, trips))
    reader = _Zeros()
    cores = [core.core for core in launch.cores]
    assumed = runs[0].assumed if runs else ()

    @cache
    def rests(op: Operation, *, ends: bool) -> bool:
        return rests_on_assumptions(op, launch.functions, assumed, reader.asked, ends=ends)

    def in_doubt(found: Conflict) -> bool:
        one, other = cores[found.earlier.core], cores[found.later.core]
        if one is other and not (found.earlier.pipe is found.later.pipe and is_global(found.memory)):
            return False
        ops = (found.earlier.instruction.op, found.later.instruction.op)
        return one.kind is other.kind and any(rests(op, ends=one is not other) for op in ops)

    for run in runs:
        streams = [stream_of(core, run, reader) for core in launch.cores]
        try:
            report.add(play(streams, cores), launch.cores, in_doubt)
        except DiagnosticError as error:
            if not run.assumed and not reader.asked:
                raise
            _say_not_run(run, error, launch)
    _say_assumed(runs, reader, launch)


def stream_of(core: CoreRun, run: Scenario, reader: Reader) -> Iterator[Instruction]:
    """Give what a core executes with some numbers."""
    return walk(
        core.function,
        run.arguments(core.function),
        reader=reader,
        place=core.place,
        core=core.section,
        limit=_STEP_LIMIT,
    )


class _Zeros:
    """Gives zero for every scalar that comes from memory, and remembers who asked."""

    def __init__(self) -> None:
        self.asked: dict[Operation, None] = {}

    def __call__(self, instruction: Instruction) -> int:
        self.asked[instruction.op] = None
        return 0


def _say_assumed(runs: Sequence[Scenario], reader: _Zeros, launch: Launch) -> None:
    if runs and runs[0].assumed:
        listing = "; ".join(map(str, runs))
        remark(
            "TW0441",
            f"{_names(launch)} ran with numbers that nobody gave: {listing}",
            launch.functions[0],
            notes=("give others with --arg name=value, or other trip counts with --trips",),
        )
    for op in reader.asked:
        remark("TW0441", f"{op.name} reads a number from memory, which was taken to be 0", op)


def _say_not_run(run: Scenario, error: DiagnosticError, launch: Launch) -> None:
    first = error.diagnostics[0]
    with_numbers = f" with {run}" if run.assumed else " with zeros in memory"
    remark(
        "TW0442",
        f"{_names(launch)} could not run to its end{with_numbers}: {first.message}",
        first.location,
        notes=("what was checked until then counts; give the numbers with --arg name=value",),
    )


def _names(launch: Launch) -> str:
    return " and ".join(f"@{function.sym_name.data}" for function in launch.functions)
