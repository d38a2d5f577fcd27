"""The dialects that the compiler reads, each imported when the text first names it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from xdsl.context import Context
from xdsl.ir import Dialect


def _builtin() -> Dialect:
    from xdsl.dialects.builtin import Builtin

    return Builtin


def _func() -> Dialect:
    from xdsl.dialects.func import Func

    return Func


def _arith() -> Dialect:
    from tilewright.dialects.upstream import ARITH

    return ARITH


def _scf() -> Dialect:
    from tilewright.dialects.upstream import SCF

    return SCF


def _cf() -> Dialect:
    from xdsl.dialects.cf import Cf

    return Cf


def _math() -> Dialect:
    from xdsl.dialects.math import Math

    return Math


def _memref() -> Dialect:
    from tilewright.dialects.upstream import MEMREF

    return MEMREF


def _tile() -> Dialect:
    from tilewright.dialects.tile import Tile

    return Tile


def _task() -> Dialect:
    from tilewright.dialects.task import Task

    return Task


def _pto() -> Dialect:
    from tilewright.dialects.pto import Pto

    return Pto


DIALECTS: Mapping[str, Callable[[], Dialect]] = {
    "builtin": _builtin,
    "func": _func,
    "arith": _arith,
    "scf": _scf,
    "cf": _cf,
    "math": _math,
    "memref": _memref,
    "tile": _tile,
    "task": _task,
    "pto": _pto,
}


OTHER_NAMES: Mapping[str, str] = {
    "pto.subview": "pto.subset",
    "pto.tstore.fp": "pto.tstore_fp",
    "pto.comm.build_async_session": "pto.build_async_session",
    "pto.comm.tput_async": "pto.tput_async",
    "pto.comm.tget_async": "pto.tget_async",
    "pto.comm.wait_async_event": "pto.wait_async_event",
    "pto.comm.test_async_event": "pto.test_async_event",
}
"""What other versions of ptoas call operations that the compiler knows under the second name."""


def make_context(*, allow_unregistered: bool = False) -> Context:
    """Give a fresh context that knows every dialect and has loaded none.

    Args:
        allow_unregistered: accept operations, types and attributes of unknown dialects, unchecked.
    """
    ctx = Context(allow_unregistered)
    for name, load in DIALECTS.items():
        ctx.register_dialect(name, load)
    return ctx
