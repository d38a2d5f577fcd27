"""Changing the tile sizes of a program as its user wrote it: another K chunk, fewer columns, no fixed places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from xdsl.builder import Builder
from xdsl.dialects import scf
from xdsl.ir import BlockArgument, Operation, SSAValue
from xdsl.rewriter import InsertPoint, Rewriter

from tilewright.arch.chip import load_chip
from tilewright.dialects.constants import constant_value
from tilewright.dialects.spaces import Space
from tilewright.dialects.tile import EmptyOp, FullOp, LoadOp, MatmulOp, MoveOp, PipelineOp, TileType
from tilewright.passes.building import index_constant


def matmuls(root: Operation) -> list[MatmulOp]:
    """All matmuls under `root`."""
    return [op for op in root.walk() if isinstance(op, MatmulOp)]


def k_loops(root: Operation) -> list[tuple[scf.ForOp | PipelineOp, int]]:
    """Loops that step over K by the K of their matmuls, with that K."""
    found: dict[scf.ForOp | PipelineOp, int] = {}
    for matmul in matmuls(root):
        loop = matmul.parent_op()
        k = _tile_type(matmul.lhs).extents[1]
        if isinstance(loop, scf.ForOp | PipelineOp) and constant_value(loop.step) == k:
            found[loop] = k
    return list(found.items())


def set_stages(root: Operation, stages: int) -> None:
    """Give every pipeline at most this many stages."""
    for op in root.walk():
        if isinstance(op, PipelineOp) and op.stage_count > stages:
            op.properties["stages"] = type(op.stages)(stages, op.stages.type)


def set_k_chunk(root: Operation, k: int) -> bool:
    """Let every loop over K take `k` at a time; False when a loop cannot."""
    loops = k_loops(root)
    if not loops:
        return False
    for loop, old in loops:
        element = str(_tile_type(next(m for m in matmuls(loop)).lhs).element_type)
        if old % k or k % load_chip().k_fractal(element):
            return False
        step = index_constant(Builder(InsertPoint.before(loop)), k)
        loop.operands[2] = step
        for matmul in [m for m in matmuls(loop) if m.parent_op() is loop]:
            for value in _staged_values(matmul.lhs):
                _resize(value, columns=k)
            for right in matmul.rhs:
                for value in _staged_values(right):
                    _resize(value, rows=k)
    return True


def set_columns(root: Operation, n: int) -> None:
    """Give every right operand and every accumulator at most `n` columns."""
    values: set[SSAValue] = set()
    for matmul in matmuls(root):
        for right in matmul.rhs:
            values.update(_staged_values(right))
        for result in matmul.accs_out:
            values.update(_accumulator_values(result))
    for value in values:
        if _tile_type(value).extents[1] > n:
            _resize(value, columns=n)


def columns_of(root: Operation) -> int:
    """The widest right operand."""
    return max((_tile_type(right).extents[1] for m in matmuls(root) for right in m.rhs), default=0)


def unplace_loads(root: Operation) -> bool:
    """Take the space from loads that feed matmuls, so that the planner may stage them; False if there is none."""
    found = False
    for matmul in matmuls(root):
        for value in (matmul.lhs, *matmul.rhs):
            tile = _tile_type(value)
            if tile.placement is Space.MAT and isinstance(value.owner, LoadOp):
                Rewriter.replace_value_with_new_type(value, tile.placed(None))
                found = True
    return found


def _tile_type(value: SSAValue) -> TileType:
    assert isinstance(value.type, TileType)
    return value.type


def _resize(value: SSAValue, rows: int | None = None, columns: int | None = None) -> None:
    tile = _tile_type(value)
    old_rows, old_columns = tile.extents
    shape = (rows or old_rows, columns or old_columns)
    valid = (min(tile.valid_extents[0], shape[0]), min(tile.valid_extents[1], shape[1]))
    new = TileType.of(shape, tile.element_type, tile.placement, valid)
    Rewriter.replace_value_with_new_type(value, new)


def _staged_values(operand: SSAValue) -> Iterator[SSAValue]:
    """The operand, and what it was moved from, back to its load."""
    current = operand
    yield current
    while isinstance(current.owner, MoveOp):
        current = current.owner.source
        yield current


def _accumulator_values(result: SSAValue) -> set[SSAValue]:
    """All values that share the buffer of an accumulator: through accumulation and loop carries."""
    seen: set[SSAValue] = set()
    pending = [result]
    while pending:
        value = pending.pop()
        if value in seen or not isinstance(value.type, TileType):
            continue
        seen.add(value)
        pending += _before(value)
        pending += _after(value)
    return seen


def _position(values: Iterable[SSAValue], wanted: SSAValue) -> int:
    return next(position for position, value in enumerate(values) if value is wanted)


def _before(value: SSAValue) -> Iterator[SSAValue]:
    owner = value.owner
    if isinstance(owner, MatmulOp) and owner.acc:
        yield owner.acc[_position(owner.accs_out, value)]
    elif isinstance(owner, scf.ForOp | PipelineOp):
        position = _position(owner.results, value)
        yield owner.body.block.args[position + 1]
        yield owner.iter_args[position]
    elif isinstance(value, BlockArgument):
        loop = value.block.parent_op()
        if isinstance(loop, scf.ForOp | PipelineOp) and value.index > 0:
            yield loop.iter_args[value.index - 1]
            yield loop.results[value.index - 1]
            terminator = value.block.last_op
            if terminator is not None:
                yield terminator.operands[value.index - 1]


def _after(value: SSAValue) -> Iterator[SSAValue]:
    if isinstance(value.owner, FullOp | EmptyOp | MatmulOp):
        for use in value.uses:
            user = use.operation
            if isinstance(user, scf.ForOp | PipelineOp) and use.index >= 3:
                yield user.body.block.args[use.index - 2]
            elif isinstance(user, MatmulOp) and value in user.acc:
                yield user.accs_out[_position(user.acc, value)]
