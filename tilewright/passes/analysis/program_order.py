"""Positions of ops in program order, and over which of them a buffer holds data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from xdsl.dialects import scf
from xdsl.ir import Block, Operation

from tilewright.dialects.tile import PipelineOp

LOOPS = (scf.ForOp, scf.WhileOp, PipelineOp)


@dataclass(frozen=True)
class ProgramOrder:
    """The ops under one op, numbered as they stand in the text; `last` is the number of the last op inside each."""

    first: Mapping[Operation, int]
    last: Mapping[Operation, int]

    @classmethod
    def of(cls, root: Operation) -> ProgramOrder:
        """Number all ops under `root`."""
        first: dict[Operation, int] = {}
        last: dict[Operation, int] = {}
        for position, op in enumerate(root.walk()):
            first[op] = position
            last[op] = position
        for op in reversed(list(first)):
            parent = op.parent_op()
            if parent is not None and parent in last:
                last[parent] = max(last[parent], last[op])
        return cls(first, last)

    def extent(self, users: Iterable[Operation], home: Block | None) -> tuple[int, int] | None:
        """From the first to the last of `users`; a loop between `home` and a user counts as a whole.

        None when there are no users.
        """
        positions: list[int] = []
        for user in users:
            outermost = outermost_loop(user, home)
            positions += [self.first[outermost], self.last[outermost]]
        return (min(positions), max(positions)) if positions else None


def outermost_loop(op: Operation, home: Block | None = None) -> Operation:
    """The outermost loop around `op` that stands below `home` (anywhere when None); `op` itself without one."""
    found = op
    current: Operation | None = op
    while current is not None and (home is None or current.parent is not home):
        current = current.parent_op()
        if isinstance(current, LOOPS):
            found = current
    return found
