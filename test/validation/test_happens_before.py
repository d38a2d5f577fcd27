"""The flags of compiled kernels order every pair of accesses that needs order, and none of them is idle."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from xdsl.dialects import func

from tilewright.execution.instructions import Instruction
from tilewright.execution.walker import walk
from tilewright.kernels.projection import Projection

from . import kernels
from .compiled import compiled, parse
from .happens_before import FlagKey, flags_of, problems, without
from .programs import SPECIAL
from .projection_programs import projection, projections
from .sums import Program

PROGRAMS = SPECIAL | projections()

# Loops long enough that every slot is used again, so that every flag matters.
LONG = {
    f"{parts}-{kind}-{limit}": (projection(Projection(16, 4096, 128, kind, parts)), f"a2a3{{mat-limit={limit}}}")
    for parts in (1, 2, 3)
    for kind in ("i8", "bf16")
    for limit in (65536, 524288)
}
LONG["blocked"] = (SPECIAL["blocked"], "a2a3")


def _stream(program: Program, pipeline: str = "a2a3") -> list[Instruction]:
    function = next(op for op in compiled(program.text, pipeline).ops if isinstance(op, func.FuncOp))
    pointers = len(function.args) - len(program.scalars)
    return list(walk(function, [None] * pointers + list(program.scalars)))


def _groups(flags: Sequence[FlagKey]) -> dict[str, list[FlagKey]]:
    """Each flag alone, and all flags between two pipes."""
    groups = {str(flag): [flag] for flag in flags}
    for source, target, _ in flags:
        groups[f"{source} to {target}"] = [flag for flag in flags if flag[:2] == (source, target)]
    return groups


@pytest.mark.parametrize("name", PROGRAMS)
def test_flags_order_every_pair_of_accesses(name: str) -> None:
    stream = _stream(PROGRAMS[name])
    assert flags_of(stream)
    assert list(problems(stream)) == []


@pytest.mark.parametrize("limit", [32768, 65536, 131072, 262144])
def test_flags_order_every_pair_of_accesses_in_little_memory(limit: int) -> None:
    program = projection(Projection(16, 512, 256))
    assert list(problems(_stream(program, f"a2a3{{mat-limit={limit}}}"))) == []


@pytest.mark.parametrize("name", LONG)
def test_no_flag_is_idle(name: str) -> None:
    program, pipeline = LONG[name]
    stream = _stream(program, pipeline)
    assert list(problems(stream)) == []
    idle = [group for group, flags in _groups(flags_of(stream)).items() if not any(problems(without(stream, flags)))]
    assert idle == []


def test_a_buffer_of_two_loops_is_handed_over_in_order() -> None:
    # The inner loop cannot hand its flags to the outer one: both use the buffer in Mat.
    function = next(op for op in compiled(kernels.NESTED, "insert-sync").ops if isinstance(op, func.FuncOp))
    assert list(problems(walk(function, [None] * len(function.args)))) == []


def test_a_program_without_flags_is_not_ordered() -> None:
    stream = _stream(SPECIAL["straight"])
    found = set(problems(without(stream, flags_of(stream))))
    assert any("pto.tmov and pto.tload are not ordered: mat" in problem for problem in found)
    assert any("pto.tmatmul and pto.tmov are not ordered: left" in problem for problem in found)
    assert any("pto.tmatmul and pto.tmov are not ordered: right" in problem for problem in found)
    assert any("pto.tstore and pto.tmatmul.acc are not ordered: acc" in problem for problem in found)


@pytest.mark.parametrize("kernel", [kernels.RING, kernels.EXTRACT])
def test_kernels_written_by_hand_pass(kernel: str) -> None:
    function = next(op for op in parse(kernel).ops if isinstance(op, func.FuncOp))
    assert list(problems(walk(function, [None] * len(function.args)))) == []


@pytest.mark.parametrize(
    "kernel, problem",
    [
        ("pto.set_flag[<PIPE_M>, <PIPE_FIX>, <EVENT_ID0>]", "flag 0 from PIPE_M to PIPE_FIX is raised at the end"),
        (
            "pto.wait_flag[<PIPE_M>, <PIPE_FIX>, <EVENT_ID0>]",
            "flag 0 from PIPE_M to PIPE_FIX is awaited, but not raised",
        ),
        (
            "pto.set_flag[<PIPE_M>, <PIPE_FIX>, <EVENT_ID0>]\n" * 2
            + "pto.wait_flag[<PIPE_M>, <PIPE_FIX>, <EVENT_ID0>]\n" * 2,
            "flag 0 from PIPE_M to PIPE_FIX is raised again before it was awaited",
        ),
        (
            "pto.set_flag[<PIPE_M>, <PIPE_FIX>, <EVENT_ID0>]\npto.wait_flag[<PIPE_M>, <PIPE_FIX>, <EVENT_ID0>]\n" * 2,
            "flag 0 from PIPE_M to PIPE_FIX is raised again before it was awaited",
        ),
    ],
)
def test_flags_that_do_not_match_are_noticed(kernel: str, problem: str) -> None:
    function = next(op for op in parse(f"func.func @f() {{\n{kernel}\nreturn\n}}").ops if isinstance(op, func.FuncOp))
    assert list(problems(walk(function, []))) == [problem]
