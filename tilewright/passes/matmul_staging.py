"""Placed types and cube instructions of one staged matmul; `lower-matmul` puts loads and loops around them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from xdsl.builder import Builder
from xdsl.dialects import arith
from xdsl.dialects.builtin import IndexType, IntegerAttr, StringAttr, i64
from xdsl.ir import Block, Operation, SSAValue
from xdsl.rewriter import InsertPoint

from tilewright.arch.chip import load_chip
from tilewright.dialects.spaces import Space
from tilewright.dialects.tile import ExtractOp, MatmulOp, MoveOp, PipelineOp, TileType, YieldOp
from tilewright.passes.analysis.contraction import Contraction
from tilewright.passes.analysis.matmul_plan import MatmulPlan, round_up
from tilewright.passes.analysis.operand_loads import is_transposed
from tilewright.passes.analysis.rings import RING, SLOTS
from tilewright.passes.building import add, equal, index_constant, rename


@dataclass(frozen=True)
class Staging:
    """The placed types of one contraction under its plan."""

    contraction: Contraction
    plan: MatmulPlan
    charged_rows: bool = False
    """Whether buffers have as many rows as the accumulator is charged for, rather than whole fractals only."""

    @cached_property
    def _fractal(self) -> tuple[int, int]:
        chip = load_chip()
        return chip.fractal.rows, chip.fractal.columns(self.contraction.problem.element_type)

    @cached_property
    def _row_step(self) -> int:
        rows, columns = self._fractal
        step = load_chip().space("acc").row_step[self.contraction.problem.acc_type] if self.charged_rows else rows
        return max(step, columns) if is_transposed(self.contraction.lhs) else step

    def left_operand(self, space: Space, k: int) -> TileType:
        """The left operand, `k` wide."""
        source = self.contraction.lhs.result.type
        rows = source.valid_extents[0]
        return TileType.of((round_up(rows, self._row_step), k), source.element_type, space, (rows, k))

    def right_operand(self, part: int, space: Space, k: int) -> TileType:
        """Right operand `part`, `k` high; in whole fractals both of Mat and of Right."""
        source = self.contraction.rhs[part].result.type
        columns = source.valid_extents[1]
        return TileType.of((k, round_up(columns, max(self._fractal))), source.element_type, space, (k, columns))

    def accumulator(self, part: int) -> TileType:
        """The accumulator of right operand `part`."""
        left = self.left_operand(Space.LEFT, self.plan.l0_k)
        right = self.right_operand(part, Space.RIGHT, self.plan.l0_k)
        return TileType.of(
            (left.extents[0], right.extents[1]),
            self.contraction.matmul.accs_out[part].type.element_type,
            Space.ACC,
            (left.valid_extents[0], right.valid_extents[1]),
        )

    @property
    def parts(self) -> range:
        """The right operands by number."""
        return range(len(self.contraction.rhs))

    def mark_ring(self, op: Operation, part: int | None, total_slots: int, ring: str) -> None:
        """Say how many buffers the result of `op` takes in turn; right operands of one type share them."""
        if part is not None and self.contraction.same_width:
            op.attributes[RING] = StringAttr(ring)
        elif part is not None:
            total_slots //= len(self.contraction.rhs)
        op.attributes[SLOTS] = IntegerAttr(total_slots, i64)


def emit_steps(
    builder: Builder,
    staging: Staging,
    a_tile: SSAValue,
    a_offset: SSAValue | None,
    b_tiles: Sequence[SSAValue],
    accs: Sequence[SSAValue],
    first: SSAValue | bool,
) -> Sequence[SSAValue]:
    """The cube instructions for one chunk in Mat; returns the updated accumulators.

    Args:
        builder: where to insert.
        staging: the types and the plan.
        a_tile, b_tiles: the chunk in Mat, `b_tiles` one per right operand.
        a_offset: the column of the chunk within `a_tile`, None where the tile is the chunk.
        accs: one accumulator per right operand.
        first: whether the sum starts with this chunk; a value when only the running program knows.
    """
    plan = staging.plan
    if plan.k_chunk == plan.l0_k:
        return _emit_step(builder, staging, a_tile, a_offset, b_tiles, None, accs, first)
    body = Block(arg_types=[IndexType(), *(acc.type for acc in accs)])
    inner, zero = Builder(InsertPoint.at_end(body)), index_constant(builder, 0)
    j = rename(body.args[0], "j")
    inner_first: SSAValue | bool = False
    if first is not False:
        inner_first = equal(inner, j, zero)
        if first is not True:
            inner_first = inner.insert(arith.AndIOp(first, inner_first)).result
        rename(inner_first, "first")
    column = j if a_offset is None else add(inner, a_offset, j)
    results = _emit_step(inner, staging, a_tile, column, b_tiles, j, body.args[1:], inner_first)
    inner.insert(YieldOp(*results))
    upper, step = index_constant(builder, plan.k_chunk), index_constant(builder, plan.l0_k)
    loop = builder.insert(PipelineOp(1, zero, upper, step, accs, body))
    for argument, acc in zip(body.args[1:], accs, strict=True):
        rename(argument, acc.name_hint)
    return loop.results


def _emit_step(
    builder: Builder,
    staging: Staging,
    a_tile: SSAValue,
    a_column: SSAValue | None,
    b_tiles: Sequence[SSAValue],
    b_row: SSAValue | None,
    accs: Sequence[SSAValue],
    first: SSAValue | bool,
) -> Sequence[SSAValue]:
    """One cube instruction per right operand, with the moves that feed it."""
    plan = staging.plan
    left_type = staging.left_operand(Space.LEFT, plan.l0_k)
    if a_column is None:
        left = builder.insert(MoveOp(a_tile, left_type))
    else:
        left = builder.insert(ExtractOp(a_tile, [index_constant(builder, 0), a_column], left_type))
    staging.mark_ring(left, None, plan.left_slots, "left")
    rename(left.result, f"{a_tile.name_hint or 'a'}_left")
    rights: list[SSAValue] = []
    for part, tile in enumerate(b_tiles):
        right_type = staging.right_operand(part, Space.RIGHT, plan.l0_k)
        if b_row is None:
            right = builder.insert(MoveOp(tile, right_type))
        else:
            right = builder.insert(ExtractOp(tile, [b_row, index_constant(builder, 0)], right_type))
        staging.mark_ring(right, part, plan.right_slots, "right")
        rights.append(rename(right.result, f"{tile.name_hint or 'b'}_right"))
    types = [staging.accumulator(part) for part in staging.parts]
    if first is True:
        matmul = builder.insert(MatmulOp(left.result, rights, types))
    else:
        condition = first if isinstance(first, SSAValue) else None
        matmul = builder.insert(MatmulOp(left.result, rights, types, accs, condition))
    for result, old in zip(matmul.accs_out, staging.contraction.matmul.accs_out, strict=True):
        rename(result, old.name_hint)
    return matmul.accs_out
