"""Engine against engine: every pass keeps what a program computes."""

from __future__ import annotations

import pytest
from xdsl.dialects.builtin import ModuleOp
from xdsl.passes import ModulePass

from tilewright.dialects.pto import AllocMultiTileOp, AllocTileOp
from tilewright.dialects.registry import make_context
from tilewright.execution.runner import Engine, run_function
from tilewright.kernels.projection import Projection
from tilewright.passes.manager import run_passes
from tilewright.passes.pipeline_text import parse_pipeline

from .compiled import compiled, parse
from .programs import SPECIAL
from .projection_programs import projections
from .sums import Program

PROGRAMS = SPECIAL | projections()


def _has_buffers_without_address(module: ModuleOp) -> bool:
    return any(isinstance(op, AllocTileOp | AllocMultiTileOp) and op.addr is None for op in module.walk())


def _is_tile_program(module: ModuleOp) -> bool:
    return any(op.name.startswith("tile.") for op in module.walk())


def _execute(module: ModuleOp, program: Program, context: str) -> None:
    program.run(lambda arguments: run_function(module, None, arguments), context)


@pytest.mark.parametrize("name", PROGRAMS)
def test_the_program_means_what_numpy_computes(name: str) -> None:
    _execute(parse(PROGRAMS[name].text), PROGRAMS[name], "source")


@pytest.mark.parametrize("name", PROGRAMS)
def test_level_3_keeps_the_meaning_after_each_pass(name: str) -> None:
    program = PROGRAMS[name]
    engines: list[Engine] = []

    def check(ran: ModulePass, module: ModuleOp) -> None:
        if _has_buffers_without_address(module):
            return
        engines.append(Engine.VALUE if _is_tile_program(module) else Engine.PHYSICAL)
        _execute(module, program, f"after {ran.name}")

    compiled(program.text, "a2a3", check)
    names = [each.name for each in parse_pipeline("a2a3")]
    assert engines.count(Engine.VALUE) == names.index("convert-tile-to-pto")
    assert engines.count(Engine.PHYSICAL) == len(names) - names.index("plan-memory")


@pytest.mark.parametrize("limit", [16384, 65536, 524288])
@pytest.mark.parametrize("level", [2, 3])
@pytest.mark.parametrize("shape", [(1, 5120, 16, "i8", 1), (48, 5120, 16, "i8", 2), (16, 512, 64, "bf16", 3)])
def test_plans_fit_at_both_levels(shape: tuple[int, int, int, str, int], level: int, limit: int) -> None:
    # At level 2 the left operand has as many rows as its accumulator is charged.
    compiled(Projection(*shape).text(), f"a2a3{{level={level} mat-limit={limit}}}")


@pytest.mark.parametrize("name", [name for name, program in PROGRAMS.items() if 2 in program.levels])
def test_level_2_keeps_the_meaning(name: str) -> None:
    program = PROGRAMS[name]

    def check(ran: ModulePass, module: ModuleOp) -> None:
        if not _has_buffers_without_address(module):
            _execute(module, program, f"after {ran.name}")

    module = compiled(program.text, "a2a3{level=2}", check)
    # ptoas would plan memory; for the engine our own planner does.
    run_passes(make_context(), module, parse_pipeline("plan-memory"))
    _execute(module, program, "after unroll-slots")
