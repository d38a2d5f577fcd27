"""How the places of buffers, and of parts of global memory, depend on the turns of loops."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from xdsl.dialects.builtin import DYNAMIC_INDEX
from xdsl.ir import Attribute, Operation, SSAValue

from tilewright.dialects.constants import constant_value
from tilewright.dialects.names import value_name
from tilewright.dialects.pto import (
    InstructionOp,
    MakeTensorViewOp,
    PartitionViewOp,
    PartitionViewType,
    PtrType,
    TensorViewType,
)
from tilewright.dialects.pto.conversion import TGetValOp, TSetValOp
from tilewright.dialects.pto.core_ops import (
    AddPtrOp,
    GetTensorViewDimOp,
    LoadScalarOp,
    PrintOp,
    StoreScalarOp,
)
from tilewright.execution.decode_aliases import ALIASES
from tilewright.execution.decode_buffers import BUFFERS
from tilewright.execution.decode_elements import ELEMENTS
from tilewright.execution.decode_events import EVENTS
from tilewright.execution.decode_memrefs import MEMREFS
from tilewright.execution.decode_pipes import PIPES
from tilewright.execution.decode_views import VIEWS
from tilewright.execution.instructions import Window
from tilewright.execution.races.proof_loops import LoopAnalysis
from tilewright.execution.races.proof_plan import Use, View
from tilewright.execution.races.proof_values import Number, added, joined, known, scaled, unknown
from tilewright.lowering.cce.memref_types import is_global

_SPECIAL = (ALIASES, BUFFERS, ELEMENTS, EVENTS, MEMREFS, PIPES, VIEWS)
"""Operations that make more of a scalar than an instruction does, which only computes with it."""


class MemoryAnalysis(LoopAnalysis):
    """The part of the analysis that knows memory."""

    def take_views(self, arguments: Sequence[SSAValue], given: Sequence[object]) -> None:
        """Note the arguments of a function that are parts of global memory, as a run is given them."""
        for value, argument in zip(arguments, given, strict=True):
            if _is_view(value.type):
                strides = [known(stride) for stride in argument.strides] if isinstance(argument, Window) else None
                self.views[value] = View(value, known(0), Number(), strides)

    def view(self, op: Operation) -> bool:
        """Note the parts of global memory that an operation makes; False for one that does something else."""
        match op:
            case MakeTensorViewOp():
                base, strides = self._base(op.ptr), [self.number(stride) for stride in op.strides]
                self.views[op.result] = View(base.root, base.offset, self._together(strides, op), strides)
            case PartitionViewOp():
                self._partition(op)
            case AddPtrOp():
                base = self._base(op.ptr)
                self.views[op.result] = replace(base, offset=added(base.offset, self.number(op.offset)))
            case GetTensorViewDimOp():
                self.values[op.result] = self._dimension(op)
            case _ if len(op.results) == 1 and _is_view(op.results[0].type):
                place = self._together([self.number(operand) for operand in op.operands], op)
                self.views[op.results[0]] = View(None, place)
            case _:
                return False
        return True

    def _base(self, value: SSAValue) -> View:
        return self.views.get(value) or View(None, self.number(value))

    def _together(self, numbers: Sequence[Number], op: Operation) -> Number:
        if any(number.slopes for number in numbers):
            return unknown(f"{op.name} depends on the turn", op)
        return joined(numbers)

    def _partition(self, op: PartitionViewOp) -> None:
        whole = self._base(op.source)
        sizes = [self.number(size) for size in op.sizes]
        if whole.strides is None:
            place = self._together([whole.place, *sizes, *(self.number(each) for each in op.offsets)], op)
            self.views[op.result] = View(None, place)
            return
        offset = whole.offset
        for start, stride in zip(op.offsets, whole.strides, strict=True):
            offset = added(offset, self._product(self.number(start), stride, op))
        self.views[op.result] = View(whole.root, offset, self._together([whole.form, *sizes], op), whole.strides)

    def _product(self, start: Number, stride: Number, op: Operation) -> Number:
        for one, other in ((start, stride), (stride, start)):
            if (factor := one.exact) is not None:
                return scaled(other, factor)
        return self._together([start, stride], op)

    def _dimension(self, op: GetTensorViewDimOp) -> Number:
        axis, type_, maker = constant_value(op.dimension), op.view.type, op.view.owner
        if axis is not None and isinstance(type_, TensorViewType) and 0 <= axis < len(type_.extents):
            if (extent := type_.extents[axis]) != DYNAMIC_INDEX:
                return known(extent)
            if isinstance(maker, MakeTensorViewOp):
                return self.number(maker.shape[axis])
        return unknown("the extent of a view is not followed", op)

    def sink(self, op: Operation) -> None:
        """Note what an instruction accesses, and that all that orders or places it has to repeat."""
        if isinstance(op, PrintOp):
            return
        memory: tuple[Sequence[SSAValue], Sequence[SSAValue]] = [], []
        harmless: Sequence[SSAValue] = []
        match op:
            case LoadScalarOp() | TGetValOp():
                memory = [op.operands[0]], []
            case StoreScalarOp() | TSetValOp():
                memory = [], [op.operands[0]]
                harmless = [op.value if isinstance(op, StoreScalarOp) else op.val]
            case InstructionOp():
                memory = op.sources, op.destinations
                if not any(type(op) in special for special in _SPECIAL):
                    harmless = [each for each in op.operands if each not in (*op.sources, *op.destinations)]
            case _:
                memory = op.operands, op.operands
        places = [value for side in memory for value in side if value in self.views]
        element = type(op) in ELEMENTS and bool(places)
        for operand in op.operands:
            if operand not in self.views and operand not in harmless and not element:
                self.require(self.number(operand), value_name(operand), op)
        if places:
            self.plan.views[op] = self._uses(op, memory[0]), self._uses(op, memory[1])

    def _uses(self, op: Operation, values: Sequence[SSAValue]) -> list[Use | None]:
        return [self._use(op, value) if value in self.views else None for value in values]

    def _use(self, op: Operation, value: SSAValue) -> Use:
        view = self.views[value]
        offsets = [self.number(each) for each in op.operands if each not in self.views] if type(op) in ELEMENTS else []
        follows = isinstance(op, InstructionOp) or type(op) in ELEMENTS
        # The extents of a whole view are not looked at, as those of its parts are.
        if not follows or isinstance(value.type, TensorViewType) or any(not each.repeats for each in offsets):
            return Use(view.root, None, False)
        if view.repeats or view.moves is not None:
            self.require(joined((view.form, view.offset, *offsets)), value_name(value), op)
        return Use(view.root, view.moves, view.repeats)


def _is_view(type_: Attribute) -> bool:
    return isinstance(type_, PtrType | TensorViewType | PartitionViewType) or is_global(type_)
