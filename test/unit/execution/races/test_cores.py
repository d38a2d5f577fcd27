"""Signals and tiles between the cube core and its vector cores."""

from __future__ import annotations

from collections.abc import Callable

from xdsl.dialects.builtin import ModuleOp

from tilewright.dialects.diagnostics import Diagnostic, collect_diagnostics
from tilewright.execution.races.checker import check_order

_TILE = "!pto.tile_buf<vec, 16x64xf32>"
_ACC = "!pto.tile_buf<acc, 16x64xf32, blayout=col_major, slayout=row_major, fractal=1024>"
_INIT = (
    "pto.{}_initialize_pipe {{dir_mask = 1, slot_size = 4096}} (gm_slot_buffer = %g : !pto.ptr<f32>, "
    "c2v_consumer_buf = %room : i32, v2c_consumer_buf = %none : i32)"
)
PUSH = f"pto.tpush_to_aiv(%acc : {_ACC}) {{split = 0}}"
POP = f"%t = pto.tpop_from_aic {{split = 0}} -> {_TILE}"
FREE = "pto.tfree_from_aic {split = 0}"


def _kernel(vector: list[str], cube: list[str]) -> str:
    lines = [
        "func.func @v(%g: !pto.ptr<f32>, %n: index) attributes {pto.kernel_kind = #pto.kernel_kind<vector>} {",
        '%room = pto.reserve_buffer {name = "r", size = 32768, location = #pto.address_space<vec>, auto = false, '
        "base = 0} -> i32",
        "%none = arith.constant 0 : i32",
        "%c0 = arith.constant 0 : index",
        "%c1 = arith.constant 1 : index",
        _INIT.format("aiv"),
        *vector,
        "return",
        "}",
        "func.func @c(%g: !pto.ptr<f32>, %n: index) attributes {pto.kernel_kind = #pto.kernel_kind<cube>} {",
        '%room = pto.import_reserved_buffer {name = "r", peer_func = @v} -> i32',
        "%none = arith.constant 0 : i32",
        "%c0 = arith.constant 0 : index",
        "%c1 = arith.constant 1 : index",
        "%at = arith.constant 0 : i64",
        f"%acc = pto.alloc_tile addr = %at : {_ACC}",
        _INIT.format("aic"),
        *cube,
        "return",
        "}",
    ]
    return "\n".join(lines)


def _check(module: ModuleOp) -> list[Diagnostic]:
    with collect_diagnostics(lambda _: None):
        return check_order(module)


LOOP = "scf.for %i = %c0 to %n step %c1 {"


def test_tiles_that_come_and_go(parse: Callable[[str], ModuleOp]) -> None:
    assert _check(parse(_kernel([LOOP, POP, FREE, "}"], [LOOP, PUSH, "}"]))) == []


def test_a_tile_that_nobody_pushes(parse: Callable[[str], ModuleOp]) -> None:
    (found,) = _check(parse(_kernel([POP, FREE, POP.replace("%t", "%u"), FREE], [PUSH])))
    assert (found.code, found.location and found.location.line) == ("TW0435", 9)
    assert (
        found.message == "pto.tpop_from_aic waits for a tile that the other core does not push: the kernel never ends"
    )


def test_a_tile_that_nobody_takes(parse: Callable[[str], ModuleOp]) -> None:
    (found,) = _check(parse(_kernel([POP, FREE], [PUSH, PUSH])))
    assert (found.code, found.location and found.location.line) == ("TW0439", 20)
    assert found.message == "pto.tpush_to_aiv hands over a tile that the other core never takes"


def test_more_tiles_than_slots(parse: Callable[[str], ModuleOp]) -> None:
    every = _check(parse(_kernel([POP, FREE], [LOOP, PUSH, "}"])))
    (found,) = [each for each in every if each.message.startswith("pto.tpush_to_aiv waits")]
    assert (found.code, found.location and found.location.line) == ("TW0435", 20)
    assert found.message == (
        "pto.tpush_to_aiv waits for a free slot, and the other core takes no tile any more: the kernel never ends"
    )


def test_a_tile_that_is_read_after_it_was_given_back(parse: Callable[[str], ModuleOp]) -> None:
    wait = "pto.barrier <PIPE_ALL>"
    read = f"pto.texp ins(%t : {_TILE}) outs(%t : {_TILE})"
    assert _check(parse(_kernel([POP, wait, read, FREE], [PUSH]))) == []
    (found,) = _check(parse(_kernel([POP, wait, FREE, read], [PUSH])))
    assert (found.code, found.location and found.location.line) == ("TW0438", 10)
    assert found.message == "pto.texp reads a tile whose slot was given back at line 9"


_SIGNALS = """\
func.func @c(%f: memref<256xi64>) attributes {{pto.kernel_kind = #pto.kernel_kind<cube>}} {{
pto.set_ffts %f : memref<256xi64>
{}
return
}}
func.func @v(%f: memref<256xi64>) attributes {{pto.kernel_kind = #pto.kernel_kind<vector>}} {{
pto.set_ffts %f : memref<256xi64>
{}
return
}}
"""


