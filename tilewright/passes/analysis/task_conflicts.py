"""Do two tasks touch the same elements: in one iteration of the loops around them, or in different ones?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from xdsl.dialects import scf
from xdsl.ir import Block, Operation, SSAValue

from tilewright.dialects.tile import PipelineOp
from tilewright.passes.analysis.index_forms import UNBOUNDED, Form, Forms
from tilewright.passes.analysis.task_counts import trips
from tilewright.passes.analysis.tensor_accesses import Access

Context: TypeAlias = tuple[tuple[Operation, int], ...]
"""The loops and branches around a task from the outside in, each with the number of the region that holds the task."""

_Range: TypeAlias = tuple[int, int]

_Distance: TypeAlias = Callable[[Form, Form], _Range]
"""How far the second of two indices may lie behind the first."""


@dataclass(frozen=True, slots=True, eq=False)
class Touch:
    """What the task of one site does to a part of a tensor."""

    node: int
    access: Access
    context: Context
    _sides: tuple[tuple[object, int], ...] | None
    _is_fixed: bool

    @classmethod
    def of(cls, node: int, access: Access, context: Context) -> Touch:
        """What the task of a node does."""
        if access.box is None:
            return cls(node, access, context, None, True)
        sides = tuple((start.key, size) for start, size in access.box)
        return cls(node, access, context, sides, all(not start.terms for start, _ in access.box))

    @property
    def sides(self) -> tuple[tuple[object, int], ...] | None:
        """The window in a form that can be compared; None is all of the tensor."""
        return self._sides

    @property
    def is_fixed(self) -> bool:
        """Whether the window is the same in all iterations."""
        return self._is_fixed


def exclusive(first: Context, second: Context) -> bool:
    """Whether two sites stand in different branches of one `scf.if`."""
    for (op, region), (other, other_region) in zip(first, second, strict=False):
        if op is not other:
            return False
        if region != other_region:
            return isinstance(op, scf.IfOp)
    return False


def covers(outer: Touch, inner: Touch) -> bool:
    """Whether whoever meets `inner` certainly meets `outer`, too, because that writes at least as much.

    `outer` must happen whenever `inner` does.
    """
    if not outer.access.direction.writes or outer.context != inner.context[: len(outer.context)]:
        return False
    if outer.sides is None or inner.sides is None:
        return outer.sides is None
    sides = zip(outer.sides, inner.sides, strict=True)
    return all(size >= other_size and start == other_start for (start, size), (other_start, other_size) in sides)


@dataclass
class Conflicts:
    """Compares windows.

    Attributes:
        forms: the indices of the function.
    """

    forms: Forms
    _ranges: dict[SSAValue, _Range] = field(default_factory=dict[SSAValue, _Range])
    _loops: dict[SSAValue, frozenset[Operation]] = field(default_factory=dict[SSAValue, frozenset[Operation]])

    def meet(self, first: Touch, second: Touch) -> bool:
        """Whether both may touch one element in one iteration of the loops around both; one of them writes."""
        return _overlap(first, second, self._same)

    def meet_later(self, first: Touch, second: Touch, loop: Operation) -> bool:
        """Whether `second`, in a later iteration of a loop around both, may touch what `first` touched."""
        if loop in self.loops_around(first.access.tensor):
            return False  # every iteration has a tensor of its own
        return _overlap(first, second, lambda one, other: self._later(one, other, loop))

    def bounds(self, touch: Touch) -> tuple[_Range, ...] | None:
        """The first element and the one behind the last that a window holds in any iteration; None for all."""
        if touch.access.box is None:
            return None
        ranges = ((self._sum((start.low, start.high), start.terms), size) for start, size in touch.access.box)
        return tuple((low, _clamp(high + size)) for (low, high), size in ranges)

    def loops_around(self, value: SSAValue) -> frozenset[Operation]:
        """The loops in whose bodies a value is made."""
        if value not in self._loops:
            block = value.owner if isinstance(value.owner, Block) else value.owner.parent
            found: set[Operation] = set()
            while block is not None and (op := block.parent_op()) is not None:
                if isinstance(op, scf.ForOp | scf.WhileOp | PipelineOp):
                    found.add(op)
                block = op.parent
            self._loops[value] = frozenset(found)
        return self._loops[value]

    def _same(self, first: Form, second: Form) -> _Range:
        """How far `second` lies behind `first`."""
        difference = second.minus(first)
        return self._sum((difference.low, difference.high), difference.terms)

    def _later(self, first: Form, second: Form, loop: Operation) -> _Range:
        around = {value: factor for value, factor in first.terms.items() if loop not in self.loops_around(value)}
        own = {value: factor for value, factor in first.terms.items() if value not in around}
        later = {value: factor for value, factor in second.terms.items() if loop in self.loops_around(value)}
        shared = Form({v: f for v, f in second.terms.items() if v not in later}, second.low, second.high)
        difference = shared.minus(Form(around, first.low, first.high))
        result = self._sum((difference.low, difference.high), difference.terms)
        if isinstance(loop, scf.ForOp | PipelineOp):
            variable = loop.body.block.args[0]
            before, after = own.pop(variable, 0), later.pop(variable, 0)
            result = _plus(result, _scaled(self._steps(loop), after))
            result = _plus(result, _scaled(self._range(variable), after - before))
        result = self._sum(result, {value: -factor for value, factor in own.items()})
        return self._sum(result, later)

    def _sum(self, start: _Range, terms: Mapping[SSAValue, int]) -> _Range:
        for value, factor in terms.items():
            start = _plus(start, _scaled(self._range(value), factor))
        return start

    def _range(self, value: SSAValue) -> _Range:
        """Between which numbers an index lies."""
        if value not in self._ranges:
            self._ranges[value] = self._find_range(value)
        return self._ranges[value]

    def _find_range(self, value: SSAValue) -> _Range:
        loop = value.owner.parent_op() if isinstance(value.owner, Block) else None
        if not isinstance(loop, scf.ForOp | PipelineOp) or value is not loop.body.block.args[0]:
            return (-UNBOUNDED, UNBOUNDED)
        low, step = self.forms.of(loop.lb).constant, self.forms.of(loop.step).constant
        count = trips(loop, self.forms).value
        if low is None:
            return (-UNBOUNDED, UNBOUNDED)
        return (low, UNBOUNDED if count is None or step is None else low + max(0, count - 1) * step)

    def _steps(self, loop: scf.ForOp | PipelineOp) -> _Range:
        """By how much the variable of a loop grows from an iteration to a later one."""
        step, count = self.forms.of(loop.step).constant, trips(loop, self.forms).value
        if step is None or step < 1:
            return (1, UNBOUNDED)
        return (step, UNBOUNDED if count is None else max(1, count - 1) * step)


def _overlap(first: Touch, second: Touch, distance: _Distance) -> bool:
    one, other = first.access.box, second.access.box
    if one is None or other is None:
        return True
    for (start, size), (other_start, other_size) in zip(one, other, strict=True):
        low, high = distance(start, other_start)
        if low >= size or high <= -other_size:
            return False
    return True


def _plus(first: _Range, second: _Range) -> _Range:
    return (_clamp(first[0] + second[0]), _clamp(first[1] + second[1]))


def _scaled(limits: _Range, factor: int) -> _Range:
    ends = [_clamp(limit * factor) for limit in limits]
    return (min(ends), max(ends))


def _clamp(value: int) -> int:
    return max(-UNBOUNDED, min(UNBOUNDED, value))
