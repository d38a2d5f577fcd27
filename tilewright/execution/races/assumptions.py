"""Does it depend on numbers that nobody gave where an instruction touches memory?

Two blocks, or two stores of a block, that meet with a made-up number of rows may never meet with the real one.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence

from xdsl.dialects import func, scf
from xdsl.ir import Block, BlockArgument, Operation, SSAValue

from tilewright.dialects.pto.pipe_ends import PipeUserOp
from tilewright.execution.names import argument_names


def rests_on_assumptions(
    op: Operation,
    functions: Sequence[func.FuncOp],
    assumed: Container[str],
    from_memory: Container[Operation],
    *,
    ends: bool = True,
) -> bool:
    """Whether an operand of an operation is computed from a number that was assumed.

    Args:
        op: the operation.
        functions: the kernels that run; their arguments are what somebody gives.
        assumed: the names of the arguments that nobody gave.
        from_memory: operations that read a number from memory, where nobody knows what is.
        ends: whether it counts where loops end: two turns of one loop meet or not, whatever comes after them.
    """
    end = op.end if isinstance(op, PipeUserOp) else None
    pending = [*op.operands, *(() if end is None else end.operands)]
    seen: set[SSAValue] = set()
    while pending:
        value = pending.pop()
        if value in seen:
            continue
        seen.add(value)
        owner = value.owner
        function = owner.parent_op() if isinstance(owner, Block) else None
        if isinstance(value, BlockArgument) and isinstance(function, func.FuncOp):
            if function not in functions:
                pending += _handed_over(function, value.index)
            elif argument_names(function)[value.index] in assumed:
                return True
        else:
            source = function if isinstance(owner, Block) else owner
            if source is None or source in from_memory:
                return True
            pending += _operands(source, ends=ends)
    return False


def _operands(op: Operation, *, ends: bool) -> Iterator[SSAValue]:
    """What the results and the block arguments of an operation are computed from."""
    end = op.ub if isinstance(op, scf.ForOp) and not ends else None
    yield from (operand for operand in op.operands if operand is not end)
    for region in op.regions:
        for block in region.blocks:
            if block.last_op is not None:
                yield from block.last_op.operands


def _handed_over(function: func.FuncOp, index: int) -> Iterator[SSAValue]:
    """What callers give for an argument."""
    module = function.parent_op()
    for op in () if module is None else module.walk():
        if isinstance(op, func.CallOp) and op.callee.string_value() == function.sym_name.data:
            yield op.operands[index]
