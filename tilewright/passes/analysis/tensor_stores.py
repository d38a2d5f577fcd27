"""Which ops may change what a load reads."""

from __future__ import annotations

from collections.abc import Iterator

from xdsl.dialects import scf
from xdsl.ir import Operation, SSAValue
from xdsl.traits import is_side_effect_free

from tilewright.dialects.tile import (
    EmptyOp,
    LoadOp,
    PipelineOp,
    ReadOp,
    RingOp,
    StoreOp,
    TensorReshapeOp,
    ViewOp,
    WriteOp,
)

_NO_STORES = (LoadOp, ReadOp, EmptyOp, RingOp, scf.ForOp, scf.IfOp, scf.WhileOp, PipelineOp)
"""Ops that change no tensor themselves; what stands in their regions is looked at by itself."""


def whole_tensor(tensor: SSAValue) -> SSAValue:
    """The tensor that a view, or a view of a view, is part of."""
    while isinstance(tensor.owner, ViewOp | TensorReshapeOp):
        tensor = tensor.owner.source
    return tensor


def may_store(op: Operation, tensor: SSAValue) -> bool:
    """Whether an op, or one within its regions, may change the tensor. Two arguments are different tensors."""
    whole = whole_tensor(tensor)
    return any(_touches(inner, whole) for inner in op.walk())


def stored_between(first: Operation, last: Operation, tensor: SSAValue) -> bool:
    """Whether something from `first` on, up to and without `last`, may change the tensor.

    `last` stands after `first` in the same block.
    """
    return any(may_store(op, tensor) for op in between(first, last))


def between(first: Operation, last: Operation) -> Iterator[Operation]:
    """The ops from after `first` up to and without `last`, which stands after it in the same block."""
    current = first.next_op
    while current is not None and current is not last:
        yield current
        current = current.next_op


def _touches(op: Operation, whole: SSAValue) -> bool:
    match op:
        case StoreOp() | WriteOp():
            return whole_tensor(op.target) is whole
        case _ if isinstance(op, _NO_STORES):
            return False
        case _:
            return not is_side_effect_free(op)
