"""MLIR bytecode, and how a binary target leaves `pto-opt`."""

import os
from importlib import import_module
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path
from typing import BinaryIO

import pytest
from xdsl.context import Context
from xdsl.dialects.builtin import ModuleOp

from tilewright.dialects import mlir_bridge
from tilewright.tools import driver, pto_opt

requires_mlir = pytest.mark.skipif(mlir_bridge.available() is None, reason="requires tilewright[mlir]")

TEXT = b"func.func @f() {\n  pto.barrier <PIPE_ALL>\n  func.return\n}\n"
DATA = b"\xff\x00\r\n"


class Terminal(TextIOWrapper):
    """A stream that a person looks at."""

    def isatty(self) -> bool:
        return True


def emit_data(_ctx: Context, _module: ModuleOp, output: BinaryIO) -> None:
    """Write bytes that are no text."""
    output.write(DATA)


@pytest.fixture
def _binary(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(driver, "BINARY_TARGETS", {"mlir-bytecode": lambda: emit_data})


def run(*arguments: str, stdout: TextIOWrapper | StringIO) -> tuple[int, str]:
    err = StringIO()
    return pto_opt.run(["-t", "mlir-bytecode", *arguments], BytesIO(TEXT), stdout, err), err.getvalue()


@pytest.mark.usefixtures("_binary")
def test_bytes_go_to_a_file(tmp_path: Path) -> None:
    path = tmp_path / "out.mlirbc"
    assert run("-o", str(path), stdout=StringIO()) == (0, "")
    assert path.read_bytes() == DATA


@pytest.mark.usefixtures("_binary")
def test_bytes_go_to_a_device() -> None:
    assert run("-o", os.devnull, stdout=StringIO()) == (0, "")


@pytest.mark.usefixtures("_binary")
def test_bytes_go_below_standard_output() -> None:
    below = BytesIO()
    stdout = TextIOWrapper(below)  # closes what is below when it goes
    assert run(stdout=stdout) == (0, "")
    assert below.getvalue() == DATA


@pytest.mark.usefixtures("_binary")
@pytest.mark.parametrize("stdout", [StringIO(), Terminal(BytesIO())], ids=["text", "terminal"])
def test_nobody_has_to_look_at_bytes(stdout: TextIOWrapper | StringIO) -> None:
    status, err = run(stdout=stdout)
    assert status == 1
    assert "error: binary output is not for a terminal [TW0005]" in err


def test_parts_of_a_binary_output_cannot_follow_each_other() -> None:
    status, err = run("--split-input-file", stdout=StringIO())
    assert status == 1
    assert "'mlir-bytecode' is binary, so its parts cannot follow each other [TW0003]" in err


def test_without_mlir_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mlir_bridge, "available", lambda: None)
    status, err = run(stdout=StringIO())
    assert status == 1
    assert "pip install 'tilewright[mlir]'" in err


@requires_mlir
def test_mlir_reads_its_bytecode_with_locations(tmp_path: Path) -> None:
    path = tmp_path / "out.mlirbc"
    assert run("-o", str(path), stdout=StringIO()) == (0, "")
    ir = import_module(f"{mlir_bridge.available()}.ir")
    with ir.Context() as context:
        context.allow_unregistered_dialects = True
        text = ir.Module.parse(path.read_bytes()).operation.get_asm(enable_debug_info=True, use_local_scope=True)
    assert '"pto.barrier"() <{pipe = #pto.pipe<PIPE_ALL>}> : () -> () loc("<stdin>":2:3)' in text
