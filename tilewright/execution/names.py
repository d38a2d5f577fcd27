"""What reports call the arguments of a function."""

from __future__ import annotations

from xdsl.dialects import func


def argument_names(function: func.FuncOp) -> tuple[str, ...]:
    """Give each argument the name that the user gave it, else `arg0`, `arg1`, ...; all distinct."""
    names: list[str] = []
    for position, value in enumerate(function.args):
        name = value.name_hint
        names.append(name if name is not None and name not in names else f"arg{position}")
    return tuple(names)
