"""A matmul with everything that decides how it can be staged: its loads, its loop over K, what the user has fixed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from xdsl.dialects import arith, scf
from xdsl.ir import Operation, SSAValue
from xdsl.traits import is_side_effect_free

from tilewright.dialects.constants import constant_value
from tilewright.dialects.diagnostics import fail
from tilewright.dialects.names import value_name
from tilewright.dialects.spaces import Space
from tilewright.dialects.tile import (
    EmptyOp,
    FullOp,
    LoadOp,
    MatmulOp,
    MoveOp,
    PipelineOp,
    YieldOp,
)
from tilewright.passes.analysis.equivalence import depends, follows
from tilewright.passes.analysis.matmul_plan import MatmulProblem
from tilewright.passes.analysis.operand_loads import COLUMNS, ROWS, Operand, dimension_of, is_matrix, is_transposed
from tilewright.passes.analysis.tensor_stores import stored_between

Loop = scf.ForOp | PipelineOp


def induction_of(loop: Loop) -> SSAValue:
    """The loop variable."""
    return loop.body.block.args[0]


@dataclass(frozen=True)
class Contraction:
    """One unplaced matmul and its surroundings.

    Attributes:
        matmul: the op.
        lhs, rhs: the loads of its operands, or the moves that bring them from Acc to Mat.
        loop: the loop over K that carries the accumulators, if there is one.
        rebuildable: whether the whole loop may be replaced (or, without a loop, the loads may be cut): it does
            nothing but
            this matmul, over one contiguous stretch of K.
        k: K over all iterations when `rebuildable`, of one iteration otherwise.
        fresh: whether the sum starts from zero rather than from an accumulator with contents.
        stages: iterations in flight that the user has asked for, None when free.
        chunk: K of one load that the user has fixed by giving the loads a space, None when free.
    """

    matmul: MatmulOp
    lhs: Operand
    rhs: tuple[Operand, ...]
    loop: Loop | None
    rebuildable: bool
    k: int
    fresh: bool
    stages: int | None
    chunk: int | None

    @property
    def problem(self) -> MatmulProblem:
        """The numbers of the problem, over `k`."""
        left, acc = self.lhs.result.type, self.matmul.accs_out[0].type
        return MatmulProblem(
            element_type=str(left.element_type),
            acc_type=str(acc.element_type),
            m=left.valid_extents[0],
            k=self.k,
            n=max(load.result.type.valid_extents[1] for load in self.rhs),
            right_hand_sides=len(self.rhs),
            a_transposed=is_transposed(self.lhs),
            b_transposed=is_transposed(self.rhs[0]),
        )

    @property
    def same_width(self) -> bool:
        """Whether all right operands have one type and layout, so that they can share a ring of buffers."""
        return len({(load.result.type, is_transposed(load)) for load in self.rhs}) == 1


def find_contractions(root: Operation) -> Iterator[Contraction]:
    """All matmuls under `root` whose operands do not sit in Left and Right yet, in program order.

    Raises:
        DiagnosticError: TW0201, an operand is not a load, so that it cannot be staged; TW0213, its valid part is not
            known.
    """
    for op in list(root.walk()):
        if isinstance(op, MatmulOp) and not op.is_placed:
            yield describe(op)


def describe(matmul: MatmulOp) -> Contraction:
    """Look at one matmul; see `find_contractions`."""
    lhs, *rhs = (_source_of(operand) for operand in (matmul.lhs, *matmul.rhs))
    _check_known_extents(matmul)
    loop = _accumulation_loop(matmul)
    pinned = lhs.result.type.placement is Space.MAT
    tile_k = lhs.result.type.valid_extents[1]
    stages = loop.stage_count if isinstance(loop, PipelineOp) else None
    if loop is None:
        rebuildable = not pinned and matmul.init is None and all(_may_load_at(load, matmul) for load in (lhs, *rhs))
        return Contraction(
            matmul,
            lhs,
            tuple(rhs),
            None,
            rebuildable=rebuildable,
            k=tile_k,
            fresh=_all_fresh(matmul.acc),
            stages=1 if pinned else None,
            chunk=None if rebuildable else tile_k,
        )
    total = _contiguous_k(loop, matmul, lhs, rhs)
    rebuildable = not pinned and total is not None
    return Contraction(
        matmul,
        lhs,
        tuple(rhs),
        loop,
        rebuildable=rebuildable,
        k=total if total is not None else tile_k,
        fresh=_all_fresh(_starts_of(loop, matmul)) or _starts_in_first_iteration(matmul, loop),
        stages=stages if not pinned else stages or 1,
        chunk=tile_k if pinned or not rebuildable else None,
    )


def _check_known_extents(matmul: MatmulOp) -> None:
    for operand in (matmul.lhs, *matmul.rhs):
        if not operand.type.is_valid_static:
            fail(
                "TW0213",
                f"{value_name(operand)} is an operand of a matmul, but only the running program knows how much of it "
                f"holds data: {operand.type}",
                operand,
                help=("give the valid part as constants; rows beyond it may hold anything, and make only such rows",),
            )


def _source_of(operand: SSAValue) -> Operand:
    owner = operand.owner
    if not isinstance(owner, LoadOp) and not (isinstance(owner, MoveOp) and owner.source.type.placement is Space.ACC):
        fail(
            "TW0201",
            f"{value_name(operand)} is an operand of a matmul, but it is not loaded from global memory",
            operand,
            help=("load it with tile.load, or place it yourself: tile.move to left or right",),
        )
    return owner


def _accumulation_loop(matmul: MatmulOp) -> Loop | None:
    """The loop around the matmul, when it carries the accumulators from one iteration to the next."""
    loop = matmul.parent_op()
    if not isinstance(loop, scf.ForOp | PipelineOp) or not matmul.acc:
        return None
    carried: dict[SSAValue, int] = {arg: index for index, arg in enumerate(loop.body.block.args[1:])}
    terminator = loop.body.block.last_op
    if not isinstance(terminator, scf.YieldOp | YieldOp) or not set(matmul.acc) <= carried.keys():
        return None
    for acc, result in zip(matmul.acc, matmul.accs_out, strict=True):
        if terminator.operands[carried[acc]] is not _last_of_chain(result):
            return None
    return loop


def _last_of_chain(result: SSAValue) -> SSAValue:
    """What becomes of an accumulator within its block: the result of the last matmul that adds to it."""
    current: SSAValue | None = result
    while current is not None:
        result = current
        current = next(
            (
                new
                for use in result.uses
                if isinstance(use.operation, MatmulOp) and use.operation.parent is result.owner.parent
                for old, new in zip(use.operation.acc, use.operation.accs_out, strict=False)
                if old is result
            ),
            None,
        )
    return result


def _may_load_at(load: Operand, matmul: MatmulOp) -> bool:
    """Whether parts of an operand may as well be loaded where the matmul stands: nothing stores there in between."""
    if not isinstance(load, LoadOp) or not is_matrix(load) or load.parent is not matmul.parent:
        return False
    return not stored_between(load, matmul, load.source)


def _starts_of(loop: Loop, matmul: MatmulOp) -> list[SSAValue]:
    starts: dict[SSAValue, SSAValue] = dict(zip(loop.body.block.args[1:], loop.iter_args, strict=True))
    return [starts[acc] for acc in matmul.acc]


def _all_fresh(starts: Sequence[SSAValue]) -> bool:
    owners = [start.owner for start in starts]
    return all(isinstance(owner, EmptyOp) or (isinstance(owner, FullOp) and owner.is_zero) for owner in owners)


def _starts_in_first_iteration(matmul: MatmulOp, loop: Loop) -> bool:
    """Whether `init(...)` says exactly: in the first iteration."""
    condition = matmul.init.owner if matmul.init is not None else None
    if not isinstance(condition, arith.CmpiOp) or condition.predicate.value.data not in _AT_MOST:
        return False
    variable, start = condition.lhs, condition.rhs
    if condition.predicate.value.data == 0 and start is induction_of(loop):
        variable, start = start, variable
    same = start is loop.lb or (constant_value(start) is not None and constant_value(start) == constant_value(loop.lb))
    return variable is induction_of(loop) and same


_AT_MOST = (0, 3, 7)
"""Predicates of `arith.cmpi` that the start of a loop alone fulfils with itself: eq, sle, ule."""


def _contiguous_k(loop: Loop, matmul: MatmulOp, lhs: Operand, rhs: list[Operand]) -> int | None:
    """K over all iterations, when the loop is nothing but this matmul over one contiguous stretch of K."""
    lower, upper, step = (constant_value(bound) for bound in (loop.lb, loop.ub, loop.step))
    if lower is None or upper is None or step is None or step < 1 or upper <= lower:
        return None
    if step != lhs.result.type.valid_extents[1] or (upper - lower) % step:
        return None
    if matmul.init is not None and not _starts_in_first_iteration(matmul, loop):
        return None
    if len(loop.iter_args) != len(matmul.acc):
        return None
    allowed = {matmul, lhs, *rhs, loop.body.block.last_op}
    others = [op for op in loop.body.block.ops if op not in allowed]
    if any(isinstance(op, MatmulOp) or not is_side_effect_free(op) for op in others):
        return None
    variable = induction_of(loop)
    along_k = ((lhs, COLUMNS), *((load, ROWS) for load in rhs))
    return upper - lower if all(_walks(load, axis, matmul, variable) for load, axis in along_k) else None


def _walks(load: Operand, axis: int, matmul: MatmulOp, variable: SSAValue) -> bool:
    """Whether a load moves with the loop variable along one axis of the tile, and along no other."""
    if not isinstance(load, LoadOp) or load.parent is not matmul.parent or not is_matrix(load):
        return False
    dimension = dimension_of(load, axis)
    if dimension is None or not follows(load.offsets[dimension], variable):
        return False
    return not any(depends(offset, variable) for at, offset in enumerate(load.offsets) if at != dimension)
