"""What conditions are known to be in the first turn of a loop."""

from __future__ import annotations

from dataclasses import dataclass, field

from xdsl.dialects import arith, scf
from xdsl.ir import Operation, SSAValue

from tilewright.dialects.constants import constant_value
from tilewright.dialects.tile import PipelineOp
from tilewright.passes.analysis.index_forms import Form, Forms

_UNSIGNED = range(6, 10)
"""Predicates of `arith.cmpi` that take numbers for unsigned; four less is the same for signed ones."""


@dataclass
class FirstTurns:
    """Evaluates conditions in the first turn of loops."""

    _forms: Forms = field(default_factory=Forms)

    def runs(self, loop: scf.ForOp | PipelineOp) -> bool:
        """Whether a loop is known to have a first turn."""
        distance = self._forms.of(loop.ub).minus(self._forms.of(loop.lb))
        return not distance.terms and distance.low > 0

    def excludes(self, loop: scf.ForOp | PipelineOp, op: Operation) -> bool:
        """Whether `op`, within a loop, stands in an arm of a branch that the first turn does not take."""
        while (around := op.parent_op()) is not None and around is not loop:
            if isinstance(around, scf.IfOp):
                taken = self.value(around.cond, loop)
                if taken is not None and op.parent is (around.false_region if taken else around.true_region).block:
                    return True
            op = around
        return False

    def value(self, condition: SSAValue, loop: scf.ForOp | PipelineOp) -> bool | None:
        """A condition in the first turn; None where it is not known."""
        if (number := constant_value(condition)) is not None:
            return bool(number)
        match condition.owner:
            case arith.AndIOp(lhs=lhs, rhs=rhs):
                both = {self.value(lhs, loop), self.value(rhs, loop)}
                return False if False in both else True if both == {True} else None
            case arith.OrIOp(lhs=lhs, rhs=rhs):
                both = {self.value(lhs, loop), self.value(rhs, loop)}
                return True if True in both else False if both == {False} else None
            case arith.XOrIOp(lhs=lhs, rhs=rhs):
                one, other = self.value(lhs, loop), self.value(rhs, loop)
                return None if one is None or other is None else one is not other
            case arith.CmpiOp() as op:
                return self._compared(op, loop)
            case _:
                return None

    def _compared(self, op: arith.CmpiOp, loop: scf.ForOp | PipelineOp) -> bool | None:
        start: dict[SSAValue, Form] = {loop.body.block.args[0]: self._forms.of(loop.lb)}
        left, right = (self._forms.of(each).substituted(start) for each in (op.lhs, op.rhs))
        predicate = op.predicate.value.data
        if predicate in _UNSIGNED:
            if left.terms or right.terms or left.low < 0 or right.low < 0:
                return None
            predicate -= 4
        return _sign(predicate, left.minus(right))


def _sign(predicate: int, difference: Form) -> bool | None:
    """Whether a difference is what a signed predicate of `arith.cmpi` asks for, where that is known."""
    if difference.terms:
        return None
    low, high = difference.low, difference.high
    always, never = {
        0: (low == high == 0, low > 0 or high < 0),
        1: (low > 0 or high < 0, low == high == 0),
        2: (high < 0, low >= 0),
        3: (high <= 0, low > 0),
        4: (low > 0, high <= 0),
        5: (low >= 0, high < 0),
    }[predicate]
    return True if always else False if never else None
