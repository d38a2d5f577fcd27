"""Write a `pto` module as CCE C++, which compiles against pto-isa.

Input is level 4: each buffer has an address and the flags are in place, or level 3, where a buffer
without an address is refused. The text is meant to be read: variables keep the names of the
source, constants are literals, each tile type has a short name, and comments give source lines.
"""

from __future__ import annotations

from typing import TextIO

from xdsl.context import Context
from xdsl.dialects.builtin import ModuleOp

from tilewright.lowering.cce.emitter import module_text


def emit(_ctx: Context, module: ModuleOp, output: TextIO) -> None:
    """Write the module as C++.

    A function becomes a `__global__` kernel when it is the only one that the module defines, or
    when it has the attribute `pto.entry`.

    Raises:
        DiagnosticError: TW0330 or TW0335 for an operation or an operand without a form in C++, TW0331 for a type
            without one, TW0332 for a buffer without an address, TW0333 for a view, TW0334 for a name, TW0336 for a
            part with gaps, TW0337 for a memref, TW0338 for a reserved buffer, where C++ has no place for it; then
            nothing is written.
    """
    output.write(module_text(module))
