"""Instructions on the pipes between the cube core and its vector cores: which tile they mean, and where it lies."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from xdsl.dialects import func
from xdsl.dialects.builtin import ModuleOp

from test.unit.handed_tiles import ACC, PLAIN, VEC
from tilewright.arch.chip import Pipe
from tilewright.dialects.diagnostics import Diagnostic
from tilewright.dialects.pto import GmLayout, KernelKind
from tilewright.dialects.pto.pipe_ends import Direction
from tilewright.execution.frames import Place
from tilewright.execution.functions import find_function
from tilewright.execution.instructions import Channel, Instruction, TileBuffer, Window
from tilewright.execution.mailbox import Mailbox, Station
from tilewright.execution.physical_engine import run_physical
from tilewright.execution.walker import walk

Parse = Callable[[str], ModuleOp]
Refused = Callable[[Callable[[], object]], Diagnostic]

MAT = "!pto.tile_buf<mat, 16x16xf32, blayout=col_major, slayout=row_major>"


def _walk(module: ModuleOp, name: str, *arguments: object) -> list[Instruction]:
    function = next(op for op in module.ops if isinstance(op, func.FuncOp) and op.sym_name.data == name)
    return list(walk(function, arguments))


def _channels(instructions: list[Instruction]) -> list[Channel]:
    return [i.channel for i in instructions if i.channel is not None]


def test_both_ends_name_one_pipe(parse: Parse) -> None:
    module = parse(PLAIN)
    pushes = _walk(module, "cube", None, 10)
    assert [i.pipe for i in pushes] == [Pipe.FIX] * 10
    pushed = _channels(pushes)
    assert {(c.pipe, c.direction, c.slots, c.slot_bytes) for c in pushed} == {
        ("@vector.room", Direction.TO_VECTOR, 8, 1024)
    }
    assert [(c.index, c.slot) for c in pushed[7:]] == [(7, 7), (8, 0), (9, 1)]
    assert {c.memory for c in pushed} == {Window(0, "g", "f32", 0, (8 * 1024 // 4,), (1,), GmLayout.ND)}

    taken = _walk(module, "vector", None, 10)
    assert [i.pipe for i in taken[:3]] == [Pipe.MTE2, Pipe.V, Pipe.S]
    popped, freed = (_channels(taken)[start::2] for start in (0, 1))
    assert popped == freed == pushed


def test_a_popped_tile_lies_in_the_next_slot(parse: Parse) -> None:
    taken = _walk(parse(PLAIN), "vector", None, 10)
    addresses = [tile.address for i in taken[::3] for tile in i.writes if isinstance(tile, TileBuffer)]
    assert addresses == [256 + slot * 1024 for slot in (*range(8), 0, 1)]
    # What works on the tile finds it there.
    assert [i.reads[0] for i in taken[1::3]] == [i.writes[0] for i in taken[::3]]


HANDLES = f"""func.func @f(%g: !pto.ptr<f32>) {{
  %l = arith.constant 4096 : i32
  %p = pto.initialize_l2g2l_pipe {{dir_mask = 1, slot_size = 1024, slot_num = 4, local_slot_num = 2, flag_base = 6}}
       (%g : !pto.ptr<f32>, %l : i32) -> !pto.pipe
  pto.section.vector {{
    %t = pto.declare_tile -> {VEC}
    pto.tpop(%t, %p : {VEC}, !pto.pipe) {{split = 1}}
    pto.tneg ins(%t : {VEC}) outs(%t : {VEC})
    pto.tfree(%p : !pto.pipe) {{split = 1}}
  }}
  return
}}"""


def test_a_pipe_that_is_a_value(parse: Parse) -> None:
    pop, neg, free = _walk(parse(HANDLES), "f", None)
    assert pop.channel is not None
    assert pop.channel == free.channel
    assert (pop.channel.pipe, pop.channel.flag, pop.channel.split) == ("flag 6", 6, 1)
    (tile,) = neg.reads
    assert isinstance(tile, TileBuffer)
    assert tile.address == 4096


@pytest.mark.parametrize("subblock", [0, 1])
@pytest.mark.parametrize("split", [1, 2])
def test_each_vector_core_has_its_half_of_a_slot(parse: Parse, split: int, subblock: int) -> None:
    """The second slot of a pipe comes in, and goes out to the first of another pipe."""
    tile, view, part = (
        f"!pto.{kind}"
        for kind in ("tile_buf<vec, 8x16xf32>", "tensor_view<8x16xf32>", "partition_tensor_view<8x16xf32>")
    )
    pipe = "slot_size = 1024, slot_num = 4, flag_base"
    module = parse(f"""func.func @f(%g: !pto.ptr<f32>, %h: !pto.ptr<f32>, %o: !pto.ptr<f32>) {{
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c8 = arith.constant 8 : index
  %c16 = arith.constant 16 : index
  %l = arith.constant 4096 : i32
  %m = arith.constant 0 : i32
  %p = pto.initialize_l2g2l_pipe {{dir_mask = 1, {pipe} = 6}} (%g : !pto.ptr<f32>, %l : i32) -> !pto.pipe
  %q = pto.initialize_l2g2l_pipe {{dir_mask = 2, {pipe} = 4}} (%h : !pto.ptr<f32>, %m : i32) -> !pto.pipe
  pto.section.vector {{
    %s = pto.declare_tile -> {tile}
    %t = pto.declare_tile -> {tile}
    pto.tpop(%s, %p : {tile}, !pto.pipe) {{split = {split}}}
    pto.tpop(%t, %p : {tile}, !pto.pipe) {{split = {split}}}
    pto.tpush(%t, %q : {tile}, !pto.pipe) {{split = {split}}}
    %v = pto.make_tensor_view %o, shape = [%c8, %c16], strides = [%c16, %c1] : {view}
    %w = pto.partition_view %v, offsets = [%c0, %c0], sizes = [%c8, %c16] : {view} -> {part}
    pto.tstore ins(%t : {tile}) outs(%w : {part})
  }}
  return
}}""")
    slots, other, o = np.arange(1024, dtype=np.float32), np.zeros(1024, np.float32), np.zeros((8, 16), np.float32)
    run_physical(find_function(module, None), [slots, other, o], place=Place(0, 1, subblock, 2))
    rows, columns = (16, 16) if split == 1 else (8, 32)
    half = (slice(8 * subblock, 8 * subblock + 8), slice(0, 16))
    half = half if split == 1 else (slice(0, 8), slice(16 * subblock, 16 * subblock + 16))
    expected = np.zeros((rows, columns), np.float32)
    expected[half] = slots[256:512].reshape(rows, columns)[half]
    np.testing.assert_array_equal(o, expected[half])
    np.testing.assert_array_equal(other, [*expected.ravel(), *[0] * 768])


def test_a_popped_tile_may_lie_where_its_memory_starts(parse: Parse) -> None:
    _, neg, _ = _walk(parse(HANDLES.replace("4096 : i32", "0 : i32")), "f", None)
    (tile,) = neg.reads
    assert isinstance(tile, TileBuffer)
    assert tile.address == 0


def test_a_tile_that_no_pipe_has_filled(parse: Parse, refused: Refused) -> None:
    lines = HANDLES.splitlines()
    del lines[6]
    error = refused(lambda: _walk(parse("\n".join(lines)), "f", None))
    assert (error.code, str(error.location)) == ("TW0407", "test.pto:7:5")
    assert error.message == "%t has no address: no pipe has filled it yet"


BOTH = """  %l = arith.constant 4096 : i32
  %q = arith.constant 8192 : i32
  %z = arith.constant 0 : i64
  %p = pto.initialize_l2g2l_pipe {dir_mask = 3, slot_size = 1024, slot_num = 4, flag_base = 6}
       (%g : !pto.ptr<f32>, %l : i32, %q : i32) -> !pto.pipe
