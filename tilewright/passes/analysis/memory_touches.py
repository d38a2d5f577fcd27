"""Which memory each op of a function touches, on which pipe, and in which slot."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from math import prod

from xdsl.dialects import arith, scf
from xdsl.dialects.builtin import DYNAMIC_INDEX
from xdsl.ir import Block, Operation, SSAValue

from tilewright.arch.chip import ELEMENT_BITS, Pipe, load_chip
from tilewright.dialects.constants import constant_value
from tilewright.dialects.pto import AllocMultiTileOp, AllocTileOp, InstructionOp, TileBufType
from tilewright.dialects.pto.lowered import PointerCastOp
from tilewright.dialects.pto.operands import memory_of
from tilewright.dialects.pto.pipe_ends import PushOp
from tilewright.dialects.pto.pointers import LoadScalarOp, ScalarAccessOp
from tilewright.dialects.pto.tile_aliases import TAssignOp
from tilewright.dialects.spaces import Space
from tilewright.passes.analysis.aliases import storages
from tilewright.passes.analysis.store_order import Store, StoreHazard, find_hazards

AllocOp = AllocTileOp | AllocMultiTileOp


_GLOBAL = "gm"

_WHOLE_TENSOR_BYTES = 1 << 62
"""Tensors in global memory are told apart by their pointers only: each counts as one object of unknown size."""


@dataclass(frozen=True)
class MemoryObject:
    """A range of bytes of one space: one tile, or the slots of a ring.

    `space` is None for what is known by its name alone: a tensor in global memory, or a tile that a pipe between cores
    brings.
    """

    owner: SSAValue
    space: Space | None
    start: int
    slot_bytes: int
    slots: int

    @property
    def end(self) -> int:
        """The first byte behind the object."""
        return self.start + self.slot_bytes * self.slots

    def overlaps(self, other: MemoryObject) -> bool:
        """Whether both have a byte in common."""
        if self.space is None:
            return self.owner is other.owner
        return self.space is other.space and self.start < other.end and other.start < self.end


@dataclass(frozen=True)
class OpTouch:
    """One access of an instruction: `slot` is the value that selects the slot of a ring, None without a ring."""

    object: MemoryObject
    pipe: Pipe
    writes: bool
    slot: SSAValue | None


def memory_object(alloc: AllocOp) -> MemoryObject | None:
    """The bytes of an allocation with a constant address; None for any other."""
    address = None if alloc.addr is None else constant_value(alloc.addr)
    if address is None:
        return None
    if isinstance(alloc, AllocTileOp):
        tile = alloc.result.type
        return MemoryObject(alloc.result, tile.location, address, tile.size_bytes, 1)
    ring = alloc.result.type
    return MemoryObject(alloc.result, ring.tile.location, address, ring.slot_bytes, ring.slots)


class Touches:
    """The accesses under one op, by instruction; those under `skipped` belong to another core."""

    def __init__(self, root: Operation, skipped: Collection[Operation] = ()) -> None:
        self._objects: dict[SSAValue, MemoryObject] = {}
        self._by_op: dict[Operation, tuple[OpTouch, ...]] = {}
        self._root = root
        elsewhere = {inner for op in skipped for inner in op.walk()}
        for op in root.walk():
            if op in elsewhere:
                continue
            if isinstance(op, InstructionOp | ScalarAccessOp):
                self._by_op[op] = tuple(self._touches_of(op))

    @property
    def objects(self) -> tuple[MemoryObject, ...]:
        """All objects that something touches."""
        return tuple(self._objects.values())

    @property
    def instructions(self) -> Iterable[tuple[Operation, tuple[OpTouch, ...]]]:
        """All instructions with their accesses, in program order."""
        return self._by_op.items()

    @cached_property
    def store_hazards(self) -> Sequence[StoreHazard]:
        """The stores that their pipe must not turn around."""
        pipes = load_chip().reordering_store_pipes
        stores = [
            Store(op, op.pipe, storage.root, value)
            for op in self._by_op
            if isinstance(op, InstructionOp) and op.pipe in pipes and not isinstance(op, PushOp)
            for value in op.destinations
            if memory_of(value) == _GLOBAL
            for storage in storages(value)
        ]
        return tuple(dict.fromkeys(find_hazards(stores, self._root)))

    def at(self, op: Operation) -> tuple[OpTouch, ...]:
        """The accesses of one instruction."""
        return self._by_op.get(op, ())

    def under(self, op: Operation) -> Iterator[OpTouch]:
        """All accesses of `op` and of what stands inside it, in program order."""
        for inner in op.walk():
            yield from self.at(inner)

    def _touches_of(self, op: InstructionOp | ScalarAccessOp) -> Iterator[OpTouch]:
        if isinstance(op, ScalarAccessOp):
            yield from self._accesses(op.ptr, Pipe.S, not isinstance(op, LoadScalarOp))
            return
        for values, writes in ((op.sources, False), (op.destinations, True)):
            for value in values:
                yield from self._accesses(value, op.pipe, writes)

    def _accesses(self, value: SSAValue, pipe: Pipe, writes: bool) -> Iterator[OpTouch]:
        for storage in storages(value):
            if storage.root not in self._objects:
                self._objects[storage.root] = object_behind(storage.root)
            yield OpTouch(self._objects[storage.root], pipe, writes, storage.slot)


def object_behind(root: SSAValue) -> MemoryObject:
    """The bytes behind a value that makes or brings memory: all of a memory where its place may be any."""
    owner = root.owner
    known: MemoryObject | None = None
    match owner:
        case AllocTileOp() | AllocMultiTileOp():
            known = memory_object(owner)
        case TAssignOp() if (address := constant_value(owner.addr)) is not None and isinstance(root.type, TileBufType):
            known = MemoryObject(root, root.type.location, address, root.type.size_bytes, 1)
        case PointerCastOp():
            known = _cast_object(owner)
        case _:
            pass
    if known is not None:
        return known
    space = _space(root)
    if space is None or (isinstance(owner, Operation) and not isinstance(owner, AllocOp | TAssignOp | PointerCastOp)):
        return MemoryObject(root, None, 0, _WHOLE_TENSOR_BYTES, 1)
    # An address that is computed, or that the caller knows, may be any.
    return MemoryObject(root, space, 0, load_chip().space(space).bytes, 1)


def _space(value: SSAValue) -> Space | None:
    """The memory on the chip that a buffer lies in; None for global memory, and for what says nothing of it."""
    name = memory_of(value)
    return next((space for space in Space if space == name), None)


def _cast_object(op: PointerCastOp) -> MemoryObject | None:
    space, addresses = _space(op.result), [constant_value(address) for address in op.addresses]
    shape = [int(extent) for extent in op.result.type.get_shape()]
    bits = ELEMENT_BITS.get(str(op.result.type.element_type))
    numbers = [address for address in addresses if address is not None]
    if space is None or bits is None or DYNAMIC_INDEX in shape or len(numbers) < len(addresses) or not numbers:
        return None
    size = max(numbers) - min(numbers) + prod(shape) * bits // 8
    return MemoryObject(op.result, space, min(numbers), size, 1)


_ARITHMETIC: Mapping[type[Operation], Callable[[int, int], int]] = {
    arith.AddiOp: lambda left, right: left + right,
    arith.SubiOp: lambda left, right: left - right,
    arith.MuliOp: lambda left, right: left * right,
    arith.RemUIOp: lambda left, right: left % right,
    arith.RemSIOp: lambda left, right: left % right,
    arith.DivUIOp: lambda left, right: left // right,
}


def slot_function(slot: SSAValue, loop: Operation | None) -> Callable[[int], int] | None:
    """The slot number as a function of the iteration of `loop`; None when it is not a function of that alone."""
    variable: SSAValue | None = None
    lower: int | None = 0
    step: int | None = 0
    if isinstance(loop, scf.ForOp):
        variable, lower, step = loop.body.block.args[0], constant_value(loop.lb), constant_value(loop.step)
    at = _function_of(slot, variable)
    if at is None or lower is None or step is None:
        return None
    first, stride = lower, step

    @cache
    def evaluate(iteration: int) -> int:
        return at(first + stride * iteration)

    return evaluate


def _function_of(value: SSAValue, variable: SSAValue | None) -> Callable[[int], int] | None:
    """`value` as a function of `variable`; None when it is not a function of that alone."""
    if value is variable:
        return lambda number: number
    known = constant_value(value)
    if known is not None:
        return lambda _number: known
    owner = value.owner
    calculate = None if isinstance(owner, Block) else _ARITHMETIC.get(type(owner))
    if calculate is None or isinstance(owner, Block):
        return None
    left, right = (_function_of(operand, variable) for operand in owner.operands)
    if left is None or right is None:
        return None
    return lambda number: calculate(left(number), right(number))
