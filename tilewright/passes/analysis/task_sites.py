"""The places of a function where tasks are submitted, and what each task touches."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from xdsl.dialects import func
from xdsl.ir import Operation, Region, SSAValue

from tilewright.dialects.diagnostics import fail
from tilewright.dialects.task import BarrierOp, BlocksOp, Direction, ScopeOp, SubmitOp, TaskOp, directions
from tilewright.dialects.tile import TensorType
from tilewright.passes.analysis.index_forms import Forms
from tilewright.passes.analysis.task_conflicts import Context, Touch
from tilewright.passes.analysis.task_counts import ONCE, Count, runs_of_body
from tilewright.passes.analysis.tensor_accesses import Access, accesses, origins


class Kind(StrEnum):
    """What stands at a node of the graph."""

    KERNEL = "kernel"
    DUMMY = "dummy"
    BARRIER = "barrier"


@dataclass(frozen=True, eq=False)
class Site:
    """A place where tasks are submitted.

    Attributes:
        index: its number, in the order of the text.
        kind: what is submitted; a barrier is no task, but stands in the graph.
        kernel: the name of the kernel or of the scope; empty where there is none.
        op: the operation.
        tasks: how many tasks it submits, over all iterations of the loops around it.
        blocks: how many blocks each of them has.
        context: the loops and branches around it.
    """

    index: int
    kind: Kind
    kernel: str
    op: TaskOp | BarrierOp
    tasks: Count
    blocks: Count
    context: Context

    @property
    def is_manual(self) -> bool:
        """Whether its tasks wait for what they name only."""
        return isinstance(self.op, TaskOp) and self.op.is_manual


def find_sites(function: func.FuncOp, forms: Forms) -> list[Site]:
    """All sites of a function in the order of its text.

    Raises:
        DiagnosticError: TW0666, the function calls another one, whose tasks would be missing.
    """
    sites: list[Site] = []
    for op, context, count in _walk(function.body, (), ONCE, forms):
        match op:
            case BlocksOp():
                name = op.label.data if isinstance(op, ScopeOp) else ""
                name = op.kernel_name if isinstance(op, SubmitOp) else name
                sites.append(Site(len(sites), Kind.KERNEL, name, op, count, _blocks(op, forms), context))
            case TaskOp():
                sites.append(Site(len(sites), Kind.DUMMY, "", op, count, ONCE, context))
            case BarrierOp():
                sites.append(Site(len(sites), Kind.BARRIER, "", op, count, ONCE, context))
            case func.CallOp():
                callee = op.callee.string_value()
                fail(
                    "TW0666",
                    f"the tasks of @{function.sym_name.data} cannot be listed: it calls @{callee}",
                    op,
                    help=(f"ask for the tasks of @{callee}, or write its body in place of the call",),
                )
            case _:
                pass
    return sites


def _walk(region: Region, context: Context, count: Count, forms: Forms) -> Iterator[tuple[Operation, Context, Count]]:
    """The ops of a function outside of scopes, with what stands around them and how often they run."""
    for block in region.blocks:
        for op in block.ops:
            yield op, context, count
            if op.regions and not isinstance(op, ScopeOp):
                inner = count.times(runs_of_body(op, forms))
                for number, body in enumerate(op.regions):
                    yield from _walk(body, (*context, (op, number)), inner, forms)


def _blocks(op: BlocksOp, forms: Forms) -> Count:
    if op.blocks is None:
        return ONCE
    number = forms.of(op.blocks).constant
    return Count(number, "" if number is not None else "the number of blocks is not constant")


@dataclass
class Touches:
    """Finds what tasks touch; looks at the code of each kernel once.

    Attributes:
        forms: the indices of the function that submits.
    """

    forms: Forms
    _kernels: dict[tuple[Operation, int | None], tuple[Access, ...]] = field(
        default_factory=dict[tuple[Operation, int | None], tuple[Access, ...]]
    )

    def of(self, site: Site) -> tuple[Touch, ...]:
        """What the task of a site touches in tensors of the function, or in those that the function gets."""
        if isinstance(site.op, ScopeOp):
            forms = Forms(site.op.body, site.blocks.value)
            return self._placed(site, accesses(site.op.body, forms), {})
        if isinstance(site.op, SubmitOp):
            kernel = site.op.kernel
            assert kernel is not None
            given = dict(zip(_arguments(kernel), site.op.arguments, strict=True)) if kernel.body.blocks else {}
            if not given:
                return self._placed(site, _declared(kernel, site.op.arguments), {})
            return self._placed(site, self._accesses(kernel, site.blocks.value), given)
        return ()

    def _accesses(self, kernel: func.FuncOp, blocks: int | None) -> tuple[Access, ...]:
        key = (kernel, blocks)
        if key not in self._kernels:
            self._kernels[key] = accesses(kernel.body, Forms(kernel.body, blocks))
        return self._kernels[key]

    def _placed(self, site: Site, found: Sequence[Access], given: Mapping[SSAValue, SSAValue]) -> tuple[Touch, ...]:
        """Translate accesses of a piece of code to what the function calls tensors and indices."""
        touches: dict[tuple[object, ...], Touch] = {}
        for access in found:
            tensor = given.get(access.tensor, access.tensor)
            if _is_within(tensor, site.op) or (given and access.tensor not in given):
                continue  # a tensor of the code's own
            symbols = {symbol for start, _ in access.box or () for symbol in start.terms}
            known = {symbol: self.forms.of(given.get(symbol, symbol)) for symbol in symbols}
            for origin in origins(tensor, self.forms):
                placed = access.placed(origin, known)
                touches[placed.key] = Touch.of(site.index, placed, site.context)
        return tuple(touches.values())


def _arguments(kernel: func.FuncOp) -> Sequence[SSAValue]:
    return kernel.body.block.args


def _declared(kernel: func.FuncOp, arguments: Sequence[SSAValue]) -> tuple[Access, ...]:
    """What a kernel without a body does, as far as its declaration says: without a direction, everything."""
    return tuple(
        Access(argument, direction or Direction.INOUT, None)
        for argument, direction in zip(arguments, directions(kernel), strict=True)
        if isinstance(argument.type, TensorType)
    )


def _is_within(value: SSAValue, op: Operation) -> bool:
    return op.is_ancestor(value.owner)
