"""Gives buffers addresses where a program that should run has none yet."""

from __future__ import annotations

from collections.abc import Sequence

from xdsl.dialects import func, memref
from xdsl.dialects.builtin import ModuleOp

from tilewright.dialects.pto import AllocMultiTileOp, AllocTileOp
from tilewright.dialects.registry import make_context
from tilewright.execution.functions import find_function
from tilewright.passes.manager import parse_pipeline, run_passes


def planned(kernels: Sequence[func.FuncOp]) -> list[func.FuncOp]:
    """Give kernels of one module with an address on every buffer: as they are, or out of a copy of their module.

    Raises:
        DiagnosticError: what the pipeline `pto` raises.
    """
    module = kernels[0].parent_op()
    assert isinstance(module, ModuleOp)
    if not any(_lacks_address(op) for op in module.walk()):
        return list(kernels)
    copy = module.clone()
    run_passes(make_context(), copy, parse_pipeline("pto"))
    return [find_function(copy, kernel.sym_name.data) for kernel in kernels]


def _lacks_address(op: object) -> bool:
    match op:
        case AllocTileOp() | AllocMultiTileOp():
            return op.addr is None
        case memref.AllocOp():
            return True
        case _:
            return False
