"""Generated programs as checks: the engines in Python against what the native engine makes of the same programs.

Compiling C++ takes longer than everything else, so the native engine runs once, without a fault, and its results are
kept. That is as good as running it each time: a fault in a pass changes what the physical engine runs, too.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from benchmarks.planted_faults.check import Check
from benchmarks.planted_faults.tests import tests_of

_SEED = 11
_TOGETHER = 40
"""Programs in one C++ text."""

_COUNTS = {"vector": 160, "cube": 50, "tile": 40}


@dataclass(frozen=True)
class _Kept:
    """A program, and its arguments after the native engine has run it."""

    name: str
    program: object
    natively: list[object]


def generated_checks(results: Path) -> Iterator[Check]:
    """Each program as a check.

    Args:
        results: the file that `keep_native_results` wrote.
    """
    engines = import_module("validation.three_engines")
    with results.open("rb") as file:
        # Written by ourselves. What hypothesis draws depends on what is imported, so the programs are kept, too.
        kept: list[_Kept] = pickle.load(file)
    for each in kept:
        yield Check(f"three-engines {each.name}", partial(_compare, engines, each))


def keep_native_results(results: Path) -> Sequence[str]:
    """Run all programs on all engines, and keep what the native one makes of them; gives where engines differ."""
    engines = import_module("validation.three_engines")
    library = engines.unoptimised(engines.host_headers())
    problems: list[str] = []
    kept: list[_Kept] = []
    families = {family: engines.generated(family, count, _SEED) for family, count in _COUNTS.items()}
    families["numerics"] = list(_numerics())
    families["ops"] = [case.program for case in import_module("validation.vector_cases").selection()]
    families["rounding"] = import_module("validation.rounding_programs").rounding_programs()
    for family, programs in families.items():
        runs = [engines.interpreted(program, f"kernel_{number}") for number, program in enumerate(programs)]
        batches = [runs[at : at + _TOGETHER] for at in range(0, len(runs), _TOGETHER)]
        outcomes = [outcome for batch in batches for outcome in engines.natively(batch, library)]
        problems += [f"{family}: {outcome.reason}" for outcome in outcomes if outcome.state != "agree"]
        kept += [
            _Kept(f"{family}-{number}", run.program, run.results["native"])
            for number, run in enumerate(runs)
            if "native" in run.results
        ]
    with results.open("wb") as file:
        pickle.dump(kept, file)
    return problems


def _numerics() -> Iterator[object]:
    """The programs of `test_numerics`, which otherwise run in a vendor's simulator."""
    tests = import_module("validation.test_numerics")
    programs = import_module("validation.generated_programs")
    found: list[object] = []

    def note(case: Any, _: Path, *inputs: object, signs_of_zeros: bool = True) -> None:
        arrays = (*inputs, *tests.outputs(case))
        written = tuple(programs.Output(at, None) for at in range(len(inputs), len(arrays)))
        text = case.text.replace("@vector", "@kernel")
        found.append(programs.Generated("vector", text, arrays, written, signs_of_zeros))

    vars(tests)["_agree"] = note
    for check in tests_of(tests, {"tmp_path": Path()}, 0):
        check.run()
    return iter(found)


def _compare(engines: ModuleType, kept: _Kept) -> None:
    run = engines.interpreted(kept.program, "kernel")
    run.results["native"] = kept.natively
    outcome = engines.compared(run)
    assert outcome.state == "agree", outcome.reason
