"""Which part of a tensor a store writes, and whether two stores can meet. Offsets are forms of other values."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import prod

from xdsl.dialects import arith, scf
from xdsl.dialects.builtin import DYNAMIC_INDEX
from xdsl.ir import Block, SSAValue

from tilewright.dialects.constants import constant_value
from tilewright.dialects.pto import InstructionOp, MakeTensorViewOp, PartitionViewOp
from tilewright.dialects.pto.operands import tile_type
from tilewright.dialects.pto.pointers import AddPtrOp
from tilewright.passes.analysis.index_forms import ANYTHING, UNBOUNDED, Form, Forms


@dataclass(frozen=True)
class StoreWindow:
    """A part of a tensor, in elements.

    Attributes:
        base: where the tensor starts behind its pointer.
        strides: of the tensor, one a dimension.
        offsets: of the part.
        sizes: the most that each dimension of the part may have.
        injective: whether two places of the tensor are always different elements. Unknown strides count as such.
    """

    base: Form
    strides: Sequence[Form]
    offsets: Sequence[Form]
    sizes: Sequence[int]
    injective: bool

    @cached_property
    def tensor(self) -> Sequence[object]:
        """What two windows of one tensor have in common."""
        return [form.key for form in (self.base, *self.strides)]

    @cached_property
    def line(self) -> tuple[Form, int] | None:
        """Its first element behind the pointer and how many there are to its last; None for unknown strides."""
        start, length = self.base, 1
        for stride, offset, size in zip(self.strides, self.offsets, self.sizes, strict=True):
            factor = stride.constant
            if factor is None or factor < 0:
                return None
            start, length = start.plus(offset.times(factor)), length + (size - 1) * factor
        return start, length


def window_of(op: InstructionOp, target: SSAValue, root: SSAValue, forms: Forms) -> StoreWindow | None:
    """What a store writes behind the pointer `root`; None where that is not followed."""
    part = target.owner
    if not isinstance(part, PartitionViewOp) or not isinstance(part.source.owner, MakeTensorViewOp):
        return None
    view = part.source.owner
    base, pointer = Form.number(0), view.ptr
    while isinstance(pointer.owner, AddPtrOp):
        base, pointer = base.plus(forms.of(pointer.owner.offset)), pointer.owner.ptr
    if pointer is not root:
        return None
    strides = [forms.of(stride) for stride in view.strides]
    shape = [forms.of(extent).constant for extent in view.shape]
    return StoreWindow(
        base, strides, [forms.of(offset) for offset in part.offsets], _sizes(op, part), _is_injective(shape, strides)
    )


def _sizes(op: InstructionOp, part: PartitionViewOp) -> Sequence[int]:
    """The extents of a window; one that is computed is at most what the tile has for it."""
    known = [
        extent if extent != DYNAMIC_INDEX else constant_value(size)
        for extent, size in zip(part.result.type.extents, part.sizes, strict=True)
    ]
    tiles = [tile for source in op.sources if (tile := tile_type(source)) is not None]
    most = prod(tiles[0].extents) if len(tiles) == 1 else UNBOUNDED
    rest = most // max(1, prod(size for size in known if size is not None))
    return [rest if size is None else size for size in known]


def _is_injective(shape: Sequence[int | None], strides: Sequence[Form]) -> bool:
    """Whether places of a tensor are different elements, as far as numbers are known."""
    span = 1
    known = [(stride.constant, extent) for stride, extent in zip(strides, shape, strict=True) if extent != 1]
    for stride, extent in sorted((stride, extent or 1) for stride, extent in known if stride is not None):
        if stride < span:
            return False
        span += (extent - 1) * stride
    return True


@dataclass(frozen=True)
class Scope:
    """When two stores happen, one after the other.

    Attributes:
        is_shared: whether a value is the same for both.
        loop: the loop in whose later iteration the second one happens; None for one iteration.
    """

    is_shared: Callable[[SSAValue], bool]
    loop: scf.ForOp | None

    def may_meet(self, first: StoreWindow | None, second: StoreWindow | None) -> bool:
        """Whether both may write the same element."""
        if first is None or second is None:
            return True
        if first.injective and self._same_tensor(first, second):
            pairs = zip(first.offsets, second.offsets, first.sizes, second.sizes, strict=True)
            if any(self._apart(one, other, size, then) for one, other, size, then in pairs):
                return False
        lines = first.line, second.line
        return (
            lines[0] is None or lines[1] is None or not self._apart(lines[0][0], lines[1][0], lines[0][1], lines[1][1])
        )

    def _same_tensor(self, first: StoreWindow, second: StoreWindow) -> bool:
        return first.tensor == second.tensor and all(
            self.is_shared(value) for form in (first.base, *first.strides) for value in form.terms
        )

    def _apart(self, one: Form, other: Form, size: int, then: int) -> bool:
        """Whether an interval from `one` on never meets one from `other` on."""
        distance = Form({}, other.low - one.high, other.high - one.low)
        for value in dict.fromkeys((*one.terms, *other.terms)):
            distance = distance.plus(self._distance(value, one.terms.get(value, 0), other.terms.get(value, 0)))
        return distance.low >= size or -distance.high >= then

    def _distance(self, value: SSAValue, before: int, after: int) -> Form:
        """What a value adds to the distance, with its factors in the first and in the second offset."""
        if self.is_shared(value):
            return range_of(value).times(after - before)
        loop = self.loop
        if loop is not None and value is loop.body.block.args[0]:
            step = constant_value(loop.step) or 1
            trips = trip_count(loop)
            last = UNBOUNDED if trips is None or constant_value(loop.step) is None else step * (trips - 1)
            return range_of(value).times(after - before).plus(Form({}, step, last).times(after))
        return range_of(value).times(after).plus(range_of(value).times(-before))


def trip_count(loop: scf.ForOp) -> int | None:
    """How often a loop runs; None where its bounds are not known."""
    lower, upper, step = (constant_value(bound) for bound in (loop.lb, loop.ub, loop.step))
    if lower is None or upper is None or step is None or step < 1:
        return None
    return max(0, -(-(upper - lower) // step))


def range_of(value: SSAValue) -> Form:
    """Between which numbers a value lies."""
    owner = value.owner
    if isinstance(owner, Block):
        loop = owner.parent_op()
        if not isinstance(loop, scf.ForOp) or value is not owner.args[0]:
            return ANYTHING
        lower, upper = constant_value(loop.lb), constant_value(loop.ub)
        return Form({}, -UNBOUNDED if lower is None else lower, UNBOUNDED if upper is None else upper - 1)
    if isinstance(owner, arith.RemUIOp) and (divisor := constant_value(owner.rhs)):
        return Form({}, 0, divisor - 1)
    return ANYTHING
