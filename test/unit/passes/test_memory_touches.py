"""The bytes behind buffers, and the slots of rings by iteration, against numbers."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from xdsl.dialects import scf
from xdsl.dialects.builtin import ModuleOp
from xdsl.ir import Operation, SSAValue

from tilewright.arch.chip import load_chip
from tilewright.dialects.parsing import parse_module
from tilewright.dialects.pto import AllocMultiTileOp, AllocTileOp
from tilewright.dialects.registry import make_context
from tilewright.dialects.spaces import Space
from tilewright.passes.analysis.memory_touches import MemoryObject, Touches, memory_object, object_behind, slot_function
from tilewright.passes.analysis.memory_usage import memory_usage
from tilewright.passes.analysis.ring_frames import RingFrames, fixed_slot

_TILE, _SMALL = "!pto.tile_buf<vec, 16x16xf32>", "!pto.tile_buf<mat, 8x32xi8>"
_RING = f"!pto.multi_tile_buf<{_TILE}, count=3>"
_WHOLE = 1 << 62

_BUFFERS = f"""func.func @f(%p: !pto.ptr<f32>, %where: i64, %given: {_TILE}) {{
  %a = arith.constant 64 : i64
  %b = arith.constant 8192 : i64
  %c = arith.constant 4096 : i64
  %tile = pto.alloc_tile addr = %a : {_TILE}
  %small = pto.alloc_tile addr = %b : {_SMALL}
  %ring = pto.alloc_multi_tile addr = %a : {_RING}
  %any = pto.alloc_tile addr = %where : {_TILE}
  %none = pto.alloc_tile : {_TILE}
  %moved = pto.tassign %tile, %c : {_TILE} -> {_TILE}
  %lost = pto.tassign %tile, %where : {_TILE} -> {_TILE}
  %cast = pto.pointer_cast(%a) : memref<4x8xf16, #pto.address_space<vec>>
  %several = pto.pointer_cast(%b, %c) : memref<4x8xf16, #pto.address_space<mat>>
  %half = pto.pointer_cast(%a, %where) : memref<4x8xf16, #pto.address_space<vec>>
  return
}}"""


def named(module: ModuleOp, name: str) -> SSAValue:
    values = [value for op in module.walk() for value in op.results]
    values += [
        value for op in module.walk() for region in op.regions for block in region.blocks for value in block.args
    ]
    return next(value for value in values if value.name_hint == name)


@pytest.mark.parametrize(
    ("name", "space", "start", "slot_bytes", "slots"),
    [
        ("p", None, 0, _WHOLE, 1),
        ("given", Space.VEC, 0, load_chip().space(Space.VEC).bytes, 1),
        ("tile", Space.VEC, 64, 1024, 1),
        ("small", Space.MAT, 8192, 256, 1),
        ("ring", Space.VEC, 64, 1024, 3),
        ("any", Space.VEC, 0, load_chip().space(Space.VEC).bytes, 1),
        ("none", Space.VEC, 0, load_chip().space(Space.VEC).bytes, 1),
        ("moved", Space.VEC, 4096, 1024, 1),
        ("lost", Space.VEC, 0, load_chip().space(Space.VEC).bytes, 1),
        ("cast", Space.VEC, 64, 64, 1),
        ("several", Space.MAT, 4096, 4096 + 64, 1),
        ("half", Space.VEC, 0, load_chip().space(Space.VEC).bytes, 1),
    ],
)
def test_the_bytes_behind_a_value(name: str, space: Space | None, start: int, slot_bytes: int, slots: int) -> None:
    root = named(parse_module(make_context(), _BUFFERS, "program"), name)
    found = object_behind(root)
    assert found == MemoryObject(root, space, start, slot_bytes, slots)
    assert found.end == start + slot_bytes * slots
    if isinstance(root.owner, AllocTileOp | AllocMultiTileOp):
        assert memory_object(root.owner) == (None if name in ("any", "none") else found)


def test_memory_is_used_up_to_the_last_buffer() -> None:
    module = parse_module(make_context(), _BUFFERS, "program")
    assert memory_usage(module) == {Space.VEC: 64 + 3 * 1024, Space.MAT: 8192 + 256}


def test_objects_overlap_where_they_share_a_byte() -> None:
    module = parse_module(make_context(), _BUFFERS, "program")
    one, other = named(module, "tile"), named(module, "small")

    def tile(start: int, count: int, space: Space | None = Space.VEC, owner: SSAValue = one) -> MemoryObject:
        return MemoryObject(owner, space, start, count, 1)

    assert tile(0, 64).overlaps(tile(63, 1, owner=other))
    assert tile(63, 1).overlaps(tile(0, 64, owner=other))
    assert not tile(0, 64).overlaps(tile(64, 64, owner=other))
    assert not tile(64, 64).overlaps(tile(0, 64, owner=other))
    assert not tile(0, 64).overlaps(tile(0, 64, Space.MAT, other))
    assert tile(0, 64, None).overlaps(tile(0, 64, None))
    assert not tile(0, 64, None).overlaps(tile(0, 64, None, other))
    assert not tile(0, 64, None).overlaps(tile(0, 64, Space.VEC, other))
    assert not tile(0, 64).overlaps(tile(0, 64, None, other))
    assert MemoryObject(one, Space.VEC, 0, 32, 3).overlaps(tile(95, 1, owner=other))


_SLOTS: tuple[tuple[str, Callable[[int, int], int] | None], ...] = (
    ("%j", lambda i, j: j),
    ("arith.remui %j, %c3 : index", lambda i, j: j % 3),
    ("arith.remsi %j, %c3 : index", lambda i, j: j % 3),
    ("arith.addi %j, %c5 : index", lambda i, j: j + 5),
    ("arith.subi %c64, %j : index", lambda i, j: 64 - j),
    ("arith.muli %c5, %j : index", lambda i, j: 5 * j),
    ("arith.muli %j, %c3 : index", lambda i, j: 3 * j),
    ("arith.muli %j, %j : index", lambda i, j: j * j),
    ("arith.divui %j, %c3 : index", lambda i, j: j // 3),
    ("arith.addi %i, %c3 : index", lambda i, j: i + 3),
    ("arith.addi %i, %j : index", lambda i, j: i + j),
    ("arith.subi %i, %j : index", lambda i, j: i - j),
    ("arith.muli %i, %j : index", lambda i, j: i * j),
    ("arith.remui %i, %c6 : index", lambda i, j: i % 6),
    ("arith.remui %i, %c5 : index", lambda i, j: i % 5),
    ("arith.remui %by, %c6 : index", lambda i, j: 5 * i % 6),
    ("arith.muli %by, %c3 : index", lambda i, j: 15 * i),
    ("arith.muli %round, %c3 : index", lambda i, j: i % 6 * 3),
    ("arith.muli %round, %c64 : index", lambda i, j: i % 6 * 64),
    ("arith.addi %c3, %c5 : index", lambda i, j: 8),
    ("arith.addi %state, %c3 : index", None),
    ("arith.addi %n, %c3 : index", None),
    ("arith.minui %j, %c3 : index", None),
)
"""Expressions over the variables of two loops, and what they are."""

_LOOPS = """func.func @f(%n: index) {{
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %c3 = arith.constant 3 : index
  %c5 = arith.constant 5 : index
  %c6 = arith.constant 6 : index
  %c64 = arith.constant 64 : index
  %z = arith.constant 0 : i64
  %ring = pto.alloc_multi_tile addr = %z : !pto.multi_tile_buf<{tile}, count={slots}>
  scf.for %i = %n to %c64 step %n {{
    %by = arith.muli %i, %c5 : index
    %round = arith.remui %i, %c6 : index
    %end = scf.for %j = {lower} to %n step {step} iter_args(%state = %c0) -> (index) {{
      {slot}
      %t = pto.multi_tile_get %ring[%slot] : !pto.multi_tile_buf<{tile}, count={slots}> -> {tile}
      pto.texp ins(%t : {tile}) outs(%t : {tile})
      scf.yield %state : index
    }}
  }}
  return
}}"""


def _nest(slot: str, slots: int = 3, lower: str = "%c1", step: str = "%c2") -> tuple[ModuleOp, SSAValue, Operation]:
    """A program, the slot and the inner loop."""
    line = f"%slot = {slot}" if slot.startswith("arith") else "%slot = arith.addi %j, %c0 : index"
    text = _LOOPS.format(tile=_TILE, slots=slots, slot=line, lower=lower, step=step)
    module = parse_module(make_context(), text, "program")
    return module, named(module, "slot"), [op for op in module.walk() if isinstance(op, scf.ForOp)][1]


@pytest.mark.parametrize("slot", [slot for slot, _ in _SLOTS])
def test_a_slot_as_a_function_of_the_iteration(slot: str) -> None:
    at = dict(_SLOTS)[slot]
    _, value, loop = _nest(slot)
    function = slot_function(value, loop)
    if at is None or "%i" in slot or "%by" in slot or "%round" in slot:
        assert function is None
        return
    assert function is not None
    assert [function(turn) for turn in range(9)] == [at(0, 1 + 2 * turn) for turn in range(9)]
    for lower, step in (("%n", "%c2"), ("%c1", "%n")):
        assert slot_function(*_nest(slot, 3, lower, step)[1:]) is None
    assert (slot_function(value, None) is None) is ("%j" in slot)


@pytest.mark.parametrize("slots", [2, 3, 6])
@pytest.mark.parametrize("slot", [slot for slot, _ in _SLOTS if slot != "arith.muli %j, %j : index"])
def test_a_slot_goes_on_with_the_loops_around(slot: str, slots: int) -> None:
    """Where the slot of an iteration is known, it is what the expression gives, counted in the circle of the ring."""
    at = dict(_SLOTS)[slot]
    module, value, loop = _nest(slot, slots)
    touches = Touches(module)
    frames = RingFrames(touches)
    (ring,) = touches.objects
    outer = loop.parent
    assert outer is not None
    assert isinstance(loop, scf.ForOp)
    (exp,) = (op for op, _ in touches.instructions)
    known = frames.slot(ring, value, exp)
    turning = {(i, j): at(i, j) % slots for i in range(12) for j in range(12)} if at is not None else {}
    speeds = [frames.speed(frames.key(ring), block) for block in (outer, loop.body.block)]
    linear = turning and all(
        number == (turning[0, 0] + i * (turning[1, 0] - turning[0, 0]) + j * (turning[0, 1] - turning[0, 0])) % slots
        for (i, j), number in turning.items()
    )
    assert (known is not None) is bool(linear)
    assert frames.slot(ring, slots + 1, exp) == (1 if not any(speeds) else None)
    if known is not None:
        assert speeds == [(turning[1, 0] - turning[0, 0]) % slots, (turning[0, 1] - turning[0, 0]) % slots]
        assert known == turning[0, 0]
    assert fixed_slot(value, slots) == (known if linear and not any(speeds) else None)
