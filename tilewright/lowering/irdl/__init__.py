"""Our dialects for real MLIR: as IRDL, and modules in the form that MLIR reads by it.

`pto-opt -t irdl -o d.mlir`, `pto-opt k.mlir -t mlir-irdl -o m.mlir`, `mlir-opt --irdl-file=d.mlir m.mlir`.
"""

from __future__ import annotations

from typing import TextIO

from xdsl.context import Context
from xdsl.dialects.builtin import ModuleOp

from tilewright.lowering.irdl.definitions import dialects
from tilewright.lowering.irdl.printer import IrdlPrinter
from tilewright.lowering.irdl.rewriting import rewritten
from tilewright.lowering.irdl.text import irdl_text
from tilewright.lowering.irdl.vocabulary import own_vocabulary


def emit_definitions(_ctx: Context, _module: ModuleOp, output: TextIO) -> None:
    """Write our dialects as IRDL, whatever the module."""
    output.write(irdl_text(dialects(own_vocabulary())))


def emit_module(_ctx: Context, module: ModuleOp, output: TextIO) -> None:
    """Write the module in the form that MLIR reads when it has loaded our IRDL.

    Raises:
        DiagnosticError: TW0341 for a list that is longer than our IRDL says.
    """
    vocabulary = own_vocabulary()
    IrdlPrinter(output, vocabulary).print_op(rewritten(module, vocabulary))
    output.write("\n")
