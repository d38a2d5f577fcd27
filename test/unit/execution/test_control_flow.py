"""Loops, branches and calls that hand on more than numbers; where a walk ends."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from xdsl.dialects import func
from xdsl.dialects.builtin import ModuleOp

from tilewright.arch.chip import Pipe
from tilewright.dialects.diagnostics import Diagnostic
from tilewright.dialects.pto import KernelKind
from tilewright.execution.frames import Place
from tilewright.execution.instructions import Flag, Instruction, Signal, TileBuffer, Window
from tilewright.execution.walker import walk

Parse = Callable[[str], ModuleOp]
Refused = Callable[[Callable[[], object]], Diagnostic]

TILE = "!pto.tile_buf<vec, 8x64xi8>"
VIEW = "!pto.tensor_view<?x?xi8>"
PART = "!pto.partition_tensor_view<8x64xi8>"

CONSTANTS = """
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %c3 = arith.constant 3 : index
  %c8 = arith.constant 8 : index
  %c64 = arith.constant 64 : index
  %a0 = arith.constant 0 : i64
  %a1 = arith.constant 512 : i64"""


def _walk(
    module: ModuleOp, *arguments: object, place: Place | None = None, core: KernelKind | None = None
) -> list[Instruction]:
    function = module.body.block.first_op
    assert isinstance(function, func.FuncOp)
    return list(walk(function, arguments, place=place, core=core))


def _events(instructions: list[Instruction]) -> list[int | None]:
    return [None if i.flag is None else i.flag.event for i in instructions]


def _addresses(instructions: list[Instruction]) -> list[int]:
    return [tile.address for i in instructions for tile in i.writes if isinstance(tile, TileBuffer)]


def test_while_hands_values_to_both_sides(parse: Parse) -> None:
    module = parse(f"""func.func @f(%n: index) {{{CONSTANTS}
  %last, %twice = scf.while (%i = %c0) : (index) -> (index, index) {{
    %more = arith.cmpi slt, %i, %n : index
    %d = arith.addi %i, %i : index
    scf.condition(%more) %i, %d : index, index
  }} do {{
  ^body(%j: index, %d: index):
    pto.set_flag_dyn[<PIPE_M>, <PIPE_FIX>, %d]
    %next = arith.addi %j, %c1 : index
    scf.yield %next : index
  }}
  pto.wait_flag_dyn[<PIPE_M>, <PIPE_FIX>, %twice]
  return
}}""")
    assert _events(_walk(module, 3)) == [0, 2, 4, 6]


def test_a_switch_and_a_region_that_runs_once(parse: Parse) -> None:
    module = parse(
        f"""func.func @f(%n: index) {{{CONSTANTS}
  %e = scf.index_switch %n -> index
  case 2 {{
    scf.yield %c1 : index
  }}
  case 5 {{
    scf.yield %c2 : index
  }}
  default {{
    scf.yield %c3 : index
  }}
  %x = scf.execute_region -> index {{
    cf.switch %n32 : i32, [
      default: ^other(%c1 : index),
      7: ^other(%e : index)
    ]
  ^other(%y: index):
    scf.yield %y : index
  }}
  pto.set_flag_dyn[<PIPE_M>, <PIPE_FIX>, %e]
  pto.set_flag_dyn[<PIPE_M>, <PIPE_FIX>, %x]
  return
}}""".replace("  %e = scf", "  %n32 = arith.index_cast %n : index to i32\n  %e = scf", 1)
    )
    assert [_events(_walk(module, n)) for n in (2, 5, 7)] == [[1, 1], [2, 1], [3, 3]]


def test_branches_and_loops_hand_on_tiles_pointers_and_views(parse: Parse) -> None:
    module = parse(f"""func.func @f(%p: !pto.ptr<i8>, %q: !pto.ptr<i8>, %odd: i1) {{{CONSTANTS}
  %s = pto.alloc_tile addr = %a0 : {TILE}
  %t = pto.alloc_tile addr = %a1 : {TILE}
  %r = scf.if %odd -> (!pto.ptr<i8>) {{
    scf.yield %p : !pto.ptr<i8>
  }} else {{
    %further = pto.addptr %q, %c64 : !pto.ptr<i8> -> !pto.ptr<i8>
    scf.yield %further : !pto.ptr<i8>
  }}
  %v = pto.make_tensor_view %r, shape = [%c8, %c64], strides = [%c64, %c1] : {VIEW}
  %x, %y, %z = scf.for %i = %c0 to %c3 step %c1 iter_args(%x0 = %s, %y0 = %t, %z0 = %v) -> ({TILE}, {TILE}, {VIEW}) {{
    %w = pto.partition_view %z0, offsets = [%c0, %c0], sizes = [%c8, %c64] : {VIEW} -> {PART}
    pto.tload ins(%w : {PART}) outs(%x0 : {TILE})
    scf.yield %y0, %x0, %z0 : {TILE}, {TILE}, {VIEW}
  }}
  return
}}""")
    loads = _walk(module, None, None, 0)
    assert _addresses(loads) == [0, 512, 0]
    assert [(w.name, w.offset) for i in loads for w in i.reads if isinstance(w, Window)] == [("q", 64)] * 3
    (window,) = _walk(module, None, None, 1)[0].reads
    assert isinstance(window, Window)
    assert (window.name, window.offset) == ("p", 0)


def test_calls_take_buffers_and_views(parse: Parse) -> None:
    module = parse(f"""func.func @f(%p: !pto.ptr<i8>) {{{CONSTANTS}
  %t = pto.alloc_tile addr = %a1 : {TILE}
  %v = pto.make_tensor_view %p, shape = [%c8, %c64], strides = [%c64, %c1] : {VIEW}
  %w = pto.partition_view %v, offsets = [%c0, %c0], sizes = [%c8, %c64] : {VIEW} -> {PART}
  func.call @g(%w, %t) : ({PART}, {TILE}) -> ()
  return
}}
func.func @g(%w: {PART}, %t: {TILE}) {{
  pto.tload ins(%w : {PART}) outs(%t : {TILE})
  return
}}""")
    assert _addresses(_walk(module, None)) == [512]


SECTIONS = """func.func @f() {
  %b = pto.get_block_idx
  %n = pto.get_block_num
  %s = pto.get_subblock_idx
  %m = pto.get_subblock_num
  pto.section.cube {
    pto.barrier <PIPE_M>
    pto.print ins("b %d", %b : i64)
    pto.print ins("n %d", %n : i64)
  }
  pto.section.vector {
    pto.barrier <PIPE_V>
    pto.print ins("s %d", %s : i64)
    pto.print ins("m %d", %m : i64)
  }
  return
}"""


def test_a_core_walks_its_own_sections(parse: Parse) -> None:
    module, place = parse(SECTIONS), Place(3, 8, 1, 2)
    cube = _walk(module, place=place, core=KernelKind.CUBE)
    vector = _walk(module, place=place, core=KernelKind.VECTOR)
    assert [i.pipe for i in cube] == [Pipe.M, Pipe.S, Pipe.S]
    assert [i.scalars for i in cube] == [(), (3,), (8,)]
    assert [i.scalars for i in vector] == [(), (1,), (2,)]
    assert len(_walk(module)) == 6
    assert [i.scalars for i in _walk(module)] == [(), (0,), (1,), (), (0,), (1,)]


def test_events_barriers_and_signals(parse: Parse) -> None:
    instructions = _walk(
        parse("""func.func @f(%m: memref<256xi64>, %i: index) {
  %c1 = arith.constant 1 : index
  pto.set_ffts %m : memref<256xi64>
  pto.record_event[#pto.pipe_event_type<TLOAD>, #pto.pipe_event_type<TVEC>, <EVENT_ID2>]
  pto.wait_event[#pto.pipe_event_type<TLOAD>, #pto.pipe_event_type<TVEC>, <EVENT_ID2>]
  pto.barrier_sync[<TMATMUL>]
  pto.sync.set <PIPE_FIX>, 3 {ffts_mode = 1 : i32}
  pto.sync.wait <PIPE_V>, %i
  %e = pto.declare_eventid_array -> !pto.eventid_array<4>
  pto.eventid_array_set %e[%c1], %i : !pto.eventid_array<4>
  %x = pto.eventid_array_get %e[%c1] : !pto.eventid_array<4>
  pto.set_flag_dyn[<PIPE_M>, <PIPE_FIX>, %x]
  %c0 = arith.constant 0 : index
  %y = pto.eventid_array_get %e[%c0] : !pto.eventid_array<4>
  pto.set_flag_dyn[<PIPE_M>, <PIPE_FIX>, %y]
  return
}"""),
        None,
        6,
    )
    assert [i.flag for i in instructions[:2]] == [Flag(True, Pipe.MTE2, Pipe.V, 2), Flag(False, Pipe.MTE2, Pipe.V, 2)]
    assert [i.pipe for i in instructions] == [Pipe.MTE2, Pipe.V, Pipe.M, Pipe.FIX, Pipe.V, Pipe.M, Pipe.M]
    assert [i.op.name for i in instructions[2:5]] == ["pto.barrier_sync", "pto.sync.set", "pto.sync.wait"]
    assert [i.signal for i in instructions[3:5]] == [Signal(True, 3, 1), Signal(False, 6, 2)]
    assert _events(instructions[5:]) == [6, 0]


ENDLESS = """func.func @f() {
  %true = arith.constant true
  %r = scf.while (%x = %true) : (i1) -> i1 {
    scf.condition(%x) %x : i1
  } do {
  ^body(%y: i1):
    scf.yield %y : i1
  }
  return
}"""


def test_a_walk_ends(parse: Parse, refused: Refused) -> None:
    function = parse(ENDLESS).body.block.first_op
    assert isinstance(function, func.FuncOp)
    error = refused(lambda: list(walk(function, [], limit=1000)))
    assert (error.code, str(error.location)) == ("TW0415", "test.pto:3:8")
    assert error.message == "the kernel executed 1000 instructions and goes on"


@pytest.mark.parametrize(
    "body, code, message",
    [
        ("pto.trap", "TW0416", "the kernel stops itself here"),
        ("pto.get_buf[#pto.pipe_event_type<TVEC>, 3]", "TW0405", "pto.get_buf cannot be executed: this chip"),
        (
            "%e = pto.declare_eventid_array -> !pto.eventid_array<4>\n"
            "%x = pto.eventid_array_get %e[%i] : !pto.eventid_array<4>",
            "TW0412",
            "event id 9 of %e does not exist: there are 4",
        ),
        (
            "%e = pto.declare_eventid_array -> !pto.eventid_array<9>\n"
            "pto.eventid_array_set %e[%i], %i : !pto.eventid_array<9>",
            "TW0412",
            "event id 9 of %e does not exist: there are 9",
        ),
        ("%s = pto.load_scalar %p[%i] : !pto.ptr<i8> -> i8", "TW0405", "pto.load_scalar reads memory, but this walk"),
    ],
)
def test_what_cannot_go_on(parse: Parse, refused: Refused, body: str, code: str, message: str) -> None:
    module = parse(f"func.func @f(%p: !pto.ptr<i8>, %i: index) {{\n{body}\nreturn\n}}")
    error = refused(lambda: _walk(module, None, 9))
    assert (error.code, error.location is not None) == (code, True)
    assert error.message.startswith(message)
