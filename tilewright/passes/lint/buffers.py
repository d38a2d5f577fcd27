"""The buffers of a function with their addresses and live ranges, as the rules see them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from xdsl.ir import Operation, SSAValue

from tilewright.dialects.names import value_name
from tilewright.dialects.pto import AllocMultiTileOp, AllocTileOp, MultiTileGetOp
from tilewright.dialects.spaces import Space
from tilewright.passes.analysis.memory_touches import memory_object
from tilewright.passes.analysis.program_order import ProgramOrder


@dataclass(frozen=True)
class LiveBuffer:
    """One allocation: its bytes, its address when that is constant, and the positions over which it is live."""

    alloc: AllocTileOp | AllocMultiTileOp
    space: Space
    bytes: int
    address: int | None
    start: int
    end: int

    @property
    def name(self) -> str:
        """How messages call it."""
        return value_name(self.alloc.result)

    @property
    def last_byte(self) -> int | None:
        """The first byte behind the buffer, None where the address is computed."""
        return None if self.address is None else self.address + self.bytes

    def meets(self, other: LiveBuffer) -> bool:
        """Whether both are live at some position."""
        return self.start <= other.end and other.start <= self.end

    def overlaps(self, other: LiveBuffer) -> bool:
        """Whether both take a byte in common."""
        if self.address is None or other.address is None or self.space is not other.space:
            return False
        return self.address < other.address + other.bytes and other.address < self.address + self.bytes


def live_buffers(function: Operation) -> list[LiveBuffer]:
    """All allocations under `function` that something uses, in program order."""
    order = ProgramOrder.of(function)
    found: list[LiveBuffer] = []
    for op in order.first:
        if not isinstance(op, AllocTileOp | AllocMultiTileOp):
            continue
        # Also a tile that is declared inside of a loop has one address: the whole of the outermost loop counts.
        extent = order.extent(users(op.result), None)
        if extent is not None:
            known = memory_object(op)
            found.append(LiveBuffer(op, _space(op), _bytes(op), None if known is None else known.start, *extent))
    return found


def users(value: SSAValue) -> Iterator[Operation]:
    """The ops that touch a buffer, also through its aliases and slots."""
    for use in value.uses:
        yield use.operation
        if isinstance(use.operation, MultiTileGetOp) or _is_alias(use.operation):
            for result in use.operation.results:
                yield from users(result)


def _is_alias(op: Operation) -> bool:
    """Whether the results of an op name the storage of its operand."""
    return op.name in ("pto.treshape", "pto.bitcast", "pto.subset", "pto.tassign")


def _space(op: AllocTileOp | AllocMultiTileOp) -> Space:
    return op.result.type.location if isinstance(op, AllocTileOp) else op.result.type.tile.location


def _bytes(op: AllocTileOp | AllocMultiTileOp) -> int:
    if isinstance(op, AllocTileOp):
        return op.result.type.size_bytes
    return op.result.type.slot_bytes * op.result.type.slots
