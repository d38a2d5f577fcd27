"""The table of operations: each is a function whose signature and docstring are the operation's own."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import TypeVar

from tilewright.language.objects import Op, Where

_Function = TypeVar("_Function", bound=Callable[..., object])

_OPS: dict[str, Op] = {}

_MODULES = ("arithmetic", "creation", "matmul", "memory", "rearranging", "reductions", "shaping", "system")
"""The files of this folder that define operations, a family each."""


def op(
    group: str, *, name: str | None = None, where: Where = Where.COMPUTE, others: tuple[str, ...] = ()
) -> Callable[[_Function], _Function]:
    """Make a function an operation of the language.

    Args:
        group: the heading of its reference.
        name: what it is called under `pl`, the function's name by default.
        where: where it may stand.
        others: other names, such as `tile.load` for `pl.tile.load`; every operation also has its own name there.
    """

    def add(function: _Function) -> _Function:
        title = name or function.__name__.rstrip("_")
        _OPS[title] = Op(title, group, where, function, others)
        return function

    return add


@cache
def operations() -> dict[str, Op]:
    """Every operation by its name."""
    for module in _MODULES:
        import_module(f"tilewright.language.ops.{module}")
    return dict(sorted(_OPS.items()))


@cache
def operation_names() -> dict[str, Op]:
    """Every operation by every name that it has."""
    table = operations()
    return {**table, **{other: each for each in table.values() for other in each.others}}
