"""Modules from text, and their forms of output, for the tests of this folder."""

from __future__ import annotations

from collections.abc import Callable
from io import StringIO

import pytest

from tilewright.dialects.parsing import parse_module
from tilewright.dialects.registry import make_context
from tilewright.dialects.verification import verify
from tilewright.lowering import cce, pto_text
from tilewright.lowering.registry import Emit

_KERNEL = """\
func.func @k(%p: !pto.ptr<i8>, %n: index, %m: index, %addr: i64) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %c16 = arith.constant 16 : index
  %c32 = arith.constant 32 : index
  %c64 = arith.constant 64 : index
  %zero = arith.constant 0 : i64
  BODY
  return
}"""


def _written(emit: Emit) -> Callable[[str], str]:
    def write(text: str) -> str:
        ctx = make_context()
        module = parse_module(ctx, text, "folder/kernel.mlir")
        verify(module)
        output = StringIO()
        emit(ctx, module, output)
        return output.getvalue()

    return write


@pytest.fixture
def to_cce() -> Callable[[str], str]:
    """Gives the C++ of MLIR text."""
    return _written(cce.emit)


@pytest.fixture
def to_pto() -> Callable[[str], str]:
    """Gives MLIR text as text for ptoas."""
    return _written(pto_text.emit)


@pytest.fixture
def cce_lines(to_cce: Callable[[str], str]) -> Callable[[str], list[str]]:
    """Gives the C++ of MLIR text in lines, without heading, comments and indentation."""

    def write(text: str) -> list[str]:
        joined = to_cce(text).replace(" =\n    ", " = ")  # an alias takes two lines
        lines = [line.split("  //")[0].strip() for line in joined.splitlines()]
        return lines[lines.index("using namespace pto;") + 2 :]

    return write


@pytest.fixture
def body_lines(cce_lines: Callable[[str], list[str]]) -> Callable[[str], list[str]]:
    """Gives the aliases and the C++ of the body of a kernel with some arguments and constants."""

    def write(body: str) -> list[str]:
        return cce_lines(_KERNEL.replace("BODY", body))[:-2]

    return write
