"""What a limit on Mat allows is allowed, and one byte less is not; what was placed stays below the limit."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from xdsl.dialects import func
from xdsl.dialects.builtin import ModuleOp
from xdsl.passes import ModulePass

from tilewright.arch.chip import load_chip
from tilewright.dialects.diagnostics import DiagnosticError
from tilewright.execution.instructions import TileBuffer
from tilewright.execution.runner import run_function
from tilewright.execution.walker import walk
from tilewright.kernels.projection import Projection
from tilewright.passes.analysis.contraction import find_contractions
from tilewright.passes.analysis.matmul_plan import PlanSizes
from tilewright.passes.analysis.plan_attribute import read_plan

from .compiled import compiled
from .odd_programs import TIGHT
from .programs import SPECIAL

_PINNED = {1: 10240, 3: 30720}
"""Stages of a pipeline that loads 16x128 and 128x64 bytes into Mat, and the bytes of all its slots."""


def _ends(module: ModuleOp) -> dict[str, int]:
    """Of each space, the byte behind the last buffer that the compiled program touches."""
    function = next(op for op in module.ops if isinstance(op, func.FuncOp))
    ends: Counter[str] = Counter()
    for instruction in walk(function, [None] * len(function.args)):
        for tile in (*instruction.reads, *instruction.writes):
            if isinstance(tile, TileBuffer):
                size = load_chip().tile_bytes(tile.space, str(tile.type.element_type), *tile.type.extents)
                ends[tile.space] = max(ends[tile.space], tile.address + size)
    return ends


def _end_of_mat(text: str, pipeline: str) -> int:
    return _ends(compiled(text, pipeline))["mat"]


@pytest.mark.parametrize("stages", [1, 3])
def test_a_program_that_just_fits(stages: int) -> None:
    text, size = SPECIAL[f"pinned-{stages}"].text, _PINNED[stages]
    assert _end_of_mat(text, f"a2a3{{mat-limit={size}}}") == size


@pytest.mark.parametrize("stages", [1, 3])
@pytest.mark.parametrize("level", [2, 3])
def test_a_program_that_does_not_fit_by_one_byte(stages: int, level: int) -> None:
    with pytest.raises(DiagnosticError) as caught:
        compiled(SPECIAL[f"pinned-{stages}"].text, f"a2a3{{level={level} mat-limit={_PINNED[stages] - 1}}}")
    assert caught.value.diagnostics[0].code == "TW0203"


@pytest.mark.parametrize("limit", [16384, 40000, 65536])
@pytest.mark.parametrize("parts", [1, 2, 3])
def test_a_plan_stays_below_the_limit(parts: int, limit: int) -> None:
    text = Projection(16, 1024, 64, "i8", parts).text()
    assert 0 < _end_of_mat(text, f"a2a3{{mat-limit={limit}}}") <= limit


@pytest.mark.parametrize("element", ["i8", "f16", "f32"])
@pytest.mark.parametrize("limit", [16384, 65536, 524288])
@pytest.mark.parametrize("parts", [1, 2, 3])
def test_a_plan_takes_what_it_says(parts: int, limit: int, element: str) -> None:
    planned: list[dict[str, int]] = []

    def note(done: ModulePass, module: ModuleOp) -> None:
        if done.name == "plan-matmul":
            (contraction,) = find_contractions(module)
            plan = read_plan(contraction.matmul)
            planned.append(dict(PlanSizes(load_chip(), contraction.problem, plan).by_space))

    text = Projection(16, 1024, 64, element, parts).text()
    assert planned == [_ends(compiled(text, f"a2a3{{mat-limit={limit}}}", note))]


def test_an_order_of_placement_that_fits_is_found() -> None:
    module = compiled(TIGHT, "pto{strength=ptoas}")
    source, result = np.arange(16 * 1920, dtype=np.float32), np.zeros(64 * 1920, np.float32)
    run_function(module, None, [source, np.zeros(1600, np.float32), result, 1, 1])
    np.testing.assert_array_equal(result[: source.size], source)
