"""The registry loads dialects late and refuses those it does not know."""

import subprocess
import sys

import pytest

from tilewright.dialects.diagnostics import DiagnosticError
from tilewright.dialects.parsing import parse_module
from tilewright.dialects.registry import DIALECTS, make_context


@pytest.mark.parametrize("name", DIALECTS)
def test_every_dialect_loads_under_its_own_name(name: str) -> None:
    dialect = make_context().get_dialect(name)
    assert dialect.name == name
    assert list(dialect.operations)


def test_a_dialect_is_loaded_when_the_text_names_it() -> None:
    ctx = make_context()
    assert not list(ctx.loaded_dialects)
    parse_module(ctx, "func.func private @f()", "k.mlir")
    assert [dialect.name for dialect in ctx.loaded_dialects] == ["func"]


def test_unknown_dialects_are_refused_unless_asked_for() -> None:
    with pytest.raises(DiagnosticError):
        parse_module(make_context(), '"other.op"() : () -> ()', "k.mlir")
    parse_module(make_context(allow_unregistered=True), '"other.op"() : () -> ()', "k.mlir")


def test_the_front_of_the_compiler_imports_no_heavy_library() -> None:
    program = (
        "import sys, tilewright.tools.pto_opt, tilewright.dialects.registry as r\n"
        "[r.make_context().get_dialect(name) for name in r.DIALECTS]\n"
        "print(sorted({'numpy', 'ml_dtypes', 'rich', 'click', 'mlir', 'torch_mlir'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
