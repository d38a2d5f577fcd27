"""Tests of pytest as checks, without pytest."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import product
from types import ModuleType

import pytest
from _pytest.mark.structures import ParameterSet

from benchmarks.planted_faults.check import Check


def fixtures_of(module: ModuleType) -> Iterator[tuple[str, object]]:
    """The values of the fixtures that need no others."""
    for name, value in vars(module).items():
        function = getattr(value, "__wrapped__", None)
        if function is not None and not inspect.signature(function).parameters:
            yield name, function()


def tests_of(module: ModuleType, fixtures: Mapping[str, object], rank: int) -> Iterator[Check]:
    """Each case of each test as a check.

    Args:
        module: of the tests.
        fixtures: what they may ask for; those that need more are left out.
        rank: of the checks.
    """
    for name, function in vars(module).items():
        if name.startswith("test_") and _runs_here(function, fixtures):
            wanted = inspect.signature(function).parameters
            given = {each: value for each, value in fixtures.items() if each in wanted}
            for number, arguments in enumerate(_cases(function)):
                label = ", ".join(map(_short, arguments.values()))
                run = partial(function, **given, **arguments)
                yield Check(f"{module.__name__.split('.')[-1]}.{name}#{number}({label})", run, rank)


def _short(value: object) -> str:
    text = " ".join(str(value).split())
    return text if len(text) <= 40 else f"{text[:37]}..."


def _runs_here(function: Callable[..., object], fixtures: Mapping[str, object]) -> bool:
    """Whether a test needs no other fixture, and no vendor's library."""
    names = {name for mark in _marks(function) for name in _parameters(mark)}
    wanted = set(inspect.signature(function).parameters)
    return wanted <= names | fixtures.keys() and not any(mark.name == "skipif" for mark in _marks(function))


def _cases(function: Callable[..., object]) -> Iterator[Mapping[str, object]]:
    """The arguments of each case of a parametrised test."""
    axes = [list(_axis(mark)) for mark in _marks(function) if mark.name == "parametrize"]
    for choice in product(*axes):
        yield {name: value for part in choice for name, value in part.items()}


def _axis(mark: pytest.Mark) -> Iterator[Mapping[str, object]]:
    names = _parameters(mark)
    rows: Iterable[object] = mark.args[1]
    for row in rows:
        yield dict(zip(names, _values(row, len(names)), strict=True))


def _values(row: object, number: int) -> Sequence[object]:
    """The values of a case for so many names; `pytest.param` may stand around them."""
    if isinstance(row, ParameterSet):
        return row.values
    if number == 1:
        return (row,)
    assert isinstance(row, Sequence)
    return row


def _parameters(mark: pytest.Mark) -> list[str]:
    names = mark.args[0] if mark.name == "parametrize" else ""
    assert isinstance(names, str)
    return [name.strip() for name in names.split(",") if name]


def _marks(function: Callable[..., object]) -> Sequence[pytest.Mark]:
    marks: Sequence[pytest.Mark] = getattr(function, "pytestmark", ())
    return marks
