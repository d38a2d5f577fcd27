"""Kernels of the cube core and of its vector cores, natively: as on the physical engine, and as numpy says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from xdsl.dialects.builtin import ModuleOp

from tilewright.dialects.diagnostics import Diagnostic, DiagnosticError, collect_diagnostics
from tilewright.execution.cores import run_cores
from tilewright.execution.functions import find_function, find_kernels
from tilewright.execution.native.engine import run_native
from tilewright.execution.native.libraries import Library, host_headers, pto_isa

from .compiled import compiled, parse
from .oracles import PTO_LIB_PATH, needs_compiler, needs_pto_isa
from .test_mixed_kernels import mixed

pytestmark = needs_compiler

_FLASH = Path(__file__).parent / "known_bugs" / "flash_attention.pto"


@pytest.fixture(autouse=True, scope="module")
def _cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TILEWRIGHT_CACHE", str(tmp_path_factory.mktemp("compiled")))
        yield


def _compiled(text: str) -> ModuleOp:
    with collect_diagnostics(lambda _remark: None):
        return compiled(text, "pto")


def _run_mixed(split: int, blocks: int, library: Library, steps: int = 11) -> None:
    """More tiles than slots, so that slots come back."""
    generator = np.random.default_rng(0)
    a = generator.integers(-4, 5, (blocks * steps * 16, 16)).astype(np.float32)
    b = generator.integers(-4, 5, (16, 16)).astype(np.float32)
    slots, out = np.zeros(blocks * 2048, np.float32), np.zeros_like(a)
    kernels = find_kernels(_compiled(mixed(split, steps)), None)
    run_native(kernels, [a, b, slots, out], blocks=blocks, library=library)
    assert np.array_equal(out, a @ b + 1)


@pytest.mark.parametrize("split", [0, 1])
@pytest.mark.parametrize("blocks", [1, 3])
def test_a_mixed_kernel(split: int, blocks: int) -> None:
    _run_mixed(split, blocks, host_headers())


@needs_pto_isa
@pytest.mark.parametrize("blocks", [1, 3])
def test_a_mixed_kernel_on_pto_isa(blocks: int) -> None:
    assert PTO_LIB_PATH is not None
    _run_mixed(1, blocks, pto_isa(Path(PTO_LIB_PATH)))


def test_flash_attention() -> None:
    """Both engines put the same bytes into the pipes; exponentials may differ in the last place."""
    kernels = find_kernels(_compiled(_FLASH.read_text()), None)
    random = np.random.default_rng(1)
    q, k, v = (random.standard_normal((rows, 64)).astype(np.float16) for rows in (16, 64 * 12, 64 * 12))
    k, v = (np.pad(each, ((0, 65536 - 768), (0, 0))) for each in (k, v))
    runs: list[list[np.ndarray]] = []
    for engine in ("native", "physical"):
        outputs = [np.zeros(8192, np.float32), np.zeros(8192, np.float16), np.zeros((16, 64), np.float32)]
        arguments = [q, k, v, *outputs, 12]
        if engine == "native":
            run_native(kernels, arguments, library=host_headers())
        else:
            run_cores(kernels, arguments)
        runs.append(outputs)
    natively, on_bytes = runs
    np.testing.assert_allclose(natively[2], on_bytes[2], rtol=1e-4, atol=1e-5)
    assert np.abs(natively[2]).max() > 0.1


_SIGNALS = """
func.func @cube(%a: !pto.ptr<f32>, %ffts: memref<256xi64>) attributes {pto.kernel_kind = #pto.kernel_kind<cube>} {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %x = arith.constant 2.0 : f32
  pto.set_ffts %ffts : memref<256xi64>
  pto.store_scalar %x, %a[%c0] : !pto.ptr<f32>, f32
  pto.sync.set <PIPE_FIX>, 3
  pto.sync.wait <PIPE_FIX>, ANSWER
  %y = pto.load_scalar %a[%c1] : !pto.ptr<f32> -> f32
  %z = arith.addf %x, %y : f32
  pto.store_scalar %z, %a[%c0] : !pto.ptr<f32>, f32
  return
}
func.func @vector(%a: !pto.ptr<f32>, %ffts: memref<256xi64>) attributes {pto.kernel_kind = #pto.kernel_kind<vector>} {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  pto.set_ffts %ffts : memref<256xi64>
  pto.sync.wait <PIPE_MTE2>, 3
  %x = pto.load_scalar %a[%c0] : !pto.ptr<f32> -> f32
  %y = arith.mulf %x, %x : f32
  pto.store_scalar %y, %a[%c1] : !pto.ptr<f32>, f32
  pto.sync.set <PIPE_MTE3>, 4
  return
}
"""


def test_signals_between_cores() -> None:
    array = np.zeros(2, np.float32)
    run_native(find_kernels(parse(_SIGNALS.replace("ANSWER", "4")), None), [array, np.zeros(256, np.int64)])
    np.testing.assert_array_equal(array, [6, 4])


def _refused(text: str, *arguments: object) -> Diagnostic:
    with pytest.raises(DiagnosticError) as error:
        run_native(find_kernels(parse(text), None), arguments, library=host_headers())
    (diagnostic,) = error.value.diagnostics
    return diagnostic


def test_a_deadlock_names_who_waits_for_what() -> None:
    array = np.zeros(2, np.float32)
    diagnostic = _refused(_SIGNALS.replace("ANSWER", "5"), array, np.zeros(256, np.int64))
    assert (diagnostic.code, diagnostic.message) == ("TW0470", "nothing can go on: every core waits for another")
    assert diagnostic.notes == ("the cube core of block 0 waits for signal 5: line 9",)
    assert diagnostic.location is not None
    assert diagnostic.location.line == 9
    assert not array.any()


def test_a_tile_that_nobody_pushes() -> None:
    module = _compiled(mixed(1, 2).replace("%steps = arith.constant 2 :", "%steps = arith.constant 1 :", 1))
    arrays = [np.zeros(size, np.float32) for size in (32 * 16, 256, 2048, 32 * 16)]
    with pytest.raises(DiagnosticError) as error:
        run_native(find_kernels(module, None), arrays, library=host_headers())
    (diagnostic,) = error.value.diagnostics
    assert diagnostic.code == "TW0470"
    assert [note.split(":")[0] for note in diagnostic.notes] == [
        f"vector core {core} of block 0 waits in TPOP for a tile of pipe 0" for core in (0, 1)
    ]


def test_a_tile_that_does_not_fit_its_slot() -> None:
    with collect_diagnostics(lambda _remark: None):
        module = compiled(mixed(0).replace("slot_size = 1024", "slot_size = 512"), "pto{strength=ptoas}")
    arrays = [np.zeros(size, np.float32) for size in (64 * 16, 256, 4096, 64 * 16)]
    with pytest.raises(DiagnosticError, match="a tile of 1024 bytes does not fit a slot of 512") as error:
        run_native(find_kernels(module, None), arrays, library=host_headers())
    assert error.value.diagnostics[0].code == "TW0471"


_BARRIER = """
func.func @meet(%a: !pto.ptr<i32>, %out: !pto.ptr<i32>, %ffts: memref<256xi64>) attributes {
    pto.kernel_kind = #pto.kernel_kind<vector>} {
  %c1 = arith.constant 1 : index
  pto.set_ffts %ffts : memref<256xi64>
  %block = pto.get_block_idx
  %blocks = pto.get_block_num
  %i = arith.index_cast %block : i64 to index
  %n = arith.index_cast %blocks : i64 to index
  %number = arith.trunci %block : i64 to i32
  pto.store_scalar %number, %a[%i] : !pto.ptr<i32>, i32
  pto.sync.set <PIPE_MTE3>, 1 {ffts_mode = 0 : i32}
  pto.sync.wait <PIPE_MTE2>, 1
  %last = arith.subi %n, %c1 : index
  %mirror = arith.subi %last, %i : index
  %other = pto.load_scalar %a[%mirror] : !pto.ptr<i32> -> i32
  pto.store_scalar %other, %out[%i] : !pto.ptr<i32>, i32
  return
}
"""


def test_all_cores_of_a_kind_meet() -> None:
    a, out = np.zeros(4, np.int32), np.zeros(4, np.int32)
    module = parse(_BARRIER)
    run_native([find_function(module, None)], [a, out, np.zeros(256, np.int64)], blocks=4)
    np.testing.assert_array_equal(out, [3, 2, 1, 0])


_SECTIONS = """
func.func @both(%a: !pto.ptr<f32>, %ffts: memref<256xi64>) {
  %c0 = arith.constant 0 : index
  %x = arith.constant 2.0 : f32
  pto.set_ffts %ffts : memref<256xi64>
  pto.section.vector {
    pto.sync.wait <PIPE_MTE2>, 3
    %y = pto.load_scalar %a[%c0] : !pto.ptr<f32> -> f32
    %sub = pto.get_subblock_idx
    %one = arith.constant 1 : i64
    %place = arith.addi %sub, %one : i64
    %i = arith.index_cast %place : i64 to index
    pto.store_scalar %y, %a[%i] : !pto.ptr<f32>, f32
  }
  pto.section.cube {
    pto.store_scalar %x, %a[%c0] : !pto.ptr<f32>, f32
    pto.sync.set <PIPE_FIX>, 3
  }
  return
}
"""


def test_sections_of_one_function_run_together() -> None:
    array = np.zeros(3, np.float32)
    run_native([find_function(parse(_SECTIONS), None)], [array, np.zeros(256, np.int64)])
    np.testing.assert_array_equal(array, [2, 2, 2])
