"""The loops and scopes of the language, with the signatures that editors and the reference show."""

from __future__ import annotations

from collections.abc import Callable
from inspect import signature

from tilewright.language.objects import Loop, LoopKind, ScopeKind, ScopeMarker


def _loop(kind: LoopKind) -> Callable[[Callable[..., object]], Loop]:
    return lambda function: Loop(kind, signature(function), function.__doc__ or "")


def _scope(kind: ScopeKind) -> Callable[[Callable[..., object]], ScopeMarker]:
    return lambda function: ScopeMarker(kind, signature(function), function.__doc__ or "")


@_loop(LoopKind.RANGE)
def range_(start: object, stop: object = None, step: object = 1, *, init_values: object = None) -> object:
    """A loop, one turn after the other: `for i in pl.range(n)`. Stands anywhere."""


@_loop(LoopKind.PARALLEL)
def parallel(start: object, stop: object = None, step: object = 1, *, init_values: object = None) -> object:
    """A loop whose turns do not depend on one another. Stands outside of compute scopes."""


@_loop(LoopKind.UNROLL)
def unroll(start: int, stop: int | None = None, step: int = 1) -> object:
    """Repeat the body while translating; the loop variable is a constant in each copy."""


@_loop(LoopKind.PIPELINE)
def pipeline(start: object, stop: object = None, step: object = 1, *, stage: int, init_values: object = None) -> object:
    """A loop whose loads may run `stage - 1` turns ahead. Stands in a compute scope."""


@_loop(LoopKind.WHILE)
def while_(*, init_values: object) -> object:
    """A loop that ends by a condition: `for (a, b) in pl.while_(init_values=(a0, b0))`, `pl.cond(...)` first."""


@_loop(LoopKind.SPMD)
def spmd(core_num: object, *, sync_start: bool = False, name_hint: str = "", deps: object = None) -> object:
    """A compute scope that runs once for each of several blocks: `for i in pl.spmd(n)`, or `with pl.spmd(n)`."""


@_scope(ScopeKind.AT)
def at(level: object, role: object = None, *, name_hint: str = "", deps: object = None) -> object:
    """A compute scope: its body becomes a kernel. `with pl.at(level=pl.Level.CORE_GROUP) as task_id:`."""


@_scope(ScopeKind.MANUAL)
def manual_scope() -> object:
    """Tasks that are submitted inside wait only for what `deps` names."""


@_scope(ScopeKind.SCOPE)
def scope(mode: object = None) -> object:
    """Tasks that belong together; it changes nothing else."""
