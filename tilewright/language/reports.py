"""What a compiled kernel says about itself: how full the memories are, and whether anything is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from xdsl.dialects import func
from xdsl.dialects.builtin import ModuleOp

from tilewright.dialects.diagnostics import Diagnostic, Severity, collect_diagnostics, render
from tilewright.language.kernel_code import KernelCode
from tilewright.passes.lint import Strength, lint, space_usage


@dataclass(frozen=True)
class Budget:
    """Bytes of each memory that each kernel uses.

    Attributes:
        used: by kernel and memory.
        limits: how many bytes of a memory a kernel may use.
    """

    used: Mapping[str, Mapping[str, int]]
    limits: Mapping[str, int]

    def __str__(self) -> str:
        lines: list[str] = []
        for kernel, spaces in self.used.items():
            lines.append(f"@{kernel}")
            for space, used in spaces.items():
                limit = self.limits[space]
                lines.append(f"  {space:8} {used:>8} of {limit:>8} bytes  {used / limit:6.1%}")
        return "\n".join(lines)


def budget_of(kernels: Mapping[str, KernelCode]) -> Budget:
    """The budget of planned kernels."""
    used: dict[str, dict[str, int]] = {}
    limits: dict[str, int] = {}
    for name, kernel in kernels.items():
        functions = [op for op in kernel.pto_module.walk() if isinstance(op, func.FuncOp) and not op.is_declaration]
        for usage in (each for function in functions for each in space_usage(function)):
            space = str(usage.space)
            spaces = used.setdefault(name, {})
            spaces[space] = max(spaces.get(space, 0), usage.used)
            limits[space] = usage.limit
    return Budget(used, limits)


@dataclass(frozen=True)
class CheckReport:
    """What the linter and the race checker found.

    Attributes:
        diagnostics: by kernel.
    """

    diagnostics: Mapping[str, tuple[Diagnostic, ...]]

    @property
    def ok(self) -> bool:
        """Whether there is no error."""
        return not any(each.severity is Severity.ERROR for found in self.diagnostics.values() for each in found)

    def __bool__(self) -> bool:
        return self.ok

    def __str__(self) -> str:
        lines: list[str] = []
        for kernel, found in self.diagnostics.items():
            lines.append(f"@{kernel}: {'nothing found' if not found else f'{len(found)} found'}")
            lines += [render(each, lambda _: None) for each in found]
        return "\n".join(lines)


def check_kernels(kernels: Mapping[str, KernelCode]) -> CheckReport:
    """Lint each kernel, then look for races and deadlocks in every order that its flags allow."""
    return CheckReport({name: tuple(_check(kernel.pto_module)) for name, kernel in kernels.items()})


def _check(module: ModuleOp) -> list[Diagnostic]:
    from tilewright.execution.races.checker import check_order
    from tilewright.execution.races.prepared import prepared

    found = list(lint(module, Strength.HARDWARE))
    with collect_diagnostics(found.append):
        found.extend(check_order(prepared(module)))
    return found