def test_signals_between_cores(parse: Callable[[str], ModuleOp]) -> None:
    assert _check(parse(_SIGNALS.format("pto.sync.set <PIPE_FIX>, 3", "pto.sync.wait <PIPE_MTE2>, 3"))) == []
    (found,) = _check(parse(_SIGNALS.format("pto.sync.set <PIPE_FIX>, 2", "pto.sync.wait <PIPE_MTE2>, 3")))
    assert (found.code, found.location and found.location.line) == ("TW0435", 8)
    assert found.message == (
        "vector core 0 waits for signal 3, which the other cores do not set: the kernel never ends"
    )


def test_cores_that_wait_for_each_other(parse: Callable[[str], ModuleOp]) -> None:
    cube, vector = ("pto.sync.wait <PIPE_FIX>, 4\npto.sync.set <PIPE_FIX>, 3", "pto.sync.wait <PIPE_MTE2>, 3\n")
    found = _check(parse(_SIGNALS.format(cube, vector + "pto.sync.set <PIPE_MTE3>, 4")))
    assert [(each.code, each.location and each.location.line) for each in found] == [("TW0435", 3), ("TW0435", 9)]
    assert found[0].message == (
        "the cube core waits for signal 4, which the other cores do not set: the kernel never ends"
    )


def test_sections_are_programs_of_different_cores(parse: Callable[[str], ModuleOp]) -> None:
    text = f"""\
func.func @mixed(%p: !pto.partition_tensor_view<16x64xf32>, %f: memref<256xi64>) {{
%at = arith.constant 0 : i64
pto.set_ffts %f : memref<256xi64>
pto.section.cube {{
  %acc = pto.alloc_tile addr = %at : {_ACC}
  pto.tstore ins(%acc : {_ACC}) outs(%p : !pto.partition_tensor_view<16x64xf32>)
  pto.sync.set <PIPE_FIX>, 1
}}
pto.section.vector {{
  %x = pto.alloc_tile addr = %at : {_TILE}
  pto.sync.wait <PIPE_MTE2>, 1
  pto.tload ins(%p : !pto.partition_tensor_view<16x64xf32>) outs(%x : {_TILE})
}}
return
}}
"""
    assert _check(parse(text)) == []
    (found,) = _check(parse(text.replace("pto.sync.wait <PIPE_MTE2>, 1", "").replace("pto.sync.set <PIPE_FIX>, 1", "")))
    assert (found.code, found.location and found.location.line) == ("TW0430", 12)
    assert found.message.startswith("FIX of the cube core may still write bytes 0 to 4096 of %p in global memory")
    assert found.help[0].startswith("a signal from the cube core to vector core 0: pto.sync.set <PIPE_FIX>")


def test_a_core_alone_gets_what_it_waits_for(parse: Callable[[str], ModuleOp]) -> None:
    text = "func.func @v(%f: memref<256xi64>) attributes {pto.kernel_kind = #pto.kernel_kind<vector>} {\n"
    assert _check(parse(text + "pto.set_ffts %f : memref<256xi64>\npto.sync.wait <PIPE_MTE2>, 3\nreturn\n}")) == []


def test_ends_that_name_the_same_signals_belong_together(parse: Callable[[str], ModuleOp]) -> None:
    pipe = (
        "%p = pto.initialize_l2g2l_pipe {dir_mask = 1, slot_size = 4096, slot_num = 8, flag_base = 2}"
        " (%g : !pto.ptr<f32>, %l : i32) -> !pto.pipe"
    )
    text = f"""\
func.func @c(%g: !pto.ptr<f32>, %l: i32) attributes {{pto.kernel_kind = #pto.kernel_kind<cube>}} {{
%at = arith.constant 0 : i64
%acc = pto.alloc_tile addr = %at : {_ACC}
{pipe}
pto.tpush(%acc, %p : {_ACC}, !pto.pipe) {{split = 0}}
return
}}
func.func @v(%g: !pto.ptr<f32>, %l: i32) attributes {{pto.kernel_kind = #pto.kernel_kind<vector>}} {{
{pipe}
%t = pto.declare_tile -> {_TILE}
pto.tpop(%t, %p : {_TILE}, !pto.pipe) {{split = 0}}
pto.tfree(%p : !pto.pipe) {{split = 0}}
return
}}
"""
    assert _check(parse(text)) == []
    pop = text.splitlines()[10]
    (found,) = _check(parse(text.replace(pop, pop + "\n" + pop)))
    assert (found.code, found.location and found.location.line) == ("TW0435", 12)


def test_a_function_that_starts_both_kernels(parse: Callable[[str], ModuleOp]) -> None:
    start = (
        "func.func @start(%g: !pto.ptr<f32>, %n: index) {\n"
        "func.call @c(%g, %n) : (!pto.ptr<f32>, index) -> ()\n"
        "func.call @v(%g, %n) : (!pto.ptr<f32>, index) -> ()\nreturn\n}\n"
    )
    assert _check(parse(_kernel([POP, FREE], [PUSH]) + "\n" + start)) == []
    (found,) = _check(parse(_kernel([POP, FREE], [PUSH, PUSH]) + "\n" + start))
    assert found.code == "TW0439"
