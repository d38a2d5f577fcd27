"""Buffers with and without addresses in one program, and memrefs: wherever they lie, the program computes the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pytest
from xdsl.dialects import func

from tilewright.arch.chip import load_chip
from tilewright.dialects.constants import constant_value
from tilewright.dialects.diagnostics import collect_diagnostics
from tilewright.dialects.pto import AllocTileOp
from tilewright.dialects.spaces import Space
from tilewright.execution.dtypes import Array
from tilewright.execution.physical_engine import run_physical

from .byte_programs import T
from .compiled import compiled
from .random_programs import POINTERS, kernel

_MEMREF = "memref<8x64xf32, #pto.address_space<vec>>"
_WINDOW = "!pto.partition_tensor_view<8x64xf32>"

_MADE: Mapping[str, tuple[str, str]] = {
    "free": ("{name} = pto.alloc_tile : " + T, T),
    "memref": ("{name} = memref.alloc() : " + _MEMREF, _MEMREF),
    "at": ("{name}_at = arith.constant {place} : i64\n{name} = pto.alloc_tile addr = {name}_at : " + T, T),
    "cast": ("{name}_at = arith.constant {place} : i64\n{name} = pto.pointer_cast({name}_at) : " + _MEMREF, _MEMREF),
}
"""How a buffer comes into being, and its type."""

_STEPS = (
    ("tload", "%g0", "%t"),
    ("tload", "%g1", "%s"),
    ("tadd", "%t", "%s", "%u"),
    ("tmul", "%u", "%s", "%w"),
    ("tstore", "%w", "%g2"),
    ("tload", "%g0", "%t"),
    ("tadd", "%t", "%u", "%u"),
    ("tstore", "%u", "%g1"),
)
"""The lives of neighbours meet."""


def _program(ways: Sequence[str]) -> str:
    types, lines = {f"%g{number}": _WINDOW for number in range(POINTERS)}, list[str]()
    for position, (name, way) in enumerate(zip(("%t", "%s", "%u", "%w"), ways, strict=True)):
        made, types[name] = _MADE[way]
        lines.append(made.format(name=name, place=2048 * position))
    for op, *sources, target in _STEPS:
        given = f"ins({', '.join(sources)} : {', '.join(types[source] for source in sources)})"
        lines.append(f"pto.{op} {given} outs({target} : {types[target]})")
    return kernel(*lines)


def _results(ways: Sequence[str]) -> list[Array]:
    module = compiled(_program(ways), "plan-memory,insert-sync")
    function = next(op for op in module.ops if isinstance(op, func.FuncOp))
    arrays = [np.random.default_rng(number).standard_normal(512).astype(np.float32) for number in range(POINTERS)]
    run_physical(function, [*arrays, 1, 0])
    return arrays


@pytest.mark.parametrize(
    "ways",
    [
        ("free", "free", "free", "free"),
        ("memref", "memref", "memref", "memref"),
        ("at", "free", "free", "memref"),
        ("free", "at", "memref", "cast"),
        ("cast", "memref", "at", "free"),
        ("memref", "free", "cast", "free"),
    ],
)
def test_a_program_computes_the_same_wherever_its_buffers_lie(ways: Sequence[str]) -> None:
    for found, expected in zip(_results(ways), _results(("at",) * 4), strict=True):
        assert np.array_equal(found, expected)


def test_memrefs_may_fill_a_memory() -> None:
    half = load_chip().space(Space.VEC).bytes // 2 // 128 // 4
    memref = f"memref<{half}x128xf32, #pto.address_space<vec>>"
    made = [f"%m{number} = memref.alloc() : {memref}" for number in range(2)]
    text = kernel(*made, f"pto.texp ins(%m0 : {memref}) outs(%m1 : {memref})")
    with collect_diagnostics(lambda _: None):
        compiled(text, "plan-memory")


@pytest.mark.parametrize("base", [0, 64])
def test_reserved_room_stays_free(base: int) -> None:
    room = (
        f'%room = pto.reserve_buffer {{name = "n", size = 4096, location = <vec>, auto = false, base = {base}}} -> i32'
    )
    module = compiled(
        kernel(room, f"%t = pto.alloc_tile : {T}", f"pto.texp ins(%t : {T}) outs(%t : {T})"), "plan-memory"
    )
    (tile,) = (op for op in module.walk() if isinstance(op, AllocTileOp))
    assert tile.addr is not None
    assert constant_value(tile.addr) == base + 4096
