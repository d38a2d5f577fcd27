"""Instructions on the pipes between the cube core and its vector cores: which tile they mean, and where it lies."""

from __future__ import annotations

from collections.abc import Callable

from xdsl.dialects import func
from xdsl.dialects.builtin import ModuleOp

from tilewright.arch.chip import Pipe
from tilewright.dialects.diagnostics import Diagnostic
from tilewright.dialects.pto.pipe_ends import Direction
from tilewright.execution.instructions import Channel, Instruction, TileBuffer
from tilewright.execution.walker import walk

Parse = Callable[[str], ModuleOp]
Refused = Callable[[Callable[[], object]], Diagnostic]

ACC = "!pto.tile_buf<acc, 16x16xf32, blayout=col_major, slayout=row_major, fractal=1024>"
VEC = "!pto.tile_buf<vec, 16x16xf32>"
SETTINGS = "{dir_mask = 1, slot_size = 1024}"
ENDS = "(gm_slot_buffer = %g : !pto.ptr<f32>, c2v_consumer_buf = %b : i32, v2c_consumer_buf = %z : i32)"

PAIR = f"""func.func @cube(%g: !pto.ptr<f32>, %n: index) attributes {{pto.kernel_kind = #pto.kernel_kind<cube>}} {{
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %a = arith.constant 0 : i64
  %z = arith.constant 0 : i32
  %b = pto.import_reserved_buffer {{name = "room", peer_func = @vector}} -> i32
  pto.aic_initialize_pipe {SETTINGS} {ENDS}
  %t = pto.alloc_tile addr = %a : {ACC}
  scf.for %i = %c0 to %n step %c1 {{
    pto.tpush_to_aiv(%t : {ACC}) {{split = 0}}
  }}
  return
}}
func.func @vector(%g: !pto.ptr<f32>, %n: index) attributes {{pto.kernel_kind = #pto.kernel_kind<vector>}} {{
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %z = arith.constant 0 : i32
  %b = pto.reserve_buffer {{name = "room", size = 8192, location = <vec>, auto = false, base = 256}} -> i32
  pto.aiv_initialize_pipe {SETTINGS} {ENDS}
  scf.for %i = %c0 to %n step %c1 {{
    %t = pto.tpop_from_aic {{split = 0}} -> {VEC}
    pto.tneg ins(%t : {VEC}) outs(%t : {VEC})
    pto.tfree_from_aic {{split = 0}}
  }}
  return
}}"""


def _walk(module: ModuleOp, name: str, *arguments: object) -> list[Instruction]:
    function = next(op for op in module.ops if isinstance(op, func.FuncOp) and op.sym_name.data == name)
    return list(walk(function, arguments))


def _channels(instructions: list[Instruction]) -> list[Channel]:
    return [i.channel for i in instructions if i.channel is not None]


def test_both_ends_name_one_pipe(parse: Parse) -> None:
    module = parse(PAIR)
    pushes = _walk(module, "cube", None, 10)
    assert [i.pipe for i in pushes] == [Pipe.FIX] * 10
    pushed = _channels(pushes)
    assert {(c.pipe, c.direction, c.slots, c.slot_bytes) for c in pushed} == {
        ("@vector.room", Direction.TO_VECTOR, 8, 1024)
    }
    assert [(c.index, c.slot) for c in pushed[7:]] == [(7, 7), (8, 0), (9, 1)]
    memory = pushed[0].memory
    assert memory is not None
    assert (memory.name, memory.offset, memory.shape) == ("g", 0, (8 * 1024 // 4,))

    taken = _walk(module, "vector", None, 10)
    assert [i.pipe for i in taken[:3]] == [Pipe.MTE2, Pipe.V, Pipe.S]
    popped, freed = (_channels(taken)[start::2] for start in (0, 1))
    assert popped == freed == pushed


def test_a_popped_tile_lies_in_the_next_slot(parse: Parse) -> None:
    taken = _walk(parse(PAIR), "vector", None, 10)
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


def test_a_tile_that_no_pipe_has_filled(parse: Parse, refused: Refused) -> None:
    lines = HANDLES.splitlines()
    del lines[6]
    error = refused(lambda: _walk(parse("\n".join(lines)), "f", None))
    assert (error.code, str(error.location)) == ("TW0407", "test.pto:7:5")
    assert error.message == "%t has no address: no pipe has filled it yet"
