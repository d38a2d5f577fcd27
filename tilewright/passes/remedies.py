"""What a program that does not fit would fit with: changes that were made to a copy of it, and compiled."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from xdsl.context import Context
from xdsl.dialects.builtin import ModuleOp
from xdsl.passes import ModulePass

from tilewright.dialects.diagnostics import Diagnostic, DiagnosticError
from tilewright.dialects.spaces import Space
from tilewright.dialects.tile import PipelineOp
from tilewright.passes.analysis import retile
from tilewright.passes.analysis.memory_usage import memory_usage
from tilewright.passes.manager import PassHooks, run_passes
from tilewright.passes.over_budget import OVER_BUDGET

Build = Callable[[], ModuleOp]
"""Makes the user's program anew."""

_SMALLEST = 16


@dataclass(frozen=True)
class _Change:
    """A change of the program, in words and as an edit; the edit says whether it could be made."""

    text: str
    edit: Callable[[ModuleOp], bool]


def with_remedies(error: DiagnosticError, ctx: Context, build: Build, passes: Sequence[ModulePass]) -> DiagnosticError:
    """Add to each over-budget error the changes that were compiled with `passes` and fit.

    Of each kind (fewer stages, smaller K chunk, fewer columns, loads left to the planner) the mildest change that
    fits is given. An error of another kind comes back as it is.
    """
    if not any(found.code == OVER_BUDGET for found in error.diagnostics):
        return error
    fitting = list(_fitting(ctx, build, passes))
    return DiagnosticError(
        *(_with_help(found, fitting) if found.code == OVER_BUDGET else found for found in error.diagnostics)
    )


def _with_help(found: Diagnostic, fitting: Sequence[str]) -> Diagnostic:
    if fitting:
        text = "these fit (each was compiled):\n" + "\n".join(f"  {line}" for line in fitting)
    else:
        text = "no change of stages, K chunk or columns alone makes it fit; use smaller tiles"
    return replace(found, help=(*found.help, text))


def _fitting(ctx: Context, build: Build, passes: Sequence[ModulePass]) -> Iterator[str]:
    for kind in _kinds(build()):
        for change in kind:
            usage = _usage_after(change, ctx, build, passes)
            if usage is not None:
                yield f"{change.text:<32}{usage}"
                break


def _kinds(module: ModuleOp) -> Iterator[Sequence[_Change]]:
    """The kinds of changes, each from mild to severe."""
    stages = max((op.stage_count for op in module.walk() if isinstance(op, PipelineOp)), default=1)
    yield [_fewer_stages(stages, fewer) for fewer in range(stages - 1, 0, -1)]
    k = max((k for _, k in retile.k_loops(module)), default=0)
    yield [_smaller_chunk(k, smaller) for smaller in _halves(k)]
    n = retile.columns_of(module)
    yield [_fewer_columns(n, fewer) for fewer in _halves(n)]
    yield [_Change("loads without a fixed space", retile.unplace_loads)]


def _halves(extent: int) -> Iterator[int]:
    while extent % 2 == 0 and extent // 2 >= _SMALLEST:
        extent //= 2
        yield extent


def _fewer_stages(old: int, new: int) -> _Change:
    def edit(module: ModuleOp) -> bool:
        retile.set_stages(module, new)
        return True

    return _Change(f"stages {old} -> {new}", edit)


def _smaller_chunk(old: int, new: int) -> _Change:
    return _Change(f"K chunk {old} -> {new}", lambda module: retile.set_k_chunk(module, new))


def _fewer_columns(old: int, new: int) -> _Change:
    def edit(module: ModuleOp) -> bool:
        retile.set_columns(module, new)
        return True

    return _Change(f"N {old} -> {new} for each tile", edit)


def _usage_after(change: _Change, ctx: Context, build: Build, passes: Sequence[ModulePass]) -> str | None:
    """Compile the changed program; what it then uses of Mat and Acc, or None when it does not compile."""
    module = build()
    if not change.edit(module):
        return None
    usage: dict[Space, int] = {}

    def measure(_pass: ModulePass, current: ModuleOp) -> None:
        usage.update(memory_usage(current))

    try:
        run_passes(ctx, module, passes, verify_each=False, hooks=PassHooks(after=measure))
    except DiagnosticError:
        return None
    shown = (Space.MAT, Space.ACC)
    return ", ".join(f"{usage[space]} bytes of {space.capitalize()}" for space in shown if space in usage) or "fits"
