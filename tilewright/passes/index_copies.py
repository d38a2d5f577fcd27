"""Index expressions of a loop body, computed again for another loop variable."""

from __future__ import annotations

from xdsl.builder import Builder
from xdsl.ir import Block, Operation, OpResult, SSAValue


class IndexCopier:
    """Copies index expressions out of the old loop body, with another loop variable."""

    def __init__(self, builder: Builder, old: SSAValue | None, new: SSAValue, inside: Block | None) -> None:
        self.builder = builder
        self.variable = new
        self.inside = inside
        self.values: dict[SSAValue, SSAValue] = {} if old is None else {old: new}

    def copy(self, value: SSAValue) -> SSAValue:
        """`value` as it is for the new loop variable."""
        if value in self.values:
            return self.values[value]
        owner = value.owner
        if isinstance(owner, Operation) and owner.parent is self.inside and self.inside is not None:
            assert isinstance(value, OpResult)
            operands = [self.copy(operand) for operand in owner.operands]
            clone = owner.clone(dict(zip(owner.operands, operands, strict=True)))
            self.values[value] = self.builder.insert(clone).results[value.index]
            return self.values[value]
        return value
