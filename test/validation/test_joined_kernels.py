"""Sums that branches hand on: each engine computes them as numpy does, from one accumulator."""

from __future__ import annotations

from pathlib import Path

import pytest

from tilewright.dialects.diagnostics import DiagnosticError
from tilewright.language.kernel_code import KernelCode

from .joined_kernels import JOINED, REFUSED, refused
from .joined_programs import JOINED_PROGRAMS
from .oracles import needs_compiler, needs_ptoas, ptoas
from .pass_programs import PassProgram
from .test_pass_programs import validated

NUMBERS = (-1, 0, 2, 9)
"""What only the launch knows: each takes another way through the branches."""


def _code(name: str) -> KernelCode:
    (code,) = JOINED[name].kernel().compile().kernels.values()
    return code


@pytest.mark.parametrize("engine", ["value", "physical"])
@pytest.mark.parametrize("name", JOINED)
def test_the_kernel_computes_what_numpy_does(name: str, engine: str) -> None:
    for number in NUMBERS:
        _check(name, engine, number)


@needs_compiler
@pytest.mark.parametrize("name", ["first-turn-i8-pipeline", "nested", "masked", "flush"])
def test_the_cpp_computes_it_too(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PTO_LIB_PATH", raising=False)  # our own headers know bf16 with every compiler
    for number in NUMBERS:
        _check(name, "native", number)


def _check(name: str, engine: str, number: int) -> None:
    kernel = JOINED[name]
    inputs, outputs = kernel.arrays()
    inputs[-1][:] = number
    kernel.kernel()(*inputs, *outputs, engine=engine)
    kernel.check(inputs, outputs, f"{engine} with {number}")


@pytest.mark.parametrize("name", JOINED)
def test_one_accumulator_for_each_sum(name: str) -> None:
    buffers = [line for line in _code(name).pto.splitlines() if "pto.alloc_tile" in line and "loc=acc" in line]
    assert len(buffers) == (2 if name in ("dual", "masked") else 1)


@pytest.mark.parametrize("name", JOINED)
def test_the_checkers_find_nothing(name: str) -> None:
    report = JOINED[name].kernel().compile().check()
    assert report.ok, str(report)


@needs_ptoas
@pytest.mark.parametrize("name", JOINED)
def test_ptoas_accepts_it(name: str, tmp_path: Path) -> None:
    ptoas(_code(name).pto, tmp_path, "--pto-level=level3")


@pytest.mark.parametrize("name", REFUSED)
def test_what_would_take_a_copy_or_zeros_is_refused(name: str) -> None:
    kernel, code = refused(name)
    with pytest.raises(DiagnosticError, match=code):
        _ = [each.cce for each in kernel.kernel().compile().kernels.values()]


@pytest.mark.parametrize("pipeline", ["a2a3", "a2a3{level=2}", "a2a3{keep-placement=false}"])
@pytest.mark.parametrize("name", JOINED_PROGRAMS)
def test_no_pass_changes_what_it_computes(name: str, pipeline: str) -> None:
    remarks = validated(PassProgram(JOINED_PROGRAMS[name], pipeline))
    assert [each.code for each in remarks if each.code == "TW0462"] == []
