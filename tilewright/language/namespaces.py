"""`pl.<operation>`, `pl.tile.<operation>`, `pl.tensor.<operation>`: all from one table."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import Any

from tilewright.language.enums import MaskPattern

_SPECIAL = {"yield_": ("calls", "YIELD"), "cond": ("calls", "COND"), "CompileError": ("failures", "CompileError")}
"""Names that are no operations, in modules that load the compiler: by name, the module and what it is called there."""


def lookup(prefix: str, name: str) -> Any:
    """What `pl.<prefix>.<name>` is.

    Raises:
        AttributeError: there is no such thing, or it is outside of what this compiler does.
    """
    if name.startswith("__"):
        raise AttributeError(name)
    from tilewright.language.ops.registry import operation_names

    table = operation_names()
    found = table.get(f"{prefix}.{name}") or (table.get(name) if prefix in ("", "tile", "tensor") else None)
    if found is not None:
        return found
    if not prefix and name in _SPECIAL:
        module, attribute = _SPECIAL[name]
        return getattr(import_module(f"tilewright.language.{module}"), attribute)
    raise AttributeError(f"pl.{prefix}{'.' if prefix else ''}{name} does not exist")


@dataclass(frozen=True)
class Namespace:
    """A part of `pl`: `pl.tile`, `pl.tensor`, `pl.system`, `pl.array`."""

    name: str

    def __getattr__(self, name: str) -> Any:
        if self.name == "tile" and name == "MaskPattern":
            return MaskPattern
        return lookup(self.name, name)

    def __dir__(self) -> list[str]:
        from tilewright.language.ops.registry import operation_names

        names = operation_names()
        own = [each.removeprefix(f"{self.name}.") for each in names if each.startswith(f"{self.name}.")]
        shared = [each for each in names if "." not in each] if self.name in ("tile", "tensor") else []
        return sorted({*own, *shared})


tile = Namespace("tile")
tensor = Namespace("tensor")
system = Namespace("system")
array = Namespace("array")
