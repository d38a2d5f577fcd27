"""The instruction stream of small `pto` functions."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from xdsl.dialects import func
from xdsl.dialects.builtin import ModuleOp

from tilewright.arch.chip import Pipe
from tilewright.dialects.diagnostics import Diagnostic
from tilewright.dialects.parsing import parse_module
from tilewright.dialects.pto import GmLayout
from tilewright.dialects.registry import make_context
from tilewright.execution.instructions import Flag, Instruction, TileBuffer, Window
from tilewright.execution.walker import walk

Parse = Callable[[str], ModuleOp]
Refused = Callable[[Callable[[], object]], Diagnostic]


def _walk(module: ModuleOp, *arguments: object) -> list[Instruction]:
    function = module.body.block.first_op
    assert isinstance(function, func.FuncOp)
    return list(walk(function, arguments))


def _events(instructions: list[Instruction]) -> list[int | None]:
    return [None if i.flag is None else i.flag.event for i in instructions]


def test_flags_and_barriers(parse: Parse) -> None:
    instructions = _walk(
        parse("""func.func @f(%i: index) {
  pto.set_flag[<PIPE_MTE2>, <PIPE_MTE1>, <EVENT_ID3>]
  pto.wait_flag_dyn[<PIPE_MTE2>, <PIPE_MTE1>, %i]
  pto.barrier <PIPE_ALL>
  return
}"""),
        5,
    )
    assert [i.flag for i in instructions] == [
        Flag(True, Pipe.MTE2, Pipe.MTE1, 3),
        Flag(False, Pipe.MTE2, Pipe.MTE1, 5),
        None,
    ]
    # A flag waits in the queue of the pipe that executes it.
    assert [i.pipe for i in instructions] == [Pipe.MTE2, Pipe.MTE1, Pipe.ALL]
    assert str(instructions[1].location) == "test.pto:3:3"


def test_loops_carry_scalars(parse: Parse) -> None:
    instructions = _walk(
        parse("""func.func @f() {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c3 = arith.constant 3 : index
  %last, %before = scf.for %i = %c0 to %c3 step %c1
      iter_args(%x = %c0, %y = %c3) -> (index, index) {
    pto.set_flag_dyn[<PIPE_M>, <PIPE_FIX>, %y]
    scf.yield %i, %x : index, index
  }
  pto.wait_flag_dyn[<PIPE_M>, <PIPE_FIX>, %last]
  return
}""")
    )
    assert _events(instructions) == [3, 0, 0, 2]


def test_branches_give_values(parse: Parse) -> None:
    module = parse("""func.func @f(%i: index) {
  %c2 = arith.constant 2 : index
  %small = arith.cmpi ult, %i, %c2 : index
  %e = scf.if %small -> (index) {
    scf.yield %i : index
  } else {
    scf.yield %c2 : index
  }
  scf.if %small {
    pto.set_flag_dyn[<PIPE_M>, <PIPE_FIX>, %e]
  }
  pto.wait_flag_dyn[<PIPE_M>, <PIPE_FIX>, %e]
  return
}""")
    assert _events(_walk(module, 1)) == [1, 1]
    assert _events(_walk(module, 7)) == [2]


def test_calls_pass_values_both_ways(parse: Parse) -> None:
    module = parse("""func.func @f(%i: index) {
  %a = func.call @next(%i) : (index) -> index
  %b = func.call @next(%a) : (index) -> index
  pto.set_flag_dyn[<PIPE_M>, <PIPE_FIX>, %b]
  return
}
func.func @next(%i: index) -> index {
  %c1 = arith.constant 1 : index
  %j = arith.addi %i, %c1 : index
  return %j : index
}""")
    assert _events(_walk(module, 1)) == [3]


VIEW = "!pto.tensor_view<?x?xi8>"
PART = "!pto.partition_tensor_view<?x?xi8>"
ROW = "!pto.tile_buf<vec, 1x64xi8>"
ROWS = "!pto.tile_buf<vec, 8x64xi8, valid=?x64>"
RING = "!pto.multi_tile_buf<!pto.tile_buf<vec, 1x64xi8>, count=3>"


def _ring(slot: int) -> str:
    return f"""func.func @f(%p: !pto.ptr<i8>) {{
  %a = arith.constant 128 : i64
  %slot = arith.constant {slot} : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %c64 = arith.constant 64 : index
  %n = arith.addi %slot, %c1 : index
  %s = arith.subi %n, %c1 : index
  %r = pto.alloc_multi_tile addr = %a : {RING}
  %t = pto.multi_tile_get %r[%s] : {RING} -> {ROW}
  %v = pto.make_tensor_view %p, shape = [%c2, %c64], strides = [%c64, %c1] : {VIEW}
  %w = pto.partition_view %v, offsets = [%slot, %c1], sizes = [%c1, %c64] : {VIEW} -> {PART}
  pto.tload ins(%w : {PART}) outs(%t : {ROW})
  return
}}"""


def test_a_slot_and_a_window_are_resolved(parse: Parse) -> None:
    text = _ring(1).replace("sizes = [%c1, %c64]", "sizes = [%c1, %c2]")
    (load,) = _walk(parse(text), None)
    (window,), (tile,) = load.reads, load.writes
    assert isinstance(window, Window)
    assert isinstance(tile, TileBuffer)
    assert (window.name, window.offset, window.shape, window.strides) == ("p", 65, (1, 2), (64, 1))
    assert (tile.name, tile.address, tile.valid) == ("%r[1]", 128 + 64, (1, 64))
    assert load.pipe is Pipe.MTE2


def test_a_slot_outside_of_its_ring(parse: Parse, refused: Refused) -> None:
    module = parse(_ring(3))
    error = refused(lambda: _walk(module, None))
    assert (error.code, str(error.location)) == ("TW0412", "test.pto:10:8")
    assert error.message == "slot 3 of %r does not exist: there are 3"


def test_a_window_outside_of_its_view(parse: Parse, refused: Refused) -> None:
    module = parse(_ring(1))
    error = refused(lambda: _walk(module, None))
    assert (error.code, str(error.location)) == ("TW0410", "test.pto:12:8")
    assert "leaves p: dimension 1 ends at 64, the window at 65" in error.message


def test_dynamic_valid_extents(parse: Parse, refused: Refused) -> None:
    module = parse(f"""func.func @f(%p: !pto.ptr<i8>, %n: index) {{
  %c0 = arith.constant 0 : index
  %a = arith.constant 0 : i64
  %c1 = arith.constant 1 : index
  %c64 = arith.constant 64 : index
  %t = pto.alloc_tile addr = %a valid_row = %n : {ROWS}
  %v = pto.make_tensor_view %p, shape = [%n, %c64], strides = [%c64, %c1] : {VIEW}
  %w = pto.partition_view %v, offsets = [%c0, %c0], sizes = [%n, %c64] : {VIEW} -> {PART}
  pto.tload ins(%w : {PART}) outs(%t : {ROWS})
  return
}}""")
    (load,) = _walk(module, None, 5)
    (tile,) = load.writes
    assert isinstance(tile, TileBuffer)
    assert tile.valid == (5, 64)
    for extent in (0, 9):
        error = refused(lambda extent=extent: _walk(module, None, extent))
        assert (error.code, str(error.location)) == ("TW0411", "test.pto:6:8")
        assert f"{extent}x64 of %t does not lie within 8x64" in error.message


def test_a_ring_with_a_dynamic_valid_part(parse: Parse, refused: Refused) -> None:
    text = _ring(1).replace("1x64xi8>", "1x64xi8, valid=?x64>")
    error = refused(lambda: _walk(parse(text), None))
    assert (error.code, "dynamic valid part" in error.message) == ("TW0405", True)


@pytest.mark.parametrize(
    "line, name",
    [
        ("%t = pto.alloc_tile : !pto.tile_buf<vec, 1x64xi8>", "%t"),
        (f"%r = pto.alloc_multi_tile : {RING}", "%r"),
    ],
)
def test_memory_is_not_planned(parse: Parse, refused: Refused, line: str, name: str) -> None:
    error = refused(lambda: _walk(parse(f"func.func @f() {{\n  {line}\n  return\n}}")))
    assert (error.code, str(error.location)) == ("TW0407", "test.pto:2:8")
    assert error.message == f"{name} has no address: memory is not planned yet"
    assert "plan-memory" in error.help[0]


@pytest.mark.parametrize(
    "body, code, place, message",
    [
        ("%x = arith.divui %i, %i : index", "TW0412", "2:6", "arith.divui has no value for 0, 0"),
        ("scf.for %k = %i to %i step %i {\n}", "TW0412", "2:1", "the step of a loop is positive"),
        ("func.call @f(%i) : (index) -> ()", "TW0413", "1:1", "@f calls itself"),
        ("func.call @g() : () -> ()", "TW0400", "2:1", "@g has no definition here"),
        ("%r = arith.constant 1 : i64\nmath.absi %r : i64", "TW0405", "3:1", "math.absi cannot be"),
    ],
)
def test_what_has_no_meaning(parse: Parse, refused: Refused, body: str, code: str, place: str, message: str) -> None:
    module = parse(f"func.func @f(%i: index) {{\n{body}\nreturn\n}}\nfunc.func private @g()")
    error = refused(lambda: _walk(module, 0))
    assert (error.code, str(error.location)) == (code, f"test.pto:{place}")
    assert error.message.startswith(message)


def test_several_blocks(parse: Parse) -> None:
    module = parse("""func.func @f(%n: index) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  cf.br ^head(%c0 : index)
