"""`fuse-matmul`: matmuls that share their left operand become one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xdsl.context import Context
from xdsl.dialects.builtin import ModuleOp
from xdsl.ir import Block, Operation, SSAValue
from xdsl.passes import ModulePass
from xdsl.rewriter import InsertPoint, Rewriter

from tilewright.arch.chip import load_chip
from tilewright.dialects.spaces import Space
from tilewright.dialects.tile import LoadOp, MatmulOp
from tilewright.passes.analysis.equivalence import equivalent


def accumulator_bytes(matmul: MatmulOp) -> int:
    """Bytes of Acc that all accumulators of a matmul take together, in whole fractals."""
    chip = load_chip()
    total = 0
    for result in matmul.accs_out:
        rows, columns = result.type.extents
        side = chip.fractal.rows
        padded = (-(-rows // side) * side, -(-columns // side) * side)
        total += chip.tile_bytes("acc", str(result.type.element_type), *padded)
    return total


def fusible(first: MatmulOp, second: MatmulOp) -> bool:
    """Whether `second` can join `first`, which stands before it in the same block.

    Both must start alike (afresh, or from accumulators, under the same condition), have right operands of one type,
    read equal left operands, and `second` must need nothing that `first` makes. Their accumulators must fit Acc
    together.
    """
    right_types = {right.type for right in (*first.rhs, *second.rhs)}
    if len(right_types) != 1 or first.lhs.type != second.lhs.type:
        return False
    if bool(first.acc) != bool(second.acc) or (first.init is None) != (second.init is None):
        return False
    if first.init is not None and second.init is not None and not equivalent(first.init, second.init):
        return False
    if set(first.acc) & set(second.acc):
        return False
    if not equivalent(first.lhs, second.lhs) or _used_before(first, second):
        return False
    capacity = load_chip().space(Space.ACC).usable_bytes
    return accumulator_bytes(first) + accumulator_bytes(second) <= capacity


def _used_before(first: MatmulOp, second: MatmulOp) -> bool:
    """Whether a result of `first` is needed up to and including `second`, directly or inside a region."""
    for result in first.accs_out:
        for use in result.uses:
            user: Operation | None = use.operation
            while user is not None and user.parent is not first.parent:
                user = user.parent_op()
            if user is None or user is second or user.is_before_in_block(second):
                return True
    return False


def fuse(first: MatmulOp, second: MatmulOp) -> MatmulOp:
    """Replace both by one matmul where `second` stands; the left operand of `second` is left to be cleaned up."""
    fused = MatmulOp(
        first.lhs,
        [*first.rhs, *second.rhs],
        [*first.result_types, *second.result_types],
        [*first.acc, *second.acc],
        first.init,
    )
    fused.location = second.location
    Rewriter.insert_op(fused, InsertPoint.before(second))
    results = list(fused.accs_out)
    for old in (first, second):
        for result in old.accs_out:
            _take_over(result, results.pop(0))
        Rewriter.erase_op(old)
    return fused


def _take_over(old: SSAValue, new: SSAValue) -> None:
    new.name_hint = old.name_hint
    old.replace_all_uses_with(new)


def _erase_unused_loads(block: Block, candidates: Sequence[SSAValue]) -> None:
    for value in candidates:
        owner = value.owner
        if isinstance(owner, LoadOp) and not value.first_use:
            Rewriter.erase_op(owner)


@dataclass(frozen=True)
class FuseMatmulPass(ModulePass):
    """Fuse matmuls of one block that share their left operand into one matmul with several results.

    Requires: nothing.
    Ensures: no two matmuls of a block are `fusible`; a left operand that was loaded twice by equal expressions is
    loaded once.

    One load of the activation and one move into Left then feed all right-hand sides, and their accumulators live side
    by side over the whole K loop.
    """

    name = "fuse-matmul"

    def apply(self, ctx: Context, op: ModuleOp) -> None:
        for block in [block for inner in op.walk() for region in inner.regions for block in region.blocks]:
            self._fuse_block(block)

    def _fuse_block(self, block: Block) -> None:
        open_groups: list[MatmulOp] = []
        for op in [op for op in block.ops if isinstance(op, MatmulOp)]:
            partner = next((group for group in open_groups if fusible(group, op)), None)
            if partner is None:
                open_groups.append(op)
                continue
            left = op.lhs
            open_groups[open_groups.index(partner)] = fuse(partner, op)
            _erase_unused_loads(block, [left])
