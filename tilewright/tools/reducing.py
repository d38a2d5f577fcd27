"""Makes a program smaller as long as it keeps a property, as `mlir-reduce` does."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

from xdsl.dialects.builtin import ModuleOp
from xdsl.ir import Operation
from xdsl.rewriter import Rewriter
from xdsl.traits import IsTerminator

from tilewright.dialects.diagnostics import DiagnosticError, collect_diagnostics
from tilewright.dialects.verification import verify

Property = Callable[[ModuleOp], bool]


def reduced(module: ModuleOp, holds: Property, deadline: float) -> ModuleOp:
    """A module without the ops that the property does not need.

    Args:
        holds: tells whether a verified module still has the property; a DiagnosticError means that it has not.
        deadline: a time of `monotonic`; what was found by then is returned.
    """
    best = module.clone()
    shrinking = True
    while shrinking:
        shrinking = False
        # The last first: what they use becomes free.
        for number in reversed(range(len(_candidates(best)))):
            if monotonic() > deadline:
                return best
            smaller = best.clone()
            candidates = _candidates(smaller)
            if number >= len(candidates) or not _removable(candidates[number]):
                continue
            Rewriter.erase_op(candidates[number])
            if _has(smaller, holds):
                best, shrinking = smaller, True
    return best


def _candidates(module: ModuleOp) -> list[Operation]:
    return [op for op in module.walk() if op is not module]


def _removable(op: Operation) -> bool:
    return not op.has_trait(IsTerminator) and all(result.first_use is None for result in op.results)


def _has(module: ModuleOp, holds: Property) -> bool:
    try:
        with collect_diagnostics(lambda _found: None):
            verify(module)
            return holds(module)
    except DiagnosticError:
        return False
