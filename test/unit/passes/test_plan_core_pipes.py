"""Reserved room gets its place."""

from __future__ import annotations

import pytest
from xdsl.dialects.builtin import ModuleOp

from tilewright.dialects.diagnostics import DiagnosticError
from tilewright.dialects.parsing import parse_module
from tilewright.dialects.pto.core_pipes import ReserveBufferOp
from tilewright.dialects.registry import make_context
from tilewright.dialects.verification import verify
from tilewright.passes.plan_core_pipes import PlanCorePipesPass

PROGRAM = """\
func.func @f(%where: i64) {
  %a = arith.constant 64 : i64
  %l = arith.constant 2048 : i64
  BODY
  %room = pto.reserve_buffer {name = "n", size = SIZE, location = <LOCATION>, AUTO} -> i32
  return
}"""

TILE = "%t = pto.alloc_tile addr = %a : !pto.tile_buf<vec, 16x16xf32>"
RING = "%r = pto.alloc_multi_tile addr = %a : !pto.multi_tile_buf<!pto.tile_buf<vec, 16x16xf32>, count=4>"
CAST = "%m = pto.pointer_cast(%a) : memref<SHAPExf32, #pto.address_space<vec>>"


def planned(body: str, size: int, location: str, auto: str = "auto = true") -> ReserveBufferOp:
    text = PROGRAM.replace("BODY", body).replace("SIZE", str(size)).replace("LOCATION", location)
    ctx = make_context()
    module = parse_module(ctx, text.replace("AUTO", auto), "case.mlir")
    verify(module)
    PlanCorePipesPass().apply(ctx, module)
    verify(module)
    return room_of(module)


def room_of(module: ModuleOp) -> ReserveBufferOp:
    (room,) = (op for op in module.walk() if isinstance(op, ReserveBufferOp))
    return room


@pytest.mark.parametrize(
    "body, size, location, expected",
    [
        ("", 64, "vec", 0),
        (TILE, 64, "vec", 0),
        (TILE, 96, "vec", 64 + 1024),
        (TILE, 96, "mat", 0),
        (RING, 96, "vec", 64 + 4 * 1024),
        (CAST.replace("SHAPE", "16x16"), 96, "vec", 64 + 1024),
        (CAST.replace("SHAPE", "16x16"), 96, "mat", 0),
        (
            f"{TILE}\n%u = pto.tassign %t, %l : !pto.tile_buf<vec, 16x16xf32> -> !pto.tile_buf<vec, 16x16xf32>",
            1024,
            "vec",
            3072,
        ),
    ],
)
def test_room_lies_clear_of_buffers(body: str, size: int, location: str, expected: int) -> None:
    room = planned(body, size, location)
    assert room.start is not None
    assert room.start.value.data == expected
    assert not room.auto_alloc.value.data


def test_room_with_a_place_keeps_it() -> None:
    room = planned(TILE, 64, "vec", "auto = false, base = 64")
    assert room.start is not None
    assert room.start.value.data == 64


def test_buffers_at_computed_addresses_leave_no_place() -> None:
    with pytest.raises(DiagnosticError) as caught:
        planned(TILE.replace("%a", "%where"), 64, "vec")
    (found,) = caught.value.diagnostics
    assert (found.code, found.location and found.location.line) == ("TW0338", 5)
