"""Decoded `pto` code: each operation as a Python closure over numbered slots.

An operation in a loop is decoded once and executed often: operands become slots of a list, and what
the types say (sizes, layouts, pipes) is computed before the first iteration.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from xdsl.ir import SSAValue

from tilewright.execution.instructions import Instruction

Environment: TypeAlias = list[Any]
"""The value in each slot: integers, pointers, views, buffers."""


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
    """A step that executes other steps."""

    run: Callable[[Environment], Iterator[Instruction]]


Step: TypeAlias = Compute | Emit | Control
Code: TypeAlias = Sequence[Step]


class Slots:
    """Numbers the values of one function in the order in which they are first named."""

    def __init__(self) -> None:
        self._slots: dict[SSAValue, int] = {}

    def __getitem__(self, value: SSAValue) -> int:
        return self._slots.setdefault(value, len(self._slots))

    def __len__(self) -> int:
        return len(self._slots)

    def many(self, values: Sequence[SSAValue]) -> tuple[int, ...]:
        """Give the slot of each value."""
        return tuple(self[value] for value in values)


def execute(code: Code, environment: Environment) -> Iterator[Instruction]:
    """Run the steps in order and give the instructions among them."""
    for step in code:
        if isinstance(step, Compute):
            step.run(environment)
        elif isinstance(step, Emit):
            yield step.run(environment)
        else:
            yield from step.run(environment)


def assign(environment: Environment, slots: Sequence[int], values: Sequence[Any]) -> None:
    """Fill slots that were all read before any is written."""
    for slot, value in zip(slots, values, strict=True):
        environment[slot] = value
