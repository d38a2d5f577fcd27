"""`verify-pto`: refuse a program that ptoas accepts but the C++ library or the hardware does not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from xdsl.context import Context
from xdsl.dialects.builtin import ModuleOp
from xdsl.ir import Operation
from xdsl.passes import ModulePass

from tilewright.dialects.diagnostics import Diagnostic, fail_all, location_of, split_code, warn
from tilewright.dialects.pto.module_rules import module_problems
from tilewright.dialects.pto.strict import hardware_problems, library_problems
from tilewright.dialects.verification import MAX_ERRORS

_WARNINGS = ("TW0150",)
"""The memory is there, and a program that runs without the runtime may use it."""


@dataclass(frozen=True)
class VerifyPtoPass(ModulePass):
    """Check every op against rules beyond those of ptoas.

    Requires: the module verifies, which is what ptoas demands.
    Ensures: no op breaks a rule of the chosen strength. The program is not changed. A buffer in memory that the
    runtime uses is a warning.

    Options: `strength` is `ptoas` (none beyond its own), `library` (those of the C++ library as well) or
    `hardware` (those that nothing else checks as well). With each, what ptoas demands of the module as a whole is
    checked.
    """

    name = "verify-pto"

    strength: Literal["ptoas", "library", "hardware"] = "hardware"

    def apply(self, ctx: Context, op: ModuleOp) -> None:
        errors = list(module_problems(op))
        for inner in op.walk():
            for problem in self._problems(inner):
                code, message = split_code(problem, default="TW0100")
                if code in _WARNINGS:
                    warn(code, message, inner)
                else:
                    errors.append(Diagnostic(code, message, location_of(inner)))
        fail_all(errors[:MAX_ERRORS])

    def _problems(self, op: Operation) -> Iterator[str]:
        if self.strength != "ptoas":
            yield from library_problems(op)
        if self.strength == "hardware":
            yield from hardware_problems(op)
