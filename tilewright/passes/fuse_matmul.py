"""`fuse-matmul`: matmuls that share their left operand become one."""

from __future__ import annotations

from dataclasses import dataclass

from xdsl.context import Context
from xdsl.dialects.builtin import ModuleOp
from xdsl.ir import Block, SSAValue
from xdsl.passes import ModulePass
from xdsl.rewriter import InsertPoint, Rewriter

from tilewright.arch.chip import load_chip
from tilewright.dialects.spaces import Space
from tilewright.dialects.tile import LoadOp, MatmulOp, TileType
from tilewright.passes.analysis.equivalence import equivalent


def accumulator_bytes(matmul: MatmulOp) -> int:
    """Bytes of Acc that all accumulators of a matmul take together, in whole fractals."""
    return sum(_accumulator_bytes(result.type) for result in matmul.accs_out)


def _accumulator_bytes(tile: TileType) -> int:
    chip = load_chip()
    rows, columns = tile.extents
    side = chip.fractal.rows
    padded = (-(-rows // side) * side, -(-columns // side) * side)
    return chip.tile_bytes("acc", str(tile.element_type), *padded)


def fusible(first: MatmulOp, second: MatmulOp) -> bool:
    """Whether `second` can join `first`, which stands before it in the same block.

    Both must start alike (afresh, or from accumulators, under the same condition), have right operands of one type,
    read equal left operands, and `second` must need nothing that `first` makes. Their accumulators must fit Acc
    together.
    """
    right_types = {right.type for right in (*first.rhs, *second.rhs)}
    if len(right_types) != 1:
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
            user = use.operation
            while user.parent is not first.parent and (around := user.parent_op()) is not None:
                user = around
            if user is second or user.is_before_in_block(second):
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
            result.replace_all_uses_with(results.pop(0))
        Rewriter.erase_op(old)
    return fused


def _erase_unused_load(value: SSAValue) -> None:
    if isinstance(value.owner, LoadOp) and not value.first_use:
        Rewriter.erase_op(value.owner)


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
            _erase_unused_load(left)
