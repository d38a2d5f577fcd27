"""Gives buffers addresses where a program that should run has none yet."""

from __future__ import annotations

from xdsl.dialects import func, memref
from xdsl.dialects.builtin import ModuleOp

from tilewright.dialects.pto import AllocMultiTileOp, AllocTileOp
from tilewright.dialects.registry import make_context
from tilewright.passes.manager import parse_pipeline, run_passes


def planned(module: ModuleOp, function: func.FuncOp) -> func.FuncOp:
    """Give the function with an address on every buffer: as it is, or out of a copy of its module.

    Raises:
        DiagnosticError: what the pipeline `pto` raises.
    """
    if not any(_lacks_address(op) for op in module.walk()):
        return function
    copy = module.clone()
    ctx = make_context()
    run_passes(ctx, copy, parse_pipeline("pto"))
    found = (op for op in copy.ops if isinstance(op, func.FuncOp) and op.sym_name == function.sym_name)
    return next(found)


def _lacks_address(op: object) -> bool:
    match op:
        case AllocTileOp() | AllocMultiTileOp():
            return op.addr is None
        case memref.AllocOp():
            return True
        case _:
            return False
