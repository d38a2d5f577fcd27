"""Refusing a program that does not fit: which memory, by how much, and which buffers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NoReturn

from xdsl.dialects import func
from xdsl.ir import Operation

from tilewright.dialects.diagnostics import fail
from tilewright.dialects.spaces import Space
from tilewright.passes.analysis.budget import Buffer

OVER_BUDGET = "TW0203"

_SHOWN = 3


def refuse_over_budget(function: Operation, space: Space, used: int, limit: int, buffers: Sequence[Buffer]) -> NoReturn:
    """Raise TW0203 at the largest of `buffers`, which together take `used` bytes of `limit`.

    The compiler driver adds what would fit (see `remedies`).
    """
    largest = sorted(buffers, key=lambda buffer: -buffer.bytes)
    name = f"@{function.sym_name.data}" if isinstance(function, func.FuncOp) else "the program"
    excess = used - limit
    shown = largest[:_SHOWN]
    rows = [(buffer.name, _shape(buffer), str(buffer.bytes), buffer.where) for buffer in shown]
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    lines = [
        f"  {row[0]:<{widths[0]}}  {row[1]:<{widths[1]}}  {row[2]:>{widths[2]}} bytes  {row[3]}".rstrip()
        for row in rows
    ]
    rest = largest[_SHOWN:]
    if rest:
        lines.append(f"  and {len(rest)} more, {sum(buffer.bytes for buffer in rest)} bytes")
    fail(
        OVER_BUDGET,
        f"{space.capitalize()} buffer usage ({used} bytes) exceeds platform limit ({limit} bytes)",
        largest[0].value,
        label=f"{largest[0].bytes} bytes, live {largest[0].where}" if largest[0].where else "",
        notes=[
            f"function {name} needs {excess} bytes ({_kib(excess)}) more than {space.capitalize()} has; "
            "the largest buffers:\n" + "\n".join(lines)
        ],
    )


def _shape(buffer: Buffer) -> str:
    return f"{buffer.slots} x {buffer.shape}" if buffer.slots > 1 else buffer.shape


def _kib(size: int) -> str:
    return f"{size / 1024:.4g} KiB"
