"""How a program depends on the turns of its loops: one walk over it, without running it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from xdsl.dialects import func, scf
from xdsl.ir import Block, Operation, Region, SSAValue
from xdsl.traits import SymbolTable

from tilewright.dialects.names import value_name
from tilewright.dialects.pto import KernelKind
from tilewright.dialects.pto.conversion import TGetValOp
from tilewright.dialects.pto.core_ops import (
    EventIdArrayGetOp,
    LoadScalarOp,
    SectionCubeOp,
    SectionVectorOp,
    SetValidShapeOp,
)
from tilewright.dialects.pto.core_sync import CoreSyncOp
from tilewright.dialects.pto.pipe_ends import PipeUserOp
from tilewright.dialects.upstream import ExecuteRegionOp, IndexCastUIOp
from tilewright.execution.races.loops import LoopMarkOp
from tilewright.execution.races.proof_loops import owner_of
from tilewright.execution.races.proof_memory import MemoryAnalysis
from tilewright.execution.races.proof_plan import Plan, View
from tilewright.execution.races.proof_scalars import chosen, computed
from tilewright.execution.races.proof_values import Number, joined, unknown

_MATH = ("arith", "math")


def analysed(
    function: func.FuncOp, section: KernelKind | None, numbers: Mapping[SSAValue, Number], given: Sequence[object]
) -> Plan:
    """Say how a function depends on the turns of its loops.

    Args:
        function: that a core runs.
        section: the kind of core whose sections it runs; None for all.
        numbers: what is known of the scalar arguments.
        given: the arguments of a run.
    """
    analysis = _Analysis(Plan(), section)
    analysis.values.update(numbers)
    analysis.take_views(function.args, given)
    return analysis.function(function)


class _Analysis(MemoryAnalysis):
    """Goes through the program in its order."""

    def __init__(self, plan: Plan, section: KernelKind | None) -> None:
        super().__init__(plan)
        self._section = section
        self._called: dict[func.FuncOp, Operation] = {}

    def function(self, function: func.FuncOp) -> Plan:
        """Analyse the function that the core runs."""
        self._called[function] = function
        self.body(function.body, function)
        self.plan.requirement = self.required()
        self.plan.reason = self.refused[0] if self.refused else None
        return self.plan

    def body(self, region: Region, op: Operation) -> Sequence[SSAValue]:
        """Analyse a region; give what it hands on."""
        if len(region.blocks) > 1:
            self.refuse("branches between blocks are not followed", op)
            return ()
        if not region.blocks:
            return ()
        self._block(region.block)
        last = region.block.last_op
        return last.operands if isinstance(last, scf.YieldOp | func.ReturnOp) else ()

    def _block(self, block: Block) -> None:
        for op in block.ops:
            self._op(op)

    def _op(self, op: Operation) -> None:
        match op:
            case LoopMarkOp() | scf.YieldOp() | func.ReturnOp():
                pass
            case scf.ForOp():
                self.loop(op)
            case scf.IfOp() | scf.IndexSwitchOp():
                self._branch(op)
            case ExecuteRegionOp():
                self._hand_on(op, self.body(op.region, op))
            case SectionCubeOp() | SectionVectorOp():
                kind = KernelKind.CUBE if isinstance(op, SectionCubeOp) else KernelKind.VECTOR
                if self._section in (None, kind):
                    self.body(op.body, op)
            case func.CallOp():
                self._call(op)
            case _:
                self._plain(op)

    def _plain(self, op: Operation) -> None:
        """Analyse an operation whose regions are not entered."""
        match op:
            case scf.WhileOp():
                self.refuse("how often scf.while runs is not followed", op)
            case PipeUserOp() | CoreSyncOp():
                self.refuse(f"{op.name} waits for another core", op)
            case EventIdArrayGetOp():
                self.values[op.result] = unknown("event ids that are kept in an array are not followed", op)
            case _ if op.dialect_name() in _MATH or isinstance(op, IndexCastUIOp):
                self._compute(op)
            case _:
                self._leaf(op)

    def _compute(self, op: Operation) -> None:
        found = computed(op, [self.number(operand) for operand in op.operands], self.plan.turns)
        for result in op.results:
            self.values[result] = found

    def _branch(self, op: scf.IfOp | scf.IndexSwitchOp) -> None:
        condition = self.number(op.operands[0])
        self.require(condition, "the condition", op)
        handed = [values for region in op.regions if (values := self.body(region, op)) or not op.results]
        for position, result in enumerate(op.results):
            self._choose(op, result, condition, [values[position] for values in handed])

    def _choose(self, op: Operation, result: SSAValue, condition: Number, choices: Sequence[SSAValue]) -> None:
        if all(choice in self.views for choice in choices):
            places = [self.views[choice].place for choice in choices]
            follows = condition.repeats and all(place.repeats for place in places)
            self.views[result] = View(None, joined((condition, *places)) if follows else unknown("a choice", op))
            return
        numbers = [condition, *(self.number(choice) for choice in choices)]
        failed = next((number for number in numbers if number.reason is not None), None)
        self.values[result] = failed or chosen(numbers) or unknown("the branches hand on what changes differently", op)

    def _hand_on(self, op: Operation, handed: Sequence[SSAValue]) -> None:
        for result, value in zip(op.results, handed, strict=True):
            if value in self.views:
                self.views[result] = self.views[value]
            else:
                self.values[result] = self.number(value)

    def _call(self, op: func.CallOp) -> None:
        callee = SymbolTable.lookup_symbol(op, op.callee)
        if not isinstance(callee, func.FuncOp) or callee.is_declaration:
            self.refuse(f"{op.callee} has no definition here", op)
            return
        if self._called.setdefault(callee, op) is not op:
            self.refuse(f"{op.callee} is called from more than one place", op)
            return
        # Each call of a function has loops of its own, so only one is followed.
        for argument, value in zip(callee.args, op.operands, strict=True):
            if value in self.views:
                self.views[argument] = self.views[value]
            else:
                self.values[argument] = self.number(value)
        self._hand_on(op, self.body(callee.body, callee))

    def _leaf(self, op: Operation) -> None:
        if isinstance(op, SetValidShapeOp) and _loop_of(op) not in (None, _loop_of(owner_of(op.source))):
            self.refuse(f"{value_name(op.source)} keeps the valid part that another turn has set", op)
        if self.view(op):
            return
        self.sink(op)
        inputs = [self.number(operand) for operand in op.operands if operand not in self.views]
        for result in op.results:
            if isinstance(op, LoadScalarOp | TGetValOp):
                self.values[result] = unknown(f"{op.name} reads {value_name(result)} from memory", op)
            elif all(number.repeats for number in inputs):
                self.values[result] = joined(inputs)
            else:
                self.values[result] = unknown(f"what {op.name} makes depends on the turn", op)


def _loop_of(op: Operation) -> Operation | None:
    parent = op.parent_op()
    while parent is not None and not isinstance(parent, scf.ForOp):
        parent = parent.parent_op()
    return parent
