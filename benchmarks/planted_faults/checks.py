"""The validation harness: everything that compares what programs compute before and after passes, and on each engine.

`pto-opt --validate` with `check-sync` over the programs of `test/validation`, and the tests of that folder that hold
engines against each other. Tests that need a vendor's tools are left out.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from itertools import product
from types import ModuleType

import pytest
from hypothesis import settings

from benchmarks.planted_faults.scope import ROOT
from tilewright.dialects.diagnostics import Diagnostic, Severity, collect_diagnostics

_ENGINES = (
    "test_budgets",
    "test_engines",
    "test_happens_before",
    "test_known_bugs",
    "test_mixed_kernels",
    "test_native",
    "test_native_cube",
    "test_native_views",
    "test_orders",
    "test_sync_programs",
)
"""Files of `test/validation`."""

_SLOW = ("test_tile_programs_on_all_three_engines",)
"""Tests that compile each program anew after each change of a pass; `--validate` runs those programs, too."""


@dataclass(frozen=True)
class Check:
    """One thing that the harness looks at; `run` raises when it finds something."""

    name: str
    run: Callable[[], object]


def checks() -> list[Check]:
    """All checks. The modules of passes and engines are imported by this call, not before."""
    if str(ROOT / "test") not in sys.path:
        sys.path.insert(0, str(ROOT / "test"))
    # The same programs in each run.
    settings.register_profile("planted faults", derandomize=True, database=None, deadline=None)
    settings.load_profile("planted faults")
    found = list(_validations())
    for name in _ENGINES:
        found += _tests(import_module(f"validation.{name}"))
    return found


def _validations() -> Iterator[Check]:
    sources = import_module("validation.sources")
    for name, text, pipeline in sources.sources():
        yield Check(f"--validate {name} ({pipeline})", partial(_validate, text, pipeline))


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


def _refuse(found: Diagnostic) -> None:
    """A program that the harness does not run any longer is found, too."""
    if found.code == "TW0462" or found.severity is Severity.ERROR:
        raise AssertionError(str(found))


def _tests(module: ModuleType) -> Iterator[Check]:
    for name, function in vars(module).items():
        if name.startswith("test_") and name not in _SLOW and _runs_here(function):
            for arguments in _cases(function):
                label = ", ".join(map(_short, arguments.values()))
                yield Check(f"{module.__name__.split('.')[-1]}.{name}({label})", partial(function, **arguments))


def _short(value: object) -> str:
    text = " ".join(str(value).split())
    return text if len(text) <= 40 else f"{text[:37]}..."


def _runs_here(function: Callable[..., object]) -> bool:
    """Whether a test needs neither a fixture nor a vendor's library."""
    names = {name for mark in _marks(function) for name in _parameters(mark)}
    drawn = hasattr(function, "hypothesis")
    wanted = set(inspect.signature(function).parameters)
    return (drawn or wanted <= names) and not any(mark.name == "skipif" for mark in _marks(function))


def _cases(function: Callable[..., object]) -> Iterator[Mapping[str, object]]:
    """The arguments of each case of a parametrised test."""
    axes = [list(_axis(mark)) for mark in _marks(function) if mark.name == "parametrize"]
    for choice in product(*axes):
        yield {name: value for part in choice for name, value in part.items()}


def _axis(mark: pytest.Mark) -> Iterator[Mapping[str, object]]:
    names = _parameters(mark)
    if len(names) == 1:
        alone: Iterable[object] = mark.args[1]
        yield from ({names[0]: value} for value in alone)
    else:
        rows: Iterable[Sequence[object]] = mark.args[1]
        yield from (dict(zip(names, row, strict=True)) for row in rows)


def _parameters(mark: pytest.Mark) -> list[str]:
    names = mark.args[0] if mark.name == "parametrize" else ""
    assert isinstance(names, str)
    return [name.strip() for name in names.split(",") if name]


def _marks(function: Callable[..., object]) -> Sequence[pytest.Mark]:
    marks: Sequence[pytest.Mark] = getattr(function, "pytestmark", ())
    return marks
