"""`tilewright run`: arrays from a file, through an engine, into a file."""

from __future__ import annotations

import os
from pathlib import Path
from shutil import which

import ml_dtypes
import numpy as np
import pytest

from tilewright.dialects.diagnostics import Diagnostic, DiagnosticError
from tilewright.dialects.parsing import parse_module
from tilewright.dialects.registry import make_context
from tilewright.execution.runner import Engine, Launch, run_function
from tilewright.tools.cli import main
from tilewright.tools.run import Invocation, run, split_name

needs_compiler = pytest.mark.skipif(which(os.environ.get("CXX", "g++")) is None, reason="there is no C++ compiler")

_TILE_PROGRAM = """
func.func @product(%a: !tile.tensor<16x64xTYPE>, %b: !tile.tensor<64x32xTYPE>, %o: !tile.tensor<16x32xf32>) {
  %c0 = arith.constant 0 : index
  %x = tile.load %a[%c0, %c0] : !tile.tensor<16x64xTYPE> -> !tile.tile<16x64xTYPE>
  %y = tile.load %b[%c0, %c0] : !tile.tensor<64x32xTYPE> -> !tile.tile<64x32xTYPE>
  %z = tile.matmul %x, %y : !tile.tile<16x64xTYPE>, !tile.tile<64x32xTYPE> -> !tile.tile<16x32xf32>
  tile.store %z, %o[%c0, %c0] : !tile.tile<16x32xf32>, !tile.tensor<16x32xf32>
  return
}
"""

