"""Which memory each op of a block touches, on which pipe, and in which slot."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from xdsl.dialects import arith, scf
from xdsl.ir import Block, Operation, SSAValue

from tilewright.arch.chip import Pipe
from tilewright.dialects.constants import constant_value
from tilewright.dialects.pto import (
    AllocMultiTileOp,
    AllocTileOp,
    InstructionOp,
    MakeTensorViewOp,
    MultiTileGetOp,
    PartitionViewOp,
    PtrType,
)
from tilewright.dialects.spaces import Space

AllocOp = AllocTileOp | AllocMultiTileOp


_WHOLE_TENSOR_BYTES = 1 << 62
"""Tensors in global memory are told apart by their pointers only: each counts as one object of unknown size."""


@dataclass(frozen=True)
class MemoryObject:
    """A range of bytes of one space (one tile, or the slots of a ring), or a tensor in global memory (`space` None)."""

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
        if self.space is None or other.space is None:
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
    """The accesses of a function, by instruction."""

    def __init__(self, function: Operation) -> None:
        self._objects: dict[SSAValue, MemoryObject] = {}
        self.unknown: list[Operation] = []
        self._by_op: dict[Operation, tuple[OpTouch, ...]] = {}
        for op in function.walk():
            if isinstance(op, AllocTileOp | AllocMultiTileOp):
                found = memory_object(op)
                if found is None:
                    self.unknown.append(op)
                else:
                    self._objects[op.result] = found
            elif isinstance(op, InstructionOp):
                self._by_op[op] = tuple(self._touches_of(op))

    @property
    def objects(self) -> tuple[MemoryObject, ...]:
        """All objects of the function."""
        return tuple(self._objects.values())

    def under(self, op: Operation) -> Iterator[OpTouch]:
        """All accesses of `op` and of what stands inside it, in program order."""
        for inner in op.walk():
            yield from self._by_op.get(inner, ())

    def _touches_of(self, op: InstructionOp) -> Iterator[OpTouch]:
        for values, writes in ((op.sources, False), (op.destinations, True)):
            for value in values:
                storage, slot = _storage(value)
                if isinstance(storage.type, PtrType) and storage not in self._objects:
                    self._objects[storage] = MemoryObject(storage, None, 0, _WHOLE_TENSOR_BYTES, 1)
                if storage in self._objects:
                    yield OpTouch(self._objects[storage], op.pipe, writes, slot)


def _storage(value: SSAValue) -> tuple[SSAValue, SSAValue | None]:
    """The allocation or the pointer behind an operand of an instruction, and the slot when it is one of a ring."""
    owner = value.owner
    if isinstance(owner, MultiTileGetOp):
        return owner.source, owner.slot
    if isinstance(owner, PartitionViewOp):
        return _storage(owner.source)
    if isinstance(owner, MakeTensorViewOp):
        return owner.ptr, None
    return value, None


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
    variable = loop.body.block.args[0] if isinstance(loop, scf.ForOp) else None
    if variable is not None and isinstance(loop, scf.ForOp):
        lower, step = constant_value(loop.lb), constant_value(loop.step)
    else:
        lower = step = 0
    if lower is None or step is None or not _evaluable(slot, variable):
        return None
    first, stride = lower, step

    @cache
    def evaluate(iteration: int) -> int:
        return _evaluate(slot, variable, first + stride * iteration)

    return evaluate


def _evaluable(value: SSAValue, variable: SSAValue | None) -> bool:
    if value is variable or constant_value(value) is not None:
        return True
    owner = value.owner
    return (
        not isinstance(owner, Block)
        and type(owner) in _ARITHMETIC
        and all(_evaluable(operand, variable) for operand in owner.operands)
    )


def _evaluate(value: SSAValue, variable: SSAValue | None, number: int) -> int:
    if value is variable:
        return number
    known = constant_value(value)
    if known is not None:
        return known
    owner = value.owner
    assert isinstance(owner, Operation)
    left, right = (_evaluate(operand, variable, number) for operand in owner.operands)
    return _ARITHMETIC[type(owner)](left, right)
