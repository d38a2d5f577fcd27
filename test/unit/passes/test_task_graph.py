"""The task graph of a function: how many tasks, and which wait for which."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, product
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from xdsl.dialects.builtin import ModuleOp
from xdsl.dialects.func import FuncOp

from tilewright.dialects.diagnostics import DiagnosticError
from tilewright.dialects.parsing import parse_module
from tilewright.dialects.registry import make_context
from tilewright.dialects.task import Direction, set_directions
from tilewright.dialects.verification import verify
from tilewright.passes.analysis.task_graph import Edge, Reason, TaskGraph, task_graph
from tilewright.passes.outline_scopes import OutlineScopesPass

T = "!tile.tensor<1x64xf32>"
INDICES = "\n".join(f"  %c{n} = arith.constant {n} : index" for n in (0, 1, 2, 4, 8, 16))


def parsed(body: str, arguments: str = f"%x: {T}, %y: {T}, %z: {T}, %n: index, %flag: i1", more: str = "") -> ModuleOp:
    module = parse_module(
        make_context(), f"func.func @f({arguments}) {{\n{INDICES}\n{body}\n  return\n}}\n{more}", "case.mlir"
    )
    verify(module)
    return module


def graph_of(module: ModuleOp) -> TaskGraph:
    (function,) = (op for op in module.ops if isinstance(op, FuncOp) and op.sym_name.data == "f")
    return task_graph(function)


def outlined(module: ModuleOp) -> ModuleOp:
    OutlineScopesPass().apply(make_context(), module)
    verify(module)
    return module


def load(tensor: str, offset: str = "%c0", size: int = 8) -> str:
    return f"%v = tile.load {tensor}[%c0, {offset}] : {T} -> !tile.tile<1x{size}xf32>\n"


def store(tensor: str, offset: str = "%c0", size: int = 8) -> str:
    tile = f"!tile.tile<1x{size}xf32>"
    return f"%w = tile.full 0.0 : f32 : {tile}\ntile.store %w, {tensor}[%c0, {offset}] : {tile}, {T}\n"


def scope(name: str, *lines: str, how: str = "", attributes: str = "") -> str:
    return f'%{name} = task.scope "{name}" {how} {attributes} {{\n{"".join(lines)}}}\n'


def loop(*body: str, bounds: str = "%c0 to %c4 step %c1", parallel: bool = False, variable: str = "%i") -> str:
    return f"scf.for {variable} = {bounds} {{\n{''.join(body)}}}{' {task.parallel}' if parallel else ''}\n"


def edges(body: str) -> list[str]:
    """`0>1` where 1 waits for 0, `0>1*` where it does for that of an earlier iteration; the same after outlining."""
    module = parsed(body)
    before = graph_of(module)
    after = graph_of(outlined(module))
    assert before.edges == after.edges
    return [f"{edge.before}>{edge.after}{'*' * edge.carried}" for edge in before.edges]


# -- counts ----------------------------------------------------------------------------------------


def test_counts_are_products_of_trip_counts() -> None:
    inner = loop(scope("a", how="blocks(%c8)"), bounds="%c0 to %c8 step %c4", variable="%j")
    graph = graph_of(parsed(loop(inner, scope("b")) + scope("a") + "%d = task.dummy\ntask.barrier\n"))
    assert {name: count.value for name, count in graph.per_kernel.items()} == {"a": 9, "b": 4}
    assert (graph.tasks.value, graph.blocks.value) == (14, 69)
    assert str(graph).splitlines()[:2] == ["@f: 5 sites, tasks 14, blocks 69", "    0 a x 8"]


@pytest.mark.parametrize(
    "body, reason",
    [
        (
            loop(scope("a"), bounds="%c0 to %n step %c1"),
            "%n, the upper bound of the loop at case.mlir:8:1, is not constant",
        ),
        (
            loop(scope("a"), bounds="%n to %c4 step %c1"),
            "%n, the lower bound of the loop at case.mlir:8:1, is not constant",
        ),
        (f"scf.if %flag {{\n{scope('a')}}}\n", "a branch of the scf.if at case.mlir:8:1"),
        (
            f"scf.while () : () -> () {{\nscf.condition(%flag)\n}} do {{\n{scope('a')}scf.yield\n}}\n",
            "the scf.while at case.mlir:8:1 runs as long as its condition holds",
        ),
    ],
    ids=["upper", "lower", "if", "while"],
)
def test_what_is_not_constant_is_unknown(body: str, reason: str) -> None:
    graph = graph_of(parsed(body))
    assert (graph.tasks.value, graph.tasks.reason) == (None, reason)
    assert str(graph.per_kernel["a"]) == f"unknown: {reason}"


def test_an_unknown_number_of_blocks_is_no_unknown_number_of_tasks() -> None:
    graph = graph_of(parsed(scope("a", how="blocks(%n)")))
    assert (graph.tasks.value, str(graph.blocks)) == (1, "unknown: the number of blocks is not constant")


def test_a_loop_that_never_runs_submits_nothing() -> None:
    body = loop(loop(scope("a"), bounds="%c0 to %n step %c1", variable="%j"), bounds="%c4 to %c4 step %c1")
    assert graph_of(parsed(body)).tasks.value == 0


# -- edges -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "first, second, reason",
    [
        (store("%x"), load("%x"), Reason.RAW),
        (load("%x"), store("%x"), Reason.WAR),
        (store("%x"), store("%x"), Reason.WAW),
        (load("%x"), load("%x"), None),
        (store("%x"), load("%y"), None),
        (store("%x"), load("%x", "%c8"), None),
        (store("%x", size=16), load("%x", "%c8"), Reason.RAW),
        (store("%x", "%n"), load("%x", "%n"), Reason.RAW),
    ],
)
def test_memory_that_two_tasks_share(first: str, second: str, reason: Reason | None) -> None:
    found = graph_of(parsed(scope("a", first) + scope("b", second))).edges
    assert [edge.reason for edge in found] == ([] if reason is None else [reason])
    assert all(edge.tensor == "%x" for edge in found)


def test_views_share_the_memory_of_their_tensor() -> None:
    view = f"%v8 = tile.view %x[%c0, %c8] : {T} -> !tile.tensor<1x16xf32>\n"
    inner = "%v = tile.load %v8[%c0, %c0] : !tile.tensor<1x16xf32> -> !tile.tile<1x8xf32>\n"
    assert edges(view + scope("a", store("%x", "%c8")) + scope("b", inner)) == ["0>1"]
    assert edges(view + scope("a", store("%x", "%c16")) + scope("b", inner)) == []
    flat = f"%r = tile.tensor_reshape %x : {T} -> !tile.tensor<64xf32>\n"
    read = "%e = tile.read %r[%c0] : !tile.tensor<64xf32> -> f32\n"
    assert edges(flat + scope("a", store("%x", "%c16")) + scope("b", read)) == ["0>1"]


def test_what_a_later_write_covers_is_implied() -> None:
    body = scope("a", store("%x")) + scope("b", store("%x")) + scope("c", load("%x")) + scope("d", store("%x", size=4))
    assert edges(body) == ["0>1", "1>2", "1>3", "2>3"]


def test_offsets_that_follow_the_loop() -> None:
    mine = ["%o = arith.muli %i, %c8 : index\n"]
    chain = scope("a", store("%x", "%o")) + scope("b", load("%x", "%o"))
    assert edges(loop(*mine, chain)) == ["0>1"]
    assert edges(loop(*mine, scope("a", store("%x", "%o", 16)))) == ["0>0*"]
    shifted = "%p = arith.addi %o, %c8 : index\n"
    assert edges(loop(*mine, shifted, scope("a", store("%x", "%o")), scope("b", load("%x", "%p")))) == ["1>0*"]
    assert edges(loop(*mine, shifted, scope("a", store("%x", "%p")), scope("b", load("%x", "%o")))) == ["0>1*"]


def test_iterations_of_a_parallel_loop_do_not_wait() -> None:
    body = scope("a", load("%x")) + scope("b", store("%x"))
    assert edges(loop(body, parallel=True)) == ["0>1"]
    assert edges(loop(body)) == ["1>0*", "0>1", "1>1*"]
    assert edges(loop(body, bounds="%c0 to %c1 step %c1")) == ["0>1"]


def test_each_iteration_has_the_tensors_that_it_allocates() -> None:
    fresh = f"%t = tile.alloc_tensor() : {T}\n"
    assert edges(loop(fresh, scope("a", store("%t")), scope("b", load("%t")))) == ["0>1"]


def test_branches_exclude_each_other() -> None:
    body = f"scf.if %flag {{\n{scope('a', store('%x'))}}} else {{\n{scope('b', store('%x'))}}}\n"
    assert edges(body + scope("c", load("%x"))) == ["0>2", "1>2"]


def test_tensors_that_loops_hand_on() -> None:
    body = f"""%p, %q = scf.for %i = %c0 to %c4 step %c1 iter_args(%a = %x, %b = %y) -> ({T}, {T}) {{
{scope("s", load("%a"), store("%b", "%c8"))}scf.yield %b, %a : {T}, {T}
}}
"""
    assert edges(scope("first", store("%y")) + body + scope("last", load("%q", "%c8"))) == ["0>1", "1>1*", "1>2"]
    moving = """%p = scf.for %i = %c0 to %c4 step %c1 iter_args(%a = %x) -> (!tile.tensor<?x?xf32>) {
%s = task.scope "s" {
%e = tile.read %a[%c0, %c0] : !tile.tensor<?x?xf32> -> f32
}
%b = tile.view %a[%c0, %c1] : !tile.tensor<?x?xf32> -> !tile.tensor<?x?xf32>
scf.yield %b : !tile.tensor<?x?xf32>
}
"""
    dynamic = "!tile.tensor<?x?xf32>"
    write = f'%z = task.scope "w" {{\n%k = arith.constant 0.0 : f32\ntile.write %k, %x[%c0, %c8] : f32, {dynamic}\n}}\n'
    graph = graph_of(parsed(write + moving, f"%x: {dynamic}"))
    assert [(edge.before, edge.after) for edge in graph.edges] == [(0, 1)]


def test_declared_kernels_do_what_their_directions_say() -> None:
    body = f"%a = task.submit @k(%x) : {T}\n%b = task.submit @k(%x) : {T}\n"
    module = parsed(body, more=f"func.func private @k({T})\n")
    assert [edge.reason for edge in graph_of(module).edges] == [Reason.RAW]
    (kernel,) = (op for op in module.ops if isinstance(op, FuncOp) and op.is_declaration)
    set_directions(kernel, [Direction.OUT])
    assert [edge.reason for edge in graph_of(module).edges] == [Reason.WAW]
    set_directions(kernel, [Direction.IN])
    assert graph_of(module).edges == []


# -- named dependencies ----------------------------------------------------------------------------


def test_after_names_tasks() -> None:
    body = scope("a") + scope("b", how="after(%a)") + "%d = task.dummy after(%a, %b)\n"
    assert edges(body) == ["0>1", "0>2", "1>2"]
    assert {edge.reason for edge in graph_of(parsed(body)).edges} == {Reason.AFTER}


def test_ids_that_a_loop_hands_on() -> None:
    body = f"""%none = task.none
