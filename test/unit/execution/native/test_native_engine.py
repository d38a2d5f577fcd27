"""The native engine: what it reports, what it keeps, and what it leaves alone."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from shutil import which

import numpy as np
import pytest
from xdsl.dialects.builtin import ModuleOp

from tilewright.dialects.diagnostics import Diagnostic, DiagnosticError
from tilewright.dialects.parsing import parse_module
from tilewright.dialects.registry import make_context
from tilewright.execution.functions import find_function
from tilewright.execution.native import compiler
from tilewright.execution.native.engine import run_native
from tilewright.execution.native.libraries import choose_library, host_headers
from tilewright.execution.native.process import run_kernel

needs_compiler = pytest.mark.skipif(which(os.environ.get("CXX", "g++")) is None, reason="there is no C++ compiler")


@pytest.fixture(autouse=True, scope="module")
def _cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TILEWRIGHT_CACHE", str(tmp_path_factory.mktemp("compiled")))
        patch.delenv("PTO_LIB_PATH", raising=False)
        yield


_TILE = "!pto.tile_buf<vec, 16x32xf32>"
_VIEW = "!pto.tensor_view<?x?xf32>"
_WINDOW = "!pto.partition_tensor_view<16x32xf32>"


def _module(body: str, arguments: str = "%p: !pto.ptr<f32>", address: int = 0) -> ModuleOp:
    """A kernel with one tile `%t` and one window `%w` of 16x32."""
    text = f"""func.func @kernel({arguments}) {{
%c0 = arith.constant 0 : index
%c1 = arith.constant 1 : index
%c16 = arith.constant 16 : index
%c32 = arith.constant 32 : index
%a = arith.constant {address} : i64
%t = pto.alloc_tile addr = %a : {_TILE}
%v = pto.make_tensor_view %p, shape = [%c16, %c32], strides = [%c32, %c1] : {_VIEW}
%w = pto.partition_view %v, offsets = [%c0, %c0], sizes = [%c16, %c32] : {_VIEW} -> {_WINDOW}
{body}
return
}}"""
    return parse_module(make_context(), text, "kernel.pto")


_LOAD = f"pto.tload ins(%w : {_WINDOW}) outs(%t : {_TILE})"
_STORE = f"pto.tstore ins(%t : {_TILE}) outs(%w : {_WINDOW})"
_DOUBLE = f"pto.tadd ins(%t, %t : {_TILE}, {_TILE}) outs(%t : {_TILE})"


def _run(module: ModuleOp, *arguments: object, blocks: int = 1) -> None:
    run_native([find_function(module, None)], arguments, blocks=blocks)


def _refused(module: ModuleOp, *arguments: object) -> Diagnostic:
    with pytest.raises(DiagnosticError) as error:
        _run(module, *arguments)
    (diagnostic,) = error.value.diagnostics
    return diagnostic


def _numbers(count: int = 16 * 32) -> np.ndarray:
    return np.arange(count, dtype=np.float32)


@needs_compiler
def test_it_writes_into_the_arrays() -> None:
    array = _numbers()
    _run(_module(f"{_LOAD}\n{_DOUBLE}\n{_STORE}"), array)
    np.testing.assert_array_equal(array, 2 * _numbers())


@needs_compiler
def test_unwritten_bytes_are_refused_at_the_instruction_that_reads_them() -> None:
    diagnostic = _refused(_module(f"{_DOUBLE}\n{_STORE}"), _numbers())
    assert diagnostic.code == "TW0408"
    assert diagnostic.message == "TADD reads byte 0 of Vec, which nothing has written"
    assert diagnostic.location is not None
    assert (diagnostic.location.file, diagnostic.location.line) == ("kernel.pto", 10)


@needs_compiler
def test_a_window_outside_of_its_array_is_refused_and_no_array_changes() -> None:
    array = _numbers(500)
    diagnostic = _refused(_module(_STORE), array)
    assert diagnostic.code == "TW0410"
    assert diagnostic.message == "TSTORE touches bytes 0 to 2048 of argument 0, which has 2000"
    np.testing.assert_array_equal(array, _numbers(500))


@needs_compiler
def test_what_was_stored_before_a_failure_does_not_come_back() -> None:
    array = _numbers()
    beyond = f"%n = arith.constant 512 : index\npto.tsetval ins(%n, %x : index, f32) outs(%t : {_TILE})"
    body = f"{_LOAD}\n{_DOUBLE}\n{_STORE}\n{beyond}"
    diagnostic = _refused(_module(body, "%p: !pto.ptr<f32>, %x: f32"), array, 1.5)
    assert (diagnostic.code, diagnostic.message) == ("TW0411", "element 512 of a tile with 512 does not exist")
    np.testing.assert_array_equal(array, _numbers())


@needs_compiler
@pytest.mark.parametrize(
    "address, message",
    [
        (196608, "TASSIGN uses bytes 196608 to 198656 of Vec, which has 196608"),
        (16, "TASSIGN uses a buffer at byte 16 of Vec, which is not a multiple of 32"),
    ],
)
def test_a_buffer_lies_within_its_memory(address: int, message: str) -> None:
    diagnostic = _refused(_module(_LOAD, address=address), _numbers())
    assert (diagnostic.code, diagnostic.message) == ("TW0409", message)
    assert diagnostic.location is not None
    assert diagnostic.location.line == 7


@needs_compiler
def test_blocks_run_one_after_the_other() -> None:
    array = np.zeros(4, np.float32)
    body = """%b = pto.get_block_idx