^head(%i: index):
  %more = arith.cmpi slt, %i, %n : index
  cf.cond_br %more, ^body, ^end(%n : index)
^body:
  pto.set_flag_dyn[<PIPE_M>, <PIPE_FIX>, %i]
  %next = arith.addi %i, %c1 : index
  cf.br ^head(%next : index)
^end(%last: index):
  pto.wait_flag_dyn[<PIPE_M>, <PIPE_FIX>, %last]
  return
}""")
    assert _events(_walk(module, 3)) == [0, 1, 2, 3]
    assert _events(_walk(module, 0)) == [0]


def test_a_path_that_the_chip_lacks(refused: Refused) -> None:
    # Never verified, as when a tool builds IR and runs it at once.
    tile = "!pto.tile_buf<vec, 16x32xi8>"
    left = "!pto.tile_buf<left, 16x32xi8, slayout=row_major>"
    text = f"""func.func @f() {{
  %a = arith.constant 0 : i64
  %s = pto.alloc_tile addr = %a : {tile}
  %d = pto.alloc_tile addr = %a : {left}
  pto.tmov ins(%s : {tile}) outs(%d : {left})
  return
}}"""
    error = refused(lambda: _walk(parse_module(make_context(), text, "test.pto")))
    assert (error.code, str(error.location)) == ("TW0107", "test.pto:5:3")


@pytest.mark.parametrize(
    "strides, sizes, found, carried",
    [
        ("%c1, %c1", "%c8, %c1", GmLayout.DN, GmLayout.ND),
        ("%c1, %c1", "%c1, %c8", GmLayout.ND, GmLayout.ND),
        ("%c1, %c1", "%c8, %n", GmLayout.ND, GmLayout.ND),
        ("%c1, %c8", "%c8, %c2", GmLayout.DN, GmLayout.DN),
        ("%c8, %c1", "%c8, %c1", GmLayout.ND, GmLayout.ND),
        ("%c2, %c2", "%c8, %c1", GmLayout.ND, GmLayout.ND),
    ],
)
def test_the_layout_of_a_window(parse: Parse, strides: str, sizes: str, found: GmLayout, carried: GmLayout) -> None:
    """One column may lie either way; of a view that a loop hands on, the window lies as the view does."""
    tile = ROW.replace("64xi8", "64xi8, valid=?x?")
    module = parse(f"""func.func @f(%p: !pto.ptr<i8>, %n: index) {{
  %a = arith.constant 0 : i64
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %c8 = arith.constant 8 : index
  %t = pto.alloc_tile addr = %a valid_row = %c1 valid_col = %c1 : {tile}
  %v = pto.make_tensor_view %p, shape = [%c8, %c8], strides = [{strides}] : {VIEW}
  %w = pto.partition_view %v, offsets = [%c0, %c0], sizes = [{sizes}] : {VIEW} -> {PART}
  pto.tprefetch ins(%w : {PART}) outs(%t : {tile})
  %last = scf.for %i = %c0 to %c1 step %c1 iter_args(%each = %v) -> ({VIEW}) {{
    %x = pto.partition_view %each, offsets = [%c0, %c0], sizes = [{sizes}] : {VIEW} -> {PART}
    pto.tprefetch ins(%x : {PART}) outs(%t : {tile})
    scf.yield %each : {VIEW}
  }}
  return
}}""")
    windows = [window for i in _walk(module, None, 3) for window in i.reads if isinstance(window, Window)]
    assert [window.gm_layout for window in windows] == [found, carried]
