"""Gives each buffer memory of its own: what a program without addresses means, whatever the passes do with it."""

from __future__ import annotations

from xdsl.dialects import arith
from xdsl.dialects.builtin import IntegerAttr, ModuleOp, i64
from xdsl.ir import Operation
from xdsl.rewriter import InsertPoint, Rewriter

from tilewright.arch.chip import load_chip
from tilewright.dialects.pto import AllocMultiTileOp, AllocTileOp
from tilewright.dialects.pto.core_pipes import ReserveBufferOp


def with_separate_buffers(module: ModuleOp) -> ModuleOp | None:
    """A copy of a module with an address on every buffer, all of them apart.

    Returns:
        None where some of the buffers have addresses already, where rooms for pipes between cores want their place,
        and where not all buffers fit beside each other.
    """
    copy = module.clone()
    free = {name: 0 for name in load_chip().spaces}
    for op in list(copy.walk()):
        if isinstance(op, ReserveBufferOp):
            return None
        if isinstance(op, AllocTileOp | AllocMultiTileOp):
            if op.addr is not None:
                return None
            tile = op.result.type.tile if isinstance(op, AllocMultiTileOp) else op.result.type
            space = load_chip().space(tile.location)
            _place(op, free[space.name])
            free[space.name] += -(-_size(op) // space.alignment_bytes) * space.alignment_bytes
            if free[space.name] > space.bytes:
                return None
    return copy


def _size(op: AllocTileOp | AllocMultiTileOp) -> int:
    if isinstance(op, AllocMultiTileOp):
        return op.result.type.slot_bytes * op.result.type.slots
    return op.result.type.size_bytes


def _place(op: AllocTileOp | AllocMultiTileOp, address: int) -> None:
    constant = arith.ConstantOp(IntegerAttr(address, i64))
    Rewriter.insert_op(constant, InsertPoint.before(op))
    new: Operation
    if isinstance(op, AllocTileOp):
        new = AllocTileOp(op.result.type, constant.result, op.valid_row, op.valid_col)
    else:
        new = AllocMultiTileOp(op.result.type, constant.result)
    new.location = op.location
    Rewriter.replace_op(op, new)