%n = pto.get_block_num
%i = arith.index_cast %b : i64 to index
%s = arith.addi %b, %n : i64
%f = arith.sitofp %s : i64 to f32
pto.store_scalar %f, %p[%i] : !pto.ptr<f32>, f32"""
    _run(_module(body), array, blocks=4)
    np.testing.assert_array_equal(array, [4, 5, 6, 7])


@needs_compiler
@pytest.mark.parametrize(
    "element, message",
    [
        (512, "the kernel takes an element at byte 2048 of argument 0, which has 2048"),
        (-1, "the kernel has written an element outside of argument 0"),
        (-(1 << 20), "the kernel takes an element at byte -4194304 of argument 0, which has 2048"),
        (9223372036854775, "the kernel takes an element of global memory that is in none of its arrays"),
    ],
)
def test_single_elements_outside_of_an_array(element: int, message: str) -> None:
    array = _numbers()
    body = f"%far = arith.constant {element} : index\npto.store_scalar %x, %p[%far] : !pto.ptr<f32>, f32"
    diagnostic = _refused(_module(body, "%p: !pto.ptr<f32>, %x: f32"), array, 1.5)
    assert (diagnostic.code, diagnostic.message) == ("TW0410", message)
    np.testing.assert_array_equal(array, _numbers())


@needs_compiler
def test_the_last_instruction_before_a_fault_is_named() -> None:
    body = f"{_LOAD}\n%far = arith.constant 600 : index\n%y = pto.load_scalar %p[%far] : !pto.ptr<f32> -> f32"
    use = "pto.store_scalar %y, %p[%c0] : !pto.ptr<f32>, f32"
    diagnostic = _refused(_module(f"{body}\n{use}"), _numbers())
    assert diagnostic.message == "the kernel takes an element at byte 2400 of argument 0, which has 2048"
    assert diagnostic.notes == ("the last instruction before that stands here: line 10",)


@needs_compiler
def test_a_division_by_zero() -> None:
    body = """%q = arith.divsi %n, %m : i32
pto.store_scalar %q, %p[%c0] : !pto.ptr<i32>, i32"""
    text = (
        f"func.func @kernel(%p: !pto.ptr<i32>, %n: i32, %m: i32) {{\n%c0 = arith.constant 0 : index\n{body}\nreturn\n}}"
    )
    diagnostic = _refused(parse_module(make_context(), text, "kernel.pto"), np.zeros(1, np.int32), 1, 0)
    assert (diagnostic.code, diagnostic.message) == ("TW0412", "the kernel divides an integer by 0")


@needs_compiler
def test_a_kernel_that_does_not_end_is_stopped() -> None:
    body = """%yes = arith.constant 1 : i1
%r = scf.while (%i = %c0) : (index) -> index {
  %e = pto.load_scalar %p[%c0] : !pto.ptr<f32> -> f32
  pto.store_scalar %e, %p[%c1] : !pto.ptr<f32>, f32
  scf.condition(%yes) %i : index
} do {
^bb0(%i: index):
  scf.yield %i : index
}"""
    module = _module(body)
    array = _numbers()
    with pytest.raises(DiagnosticError) as error:
        run_native([find_function(module, None)], [array], seconds=0.5)
    (diagnostic,) = error.value.diagnostics
    assert diagnostic.code == "TW0456"
    assert diagnostic.message == ("the kernel has not ended after 0.5 seconds, which is the limit of the native engine")
    np.testing.assert_array_equal(array, _numbers())


def test_a_process_that_dies(tmp_path: Path) -> None:
    (tmp_path / "broken.so").write_text("no library")
    with pytest.raises(DiagnosticError, match="the compiled kernel ended with status 1") as error:
        run_kernel(tmp_path / "broken.so", [], 1)
    assert error.value.diagnostics[0].code == "TW0452"


@needs_compiler
def test_a_kernel_is_compiled_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TILEWRIGHT_CACHE", str(tmp_path))
    first, second = (compiler.compiled_library(text, [compiler.Entry("k")], host_headers()) for text in 2 * [_KERNEL])
    assert first == second
    assert list(tmp_path.iterdir()) == [first]
    other = compiler.compiled_library(_KERNEL.replace("()", "(float)"), [compiler.Entry("k")], host_headers())
    assert other != first


_KERNEL = '#include "pto/pto-inst.hpp"\nvoid k() {}\n'


@needs_compiler
def test_what_does_not_compile_is_refused_with_the_compiler_s_words() -> None:
    with pytest.raises(DiagnosticError) as error:
        compiler.compiled_library("void k() { TNOSUCH(1); }\n", [compiler.Entry("k")], host_headers())
    (diagnostic,) = error.value.diagnostics
    assert diagnostic.code == "TW0451"
    assert diagnostic.message.endswith("does not compile the kernel against our host headers")
    assert any("TNOSUCH" in note for note in diagnostic.notes)


def test_a_missing_compiler_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CXX", "no-such-compiler")
    with pytest.raises(DiagnosticError, match="CXX is 'no-such-compiler', but there is no such compiler") as error:
        compiler.find_compiler()
    assert error.value.diagnostics[0].code == "TW0450"


def test_pto_lib_path_names_a_tree(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PTO_LIB_PATH", str(tmp_path))
    with pytest.raises(DiagnosticError, match="which is no tree of pto-isa") as error:
        choose_library()
    assert error.value.diagnostics[0].code == "TW0453"


def test_a_cache_that_cannot_be_made(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    monkeypatch.setenv("TILEWRIGHT_CACHE", str(blocked / "cache"))
    with pytest.raises(DiagnosticError, match="cannot be made: Not a directory") as error:
        compiler.cache_folder()
    assert error.value.diagnostics[0].code == "TW0454"
