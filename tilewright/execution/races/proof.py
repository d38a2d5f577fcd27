"""The static tier of the check of order: loops that are right however often they run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from xdsl.dialects import func
from xdsl.dialects.builtin import ModuleOp
from xdsl.ir import Operation, SSAValue

from tilewright.dialects.diagnostics import Diagnostic, DiagnosticError, Severity, collect_diagnostics, location_of
from tilewright.dialects.pto.core_sync import CoreSyncOp
from tilewright.dialects.pto.pipe_ends import PipeUserOp
from tilewright.execution.names import argument_names
from tilewright.execution.races.checker import check_order, stream_of
from tilewright.execution.races.events import Conflict
from tilewright.execution.races.launches import CoreRun, Launch, launches
from tilewright.execution.races.loops import LoopMarkOp, with_marks
from tilewright.execution.races.proof_analysis import analysed
from tilewright.execution.races.proof_plan import Plan, moving_roots
from tilewright.execution.races.proof_runs import Run, are_apart, run_of
from tilewright.execution.races.proof_search import MOST_UNITS, Failure, Repetition, search
from tilewright.execution.races.proof_values import Number, Reason, known
from tilewright.execution.races.regions import Region
from tilewright.execution.races.scenarios import TRIPS, Scenario, counts, scenarios, without_place

_Numbers = Mapping[str, int | float]


@dataclass(frozen=True)
class LoopProof:
    """What is known of one loop.

    Attributes:
        loop: in a copy of the program.
        reason: why nothing is proved; None when it is right however often it runs.
        repetition: from which turn on the state repeats, and after how many turns.
        note: what the proof leaves open; empty when nothing.
    """

    loop: Operation
    reason: Reason | None
    repetition: tuple[int, int] | None = None
    note: str = ""

    def diagnostic(self) -> Diagnostic:
        """Give the remark for people."""
        if self.reason is not None:
            where = location_of(self.reason.at)
            at = "" if where is None or self.reason.at is self.loop else f" (line {where.line})"
            tried = ", ".join(map(str, TRIPS))
            text = f"checked for trip counts {tried} only: {self.reason.text}{at}"
        elif self.repetition is None:
            text = f"proved for every trip count{self.note}"
        else:
            start, turns = self.repetition
            every = "every turn" if turns == 1 else f"every {turns} turns"
            text = f"proved for every trip count{self.note} (the state repeats {every} from turn {start} on)"
        return Diagnostic("TW0444", text, location_of(self.loop), Severity.REMARK)


@dataclass(frozen=True)
class Proofs:
    """What the static tier says of a module: about its loops, and errors that only some trip counts show."""

    loops: Sequence[LoopProof]
    found: Sequence[Diagnostic]


def prove_loops(module: ModuleOp, given: _Numbers | None = None, blocks: int | None = None) -> Proofs:
    """Prove of each loop that arguments bound, as far as possible, that it is right however often it runs.

    Args:
        module: verified, with addresses on every buffer.
        given: numbers for scalar arguments, by name without `%`.
        blocks: as `check_order` has it.
    """
    proofs: dict[Operation, LoopProof] = {}
    check = _Check(module, given or {}, blocks)
    for launch in launches(with_marks(module), blocks):
        if any(without_place(function) is not None for function in launch.functions):
            continue
        for proof in _launch_proofs(launch, check):
            before = proofs.get(proof.loop)
            if before is None or (before.reason is None and (proof.reason or proof.repetition) is not None):
                proofs[proof.loop] = proof
    return Proofs(list(proofs.values()), list(check.found))


class _Check:
    """Runs a module as it is, for what stands against a proof.

    Attributes:
        given: numbers for scalar arguments.
        found: what was found so far.
    """

    def __init__(self, module: ModuleOp, given: _Numbers, blocks: int | None) -> None:
        self._module, self._blocks, self.given = module, blocks, given
        self.found: dict[Diagnostic, None] = {}

    def finds(self, numbers: _Numbers) -> bool:
        """Whether a run with these numbers goes wrong."""
        with collect_diagnostics(lambda _: None):
            found = check_order(self._module, {**self.given, **numbers}, (1,), self._blocks)
        self.found.update(dict.fromkeys(found))
        return bool(found)


def _launch_proofs(launch: Launch, check: _Check) -> Iterator[LoopProof]:
    given, units = check.given, counts(launch.functions, check.given)
    several = len(launch.cores) > 1
    for core in {(core.function, core.section): core for core in launch.cores}.values():
        for scenario in scenarios(launch.functions, given, (1,)):
            yield from _Attempt(core, scenario, units, several=several).proofs(check)


class _Attempt:
    """One core, with numbers for all arguments but those that say how often loops run."""

    def __init__(self, core: CoreRun, scenario: Scenario, units: Mapping[str, int], *, several: bool) -> None:
        names = argument_names(core.function)
        self._core, self._scenario, self._several = core, scenario, several
        self._units = {name: each for name, each in units.items() if name in names}
        self._plan = analysed(
            core.function,
            core.section,
            dict(_numbers(core.function, scenario, self._units)),
            scenario.arguments(core.function),
        )
        self._moving = dict(moving_roots(self._plan))

    def proofs(self, check: _Check) -> Iterator[LoopProof]:
        """Give what is known of each loop."""
        plan = self._plan
        loops = {**plan.reported, **{loop: None for loop in plan.turns if isinstance(loop, Operation)}}
        if not loops:
            return
        reason = plan.reason or self._talks()
        found: Repetition | Reason = self._search(check) if reason is None else reason
        for loop in loops:
            if isinstance(found, Reason):
                yield LoopProof(loop, found)
            else:
                yield LoopProof(loop, None, found.loops.get(loop), self._note())

    def _talks(self) -> Reason | None:
        for op in self._core.function.walk():
            if self._several and isinstance(op, PipeUserOp | CoreSyncOp):
                return Reason(f"{op.name} waits for another core", op)
        return None

    def _note(self) -> str:
        return ", between the instructions of one core" if self._several else ""

    def _search(self, check: _Check) -> Repetition | Reason:
        _watch_carried(self._plan)
        function = self._core.function
        while True:
            self._runs: list[Run] = []
            try:
                found = search(self._plan, list(self._units), self._run)
            except DiagnosticError as error:
                return Reason(f"it could not run to its end: {error.diagnostics[0].message}", function)
            meeting = [root for root in self._moving if not are_apart(_regions(self._runs, root))]
            if not meeting:
                break
            for root in meeting:
                del self._moving[root]
        return found if isinstance(found, Repetition) else self._failed(found, check)

    def _failed(self, failure: Failure, check: _Check) -> Reason:
        function, finding = self._core.function, failure.finding
        if failure.units is None:
            return Reason(f"no state was found to repeat within {MOST_UNITS} turns, or runs are too long", function)
        numbers = {name: each * self._units[name] for name, each in failure.units.items()}
        listing = ", ".join(f"{name} = {number}" for name, number in numbers.items())
        at = finding.later.instruction.op if isinstance(finding, Conflict) else function
        if check.finds(numbers):
            return Reason(f"it goes wrong with {listing}", at)
        return Reason("nothing orders accesses to a tensor that may meet in other turns", at)

    def _run(self, units: Mapping[str, int]) -> Run:
        numbers = {name: each * self._units[name] for name, each in units.items()}
        scenario = replace(self._scenario, numbers={**self._scenario.numbers, **numbers})
        stream = stream_of(self._core, scenario, lambda _: 0)
        self._runs.append(run_of(stream, self._core.core, self._plan, self._moving))
        return self._runs[-1]


def _regions(runs: Sequence[Run], root: SSAValue) -> list[tuple[Region, int]]:
    return list(dict.fromkeys(each for run in runs for each in run.regions.get(root, ())))


def _numbers(function: func.FuncOp, scenario: Scenario, units: Mapping[str, int]) -> Iterator[tuple[SSAValue, Number]]:
    for value, name in zip(function.args, argument_names(function), strict=True):
        if name in units:
            yield value, replace(known(0), slopes={name: Fraction(units[name])})
        elif isinstance(number := scenario.numbers.get(name), int):
            yield value, known(number)


def _watch_carried(plan: Plan) -> None:
    """Let the marks of loops hold what has to be compared."""
    for loop, values in plan.kept.items():
        mark = loop.regions[0].block.first_op
        if isinstance(mark, LoopMarkOp):
            mark.operands = [mark.operands[0], *values]
