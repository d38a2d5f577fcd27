"""What the physical engine refuses: the code, the text, the place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from xdsl.dialects.builtin import ModuleOp
from xdsl.ir import SSAValue
from xdsl.irdl import irdl_op_definition, operand_def
from xdsl.rewriter import InsertPoint, Rewriter

from tilewright.arch.chip import Pipe
from tilewright.dialects.diagnostics import Diagnostic
from tilewright.dialects.pto import AllocTileOp, InstructionOp, TileBufType
from tilewright.execution.runner import run_function

Refuse = Callable[..., Diagnostic]


@pytest.fixture
def refuse(parse: Callable[[str], ModuleOp], refused: Callable[[Any], Diagnostic]) -> Refuse:
    def call(builder: Any, *arrays: object) -> Diagnostic:
        module = parse(builder.text())
        return refused(lambda: run_function(module, "f", arrays, "physical"))

    return call


def _where(diagnostic: Diagnostic) -> tuple[str, int]:
    assert diagnostic.location is not None
    return diagnostic.code, diagnostic.location.line


def test_a_store_of_a_buffer_that_nothing_wrote(build: Any, refuse: Refuse) -> None:
    b = build("%o: !pto.ptr<i32>")
    b.tile("%acc", "acc", "16x16xi32", 1024)
    b.window("%ow", "%o", 16, 16, "i32")
    line = b.do("tstore", ["%acc"], "%ow")
    error = refuse(b, np.zeros((16, 16), np.int32))
    assert _where(error) == ("TW0408", line)
    assert error.message == "pto.tstore reads bytes 1024 to 2048 of acc, which nothing has written"
    assert "256 of its 256 valid elements" in error.notes[0]


def test_a_matmul_before_its_operand_is_moved(build: Any, refuse: Refuse) -> None:
    b = build("%a: !pto.ptr<i8>")
    b.tile("%am", "mat", "16x32xi8")
    b.tile("%l", "left", "16x32xi8")
    b.tile("%r", "right", "32x16xi8", 512)
    b.tile("%acc", "acc", "16x16xi32")
    b.window("%aw", "%a", 16, 32, "i8")
    b.do("tload", ["%aw"], "%am")
    b.do("tmov", ["%am"], "%l")
    line = b.do("tmatmul", ["%l", "%r"], "%acc")
    error = refuse(b, np.zeros((16, 32), np.int8))
    assert _where(error) == ("TW0408", line)
    assert "pto.tmatmul reads bytes 512 to 1024 of right" in error.message


def test_moves_carry_uninitialised_bytes_and_their_readers_complain(build: Any, refuse: Refuse) -> None:
    b = build("%a: !pto.ptr<i8>", "%o: !pto.ptr<i8>")
    b.tile("%part", "vec", "8x32xi8", 0, "3x7")
    b.tile("%whole", "vec", "8x32xi8", 0)
    b.tile("%copy", "vec", "8x32xi8", 256)
    b.window("%aw", "%a", 3, 7, "i8")
    b.window("%ow", "%o", 8, 32, "i8")
    b.do("tload", ["%aw"], "%part")
    b.do("tmov", ["%whole"], "%copy")
    line = b.do("tstore", ["%copy"], "%ow")
    error = refuse(b, np.zeros((3, 7), np.int8), np.zeros((8, 32), np.int8))
    assert _where(error) == ("TW0408", line)
    assert "bytes 263 to 512 of vec" in error.message
    assert "235 of its 256 valid elements were never written, the first is [0, 7]" in error.notes[0]


def test_a_matmul_leaves_nothing_beside_its_valid_part(build: Any, refuse: Refuse) -> None:
    # The first product fills 16 rows; the second overwrites whole fractals with 5 rows of data.
    b = build("%a: !pto.ptr<i8>", "%b: !pto.ptr<i8>", "%o: !pto.ptr<i32>")
    b.tile("%am", "mat", "16x32xi8")
    b.tile("%bm", "mat", "32x32xi8", 512)
    for rows in (16, 5):
        b.tile(f"%l{rows}", "left", "16x32xi8", 0, f"{rows}x32")
        b.tile(f"%acc{rows}", "acc", "16x32xi32", 0, f"{rows}x32")
    b.tile("%r", "right", "32x32xi8")
    b.window("%aw", "%a", 16, 32, "i8")
    b.window("%bw", "%b", 32, 32, "i8")
    b.window("%ow", "%o", 16, 32, "i32")
    b.do("tload", ["%aw"], "%am")
    b.do("tload", ["%bw"], "%bm")
    b.do("tmov", ["%am"], "%l16")
    b.do("tmov", ["%bm"], "%r")
    b.do("tmatmul", ["%l16", "%r"], "%acc16")
    b.do("tmatmul", ["%l5", "%r"], "%acc5")
    line = b.do("tstore", ["%acc16"], "%ow")
    arrays = (np.zeros((16, 32), np.int8), np.zeros((32, 32), np.int8))
    error = refuse(b, *arrays, np.zeros((16, 32), np.int32))
    assert _where(error) == ("TW0408", line)
    assert "the first is [5, 0]" in error.notes[0]


def _computed_address(build: Any, address: int) -> tuple[Any, int]:
    """A load into 256 bytes of vec at an address that no verifier knows."""
    b = build("%a: !pto.ptr<i8>", "%addr: i64")
    b.tile("%t", "vec", "8x32xi8", "%addr")
    b.window("%aw", "%a", 8, 32, "i8")
    return b, b.do("tload", ["%aw"], "%t")


@pytest.mark.parametrize(
    "address, message",
    [
        (196608 - 128, "%t takes bytes 196480 to 196736 of vec, which has 196608"),
        (-32, "%t takes bytes -32 to 224 of vec, which has 196608"),
        (33, "%t starts at byte 33 of vec, which is not a multiple of 32"),
    ],
)
def test_a_buffer_where_the_memory_has_no_place(build: Any, refuse: Refuse, address: int, message: str) -> None:
    b, line = _computed_address(build, address)
    error = refuse(b, np.zeros((8, 32), np.int8), address)
    assert (*_where(error), error.message) == ("TW0409", line, message)


def test_the_last_place_fits(build: Any, parse: Callable[[str], ModuleOp]) -> None:
    b, _ = _computed_address(build, 0)
    run_function(parse(b.text()), None, [np.zeros((8, 32), np.int8), 196608 - 256])


@pytest.mark.parametrize("op", ["tload", "tprefetch", "tstore"])
def test_an_array_that_is_smaller_than_its_view(build: Any, refuse: Refuse, op: str) -> None:
    b = build("%a: !pto.ptr<f32>", "%b: !pto.ptr<f32>")
    b.tile("%t", "vec", "8x8xf32")
    b.window("%aw", "%a", 8, 8, "f32")
    b.window("%bw", "%b", 8, 8, "f32")
    load = b.do("tprefetch" if op == "tprefetch" else "tload", ["%aw"], "%t")
    store = b.do("tstore", ["%t"], "%bw")
    name = "b" if op == "tstore" else "a"
    sizes = {"a": 64, "b": 64} | {name: 63}
    error = refuse(b, *(np.zeros(size, np.float32) for size in sizes.values()))
    assert _where(error) == ("TW0410", store if op == "tstore" else load)
    assert error.message == f"pto.{op} touches bytes 0 to 256 of {name}, which has 252"


def test_a_negative_stride_before_the_array(
    parse: Callable[[str], ModuleOp], refused: Callable[[Any], Diagnostic]
) -> None:
    module = parse("""func.func @f(%a: !pto.ptr<i8>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %m1 = arith.constant -1 : index
  %c32 = arith.constant 32 : index
  %z = arith.constant 0 : i64
  %t = pto.alloc_tile addr = %z : !pto.tile_buf<vec, 1x32xi8>
  %v = pto.make_tensor_view %a, shape = [%c1, %c32], strides = [%c32, %m1]
    : !pto.tensor_view<?x?xi8>
  %w = pto.partition_view %v, offsets = [%c0, %c0], sizes = [%c1, %c32]
    : !pto.tensor_view<?x?xi8> -> !pto.partition_tensor_view<?x?xi8>
  pto.tload ins(%w : !pto.partition_tensor_view<?x?xi8>) outs(%t : !pto.tile_buf<vec, 1x32xi8>)
  return
}""")
    error = refused(lambda: run_function(module, None, [np.zeros(64, np.int8)]))
    assert error.message == "pto.tload touches bytes -31 to 1 of a, which has 64"


def test_a_window_that_is_not_the_valid_part(build: Any, refuse: Refuse) -> None:
    b = build("%a: !pto.ptr<i8>")
    b.tile("%t", "mat", "16x32xi8", 0, "5x32")
    b.window("%aw", "%a", 6, 32, "i8")
    line = b.do("tload", ["%aw"], "%t")
    error = refuse(b, np.zeros((6, 32), np.int8))
    assert _where(error) == ("TW0411", line)
    assert error.message == "the window of a is 6x32, but the valid part of %t is 5x32"


def test_valid_parts_that_disagree_on_k(build: Any, refuse: Refuse) -> None:
    b = build()
    b.tile("%l", "left", "16x64xi8", 0, "16x32")
    b.tile("%r", "right", "64x16xi8")
    b.tile("%acc", "acc", "16x16xi32")
    line = b.do("tmatmul", ["%l", "%r"], "%acc")
    error = refuse(b)
    assert _where(error) == ("TW0411", line)
    assert "%l, 16x32, and %r, 64x16, do not multiply: K differs" in error.message


def test_an_extract_outside_of_its_source(build: Any, refuse: Refuse) -> None:
    b = build("%n: index")
    b.tile("%m", "mat", "16x64xi8")
    b.tile("%l", "left", "16x32xi8")
    line = b.extract("%m", b.constant(0), "%n", "%l")
    error = refuse(b, 64)
    assert _where(error) == ("TW0411", line)
    assert "takes elements 64 to 96 of dimension 1 of %m, which has 64" in error.message


def test_an_extract_inside_of_a_fractal(build: Any, refuse: Refuse) -> None:
    b = build("%n: index")
    b.tile("%m", "mat", "16x64xi8")
    b.tile("%l", "left", "16x32xi8")
    line = b.extract("%m", b.constant(0), "%n", "%l")
    error = refuse(b, 16)
    assert _where(error) == ("TW0411", line)
    assert "element 16 of dimension 1 of %m, which is not a multiple of the fractal, 32" in (error.message)


@pytest.mark.parametrize(
    "name, space, layout, message",
    [
        ("%r", "right", "blayout=row_major, slayout=row_major", "uses right as ZN"),
        ("%l", "left", "blayout=row_major, slayout=col_major", "uses left as ZZ"),
        ("%acc", "acc", "blayout=col_major, slayout=row_major, fractal=512", "uses acc as NZ"),
    ],
)
def test_a_layout_that_the_cube_unit_does_not_use(
    build: Any, refuse: Refuse, name: str, space: str, layout: str, message: str
) -> None:
    b = build()
    for tile, where, shape in (
        ("%l", "left", "32x32xi8"),
        ("%r", "right", "32x32xi8"),
        ("%acc", "acc", "32x32xi32"),
    ):
        b.tile(tile, where, shape, layout=layout if where == space else None)
    line = b.do("tmatmul", ["%l", "%r"], "%acc")
    error = refuse(b)
    assert _where(error) == ("TW0414", line)
    assert error.message.startswith(f"{name} has layout")
    assert error.message.endswith(message)


@irdl_op_definition
class NewOp(InstructionOp):
    """An instruction that the dialect might gain: walked, but without numerics."""

    name = "pto.new"

    target = operand_def(TileBufType)

    @property
    def pipe(self) -> Pipe:
        return Pipe.V

    @property
    def sources(self) -> tuple[SSAValue, ...]:
        return ()

    @property
    def destinations(self) -> tuple[SSAValue, ...]:
        return (self.target,)


def test_an_instruction_without_numerics(
    build: Any, parse: Callable[[str], ModuleOp], refused: Callable[[Any], Diagnostic]
) -> None:
    b = build()
    b.tile("%t", "vec", "1x32xi8")
    module = parse(b.text())
    alloc = next(op for op in module.walk() if isinstance(op, AllocTileOp))
    new = NewOp(operands=[alloc.result])
    new.location = alloc.location
    Rewriter.insert_op(new, InsertPoint.after(alloc))
    error = refused(lambda: run_function(module, None, [], "physical"))
    assert (*_where(error), error.message) == ("TW0405", 2, "pto.new has no numerics here yet")
