"""The accesses to buffers as a function runs them: loops taken twice, branches one after the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias, cast

from xdsl.dialects import scf
from xdsl.ir import Operation, Region, SSAValue

from tilewright.dialects.pto import AllocMultiTileOp, AllocTileOp, InstructionOp
from tilewright.dialects.pto.conversion import TSetValOp
from tilewright.dialects.pto.core_pipes import PopOp
from tilewright.dialects.pto.pipe_handles import TPopOp
from tilewright.dialects.pto.tile_aliases import SetValidShapeOp
from tilewright.dialects.pto.tile_windows import TInsertFpOp, TInsertOp
from tilewright.passes.lint.buffers import NAMING_OPS, is_whole, roots
from tilewright.passes.lint.ranges import trip_count

Step: TypeAlias = tuple[Operation, int]
"""A loop and its turn, or a branch and its case."""

_MOST = 20_000
"""Ops of one run of a function; nests of loops that take more are not looked at."""

_TURNS = 2
"""One turn shows what is written and read, a second what meets the turn before."""

_CHOICES = (scf.IfOp, scf.IndexSwitchOp)
_PARTIAL = (TInsertOp, TInsertFpOp, TSetValOp)


@dataclass(frozen=True)
class Access:
    """What one run of an op does with one buffer.

    Attributes:
        op: the op.
        path: the turns of loops and the cases of branches that it stands in, outermost first.
        buffer: the allocation.
        reads: whether contents are read.
        writes: whether contents are written.
        whole: whether what is written replaces all that was there.
        scratch: whether the buffer is room to work in, whose contents nobody wants.
    """

    op: Operation
    path: tuple[Step, ...]
    buffer: SSAValue
    reads: bool
    writes: bool
    whole: bool
    scratch: bool

    def excludes(self, other: Access) -> bool:
        """Whether a run has one of the two only: they stand in two cases of one branch."""
        mine, others = next(((a, b) for a, b in zip(self.path, other.path, strict=False) if a != b), (None, None))
        return mine is not None and others is not None and mine[0] is others[0] and isinstance(mine[0], _CHOICES)

    def in_turn_of(self, other: Access) -> bool:
        """Whether this access stands in the same turn of every loop around `other`."""
        loops = [step for step in other.path if isinstance(step[0], scf.ForOp | scf.WhileOp)]
        return all(step in self.path for step in loops)

    def runs_with(self, other: Access) -> bool:
        """Whether every run that has `other` has this access, too."""
        shared = next(
            (index for index, (a, b) in enumerate(zip(self.path, other.path, strict=False)) if a != b),
            min(len(self.path), len(other.path)),
        )
        return all(_always_runs(*step) for step in self.path[shared:])


def _always_runs(op: Operation, turn: int) -> bool:
    """Whether a run that comes to a loop or a branch comes to this turn or case of it."""
    if isinstance(op, scf.ForOp):
        return (trip_count(op) or 0) > turn
    return not isinstance(op, (*_CHOICES, scf.WhileOp))


def accesses_of(function: Operation) -> list[Access] | None:
    """All accesses to allocations in the order of a run; None for what has jumps or takes too many ops."""
    run = _Run()
    return run.accesses if all(run.take(region, ()) for region in function.regions) else None


class _Run:
    """One run of a function, op by op."""

    def __init__(self) -> None:
        self.accesses: list[Access] = []
        self._ops = 0

    def take(self, region: Region, path: tuple[Step, ...]) -> bool:
        """Run a region; False when it cannot be followed."""
        if len(region.blocks) > 1:
            return False
        for block in region.blocks:
            for op in block.ops:
                self._ops += 1
                if self._ops > _MOST:
                    return False
                self.accesses += _accesses(op, path)
                if not all(self.take(inner, (*path, step)) for inner, step in _runs(op)):
                    return False
        return True


def _runs(op: Operation) -> Sequence[tuple[Region, Step]]:
    """The regions of an op in the order in which they run, those of a loop twice."""
    if isinstance(op, scf.ForOp | scf.WhileOp):
        count = trip_count(op) if isinstance(op, scf.ForOp) else None
        turns = _TURNS if count is None else min(count, _TURNS)
        return [(region, (op, turn)) for turn in range(turns) for region in op.regions]
    return [(region, (op, case)) for case, region in enumerate(op.regions)]


def _accesses(op: Operation, path: tuple[Step, ...]) -> Iterator[Access]:
    if isinstance(op, InstructionOp):
        scratch = cast("SSAValue | None", getattr(op, "tmp", None))
        touched = dict.fromkeys((*op.sources, *op.destinations))
        several = isinstance(op, _PARTIAL) or len(op.destinations) != len(set(op.destinations))
        for value in touched:
            reads, writes = value in op.sources, value in op.destinations
            yield from _of_value(op, path, value, reads, writes, value is scratch and not reads, not several)
    elif not isinstance(op, (*NAMING_OPS, scf.YieldOp, SetValidShapeOp)) and not op.regions:
        pops = isinstance(op, PopOp | TPopOp)
        for value in op.operands:
            yield from _of_value(op, path, value, not pops, pops, False, False)


def _of_value(
    op: Operation, path: tuple[Step, ...], value: SSAValue, reads: bool, writes: bool, scratch: bool, whole: bool
) -> Iterator[Access]:
    origins = roots(value)
    for root in origins:
        if isinstance(root.owner, AllocTileOp | AllocMultiTileOp):
            complete = whole and writes and len(origins) == 1 and is_whole(value)
            yield Access(op, path, root, reads, writes, complete, scratch)
