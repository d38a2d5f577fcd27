"""Whole programs, drawn at random: they verify, and printing and reading them changes nothing."""

from __future__ import annotations

import os
import subprocess
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from xdsl.dialects.builtin import ModuleOp
from xdsl.printer import Printer

from tilewright.dialects.parsing import parse_module
from tilewright.dialects.registry import make_context
from tilewright.dialects.verification import verify

from .program_strategies import programs

PTOAS = os.environ.get("PTOAS")
SLOW_START = settings(
    deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def read(text: str) -> ModuleOp:
    module = parse_module(make_context(), text, "program.pto")
    verify(module)
    return module


def written(module: ModuleOp, *, generic: bool) -> str:
    stream = StringIO()
    Printer(stream=stream, print_generic_format=generic).print_op(module)
    return stream.getvalue()


@settings(SLOW_START, max_examples=60)
@given(programs())
def test_a_program_survives_printing_in_both_forms(text: str) -> None:
    module = read(text)
    for generic in (False, True):
        once = written(module, generic=generic)
        again = read(once)
        assert written(again, generic=generic) == once
        assert module.is_structurally_equivalent(again)


@pytest.mark.skipif(PTOAS is None, reason="PTOAS does not name a ptoas binary")
@settings(SLOW_START, max_examples=50, suppress_health_check=list(HealthCheck))
@given(text=programs())
def test_ptoas_takes_what_verifies(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    folder = tmp_path_factory.mktemp("ptoas")
    assert_ptoas_takes(written(read(text), generic=False), folder)


def assert_ptoas_takes(text: str, folder: Path) -> None:
    source = folder / "program.pto"
    source.write_text(text)
    assert PTOAS is not None
    command = [PTOAS, "--pto-arch=a3", str(source), "-o", str(folder / "program.cpp")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, [line for line in done.stderr.splitlines() if "rror:" in line]
