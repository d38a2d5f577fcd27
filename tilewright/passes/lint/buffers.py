"""The buffers of a function: where they lie, which values name them, and from where to where they are in use."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from xdsl.dialects import scf
from xdsl.ir import Operation, OpResult, SSAValue

from tilewright.dialects.names import value_name
from tilewright.dialects.pto import AllocMultiTileOp, AllocTileOp, MultiTileGetOp, TileBufType
from tilewright.dialects.pto.tile_aliases import AliasOp, SubsetOp, TAssignOp, TReshapeOp
from tilewright.dialects.shapes import is_static
from tilewright.dialects.spaces import Space
from tilewright.passes.analysis.program_order import ProgramOrder
from tilewright.passes.lint.placements import Placement

AllocOp: TypeAlias = AllocTileOp | AllocMultiTileOp

NAMING_OPS = (AliasOp, SubsetOp, TAssignOp, MultiTileGetOp)
"""Ops that touch nothing: their results name the bytes of their source."""


@dataclass(frozen=True)
class LiveBuffer:
    """One allocation: its bytes, its place when it has an address, and the positions over which it is in use."""

    alloc: AllocOp
    space: Space
    bytes: int
    placements: tuple[Placement, ...]
    start: int
    end: int

    @property
    def name(self) -> str:
        """How messages call it."""
        return value_name(self.alloc.result)


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
            found.append(LiveBuffer(op, space_of(op), bytes_of(op), tuple(placements(op)), *extent))
    return found


def users(value: SSAValue) -> Iterator[Operation]:
    """The ops that touch a buffer, also through its aliases and slots."""
    for alias in names(value):
        for use in alias.uses:
            yield use.operation


def names(value: SSAValue) -> list[SSAValue]:
    """The buffer itself and all values that name its bytes or a part of them, each once."""
    found, pending = {value: None}, [value]
    for each in pending:
        for use in each.uses:
            for alias in _aliases(use.operation, use.index):
                if alias not in found:
                    found[alias] = None
                    pending.append(alias)
    return list(found)


def _aliases(op: Operation, index: int) -> tuple[SSAValue, ...]:
    """The results of an op that name the bytes of its operand number `index`."""
    if isinstance(op, NAMING_OPS):
        return (op.result,)
    branch = op.parent_op()
    if isinstance(op, scf.YieldOp) and isinstance(branch, scf.IfOp):
        return (branch.results[index],)
    return ()


def roots(value: SSAValue) -> list[SSAValue]:
    """The values that a buffer may come from: its allocation, or one of several that a branch chooses from."""
    seen, pending, found = {value}, [value], list[SSAValue]()
    for each in pending:
        origins = _origins(each)
        if origins is None:
            found.append(each)
        else:
            pending += [origin for origin in dict.fromkeys(origins) if origin not in seen]
            seen.update(origins)
    return found


def _origins(value: SSAValue) -> list[SSAValue] | None:
    """What a value is another name of; None when it names itself."""
    op = value.op if isinstance(value, OpResult) else None
    if isinstance(op, NAMING_OPS):
        return [op.source]
    if isinstance(op, scf.IfOp) and isinstance(value, OpResult):
        ends = [block.last_op for region in op.regions for block in region.blocks]
        return [end.operands[value.index] for end in ends if isinstance(end, scf.YieldOp)]
    return None


def is_whole(value: SSAValue) -> bool:
    """Whether who writes the value writes all that readers of its buffer see."""
    tile = value.type
    if not isinstance(value, OpResult) or not isinstance(tile, TileBufType):
        return False
    if isinstance(value.op, TReshapeOp):
        return tile.valid_extents == tile.extents
    return isinstance(value.op, AllocTileOp) and is_static(tile.valid_extents)


def placements(alloc: AllocOp) -> Iterator[Placement]:
    """Where a buffer lies, and where `pto.tassign` puts it later."""
    if alloc.addr is not None:
        yield Placement(space_of(alloc), alloc.addr, bytes_of(alloc))
    for alias in names(alloc.result):
        if isinstance(alias, OpResult) and isinstance(alias.op, TAssignOp):
            yield Placement(space_of(alloc), alias.op.addr, bytes_of(alloc))


def space_of(alloc: AllocOp) -> Space:
    """The memory of an allocation."""
    return alloc.result.type.location if isinstance(alloc, AllocTileOp) else alloc.result.type.tile.location


def bytes_of(alloc: AllocOp) -> int:
    """The bytes of an allocation, all slots of a ring included."""
    if isinstance(alloc, AllocTileOp):
        return alloc.result.type.size_bytes
    return alloc.result.type.slot_bytes * alloc.result.type.slots
