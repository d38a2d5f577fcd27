"""Decoded `pto` code: each operation as a Python closure over numbered slots.

An operation in a loop is decoded once and executed often: operands become slots of a list, and what
the types say (sizes, layouts, pipes) is computed before the first iteration.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, TypeAlias

from xdsl.ir import Operation, SSAValue

from tilewright.execution.frames import Frame
from tilewright.execution.instructions import Instruction

Environment: TypeAlias = list[Any]
"""The value in each slot: integers, floats, pointers, views, buffers."""


@dataclass(frozen=True, slots=True)
class Compute:
    """A step that only fills slots."""

    run: Callable[[Environment], None]


@dataclass(frozen=True, slots=True)
class Emit:
    """A step that is one instruction."""

    run: Callable[[Environment], Instruction]


@dataclass(frozen=True, slots=True)
class Control:
    """A step that executes other steps, or takes back what an instruction reads."""

    run: Callable[[Environment], Iterator[Instruction]]


Step: TypeAlias = Compute | Emit | Control


@dataclass(frozen=True, slots=True)
class Code:
    """Steps in order.

    Attributes:
        op: the operation around them.
        steps: the steps.
        frame: counts them.
    """

    op: Operation
    steps: Sequence[Step]
    frame: Frame


class Slots:
    """Numbers the values of one function in the order in which they are first named.

    Attributes:
        frame: what holds for the whole walk.
    """

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self._slots: dict[SSAValue, int] = {}

    def __getitem__(self, value: SSAValue) -> int:
        return self._slots.setdefault(value, len(self._slots))

    def __len__(self) -> int:
        return len(self._slots)

    def many(self, values: Sequence[SSAValue]) -> tuple[int, ...]:
        """Give the slot of each value."""
        return tuple(self[value] for value in values)

    def given(self, values: Sequence[SSAValue | None]) -> tuple[int | None, ...]:
        """Give the slot of each value that there is."""
        return tuple(None if value is None else self[value] for value in values)


Decode: TypeAlias = Callable[[Any, Slots], Step]
"""Decodes an operation without regions."""


def reader(slots: Sequence[int]) -> Callable[[Environment], tuple[Any, ...]]:
    """Give what reads slots, each time the same ones."""
    match slots:
        case []:
            return lambda environment: ()
        case [slot]:
            return lambda environment: (environment[slot],)
        case _:
            return itemgetter(*slots)


def execute(code: Code, environment: Environment) -> Iterator[Instruction]:
    """Run the steps in order and give the instructions among them.

    Raises:
        DiagnosticError: TW0415 when the walk takes too long, and what the steps raise.
    """
    # One more for an empty loop, which also takes its time.
    code.frame.count(len(code.steps) + 1, code.op)
    for step in code.steps:
        if isinstance(step, Emit):
            yield step.run(environment)
        elif isinstance(step, Compute):
            step.run(environment)
        else:
            yield from step.run(environment)


def assign(environment: Environment, slots: Sequence[int], values: Sequence[Any]) -> None:
    """Fill slots that were all read before any is written."""
    for slot, value in zip(slots, values, strict=True):
        environment[slot] = value


def values_of(environment: Environment, slots: Sequence[int]) -> list[Any]:
    """Read slots."""
    return [environment[slot] for slot in slots]
