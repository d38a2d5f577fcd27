"""A core as the public cost model has it: it orders instructions by raw addresses besides their flags.

There an instruction waits for the last one, on another pipe, that wrote the address of one of its sources, even where
no flag says so. An address is a number without its memory: the same number in Mat, in Right and in global memory (whose
pointers are all null, so that the first element of each tensor is at 0) is one address to it, which makes loads wait
for accumulators that they have nothing to do with. Address 0 stands for no address. Overwriting waits for nothing.
"""

from __future__ import annotations

from functools import cached_property

from tilewright.arch.chip import element_bits
from tilewright.execution.instructions import Instruction, Operand, TileBuffer
from tilewright.timing.core_run import CoreRun
from tilewright.timing.queues import Kind, Queue, Unit


class PublishedCoreRun(CoreRun):
    """A core whose instructions also wait for who wrote the addresses of their sources."""

    @cached_property
    def _written(self) -> dict[int, tuple[Queue, int]]:
        """By address, the queue of the last instruction that wrote it, and the cycle in which that was done."""
        return {}

    def step(self, unit: Unit, instruction: Instruction, issued: int) -> bool:
        """Execute an instruction once its sources are written."""
        if unit.kind is not Kind.WORK:
            return super().step(unit, instruction, issued)
        queue = unit.queue
        for source in instruction.reads:
            writer, end = self._written.get(_address(source), (queue, 0))
            if writer is not queue and end > queue.ready:
                queue.ready, queue.reason = end, "address"
        done = super().step(unit, instruction, issued)
        for target in instruction.writes:
            if (address := _address(target)) != 0:
                self._written[address] = (queue, queue.ready)
        return done


def _address(operand: Operand) -> int:
    if isinstance(operand, TileBuffer):
        return operand.address
    return operand.offset * element_bits(operand.element_type) // 8
