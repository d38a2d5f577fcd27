"""MLIR's own operations where xDSL's definitions read less, or print what cannot be read again."""

from __future__ import annotations

import pytest
from xdsl.context import Context
from xdsl.dialects.arith import Arith
from xdsl.dialects.builtin import Builtin, ModuleOp
from xdsl.dialects.func import Func
from xdsl.ir import Dialect

from tilewright.dialects.diagnostics import DiagnosticError
from tilewright.dialects.parsing import parse_module
from tilewright.dialects.upstream import SCF, AddUIExtendedOp
from tilewright.dialects.verification import verify

_OPERATIONS = [AddUIExtendedOp if op.name == AddUIExtendedOp.name else op for op in Arith.operations]


def read(text: str) -> ModuleOp:
    ctx = Context()
    for dialect in (Builtin, Func, SCF, Dialect("arith", _OPERATIONS, list(Arith.attributes))):
        ctx.load_dialect(dialect)
    module = parse_module(ctx, text, "k.mlir")
    verify(module)
    return module


@pytest.mark.parametrize(
    "region",
    [
        "scf.execute_region {\n scf.yield\n}",
        "scf.execute_region {\n^a:\n scf.yield\n} {note}",
        "%x = scf.execute_region -> i32 {\n %c = arith.constant 1 : i32\n scf.yield %c : i32\n}",
    ],
)
def test_a_region_that_runs_once_is_read_as_it_was_printed(region: str) -> None:
    once = str(read(region))
    assert "scf.yield" in once
    assert str(read(once)) == once


def extended(type_: str, overflow: str = "i1") -> str:
    return (
        f"func.func @f(%a: {type_}) {{\n  %s, %o = arith.addui_extended %a, %a : {type_}, {overflow}\n  func.return\n}}"
    )


@pytest.mark.parametrize("type_", ["index", "i32"])
def test_a_sum_with_its_overflow(type_: str) -> None:
    assert f"arith.addui_extended %a, %a : {type_}, i1" in str(read(extended(type_)))


def test_an_overflow_of_another_type_is_refused_at_its_place() -> None:
    with pytest.raises(DiagnosticError) as caught:
        read(extended("index", "i32"))
    (diagnostic,) = caught.value.diagnostics
    assert str(diagnostic.location) == "k.mlir:2:12"
