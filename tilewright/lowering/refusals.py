"""What every form of output says about an operation that it cannot express."""

from __future__ import annotations

from typing import NoReturn

from xdsl.ir import Operation, SSAValue

from tilewright.dialects.diagnostics import fail
from tilewright.dialects.names import value_name
from tilewright.dialects.pto import AllocMultiTileOp, MultiTileGetOp


def refuse(op: Operation, target: str) -> NoReturn:
    """Report that `op` has no form in `target`.

    Raises:
        DiagnosticError: always, TW0330.
    """
    fail("TW0330", f"'{op.name}' has no form in {target}", op, help=_help(op))


def refuse_carried(op: Operation, value: SSAValue) -> NoReturn:
    """Report that a loop or a branch hands on `value`, a buffer.

    Raises:
        DiagnosticError: always, TW0331.
    """
    fail(
        "TW0331",
        f"'{op.name}' cannot carry the buffer {value_name(value)}",
        op,
        help=("change the buffer in place, or choose its address instead",),
    )


def _help(op: Operation) -> tuple[str, ...]:
    if isinstance(op, AllocMultiTileOp | MultiTileGetOp):
        return ("the pass 'expand-multi-tile' replaces it with buffers at computed addresses",)
    if op.name.startswith("tile."):
        return ("the pass 'convert-tile-to-pto' replaces it",)
    return ()
