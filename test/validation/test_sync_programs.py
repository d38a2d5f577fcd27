"""Flags of random vector programs, with loops, branches and buffers that share memory, against the checker of streams."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from xdsl.dialects import func
from xdsl.dialects.builtin import ModuleOp

from tilewright.dialects.diagnostics import Diagnostic, collect_diagnostics
from tilewright.execution.walker import walk

from .compiled import compiled
from .happens_before import flags_of, problems

_TILE = "!pto.tile_buf<vec, 8x64xf32>"
_VIEW = "!pto.tensor_view<?x?xf32>"
_PART = "!pto.partition_tensor_view<8x64xf32>"
_POINTERS = 3


@dataclass
class Body:
    """Lines of text, and the tiles that may be named in them."""

    tiles: list[str]
    lines: list[str] = field(default_factory=list[str])


@st.composite
def programs(draw: st.DrawFn, most_tiles: int = 5, most_ops: int = 8, depth: int = 2) -> str:
    """A kernel with three pointers, a trip count and a condition; nothing has an address yet."""
    count = 0

    def fresh() -> str:
        nonlocal count
        count += 1
        return f"%t{count}"

    def body(tiles: Sequence[str], depth: int) -> list[str]:
        own = Body([*tiles])
        for _ in range(draw(st.integers(0 if tiles else 1, 2))):
            name = fresh()
            own.lines.append(f"{name} = pto.alloc_tile : {_TILE}")
            own.tiles.append(name)
        for _ in range(draw(st.integers(1, most_ops))):
            own.lines += statement(own.tiles, depth)
        return own.lines

    def statement(tiles: Sequence[str], depth: int) -> list[str]:
        kinds = ["load", "store", "exp", "add", "add"] + ["for", "if"] * (depth > 0)
        one, two, three = (draw(st.sampled_from(tiles)) for _ in range(3))
        pointer = draw(st.integers(0, _POINTERS - 1))
        match draw(st.sampled_from(kinds)):
            case "load":
                return [f"pto.tload ins(%g{pointer} : {_PART}) outs({one} : {_TILE})"]
            case "store":
                return [f"pto.tstore ins({one} : {_TILE}) outs(%g{pointer} : {_PART})"]
            case "exp":
                return [f"pto.texp ins({one} : {_TILE}) outs({two} : {_TILE})"]
            case "add":
                return [f"pto.tadd ins({one}, {two} : {_TILE}, {_TILE}) outs({three} : {_TILE})"]
            case "for":
                count = f"%i{fresh()[1:]}"
                return [f"scf.for {count} = %c0 to %n step %c1 {{", *body(tiles, depth - 1), "}"]
            case _:
                otherwise = ["} else {", *body(tiles, depth - 1)] if draw(st.booleans()) else []
                return ["scf.if %b {", *body(tiles, depth - 1), *otherwise, "}"]

    tiles = [fresh() for _ in range(draw(st.integers(1, most_tiles)))]
    text = [f"{name} = pto.alloc_tile : {_TILE}" for name in tiles] + body(tiles, depth)
    views = [
        line
        for number in range(_POINTERS)
        for line in (
            f"%v{number} = pto.make_tensor_view %p{number}, shape = [%c8, %c64], strides = [%c64, %c1] : {_VIEW}",
            f"%g{number} = pto.partition_view %v{number}, offsets = [%c0, %c0], sizes = [%c8, %c64] "
            f": {_VIEW} -> {_PART}",
        )
    ]
    constants = [f"%c{number} = arith.constant {number} : index" for number in (0, 1, 8, 64)]
    arguments = ", ".join([f"%p{number}: !pto.ptr<f32>" for number in range(_POINTERS)])
    lines = [f"func.func @kernel({arguments}, %n: index, %b: i1) {{", *constants, *views, *text, "func.return", "}"]
    return "\n".join(lines)


def synchronised(text: str) -> ModuleOp:
    remarks: list[Diagnostic] = []
    with collect_diagnostics(remarks.append):
        return compiled(text, "plan-memory,insert-sync")


def check(text: str) -> None:
    module = synchronised(text)
    function = next(op for op in module.ops if isinstance(op, func.FuncOp))
    for trips in (0, 1, 2, 3):
        for condition in (0, 1):
            found = list(problems(walk(function, [None] * _POINTERS + [trips, condition])))
            assert found == [], f"{trips} trips, condition {condition}\n{text}\n{module}"


@given(programs())
@settings(deadline=None, max_examples=80, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_flags_order_random_programs(text: str) -> None:
    check(text)


@given(programs(most_tiles=24, most_ops=40, depth=1))
@settings(deadline=None, max_examples=15, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_flags_order_programs_that_need_many_ids(text: str) -> None:
    check(text)
