"""`plan-memory`: give every buffer its byte address."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from xdsl.builder import Builder
from xdsl.context import Context
from xdsl.dialects import func
from xdsl.dialects.builtin import ModuleOp
from xdsl.passes import ModulePass
from xdsl.rewriter import InsertPoint, Rewriter

from tilewright.arch.chip import load_chip
from tilewright.dialects.diagnostics import fail
from tilewright.dialects.names import value_name
from tilewright.dialects.pto import AllocMultiTileOp, AllocTileOp
from tilewright.dialects.spaces import Space
from tilewright.passes.analysis.aliases import users
from tilewright.passes.analysis.memory_touches import memory_object
from tilewright.passes.analysis.packing import Block, pack
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

    Ensures: buffers that hold data at the same time do not overlap; every address is aligned; no space is exceeded
    (TW0204). A buffer that nothing uses is erased. Where some buffers of a space have addresses already, the others
    come behind them; a buffer whose address is computed leaves no room that is known to be free (TW0212).

    A buffer is live from its first to its last use, also under another name, and through the whole of a loop that uses
    it and that does not allocate it. Freed ranges are used again, split where that helps. What a function uses lies
    behind everything that the functions it calls use.

    Options: `mat-limit` lowers the capacity of Mat (bytes).
    """

    name = "plan-memory"

    mat_limit: int | None = None

    def apply(self, ctx: Context, op: ModuleOp) -> None:
        functions = {inner.sym_name.data: inner for inner in op.walk() if isinstance(inner, func.FuncOp)}
        tops: dict[str, Mapping[Space, int]] = {}
        for function in _callees_first(functions):
            floors: dict[Space, int] = {}
            for callee in _called(function):
                for space, top in tops.get(callee, {}).items():
                    floors[space] = max(floors.get(space, 0), top)
            tops[function.sym_name.data] = self._plan(function, floors)

    def _plan(self, function: func.FuncOp, floors: Mapping[Space, int]) -> Mapping[Space, int]:
        """Place the buffers of a function from `floors` on; give the first free byte of each space."""
        allocs: list[AllocOp] = []
        tops = dict(floors)
        for inner in list(function.walk()):
            if not isinstance(inner, AllocTileOp | AllocMultiTileOp):
                continue
            if inner.addr is not None:
                tops[_space(inner)] = max(tops.get(_space(inner), 0), _end(inner))
            elif inner.result.first_use is None:
                Rewriter.erase_op(inner)
            else:
                allocs.append(inner)
        order = ProgramOrder.of(function)
        for space in dict.fromkeys(_space(alloc) for alloc in allocs):
            members = [alloc for alloc in allocs if _space(alloc) is space]
            tops[space] = self._plan_space(space, members, order, tops.get(space, 0))
        return tops

    def _plan_space(self, space: Space, allocs: Sequence[AllocOp], order: ProgramOrder, floor: int) -> int:
        facts = load_chip().space(space)
        capacity = facts.usable_bytes
        if space is Space.MAT and self.mat_limit is not None:
            capacity = min(capacity, self.mat_limit)
        if floor > capacity:
            fail(
                "TW0212",
                f"there is no room in {space} that is known to be free for {value_name(allocs[0].result)}",
                allocs[0],
                help=("give every buffer of this memory an address, or none",),
            )
        start = -(-floor // facts.alignment_bytes) * facts.alignment_bytes
        blocks: list[Block] = []
        for alloc in allocs:
            extent = order.extent(users(alloc.result), alloc.parent)
            assert extent is not None
            blocks.append(Block(_size(alloc), *extent))
        packing = pack(blocks, facts.alignment_bytes, capacity - start)
        if start + packing.peak > capacity:
            _refuse(space, allocs, blocks, start + packing.peak, capacity)
        for alloc, address in zip(allocs, packing.offsets, strict=True):
            _with_address(alloc, start + address, Builder(InsertPoint.before(alloc)))
        return start + packing.peak


def _end(alloc: AllocOp) -> int:
    """The first byte that certainly lies behind a buffer with an address."""
    known = memory_object(alloc)
    return sys.maxsize if known is None else known.end


def _called(function: func.FuncOp) -> list[str]:
    """The functions that a function calls."""
    return [inner.callee.string_value() for inner in function.walk() if isinstance(inner, func.CallOp)]


def _callees_first(functions: Mapping[str, func.FuncOp]) -> list[func.FuncOp]:
    """All functions, each behind those that it calls; recursion, which nothing can run, is cut somewhere."""
    done: dict[str, func.FuncOp] = {}
    pending: list[tuple[str, bool]] = [(name, False) for name in reversed(list(functions))]
    seen: set[str] = set()
    while pending:
        name, visited = pending.pop()
        if visited:
            done[name] = functions[name]
        elif name not in seen and name in functions:
            seen.add(name)
            pending.append((name, True))
            pending += [(callee, False) for callee in _called(functions[name])]
    return list(done.values())


def _refuse(
    space: Space,
    allocs: Sequence[AllocOp],
    blocks: Sequence[Block],
    peak: int,
    capacity: int,
) -> None:
    largest = max(range(len(allocs)), key=lambda index: blocks[index].size)
    names = sorted(zip(allocs, blocks, strict=True), key=lambda pair: pair[1].size, reverse=True)[:3]
    fail(
        "TW0204",
        f"{space.capitalize()} buffers cannot be placed: they reach {peak} bytes of {capacity}",
        allocs[largest],
        notes=[f"{value_name(alloc.result)} takes {block.size} bytes" for alloc, block in names],
        help=("use smaller tiles, or fewer slots",),
    )
