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
    assert (found.code, found.location and found.location.line) == ("TW0439", 19)
    assert found.message == "pto.tpush_to_aiv hands over a tile that the other core never takes"


def test_more_tiles_than_slots(parse: Callable[[str], ModuleOp]) -> None:
    found = _check(parse(_kernel([POP, FREE], [LOOP, PUSH, "}"])))
    assert any(each.message.startswith("pto.tpush_to_aiv waits for a free slot") for each in found)


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
        "the vector core waits for signal 3, which the other cores do not set: the kernel never ends"
    )
