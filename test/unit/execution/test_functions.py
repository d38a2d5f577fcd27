"""Which function of a module runs."""

from __future__ import annotations

import pytest
from xdsl.dialects.builtin import ModuleOp

from tilewright.dialects.diagnostics import DiagnosticError
from tilewright.dialects.parsing import parse_module
from tilewright.dialects.pto import KernelKind
from tilewright.dialects.registry import make_context
from tilewright.execution.functions import find_function, find_kernels, programs_of_block

KERNEL = "func.func @{name}() attributes {{task.kernel}} {{ return }}\n"
ENTRY = "func.func @{name}() attributes {{task.orchestration}} {{ return }}\n"


def found(text: str) -> str:
    return find_function(parsed(text), None).sym_name.data


def test_the_only_function_runs() -> None:
    assert found(KERNEL.format(name="k")) == "k"


def test_a_declaration_does_not_run() -> None:
    assert found("func.func private @elsewhere(index)\n" + KERNEL.format(name="k")) == "k"


def test_the_only_function_that_submits_tasks_runs() -> None:
    assert found(KERNEL.format(name="k") + ENTRY.format(name="e") + KERNEL.format(name="l")) == "e"


@pytest.mark.parametrize("form", [KERNEL, ENTRY])
def test_two_that_are_alike_need_a_name(form: str) -> None:
    with pytest.raises(DiagnosticError, match="the module defines 2 functions: which one runs") as caught:
        found(form.format(name="a") + form.format(name="b"))
    assert caught.value.diagnostics[0].code == "TW0400"
    assert caught.value.diagnostics[0].help == ("name one of @a, @b",)


def text_of(name: str, kind: str = "", of: str = "%n: index", body: str = "") -> str:
    attributes = f"attributes {{pto.kernel_kind = #pto.kernel_kind<{kind}>}} " if kind else ""
    return f"func.func @{name}({of}) {attributes}{{ {body} return }}\n"


def kernels(*kinds: str, of: str = "%n: index", name: str | None = None) -> list[str]:
    """Which of the functions `@f0`, `@f1`, … of some kinds run; the first one has the arguments `of`."""
    text = "".join(text_of(f"f{at}", kind, "%n: index" if at else of) for at, kind in enumerate(kinds))
    return [function.sym_name.data for function in find_kernels(parsed(text), name)]


def parsed(text: str) -> ModuleOp:
    return parse_module(make_context(), text, "functions.mlir")


def test_kernels_of_both_kinds_run_together() -> None:
    assert kernels("cube", "vector") == ["f0", "f1"]
    assert kernels("cube", "vector", name="f1") == ["f1"]
    assert kernels("vector") == ["f0"]


@pytest.mark.parametrize(
    "kinds, of",
    [
        (("cube", "cube"), "%n: index"),
        (("cube", "vector", "vector"), "%n: index"),
        (("cube", ""), "%n: index"),
        (("cube", "vector"), "%n: i32"),
    ],
)
def test_kernels_that_do_not_belong_together(kinds: tuple[str, ...], of: str) -> None:
    with pytest.raises(DiagnosticError, match=f"the module defines {len(kinds)} functions: which one runs"):
        kernels(*kinds, of=of)


CUBE, VECTOR = KernelKind.CUBE, KernelKind.VECTOR
ON_CUBE = "pto.section.cube { pto.barrier <PIPE_M> }"
ON_VECTOR = "pto.section.vector { pto.barrier <PIPE_V> }"


@pytest.mark.parametrize(
    "text, programs",
    [
        (text_of("f"), [("f", None, 0, 1)]),
        (text_of("f", "vector"), [("f", VECTOR, 0, 1)]),
        (text_of("f", "cube"), [("f", CUBE, 0, 1)]),
        (text_of("f", body=ON_VECTOR), [("f", VECTOR, 0, 1)]),
        (text_of("f", body=ON_VECTOR + ON_CUBE), [("f", CUBE, 0, 1), ("f", VECTOR, 0, 2), ("f", VECTOR, 1, 2)]),
        (
            text_of("f", "cube") + text_of("g", "vector"),
            [("f", CUBE, 0, 1), ("g", VECTOR, 0, 2), ("g", VECTOR, 1, 2)],
        ),
    ],
)
def test_what_runs_on_the_cores_of_a_block(text: str, programs: list[tuple[str, KernelKind | None, int, int]]) -> None:
    found = programs_of_block(find_kernels(parsed(text), None))
    assert [(each.function.sym_name.data, each.kind, each.subblock, each.subblocks) for each in found] == programs
