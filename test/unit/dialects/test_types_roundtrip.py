"""Properties of the text of the `tile` and `pto` dialects: what is printed is read back; what is broken is refused."""

import re
from io import StringIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from xdsl.dialects.builtin import DYNAMIC_INDEX, FunctionType, ModuleOp, bf16, f16, f32, i8, i16, i32
from xdsl.dialects.func import FuncOp
from xdsl.ir import Attribute
from xdsl.printer import Printer

from tilewright.arch.chip import ELEMENT_BITS, Layout
from tilewright.dialects.diagnostics import DiagnosticError
from tilewright.dialects.parsing import parse_module
from tilewright.dialects.pto import MultiTileBufType, PartitionViewType, PtrType, TensorViewType, TileBufType
from tilewright.dialects.registry import make_context
from tilewright.dialects.spaces import Space
from tilewright.dialects.tile import RingType, TensorType, TileType
from tilewright.dialects.verification import verify

ELEMENTS = st.sampled_from((i8, i16, i32, f16, bf16, f32))
EXTENTS = st.integers(1, 5000)
SPACES = st.sampled_from(list(Space))


def shapes(extents: st.SearchStrategy[int], rank: int | None = None) -> st.SearchStrategy[list[int]]:
    return st.lists(extents, min_size=rank or 1, max_size=rank or 5)


VIEW_SHAPES = shapes(EXTENTS | st.just(DYNAMIC_INDEX))


@st.composite
def tiles(draw: st.DrawFn, spaces: st.SearchStrategy[Space | None]) -> TileType:
    shape = draw(shapes(EXTENTS, 2))
    valid = draw(st.none() | st.tuples(*(st.integers(1, extent) for extent in shape)))
    return TileType.of(shape, draw(ELEMENTS), draw(spaces), valid)


@st.composite
def tile_buffers(draw: st.DrawFn) -> TileBufType:
    """Any legal buffer, in whole fractals."""
    space, element = draw(SPACES), draw(ELEMENTS)
    words = ("none_box", "row_major", "col_major")
    layout = Layout(
        "any",
        "row_major" if space is Space.LEFT else draw(st.sampled_from(words[1:])),
        draw(st.sampled_from(words)),
        draw(st.sampled_from((512, 1024))),
    )
    boxed = layout.slayout != "none_box"
    side = layout.fractal_bytes * 8 // ELEMENT_BITS[str(element)] if boxed else 1
    shape = [draw(st.integers(1, 20)) * side for _ in range(2)]
    valid = [draw(st.integers(0, extent) | st.just(DYNAMIC_INDEX)) for extent in shape]
    pad, compact = draw(st.integers(0, 3)), draw(st.integers(0, 2))
    return TileBufType.of(space, element, shape, valid, layout, pad, compact)


TYPES: st.SearchStrategy[Attribute] = st.one_of(
    st.builds(TensorType.of, VIEW_SHAPES, ELEMENTS),
    tiles(st.none() | SPACES),
    st.builds(RingType.of, st.integers(1, 99), tiles(SPACES)),
    st.builds(PtrType, ELEMENTS),
    st.builds(TensorViewType.of, VIEW_SHAPES, ELEMENTS),
    st.builds(PartitionViewType.of, VIEW_SHAPES, ELEMENTS),
    tile_buffers(),
    st.builds(MultiTileBufType.of, tile_buffers(), st.integers(1, 99)),
)


def read(text: str) -> ModuleOp:
    module = parse_module(make_context(), text, "p.mlir")
    verify(module)
    return module


def printed(module: ModuleOp, *, generic: bool = False) -> str:
    stream = StringIO()
    Printer(stream, print_generic_format=generic).print_op(module)
    return stream.getvalue()


@given(TYPES)
@settings(max_examples=150, deadline=None)
def test_a_type_that_is_printed_is_read_back(type_: Attribute) -> None:
    function = next(iter(read(f"func.func private @f({type_})").body.ops))
    assert isinstance(function, FuncOp)
    assert function.function_type == FunctionType.from_lists([type_], [])


