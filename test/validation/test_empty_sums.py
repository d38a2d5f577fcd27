"""Sums over an empty range: zero as values, undefined once a matmul is lowered, and reported by whoever reads them."""

from __future__ import annotations

import numpy as np
import pytest
from xdsl.dialects.builtin import ModuleOp

from tilewright.dialects.diagnostics import Diagnostic, DiagnosticError, collect_diagnostics
from tilewright.execution.dtypes import Array
from tilewright.execution.runner import Engine, run_function

from . import programs
from .compiled import compiled, parse

TEXT = programs.SPECIAL["pinned-dynamic"].text
STORE = 1 + [line.strip().startswith("tile.store") for line in TEXT.splitlines()].index(True)
"""The line that reads the sum."""


def _sum(module: ModuleOp, engine: Engine, start: int, end: int) -> Array:
    random = np.random.default_rng(0)
    a, b = (random.integers(-3, 4, shape).astype(np.int8) for shape in ((16, 512), (512, 64)))
    result = np.full((16, 64), 7, np.int32)
    run_function(module, "kernel", [a, b, result, start, end], engine)
    return result


def _lowered(pipeline: str) -> ModuleOp:
    with collect_diagnostics(lambda _warning: None):
        return compiled(TEXT, pipeline)


def _refused(module: ModuleOp, engine: Engine) -> Diagnostic:
    with pytest.raises(DiagnosticError) as error:
        _sum(module, engine, 64, 64)
    return error.value.diagnostics[0]


def test_it_is_zero_before_the_matmul_is_lowered() -> None:
    assert not _sum(parse(TEXT), Engine.VALUE, 64, 64).any()


def test_a_warning_says_that_it_becomes_undefined() -> None:
    found: list[Diagnostic] = []
    with collect_diagnostics(found.append):
        compiled(TEXT, "a2a3")
    assert "TW0209" in {each.code for each in found}


def test_as_a_value_it_is_refused() -> None:
    error = _refused(_lowered("canonicalize,plan-matmul,lower-matmul"), Engine.VALUE)
    assert (error.code, error.location and error.location.line) == ("TW0406", STORE)
    assert error.message == "tile.store reads %sum, but none of its elements is defined"
    assert error.help[-1] == "its loop has to run at least once (TW0209)"


def test_in_acc_it_is_refused() -> None:
    error = _refused(_lowered("a2a3"), Engine.PHYSICAL)
    assert (error.code, error.location and error.location.line) == ("TW0408", STORE)
    assert error.message == "pto.tstore reads bytes 0 to 4096 of acc, which nothing has written"
    assert error.help == ("a sum is undefined until its first matmul: its loop has to run at least once (TW0209)",)


def test_one_turn_is_enough() -> None:
    expected = _sum(parse(TEXT), Engine.VALUE, 64, 65)
    assert np.array_equal(_sum(_lowered("a2a3"), Engine.PHYSICAL, 64, 65), expected)
