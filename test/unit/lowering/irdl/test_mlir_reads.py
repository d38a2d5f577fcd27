"""Real MLIR reads our IRDL, accepts the programs of the lit suite by it, and rejects broken ones.

Skipped by name where there is neither an `mlir-opt` (`MLIR_OPT`, or on PATH) nor the `mlir` extra.
"""

import os
import shutil
import subprocess
from collections.abc import Callable
from functools import cache
from importlib import import_module
from io import StringIO
from pathlib import Path

import pytest

from tilewright.dialects import mlir_bridge
from tilewright.dialects.diagnostics import DiagnosticError
from tilewright.dialects.parsing import parse_module
from tilewright.dialects.registry import make_context
from tilewright.lowering.irdl import emit_module
from tilewright.lowering.irdl.definitions import LIST_LIMIT, dialects
from tilewright.lowering.irdl.text import irdl_text
from tilewright.lowering.irdl.vocabulary import own_vocabulary

LIT = Path(__file__).parents[3] / "lit" / "dialects"
PROGRAMS = sorted(path for folder in ("pto", "tile") for path in (LIT / folder).glob("ops*.mlir"))

Reader = Callable[[str], str | None]
"""Takes a module in the form of `mlir-irdl`; gives what MLIR says against it."""


@cache
def definitions() -> str:
    return irdl_text(dialects(own_vocabulary()))


@cache
def mlir_opt() -> str | None:
    """The path of an `mlir-opt`."""
    names = [os.environ.get("MLIR_OPT"), "mlir-opt", *(f"mlir-opt-{version}" for version in range(24, 18, -1))]
    return next(filter(None, (shutil.which(name) for name in names if name)), None)


@pytest.fixture(
    params=[
        pytest.param("tool", marks=pytest.mark.skipif(mlir_opt() is None, reason="requires mlir-opt")),
        pytest.param(
            "bindings", marks=pytest.mark.skipif(mlir_bridge.available() is None, reason="requires tilewright[mlir]")
        ),
    ]
)
def read(request: pytest.FixtureRequest, tmp_path: Path) -> Reader:
    def by_tool(text: str) -> str | None:
        path = tmp_path / "definitions.mlir"
        path.write_text(definitions(), encoding="utf-8")
        command = [str(mlir_opt()), f"--irdl-file={path}", "-o", os.devnull]
        done = subprocess.run(command, input=text, capture_output=True, text=True, check=False)
        return done.stderr if done.returncode else None

    def by_bindings(text: str) -> str | None:
        package = mlir_bridge.available()
        ir, irdl = import_module(f"{package}.ir"), import_module(f"{package}.dialects.irdl")
        with ir.Context(), ir.Location.unknown():
            try:
                irdl.load_dialects(ir.Module.parse(definitions()))
                ir.Module.parse(text).operation.verify()
            except ir.MLIRError as error:
                return str(error)
        return None

    return by_tool if request.param == "tool" else by_bindings


def written(text: str) -> str:
    ctx = make_context()
    output = StringIO()
    emit_module(ctx, parse_module(ctx, text, "k.mlir"), output)
    return output.getvalue()


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_mlir_accepts_every_program(path: Path, read: Reader) -> None:
    assert read(written(path.read_text(encoding="utf-8"))) is None


