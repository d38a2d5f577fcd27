"""`fuse-loops`: loops over the same K that load the same left operand become one loop."""

from __future__ import annotations

from dataclasses import dataclass

from xdsl.context import Context
from xdsl.dialects import scf
from xdsl.dialects.builtin import ModuleOp
from xdsl.ir import Block, Operation, SSAValue
from xdsl.passes import ModulePass
from xdsl.rewriter import InsertPoint, Rewriter
from xdsl.traits import is_side_effect_free

from tilewright.arch.chip import load_chip
from tilewright.dialects.spaces import Space
from tilewright.dialects.tile import LoadOp, MatmulOp, PipelineOp, YieldOp
from tilewright.passes.analysis.equivalence import equivalent
from tilewright.passes.analysis.tensor_stores import between, stored_between
from tilewright.passes.building import replace_uses
from tilewright.passes.fuse_matmul import accumulator_bytes

Loop = scf.ForOp | PipelineOp


def _only_accumulates(loop: Loop) -> bool:
    """Whether a loop does nothing but load, compute and carry."""
    return all(
        isinstance(op, LoadOp) or is_side_effect_free(op)
        for op in loop.body.block.ops
        if op is not loop.body.block.last_op
    )


def _share_left_operand(first: Loop, second: Loop) -> bool:
    """Whether a matmul of each loads the same window of the same tensor, seen from its own iteration."""
    variables: dict[SSAValue, SSAValue] = {second.body.block.args[0]: first.body.block.args[0]}
    return any(
        _same_load(one.lhs, other.lhs, variables)
        for one in _matmuls(first)
        for other in _matmuls(second)
        if one.lhs.type == other.lhs.type
    )


def _matmuls(loop: Loop) -> list[MatmulOp]:
    return [op for op in loop.body.block.ops if isinstance(op, MatmulOp)]


def _same_load(one: SSAValue, other: SSAValue, variables: dict[SSAValue, SSAValue]) -> bool:
    first, second = one.owner, other.owner
    if not isinstance(first, LoadOp) or not isinstance(second, LoadOp) or first.source is not second.source:
        return False
    return all(_same(a, b, variables) for a, b in zip(first.offsets, second.offsets, strict=True))


def _same(one: SSAValue, other: SSAValue, variables: dict[SSAValue, SSAValue]) -> bool:
    """Whether two index expressions are equal when loop variables are exchanged for one another."""
    if variables.get(other, other) is one or equivalent(one, other):
        return True
    first, second = one.owner, other.owner
    if isinstance(first, Block) or isinstance(second, Block) or type(first) is not type(second):
        return False
    return (
        is_side_effect_free(first)
        and first.properties == second.properties
        and len(first.operands) == len(second.operands)
        and all(_same(a, b, variables) for a, b in zip(first.operands, second.operands, strict=True))
    )


def _fusible(first: Loop, second: Loop) -> bool:
    """Whether `second` may run together with `first`, which stands before it in the same block."""
    if type(first) is not type(second) or not (_only_accumulates(first) and _only_accumulates(second)):
        return False
    if isinstance(first, PipelineOp) and isinstance(second, PipelineOp) and first.stages != second.stages:
        return False
    bounds = ((first.lb, second.lb), (first.ub, second.ub), (first.step, second.step))
    if not all(equivalent(a, b) for a, b in bounds) or not _share_left_operand(first, second):
        return False
    together = sum(accumulator_bytes(op) for loop in (first, second) for op in _matmuls(loop))
    if together > load_chip().space(Space.ACC).usable_bytes:
        return False
    return _can_move_up(first, second)


def _can_move_up(first: Loop, second: Loop) -> bool:
    """Whether what `second` needs can stand before `first`, and nothing between stores what it loads."""
    loaded = {load.source for load in second.walk() if isinstance(load, LoadOp)}
    if any(stored_between(first, second, tensor) for tensor in loaded):
        return False
    return _movable(second, set(between(first, second)), first) is not None


def _movable(second: Loop, between: set[Operation], first: Loop) -> list[Operation] | None:
    """The ops between the loops that `second` needs, in order; None when one of them must stay where it is."""
    needed: set[Operation] = set()
    pending = [operand for op in second.walk() for operand in op.operands]
    while pending:
        owner = pending.pop().owner
        if owner is first:
            return None
        if isinstance(owner, Operation) and owner in between and owner not in needed:
            if not is_side_effect_free(owner) or owner.regions:
                return None
            needed.add(owner)
            pending.extend(owner.operands)
    return [op for op in _in_order(first) if op in needed]


def _in_order(first: Operation) -> list[Operation]:
    ops: list[Operation] = []
    op = first.next_op
    while op is not None:
        ops.append(op)
        op = op.next_op
    return ops


def _fuse(first: Loop, second: Loop) -> Loop:
    """One loop that does the work of both, where `first` stands."""
    for op in _movable(second, set(between(first, second)), first) or []:
        op.detach()
        Rewriter.insert_op(op, InsertPoint.before(first))
    carried = [*first.iter_args, *second.iter_args]
    body = Block(arg_types=[first.body.block.args[0].type, *(value.type for value in carried)])
    split = 1 + len(first.iter_args)
    yielded: list[SSAValue] = []
    parts = ((first, body.args[1:split]), (second, body.args[split:]))
    for loop, arguments in parts:
        old = loop.body.block
        terminator = old.last_op
        assert terminator is not None
        Rewriter.inline_block(old, InsertPoint.at_end(body), [body.args[0], *arguments])
        yielded += terminator.operands
        Rewriter.erase_op(terminator)
    last = YieldOp(*yielded) if isinstance(first, PipelineOp) else scf.YieldOp(*yielded)
    body.add_op(last)
    fused: Loop
    if isinstance(first, PipelineOp):
        fused = PipelineOp(first.stage_count, first.lb, first.ub, first.step, carried, body)
    else:
        fused = scf.ForOp(first.lb, first.ub, first.step, carried, body)
    fused.location = first.location
    Rewriter.insert_op(fused, InsertPoint.before(first))
    for old, new in zip([*first.results, *second.results], fused.results, strict=True):
        replace_uses(old, new)
    Rewriter.erase_op(first)
    Rewriter.erase_op(second)
    return fused


@dataclass(frozen=True)
class FuseLoopsPass(ModulePass):
    """Fuse loops over K that load the same left operand, so that `fuse-matmul` finds their matmuls side by side.

    Requires: nothing.
    Ensures: two loops of a block are one when they have equal bounds and steps (and stages), do nothing but load,
    compute and carry, load the same window into the left operand of a matmul, do not depend on each other, also not
    through a tensor, and have accumulators that fit Acc together. Two arguments are taken to be different tensors.

    A projection that was written as two loops, gate first and then up, loads its activation once this way.
    """

    name = "fuse-loops"

    def apply(self, ctx: Context, op: ModuleOp) -> None:
        for block in [block for inner in op.walk() for region in inner.regions for block in region.blocks]:
            self._fuse_block(block)

    def _fuse_block(self, block: Block) -> None:
        open_loops: list[Loop] = []
        for op in [op for op in block.ops if isinstance(op, scf.ForOp | PipelineOp)]:
            partner = next((loop for loop in open_loops if _fusible(loop, op)), None)
            if partner is None:
                open_loops.append(op)
            else:
                open_loops[open_loops.index(partner)] = _fuse(partner, op)
