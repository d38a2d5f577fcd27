"""After how many turns the state of the checker repeats, and whether all shorter runs are right.

Why that is a proof: cut the turns between two equal states out of a long run, and a shorter run is left that executes
the same from the same states, up to parts of global memory that all turns move by the same. So a run goes wrong only if
a shorter one does, down to the runs that are tried. All loops that an argument bounds lose turns together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import gcd, lcm

from xdsl.ir import Operation

from tilewright.execution.races.events import Finding
from tilewright.execution.races.proof_plan import Plan
from tilewright.execution.races.proof_runs import Run
from tilewright.execution.races.proof_values import Turns

MOST_UNITS = 40
"""An argument is not tried with more turns."""

_MOST_INSTRUCTIONS = 300_000
"""Runs are given up after so many instructions altogether."""

_Units = Mapping[str, int]
"""How many units each argument has in one run."""


@dataclass(frozen=True)
class Repetition:
    """For each loop: from which turn on its state repeats, and after how many turns."""

    loops: Mapping[Operation, tuple[int, int]]


@dataclass(frozen=True)
class Failure:
    """A run that stands against a proof, and what it found; neither where runs only became too long."""

    units: _Units | None = None
    finding: Finding | None = None


def search(plan: Plan, names: Sequence[str], run: Callable[[_Units], Run]) -> Repetition | Failure:
    """Run with few turns until the states of all loops repeat.

    Args:
        plan: what is known of the program.
        names: the arguments that say how often loops run.
        run: runs it.

    Raises:
        DiagnosticError: what running raises.
    """
    return _Search(plan, names, run).search()


class _Search:
    def __init__(self, plan: Plan, names: Sequence[str], run: Callable[[_Units], Run]) -> None:
        self._plan = plan
        self._names = names
        self._run = run
        self._runs: dict[tuple[int, ...], Run] = {}
        self._length = 0
        self._base = _base(plan, names)

    def search(self) -> Repetition | Failure:
        for most in range(MOST_UNITS + 1):
            if (failure := self._try([most] * len(self._names))) is not None:
                return failure
            for period in range(self._base, most + 1, self._base):
                window = range(most - period + 1, most + 1)
                diagonal = [[units] * len(self._names) for units in window]
                if any(self._repeats(units, name, period) is None for units in diagonal for name in self._names):
                    continue
                if (failure := self._try_all(most)) is not None:
                    return failure
                if (found := self._all_repeat(most, period)) is not None:
                    return Repetition(found)
        return Failure()

    def _try(self, units: Sequence[int]) -> Failure | None:
        """Run once; say if that goes wrong, or takes too long."""
        key, by_name = tuple(units), dict(zip(self._names, units, strict=True))
        if key not in self._runs:
            if self._length > _MOST_INSTRUCTIONS:
                return Failure()
            found = self._runs[key] = self._run(by_name)
            self._length += found.length
        finding = self._runs[key].finding
        return None if finding is None else Failure(by_name, finding)

    def _try_all(self, most: int) -> Failure | None:
        """Run with all combinations."""
        for units in product(range(most + 1), repeat=len(self._names)):
            if (failure := self._try(units)) is not None:
                return failure
        return None

    def _all_repeat(self, most: int, period: int) -> dict[Operation, tuple[int, int]] | None:
        found: dict[Operation, tuple[int, int]] = {}
        for units in product(range(most + 1), repeat=len(self._names)):
            for name, number in zip(self._names, units, strict=True):
                if number <= most - period:
                    continue
                repeats = self._repeats(units, name, period)
                if repeats is None:
                    return None
                for loop, (start, turns) in repeats.items():
                    found[loop] = max(found.get(loop, (0, 0))[0], start), turns
        return found

    def _repeats(self, units: Sequence[int], name: str, period: int) -> dict[Operation, tuple[int, int]] | None:
        """Whether the states of all loops of an argument repeat within one run: from where on, and how soon."""
        by_name = dict(zip(self._names, units, strict=True))
        requirement, found = self._plan.requirement, dict[Operation, tuple[int, int]]()
        if by_name[name] - period < requirement.heads.get(name, 0):
            return None
        run = self._runs[tuple(units)]
        for loop, each in self._plan.turns.items():
            if not isinstance(loop, Operation) or not each.units.get(name):
                continue
            first, last = requirement.heads.get(loop, 0), max(1, requirement.tails.get(loop, 0))
            turns = period * each.units[name]
            if _turns(each, by_name) < first + turns + last:
                return None
            for execution in run.heads.get(loop, ()):
                start = next(_repetitions(execution, first, turns, len(execution) - last), None)
                if start is None:
                    return None
                found[loop] = max(found.get(loop, (0, 0))[0], start), turns
        return found


def _repetitions(heads: Sequence[object], first: int, turns: int, stop: int) -> Iterator[int]:
    """The turns that start as the one `turns` later does, which comes before `stop` or there."""
    for turn in range(first, stop - turns + 1):
        if heads[turn] is not None and heads[turn] == heads[turn + turns]:
            yield turn


def _turns(turns: Turns, units: _Units) -> int:
    return turns.fixed + sum(each * units[name] for name, each in turns.units.items())


def _base(plan: Plan, names: Sequence[str]) -> int:
    """The least number of units after which all that is required repeats."""
    periods = plan.requirement.periods
    base = lcm(*(periods.get(name, 1) for name in names))
    for loop, each in plan.turns.items():
        needed = periods.get(loop, 1)
        base = lcm(base, *(needed // gcd(needed, units) for units in each.units.values()))
    return base
