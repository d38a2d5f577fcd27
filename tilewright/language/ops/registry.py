"""The table of operations: each is a function whose signature and docstring are the operation's own."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import TypeVar

from tilewright.language.objects import Op, Where

_Function = TypeVar("_Function", bound=Callable[..., object])

_OPS: dict[str, Op] = {}

_MODULES = (
    *("arithmetic", "constants", "creation", "elements", "functions", "matmul", "memory"),
    *("rearranging", "reductions", "shaping", "system", "views"),
)
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


def operations() -> dict[str, Op]:
    """Every operation by its name."""
    _load()
    return _sorted(len(_OPS))


def operation_names() -> dict[str, Op]:
    """Every operation by every name that it has."""
    _load()
    return _named(len(_OPS))


@cache
def _load() -> None:
    for module in _MODULES:
        import_module(f"tilewright.language.ops.{module}")


# Kept by the number of operations: while the files are loaded, an import in one of them may already ask for a name.


@cache
def _sorted(_: int) -> dict[str, Op]:
    return dict(sorted(_OPS.items()))


@cache
def _named(count: int) -> dict[str, Op]:
    table = _sorted(count)
    return {**table, **{other: each for each in table.values() for other in each.others}}
