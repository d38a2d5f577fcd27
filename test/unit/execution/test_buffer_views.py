"""Parts of buffers, other shapes and addresses, elements, memrefs: where each lies."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from xdsl.dialects import func
from xdsl.dialects.builtin import ModuleOp

from tilewright.arch.chip import Pipe
from tilewright.dialects.diagnostics import Diagnostic
from tilewright.dialects.pto import GmLayout
from tilewright.execution.instructions import Instruction, Pointer, TileBuffer, Window
from tilewright.execution.layouts import TileLayout
from tilewright.execution.parameters import parameter
from tilewright.execution.walker import walk

Parse = Callable[[str], ModuleOp]
Refused = Callable[[Callable[[], object]], Diagnostic]

TILE = "!pto.tile_buf<vec, 16x64xf32>"
PART = "!pto.tile_buf<vec, 4x32xf32>"
DYNAMIC = "!pto.tile_buf<vec, 4x32xf32, valid=?x?>"
NZ = "!pto.tile_buf<mat, 32x64xf16, blayout=col_major, slayout=row_major>"
NZ_PART = "!pto.tile_buf<mat, 32x16xf16, blayout=col_major, slayout=row_major>"


def _walk(module: ModuleOp, *arguments: object) -> list[Instruction]:
    function = module.body.block.first_op
    assert isinstance(function, func.FuncOp)
    return list(walk(function, arguments, reader=lambda instruction: 7))


def _program(body: str, arguments: str = "%i: index, %j: index") -> str:
    constants = "".join(f"  %c{n} = arith.constant {n} : index\n" for n in (0, 1, 2, 3, 4, 8, 16, 32, 64))
    return (
        f"func.func @f({arguments}) {{\n{constants}  %a = arith.constant 1024 : i64\n"
        f"  %t = pto.alloc_tile addr = %a : {TILE}\n  {body}\n  return\n}}"
    )


def _target(module: ModuleOp, *arguments: object) -> TileBuffer:
    *_, last = _walk(module, *arguments)
    (tile,) = last.writes
    assert isinstance(tile, TileBuffer)
    return tile


def _copied(value: str, type_: str) -> str:
    return f"pto.tneg ins({value} : {type_}) outs({value} : {type_})"


def test_a_part_keeps_the_rows_of_its_tile(parse: Parse) -> None:
    text = _program(
        f"%s = pto.subset %t[%i, %j] sizes [4, 32] : {TILE}\n  {_copied('%s', DYNAMIC)}",
    ).replace(f": {TILE}\n  pto.tneg", f": {TILE} -> {DYNAMIC}\n  pto.tneg")
    part = _target(parse(text), 2, 32)
    assert (part.name, part.address, part.valid) == ("%s", 1024 + (2 * 64 + 32) * 4, (4, 32))
    assert part.layout.position(1, 0) == 64
    assert part.layout.runs == ((0, 128), (256, 384), (512, 640), (768, 896))
    assert part.size_bytes == 896


def test_a_part_of_a_part(parse: Parse) -> None:
    text = _program(
        f"%s = pto.subset %t[%c4, %c32] sizes [4, 32] : {TILE}\n"
        f"  %u = pto.subset %s[%c1, %c8] sizes [2, 8] : {PART}\n"
        f"  {_copied('%u', '!pto.tile_buf<vec, 2x8xf32>')}"
    )
    part = _target(parse(text), 0, 0)
    assert part.address == 1024 + ((4 + 1) * 64 + 32 + 8) * 4
    assert [part.layout.position(r, c) for r, c in ((0, 7), (1, 0))] == [7, 64]


def test_a_part_of_fractals_is_dense(parse: Parse) -> None:
    text = _program(
        f"%m = pto.alloc_tile addr = %a : {NZ}\n"
        f"  %s = pto.subset %m[%c0, %c16] sizes [32, 16] : {NZ}\n"
        "  %x = pto.treshape %s : " + NZ_PART + " -> " + NZ_PART.replace("f16", "bf16") + "\n"
        "  pto.tprefetch ins(%w : memref<32x16xbf16>) outs(%x : " + NZ_PART.replace("f16", "bf16") + ")",
        "%w: memref<32x16xbf16>",
    )
    part = _target(parse(text), None)
    assert part.address == 1024 + 32 * 16 * 2
    assert part.layout.is_dense


@pytest.mark.parametrize(
    "place, message",
    [
        ((14, 0), "pto.subset takes elements 14 to 18 of dimension 0 of %t, which has 16"),
        ((0, -1), "pto.subset takes elements -1 to 31 of dimension 1 of %t, which has 64"),
    ],
)
def test_a_part_outside_of_its_tile(parse: Parse, refused: Refused, place: tuple[int, int], message: str) -> None:
    module = parse(_program(f"%s = pto.subset %t[%i, %j] sizes [4, 32] : {TILE}"))
    error = refused(lambda: _walk(module, *place))
    assert (error.code, error.message) == ("TW0411", message)


def test_a_part_with_gaps_has_no_other_shape(parse: Parse, refused: Refused) -> None:
    module = parse(
        _program(
            f"%s = pto.subset %t[%c0, %c0] sizes [4, 32] : {TILE}\n"
            f"  %u = pto.treshape %s : {PART} -> !pto.tile_buf<vec, 8x16xf32>"
        )
    )
    error = refused(lambda: _walk(module, 0, 0))
    assert (error.code, error.message) == ("TW0411", "%s is a part with gaps, so it has no other shape or width")


def test_a_shape_holds_the_valid_part_that_it_takes_over(parse: Parse, refused: Refused) -> None:
    turned = "!pto.tile_buf<vec, 64x16xf32, valid=?x?>"
    whole = TILE.replace("32>", "32, valid=?x?>")
    module = parse(
        _program(
            f"%d = pto.alloc_tile addr = %a valid_row = %i valid_col = %j : {whole}\n"
            f"  %u = pto.treshape %d : {whole} -> {turned}\n  {_copied('%u', turned)}"
        )
    )
    assert _target(module, 3, 16).valid == (3, 16)
    error = refused(lambda: _walk(module, 3, 17))
    assert (error.code, error.message) == ("TW0411", "the valid part 3x17 of %u does not lie within 64x16")
    assert error.location is not None
    assert error.location.line == 14


def test_a_bitcast_keeps_gaps_and_another_address_moves(parse: Parse) -> None:
    words = PART.replace("f32", "i32")
    module = parse(
        _program(
            f"%s = pto.subset %t[%c0, %c32] sizes [4, 32] : {TILE}\n"
            f"  %u = pto.bitcast %s : {PART} -> {words}\n"
            f"  %b = arith.constant 4096 : i64\n"
            f"  %v = pto.tassign %u, %b : {words} -> {words}\n  {_copied('%u', words)}\n  {_copied('%v', words)}"
        )
    )
    tiles = [tile for i in _walk(module, 0, 0) for tile in i.writes if isinstance(tile, TileBuffer)]
    assert [tile.address for tile in tiles] == [1024 + 128, 4096]
    assert all(tile.layout.position(1, 0) == 64 for tile in tiles)
    assert str(tiles[0].type.element_type) == "i32"


def test_the_valid_part_changes_from_here_on(parse: Parse, refused: Refused) -> None:
    body = (
        f"%d = pto.alloc_tile addr = %a valid_row = %c4 valid_col = %c32 : {DYNAMIC}\n"
        f"  {_copied('%d', DYNAMIC)}\n  pto.set_validshape %d, %i, %j : {DYNAMIC}\n  {_copied('%d', DYNAMIC)}"
    )
    module = parse(_program(body))
    tiles = [tile for i in _walk(module, 3, 5) for tile in i.writes if isinstance(tile, TileBuffer)]
    assert [tile.valid for tile in tiles] == [(4, 32), (3, 5)]
    error = refused(lambda: _walk(module, 5, 5))
    assert (error.code, error.message) == ("TW0411", "the valid part 5x5 of %d does not lie within 4x32")


def test_elements_are_instructions_of_their_own(parse: Parse, refused: Refused) -> None:
    body = (
        f"%x = pto.tgetval ins(%t, %i : {TILE}, index) outs : f32\n"
        f"  pto.tsetval ins(%j, %x : index, f32) outs(%t : {TILE})\n"
        "  %y = pto.load_scalar %p[%j] : !pto.ptr<i8> -> i8\n"
        "  %q = pto.addptr %p, %i : !pto.ptr<i8> -> !pto.ptr<i8>\n"
        "  pto.store_scalar %y, %q[%j] : !pto.ptr<i8>, i8"
    )
    module = parse(_program(body, "%i: index, %j: index, %p: !pto.ptr<i8>"))
    get, set_, load, store = _walk(module, 65, 3, None)
    (source,), (target,) = get.reads, set_.writes
    assert isinstance(source, TileBuffer)
    assert isinstance(target, TileBuffer)
    assert (source.address, source.size_bytes, source.valid) == (1024 + 65 * 4, 4, (1, 1))
    assert (get.scalars, set_.scalars, target.address) == ((65,), (3, 7.0), 1024 + 12)
    assert (load.reads, load.scalars) == ((Window(2, "p", "i8", 3, (1,), (1,), GmLayout.ND),), (3,))
    assert (store.writes, store.scalars) == ((Window(2, "p", "i8", 68, (1,), (1,), GmLayout.ND),), (3, 7))
    assert source.layout == target.layout == TileLayout(1, 1, 1, 1, False, False, 4)
    assert [i.pipe for i in (get, set_, load, store)] == [Pipe.S] * 4
    error = refused(lambda: _walk(module, 1024, 3, None))
    assert (error.code, error.message) == ("TW0411", "pto.tgetval names element 1024 of %t, which has 1024")


VIEW5 = "!pto.tensor_view<?x?x?x?x?xf16>"


@pytest.mark.parametrize(
    "shape, strides, layout",
    [
        ("%c1, %c4, %c2, %c16, %c16", "%c8, %c8, %c8, %c16, %c1", GmLayout.NZ),
        ("%c1, %c4, %c2, %c16, %c8", "%c8, %c8, %c8, %c8, %c1", GmLayout.ND),
        ("%c1, %c4, %c2, %c16, %c8", "%c8, %c8, %c8, %c1, %c16", GmLayout.DN),
        ("%c1, %c4, %c2, %c16, %c16", "%c8, %c8, %c8, %c32, %c1", GmLayout.ND),
        ("%c1, %c4, %c2, %c16, %c1", "%c8, %c8, %c8, %c1, %c1", GmLayout.DN),
        ("%c1, %c4, %c2, %c8, %c16", "%c8, %c8, %c8, %c16, %c1", GmLayout.ND),
    ],
)
def test_the_layout_of_a_view_is_inferred(parse: Parse, shape: str, strides: str, layout: GmLayout) -> None:
    sizes = shape.replace("%c4", "%c2")
    part = VIEW5.replace("tensor_view", "partition_tensor_view")
    body = (
        f"%v = pto.make_tensor_view %p, shape = [{shape}], strides = [{strides}] : {VIEW5}\n"
        f"  %d = pto.get_tensor_view_dim %v, %c1 : {VIEW5} -> index\n"
        f"  %w = pto.partition_view %v, offsets = [%c0, %c2, %c0, %c0, %c0], sizes = [{sizes}] : {VIEW5} -> {part}\n"
        f"  pto.tprefetch ins(%w : {part}) outs(%m : {NZ})\n"
        "  pto.set_flag_dyn[<PIPE_M>, <PIPE_FIX>, %d]"
    )
    text = _program(f"%m = pto.alloc_tile addr = %a : {NZ}\n  {body}", "%p: !pto.ptr<f16>")
    load, flag = _walk(parse(text), None)
    (window,) = load.reads
    assert isinstance(window, Window)
    assert (window.gm_layout, window.offset, len(window.shape)) == (layout, 2 * 8, 5)
    assert flag.flag is not None
    assert flag.flag.event == 4


def test_memrefs_stand_for_buffers_and_windows(parse: Parse) -> None:
    vec = "memref<16x32xf32, #pto.address_space<vec>>"
    part = "memref<4x8xf32, strided<[8, 1], offset: 16>>"
    body = (
        f"%m = pto.pointer_cast(%a) : {vec}\n"
        f"  %b = pto.bind_tile %m, %c4, %c8 {{config = #pto.tile_buf_config<>}} : {vec} -> {vec}\n"
        f"  %s = memref.subview %g[2, 0] [4, 8] [1, 1] : memref<16x8xf32> to {part}\n"
        f"  pto.tload ins(%s : {part}) outs(%b : {vec})"
    )
    (load,) = _walk(parse(_program(body, "%g: memref<16x8xf32>")), None)
    (window,), (tile,) = load.reads, load.writes
    assert isinstance(window, Window)
    assert isinstance(tile, TileBuffer)
    assert (window.offset, window.shape, window.strides) == (16, (4, 8), (8, 1))
    assert (tile.name, tile.address, tile.valid) == ("%b", 1024, (4, 8))


@pytest.mark.parametrize("offsets, address", [("%c4, %c32", (4 * 64 + 32) * 4), ("%c4", 4 * 64 * 4), ("", 0)])
def test_offsets_that_are_left_out_are_zero(parse: Parse, offsets: str, address: int) -> None:
    text = _program(f"%s = pto.subset %t[{offsets}] sizes [4, 32] : {TILE} -> {DYNAMIC}\n  {_copied('%s', DYNAMIC)}")
    assert _target(parse(text), 0, 0).address == 1024 + address


@pytest.mark.parametrize(
    "place, columns, valid",
    [((0, 0), 20, (3, 20)), ((1, 8), 20, (2, 12)), ((3, 20), 20, (3, 20)), ((7, 30), 20, (2, 10)), ((8, 9), 0, (1, 0))],
)
def test_the_valid_part_of_a_part_repeats(
    parse: Parse, place: tuple[int, int], columns: int, valid: tuple[int, int]
) -> None:
    whole = TILE.replace("f32>", "f32, valid=?x?>")
    small = DYNAMIC.replace("4x32", "2x4")
    text = _program(
        f"%d = pto.alloc_tile addr = %a valid_row = %c16 valid_col = %c64 : {whole}\n"
        f"  %n = arith.constant {columns} : index\n"
        f"  pto.set_validshape %d, %c3, %n : {whole}\n"
        f"  %s = pto.subset %d[%i, %j] sizes [2, 4] : {whole} -> {small}\n"
        f"  %u = pto.subset %d[%i, %j] sizes [4, 32] : {whole} -> {DYNAMIC}\n"
        f"  {_copied('%s', small)}\n  {_copied('%u', DYNAMIC)}"
    )
    found = [tile.valid for i in _walk(parse(text), *place) for tile in i.writes if isinstance(tile, TileBuffer)]
    assert found == [(min(valid[0], 2), min(valid[1], 4)), valid]


def test_a_memref_with_steps(parse: Parse, refused: Refused) -> None:
    whole, part = "memref<16x8xf32>", "memref<3x2xf32, strided<[32, 3], offset: ?>>"
    body = (
        f"%s = memref.subview %g[%i, 1] [3, 2] [4, 3] {{layout = #pto.layout<dn>}} : {whole} to {part}\n"
        f"  %p = memref.subview %s[1, 0] [2, 1] [1, 1] : {part} to memref<2x1xf32, strided<[32, 3], offset: ?>>\n"
        f"  pto.tprefetch ins(%p : memref<2x1xf32, strided<[32, 3], offset: ?>>) outs(%t : {TILE})"
    )
    module = parse(_program(body, f"%g: {whole}, %i: index"))
    (load,) = _walk(module, None, 7)
    (window,) = load.reads
    # The last row taken is 7 + 2 * 4, the last of 16.
    assert window == Window(0, "g", "f32", 7 * 8 + 1 + 32, (2, 1), (32, 3), GmLayout.DN)
    error = refused(lambda: _walk(module, None, 8))
    assert error.code == "TW0410"
    assert error.message == "a window of 9x4 elements at [8, 1] leaves g: dimension 0 ends at 16, the window at 17"


def test_a_memref_takes_another_shape(parse: Parse) -> None:
    target = "memref<?x4xf32, strided<[?, 2], offset: ?>>"
    body = (
        f"%s = memref.reinterpret_cast %g to offset: [%i], sizes: [%j, 4], strides: [%j, 2] : memref<?x8xf32> to "
        f"{target}\n  pto.tprefetch ins(%s : {target}) outs(%t : {TILE})"
    )
    (load,) = _walk(parse(_program(body, "%g: memref<?x8xf32>, %i: index, %j: index")), None, 5, 3)
    assert load.reads == (Window(0, "g", "f32", 5, (3, 4), (3, 2), GmLayout.ND),)


@pytest.mark.parametrize(
    "type_, shape, strides",
    [
        ("memref<2x3x4xf32>", (2, 3, 4), (12, 4, 1)),
        ("memref<?x3xf32>", (1, 3), (3, 1)),
        ("memref<3x?xf32>", (3, 1), (0, 1)),
        ("memref<2x3xf32, strided<[?, 5]>>", (2, 3), (0, 5)),
    ],
)
def test_a_memref_is_as_large_as_its_type_says(
    parse: Parse, type_: str, shape: tuple[int, ...], strides: tuple[int, ...]
) -> None:
    function = parse(f"func.func @f(%x: index, %g: {type_}) {{ return }}").body.block.first_op
    assert isinstance(function, func.FuncOp)
    found = parameter(1, "g", function.args[1], None)
    assert found == Window(1, "g", "f32", 0, shape, strides, GmLayout.ND)


def test_what_arguments_stand_for(parse: Parse) -> None:
    types = ("!pto.ptr<i8>", "f32", "f16", "i8", "index", "f32", "i32", "memref<4xf32, #pto.address_space<vec>>")
    arguments = ", ".join(f"%a{at}: {type_}" for at, type_ in enumerate(types))
    function = parse(f"func.func @f({arguments}) {{ return }}").body.block.first_op
    assert isinstance(function, func.FuncOp)
    given = [None, 0.1, 1 + 2.0**-12, 255, 2**40, None, None, None]
    found = [parameter(at, "x", value, given[at]) for at, value in enumerate(function.args)]
    assert found == [Pointer(0, "x", "i8"), 0.10000000149011612, 1.0, -1, 2**40, None, None, None]


def test_a_memref_without_strides(parse: Parse, refused: Refused) -> None:
    module = parse("func.func @f(%g: memref<4x4xf32, affine_map<(d0, d1) -> (d1 * 4 + d0)>>) { return }")
    error = refused(lambda: _walk(module, None))
    assert (error.code, str(error.location)) == ("TW0405", "test.pto:1:1")
    assert error.message.startswith("argument g of type memref<4x4xf32, affine_map<")
    assert error.message.endswith("cannot be passed to a run: its layout has no strides")
