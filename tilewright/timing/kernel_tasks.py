"""Makes tasks for the chip of what a function submits: what each runs on, and how long."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from xdsl.dialects.builtin import StringAttr
from xdsl.ir import Operation

from tilewright.dialects.pto import KernelKind
from tilewright.dialects.pto.attributes import KernelKindAttr
from tilewright.dialects.pto.kernels import KERNEL_KIND
from tilewright.dialects.pto.system import SectionCubeOp, SectionVectorOp
from tilewright.dialects.task import EARLY_DISPATCH, SYNC_START, ScopeOp, SubmitOp
from tilewright.dialects.tile import ExtractOp, MatmulOp, MoveOp, TileType
from tilewright.timing.recording import Submission
from tilewright.timing.tasks import CoreKind, Task, Work

_LEVEL = "level"
_ON_LEVEL = {"aic": CoreKind.AIC, "aiv": CoreKind.AIV}
_ON_KERNEL_KIND = {KernelKind.CUBE: CoreKind.AIC, KernelKind.VECTOR: CoreKind.AIV}


def tasks_of_submissions(
    submissions: Sequence[Submission], work_of: Callable[[Submission], Sequence[Work]]
) -> Sequence[Task]:
    """The tasks of a recorded run.

    Args:
        submissions: in their order.
        work_of: gives the work of each block of a task, or one entry for all; not asked for tasks without code.
    """
    tasks: list[Task] = []
    for submission in submissions:
        kind, op = core_kind(submission.op), submission.op
        tasks.append(
            Task(
                name=f"{submission.kernel or 'dummy'} {submission.number}",
                kernel=submission.kernel,
                core_kind=kind,
                work=(Work(0.0),) if kind is CoreKind.NONE else tuple(work_of(submission)),
                blocks=submission.blocks,
                after=submission.after,
                sync_start=SYNC_START in op.attributes,
                early_dispatch=EARLY_DISPATCH in op.attributes,
            )
        )
    return tasks


def core_kind(op: Operation) -> CoreKind:
    """What a submitted task runs on: what its code says, or else what its operations need.

    A matmul needs a cube core, whatever else computes tiles a vector core, and both together a cube core with its
    vector cores.
    """
    code = op.kernel if isinstance(op, SubmitOp) else op if isinstance(op, ScopeOp) else None
    if code is None:
        return CoreKind.NONE
    kind = code.attributes.get(KERNEL_KIND)
    if isinstance(kind, KernelKindAttr):
        return _ON_KERNEL_KIND[kind.data]
    level = code.attributes.get(_LEVEL)
    if isinstance(level, StringAttr) and level.data in _ON_LEVEL:
        return _ON_LEVEL[level.data]
    needs = {_needs(inner) for inner in code.walk()} - {None}
    if len(needs) == 2:
        return CoreKind.MIX
    return CoreKind.AIC if CoreKind.AIC in needs else CoreKind.AIV


def _needs(op: Operation) -> CoreKind | None:
    if isinstance(op, MatmulOp | SectionCubeOp):
        return CoreKind.AIC
    if isinstance(op, SectionVectorOp):
        return CoreKind.AIV
    from_tiles = any(isinstance(operand.type, TileType) for operand in op.operands)
    to_tiles = any(isinstance(result.type, TileType) for result in op.results)
    computes = from_tiles and to_tiles and op.name.startswith("tile.") and not op.regions
    return CoreKind.AIV if computes and not isinstance(op, ExtractOp | MoveOp) else None
