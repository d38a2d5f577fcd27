"""Write a module as MLIR text: in the dialects' own syntax, or in the generic form."""

from __future__ import annotations

from typing import TextIO

from xdsl.context import Context
from xdsl.dialects.builtin import ModuleOp
from xdsl.ir import Operation
from xdsl.printer import Printer

from tilewright.dialects.generic_form import SometimesGeneric


class _Printer(Printer):
    """xDSL's printer, in the generic form also where an operation's own syntax could not be read again."""

    def print_op(self, op: Operation) -> None:
        if not isinstance(op, SometimesGeneric) or self.print_generic_format:
            super().print_op(op)
            return
        self.print_generic_format = op.needs_generic_form
        super().print_op(op)
        self.print_generic_format = False


def emit(_ctx: Context, module: ModuleOp, output: TextIO) -> None:
    """Write the module in the syntax that its dialects define."""
    print_module(module, output)


def emit_generic(_ctx: Context, module: ModuleOp, output: TextIO) -> None:
    """Write the module in the generic form, which any MLIR tool parses."""
    print_module(module, output, generic=True)


def print_module(module: ModuleOp, output: TextIO, *, generic: bool = False, locations: bool = False) -> None:
    """Write the module and a newline.

    Args:
        generic: write every operation in the generic form.
        locations: write each operation's `loc(...)`.
    """
    printer = _Printer(output, print_generic_format=generic, print_debuginfo=locations)
    printer.print_op(module)
    output.write("\n")
