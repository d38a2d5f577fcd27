"""The operands of the usual shapes of vector instructions, in the order of C++: the destination first."""

from __future__ import annotations

from tilewright.dialects.pto.vector import BinaryOp, BinaryScratchOp, UnaryOp, UnaryScratchOp
from tilewright.lowering.cce.calls import Argument


def unary(op: UnaryOp) -> tuple[Argument, ...]:
    """One source."""
    return op.dst, op.src


def unary_scratch(op: UnaryScratchOp) -> tuple[Argument, ...]:
    """One source, and room for what is computed on the way."""
    return op.dst, op.src, op.tmp


def binary(op: BinaryOp) -> tuple[Argument, ...]:
    """Two sources."""
    return op.dst, op.src0, op.src1


def binary_scratch(op: BinaryScratchOp) -> tuple[Argument, ...]:
    """Two sources, and room for what is computed on the way."""
    return op.dst, op.src0, op.src1, op.tmp
