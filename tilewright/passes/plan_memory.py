"""`plan-memory`: give every buffer its byte address."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from xdsl.builder import Builder
from xdsl.context import Context
from xdsl.dialects import func
from xdsl.dialects.builtin import ModuleOp
from xdsl.ir import Operation, SSAValue
from xdsl.passes import ModulePass
from xdsl.rewriter import InsertPoint, Rewriter

from tilewright.arch.chip import load_chip
from tilewright.dialects.diagnostics import fail
from tilewright.dialects.names import value_name
from tilewright.dialects.pto import AllocMultiTileOp, AllocTileOp, MultiTileGetOp
from tilewright.dialects.spaces import Space
from tilewright.passes.analysis.packing import Block, Packing, pack
from tilewright.passes.analysis.program_order import ProgramOrder
from tilewright.passes.building import byte_constant, rename, replace_uses

AllocOp = AllocTileOp | AllocMultiTileOp


def _space(alloc: AllocOp) -> Space:
    tile = alloc.result.type if isinstance(alloc, AllocTileOp) else alloc.result.type.tile
    return tile.location


def _size(alloc: AllocOp) -> int:
    if isinstance(alloc, AllocTileOp):
        return alloc.result.type.size_bytes
    return alloc.result.type.slot_bytes * alloc.result.type.slots


def _users(value: SSAValue) -> Iterator[Operation]:
    """The ops that touch the buffer, also through a slot of it."""
    for use in value.uses:
        yield use.operation
        if isinstance(use.operation, MultiTileGetOp):
            yield from _users(use.operation.result)


def _with_address(alloc: AllocOp, address: int, builder: Builder) -> AllocOp:
    """Replace an allocation by one at `address`."""
    constant = byte_constant(builder, address, f"{alloc.result.name_hint or 'tile'}_addr")
    new: AllocOp
    if isinstance(alloc, AllocTileOp):
        new = AllocTileOp(alloc.result.type, constant, alloc.valid_row, alloc.valid_col)
    else:
        new = AllocMultiTileOp(alloc.result.type, constant)
    new.location = alloc.location
    Rewriter.insert_op(new, InsertPoint.before(alloc))
    rename(new.result, alloc.result.name_hint)
    replace_uses(alloc.result, new.result)
    Rewriter.erase_op(alloc)
    return new


@dataclass(frozen=True)
class PlanMemoryPass(ModulePass):
    """Assign a byte address in its space to every buffer that has none.

    Requires: buffers stand before the outermost loop that uses them.
    Ensures: buffers that hold data at the same time do not overlap; every address is aligned; no space is exceeded
    (TW0204). A buffer that nothing uses is erased. Functions with addresses already are left alone.

    A buffer is live from its first to its last use, and through the whole of a loop that uses it. Freed ranges are used
    again, split where that helps.

    Options: `mat-limit` lowers the capacity of Mat (bytes).
    """

    name = "plan-memory"

    mat_limit: int | None = None

    def apply(self, ctx: Context, op: ModuleOp) -> None:
        for function in op.walk():
            if isinstance(function, func.FuncOp):
                self._plan(function)

    def _plan(self, function: func.FuncOp) -> None:
        allocs: list[AllocOp] = []
        for inner in list(function.walk()):
            if not isinstance(inner, AllocTileOp | AllocMultiTileOp) or inner.addr is not None:
                continue
            if inner.result.first_use is None:
                Rewriter.erase_op(inner)
            else:
                allocs.append(inner)
        order = ProgramOrder.of(function)
        for space in dict.fromkeys(_space(alloc) for alloc in allocs):
            self._plan_space(space, [alloc for alloc in allocs if _space(alloc) is space], order)

    def _plan_space(self, space: Space, allocs: Sequence[AllocOp], order: ProgramOrder) -> None:
        facts = load_chip().space(space)
        capacity = facts.usable_bytes
        if space is Space.MAT and self.mat_limit is not None:
            capacity = min(capacity, self.mat_limit)
        blocks: list[Block] = []
        for alloc in allocs:
            extent = order.extent(_users(alloc.result), alloc.parent)
            assert extent is not None
            blocks.append(Block(_size(alloc), *extent))
        packing = pack(blocks, facts.alignment_bytes, capacity)
        if packing.peak > capacity:
            _refuse(space, allocs, blocks, packing, capacity)
        for alloc, address in zip(allocs, packing.offsets, strict=True):
            _with_address(alloc, address, Builder(InsertPoint.before(alloc)))


def _refuse(
    space: Space,
    allocs: Sequence[AllocOp],
    blocks: Sequence[Block],
    packing: Packing,
    capacity: int,
) -> None:
    largest = max(range(len(allocs)), key=lambda index: blocks[index].size)
    names = sorted(zip(allocs, blocks, strict=True), key=lambda pair: pair[1].size, reverse=True)[:3]
    fail(
        "TW0204",
        f"{space.capitalize()} buffers cannot be placed: they reach {packing.peak} bytes of {capacity}",
        allocs[largest],
        notes=[f"{value_name(alloc.result)} takes {block.size} bytes" for alloc, block in names],
        help=("use smaller tiles, or fewer slots",),
    )