%last = scf.for %i = %c0 to %c4 step %c1 iter_args(%t = %none) -> (!task.id) {{
{scope("a", how="after(%t)")}scf.yield %a : !task.id
}}
%d = task.dummy after(%last)
"""
    assert edges(body) == ["0>0*", "0>1"]


def test_ids_in_arrays() -> None:
    body = f"""%ids = task.array %c4 : !task.array
{scope("a")}task.array_set %a, %ids[%c0]
{scope("b")}task.array_set %b, %ids[%c1]
%one = task.array_get %ids[%c1]
%c = task.dummy after(%one)
%some = task.array_get %ids[%n]
%d = task.dummy after(%some)
%e = task.dummy after_all(%ids)
"""
    assert edges(body) == ["1>2", "0>3", "1>3", "0>4", "1>4"]


def test_a_manual_task_waits_for_what_it_names() -> None:
    manual = "attributes {task.manual}"
    body = scope("a", store("%x")) + scope("b", store("%x"), attributes=manual) + scope("c", load("%x"))
    assert edges(body) == ["0>2", "1>2"]


def test_a_barrier() -> None:
    assert edges(scope("a") + scope("b") + "task.barrier\n" + scope("c")) == ["0>2", "1>2", "2>3"]
    branch = "scf.if %flag {\ntask.barrier\n}\ntask.barrier\n"
    assert edges(scope("a") + branch + scope("b")) == ["0>1", "0>2", "1>2", "2>3"]


def test_a_call_is_refused() -> None:
    module = parsed("func.call @g() : () -> ()", more="func.func @g() {\n  return\n}")
    with pytest.raises(DiagnosticError) as caught:
        graph_of(module)
    (found,) = caught.value.diagnostics
    assert (found.code, found.message) == ("TW0666", "the tasks of @f cannot be listed: it calls @g")
    assert found.location is not None
    assert found.location.line == 8


# -- against all tasks, one by one -----------------------------------------------------------------


@dataclass(frozen=True)
class Step:
    """A scope that writes or reads `size` elements from `factor * i + offset` on."""

    writes: bool
    factor: int
    offset: int
    size: int

    def text(self, name: str) -> str:
        lines = (
            f"%f = arith.constant {self.factor} : index\n%k = arith.constant {self.offset} : index\n"
            "%m = arith.muli %i, %f : index\n%o = arith.addi %m, %k : index\n"
        )
        touch = store("%x", "%o", self.size) if self.writes else load("%x", "%o", self.size)
        return scope(name, lines, touch)

    def elements(self, iteration: int) -> range:
        start = self.factor * iteration + self.offset
        return range(start, start + self.size)


STEPS = st.lists(
    st.builds(Step, st.booleans(), st.integers(0, 6), st.integers(0, 16), st.integers(1, 8)), min_size=1, max_size=4
)
TRIPS = 4


Task = tuple[int, int, int]
"""The number of a loop, the iteration, the number of the site: in this order tasks are submitted."""


def all_that_wait(tasks: Sequence[Task], found: Sequence[Edge]) -> dict[Task, set[Task]]:
    """For each task those that wait for it, directly or not."""
    after: dict[Task, set[Task]] = {task: set() for task in tasks}
    for one, other, edge in product(tasks, tasks, found):
        earlier = one[1] < other[1] if edge.carried else one[1] == other[1]
        if (one[2], other[2]) == (edge.before, edge.after) and (one[0] != other[0] or earlier):
            after[one].add(other)
    for task in reversed(tasks):
        for direct in list(after[task]):
            assert direct > task
            after[task] |= after[direct]
    return after


@settings(max_examples=80, deadline=None)
@given(st.lists(STEPS, min_size=1, max_size=3))
def test_whatever_meets_in_memory_is_ordered(loops: list[list[Step]]) -> None:
    """Run loops of steps task by task: two tasks that meet are connected by edges."""
    body = ""
    for number, steps in enumerate(loops):
        body += loop(*(step.text(f"s{number}_{position}") for position, step in enumerate(steps)))
    sites = [(number, step) for number, steps in enumerate(loops) for step in steps]
    tasks = sorted((number, trip, site) for site, (number, _) in enumerate(sites) for trip in range(TRIPS))
    after = all_that_wait(tasks, graph_of(outlined(parsed(body))).edges)
    for one, other in combinations(tasks, 2):
        first, second = sites[one[2]][1], sites[other[2]][1]
        meet = set(first.elements(one[1])) & set(second.elements(other[1]))
        if meet and (first.writes or second.writes):
            assert other in after[one], (one, other)


def test_a_thousand_sites_take_less_than_a_second() -> None:
    body = "".join(
        f"%o{n} = arith.constant {n % 64} : index\n"
        + scope(
            f"k{n}",
            load("%x", f"%o{n}", 1),
            store("%z", f"%o{n}", 1).replace("%w", "%u"),
            store("%y" if n % 2 else "%x", f"%o{n}", 1),
        )
        for n in range(1000)
    )
    module = outlined(parsed(loop(body)))
    start = process_time()
    graph = graph_of(module)
    assert process_time() - start < 1.0
    assert len(graph.sites) == 1000
