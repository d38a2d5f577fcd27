"""Which instructions of a pipe may end before those in front of them.

The vector pipe starts its instructions in order, but one may write its results before the one in front of it has
written its own: only a barrier of the pipe, or a flag, keeps them apart. All that stand in front have read their
sources by then. In the same way a store to global memory may end before the one in front of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from tilewright.arch.chip import load_chip
from tilewright.dialects.pto import TStoreOp
from tilewright.execution.instructions import Instruction
from tilewright.execution.races.touches import touches_of

_MOST_AHEAD = 4
"""How many instructions are looked at: what overtakes, overtakes what it depends on, which is near."""


def may_end_next(queue: Sequence[Instruction]) -> Iterator[int]:
    """Give the positions of the instructions in a queue that may be the next to end; the first one always may."""
    yield 0
    if not _may_wait(queue[0]):
        return
    for position, instruction in islice(enumerate(queue), 1, _MOST_AHEAD):
        if not _may_wait(instruction):
            return
        if not any(_overwrites(instruction, queue[earlier]) for earlier in range(position)):
            yield position


def _may_wait(instruction: Instruction) -> bool:
    """Whether an instruction may end behind, or before, others of its kind on its pipe."""
    chip = load_chip()
    stores = instruction.pipe in chip.reordering_store_pipes and isinstance(instruction.op, TStoreOp)
    return (instruction.pipe in chip.overlapping_pipes or stores) and _computes(instruction)


def _computes(instruction: Instruction) -> bool:
    """Whether an instruction has results, and nothing that orders the pipe."""
    orders = instruction.flag is not None or instruction.channel is not None or instruction.signal is not None
    return bool(instruction.writes) and not orders


def _overwrites(later: Instruction, earlier: Instruction) -> bool:
    """Whether an instruction writes what an earlier one reads."""
    reads = [touch for touch in touches_of(earlier, 0) if not touch.writes]
    return any(
        touch.writes and touch.memory == read.memory and touch.region.overlaps(read.region)
        for touch in touches_of(later, 0)
        for read in reads
    )
