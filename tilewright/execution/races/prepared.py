"""Programs that leave addresses or flags to the compiler get them before they are checked."""

from __future__ import annotations

from collections.abc import Iterator

from xdsl.dialects import func
from xdsl.dialects.builtin import ModuleOp

from tilewright.dialects.diagnostics import remark
from tilewright.dialects.pto import BarrierOp, FlagOp, InstructionOp
from tilewright.dialects.pto.events import BarrierSyncOp, EventOp, TSyncOp
from tilewright.dialects.registry import make_context
from tilewright.passes.analysis.allocations import unplanned_buffers
from tilewright.passes.manager import parse_pipeline, run_passes

_PIPELINE = "pto{strength=ptoas}"

_ORDERING = FlagOp | EventOp | BarrierOp | BarrierSyncOp | TSyncOp


def prepared(module: ModuleOp) -> ModuleOp:
    """Give the module, or a copy that is planned and synchronised where the program left that to the compiler.

    A remark (TW0440) says which functions the flags of which are not the user's.

    Raises:
        DiagnosticError: what the passes refuse.
    """
    functions = [op for op in module.walk() if isinstance(op, func.FuncOp) and not op.is_declaration]
    changed = [function for function in functions if any(_lacks(function))]
    if not changed:
        return module
    for function in changed:
        lacks = " and ".join(_lacks(function))
        remark(
            "TW0440",
            f"@{function.sym_name.data} has no {lacks}: the pipeline pto gives them first, and the result is checked",
            function,
        )
    copy = module.clone()
    run_passes(make_context(), copy, parse_pipeline(_PIPELINE), verify_each=False)
    return copy


def _lacks(function: func.FuncOp) -> Iterator[str]:
    if next(iter(unplanned_buffers(function)), None) is not None:
        yield "addresses"
    pipes = {op.pipe for op in function.walk() if isinstance(op, InstructionOp)}
    if len(pipes) > 1 and not any(isinstance(op, _ORDERING) for op in function.walk()):
        yield "flags"