PROGRAM = """
func.func @f(%p: !pto.ptr<i8>, %n: index, %s: !tile.tile<16x32xi8>) {
  pto.barrier <PIPE_ALL>
  pto.wait_flag_dyn[<PIPE_MTE2>, <PIPE_MTE1>, %n]
  %v = pto.make_tensor_view %p, shape = [%n, %n], strides = [%n, %n] : !pto.tensor_view<?x?xi8>
  %r = tile.ring : !tile.ring<3 x !tile.tile<16x32xi8, mat>>
  %x = tile.pipeline stages(2) %i = %n to %n step %n iter_args(%y = %s) -> (!tile.tile<16x32xi8>) {
    tile.yield %y : !tile.tile<16x32xi8>
  }
  func.return
}
"""
BARRIER = '"pto.barrier"() {pipe = #pto.pipe_attr<"PIPE_ALL">} : () -> ()'
WAIT = '"pto.wait_flag_dyn"(%n) {src_pipe = #pto.pipe_attr<"PIPE_MTE2">, dst_pipe = #pto.pipe_attr<"PIPE_MTE1">}'
VIEW = "!pto.tensor_view<[-9223372036854775808 : i64, -9223372036854775808 : i64], i8>"
RING = '!tile.ring<3 : i64, !tile.tile<[16 : i64, 32 : i64], i8, #tile.space<"mat">, [16 : i64, 32 : i64]>>'


def test_mlir_accepts_what_the_broken_programs_are_made_of(read: Reader) -> None:
    assert read(written(PROGRAM)) is None


@pytest.mark.parametrize(
    ("right", "wrong", "message"),
    [
        (f"{WAIT} : (index) -> ()", f"{WAIT} : () -> ()".replace("(%n)", "()"), "exactly 1 operands, but got 0"),
        (BARRIER, '"pto.barrier"(%n) {pipe = #pto.pipe_attr<"PIPE_ALL">} : (index) -> ()', "but got 1"),
        (f"{WAIT} : (index) -> ()", f"{WAIT} : (!pto.ptr<i8>) -> ()".replace("%n", "%p"), "expected 'index' but got"),
        (f'"tile.ring"() : () -> {RING}', '"tile.ring"() : () -> index', "expected base type 'tile.ring'"),
        ("array<i32: 1, 2, 2>", "array<i32: 1, 3, 2>", "segment"),
        (BARRIER, '"pto.barrier"() : () -> ()', "attribute \"pipe\" is expected but not provided"),
        (BARRIER, BARRIER.replace("PIPE_ALL", "PIPE_X"), "'\"PIPE_X\"' does not satisfy the constraint"),
        (BARRIER, '"pto.barrier"() {pipe = 1 : i64} : () -> ()', "expected base attribute 'pto.pipe_attr'"),
        (VIEW, VIEW.replace("i8>", "i16>"), "expected 'i8' but got 'i16'"),
        (RING, RING.replace("3 : i64", '"three"'), "'builtin.integer' but got 'builtin.string'"),
        ("tile.ring\"()", "tile.rings\"()", "unregistered operation 'tile.rings'"),
    ],
)  # fmt: skip
def test_mlir_rejects_a_broken_program(right: str, wrong: str, message: str, read: Reader) -> None:
    text = written(PROGRAM)
    assert right in text
    said = read(text.replace(right, wrong))
    assert said is not None
    assert message in said


def test_the_original_stays_as_it_is() -> None:
    ctx = make_context()
    module = parse_module(ctx, PROGRAM, "k.mlir")
    before = str(module)
    emit_module(ctx, module, StringIO())
    assert str(module) == before


def test_a_list_that_is_too_long_is_refused() -> None:
    count = LIST_LIMIT + 1
    ring = ", ".join(["!tile.tile<16x32xi8>"] * count)
    names = ", ".join(f"%v{index}" for index in range(count))
    text = f"""
func.func @f(%n: index, %s: !tile.tile<16x32xi8>) {{
  %x:{count} = tile.pipeline stages(2) %i = %n to %n step %n
      iter_args({", ".join(f"{name} = %s" for name in names.split(", "))}) -> ({ring}) {{
    tile.yield {names} : {ring}
  }}
  func.return
}}"""
    with pytest.raises(DiagnosticError) as caught:
        written(text)
    (found,) = caught.value.diagnostics
    assert found.code == "TW0341"
    assert found.message == f"'tile.pipeline' has {count} values in 'iter_args'; our IRDL says at most {LIST_LIMIT}"
    assert str(found.location).startswith("k.mlir:3:")
