"""Operations about cores and tasks."""

from __future__ import annotations

from collections.abc import Sequence

from xdsl.ir import SSAValue

from tilewright.dialects import task
from tilewright.language.dtypes import TASK_ID
from tilewright.language.functions import KernelFunction, Role
from tilewright.language.objects import Where
from tilewright.language.operands import index, sequence
from tilewright.language.ops.registry import op
from tilewright.language.translator import Translator
from tilewright.language.values import ScalarRef, TaskArrayRef, TaskRef, describe


@op("Cores", others=("tile.get_block_idx",))
def get_block_idx(t: Translator) -> object:
    """The number of this block, from 0."""
    return ScalarRef(t.emit(task.BlockIndexOp(), "block").result)


@op("Cores", others=("tile.get_block_num",))
def get_block_num(t: Translator) -> object:
    """How many blocks the task has."""
    return ScalarRef(t.emit(task.BlockCountOp(), "blocks").result)


@op("Cores", others=("tile.get_subblock_idx",))
def get_subblock_idx(t: Translator) -> object:
    """Which of the two vector cores of a core group this is."""
    return ScalarRef(t.emit(task.SubblockIndexOp(), "subblock").result)


@op("Cores", others=("system.syncall",))
def syncall(t: Translator, core_type: object = "mix") -> object:
    """All blocks wait here for each other. It stands at the top level of a scope, which it divides into two tasks."""
    t.fail(
        "TW0623",
        "pl.system.syncall stands in a loop, a branch or a function: only at the top level of a scope can it divide it",
        help=("end the scope, and open another one after it",),
    )


@op("Tasks", name="task_dummy", where=Where.ORCHESTRATION, others=("system.task_dummy",))
def task_dummy(t: Translator, deps: object = None) -> object:
    """A task that does nothing: it ends when all of `deps` have ended."""
    from tilewright.language.scopes import task_ids

    after = task_ids(t, [] if deps is None else sequence(t, deps, "deps"))
    return TaskRef(t.emit(task.DummyOp(after)).result)


@op("Tasks", name="array_create", where=Where.ORCHESTRATION, others=("array.create",))
def array_create(t: Translator, extent: object, dtype: object = TASK_ID) -> object:
    """An array of task ids: `ids[i] = task_id`; `deps=[ids]` waits for all of them."""
    if dtype is not TASK_ID:
        t.fail("TW0623", f"an array of {dtype!r} is not supported", help=("pl.array.create(n, pl.TASK_ID)",))
    return TaskArrayRef(t.emit(task.ArrayOp(index(t, extent))).result)


@op("Tasks", where=Where.ORCHESTRATION)
def submit(t: Translator, kernel: object, *arguments: object, deps: object = None) -> object:
    """Submit a kernel; gives what it returns and the id of the task: `out, task = pl.submit(kernel, x, out)`."""
    return _submit(t, kernel, arguments, deps)


@op("Tasks", where=Where.ORCHESTRATION)
def spmd_submit(t: Translator, kernel: object, *arguments: object, core_num: object, deps: object = None) -> object:
    """Submit a kernel that runs once for each of `core_num` blocks; gives what `pl.submit` gives."""
    return _submit(t, kernel, arguments, deps, index(t, core_num, "the number of blocks"))


def _submit(
    t: Translator, kernel: object, arguments: Sequence[object], deps: object, blocks: SSAValue | None = None
) -> object:
    from tilewright.language.scopes import task_ids
    from tilewright.language.submits import submit_kernel

    if not isinstance(kernel, KernelFunction) or kernel.role is not Role.KERNEL:
        t.fail("TW0605", f"{describe(kernel)} is no kernel", help=("decorate it with @pl.jit.incore",))
    after = task_ids(t, [] if deps is None else sequence(t, deps, "deps"))
    bound = kernel.signature.bind(*arguments)
    bound.apply_defaults()
    return submit_kernel(t, kernel, kernel.source(), bound.arguments, after, blocks)
