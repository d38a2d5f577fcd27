"""What we emit, judged by ptoas and by the CPU simulator of pto-isa.

Extend `CASES`: every module in it goes through both, as far as its level allows.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from xdsl.dialects.builtin import ModuleOp

from tilewright.kernels.projection import Projection

from . import kernels
from .compiled import compiled
from .oracles import (
    Kernel,
    build,
    emitted,
    library_types,
    needs_pto_isa,
    needs_ptoas,
    parse,
    ptoas,
)
from .programs import SPECIAL
from .projection_programs import projection


@dataclass(frozen=True)
class Case:
    """A module that ptoas must accept, and a check of what its kernel computes.

    Attributes:
        function: the name of the kernel to run.
        module: gives the module.
        level: 3 with addresses and flags; 2 without both, for ptoas alone.
        check: runs the kernel and compares; None when the C++ need only compile.
    """

    function: str
    module: Callable[[], ModuleOp]
    level: int = 3
    check: Callable[[Kernel], None] | None = None


def _check_matmul(kernel: Kernel) -> None:
    random = np.random.default_rng(1)
    a, b = (random.integers(-128, 128, shape, np.int8) for shape in ((16, 256), (256, 64)))
    out = np.zeros((16, 64), np.int32)
    kernel(a, b, out)
    np.testing.assert_array_equal(out, a.astype(np.int32) @ b.astype(np.int32))


def _check_copy(kernel: Kernel) -> None:
    source = np.random.default_rng(2).standard_normal((40, 96), np.float32)
    target = np.zeros((40, 64), np.float32)
    kernel(source, target, 40, 96)
    np.testing.assert_array_equal(target, source[:, :64])


def _compiled(name: str, level: int) -> Case:
    """What the pipeline makes of a program."""
    program = _PROGRAMS[name]
    # With g++ before 13 the simulator's bfloat16_t is _Float16: it multiplies the bits of f16 there.
    data = _F16 if name == "bf16" else program
    return Case(
        "kernel" if "@kernel" in program.text else "projection",
        lambda: compiled(program.text, f"a2a3{{level={level}}}"),
        level,
        lambda kernel: data.run(lambda arguments: kernel(*arguments), "on the simulator"),
    )


_PROJECTIONS = {
    "seed": Projection(16, 512, 256),
    "bf16": Projection(16, 512, 256, "bf16"),
    "rows": Projection(5, 512, 256),
    "columns": Projection(16, 512, 240),
    "three": Projection(16, 512, 256, right_hand_sides=3),
}

_F16 = projection(Projection(16, 512, 256, "f16"))

_PROGRAMS = {name: projection(each) for name, each in _PROJECTIONS.items()} | {
    name: SPECIAL[name] for name in ("peeled", "pinned-3", "three-slots", "resident-steps", "blocked", "many-loops")
}

CASES = {
    "ring": Case("ring", lambda: parse(kernels.RING), check=_check_matmul),
    "extract": Case("extract", lambda: parse(kernels.EXTRACT), check=_check_matmul),
    "copy": Case("copy", lambda: parse(kernels.COPY), check=_check_copy),
    "unplanned": Case("unplanned", lambda: parse(kernels.UNPLANNED), level=2),
} | {f"{name}-level{level}": _compiled(name, level) for name in _PROGRAMS for level in (3, 2)}

_LEVEL_3 = [name for name, case in CASES.items() if case.level == 3]


@needs_ptoas
@pytest.mark.parametrize("name", CASES)
def test_ptoas_accepts_the_text(name: str, tmp_path: Path) -> None:
    case = CASES[name]
    sync = () if case.level == 3 else ("--enable-insert-sync",)
    ptoas(emitted("pto", case.module()), tmp_path, f"--pto-level=level{case.level}", *sync)


@needs_ptoas
@pytest.mark.parametrize("name", _LEVEL_3)
def test_ptoas_spells_tiles_and_windows_alike(name: str, tmp_path: Path) -> None:
    module = CASES[name].module()
    theirs = ptoas(emitted("pto", module), tmp_path, "--pto-level=level3")
    assert library_types(emitted("cce", module)) == library_types(theirs)


@needs_pto_isa
@pytest.mark.parametrize("name", _LEVEL_3)
def test_the_simulator_computes_what_numpy_does(name: str, tmp_path: Path) -> None:
    case = CASES[name]
    kernel = build(emitted("cce", case.module()), case.function, tmp_path)
    if case.check is not None:
        case.check(kernel)