_PTO_PROGRAM = """
func.func @scale(%p: !pto.ptr<f32>, %n: index) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c8 = arith.constant 8 : index
  %t = pto.alloc_tile : !pto.tile_buf<vec, 8x16xf32>
  %c16 = arith.constant 16 : index
  %v = pto.make_tensor_view %p, shape = [%n, %c16], strides = [%c16, %c1] : !pto.tensor_view<?x?xf32>
  scf.for %i = %c0 to %n step %c8 {
    %w = pto.partition_view %v, offsets = [%i, %c0], sizes = [%c8, %c16]
      : !pto.tensor_view<?x?xf32> -> !pto.partition_tensor_view<8x16xf32>
    pto.tload ins(%w : !pto.partition_tensor_view<8x16xf32>) outs(%t : !pto.tile_buf<vec, 8x16xf32>)
    pto.tmul ins(%t, %t : !pto.tile_buf<vec, 8x16xf32>, !pto.tile_buf<vec, 8x16xf32>)
      outs(%t : !pto.tile_buf<vec, 8x16xf32>)
    pto.tstore ins(%t : !pto.tile_buf<vec, 8x16xf32>) outs(%w : !pto.partition_tensor_view<8x16xf32>)
  }
  return
}
func.func @nothing() { return }
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TILEWRIGHT_CACHE", str(tmp_path / "cache"))
    monkeypatch.delenv("PTO_LIB_PATH", raising=False)
    return tmp_path


def _run(
    folder: Path, program: str, function: str | None, arguments: list[np.ndarray], engine: str
) -> list[np.ndarray]:
    (folder / "program.mlir").write_text(program)
    np.savez(folder / "in.npz", **{f"arg{i}": each for i, each in enumerate(arguments)})
    output = folder / "out.npz"
    run(Invocation(str(folder / "program.mlir"), function, str(folder / "in.npz"), str(output), engine))
    with np.load(output) as file:
        return [file[f"arg{i}"] for i in range(len(arguments))]


def _refused(folder: Path, program: str, function: str | None, arguments: list[np.ndarray], engine: str) -> Diagnostic:
    with pytest.raises(DiagnosticError) as error:
        _run(folder, program, function, arguments, engine)
    assert not (folder / "out.npz").exists()
    return error.value.diagnostics[0]


@needs_compiler
@pytest.mark.parametrize("engine", Engine)
@pytest.mark.parametrize("element", ["f16", "bf16"])
def test_a_tile_program_on_every_engine(folder: Path, engine: str, element: str) -> None:
    dtype = np.float16 if element == "f16" else ml_dtypes.bfloat16
    random = np.random.default_rng(0)
    a, b = (random.integers(-8, 8, shape).astype(dtype) for shape in ((16, 64), (64, 32)))
    results = _run(folder, _TILE_PROGRAM.replace("TYPE", element), None, [a, b, np.zeros((16, 32), np.float32)], engine)
    np.testing.assert_array_equal(results[2], a.astype(np.float32) @ b.astype(np.float32))
    assert results[0].tobytes() == a.tobytes()


@needs_compiler
@pytest.mark.parametrize("engine", ["physical", "native"])
def test_pto_text_without_addresses(folder: Path, engine: str) -> None:
    array = np.arange(24 * 16, dtype=np.float32).reshape(24, 16)
    (result, rows) = _run(folder, _PTO_PROGRAM, "scale", [array, np.array(24)], engine)
    np.testing.assert_array_equal(result, array * array)
    assert rows == 24


def test_pto_has_no_value_engine(folder: Path) -> None:
    array = np.zeros((8, 16), np.float32)
    diagnostic = _refused(folder, _PTO_PROGRAM, "scale", [array, np.array(8)], "value")
    assert diagnostic.code == "TW0405"
    assert diagnostic.help == ("run a program of the pto dialect on the physical engine",)


@pytest.mark.parametrize(
    "array, code",
    [(np.zeros((8, 16), np.float64), "TW0402"), (np.float32(0), "TW0402")],
)
def test_arguments_are_checked_as_everywhere(folder: Path, array: np.ndarray, code: str) -> None:
    diagnostic = _refused(folder, _PTO_PROGRAM, "scale", [np.asarray(array), np.array(8)], "native")
    assert diagnostic.code == code
    assert diagnostic.message.startswith("argument p is a")


def test_the_file_of_arguments_has_no_gaps(folder: Path) -> None:
    (folder / "program.mlir").write_text(_PTO_PROGRAM)
    np.savez(folder / "in.npz", arg0=np.zeros(1), arg2=np.zeros(1))
    files = str(folder / "program.mlir"), "scale", str(folder / "in.npz"), str(folder / "out.npz")
    with pytest.raises(DiagnosticError, match="without gaps; the file has arg0, arg2") as error:
        run(Invocation(*files, "native"))
    assert error.value.diagnostics[0].code == "TW0455"


def test_the_file_of_arguments_is_an_npz(folder: Path) -> None:
    (folder / "program.mlir").write_text(_PTO_PROGRAM)
    (folder / "in.npz").write_text("no zip")
    files = str(folder / "program.mlir"), "scale", str(folder / "in.npz"), str(folder / "out.npz")
    with pytest.raises(DiagnosticError, match="this is no npz file of plain arrays"):
        run(Invocation(*files, "native"))


def test_names_of_functions_follow_a_colon(tmp_path: Path) -> None:
    odd = tmp_path / "a:b"
    odd.write_text("")
    assert split_name("k.pto") == ("k.pto", None)
    assert split_name("k.pto:scale") == ("k.pto", "scale")
    assert split_name(str(odd)) == (str(odd), None)
    assert split_name("c:/k.pto") == ("c:/k.pto", None)


def test_the_command(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """The physical engine needs no compiler; a refusal is a message and status 1."""
    (folder / "program.pto").write_text(_PTO_PROGRAM)
    np.savez(folder / "in.npz", arg0=np.full((8, 16), 3, np.float32), arg1=np.array(8))
    arguments = ["run", f"{folder}/program.pto:scale", "--args", f"{folder}/in.npz", "--out", f"{folder}/out.npz"]
    monkeypatch.setattr("sys.argv", ["tilewright", *arguments])
    assert main() == 0
    with np.load(folder / "out.npz") as file:
        assert (file["arg0"] == 9).all()
    monkeypatch.setattr("sys.argv", ["tilewright", *arguments, "--blocks", "2", "--engine", "value"])
    assert main() == 1
    assert "error[TW0400]" in capsys.readouterr().err


def test_an_array_of_the_wrong_shape(folder: Path) -> None:
    a, b = np.zeros((8, 64), np.float16), np.zeros((64, 32), np.float16)
    program = _TILE_PROGRAM.replace("TYPE", "f16")
    diagnostic = _refused(folder, program, None, [a, b, np.zeros((16, 32), np.float32)], "native")
    assert (diagnostic.code, diagnostic.message) == ("TW0403", "argument a has shape 16x64, got 8x64")


def test_a_missing_compiler(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CXX", "no-such-compiler")
    diagnostic = _refused(folder, _PTO_PROGRAM, "scale", [np.zeros((8, 16), np.float32), np.array(8)], "native")
    assert diagnostic.code == "TW0450"


def test_columns_first_are_put_in_order(folder: Path) -> None:
    array = np.asfortranarray(np.arange(128, dtype=np.float32).reshape(8, 16))
    (result, _) = _run(folder, _PTO_PROGRAM, "scale", [array, np.array(8)], "physical")
    np.testing.assert_array_equal(result, array * array)


_ENDLESS = """func.func @f(%p: !pto.ptr<i32>) {
  %c0 = arith.constant 0 : index
  %yes = arith.constant 1 : i1
  %r = scf.while (%i = %c0) : (index) -> index {
    %e = pto.load_scalar %p[%c0] : !pto.ptr<i32> -> i32
    scf.condition(%yes) %i : index
  } do {
  ^bb0(%i: index):
    pto.store_scalar %s, %p[%c0] : !pto.ptr<i32>, i32
    scf.yield %i : index
  }
  return
}""".replace("%yes =", "%s = arith.constant 1 : i32\n  %yes =")


@needs_compiler
@pytest.mark.parametrize("engine, code, bound", [("physical", "TW0415", "1000"), ("native", "TW0456", "0.5 seconds")])
def test_a_kernel_that_never_ends(folder: Path, engine: str, code: str, bound: str) -> None:
    module = parse_module(make_context(), _ENDLESS, "endless.pto")
    array = np.zeros(4, np.int32)
    with pytest.raises(DiagnosticError) as error:
        run_function(module, None, [array], engine, Launch(steps=1000, seconds=0.5))
    (diagnostic,) = error.value.diagnostics
    assert diagnostic.code == code
    assert bound in diagnostic.message
    assert not array.any()


def test_the_native_engine_has_one_order(folder: Path) -> None:
    (folder / "program.mlir").write_text(_PTO_PROGRAM)
    np.savez(folder / "in.npz", arg0=np.zeros((8, 16), np.float32), arg1=np.array(8))
    files = str(folder / "program.mlir"), "scale", str(folder / "in.npz"), str(folder / "out.npz")
    for engine in ("native", "value"):
        with pytest.raises(DiagnosticError) as error:
            run(Invocation(*files, engine, order="late"))
        assert error.value.diagnostics[0].code == "TW0400"
    assert not (folder / "out.npz").exists()
