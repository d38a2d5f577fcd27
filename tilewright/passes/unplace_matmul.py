"""`unplace-matmul`: operands that were placed by hand, only to be multiplied, lose their places."""

from __future__ import annotations

from dataclasses import dataclass

from xdsl.builder import Builder
from xdsl.context import Context
from xdsl.dialects import scf
from xdsl.dialects.builtin import ModuleOp
from xdsl.ir import Operation, SSAValue
from xdsl.passes import ModulePass
from xdsl.rewriter import InsertPoint, Rewriter

from tilewright.dialects.spaces import Space
from tilewright.dialects.tile import (
    ExtractOp,
    LoadOp,
    MatmulOp,
    MoveOp,
    PipelineOp,
    RingUserOp,
    TileType,
)
from tilewright.passes.analysis.accumulators import accumulator_of
from tilewright.passes.analysis.equivalence import depends
from tilewright.passes.analysis.tensor_stores import may_store
from tilewright.passes.building import add, replace_uses


def _load_behind(operand: SSAValue) -> LoadOp | None:
    """The load that an operand comes from, by at most one move; None where its place means something."""
    path = operand.owner
    if isinstance(path, MoveOp | ExtractOp):
        if not _is_free(path) or path.result.type.placement not in (Space.LEFT, Space.RIGHT):
            return None
        load = path.source.owner
    else:
        load = path
    if not isinstance(load, LoadOp) or not _is_free(load) or load.result.type.placement not in (None, Space.MAT):
        return None
    if isinstance(path, ExtractOp) and not _reads_each_part_once(path, load):
        return None
    return load


def _is_free(op: RingUserOp) -> bool:
    """Whether an op leaves open which buffer it writes to."""
    return op.ring is None and not op.attributes


def _reads_each_part_once(path: ExtractOp, load: LoadOp) -> bool:
    """Whether each turn of the loops between takes another part of what was loaded, and may as well load that."""
    if load.sizes is not None or load.rows is not None or load.result.type.valid_extents != load.result.type.extents:
        return False
    inner: Operation = path
    while inner.parent is not load.parent:
        around = inner.parent_op()
        if not isinstance(around, scf.ForOp | PipelineOp):
            return False
        if not any(depends(offset, around.body.block.args[0]) for offset in path.offsets):
            return False
        inner = around
    current = load.next_op
    while current is not None and not may_store(current, load.source):
        if current is inner:
            return True
        current = current.next_op
    return False


def _candidates(root: Operation) -> dict[MatmulOp, None]:
    """The matmuls whose operands may lose their places: nothing else needs them."""
    found = {
        op: None
        for op in root.walk()
        if isinstance(op, MatmulOp) and all(_load_behind(operand) is not None for operand in (op.lhs, *op.rhs))
    }
    while True:
        kept = {op: None for op in found if _all_go(op, found)}
        if len(kept) == len(found):
            return found
        found = kept


def _all_go(matmul: MatmulOp, found: dict[MatmulOp, None]) -> bool:
    """Whether all that reads the operands, and the loads behind them, is among these matmuls."""
    pending: list[SSAValue] = [matmul.lhs, *matmul.rhs]
    pending += [load.result for operand in (matmul.lhs, *matmul.rhs) if (load := _load_behind(operand)) is not None]
    while pending:
        for use in pending.pop().uses:
            reader = use.operation
            if isinstance(reader, MatmulOp) and reader in found:
                continue
            if not isinstance(reader, MoveOp | ExtractOp):
                return False
            if _load_behind(reader.result) is None:
                return False
            pending.append(reader.result)
    return True


def _unplace_operand(operand: SSAValue) -> None:
    path = operand.owner
    if isinstance(path, ExtractOp):
        _load_part(path)
    elif isinstance(path, MoveOp):
        replace_uses(path.result, _forget_place(path.source))
        Rewriter.erase_op(path)
    else:
        _forget_place(operand)


def _load_part(path: ExtractOp) -> None:
    """Load the window that an extract takes, where it takes it."""
    load = path.source.owner
    assert isinstance(load, LoadOp)
    builder = Builder(InsertPoint.before(path))
    offsets = [add(builder, whole, part) for whole, part in zip(load.offsets, path.offsets, strict=True)]
    direct = builder.insert(LoadOp(load.source, offsets, path.result.type.placed(None)))
    direct.location = load.location
    replace_uses(path.result, direct.result)
    Rewriter.erase_op(path)
    if not load.result.first_use:
        Rewriter.erase_op(load)


def _forget_place(value: SSAValue) -> SSAValue:
    """Give a tile the type without a place; returns it as it is then."""
    assert isinstance(value.type, TileType)
    if value.type.placement is None:
        return value
    return Rewriter.replace_value_with_new_type(value, value.type.placed(None))


@dataclass(frozen=True)
class UnplaceMatmulPass(ModulePass):
    """Take matmuls that were staged by hand back to level 1, for `plan-matmul` to stage.

    Requires: nothing.
    Ensures: a matmul whose operands are loaded into Mat, and moved or cut from there to Left and Right, reads loads
    without a place, and its accumulator has none, unless something else reads a tile on the way, or a tile is bound to
    a ring. A cut in a loop becomes a load of the part, when each turn takes another one.

    Programs that only say the usual path get the best plan for it, whatever chunks they were written with.
    """

    name = "unplace-matmul"

    def apply(self, ctx: Context, op: ModuleOp) -> None:
        for matmul in _candidates(op):
            for operand in (matmul.lhs, *matmul.rhs):
                _unplace_operand(operand)
        for matmul in [inner for inner in op.walk() if isinstance(inner, MatmulOp)]:
            for result in matmul.accs_out:
                if result.type.placement is Space.ACC:
                    family = accumulator_of(result)
                    if family is not None and not family.readers and not any(op.is_placed for op in family.matmuls):
                        family.place(None)
