"""Recording what a function submits."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from xdsl.dialects.builtin import ModuleOp

from tilewright.dialects.diagnostics import DiagnosticError
from tilewright.dialects.parsing import parse_module
from tilewright.dialects.registry import make_context
from tilewright.execution.functions import find_function
from tilewright.passes.analysis.task_graph import task_graph
from tilewright.passes.outline_scopes import OutlineScopesPass
from tilewright.timing.kernel_tasks import core_kind, tasks_of_submissions
from tilewright.timing.recording import Submission, record
from tilewright.timing.tasks import CoreKind, Work

TENSOR = "!tile.tensor<64x64xf32>"
TILE = "!tile.tile<16x64xf32>"
HALF = "!tile.tile<16x32xf32>"
HEAD = f"""func.func @f(%x: {TENSOR}, %y: {TENSOR}, %z: {TENSOR}) {{
  %c0 = arith.constant 0 : index
  %c3 = arith.constant 3 : index
  %c16 = arith.constant 16 : index
  %c32 = arith.constant 32 : index
  %c64 = arith.constant 64 : index
"""


def doubled(name: str, source: str, target: str, row: str, attributes: str = "", after: str = "") -> str:
    """A scope that doubles 16 rows."""
    return f"""task.scope "{name}" {after} {attributes} {{
    %in = tile.load {source}[{row}, %c0] : {TENSOR} -> {TILE}
    %out = tile.add %in, %in : {TILE}, {TILE} -> {TILE}
    tile.store %out, {target}[{row}, %c0] : {TILE}, {TENSOR}
  }}
"""


def module_of(body: str, *, outlined: bool = False) -> ModuleOp:
    context = make_context()
    module = parse_module(context, f"{HEAD}{body}  return\n}}", "test.mlir")
    module.verify()
    if outlined:
        OutlineScopesPass().apply(context, module)
        module.verify()
    return module


def recorded(body: str, *, outlined: bool = False) -> Sequence[Submission]:
    module = module_of(body, outlined=outlined)
    arrays = [np.full((64, 64), number, np.float32) for number in range(3)]
    found = record(module, find_function(module, "f"), arrays)
    assert [array.flat[0] for array in arrays] == [0, 1, 2]
    return found


def awaited(body: str, *, outlined: bool = False) -> list[list[int]]:
    return [list(submission.after) for submission in recorded(body, outlined=outlined)]


def loop(body: str, attributes: str = "") -> str:
    return f"  scf.for %i = %c0 to %c64 step %c16 {{\n  {body}  }} {attributes}\n"


@pytest.mark.parametrize("outlined", [False, True], ids=["scopes", "kernels"])
def test_each_row_waits_for_its_own(*, outlined: bool) -> None:
    body = loop("%s = " + doubled("one", "%x", "%y", "%i")) + loop("%t = " + doubled("two", "%y", "%z", "%i"))
    assert awaited(body, outlined=outlined) == [[], [], [], [], [0], [1], [2], [3]]


@pytest.mark.parametrize("outlined", [False, True], ids=["scopes", "kernels"])
def test_an_iteration_waits_for_the_one_before(*, outlined: bool) -> None:
    body = loop("%s = " + doubled("one", "%x", "%y", "%c0"))
    assert awaited(body, outlined=outlined) == [[], [0], [1], [2]]


def test_parallel_iterations_do_not_wait() -> None:
    body = loop("%s = " + doubled("one", "%x", "%y", "%c0"), "{task.parallel}")
    assert awaited(body + "%t = " + doubled("two", "%y", "%z", "%c0")) == [[], [], [], [], [0, 1, 2, 3]]


def test_a_read_does_not_wait_for_a_read_but_a_write_does() -> None:
    body = "".join(
        f"  %{name} = {doubled(name, source, target, '%c0')}"
        for name, source, target in (("a", "%x", "%y"), ("b", "%x", "%z"), ("c", "%z", "%x"))
    )
    assert awaited(body) == [[], [], [0, 1]]


def test_manual_tasks_wait_for_what_they_name() -> None:
    manual = "attributes {task.manual}"
    body = f"""  %ids = task.array %c3 : !task.array
  %a = {doubled("a", "%x", "%y", "%c0")}
  %b = {doubled("b", "%y", "%z", "%c0", manual)}
  task.array_set %b, %ids[%c0]
  %c = {doubled("c", "%y", "%z", "%c0", manual, after="after(%a) after_all(%ids)")}
  %none = task.none
  %d = task.dummy after(%none, %c)
"""
    assert awaited(body) == [[], [], [0, 1], [2]]


def test_what_follows_a_barrier_waits_for_what_came_before() -> None:
    body = f"""  %a = {doubled("a", "%x", "%y", "%c0")}
  %b = {doubled("b", "%x", "%z", "%c16")}
  task.barrier
  %c = {doubled("c", "%x", "%y", "%c32")}
  task.barrier
  task.barrier
  %d = {doubled("d", "%x", "%z", "%c32")}
"""
    assert awaited(body) == [[], [], [0, 1], [2]]


def test_views_are_parts_of_their_tensor() -> None:
    body = f"""  %left = tile.view %y[%c0, %c0] : {TENSOR} -> !tile.tensor<64x32xf32>
  %right = tile.view %y[%c0, %c32] : {TENSOR} -> !tile.tensor<64x32xf32>
  %a = task.scope "a" {{
    %l = tile.load %x[%c0, %c0] : {TENSOR} -> {HALF}
    tile.store %l, %left[%c0, %c0] : {HALF}, !tile.tensor<64x32xf32>
  }}
  %b = task.scope "b" {{
    %l = tile.load %x[%c0, %c0] : {TENSOR} -> {HALF}
    tile.store %l, %right[%c0, %c0] : {HALF}, !tile.tensor<64x32xf32>
  }}
  %c = task.scope "c" {{
    %l = tile.load %y[%c0, %c32] : {TENSOR} -> {HALF}
    tile.store %l, %z[%c0, %c0] : {HALF}, {TENSOR}
  }}
"""
    assert awaited(body) == [[], [], [1]]


def test_a_reshaped_tensor_is_all_of_it() -> None:
    flat = "!tile.tensor<1x4096xf32>"
    body = f"""  %a = {doubled("a", "%x", "%y", "%c0")}
  %flat = tile.tensor_reshape %y : {TENSOR} -> {flat}
  %b = task.scope "b" {{
    %l = tile.load %flat[%c0, %c64] : {flat} -> !tile.tile<1x64xf32>
    tile.store %l, %z[%c0, %c0] : !tile.tile<1x64xf32>, {TENSOR}
  }}
"""
    assert awaited(body) == [[], [0]]


def test_arguments_and_blocks() -> None:
    body = f"""  %n = arith.addi %c3, %c16 : index
  %a = task.scope "a" blocks(%n) {{
    %l = tile.load %x[%c0, %c0] : {TENSOR} -> {TILE}
    tile.store %l, %y[%c0, %c0] : {TILE}, {TENSOR}
  }}
"""
    (found,) = recorded(body, outlined=True)
    assert (found.number, found.kernel, found.blocks) == (0, "f_a", 19)
    assert len(found.arguments) == 2


DECLARED = f"""func.func private @k(%i: {TENSOR} {{task.direction = "in"}}, %o: {TENSOR}) attributes {{task.kernel}}
func.func @f(%x: {TENSOR}, %y: {TENSOR}, %z: {TENSOR}) attributes {{task.orchestration}} {{
  %a = task.submit @k(%x, %y) : {TENSOR}, {TENSOR}
  %b = task.submit @k(%x, %z) : {TENSOR}, {TENSOR}
  %c = task.submit @k(%y, %z) : {TENSOR}, {TENSOR}
  return
}}"""


def test_a_kernel_without_a_body_touches_what_it_declares() -> None:
    module = parse_module(make_context(), DECLARED, "test.mlir")
    module.verify()
    arrays = [np.zeros((64, 64), np.float32) for _ in range(3)]
    found = record(module, find_function(module, "f"), arrays)
    assert [list(submission.after) for submission in found] == [[], [], [0, 1]]


@pytest.mark.parametrize("outlined", [False, True], ids=["scopes", "kernels"])
def test_the_static_graph_has_every_dependency(*, outlined: bool) -> None:
    body = (
        loop("%s = " + doubled("one", "%x", "%y", "%i"))
        + loop("%t = " + doubled("two", "%y", "%x", "%c16"))
        + "task.barrier\n"
        + loop(f"%u = {doubled('three', '%x', '%z', '%c0')} %v = {doubled('four', '%z', '%y', '%i')}")
    )
    module = module_of(body, outlined=outlined)
    found = record(module, function := find_function(module, "f"), [np.zeros((64, 64), np.float32) for _ in range(3)])
    graph = task_graph(function)
    number = {site.op: site.index for site in graph.sites}
    implied = {site.index: {site.index} for site in graph.sites}
    for _ in graph.sites:
        for edge in graph.edges:
            implied[edge.after] |= implied[edge.before]
    assert len(found) == graph.tasks.value
    for submission in found:
        for before in submission.after:
            assert number[found[before].op] in implied[number[submission.op]]


def test_what_no_orchestration_may_have() -> None:
    module = parse_module(
        make_context(), "func.func @f() {\n  pto.barrier #pto.pipe<PIPE_ALL>\n  return\n}", "test.mlir"
    )
    with pytest.raises(DiagnosticError) as caught:
        record(module, find_function(module, "f"), [])
    (diagnostic,) = caught.value.diagnostics
    assert diagnostic.code == "TW0405"
    assert diagnostic.message == "pto.barrier cannot be executed at the level of tiles"
    assert diagnostic.location is not None
    assert diagnostic.location.line == 2


def test_what_a_kernel_would_have_written_is_not_there() -> None:
    body = """  %t = tile.alloc_tensor() : !tile.tensor<4xi32>
  %v = tile.read %t[%c0] : !tile.tensor<4xi32> -> i32
"""
    with pytest.raises(DiagnosticError) as caught:
        recorded(body)
    assert caught.value.diagnostics[0].code == "TW0406"


def test_code_for_a_kind_of_core() -> None:
    text = """func.func @cube() attributes {task.kernel, pto.kernel_kind = #pto.kernel_kind<cube>} { return }
func.func @vector() attributes {task.kernel, pto.kernel_kind = #pto.kernel_kind<vector>} { return }
func.func @mix() attributes {task.kernel} {
  pto.section.cube { }
  pto.section.vector { }
  return
}
func.func @f() attributes {task.orchestration} {
  %a = task.submit @cube()
  %b = task.submit @vector()
  %c = task.submit @mix()
  return
}"""
    module = parse_module(make_context(), text, "test.mlir")
    assert [core_kind(each.op) for each in record(module, find_function(module, "f"), [])] == [
        CoreKind.AIC,
        CoreKind.AIV,
        CoreKind.MIX,
    ]


def kinds(module: ModuleOp) -> list[CoreKind]:
    arrays = [np.zeros((64, 64), np.float32) for _ in range(3)]
    return [core_kind(each.op) for each in record(module, find_function(module, "f"), arrays)]


def test_what_a_task_runs_on() -> None:
    product = f"""    %l = tile.load %x[%c0, %c0] : {TENSOR} -> {TILE}
    %r = tile.load %y[%c0, %c0] : {TENSOR} -> !tile.tile<64x64xf32>
    %p = tile.matmul %l, %r : {TILE}, !tile.tile<64x64xf32> -> {TILE}
"""
    store = f"tile.store %p, %z[%c0, %c0] : {TILE}, {TENSOR}"
    more = f"%q = tile.add %p, %p : {TILE}, {TILE} -> {TILE}\n    tile.store %q, %z[%c0, %c0] : {TILE}, {TENSOR}"
    level = 'attributes {level = "aic"}'
    body = f"""  %a = task.scope "cube" {{
{product}    {store}
  }}
  %b = task.scope "both" {{
{product}    {more}
  }}
  %c = {doubled("vector", "%x", "%y", "%c0")}
  %d = {doubled("said", "%x", "%y", "%c0", level)}
  %e = task.dummy
"""
    expected = [CoreKind.AIC, CoreKind.MIX, CoreKind.AIV, CoreKind.AIC, CoreKind.NONE]
    assert kinds(module_of(body)) == kinds(module_of(body, outlined=True)) == expected


def test_tasks_for_the_chip() -> None:
    attributes = "attributes {task.sync_start, task.early_dispatch}"
    body = f"""  %a = {doubled("a", "%x", "%y", "%c0", attributes)}
  %b = task.dummy after(%a)
"""
    first, second = tasks_of_submissions(recorded(body, outlined=True), lambda _: (Work(3.0),))
    assert (first.kernel, first.core_kind, first.work) == ("f_a", CoreKind.AIV, (Work(3.0),))
    assert (first.sync_start, first.early_dispatch) == (True, True)
    assert (second.name, second.core_kind, second.after) == ("dummy 1", CoreKind.NONE, [0])
