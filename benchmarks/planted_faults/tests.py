"""Tests of pytest as checks, without pytest."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import product
from types import ModuleType
from typing import cast

import pytest
from _pytest.fixtures import FixtureFunctionDefinition
from _pytest.mark.structures import ParameterSet

from benchmarks.planted_faults.check import Check


def fixtures_of(module: ModuleType, known: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    """The values of the fixtures that need no others than those that are known.

    Args:
        module: which defines them.
        known: the values of others, by name.
    """
    for name, value in vars(module).items():
        function = getattr(value, "__wrapped__", None)
        if isinstance(value, FixtureFunctionDefinition) and function is not None:
            wanted = inspect.signature(function).parameters.keys()
            if wanted <= known.keys() and not inspect.isgeneratorfunction(function):
                yield name, function(**{each: known[each] for each in wanted})


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
    # Another import of the same function has another address.
    text = re.sub(r" at 0x[0-9a-f]+", "", " ".join(str(value).split()))
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
    if mark.name != "parametrize":
        return []
    names = cast("str | Sequence[str]", mark.args[0])
    each = names.split(",") if isinstance(names, str) else names
    return [name.strip() for name in each if name]


def _marks(function: Callable[..., object]) -> Sequence[pytest.Mark]:
    marks: Sequence[pytest.Mark] = getattr(function, "pytestmark", ())
    return marks
