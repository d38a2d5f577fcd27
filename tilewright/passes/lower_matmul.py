"""`lower-matmul`: apply the plan of each matmul: loads into Mat, moves into Left and Right, accumulators in Acc."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xdsl.builder import Builder
from xdsl.context import Context
from xdsl.dialects import arith, scf
from xdsl.dialects.builtin import IndexType, ModuleOp
from xdsl.ir import Block, Operation, SSAValue
from xdsl.passes import ModulePass
from xdsl.rewriter import InsertPoint, Rewriter

from tilewright.dialects.constants import constant_value
from tilewright.dialects.diagnostics import fail, warn
from tilewright.dialects.names import value_name
from tilewright.dialects.spaces import Space
from tilewright.dialects.tile import EmptyOp, FullOp, LoadOp, MoveOp, PipelineOp, TileType, YieldOp
from tilewright.passes.analysis.contraction import (
    Contraction,
    Loop,
    find_contractions,
    induction_of,
)
from tilewright.passes.analysis.equivalence import equivalent
from tilewright.passes.analysis.operand_loads import COLUMNS, ROWS, Operand, dimension_of, load_part
from tilewright.passes.analysis.plan_attribute import read_plan
from tilewright.passes.analysis.rings import SLOTS
from tilewright.passes.branch_places import place_joined
from tilewright.passes.building import add, equal, index_constant, rename, replace_uses
from tilewright.passes.index_copies import IndexCopier
from tilewright.passes.matmul_staging import Staging, emit_steps


def _starting_accumulators(builder: Builder, staging: Staging) -> list[SSAValue]:
    """The accumulators before the first chunk: empty ones for a fresh sum, else those that exist already."""
    contraction = staging.contraction
    starts = contraction.loop.iter_args if contraction.loop is not None else contraction.matmul.acc
    if contraction.fresh:
        names = [result.name_hint for result in contraction.matmul.accs_out]
        if contraction.loop is not None:
            order = _carried_order(contraction, contraction.loop)
            names = [contraction.loop.results[position].name_hint for position in order]
        return [
            rename(builder.insert(EmptyOp(staging.accumulator(part))).result, names[part]) for part in staging.parts
        ]
    if contraction.loop is not None:
        starts = [starts[position] for position in _carried_order(contraction, contraction.loop)]
    for part, start in enumerate(starts):
        if start.type != staging.accumulator(part):
            fail(
                "TW0206",
                f"{value_name(start)} is accumulated into, but it is not an accumulator: it is {start.type}, and "
                f"{staging.accumulator(part)} is needed",
                contraction.matmul,
                help=("start from tile.full 0, or from the result of a matmul",),
            )
    return list(starts)


def _carried_order(contraction: Contraction, loop: Loop) -> list[int]:
    """For each right operand, the position of its accumulator among the values that the loop carries."""
    positions: dict[SSAValue, int] = {arg: index for index, arg in enumerate(loop.body.block.args[1:])}
    return [positions[acc] for acc in contraction.matmul.acc]


def _rebuild(staging: Staging) -> None:
    """Replace the loop, or the single matmul, by a pipeline over the planned chunks of K."""
    contraction, plan = staging.contraction, staging.plan
    loop, matmul = contraction.loop, contraction.matmul
    anchor = loop or matmul
    outer = Builder(InsertPoint.before(anchor))
    accs = _starting_accumulators(outer, staging)
    start = constant_value(loop.lb) if loop is not None else 0
    assert start is not None
    lower = index_constant(outer, start)
    upper = index_constant(outer, start + contraction.k)
    step = index_constant(outer, plan.k_chunk)
    resident = _load_resident(outer, staging, lower) if plan.a_resident else None

    body = Block(arg_types=[IndexType(), *(acc.type for acc in accs)])
    builder = Builder(InsertPoint.at_end(body))
    k = rename(body.args[0], induction_of(loop).name_hint if loop is not None else "k")
    for argument, old in zip(body.args[1:], matmul.acc or accs, strict=True):
        rename(argument, old.name_hint)
    copier = IndexCopier(builder, induction_of(loop) if loop else None, k, loop.body.block if loop else None)

    a_tile, a_offset = resident, None
    if a_tile is None:
        a_tile = _emit_load(builder, staging, copier, contraction.lhs, None)
    else:
        a_offset = k if start == 0 else rename(builder.insert(arith.SubiOp(k, lower)).result, "done")
    b_tiles = [_emit_load(builder, staging, copier, load, part) for part, load in enumerate(contraction.rhs)]
    first = rename(equal(builder, k, lower), "first") if contraction.fresh else False
    results = emit_steps(builder, staging, a_tile, a_offset, b_tiles, body.args[1:], first)
    builder.insert(YieldOp(*results))
    stages = -(-plan.b_slots // len(contraction.rhs))
    pipeline = outer.insert(PipelineOp(stages, lower, upper, step, accs, body))

    if loop is None:
        old_results: Sequence[SSAValue] = matmul.accs_out
    else:
        old_results = [loop.results[position] for position in _carried_order(contraction, loop)]
    for old, new in zip(old_results, pipeline.results, strict=True):
        replace_uses(old, new)
    leftovers = [contraction.lhs, *contraction.rhs] if loop is None else []
    starts = [value.owner for value in (loop.iter_args if loop is not None else matmul.acc)]
    Rewriter.erase_op(anchor)
    _erase_unused([*leftovers, *starts])


def _emit_load(builder: Builder, staging: Staging, copier: IndexCopier, load: Operand, part: int | None) -> SSAValue:
    """The load of one chunk; `part` numbers right operands, None is the left one."""
    assert isinstance(load, LoadOp)  # nothing else can be cut
    plan, offsets = staging.plan, [copier.copy(offset) for offset in load.offsets]
    if copier.inside is None:
        axis = dimension_of(load, COLUMNS if part is None else ROWS)
        assert axis is not None
        offsets[axis] = add(builder, offsets[axis], copier.variable)
    if part is None:
        new_type, slots = staging.left_operand(Space.MAT, plan.k_chunk), plan.a_slots
    else:
        new_type, slots = staging.right_operand(part, Space.MAT, plan.k_chunk), plan.b_slots
    new = builder.insert(load_part(load, offsets, new_type))
    staging.mark_ring(new, part, slots, "weights")
    return rename(new.result, load.result.name_hint)


def _load_resident(builder: Builder, staging: Staging, lower: SSAValue) -> SSAValue:
    """Load the whole left operand before the loop."""
    contraction = staging.contraction
    loop, load = contraction.loop, contraction.lhs
    assert isinstance(load, LoadOp)  # nothing else can be cut
    copier = IndexCopier(builder, induction_of(loop) if loop else None, lower, loop.body.block if loop else None)
    offsets = [copier.copy(offset) for offset in load.offsets]
    new = builder.insert(load_part(load, offsets, staging.left_operand(Space.MAT, contraction.k)))
    return rename(new.result, load.result.name_hint)


def _keep(staging: Staging) -> None:
    """Leave the loop and its loads as they are, and feed the cube unit from them."""
    contraction = staging.contraction
    loop, matmul = contraction.loop, contraction.matmul
    for position, part in enumerate((None, *range(len(matmul.rhs)))):
        # What was placed for one operand may be another one, too.
        made = (matmul.lhs, *matmul.rhs)[position].owner
        if isinstance(made, LoadOp):
            _place_load(staging, made, part)
        elif isinstance(made, MoveOp):
            _fit_move(made)
    first: SSAValue | bool = contraction.fresh
    if loop is None:
        builder = Builder(InsertPoint.before(matmul))
        accs = _starting_accumulators(builder, staging)
    else:
        starts = _starting_accumulators(Builder(InsertPoint.before(loop)), staging)
        loop = _carry_accumulators(contraction, loop, starts)
        accs = matmul.acc
        builder = Builder(InsertPoint.before(matmul))
        if contraction.fresh:
            _warn_of_empty_range(loop)
            first = rename(equal(builder, induction_of(loop), loop.lb), "first")
    if matmul.init is not None:
        first = _either(builder, first, matmul.init)
    results = emit_steps(builder, staging, matmul.lhs, None, matmul.rhs, accs, first)
    starts_before = [value.owner for value in matmul.acc]
    for old, new in zip(matmul.accs_out, results, strict=True):
        replace_uses(old, new)
    Rewriter.erase_op(matmul)
    _erase_unused([*starts_before, *(acc.owner for acc in accs)])


def _either(builder: Builder, first: SSAValue | bool, init: SSAValue) -> SSAValue | bool:
    """Whether a sum starts afresh: where its start is zero, or where the user says so."""
    if first is True:
        return True
    if first is False or equivalent(first, init):
        return init
    return rename(builder.insert(arith.OrIOp(first, init)).result, "afresh")


def _warn_of_empty_range(loop: Loop) -> None:
    """Acc cannot be filled with zeros: the first matmul overwrites it, so there has to be one."""
    bounds = (constant_value(loop.lb), constant_value(loop.ub))
    if None in bounds:
        warn(
            "TW0209",
            "the sum is undefined when this loop does not run: accumulators are not filled with zeros, "
            "the first matmul overwrites them",
            loop,
        )


def _place_load(staging: Staging, load: LoadOp, part: int | None) -> None:
    """Give a load that is kept its place in Mat, in whole fractals; a ring only where the user has not placed it."""
    plan = staging.plan
    if part is None:
        new_type, slots = staging.left_operand(Space.MAT, plan.k_chunk), plan.a_slots
    else:
        new_type, slots = staging.right_operand(part, Space.MAT, plan.k_chunk), plan.b_slots
    placed = load.result.type.placement is not None
    if placed and load.result.type == new_type:
        return
    new = load_part(load, load.offsets, new_type)
    if placed:
        new.attributes |= load.attributes
    else:
        staging.mark_ring(new, part, slots, "weights")
    Rewriter.insert_op(new, InsertPoint.before(load))
    replace_uses(load.result, new.result)
    Rewriter.erase_op(load)


def _fit_move(move: MoveOp) -> None:
    """Give a move out of Acc the shape that its accumulator has come to have."""
    source = move.source.type
    new_type = TileType.of(source.extents, move.result.type.element_type, Space.MAT, source.valid_extents)
    if move.result.type != new_type:
        Rewriter.replace_value_with_new_type(move.result, new_type)


def _carry_accumulators(contraction: Contraction, loop: Loop, starts: Sequence[SSAValue]) -> Loop:
    """Make the loop carry placed accumulators; a plain loop becomes a pipeline when its loads rotate."""
    order = _carried_order(contraction, loop)
    values = list(loop.iter_args)
    old_starts = [value.owner for value in values]
    for position, start in zip(order, starts, strict=True):
        values[position] = start
    body = loop.body
    for position, value in enumerate(values):
        Rewriter.replace_value_with_new_type(body.block.args[position + 1], value.type)
    region = loop.detach_region(body)
    rotates = any(SLOTS in op.attributes for op in region.block.ops)
    new: Loop
    if isinstance(loop, PipelineOp):
        new = PipelineOp(loop.stage_count, loop.lb, loop.ub, loop.step, values, region)
    elif rotates:
        _replace_terminator(region.block)
        new = PipelineOp(1, loop.lb, loop.ub, loop.step, values, region)
    else:
        new = scf.ForOp(loop.lb, loop.ub, loop.step, values, region)
    new.location = loop.location
    Rewriter.insert_op(new, InsertPoint.before(loop))
    for old, result in zip(loop.results, new.results, strict=True):
        replace_uses(old, result)
    Rewriter.erase_op(loop)
    _erase_unused(old_starts)
    return new


def _replace_terminator(block: Block) -> None:
    terminator = block.last_op
    assert terminator is not None
    Rewriter.insert_op(YieldOp(*terminator.operands), InsertPoint.before(terminator))
    Rewriter.erase_op(terminator)


def _erase_unused(owners: Sequence[Operation | Block]) -> None:
    """Erase loads and starts of accumulators that nothing reads any more."""
    for owner in dict.fromkeys(owners):
        if isinstance(owner, LoadOp | FullOp | EmptyOp) and not owner.result.first_use:
            Rewriter.erase_op(owner)


@dataclass(frozen=True)
class LowerMatmulPass(ModulePass):
    """Apply the plans of `plan-matmul`.

    Requires: every unplaced matmul carries a plan (TW0207).
    Ensures: every matmul reads Left and Right and accumulates in Acc; an accumulator is bound to Acc from the first
    matmul to its store and never copied; loads sit in Mat, in whole fractals.

    A sum that starts from zero starts from `tile.empty`: its first matmul overwrites (`init`), as Acc cannot be filled.
    So its loop has to run at least once. Before this pass a sum over an empty range is zero, afterwards it is
    undefined; where the bounds are known at run time only, a warning says so (TW0209). On engines, reading such a sum
    is an error: TW0406 as values, TW0408 on the memories of the chip as long as no earlier sum has left its numbers in
    these bytes of Acc, which the chip would then give. A matmul of zeros would be a start for any range: the chip can
    fill a tile in Mat (hw-native-sys/pto-isa include/pto/npu/a2a3/TExpandS.hpp), but ptoas 0.27 takes that for an
    instruction of the vector pipe, which the cube core does not have.

    Options: `charged-rows` gives accumulators, and the left operands that go with them, as many rows as hardware
    charges for (32 for i32). ptoas plans memory by rows times columns, and leaves enough room only then.
    """

    name = "lower-matmul"

    charged_rows: bool = False

    def apply(self, ctx: Context, op: ModuleOp) -> None:
        place_joined(op, self.charged_rows)
        for contraction in find_contractions(op):
            staging = Staging(contraction, read_plan(contraction.matmul), self.charged_rows)
            if contraction.rebuildable:
                _rebuild(staging)
            else:
                _keep(staging)
