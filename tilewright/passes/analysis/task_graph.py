"""The task graph of a function: which tasks it submits, how many, and which wait for which."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from xdsl.dialects import func, scf
from xdsl.ir import Operation, OpResult, SSAValue

from tilewright.dialects.constants import constant_value
from tilewright.dialects.names import value_name
from tilewright.dialects.task import PARALLEL, ArrayGetOp, ArraySetOp, ArrayType, TaskOp
from tilewright.dialects.tile import PipelineOp
from tilewright.passes.analysis.carried_values import handed_on
from tilewright.passes.analysis.index_forms import Forms
from tilewright.passes.analysis.task_conflicts import Conflicts, Touch, exclusive
from tilewright.passes.analysis.task_counts import NEVER, Count, trips
from tilewright.passes.analysis.task_neighbours import Neighbours, positions
from tilewright.passes.analysis.task_sites import Kind, Site, Touches, find_sites


class Reason(StrEnum):
    """Why a task waits for another one."""

    RAW = "reads what it wrote"
    WAR = "writes what it read"
    WAW = "writes what it wrote"
    AFTER = "named by after"
    BARRIER = "barrier"


@dataclass(frozen=True, slots=True)
class Edge:
    """A task waits for another one.

    Attributes:
        before, after: the numbers of their sites.
        carried: whether `before` runs in an earlier iteration of a loop around both.
        reason: why.
        tensor: the tensor that both touch, None where the program names the dependency.
    """

    before: int
    after: int
    carried: bool
    reason: Reason
    tensor: str | None = None


@dataclass(frozen=True)
class TaskGraph:
    """The tasks of a function. An edge that others imply may be left out.

    Attributes:
        function: its name.
        sites: the places where it submits tasks, in the order of the text.
        edges: which waits for which, by `after`.
    """

    function: str
    sites: Sequence[Site]
    edges: Sequence[Edge]

    @property
    def tasks(self) -> Count:
        """How many tasks a run submits, those that do nothing included."""
        return _total(site.tasks for site in self.sites if site.kind is not Kind.BARRIER)

    @property
    def blocks(self) -> Count:
        """How many blocks a run starts on the cores."""
        return _total(site.tasks.times(site.blocks) for site in self.sites if site.kind is Kind.KERNEL)

    @property
    def per_kernel(self) -> Mapping[str, Count]:
        """How many tasks a run submits of each kernel, in the order of the first submission."""
        names = dict.fromkeys(site.kernel for site in self.sites if site.kind is Kind.KERNEL)
        counts = {name: NEVER for name in names}
        for site in self.sites:
            if site.kind is Kind.KERNEL:
                counts[site.kernel] = counts[site.kernel].plus(site.tasks)
        return counts

    def __str__(self) -> str:
        lines = [f"@{self.function}: {len(self.sites)} sites, tasks {self.tasks}, blocks {self.blocks}"]
        awaited: dict[int, list[Edge]] = {}
        for edge in self.edges:
            awaited.setdefault(edge.after, []).append(edge)
        for site in self.sites:
            waits = {f"{edge.before}{'*' * edge.carried}": None for edge in awaited.get(site.index, [])}
            after = f" after {', '.join(waits)}" if waits else ""
            lines.append(f"{site.index:5} {site.kernel or site.kind} x {site.tasks}{after}")
        return "\n".join(lines)


def task_graph(function: func.FuncOp) -> TaskGraph:
    """The static task graph of a function that submits tasks, by scopes or by kernels.

    A task waits for the tasks before it that write what it touches or read what it writes, for those that it names,
    and for those before a barrier. Iterations of a loop with `task.parallel` do not wait for each other.

    Raises:
        DiagnosticError: TW0666, the function calls another function.
    """
    forms = Forms()
    sites = find_sites(function, forms)
    builder = _Builder(sites, forms)
    builder.by_memory()
    builder.by_name()
    builder.by_barrier()
    edges = sorted(builder.edges.values(), key=lambda edge: (edge.after, edge.before, edge.carried))
    return TaskGraph(function.sym_name.data, sites, edges)


@dataclass
class _Builder:
    """Collects the edges; of several between the same tasks the first stays.

    Attributes:
        sites: the nodes.
        forms: the indices of the function.
    """

    sites: Sequence[Site]
    forms: Forms
    edges: dict[tuple[int, int, bool], Edge] = field(default_factory=dict[tuple[int, int, bool], Edge])

    def by_memory(self) -> None:
        """Add an edge wherever two tasks touch the same memory, and one of them writes it."""
        finder = Touches(self.forms)
        by_tensor: dict[SSAValue, list[Touch]] = {}
        for site in self.sites:
            for touch in finder.of(site):
                by_tensor.setdefault(touch.access.tensor, []).append(touch)
        conflicts = Conflicts(self.forms)
        for touches in by_tensor.values():
            self._in_order(touches, conflicts)
            for loop in dict.fromkeys(loop for touch in touches for loop, _ in touch.context):
                if self._is_carrying(loop):
                    self._around(loop, touches, conflicts)

    def _in_order(self, touches: Sequence[Touch], conflicts: Conflicts) -> None:
        neighbours, order = Neighbours(touches, conflicts), range(len(touches))
        for position, near, _ in neighbours.without_covered(order, self._certain(touches)):
            later = touches[position]
            for earlier in (touches[other] for other in near):
                if earlier.node == later.node or exclusive(earlier.context, later.context):
                    continue
                if conflicts.meet(earlier, later):
                    self._meet(earlier, later, carried=False)

    def _around(self, loop: Operation, touches: Sequence[Touch], conflicts: Conflicts) -> None:
        """Edges from one iteration to a later one, between what ends the first and what begins the second."""
        inner = [touch for touch in touches if any(around is loop for around, _ in touch.context)]
        neighbours, order = Neighbours(inner, conflicts), range(len(inner))
        last, first = (neighbours.counting(way, self._certain(inner)) for way in (order, order[::-1]))
        for position in positions(first):
            for other in neighbours.of(position, last):
                if conflicts.meet_later(inner[other], inner[position], loop):
                    self._meet(inner[other], inner[position], carried=True)

    def _certain(self, touches: Sequence[Touch]) -> list[bool]:
        """For each touch, whether its task waits for all that it meets."""
        return [not self.sites[touch.node].is_manual for touch in touches]

    def _is_carrying(self, op: Operation) -> bool:
        """Whether an op is a loop whose iterations may wait for earlier ones."""
        if PARALLEL in op.attributes or not isinstance(op, scf.ForOp | scf.WhileOp | PipelineOp):
            return False
        return isinstance(op, scf.WhileOp) or trips(op, self.forms).value not in (0, 1)

    def _meet(self, earlier: Touch, later: Touch, *, carried: bool) -> None:
        if self.sites[later.node].is_manual:
            return
        before, after = earlier.access.direction, later.access.direction
        reason = (Reason.RAW if after.reads else Reason.WAW) if before.writes else Reason.WAR
        self._add(Edge(earlier.node, later.node, carried, reason, value_name(later.access.tensor)))

    def _add(self, edge: Edge) -> None:
        self.edges.setdefault((edge.before, edge.after, edge.carried), edge)

    def by_name(self) -> None:
        """Add an edge for each task that `after` may name."""
        numbers = {site.op: site.index for site in self.sites}
        for site in self.sites:
            for value in site.op.dependencies if isinstance(site.op, TaskOp) else ():
                for op in _named(value):
                    before = numbers[op]
                    self._add(Edge(before, site.index, before >= site.index, Reason.AFTER))

    def by_barrier(self) -> None:
        """Add the edges from a barrier to what is submitted after it, and to it from what was submitted before."""
        since: list[int] = []
        barrier: int | None = None
        for site in self.sites:
            if site.kind is Kind.BARRIER:
                for index in since:
                    self._add(Edge(index, site.index, False, Reason.BARRIER))
                # One that may be left out does not stand for those before it.
                since = [site.index] if not site.context else [*since, site.index]
                barrier = site.index
                continue
            if barrier is not None:
                self._add(Edge(barrier, site.index, False, Reason.BARRIER))
            since.append(site.index)


def _named(value: SSAValue) -> Iterator[TaskOp]:
    """The tasks that an id, or an array of ids, may stand for."""
    todo, seen = [value], {value}
    while todo:
        current = todo.pop()
        sources: list[SSAValue] = list(handed_on(current))
        match current:
            case OpResult(op=TaskOp() as op):
                yield op
            case OpResult(op=ArrayGetOp() as op):
                sources = [*_put(op.array, constant_value(op.index)), *handed_on(op.array)]
            case _ if isinstance(current.type, ArrayType):
                sources += _put(current, None)
            case _:
                pass
        todo += [source for source in sources if source not in seen]
        seen.update(sources)


def _put(array: SSAValue, place: int | None) -> Iterator[SSAValue]:
    """The ids that may have been put in a place of an array; in any place where that is None."""
    for use in array.uses:
        if isinstance(use.operation, ArraySetOp):
            known = constant_value(use.operation.index)
            if place is None or known is None or known == place:
                yield use.operation.task


def _total(counts: Iterable[Count]) -> Count:
    total = NEVER
    for count in counts:
        total = total.plus(count)
    return total
