"""Slots of pipes between cores, known by their bytes: whatever buffer is used to read them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from xdsl.dialects.builtin import ModuleOp

from tilewright.dialects.diagnostics import Diagnostic, collect_diagnostics
from tilewright.execution.races.checker import check_order

_TILE = "!pto.tile_buf<vec, 16x64xf32>"
_HALF = "!pto.tile_buf<vec, 8x64xf32>"
_ACC = "!pto.tile_buf<acc, 16x64xf32, blayout=col_major, slayout=row_major, fractal=1024>"
_ROOM = '%room = pto.reserve_buffer {{name = "r", size = 32768, location = {}, auto = false, base = 0}} -> i32'
_INIT = (
    "pto.{}_initialize_pipe {{dir_mask = 1, slot_size = 4096}} (gm_slot_buffer = %g : !pto.ptr<f32>, "
    "c2v_consumer_buf = %room : i32, v2c_consumer_buf = %none : i32)"
)
_VECTOR = f"""\
func.func @v(%g: !pto.ptr<f32>) attributes {{pto.kernel_kind = #pto.kernel_kind<vector>}} {{
{_ROOM.format("#pto.address_space<vec>")}
%none = arith.constant 0 : i32
%a0 = arith.constant 0 : i64
%a2 = arith.constant 2048 : i64
%a4 = arith.constant 4096 : i64
%a64 = arith.constant 65536 : i64
%first = pto.alloc_tile addr = %a0 : {_HALF}
%middle = pto.alloc_tile addr = %a2 : {_TILE}
%second = pto.alloc_tile addr = %a4 : {_TILE}
%y = pto.alloc_tile addr = %a64 : {_TILE}
%z = pto.alloc_tile addr = %a64 : {_HALF}
{_INIT.format("aiv")}
"""
_CUBE = f"""\
return
}}
func.func @c(%g: !pto.ptr<f32>) attributes {{pto.kernel_kind = #pto.kernel_kind<cube>}} {{
%room = pto.import_reserved_buffer {{name = "r", peer_func = @v}} -> i32
%none = arith.constant 0 : i32
%at = arith.constant 0 : i64
%acc = pto.alloc_tile addr = %at : {_ACC}
{_INIT.format("aic")}
"""
FIRST = _VECTOR.count("\n") + 1
"""The line of the first instruction of the vector cores."""

PUSH = f"pto.tpush_to_aiv(%acc : {_ACC}) {{split = 0}}"
FREE = "pto.tfree_from_aic {split = 0}"
WAIT = "pto.barrier <PIPE_ALL>"


def pop(name: str) -> str:
    """Take a tile."""
    return f"%{name} = pto.tpop_from_aic {{split = 0}} -> {_TILE}"


def read(name: str, tile: str = _TILE) -> str:
    """Read a buffer, and wait until all is done."""
    result = "%y" if tile is _TILE else "%z"
    return f"pto.texp ins(%{name} : {tile}) outs({result} : {tile})\n{WAIT}"


Check = Callable[..., list[Diagnostic]]


@pytest.fixture
def check(parse: Callable[[str], ModuleOp]) -> Check:
    """The reports on vector cores that run these lines, beside a cube core that pushes so many tiles."""

    def run(*lines: str, tiles: int) -> list[Diagnostic]:
        pushes = [PUSH] * tiles
        with collect_diagnostics(lambda _: None):
            return check_order(parse(_VECTOR + "\n".join([*lines, _CUBE, *pushes, "return", "}"])))

    return run


def brief(found: list[Diagnostic]) -> list[tuple[str, int]]:
    """Code and line of each report, the line counted from the first instruction."""
    return [(each.code, each.location.line - FIRST) for each in found if each.location is not None]


def test_a_slot_may_be_read_through_any_buffer_while_its_tile_is_there(check: Check) -> None:
    assert check(pop("t"), WAIT, read("first", _HALF), read("t"), FREE, tiles=1) == []


def test_a_slot_that_is_read_after_it_was_given_back(check: Check) -> None:
    for name, tile in (("first", _HALF), ("middle", _TILE)):
        (found,) = check(pop("t"), pop("u"), WAIT, read("t"), FREE, read(name, tile), FREE, tiles=2)
        assert brief([found]) == [("TW0438", 6)]
        assert found.message == f"pto.texp reads a tile whose slot was given back at line {FIRST + 5}"
    # The next tile is still there.
    assert check(pop("t"), pop("u"), WAIT, read("t"), FREE, read("second"), FREE, tiles=2) == []


def test_a_slot_that_is_read_before_the_first_tile_comes(check: Check) -> None:
    (found,) = check(read("first", _HALF), pop("t"), WAIT, read("t"), FREE, tiles=1)
    assert brief([found]) == [("TW0445", 0)]
    assert found.message == f"pto.texp reads a slot before the first tile comes there, at line {FIRST + 2}"
    assert found.help == (
        "read the tile after it was popped, or give the buffer bytes outside of the room of the pipe",
    )
    (found,) = check(pop("t"), WAIT, read("second"), FREE, pop("u"), WAIT, read("u"), FREE, tiles=2)
    assert brief([found]) == [("TW0445", 2)]


def test_a_room_that_is_used_for_something_else_before(check: Check) -> None:
    fill = f"pto.texp ins(%y : {_TILE}) outs(%second : {_TILE})\n{WAIT}"
    assert check(fill, read("second"), pop("t"), FREE, pop("u"), WAIT, read("u"), FREE, tiles=2) == []


@pytest.mark.parametrize("split", [1, 2])
def test_vector_cores_that_share_a_slot_have_a_part_each(parse: Callable[[str], ModuleOp], split: int) -> None:
    half = _HALF if split == 1 else "!pto.tile_buf<vec, 16x32xf32>"
    pipe = (
        "dir_mask = 2, slot_size = 4096}} (gm_slot_buffer = %g : !pto.ptr<f32>, "
        "c2v_consumer_buf = %none : i32, v2c_consumer_buf = %room : i32)"
    ).replace("}}", "}")
    mat = "!pto.tile_buf<mat, 16x64xf32, blayout=col_major, slayout=row_major>"
    text = f"""\
func.func @c(%g: !pto.ptr<f32>) attributes {{pto.kernel_kind = #pto.kernel_kind<cube>}} {{
{_ROOM.format("#pto.address_space<mat>")}
%none = arith.constant 0 : i32
pto.aic_initialize_pipe {{{pipe}
%t = pto.tpop_from_aiv {{split = {split}}} -> {mat}
pto.tfree_from_aiv {{split = {split}}}
return
}}
func.func @v(%g: !pto.ptr<f32>) attributes {{pto.kernel_kind = #pto.kernel_kind<vector>}} {{
%room = pto.import_reserved_buffer {{name = "r", peer_func = @c}} -> i32
%none = arith.constant 0 : i32
%at = arith.constant 0 : i64
%x = pto.alloc_tile addr = %at : {half}
pto.aiv_initialize_pipe {{{pipe}
pto.tpush_to_aic(%x : {half}) {{split = {split}}}
return
}}
"""
    with collect_diagnostics(lambda _: None):
        assert check_order(parse(text)) == []
        # Whole tiles from cores that are told apart differ, and one of them is lost.
        whole = text.replace(f"split = {split}", "split = 0").replace(half, _TILE)
        assert check_order(parse(whole)) == []
        apart = whole.replace("pto.tpush_to", "%sub = pto.get_subblock_idx\npto.tpush_to")
        assert [each.code for each in check_order(parse(apart))] == ["TW0432"]


def test_a_vector_core_that_takes_empty_tiles_stores_nothing(check: Check) -> None:
    view, part = "!pto.tensor_view<?x?xf32>", "!pto.partition_tensor_view<16x64xf32>"
    tile = "!pto.tile_buf<vec, 16x64xf32, valid=?x?>"
    lines = (
        *(f"%c{number} = arith.constant {number} : index" for number in (0, 1, 16, 64)),
        "%far = arith.constant 65536 : index",
        "%end = pto.addptr %g, %far : !pto.ptr<f32> -> !pto.ptr<f32>",
        f"%v = pto.make_tensor_view %end, shape = [%c16, %c64], strides = [%c64, %c1] : {view}",
        f"%w = pto.partition_view %v, offsets = [%c0, %c0], sizes = [%c16, %c64] : {view} -> {part}",
        "%sub = pto.get_subblock_idx",
        "%zero = arith.constant 0 : i64",
        "%is = arith.cmpi eq, %sub, %zero : i64",
        "%rows = arith.select %is, %c16, [] : index",
        f"%t = pto.tpop_from_aic(%rows, %c64) {{split = 0}} -> {tile}",
        WAIT,
        f"pto.tstore ins(%t : {tile}) outs(%w : {part})",
        WAIT,
        FREE,
    )
    assert check(*[line.replace("[]", "%c0") for line in lines], tiles=1) == []
    (found,) = check(*[line.replace("[]", "%c16") for line in lines], tiles=1)
    assert brief([found]) == [("TW0432", 14)]
