"""Which function of a module runs."""

from __future__ import annotations

import pytest

from tilewright.dialects.diagnostics import DiagnosticError
from tilewright.dialects.parsing import parse_module
from tilewright.dialects.registry import make_context
from tilewright.execution.functions import find_function

KERNEL = "func.func @{name}() attributes {{task.kernel}} {{ return }}\n"
ENTRY = "func.func @{name}() attributes {{task.orchestration}} {{ return }}\n"


def found(text: str) -> str:
    module = parse_module(make_context(), text, "functions.mlir")
    return find_function(module, None).sym_name.data


def test_the_only_function_runs() -> None:
    assert found(KERNEL.format(name="k")) == "k"


def test_the_only_function_that_submits_tasks_runs() -> None:
    assert found(KERNEL.format(name="k") + ENTRY.format(name="e") + KERNEL.format(name="l")) == "e"


@pytest.mark.parametrize("form", [KERNEL, ENTRY])
def test_two_that_are_alike_need_a_name(form: str) -> None:
    with pytest.raises(DiagnosticError, match="the module defines 2 functions: which one runs") as caught:
        found(form.format(name="a") + form.format(name="b"))
    assert caught.value.diagnostics[0].code == "TW0400"
    assert caught.value.diagnostics[0].help == ("name one of @a, @b",)
