"""Decoding of regions: one block, or several that branch to each other."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias

from xdsl.dialects import cf, func, scf
from xdsl.ir import Block, Operation, Region, SSAValue

from tilewright.execution.instructions import Instruction
from tilewright.execution.steps import Code, Environment, Slots, Step, assign, execute, values_of

Handed: TypeAlias = Sequence[Any]
"""The values that a region hands to the operation around it."""


class Decoder(Protocol):
    """Decodes the operations of one function."""

    @property
    def slots(self) -> Slots:
        """Where the values of the function are kept."""
        ...

    def step(self, op: Operation) -> Step:
        """Decode an operation that ends no block."""
        ...


@dataclass(frozen=True, slots=True)
class _Target:
    """Where a branch goes: the number of a block, and what its arguments become."""

    block: int
    arguments: tuple[int, ...]
    values: tuple[int, ...]


_Jump: TypeAlias = Callable[[Environment], _Target | None]
"""Chooses where to go at the end of a block; None leaves the region."""


class Body:
    """A decoded region.

    Attributes:
        arguments: slots of the arguments of its first block.
    """

    def __init__(self, region: Region, op: Operation, decoder: Decoder) -> None:
        blocks = list(region.blocks)
        numbers = {block: number for number, block in enumerate(blocks)}
        self.arguments = decoder.slots.many(blocks[0].args) if blocks else ()
        self._codes = [decode_block(block, op, decoder) for block in blocks]
        self._jumps = [_decode_jump(block, numbers, decoder.slots) for block in blocks]
        self._handed = [_handed_on(block, decoder.slots) for block in blocks]

    def run(self, environment: Environment) -> Generator[Instruction, None, Handed]:
        """Execute from the first block on; return what the region hands on."""
        current = 0
        if not self._codes:
            return ()
        while True:
            yield from execute(self._codes[current], environment)
            target = self._jumps[current](environment)
            if target is None:
                return values_of(environment, self._handed[current])
            assign(environment, target.arguments, values_of(environment, target.values))
            current = target.block


def decode_block(block: Block, op: Operation, decoder: Decoder) -> Code:
    """Decode all operations of a block but the one that ends it."""
    steps = [decoder.step(each) for each in block.ops if not isinstance(each, _TERMINATORS)]
    return Code(op, steps, decoder.slots.frame)


def _handed_on(block: Block, slots: Slots) -> tuple[int, ...]:
    last = block.last_op
    return slots.many(last.operands) if isinstance(last, _LEAVING) else ()


def _leave(_environment: Environment) -> None:
    """Leave the region: its block branches nowhere."""


def _decode_jump(block: Block, numbers: Mapping[Block, int], slots: Slots) -> _Jump:
    def target(successor: Block, values: Sequence[SSAValue]) -> _Target:
        return _Target(numbers[successor], slots.many(successor.args), slots.many(values))

    match block.last_op:
        case cf.BranchOp() as op:
            only = target(op.successor, op.arguments)
            return lambda environment: only
        case cf.ConditionalBranchOp() as op:
            condition = slots[op.cond]
            taken, other = target(op.then_block, op.then_arguments), target(op.else_block, op.else_arguments)
            return lambda environment: taken if environment[condition] else other
        case cf.SwitchOp() as op:
            flag = slots[op.flag]
            values = () if op.case_values is None else op.case_values.get_values()
            blocks = zip(values, op.case_blocks, op.case_operand, strict=True)
            cases = {value: target(successor, operands) for value, successor, operands in blocks}
            default = target(op.default_block, op.default_operands)
            return lambda environment: cases.get(environment[flag], default)
        case _:
            return _leave


_LEAVING = (func.ReturnOp, scf.YieldOp, scf.ConditionOp)
_TERMINATORS = (*_LEAVING, cf.BranchOp, cf.ConditionalBranchOp, cf.SwitchOp)
