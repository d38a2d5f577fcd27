"""Cube kernels of the model DSL, compiled: every engine computes the same, and others' tools accept what we emit."""

from __future__ import annotations

from pathlib import Path

import pytest

from test.unit.language.programs import without_names
from tilewright.execution.functions import find_function
from tilewright.language.kernel_code import KernelCode

from .cube_kernels import KERNELS
from .gate_up_kernels import THREE_WAYS
from .oracles import build, needs_compiler, needs_pto_isa, needs_ptoas, ptoas

SUMS_OVER_K = [name for name in KERNELS if name not in ("blocks", "several", "hand") and "chain" not in name]
NATIVE = ("peeled-i8", "peeled-bf16", "blocks", "spmd", "several", "b-trans-i8", "a-trans-f16", "chain-bf16", "ragged")


def _code(name: str) -> KernelCode:
    (code,) = KERNELS[name].kernel().compile().kernels.values()
    return code


@pytest.mark.parametrize("engine", ["value", "physical"])
@pytest.mark.parametrize("name", KERNELS)
def test_the_kernel_computes_what_numpy_does(name: str, engine: str) -> None:
    kernel = KERNELS[name]
    inputs, outputs = kernel.arrays()
    kernel.kernel()(*inputs, *outputs, engine=engine)
    kernel.check(inputs, outputs, engine)


@needs_compiler
@pytest.mark.parametrize("name", NATIVE)
def test_the_cpp_computes_it_too(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PTO_LIB_PATH", raising=False)  # our own headers know bf16 with every compiler
    kernel = KERNELS[name]
    inputs, outputs = kernel.arrays()
    kernel.kernel()(*inputs, *outputs, engine="native")
    kernel.check(inputs, outputs, "native")


@pytest.mark.parametrize("name", SUMS_OVER_K)
def test_one_loop_is_left_for_a_sum_over_k(name: str) -> None:
    placed = _code(name).placed
    assert placed.count("tile.matmul") == 1
    assert "scf.if" not in placed
    assert placed.count("tile.pipeline") <= 1


@pytest.mark.parametrize("name", KERNELS)
def test_the_checkers_find_nothing(name: str) -> None:
    report = KERNELS[name].kernel().compile().check()
    assert report.ok, str(report)


@needs_ptoas
@pytest.mark.parametrize("name", KERNELS)
def test_ptoas_accepts_it(name: str, tmp_path: Path) -> None:
    ptoas(_code(name).pto, tmp_path, "--pto-level=level3")


@needs_pto_isa
@needs_compiler
@pytest.mark.parametrize("name", [name for name in KERNELS if name not in ("spmd", "chain-bf16")])
def test_the_cpp_runs_with_pto_isa(name: str, tmp_path: Path) -> None:
    # With g++ before 13 the simulator's bfloat16_t is _Float16: it multiplies the bits of f16 there.
    kernel, code = KERNELS[name].with_f16_data(), _code(name)
    inputs, outputs = kernel.arrays()
    arrays = dict(zip(kernel.kernel().signature.parameters, [*inputs, *outputs], strict=True))
    # A kernel takes its arguments in the order in which the entry has them, and none that it does not use.
    parameters = [argument.name_hint or "" for argument in find_function(code.module, code.name).body.block.args]
    build(code.cce, code.name, tmp_path)(*(arrays[each] for each in parameters))
    kernel.check(inputs, outputs, "pto-isa")


def test_three_ways_to_write_it_are_one_program() -> None:
    compiled = [each.kernel().compile() for each in THREE_WAYS.values()]
    placed = [code.placed for each in compiled for code in each.kernels.values()]
    assert len(placed) == 3
    assert len(set(map(without_names, placed))) == 1


@pytest.mark.parametrize("name", THREE_WAYS)
def test_each_way_computes_it(name: str) -> None:
    kernel = THREE_WAYS[name]
    inputs, outputs = kernel.arrays()
    kernel.kernel()(*inputs, *outputs, engine="physical")
    kernel.check(inputs, outputs, name)


def test_placement_is_kept_on_request() -> None:
    (code,) = THREE_WAYS["by_hand"].kernel().compile().kernels.values()
    kept = KernelCode(code.name, code.module, "keep-placement").placed
    assert kept.count("tile.pipeline") == 1
    assert "!tile.tile<16x128xi8, left>" in kept
    assert "!tile.tile<16x128xi8, left>" not in code.placed
