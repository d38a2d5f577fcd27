"""The validation harness: everything that compares what programs compute before and after passes, and on each engine.

`pto-opt --validate` with `check-sync` over the programs of `test/validation` and of `test/lit/passes`, generated
programs on three engines, each vector op on each element type on two, the tests of `test/validation` that hold engines
against each other, and tests that hold an engine against numpy. Flags and barriers that order nothing are found, too.
Tests that need a vendor's tools are left out.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import partial
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from hypothesis import settings

from benchmarks.planted_faults.check import Check
from benchmarks.planted_faults.generated import generated_checks, keep_native_results
from benchmarks.planted_faults.scope import ROOT
from benchmarks.planted_faults.tests import fixtures_of, tests_of
from tilewright.dialects.diagnostics import Diagnostic, Severity, collect_diagnostics

_ENGINES = (
    "unit.language.test_examples",
    "validation.test_budgets",
    "validation.test_cube_kernels",
    "validation.test_empty_sums",
    "validation.test_engines",
    "validation.test_happens_before",
    "validation.test_joined_kernels",
    "validation.test_kernels_of_both_cores",
    "validation.test_known_bugs",
    "validation.test_loads",
    "validation.test_mixed_kernels",
    "validation.test_native",
    "validation.test_flash_attention",
    "validation.test_forms",
    "validation.test_native_cores",
    "validation.test_native_cube",
    "validation.test_native_vector",
    "validation.test_native_views",
    "validation.test_near_misses",
    "validation.test_orders",
    "validation.test_pass_programs",
    "validation.test_placement",
    "validation.test_proved_loops",
    "validation.test_shared_ids",
    "validation.test_stores",
    "validation.test_sync_counts",
    "validation.test_sync_programs",
    "validation.test_three_engines",
    "validation.test_vector_kernels",
)
"""Tests that hold engines, orders and what passes make against each other."""

_NUMPY = (
    "unit.execution.numerics.test_cube",
    "unit.execution.numerics.test_fixpipe",
    "unit.execution.numerics.test_instructions",
    "unit.execution.numerics.test_movement",
    "unit.execution.numerics.test_places",
    "unit.execution.numerics.test_refusals",
    "unit.execution.numerics.test_rounding",
    "unit.execution.numerics.test_rows_and_columns",
    "unit.execution.numerics.test_scratch",
    "unit.execution.numerics.test_special_numbers",
    "unit.execution.numerics.test_unwritten",
    "unit.execution.numerics.test_windows",
    "unit.execution.test_buffer_views",
    "unit.execution.test_control_flow",
    "unit.execution.test_core_pipes",
    "unit.execution.test_float_scalars",
    "unit.execution.test_functions",
    "unit.execution.test_layouts",
    "unit.execution.test_number_formats",
    "unit.execution.test_physical_engine",
    "unit.execution.test_physical_refusals",
    "unit.execution.test_programs",
    "unit.execution.test_running",
    "unit.execution.test_scalars",
    "unit.execution.test_scheduling",
    "unit.execution.test_signals",
    "unit.execution.test_value_elementwise",
    "unit.execution.test_value_engine",
    "unit.execution.test_value_float_functions",
    "unit.execution.test_value_float_scalars",
    "unit.execution.test_value_rearranging",
    "unit.execution.test_value_scalars",
    "unit.execution.test_value_shaping",
    "unit.execution.test_value_tasks",
    "unit.execution.test_value_tensors",
    "unit.execution.test_walker",
)
"""Tests that hold one engine against numpy, or against numbers."""

_ANALYSES = (
    "unit.passes.test_event_ids",
    "unit.passes.test_first_turns",
    "unit.passes.test_index_forms",
    "unit.passes.test_ir_analyses",
    "unit.passes.test_memory_touches",
    "unit.passes.test_packing",
    "unit.passes.test_pipe_clocks",
    "unit.passes.test_plan_core_pipes",
    "unit.passes.test_plans",
    "unit.passes.test_sync_graph",
    "unit.passes.test_sync_proof",
)
"""Tests that hold what an analysis says against programs that are played through, or against numbers."""

_WRITTEN = ("pto.barrier", "pto.set_flag", "pto.record_event")
"""What a program holds whose author orders it himself."""

_FIXTURES = ("unit.execution.conftest", "unit.execution.numerics.conftest")

_SLOW = (
    "test_tile_programs_on_all_three_engines",
    "test_generated_programs",
    "test_each_block_has_its_rows#1",
    "test_a_module_with_several_kernels#1",
)
"""Tests that compile each program anew after each change of a pass; other checks run those programs, too."""


def prepare(results: Path) -> list[str]:
    """Run what needs a C++ compiler once, and keep the results in a file; gives what is wrong without a fault."""
    _settle()
    return list(keep_native_results(results))


def checks(results: Path) -> list[Check]:
    """All checks. The modules of passes and engines are imported by this call, not before.

    Args:
        results: the file of `prepare`.
    """
    _settle()
    found = [*_validations(), *generated_checks(results), *_operations(), *_flags()]
    fixtures = {name: value for module in _FIXTURES for name, value in fixtures_of(import_module(module), {})}
    for rank, names in enumerate((_ENGINES, (*_NUMPY, *_ANALYSES))):
        for name in names:
            module = import_module(name)
            tests = tests_of(module, {**fixtures, **dict(fixtures_of(module, fixtures))}, rank)
            found += (test for test in tests if not any(slow in test.name for slow in _SLOW))
    return found


def _settle() -> None:
    """Find the tests, and the same programs in each run."""
    if str(ROOT / "test") not in sys.path:
        sys.path.insert(0, str(ROOT / "test"))
        # Some import others by their path from here; Python has a package of that name, too.
        folder = ModuleType("test")
        folder.__path__ = [str(ROOT / "test")]
        sys.modules["test"] = folder
    settings.register_profile("planted faults", derandomize=True, database=None, deadline=None)
    settings.load_profile("planted faults")


def _validations() -> Iterator[Check]:
    sources = import_module("validation.sources")
    shown = import_module("validation.lit_programs")
    for name, text, pipeline in (*sources.sources(), *shown.lit_programs()):
        yield Check(f"--validate {name} ({pipeline})", partial(_validate, text, pipeline))
    for name, text, pipeline, errors in shown.refused_programs():
        yield Check(f"refused {name} ({pipeline})", partial(_is_refused, text, pipeline, errors))


def _operations() -> Iterator[Check]:
    """Vector ops in every way on every element type, and whole kernels: the value against the physical engine."""
    modules, corners = import_module("validation.vector_modules"), import_module("validation.vector_corners")
    for name, module in {**modules.MODULES, **corners.CORNERS, **corners.BEYOND_PTOAS}.items():
        yield Check(f"value-and-physical {name}", partial(_compare, module))
    for case in import_module("validation.vector_cases").cases():
        yield Check(f"value-and-physical {case.name} of {case.element}", partial(_compare, case), 1)


def _compare(source: Any) -> None:
    engines = import_module("validation.three_engines")
    outcome = engines.compared(engines.interpreted(source.program, "kernel"))
    assert outcome.state == "agree", outcome.reason


def _flags() -> Iterator[Check]:
    """Every flag and barrier that `insert-sync` has left in a kernel is needed; those of its author are his own."""
    programs = import_module("benchmarks.sync_mutations.programs")
    for name, text, pipeline in programs.sources():
        if not any(word in text for word in _WRITTEN):
            yield Check(f"flags of {name}", partial(_needs_its_flags, name, text, pipeline), 1)


def _needs_its_flags(name: str, text: str, pipeline: str) -> None:
    mutants = import_module("benchmarks.sync_mutations.mutants")
    programs = import_module("benchmarks.sync_mutations.programs")
    runs = mutants.all_runs(programs.compiled(name, text, pipeline))
    assert mutants.untouched(runs), "it is reported as it is"
    for kind, what, mutant in mutants.mutants(runs):
        assert mutants.verdict_on(runs, mutant) is not mutants.Verdict.IDLE, f"nothing needs {kind} {what}"


def _validate(text: str, pipeline: str) -> None:
    from tilewright.dialects.parsing import parse_module
    from tilewright.dialects.registry import make_context
    from tilewright.passes.manager import PassHooks, parse_pipeline, run_passes
    from tilewright.tools.running_passes import register
    from tilewright.tools.validate import ResultWatch

    register()
    ctx = make_context()
    watch = ResultWatch(ctx, lambda _text, _pass: None, seconds=0)
    with collect_diagnostics(_refuse):
        run_passes(
            ctx,
            parse_module(ctx, text, "program"),
            parse_pipeline(pipeline),
            hooks=PassHooks(watch.before, watch.after),
        )


def _is_refused(text: str, pipeline: str, errors: list[str]) -> None:
    """A program is refused with errors that say this among other things."""
    from tilewright.dialects.diagnostics import DiagnosticError
    from tilewright.dialects.parsing import parse_module
    from tilewright.dialects.registry import make_context
    from tilewright.passes.manager import parse_pipeline, run_passes

    found: list[str] = []
    ctx = make_context()
    try:
        with collect_diagnostics(lambda _warning: None):
            run_passes(ctx, parse_module(ctx, text, "program"), parse_pipeline(pipeline))
    except DiagnosticError as error:
        found = [f"{each.message} [{each.code}]" for each in error.diagnostics]
    agrees = len(found) == len(errors) and all(map(str.__contains__, found, errors))
    assert agrees, f"its errors are {found} instead of {errors}"


def _refuse(found: Diagnostic) -> None:
    """A program that the harness does not run any longer is found, too."""
    if found.code == "TW0462" or found.severity is Severity.ERROR:
        raise AssertionError(str(found))
