"""The numbers that the main job has to reach, for the seed shape and the whole projection."""

from __future__ import annotations

from io import StringIO

import numpy as np
import pytest
from xdsl.dialects import func
from xdsl.dialects.builtin import ModuleOp
from xdsl.passes import ModulePass

from tilewright.arch.chip import load_chip
from tilewright.dialects.parsing import parse_module
from tilewright.dialects.registry import make_context
from tilewright.dialects.spaces import Space
from tilewright.dialects.tile import MatmulOp
from tilewright.execution.counts import Counts
from tilewright.execution.runner import run_function
from tilewright.kernels.projection import Projection
from tilewright.lowering import pto_text
from tilewright.passes.analysis.matmul_plan import MatmulProblem, modelled_time
from tilewright.passes.analysis.memory_usage import memory_usage
from tilewright.passes.analysis.plan_attribute import read_plan
from tilewright.passes.manager import PassHooks, parse_pipeline, run_passes

SEED = Projection(16, 512, 256, "i8", 2)
WHOLE = Projection(16, 5120, 256, "i8", 2)
LIMITS = (524288, 262144, 131072, 65536)


class Compiled:
    """A projection, compiled under a limit of Mat, run on random operands."""

    def __init__(self, case: Projection, mat_limit: int) -> None:
        ctx = make_context()
        self.case = case
        self.module = parse_module(ctx, case.text(), "seed.mlir")
        self.usage: dict[Space, int] = {}
        self.matmuls: list[MatmulOp] = []
        hooks = PassHooks(after=self._look)
        run_passes(ctx, self.module, parse_pipeline(f"a2a3{{mat-limit={mat_limit}}}"), hooks=hooks)
        output = StringIO()
        pto_text.emit(ctx, self.module, output)
        self.text = output.getvalue()

    def _look(self, current: ModulePass, module: ModuleOp) -> None:
        self.usage.update(memory_usage(module))
        if current.name == "plan-matmul":
            self.matmuls = [op for op in module.clone().walk() if isinstance(op, MatmulOp)]

    def run(self) -> Counts:
        """Run and compare with numpy, exactly."""
        random = np.random.default_rng(7)
        case = self.case
        act = random.integers(-128, 128, (case.m, case.k), np.int8)
        weights = [random.integers(-128, 128, (case.k, case.n), np.int8) for _ in range(2)]
        outputs = [np.full((case.m, case.n), -1, np.int32) for _ in range(2)]
        report = run_function(self.module, None, [act, *weights, *outputs], engine="physical")
        for weight, output in zip(weights, outputs, strict=True):
            assert np.array_equal(output, act.astype(np.int32) @ weight.astype(np.int32))
        return report.counts


@pytest.fixture(scope="module", params=[(case, limit) for case in (SEED, WHOLE) for limit in LIMITS], ids=str)
def compiled(request: pytest.FixtureRequest) -> tuple[Compiled, int]:
    case, limit = request.param
    return Compiled(case, limit), limit


def test_every_memory_fits(compiled: tuple[Compiled, int]) -> None:
    program, limit = compiled
    assert program.usage[Space.MAT] <= limit
    assert program.usage[Space.RIGHT] <= 65536
    assert program.usage[Space.LEFT] <= 65536
    # Two accumulators of 16 rows, charged as 32.
    assert program.usage[Space.ACC] == 65536


def test_weights_are_double_buffered_where_mat_has_room(compiled: tuple[Compiled, int]) -> None:
    program, limit = compiled
    (matmul,) = program.matmuls
    plan = read_plan(matmul)
    assert plan.b_slots >= (4 if limit > 65536 else 3)


def test_one_task_loads_each_byte_once_and_stores_from_acc(compiled: tuple[Compiled, int]) -> None:
    program, _ = compiled
    counts, case = program.run(), program.case
    assert sum(isinstance(op, func.FuncOp) for op in program.module.walk()) == 1
    assert counts.load_bytes == {"act": case.m * case.k, "w0": case.k * case.n, "w1": case.k * case.n}
    assert counts.loads["act"] == counts.loads["w0"] == counts.loads["w1"]
    assert counts.stores == {"out0": 1, "out1": 1}
    assert set(counts.moves) == {("mat", "left"), ("mat", "right")}


def test_the_text_has_no_move_from_acc(compiled: tuple[Compiled, int]) -> None:
    program, _ = compiled
    moves = [line for line in program.text.splitlines() if "pto.tmov" in line or "pto.textract" in line]
    assert moves
    assert not any("ins(%" in line and "loc=acc" in line for line in moves)


def test_the_weight_stream_hardly_ever_waits(compiled: tuple[Compiled, int]) -> None:
    """Modelled: besides what comes after the last load, the loads follow each other without a gap worth speaking of."""
    program, _ = compiled
    chip = load_chip()
    (matmul,) = program.matmuls
    case = program.case
    problem = MatmulProblem("i8", "i32", case.m, case.k, case.n, 2)
    profile = chip.costs["device"]
    time = modelled_time(chip, profile, problem, read_plan(matmul))
    assert time.bound == "MTE2"
    # One chunk through MTE1 and the cube unit, and two stores, come after the last load in any schedule.
    assert time.total - time.busy["MTE2"] < 700
