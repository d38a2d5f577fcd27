"""Which memory stands behind a value: views, parts, branches and loops are looked through."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from xdsl.dialects import arith, memref, scf
from xdsl.dialects.builtin import MemRefType, UnrealizedConversionCastOp
from xdsl.ir import Block, Operation, OpResult, SSAValue

from tilewright.dialects.pto import MakeTensorViewOp, MultiTileGetOp, PartitionViewOp
from tilewright.dialects.pto.lowered import BindTileOp
from tilewright.dialects.pto.pointers import AddPtrOp
from tilewright.dialects.pto.tile_aliases import AliasOp, SubsetOp


@dataclass(frozen=True)
class Storage:
    """A value that makes or brings memory: an allocation, a pointer, an argument; and the slot when it is a ring."""

    root: SSAValue
    slot: SSAValue | None = None


def storages(value: SSAValue) -> tuple[Storage, ...]:
    """Everything that `value` may stand for: one entry, or several behind a branch or a loop."""
    found: dict[Storage, None] = {}
    pending, seen = [value], {value}
    while pending:
        current = pending.pop()
        owner = current.owner
        if isinstance(owner, MultiTileGetOp):
            found[Storage(owner.source, owner.slot)] = None
            continue
        behind = [other for other in _behind(current) if other not in seen]
        if not behind and not _is_handed_on(current):
            found[Storage(current)] = None
        seen.update(behind)
        pending += behind
    return tuple(found)


def aliases(value: SSAValue) -> Iterator[SSAValue]:
    """`value`, and every value that may stand for the same memory, or for a part of it."""
    pending, seen = [value], {value}
    while pending:
        current = pending.pop()
        yield current
        new = [other for use in current.uses for other in _in_front(current, use.operation) if other not in seen]
        seen.update(new)
        pending += new


def users(value: SSAValue) -> Iterator[Operation]:
    """The ops that have `value`, or another name of its memory, as an operand."""
    for alias in aliases(value):
        for use in alias.uses:
            yield use.operation


def _behind(value: SSAValue) -> list[SSAValue]:
    """The values that `value` is another name of."""
    owner = value.owner
    if isinstance(owner, Block):
        return _behind_argument(value, owner)
    match owner:
        case (
            AliasOp()
            | SubsetOp()
            | BindTileOp()
            | PartitionViewOp()
            | MakeTensorViewOp()
            | AddPtrOp()
            | UnrealizedConversionCastOp()
        ):
            return [owner.operands[0]]
        case arith.SelectOp():
            return [owner.lhs, owner.rhs]
        case scf.IfOp() | scf.ForOp() | scf.WhileOp():
            return _merged(owner, _result_number(value))
        case _ if _is_memref_view(owner):
            return [owner.operands[0]]
        case _:
            return []


def _behind_argument(value: SSAValue, block: Block) -> list[SSAValue]:
    """What a loop hands to an argument of its body."""
    loop, position = block.parent_op(), block.args.index(value)
    match loop:
        case scf.ForOp() if position > 0:
            return _merged(loop, position - 1)
        case scf.WhileOp() if block is loop.before_region.first_block:
            return [loop.arguments[position], _terminator(loop.after_region.block).operands[position]]
        case scf.WhileOp():
            return [_terminator(loop.before_region.block).operands[position + 1]]
        case _:
            return []


def _merged(op: scf.IfOp | scf.ForOp | scf.WhileOp, number: int) -> list[SSAValue]:
    """What result `number` of a branch or a loop may be."""
    match op:
        case scf.IfOp():
            blocks = [region.block for region in op.regions if region.blocks]
            return [_terminator(block).operands[number] for block in blocks]
        case scf.ForOp():
            return [op.iter_args[number], _terminator(op.body.block).operands[number]]
        case scf.WhileOp():
            return [_terminator(op.before_region.block).operands[number + 1]]


def _terminator(block: Block) -> Operation:
    last = block.last_op
    assert last is not None
    return last


def _result_number(value: SSAValue) -> int:
    assert isinstance(value, OpResult)
    return value.index


def _is_handed_on(value: SSAValue) -> bool:
    """Whether a value is never memory of its own, but what a loop hands on."""
    return bool(_behind(value))


def _is_memref_view(op: Operation) -> bool:
    """Whether an op of the memref dialect gives another view of its first operand."""
    return (
        op.dialect_name() == memref.MemRef.name
        and len(op.results) == 1
        and len(op.operands) > 0
        and isinstance(op.results[0].type, MemRefType)
        and isinstance(op.operands[0].type, MemRefType)
    )


def _in_front(value: SSAValue, user: Operation) -> Iterator[SSAValue]:
    """The values of `user`, or of the op that it ends, that may be other names of its operand `value`."""
    if isinstance(user, scf.YieldOp | scf.ConditionOp):
        parent = user.parent_op()
        candidates: list[SSAValue] = [*parent.results, *_arguments(parent)] if parent is not None else []
    else:
        candidates = [*user.results, *_arguments(user)]
    for candidate in candidates:
        owner = candidate.owner
        behind = [owner.source] if isinstance(owner, MultiTileGetOp) else _behind(candidate)
        if value in behind:
            yield candidate


def _arguments(op: Operation) -> list[SSAValue]:
    return [argument for region in op.regions for block in region.blocks for argument in block.args]
