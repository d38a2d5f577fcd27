"""`plan-memory`: give every buffer its byte address."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NoReturn

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
from tilewright.dialects.pto.core_pipes import ReserveBufferOp
from tilewright.dialects.pto.lowered import PointerCastOp
from tilewright.dialects.spaces import Space
from tilewright.passes.analysis.aliases import users
from tilewright.passes.analysis.allocations import (
    Unplanned,
    buffer_of,
    fixed_end,
    size_of,
    space_of,
    unplanned_buffers,
)
from tilewright.passes.analysis.packing import Block, pack
from tilewright.passes.analysis.program_order import ProgramOrder
from tilewright.passes.building import byte_constant, rename, replace_uses


def _with_address(alloc: Unplanned, address: int, builder: Builder) -> None:
    """Replace an allocation by one at `address`."""
    old = buffer_of(alloc)
    constant = byte_constant(builder, address, f"{old.name_hint or 'tile'}_addr")
    new: AllocTileOp | AllocMultiTileOp | PointerCastOp
    match alloc:
        case AllocTileOp():
            new = AllocTileOp(alloc.result.type, constant, alloc.valid_row, alloc.valid_col)
        case AllocMultiTileOp():
            new = AllocMultiTileOp(alloc.result.type, constant)
        case _:
            new = PointerCastOp.build(operands=[[constant], None, None], result_types=[alloc.memref.type])
    new.location = alloc.location
    Rewriter.insert_op(new, InsertPoint.before(alloc))
    rename(new.result, old.name_hint)
    replace_uses(old, new.result)
    Rewriter.erase_op(alloc)


@dataclass(frozen=True)
class PlanMemoryPass(ModulePass):
    """Assign a byte address in its space to every buffer that has none.

    Ensures: buffers that hold data at the same time do not overlap; every address is aligned; no space is exceeded
    (TW0204). A buffer that nothing uses is erased. Where some buffers of a space have addresses already, the others
    come behind them; a buffer whose address is computed leaves no room that is known to be free (TW0212). Where it
    has to be, buffers reach into the part of Vec that the runtime uses, of which `verify-pto` warns. What
    `pto.reserve_buffer` asks for stays free. A `memref.alloc` on the chip becomes a `pto.pointer_cast`.

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
        tops = dict(floors)
        rooms: list[ReserveBufferOp] = []
        for op in function.walk():
            if (fixed := fixed_end(op)) is not None:
                tops[fixed[0]] = max(tops.get(fixed[0], 0), fixed[1])
            elif isinstance(op, ReserveBufferOp):
                rooms.append(op)
        members: dict[Space, list[Unplanned]] = {}
        for alloc in list(unplanned_buffers(function)):
            space = space_of(alloc)
            if buffer_of(alloc).first_use is None:
                Rewriter.erase_op(alloc)
            elif space is not None:
                members.setdefault(space, []).append(alloc)
        order = ProgramOrder.of(function)
        for space, allocs in members.items():
            kept_free = [room.size.value.data for room in rooms if str(room.space.data) == space]
            tops[space] = _Placement(space, allocs, order, kept_free).run(tops.get(space, 0), self.mat_limit)
        return tops


class _Placement:
    """The buffers of one memory that have no address.

    Args:
        kept_free: the sizes of rooms that need a place as long as the function runs; `plan-core-pipes` gives it.
    """

    def __init__(
        self, space: Space, allocs: Sequence[Unplanned], order: ProgramOrder, kept_free: Sequence[int]
    ) -> None:
        self._space = space
        self._allocs = allocs
        self._blocks = [self._block(alloc, order) for alloc in allocs]
        whole = (min(order.first.values()), max(order.last.values()))
        self._rooms = [Block(size, *whole) for size in kept_free]

    def _block(self, alloc: Unplanned, order: ProgramOrder) -> Block:
        size, extent = size_of(alloc), order.extent(users(buffer_of(alloc)), alloc.parent)
        if size is None:
            fail("TW0204", f"{value_name(buffer_of(alloc))} has a size that only the running kernel knows", alloc)
        assert extent is not None
        return Block(size, *extent)

    def run(self, floor: int, mat_limit: int | None) -> int:
        """Place all buffers from byte `floor` on; give the first free byte behind them."""
        facts = load_chip().space(self._space)
        limits = [facts.usable_bytes, facts.bytes]
        if self._space is Space.MAT and mat_limit is not None:
            limits = [min(limit, mat_limit) for limit in limits]
        if floor >= limits[-1]:
            fail(
                "TW0212",
                f"there is no room in {self._space} that is known to be free for {self._name(0)}",
                self._allocs[0],
                help=("give every buffer of this memory an address, or none",),
            )
        start = -(-floor // facts.alignment_bytes) * facts.alignment_bytes
        blocks = [*self._rooms, *self._blocks]
        packing = pack(blocks, facts.alignment_bytes, limits[0] - start)
        if start + packing.peak > limits[0]:
            packing = pack(blocks, facts.alignment_bytes, limits[1] - start)
        if start + packing.peak > limits[1]:
            self._refuse(start + packing.peak, limits[0])
        addresses = [start + offset for offset in packing.offsets[len(self._rooms) :]]
        for alloc, address in zip(self._allocs, addresses, strict=True):
            _with_address(alloc, address, Builder(InsertPoint.before(alloc)))
        return start + packing.peak

    def _name(self, index: int) -> str:
        return value_name(buffer_of(self._allocs[index]))

    def _refuse(self, peak: int, capacity: int) -> NoReturn:
        by_size = sorted(range(len(self._allocs)), key=lambda index: self._blocks[index].size, reverse=True)
        fail(
            "TW0204",
            f"{self._space.capitalize()} buffers cannot be placed: they reach {peak} bytes of {capacity}",
            self._allocs[by_size[0]],
            notes=[f"{self._name(index)} takes {self._blocks[index].size} bytes" for index in by_size[:3]],
            help=("use smaller tiles, or fewer slots",),
        )


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
