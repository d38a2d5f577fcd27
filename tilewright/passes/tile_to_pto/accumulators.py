"""Accumulators are updated in place: nothing may still need the old value."""

from __future__ import annotations

from xdsl.dialects import scf
from xdsl.ir import Operation, SSAValue

from tilewright.dialects.diagnostics import fail
from tilewright.dialects.names import value_name


def check_single_use(acc: SSAValue, consumer: Operation, new: SSAValue) -> None:
    """Refuse an accumulator that is read again after `consumer` has updated it in place as `new`.

    Raises:
        DiagnosticError: TW0301, naming both values: keeping the old one would take a copy within Acc.
    """
    others = [use.operation for use in acc.uses if use.operation is not consumer]
    if not others:
        return
    fail(
        "TW0301",
        f"an accumulator is never copied: {value_name(acc)} is updated in place as {value_name(new)}, "
        f"but {others[0].name} reads {value_name(acc)} as well",
        consumer,
        notes=("there is no data path from acc to acc",),
        help=(f"give the second reader an accumulator of its own, or let it read {value_name(new)}",),
    )


def check_carried(loop: scf.ForOp, position: int, same_buffer: bool) -> None:
    """Refuse a loop that yields another accumulator than the one it carries.

    Raises:
        DiagnosticError: TW0301, naming both values.
    """
    if same_buffer:
        return
    carried = loop.body.block.args[position + 1]
    terminator = loop.body.block.last_op
    assert terminator is not None
    yielded = terminator.operands[position]
    fail(
        "TW0301",
        f"an accumulator is never copied: the loop carries {value_name(carried)} but yields {value_name(yielded)}, "
        "which is in another buffer",
        terminator,
        notes=("there is no data path from acc to acc",),
        help=(f"accumulate onto {value_name(carried)}: tile.matmul acc({value_name(carried)}) …",),
    )
