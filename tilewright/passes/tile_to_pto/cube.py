"""Movements towards the cube unit, and matrix products."""

from __future__ import annotations

from collections.abc import Mapping

from xdsl.builder import Builder
from xdsl.dialects import scf
from xdsl.ir import Block, Operation, SSAValue
from xdsl.rewriter import InsertPoint

from tilewright.dialects.constants import constant_value
from tilewright.dialects.diagnostics import fail
from tilewright.dialects.pto import TExtractOp, TMatmulAccOp, TMatmulOp, TMovOp
from tilewright.dialects.tile import EmptyOp, ExtractOp, MatmulOp, MoveOp, PipelineOp, RingOp
from tilewright.passes.tile_to_pto.accumulators import check_single_use
from tilewright.passes.tile_to_pto.converter import Converter, Handler


def _pipeline(into: Converter, op: Operation, builder: Builder) -> None:
    """An op that an earlier pass should have removed."""
    del into, builder
    fail("TW0302", "tile.pipeline is still there", op, help=("run lower-pipeline first",))


def _ring(into: Converter, op: Operation, builder: Builder) -> None:
    """A ring becomes several buffers."""
    del builder
    assert isinstance(op, RingOp)
    into.values[op.result] = into.buffers.ring(op.result)


def _empty(into: Converter, op: Operation, builder: Builder) -> None:
    """A tile without contents is just a buffer."""
    assert isinstance(op, EmptyOp)
    into.result(builder, op.result)


def _move(into: Converter, op: Operation, builder: Builder) -> None:
    """Buffer to buffer."""
    assert isinstance(op, MoveOp)
    source = into.buffer(op.source, op)
    builder.insert(TMovOp(source, into.destination(op, builder)))


def extract(into: Converter, op: Operation, builder: Builder) -> None:
    """A window of a buffer to another buffer."""
    assert isinstance(op, ExtractOp)
    source = into.buffer(op.source, op)
    row, column = (into.values[offset] for offset in op.offsets)
    builder.insert(TExtractOp(source, row, column, into.destination(op, builder)))


def _matmul(into: Converter, op: Operation, builder: Builder) -> None:
    """One cube instruction per right operand; the accumulator is updated in place."""
    assert isinstance(op, MatmulOp)
    left = into.buffer(op.lhs, op)
    for part, (right, result) in enumerate(zip(op.rhs, op.accs_out, strict=True)):
        factor = into.buffer(right, op)
        if not op.acc:
            target = into.result(builder, result)
            builder.insert(TMatmulOp(left, factor, target))
        else:
            acc = op.acc[part]
            check_single_use(acc, op, result)
            target = into.buffer(acc, op)
            _accumulate(into, builder, op, left, factor, target)
        into.values[result] = target


def _accumulate(
    into: Converter, builder: Builder, op: MatmulOp, left: SSAValue, right: SSAValue, target: SSAValue
) -> None:
    if op.init is None:
        builder.insert(TMatmulAccOp(target, left, right))
        return
    if constant_value(op.init):
        builder.insert(TMatmulOp(left, right, target))
        return
    fresh, onto = Block(), Block()
    Builder(InsertPoint.at_end(fresh)).insert(TMatmulOp(left, right, target))
    Builder(InsertPoint.at_end(onto)).insert(TMatmulAccOp(target, left, right))
    for block in (fresh, onto):
        block.add_op(scf.YieldOp())
    builder.insert(scf.IfOp(into.values[op.init], (), [fresh], [onto]))


HANDLERS: Mapping[type[Operation], Handler] = {
    EmptyOp: _empty,
    MatmulOp: _matmul,
    MoveOp: _move,
    PipelineOp: _pipeline,
    RingOp: _ring,
}
