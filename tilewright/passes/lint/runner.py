"""Runs the rules of the linter over a module."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum

from xdsl.dialects import func
from xdsl.dialects.builtin import ModuleOp
from xdsl.ir import Operation

from tilewright.dialects.diagnostics import Diagnostic, location_of, split_code
from tilewright.dialects.pto.strict import hardware_problems, library_problems
from tilewright.passes.lint.capacity import SpaceUsage, check_capacity, space_usage
from tilewright.passes.lint.dead import check_dead
from tilewright.passes.lint.flags import check_flags
from tilewright.passes.lint.kernels import check_kernels
from tilewright.passes.lint.overlap import check_overlap
from tilewright.passes.lint.precision import check_precision

__all__ = ["RULES", "SpaceUsage", "Strength", "lint", "space_usage"]

FunctionRule = Callable[[Operation], Iterator[Diagnostic]]


class Strength(StrEnum):
    """How much is checked beyond what the verifier, and ptoas, check anyway."""

    PTOAS = "ptoas"
    LIBRARY = "library"
    HARDWARE = "hardware"


RULES: Mapping[str, FunctionRule] = {
    "capacity": check_capacity,
    "overlap": check_overlap,
    "dead": check_dead,
    "flags": check_flags,
    "precision": check_precision,
}
"""The rules that look at one function, by name."""


def lint(module: ModuleOp, strength: Strength = Strength.HARDWARE) -> list[Diagnostic]:
    """Everything that the rules say about a verified module, in the order of the text."""
    found = list(check_kernels(module))
    for function in module.walk():
        if isinstance(function, func.FuncOp) and not function.is_declaration:
            for rule in RULES.values():
                found += rule(function)
    if strength is not Strength.PTOAS:
        found += _problems(module, library_problems)
    if strength is Strength.HARDWARE:
        found += _problems(module, hardware_problems)
    return sorted(found, key=lambda each: (each.location.line, each.location.column) if each.location else (0, 0))


_OF_CAPACITY = ("TW0117", "TW0150")
"""What the rule about capacity says for all buffers of a memory at once."""


def _problems(module: ModuleOp, problems: Callable[[Operation], Iterator[str]]) -> Iterator[Diagnostic]:
    for op in module.walk():
        for text in problems(op):
            code, message = split_code(text, default="TW0100")
            if code not in _OF_CAPACITY:
                yield Diagnostic(code, message, location_of(op))