"""
ON_CUBE = f"""  %a = pto.alloc_tile addr = %z : {ACC}
  pto.tpush(%a, %p : {ACC}, !pto.pipe) {{split = 0}}
  %m = pto.declare_tile -> {MAT}
  pto.tpop(%m, %p : {MAT}, !pto.pipe) {{split = 0}}
  pto.tfree(%p : !pto.pipe) {{split = 0}}
"""
ON_VECTOR = f"""  %t = pto.declare_tile -> {VEC}
  pto.tpop(%t, %p : {VEC}, !pto.pipe) {{split = 0}}
  pto.tfree(%p : !pto.pipe) {{split = 0}}
  pto.tpush(%t, %p : {VEC}, !pto.pipe) {{split = 0}}
"""
THERE_AND_BACK = [Direction.TO_VECTOR, Direction.TO_CUBE, Direction.TO_CUBE]
"""The way of the tile of each instruction on the cube core: its push, its pop, what it gives back."""


def _function(name: str, kind: str, body: str) -> str:
    attributes = f" attributes {{pto.kernel_kind = #pto.kernel_kind<{kind}>}}" if kind else ""
    return f"func.func @{name}(%g: !pto.ptr<f32>){attributes} {{\n{BOTH}{body}  return\n}}\n"


def test_a_pipe_both_ways(parse: Parse) -> None:
    module = parse(_function("cube", "cube", ON_CUBE) + _function("vector", "vector", ON_VECTOR))
    on_cube, on_vector = (_walk(module, name, None) for name in ("cube", "vector"))
    assert [c.direction for c in _channels(on_cube)] == THERE_AND_BACK
    assert [c.direction for c in _channels(on_vector)] == [Direction.TO_VECTOR, Direction.TO_VECTOR, Direction.TO_CUBE]
    assert [i.pipe for i in (*on_cube, *on_vector)] == [Pipe.FIX, Pipe.MTE2, Pipe.S, Pipe.MTE2, Pipe.S, Pipe.MTE3]
    # Each way has room of its own where its tiles are taken.
    taken = [tile.address for i in (*on_cube, *on_vector) for tile in i.writes if isinstance(tile, TileBuffer)]
    assert taken == [8192, 4096]


def test_a_pipe_both_ways_between_sections(parse: Parse) -> None:
    sections = f"  pto.section.cube {{\n{ON_CUBE}  }}\n  pto.section.vector {{\n{ON_VECTOR}  }}\n"
    module = parse(_function("f", "", sections))
    (function,) = (op for op in module.ops if isinstance(op, func.FuncOp))
    on_cube = list(walk(function, [None], core=KernelKind.CUBE))
    on_vector = list(walk(function, [None], core=KernelKind.VECTOR))
    assert [c.direction for c in _channels(on_cube)] == THERE_AND_BACK
    assert [c.direction for c in _channels(on_vector)] == [Direction.TO_VECTOR, Direction.TO_VECTOR, Direction.TO_CUBE]


def _popping(pop: str, use: str) -> str:
    """The vector end of `PLAIN`, which pops a tile in another way."""
    vector = PLAIN[PLAIN.index("func.func @vector") :]
    lines = vector.replace(f"%t = pto.tpop_from_aic {{split = 0}} -> {VEC}", pop)
    return PLAIN[: PLAIN.index("func.func @vector")] + lines.replace(f"pto.tneg ins(%t : {VEC}) outs(%t : {VEC})", use)


def test_a_popped_tile_is_valid_in_part(parse: Parse, refused: Refused) -> None:
    part = VEC.replace("f32", "f32, valid=?x?")
    use = f"pto.tneg ins(%t : {part}) outs(%t : {part})"
    module = parse(_popping(f"%t = pto.tpop_from_aic(%i, %n) {{split = 0}} -> {part}", use))
    tiles = [tile for i in _walk(module, "vector", None, 16) for tile in i.reads if isinstance(tile, TileBuffer)]
    assert [(tile.name, tile.valid) for tile in tiles] == [("%t", (row, 16)) for row in range(16)]
    error = refused(lambda: _walk(module, "vector", None, 17))
    assert (error.code, error.message) == ("TW0411", "the valid part 0x17 of %t does not lie within 16x16")


def test_a_popped_tile_that_is_a_memref(parse: Parse) -> None:
    memref = "memref<16x16xf32, #pto.address_space<vec>>"
    use = f"pto.tneg ins(%t : {memref}) outs(%t : {memref})"
    taken = _walk(parse(_popping(f"%t = pto.tpop_from_aic {{split = 0}} -> {memref}", use)), "vector", None, 2)
    tiles = [tile for i in taken for tile in i.writes if isinstance(tile, TileBuffer)]
    assert [(tile.name, tile.address, tile.valid) for tile in tiles] == [
        ("%t", address, (16, 16)) for address in (256, 256, 1280, 1280)
    ]


def test_a_declared_tile_that_is_a_memref(parse: Parse) -> None:
    memref = "memref<16x16xf32, #pto.address_space<vec>>"
    text = HANDLES.replace("pto.declare_tile", "pto.declare_tile_memref").replace(VEC, memref)
    _, neg, _ = _walk(parse(text), "f", None)
    (tile,) = neg.reads
    assert isinstance(tile, TileBuffer)
    assert (tile.name, tile.address, tile.valid) == ("%t", 4096, (16, 16))


def test_a_pipe_without_a_stop_in_global_memory(parse: Parse) -> None:
    settings = "{dir_mask = 1, slot_size = 1024, slot_num = 4, flag_base = 6}"
    lines = HANDLES.splitlines()
    lines[2:4] = [f"  %p = pto.initialize_l2l_pipe {settings} (%l : i32) -> !pto.pipe"]
    lines[5:7] = lines[5:7] * 3
    taken = _walk(parse("\n".join(lines)), "f", None)
    assert {channel.memory for channel in _channels(taken)} == {None}
    # Two slots lie where the tiles are taken.
    addresses = [tile.address for i in taken for tile in i.writes if isinstance(tile, TileBuffer) and i.channel]
    assert addresses == [4096, 4096 + 1024, 4096]


def test_both_ends_know_where_the_room_lies(parse: Parse) -> None:
    told = '  pto.print ins("room %d", %b : i32)\n'
    text = PLAIN.replace("  scf.for", f"{told}  scf.for")
    assert [_walk(parse(text), name, None, 0)[0].scalars for name in ("cube", "vector")] == [(256,), (256,)]


def test_a_core_without_the_other_end_fills_the_slots_and_waits(parse: Parse) -> None:
    module = parse(PLAIN)
    me = Station(KernelKind.CUBE, 0, 0)
    mailbox = Mailbox([me])
    assert [mailbox.may_pass(me, push) for push in _walk(module, "cube", None, 10)] == [True] * 8 + [False] * 2
    first, _, free = _walk(module, "vector", None, 1)
    assert [mailbox.may_pass(me, instruction) for instruction in (first, free)] == [False, False]


def test_the_slower_vector_core_says_when_a_slot_is_free(parse: Parse) -> None:
    module = parse(PLAIN)
    cube, *vectors = stations = [
        Station(KernelKind.CUBE, 0, 0),
        *(Station(KernelKind.VECTOR, 0, at) for at in range(2)),
    ]
    elsewhere = Station(KernelKind.VECTOR, 1, 0)
    mailbox = Mailbox([*stations, elsewhere])
    pushes = _walk(module, "cube", None, 9)
    pop, _, free = _walk(module, "vector", None, 1)
    for push in pushes[:8]:
        mailbox.passed(cube, push)
    assert [mailbox.may_pass(each, pop) for each in (*vectors, elsewhere)] == [True, True, False]
    for vector in vectors:
        assert not mailbox.may_pass(cube, pushes[8])
        mailbox.passed(vector, pop)
        assert mailbox.may_pass(vector, free)
        mailbox.passed(vector, free)
    assert mailbox.may_pass(cube, pushes[8])
