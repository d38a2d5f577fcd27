"""TW0503 and TW0504: buffers that nothing uses, and contents that nothing reads."""

from __future__ import annotations

from collections.abc import Iterator

from xdsl.ir import Operation

from tilewright.dialects.diagnostics import Diagnostic, Severity, location_of
from tilewright.dialects.names import value_name
from tilewright.dialects.pto import AllocMultiTileOp, AllocTileOp, InstructionOp
from tilewright.passes.lint.buffers import users


def check_dead(function: Operation) -> Iterator[Diagnostic]:
    """Report buffers without users, and buffers that are written but never read."""
    for op in function.walk():
        if not isinstance(op, AllocTileOp | AllocMultiTileOp):
            continue
        name, where = value_name(op.result), location_of(op)
        touching = list(users(op.result))
        if not touching:
            yield Diagnostic("TW0503", f"nothing uses {name}", where, Severity.WARNING)
            continue
        instructions = [user for user in touching if isinstance(user, InstructionOp)]
        if instructions and len(instructions) == len([user for user in touching if not _is_view(user)]):
            values = _names_of(op)
            if not any(values & set(instruction.sources) for instruction in instructions):
                yield Diagnostic(
                    "TW0504",
                    f"{name} is written, but nothing reads it",
                    where,
                    Severity.WARNING,
                    notes=(f"it is written by {instructions[0].name} at {location_of(instructions[0])}",),
                )


def _is_view(op: Operation) -> bool:
    return bool(op.results)


def _names_of(op: AllocTileOp | AllocMultiTileOp) -> set[object]:
    """All values that name the storage of an allocation."""
    found: set[object] = {op.result}
    for user in users(op.result):
        found.update(user.results)
    return found
