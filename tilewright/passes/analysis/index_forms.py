"""What is known of an index: a sum of other values times constants, and a range around it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from xdsl.dialects import arith, scf
from xdsl.ir import Block, BlockArgument, Region, SSAValue

from tilewright.dialects.constants import constant_value
from tilewright.dialects.task import BlockIndexOp
from tilewright.dialects.tile import PipelineOp

UNBOUNDED = 1 << 62
"""Further than any index goes."""

Terms = Mapping[SSAValue, int]


@dataclass(frozen=True, slots=True)
class Form:
    """An index: the sum of `terms`, each a value times its factor, plus something from `low` to `high`."""

    terms: Terms
    low: int
    high: int

    @classmethod
    def number(cls, value: int) -> Form:
        """A constant."""
        return cls({}, value, value)

    @classmethod
    def symbol(cls, value: SSAValue) -> Form:
        """A value of which nothing is known but that it is the same wherever it is used."""
        return cls({value: 1}, 0, 0)

    @property
    def key(self) -> tuple[object, ...]:
        """What makes two forms the same."""
        return (frozenset(self.terms.items()), self.low, self.high)

    @property
    def constant(self) -> int | None:
        """The number that the index is, None where that varies."""
        return self.low if not self.terms and self.low == self.high else None

    def plus(self, other: Form) -> Form:
        """The sum of two indices."""
        terms = dict(self.terms)
        for value, factor in other.terms.items():
            terms[value] = terms.get(value, 0) + factor
        kept = {value: factor for value, factor in terms.items() if factor}
        return Form(kept, _clamp(self.low + other.low), _clamp(self.high + other.high))

    def times(self, factor: int) -> Form:
        """The index times a constant."""
        ends = (_clamp(self.low * factor), _clamp(self.high * factor))
        terms = {value: known * factor for value, known in self.terms.items()} if factor else {}
        return Form(terms, min(ends), max(ends))

    def minus(self, other: Form) -> Form:
        """The difference of two indices."""
        return self.plus(other.times(-1))

    def substituted(self, known: Mapping[SSAValue, Form]) -> Form:
        """The index with the values that are known put in."""
        result = Form({}, self.low, self.high)
        for value, factor in self.terms.items():
            result = result.plus(known.get(value, Form.symbol(value)).times(factor))
        return result


ANYTHING = Form({}, -UNBOUNDED, UNBOUNDED)
"""An index of which nothing is known."""


def _clamp(value: int) -> int:
    return max(-UNBOUNDED, min(UNBOUNDED, value))


@dataclass
class Forms:
    """The forms of indices.

    Attributes:
        inside: the code that is looked at; values from outside are symbols, since each has one value as long as the
            code runs. None for all code of a function: there the variables of loops and unknown values are symbols.
        blocks: how many blocks run the code, where that is known.
    """

    inside: Region | None = None
    blocks: int | None = None
    _known: dict[SSAValue, Form] = field(default_factory=dict[SSAValue, Form])
    _within: dict[Block, bool] = field(default_factory=dict[Block, bool])

    def of(self, value: SSAValue) -> Form:
        """The form of an index."""
        if (known := self._known.get(value)) is None:
            known = self._known[value] = self._find(value)
        return known

    def is_free(self, value: SSAValue) -> bool:
        """Whether the value comes from outside, or is an argument of the code."""
        if self.inside is None:
            return False
        block = value.owner if isinstance(value.owner, Block) else value.owner.parent
        if block is None or block.parent is self.inside:
            return block is None or isinstance(value, BlockArgument)
        if block not in self._within:
            self._within[block] = self.inside.is_ancestor(block)
        return not self._within[block]

    def _find(self, value: SSAValue) -> Form:
        if (number := constant_value(value)) is not None:
            return Form.number(number)
        if self.is_free(value):
            return Form.symbol(value)
        match value.owner:
            case arith.AddiOp() as op:
                return self.of(op.lhs).plus(self.of(op.rhs))
            case arith.SubiOp() as op:
                return self.of(op.lhs).minus(self.of(op.rhs))
            case arith.MuliOp() as op:
                return self._product(value, self.of(op.lhs), self.of(op.rhs))
            case arith.IndexCastOp() as op:
                return self.of(op.input)
            case BlockIndexOp() if self.blocks is not None:
                return Form({}, 0, self.blocks - 1)
            case scf.ForOp() | PipelineOp():
                return self._unknown(value)
            case Block():
                return self._loop_variable(value)
            case _:
                return self._unknown(value)

    def _product(self, value: SSAValue, left: Form, right: Form) -> Form:
        if (factor := right.constant) is not None:
            return left.times(factor)
        if (factor := left.constant) is not None:
            return right.times(factor)
        return self._unknown(value)

    def _loop_variable(self, value: SSAValue) -> Form:
        loop = value.owner.parent_op()
        if self.inside is None or not isinstance(loop, scf.ForOp | PipelineOp) or value is not loop.body.block.args[0]:
            return self._unknown(value)
        low, high, step = (self.of(bound).constant for bound in (loop.lb, loop.ub, loop.step))
        if low is None or high is None or step is None or step < 1:
            return ANYTHING
        return Form({}, low, max(low, high - 1 - (high - 1 - low) % step))

    def _unknown(self, value: SSAValue) -> Form:
        # Within the code of a task the value differs from task to task: it is no common ground.
        return Form.symbol(value) if self.inside is None else ANYTHING
