"""How often something happens, as far as the text of a program says."""

from __future__ import annotations

from dataclasses import dataclass

from xdsl.dialects import scf
from xdsl.ir import Operation

from tilewright.dialects.diagnostics import location_of
from tilewright.dialects.names import value_name
from tilewright.dialects.tile import PipelineOp
from tilewright.passes.analysis.index_forms import Forms


@dataclass(frozen=True, slots=True)
class Count:
    """A number of times, or the reason why it is unknown."""

    value: int | None
    reason: str = ""

    def times(self, other: Count) -> Count:
        """Something that happens this often each time; nothing at all is known whatever it is multiplied with."""
        if 0 in (self.value, other.value):
            return Count(0)
        if self.value is None or other.value is None:
            return self if self.value is None else other
        return Count(self.value * other.value)

    def plus(self, other: Count) -> Count:
        """Both together."""
        if self.value is None or other.value is None:
            return self if self.value is None else other
        return Count(self.value + other.value)

    def __str__(self) -> str:
        return f"unknown: {self.reason}" if self.value is None else str(self.value)


ONCE = Count(1)
NEVER = Count(0)


def runs_of_body(op: Operation, forms: Forms) -> Count:
    """How often the code within an op runs each time that the op does."""
    match op:
        case scf.ForOp() | PipelineOp():
            return trips(op, forms)
        case scf.IfOp():
            return Count(None, f"a branch of the scf.if at {location_of(op)}")
        case scf.WhileOp():
            return Count(None, f"the scf.while at {location_of(op)} runs as long as its condition holds")
        case _:
            return ONCE


def trips(loop: scf.ForOp | PipelineOp, forms: Forms) -> Count:
    """How many iterations a loop has, where its bounds and its step are constants."""
    numbers: list[int] = []
    for name, value in (("lower bound", loop.lb), ("upper bound", loop.ub), ("step", loop.step)):
        number = forms.of(value).constant
        if number is None:
            return Count(None, f"{value_name(value)}, the {name} of the loop at {location_of(loop)}, is not constant")
        numbers.append(number)
    low, high, step = numbers
    if step < 1:
        return Count(None, f"the step of the loop at {location_of(loop)} is not positive")
    return Count(max(0, -(-(high - low) // step)))
