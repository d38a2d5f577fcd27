"""What each instruction computes, by family of instructions: every file here with a table `NUMERICS` is a family."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from xdsl.ir import Operation

from tilewright.execution.numerics.core import Family, Numerics


def _merged() -> Family:
    merged: dict[type[Operation], Numerics] = {}
    for module in iter_modules(__path__, f"{__name__}."):
        family: Family = getattr(import_module(module.name), "NUMERICS", {})
        merged.update(family)
    return merged


NUMERICS: Family = _merged()
