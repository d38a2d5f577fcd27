"""Pipes and signals between cores, and transfers between chips, in C++."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tilewright.dialects.diagnostics import DiagnosticError

Lines = Callable[[str], list[str]]

ACC = "!pto.tile_buf<acc, 16x16xf32, blayout=col_major, slayout=row_major, fractal=1024>"
VEC = "!pto.tile_buf<vec, 16x16xf32>"
HALF = "!pto.tile_buf<vec, 8x16xf32>"
MAT = "!pto.tile_buf<mat, 16x16xf32, blayout=col_major, slayout=row_major>"

ACC_ALIAS = (
    "using AccF32_16x16 = "
    "Tile<TileType::Acc, float, 16, 16, BLayout::ColMajor, 16, 16, SLayout::RowMajor, 1024, PadValue::Null>;"
)
VEC_ALIAS = (
    "using VecF32_16x16 = "
    "Tile<TileType::Vec, float, 16, 16, BLayout::RowMajor, 16, 16, SLayout::NoneBox, 512, PadValue::Null>;"
)


def kernel(name: str, core: str, body: str, arguments: str = "%g: !pto.ptr<f32>") -> str:
    attributes = f"{{pto.kernel_kind = #pto.kernel_kind<{core}>}}"
    return f"func.func private @{name}({arguments}) attributes {attributes} {{\n{body}\n  return\n}}\n"


def initialize(side: str, options: str, to_vector: str = "%room", to_cube: str = "%zero") -> str:
    return (
        f"%zero = arith.constant 0 : i32\n"
        f"pto.{side}_initialize_pipe {{{options}}} (gm_slot_buffer = %g : !pto.ptr<f32>, "
        f"c2v_consumer_buf = {to_vector} : i32, v2c_consumer_buf = {to_cube} : i32)\n"
    )


def statements(lines: list[str], name: str) -> list[str]:
    """What a kernel for one core does, without what every vector kernel begins and every entry ends with."""
    start = next(at for at, line in enumerate(lines) if f" {name}(" in line and line.endswith("{"))
    inside = lines[start + 2 : lines.index("}", start) - 1]
    return [line for line in inside if not line.startswith(("set_", "pipe_barrier("))]


def test_a_front_end_pipe_to_the_vector_cores(cce_lines: Lines) -> None:
    options = "dir_mask = 1, slot_size = 1024"
    lines = cce_lines(
        kernel(
            "taker",
            "vector",
            '%room = pto.reserve_buffer {name = "n", size = 8192, location = <vec>, auto = false, base = 4096} -> i32\n'
            + initialize("aiv", options)
            + f"%t = pto.tpop_from_aic {{split = 0}} -> {VEC}\npto.tfree_from_aic {{split = 0}}",
        )
        + kernel(
            "giver",
            "cube",
            '%room = pto.import_reserved_buffer {name = "n", peer_func = @taker} -> i32\n'
            + initialize("aic", options)
            + f"%c0 = arith.constant 0 : i64\n%a = pto.alloc_tile addr = %c0 : {ACC}\n"
            + f"pto.tpush_to_aiv(%a : {ACC}) {{split = 0}}",
        )
    )
    assert lines[:3] == [
        "using PipeC2v_8x1024 = TPipe<0, Direction::DIR_C2V, 1024, 8, 8, true>;",
        VEC_ALIAS,
        ACC_ALIAS,
    ]
    assert statements(lines, "taker") == [
        "PipeC2v_8x1024 pipe_(g, 4096, 0);",
        "VecF32_16x16 t;",
        "TPOP<PipeC2v_8x1024, VecF32_16x16, TileSplitAxis::TILE_NO_SPLIT>(pipe_, t);",
        "TFREE<PipeC2v_8x1024, TileSplitAxis::TILE_NO_SPLIT>(pipe_);",
    ]
    assert statements(lines, "giver") == [
        "PipeC2v_8x1024 pipe_(g, 4096, 0);",
        "AccF32_16x16 a;",
        "TASSIGN(a, 0);",
        "TPUSH<PipeC2v_8x1024, AccF32_16x16, TileSplitAxis::TILE_NO_SPLIT>(pipe_, a);",
    ]


def test_a_front_end_pipe_both_ways_shares_its_slots_and_splits_its_tiles(cce_lines: Lines) -> None:
    options = "dir_mask = 3, slot_size = 1024"
    lines = cce_lines(
        kernel(
            "vectors",
            "vector",
            '%room = pto.import_reserved_buffer {name = "n", peer_func = @cube} -> i32\n'
            + initialize("aiv", options, "%here", "%room").replace("%zero = ", "%here = ").replace(" 0 :", " 64 :")
            + f"%t = pto.tpop_from_aic {{split = 1}} -> {HALF}\n"
            f"pto.tpush_to_aic(%t : {HALF}) {{split = 2}}\npto.tfree_from_aic {{split = 1}}",
        )
        + kernel(
            "cube",
            "cube",
            '%room = pto.reserve_buffer {name = "n", size = 4096, location = <mat>, auto = true} -> i32\n'
            + initialize("aic", options, "%zero", "%room")
            + f"%m = pto.tpop_from_aiv {{split = 1}} -> {MAT}\npto.tfree_from_aiv {{split = 1}}",
        )
    )
    assert lines[0] == "using PipeBoth_4x1024 = TPipe<0, Direction::DIR_BOTH, 1024, 4, 4, false>;"
    assert statements(lines, "vectors") == [
        "PipeBoth_4x1024 pipe_(g, 64, 0);",
        "VecF32_8x16 t;",
        "TPOP<PipeBoth_4x1024, VecF32_8x16, TileSplitAxis::TILE_UP_DOWN>(pipe_, t);",
        "TPUSH<PipeBoth_4x1024, VecF32_8x16, TileSplitAxis::TILE_LEFT_RIGHT>(pipe_, t);",
        "TFREE<PipeBoth_4x1024, TileSplitAxis::TILE_UP_DOWN>(pipe_);",
    ]
    assert statements(lines, "cube") == [
        "PipeBoth_4x1024 pipe_(g, 0, 0);",
        "MatF32_16x16 m;",
        "TPOP<PipeBoth_4x1024, MatF32_16x16, TileSplitAxis::TILE_UP_DOWN>(pipe_, m);",
        "TFREE<PipeBoth_4x1024, TileSplitAxis::TILE_UP_DOWN>(pipe_);",
    ]


def test_a_tile_that_arrives_may_be_valid_in_part(cce_lines: Lines) -> None:
    options = "dir_mask = 1, slot_size = 1024"
    lines = cce_lines(
        kernel(
            "taker",
            "vector",
            '%room = pto.reserve_buffer {name = "n", size = 8192, location = <vec>, auto = true} -> i32\n'
            + initialize("aiv", options)
            + "%t = pto.tpop_from_aic(%r, %c) {split = 0} -> !pto.tile_buf<vec, 16x16xf32, valid=?x?>",
            "%g: !pto.ptr<f32>, %r: index, %c: index",
        )
        + kernel(
            "giver",
            "cube",
            '%room = pto.import_reserved_buffer {name = "n", peer_func = @taker} -> i32\n' + initialize("aic", options),
        )
    )
    assert statements(lines, "taker")[1:] == [
        "VecF32_16x16_validNxN t(r, c);",
        "TPOP<PipeC2v_8x1024, VecF32_16x16_validNxN, TileSplitAxis::TILE_NO_SPLIT>(pipe_, t);",
    ]


def test_a_pipe_that_is_a_value(cce_lines: Lines) -> None:
    options = "slot_size = 1024, slot_num = 8, local_slot_num = 4, flag_base = 2, nosplit = true"
    lines = cce_lines(
        kernel(
            "handles",
            "vector",
            f"%c0 = arith.constant 0 : i64\n%x = pto.alloc_tile addr = %c0 : {VEC}\n"
            f"%in = pto.initialize_l2g2l_pipe {{dir_mask = 1, {options}}} (%g : !pto.ptr<f32>, %l : i32) -> !pto.pipe\n"
            f"%out = pto.initialize_l2g2l_pipe {{dir_mask = 2, {options.replace('= 2', '= 6')}}} "
            "(%g : !pto.ptr<f32>, %l : i32) -> !pto.pipe\n"
            f"%t = pto.declare_tile -> {VEC}\n"
            f"pto.tpop(%t, %in : {VEC}, !pto.pipe) {{split = 0}}\n"
            f"pto.tpush(%x, %out : {VEC}, !pto.pipe) {{split = 0}}\n"
            "pto.tfree(%in : !pto.pipe) {split = 0}",
            "%g: !pto.ptr<f32>, %l: i32",
        )
    )
    assert "using PipeC2v_8x1024 = TPipe<2, Direction::DIR_C2V, 1024, 8, 4, true>;" in lines
    assert "using PipeV2c_8x1024 = TPipe<6, Direction::DIR_V2C, 1024, 8, 4, true>;" in lines
    assert statements(lines, "handles") == [
        "VecF32_16x16 x;",
        "TASSIGN(x, 0);",
        "PipeC2v_8x1024 in(g, l, 0);",
        "PipeV2c_8x1024 out(g, 0, l);",
        "VecF32_16x16 t;",
        "TPOP<PipeC2v_8x1024, VecF32_16x16, TileSplitAxis::TILE_NO_SPLIT>(in, t);",
        "TPUSH<PipeV2c_8x1024, VecF32_16x16, TileSplitAxis::TILE_NO_SPLIT>(out, x);",
        "TFREE<PipeC2v_8x1024, TileSplitAxis::TILE_NO_SPLIT>(in);",
    ]


def test_a_pipe_without_global_memory_has_two_slots_of_its_own(cce_lines: Lines) -> None:
    lines = cce_lines(
        kernel(
            "handles",
            "vector",
            "%p = pto.initialize_l2l_pipe {dir_mask = 3, slot_size = 64, slot_num = 4, flag_base = 8} "
            "(%l : i32, %q : i32) -> !pto.pipe",
            "%l: i32, %q: i32",
        )
    )
    assert lines[0] == "using PipeBoth_4x64 = TPipe<8, Direction::DIR_BOTH, 64, 4, 2, false>;"
    assert statements(lines, "handles") == ["PipeBoth_4x64 p(nullptr, l, q);"]


def test_what_one_end_says_holds_for_both(cce_lines: Lines) -> None:
    slots = "dir_mask = 1, slot_size = 1024, slot_num = 8, local_slot_num = 8"
    end = "%p = pto.initialize_l2g2l_pipe {{{}}} (%g : !pto.ptr<f32>, %room : i32) -> !pto.pipe"
    lines = cce_lines(
        kernel(
            "taker",
            "vector",
            '%room = pto.reserve_buffer {name = "n", size = 8192, location = <vec>, auto = true} -> i32\n'
            + end.format(f"{slots}, flag_base = 4, nosplit = true"),
        )
        + kernel(
            "giver",
            "cube",
            '%room = pto.import_reserved_buffer {name = "n", peer_func = @taker} -> i32\n'
            + end.format(f"{slots}").replace(", local_slot_num = 8", ""),
        )
    )
    assert [line for line in lines if "TPipe<" in line] == [
        "using PipeC2v_8x1024 = TPipe<4, Direction::DIR_C2V, 1024, 8, 8, true>;"
    ]


def taker_with_buffers(body: str, size: int = 8192) -> str:
    options = "dir_mask = 1, slot_size = 1024"
    return kernel(
        "taker",
        "vector",
        f'{body}\n%room = pto.reserve_buffer {{name = "n", size = {size}, location = <vec>, auto = true}} -> i32\n'
        + initialize("aiv", options),
        "%g: !pto.ptr<f32>, %where: i64",
    ) + kernel(
        "giver",
        "cube",
        '%room = pto.import_reserved_buffer {name = "n", peer_func = @taker} -> i32\n' + initialize("aic", options),
    )


@pytest.mark.parametrize(
    "places, expected",
    [
        ([], 0),
        ([0], 1024),
        ([8192], 0),
        ([8191 // 32 * 32], 9184),
        ([0, 1024, 20480], 2048),
    ],
)
def test_room_lies_in_the_first_hole_between_buffers(cce_lines: Lines, places: list[int], expected: int) -> None:
    buffers = "\n".join(
        f"%a{at} = arith.constant {place} : i64\n%t{at} = pto.alloc_tile addr = %a{at} : {VEC}"
        for at, place in enumerate(places)
    )
    lines = cce_lines(taker_with_buffers(buffers))
    assert statements(lines, "taker")[-1] == f"PipeC2v_8x1024 pipe_(g, {expected}, 0);"
    assert statements(lines, "giver") == [f"PipeC2v_8x1024 pipe_(g, {expected}, 0);"]


@pytest.mark.parametrize(
    "body, size, message, line",
    [
        (
            f"%t = pto.alloc_tile addr = %where : {VEC}",
            64,
            'room "n" has no base, and %t has no constant address that it could keep clear of',
            3,
        ),
        (
            f"%a = arith.constant 1024 : i64\n%t = pto.alloc_tile addr = %a : {VEC}",
            188416,
            'no hole of 188416 bytes for room "n": vec has 188416 bytes, free is what lies behind 2048',
            4,
        ),
    ],
)
def test_room_without_a_place(cce_lines: Lines, body: str, size: int, message: str, line: int) -> None:
    with pytest.raises(DiagnosticError) as caught:
        cce_lines(taker_with_buffers(body, size))
    (found,) = caught.value.diagnostics
    assert (found.code, found.message) == ("TW0338", message)
    assert found.location is not None
    assert found.location.line == line


SIGNALS = "%f: memref<256xi64>, %n: index"


@pytest.mark.parametrize(
    "op, expected",
    [
        ("pto.sync.set <PIPE_FIX>, 3", "ffts_cross_core_sync(PIPE_FIX, getFFTSMsg(FFTS_MODE_VAL, 3));"),
        (
            "pto.sync.set <PIPE_MTE3>, 15 {ffts_mode = 0 : i32}",
            "ffts_cross_core_sync(PIPE_MTE3, getFFTSMsg(0, 15));",
        ),
        ("pto.sync.set <PIPE_FIX>, %n", "ffts_cross_core_sync(PIPE_FIX, getFFTSMsg(FFTS_MODE_VAL, (int32_t)n));"),
        ("pto.sync.wait <PIPE_V>, 3", "wait_flag_dev(3);"),
        ("pto.sync.wait <PIPE_V>, %n", "wait_flag_dev((int32_t)n);"),
    ],
)
def test_signals(cce_lines: Lines, op: str, expected: str) -> None:
    lines = cce_lines(
        f"func.func @signals({SIGNALS}) attributes {{pto.kernel_kind = #pto.kernel_kind<cube>}} {{\n"
        f"pto.set_ffts %f : memref<256xi64>\n{op}\nreturn\n}}"
    )
    assert lines[2:4] == ["set_ffts_base_addr((uint64_t)f);", expected]


SESSION = "%s = pto.build_async_session(%scratch, %w : !pto.tile_buf<vec, 1x256xi8>, !pto.ptr<i8>)"


@pytest.mark.parametrize(
    "options, config, rest",
    [
        ("", "{32768, 0, 1}", "0, s_config, UINT32_MAX"),
        (
            "{sync_id = 3 : i32, block_bytes = 64 : i64, comm_block_offset = 32 : i64, queue_num = 2 : i32, "
            "channel_group_idx = 5 : i64}",
            "{64, 32, 2}",
            "3, s_config, 5",
        ),
    ],
)
def test_transfers_between_chips(cce_lines: Lines, options: str, config: str, rest: str) -> None:
    lines = cce_lines(
        f"""func.func @send(%p: !pto.ptr<f32>, %w: !pto.ptr<i8>, %m: memref<128xf32, #pto.address_space<gm>>) {{
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c128 = arith.constant 128 : index
  %c256 = arith.constant 256 : index
  %zero = arith.constant 0 : i64
  %all = pto.make_tensor_view %p, shape = [%c128], strides = [%c1] : !pto.tensor_view<128xf32>
  %part = pto.partition_view %all, offsets = [%c0], sizes = [%c128]
    : !pto.tensor_view<128xf32> -> !pto.partition_tensor_view<128xf32>
  %scratch = pto.alloc_tile addr = %zero : !pto.tile_buf<vec, 1x256xi8>
  {SESSION} {options} -> !pto.async_session
  %e = pto.tput_async(%all, %m, %s :
    !pto.tensor_view<128xf32>, memref<128xf32, #pto.address_space<gm>>, !pto.async_session) -> !pto.async_event
  %h = pto.tget_async(%part, %m, %s : !pto.partition_tensor_view<128xf32>,
    memref<128xf32, #pto.address_space<gm>>, !pto.async_session) -> !pto.async_event
  %done = pto.wait_async_event(%e, %s : !pto.async_event, !pto.async_session) -> i1
  %seen = pto.test_async_event(%h, %s : !pto.async_event, !pto.async_session) -> i1
  return
}}"""
    )
    row = "GlobalTensor<float, pto::Shape<1, 1, 1, 1, 128>, pto::Stride<128, 128, 128, 128, 1>, Layout::ND>"
    engine = "pto::comm::DmaEngine::SDMA"
    assert lines[0] == f"using GmF32_128 = {row};"
    start = lines.index("pto::comm::AsyncSession s;")
    assert lines[start:-2] == [
        "pto::comm::AsyncSession s;",
        f"pto::comm::sdma::SdmaBaseConfig s_config = {config};",
        f"pto::comm::BuildAsyncSession<{engine}>(scratch, (__gm__ uint8_t*)w, s, {rest});",
        "GmF32_128 all(p);",
        f"pto::comm::AsyncEvent e = pto::comm::TPUT_ASYNC<{engine}>(all, m_window, s);",
        f"pto::comm::AsyncEvent h = pto::comm::TGET_ASYNC<{engine}>(part, m_window, s);",
        "const bool done = e.Wait(s);",
        "const bool seen = h.Test(s);",
    ]
