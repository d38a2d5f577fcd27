"""Write a module as MLIR bytecode, with its locations, by way of MLIR's Python bindings.

Operations and types of ours are opaque in it: `mlir-opt --allow-unregistered-dialect` reads them. A tool reads what an
MLIR of its own age or an older one wrote.
"""

from __future__ import annotations

from io import StringIO
from typing import BinaryIO

from xdsl.context import Context
from xdsl.dialects.builtin import ModuleOp

from tilewright.dialects.diagnostics import location_of
from tilewright.dialects.mlir_bridge import to_bytecode
from tilewright.lowering.mlir_text import print_module


def emit(_ctx: Context, module: ModuleOp, output: BinaryIO) -> None:
    """Write the module as bytecode.

    Raises:
        DiagnosticError: TW0100 with what MLIR rejects, TW0008 without MLIR.
    """
    text = StringIO()
    print_module(module, text, generic=True, locations=True)
    place = location_of(module)
    output.write(to_bytecode(text.getvalue(), place.file if place else "<generic>"))
