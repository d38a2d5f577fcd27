"""How messages name a value: by the name the user gave it, else by the op that makes it."""

from __future__ import annotations

from xdsl.ir import BlockArgument, OpResult, SSAValue


def value_name(value: SSAValue) -> str:
    """`%gate`, or `the result of tile.load` for a value without a name."""
    if value.name_hint is not None:
        return f"%{value.name_hint}"
    if isinstance(value, OpResult):
        suffix = f" #{value.index}" if len(value.op.results) > 1 else ""
        return f"the result{suffix} of {value.op.name}"
    if isinstance(value, BlockArgument):
        return f"argument #{value.index}"
    return "a value"
