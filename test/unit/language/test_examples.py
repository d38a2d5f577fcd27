"""Every program in `examples/` computes what its numpy reference does, on each engine that can run it."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from pathlib import Path
from shutil import which

import pytest

from tilewright.dialects.diagnostics import DiagnosticError

from .programs import without_names

FOLDER = Path(__file__).parents[3] / "examples"
NAMES = sorted(path.stem for path in FOLDER.glob("*.py") if path.stem != "common")

NOT_LOWERED = ("TW0312", "TW0313")
"""What the compiler says about a kernel that mixes cube and vector work, or that it cannot lower."""


def _cases() -> list[object]:
    sys.path.insert(0, str(FOLDER))
    try:
        modules = [import_module(name) for name in NAMES]
    finally:
        sys.path.remove(str(FOLDER))
    return [
        pytest.param(case, id=f"{name}-{case.kernel.name}")
        for name, module in zip(NAMES, modules, strict=True)
        for case in module.CASES
    ]


CASES = _cases()
CASES_OF_GATE_UP = sys.modules["gate_up"].CASES


@pytest.mark.parametrize("case", CASES)
def test_values(case) -> None:
    case.run("value")


@pytest.mark.parametrize("engine", ["physical", "native"])
@pytest.mark.parametrize("case", CASES)
def test_on_the_chip(case, engine: str) -> None:
    if engine == "native" and which(os.environ.get("CXX", "g++")) is None:
        pytest.skip("there is no C++ compiler")
    try:
        case.kernel.compile().pto  # noqa: B018 - asks the compiler whether it can lower the kernel
    except DiagnosticError as error:
        refused = [each for each in error.diagnostics if each.code in NOT_LOWERED]
        if not refused:
            raise
        pytest.skip(f"{case.kernel.name}: {refused[0].code}: {refused[0].message}")
    case.run(engine)


def test_gate_and_up_in_three_ways_are_placed_alike() -> None:
    texts = [case.kernel.compile().ir("placed") for case in CASES_OF_GATE_UP]
    assert len(texts) == 3
    assert len(set(map(without_names, texts))) == 1
