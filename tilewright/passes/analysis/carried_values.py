"""Which values a loop or a branch hands on."""

from __future__ import annotations

from xdsl.dialects import scf
from xdsl.ir import Block, BlockArgument, OpResult, SSAValue

from tilewright.dialects.tile import PipelineOp


def handed_on(value: SSAValue) -> tuple[SSAValue, ...]:
    """The values that `value` may be, where a loop or a branch hands it on; nothing where it is made otherwise.

    For a value that a loop carries these are the first one and the one that the body yields.
    """
    if isinstance(value, OpResult):
        return _of_result(value)
    return _of_argument(value) if isinstance(value, BlockArgument) else ()


def _of_result(value: OpResult) -> tuple[SSAValue, ...]:
    op, index = value.op, value.index
    if isinstance(op, scf.ForOp | PipelineOp):
        return (op.iter_args[index], _yielded(op.body.block, index))
    if isinstance(op, scf.IfOp):
        return tuple(_yielded(region.block, index) for region in (op.true_region, op.false_region) if region.blocks)
    if isinstance(op, scf.WhileOp):
        return (_condition(op).args[index],)
    return ()


def _of_argument(value: BlockArgument) -> tuple[SSAValue, ...]:
    op, index = value.block.parent_op(), value.index
    if isinstance(op, scf.ForOp | PipelineOp):
        # The first argument is the loop variable.
        return (op.iter_args[index - 1], _yielded(value.block, index - 1)) if index else ()
    if isinstance(op, scf.WhileOp):
        if value.block is op.after_region.block:
            return (_condition(op).args[index],)
        return (op.arguments[index], _yielded(op.after_region.block, index))
    return ()


def _yielded(block: Block, index: int) -> SSAValue:
    assert block.last_op is not None
    return block.last_op.operands[index]


def _condition(op: scf.WhileOp) -> scf.ConditionOp:
    last = op.before_region.block.last_op
    assert isinstance(last, scf.ConditionOp)
    return last
