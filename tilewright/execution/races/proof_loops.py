"""What a loop does to what it hands from turn to turn: it adds the same each time, or it has to be watched."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from math import ceil

from xdsl.dialects import scf
from xdsl.ir import Block, Operation, Region, SSAValue

from tilewright.dialects.names import value_name
from tilewright.execution.races.proof_plan import Plan, View
from tilewright.execution.races.proof_values import Number, Reason, Turns, added, joined, known, scaled, unknown


class LoopAnalysis(ABC):
    """The part of the analysis that knows loops.

    Attributes:
        plan: what is filled in.
        values: what is known of scalars and of buffers on the chip.
        views: what is known of parts of global memory.
        refused: why nothing can be proved.
    """

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.values: dict[SSAValue, Number] = {}
        self.views: dict[SSAValue, View] = {}
        self.refused: list[Reason] = []
        self._required: list[Number] = []
        self._open: list[Operation] = []

    @abstractmethod
    def body(self, region: Region, op: Operation) -> Sequence[SSAValue]:
        """Analyse a region; give what it hands on."""

    def refuse(self, text: str, at: Operation) -> None:
        """Note that nothing can be proved."""
        self.refused.append(Reason(text, at))

    def require(self, number: Number, what: str, at: Operation) -> None:
        """Note that something orders or places instructions: it has to repeat."""
        if number.reason is not None:
            self.refuse(f"{what} of {at.name} is not followed: {number.reason.text}", number.reason.at)
        elif number.slopes:
            self.refuse(f"{what} of {at.name} changes from turn to turn and never repeats", at)
        else:
            self._required.append(number)

    def required(self) -> Number:
        """All that was required, taken together."""
        return joined(self._required)

    def number(self, value: SSAValue) -> Number:
        """What is known of a scalar or a buffer; of a part of global memory, when it always is the same."""
        if value not in self.views:
            return self.values.get(value, Number())
        place = self.views[value].place
        return unknown(f"{value_name(value)} moves", owner_of(value)) if place.slopes else place

    def loop(self, op: scf.ForOp) -> None:
        """Analyse a loop."""
        self.plan.around[op] = tuple(self._open)
        found = self._turns(op)
        if isinstance(found, Reason):
            self.refused.append(found)
            return
        trips, turn = found
        variable, *arguments = op.body.block.args
        self.values[variable] = added(self.number(op.lb), scaled(turn, self.number(op.step).exact or 1))
        self._open.append(op)
        steps = self._carry(op, arguments, turn)
        self._open.pop()
        for position, (result, initial) in enumerate(zip(op.results, op.iter_args, strict=True)):
            if position in steps:
                self.values[result] = added(self.number(initial), scaled(trips, steps[position]))
            elif initial in self.views:
                self.views[result] = self.views[arguments[position]]
            else:
                self.values[result] = self.values[arguments[position]]

    def _turns(self, op: scf.ForOp) -> tuple[Number, Number] | Reason:
        """How often a loop runs, and which turn it is in."""
        step, span = self.number(op.step), added(self.number(op.ub), self.number(op.lb), -1)
        if span.reason is not None or any(isinstance(each, str) for each in (*span.slopes, *span.periods, *span.heads)):
            self.plan.reported[op] = None
        if span.reason is not None:
            return Reason(f"how often this loop runs is not followed: {span.reason.text}", span.reason.at)
        size = step.exact
        if size is None or size < 1:
            return Reason("the step of this loop is no constant", op)
        if not span.slopes:
            self._required.append(span)
            exact = span.exact
            trips = joined([span]) if exact is None else known(max(0, ceil(exact / size)))
            high = None if span.high is None else Fraction(max(0, ceil(span.high / size) - 1))
            return trips, Number(None if high is None else Fraction(0), high)
        units = {name: slope / size for name, slope in span.slopes.items() if isinstance(name, str)}
        follows = len(units) == len(span.slopes) and all(each > 0 and each.denominator == 1 for each in units.values())
        if not follows or span.periods or span.low is None or span.low != span.high:
            return Reason("how often this loop runs is no sum of arguments", op)
        self._required.append(replace(span, slopes={}))
        fixed = ceil(span.low / size)
        self.plan.turns[op] = Turns(fixed, {name: int(each) for name, each in units.items()})
        return replace(known(fixed), slopes={**units}), replace(known(0), slopes={op: Fraction(1)})

    def _carry(self, op: scf.ForOp, arguments: Sequence[SSAValue], turn: Number) -> dict[int, int]:
        """Analyse the body; give by how much carried numbers grow in each turn, where that is all they do."""
        for argument, initial in zip(arguments, op.iter_args, strict=True):
            if initial in self.views:
                self.views[argument] = View(None, unknown(f"{value_name(argument)} moves", op))
        steps = self._steps(op, arguments) if arguments else {}
        watched = [each for each in range(len(arguments)) if arguments[each] not in self.views and each not in steps]
        lost: dict[int, Number] = {}
        while True:
            start = len(self._required), len(self.refused)
            for position, (argument, initial) in enumerate(zip(arguments, op.iter_args, strict=True)):
                if position in steps:
                    self.values[argument] = added(self.number(initial), scaled(turn, steps[position]))
                elif argument not in self.views:
                    self.values[argument] = lost.get(position, Number())
            handed = self.body(op.body, op)
            changing = {each: self._changing(op, handed, each) for each in watched if each not in lost}
            found = {position: number for position, number in changing.items() if number is not None}
            if not found:
                break
            lost |= found
            del self._required[start[0] :], self.refused[start[1] :]
        kept = [position for position in watched if position not in lost]
        self._required += [self.number(values[position]) for position in kept for values in (op.iter_args, handed)]
        self.plan.kept[op] = [arguments[position] for position in kept]
        return steps

    def _changing(self, op: scf.ForOp, handed: Sequence[SSAValue], position: int) -> Number | None:
        """Why a carried value cannot be watched; None when it can."""
        for number in (self.number(op.iter_args[position]), self.number(handed[position])):
            if number.reason is not None:
                return number
            if number.slopes:
                return unknown(f"{value_name(op.body.block.args[position + 1])} is another one in each turn", op)
        return None

    def _steps(self, op: scf.ForOp, arguments: Sequence[SSAValue]) -> dict[int, int]:
        """Find the numbers that grow: each of them taken for unknown, a turn adds something known to it."""
        start = len(self._required), len(self.refused)
        for argument in arguments:
            if argument not in self.views:
                self.values[argument] = Number(Fraction(0), Fraction(0), {argument: Fraction(1)})
        handed = self.body(op.body, op)
        del self._required[start[0] :], self.refused[start[1] :]
        steps: dict[int, int] = {}
        for position, (argument, value) in enumerate(zip(arguments, handed, strict=False)):
            found = self.values.get(value, Number())
            step = replace(found, slopes={}).exact
            if argument not in self.views and found.slopes == {argument: 1} and step is not None:
                steps[position] = step
        return steps


def owner_of(value: SSAValue) -> Operation:
    """The operation that makes a value, or that has it as an argument."""
    owner = value.owner
    if isinstance(owner, Block):
        parent = owner.parent_op()
        assert parent is not None
        return parent
    return owner