TILE_PROGRAM = """func.func @f(%t: !tile.tensor<16x512xi8>, %w: !tile.tensor<512x64xi8>, %n: index) {
  %x0 = tile.full 0 : i32 : !tile.tile<16x64xi32>
  %r = tile.ring : !tile.ring<2 x !tile.tile<16x32xi8, mat>>
  %x = tile.pipeline stages(2) %k = %n to %n step %n iter_args(%x1 = %x0) -> (!tile.tile<16x64xi32>) {
    %a = tile.load %t[%n, %k] into %r[%k] of !tile.ring<2 x !tile.tile<16x32xi8, mat>>
      : !tile.tensor<16x512xi8> -> !tile.tile<16x32xi8, mat>
    %b = tile.load %w[%k, %n] : !tile.tensor<512x64xi8> -> !tile.tile<32x64xi8, mat>
    %x2 = tile.matmul acc(%x1) %a, %b
      : !tile.tile<16x32xi8, mat>, !tile.tile<32x64xi8, mat> -> !tile.tile<16x64xi32>
    tile.yield %x2 : !tile.tile<16x64xi32>
  }
  func.return
}
"""

PTO_PROGRAM = """func.func @f(%p: !pto.ptr<i8>, %n: index, %a: i64) {
  %v = pto.make_tensor_view %p, shape = [%n, %n], strides = [%n, %n] {layout = #pto.layout<nd>}
    : !pto.tensor_view<?x?xi8>
  %w = pto.partition_view %v, offsets = [%n, %n], sizes = [%n, %n]
    : !pto.tensor_view<?x?xi8> -> !pto.partition_tensor_view<16x32xi8>
  %t = pto.alloc_tile addr = %a valid_row = %n : !pto.tile_buf<mat, 16x32xi8, valid=?x32, slayout=row_major>
  pto.tload ins(%w : !pto.partition_tensor_view<16x32xi8>)
    outs(%t : !pto.tile_buf<mat, 16x32xi8, valid=?x32, slayout=row_major>)
  pto.set_flag[<PIPE_MTE2>, <PIPE_MTE1>, <EVENT_ID0>]
  %s = pto.alloc_tile : !pto.tile_buf<loc=left, dtype=i8, rows=16, cols=32, v_row=16, v_col=32, blayout=row_major,
    slayout=row_major, fractal=512, pad=0>
  pto.textract ins(%t, %n, %n : !pto.tile_buf<mat, 16x32xi8, valid=?x32, slayout=row_major>, index, index)
    outs(%s : !pto.tile_buf<left, 16x32xi8, slayout=row_major>)
  pto.barrier <PIPE_ALL>
  func.return
}
"""

TOKEN = re.compile(r"[%@#!]?[\w.]+|->|\S")
PROGRAMS = pytest.mark.parametrize("program", [TILE_PROGRAM, PTO_PROGRAM], ids=["tile", "pto"])
STRANGE = ("", "0", "-1", "?", "99999999999999999999", '"', "i7", "f64", "none", "xi8", "!tile.tile<1x1xi8>")
WORDS = (*sorted({*TOKEN.findall(TILE_PROGRAM), *TOKEN.findall(PTO_PROGRAM)}), *STRANGE)


def check_refused_or_valid(text: str) -> None:
    """Anything but a located refusal and a program that can be printed and read again is a defect."""
    try:
        module = read(text)
    except DiagnosticError as error:
        for found in error.diagnostics:
            assert found.location is not None, f"{found}\n{text}"
            assert found.location.line > 0
            assert found.code != "TW0099", f"{found}\n{text}"
        return
    for generic in (False, True):
        again = read(printed(module, generic=generic))
        assert module.is_structurally_equivalent(again), text


def with_replaced(text: str, token: re.Match[str], replacement: str) -> str:
    return f"{text[: token.start()]} {replacement} {text[token.end() :]}"


@PROGRAMS
def test_the_programs_are_valid(program: str) -> None:
    read(program)


@PROGRAMS
def test_deleting_a_token_is_refused_or_leaves_a_program(program: str) -> None:
    for token in TOKEN.finditer(program):
        check_refused_or_valid(with_replaced(program, token, ""))


@PROGRAMS
@given(data=st.data())
@settings(max_examples=250, deadline=None)
def test_replacing_a_token_is_refused_or_leaves_a_program(program: str, data: st.DataObject) -> None:
    tokens = list(TOKEN.finditer(program))
    token = tokens[data.draw(st.integers(0, len(tokens) - 1))]
    check_refused_or_valid(with_replaced(program, token, data.draw(st.sampled_from(WORDS))))
