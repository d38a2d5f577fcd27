"""TW0508 and TW0509: kernels that nobody can launch, and bodies that run on the wrong core."""

from __future__ import annotations

from collections.abc import Iterator

from xdsl.dialects import func
from xdsl.dialects.builtin import ModuleOp

from tilewright.dialects.diagnostics import Diagnostic, Severity, location_of
from tilewright.dialects.pto import InstructionOp

_ENTRY = ("pto.entry", "hacc.entry")
_SECTIONS = ("pto.section.cube", "pto.section.vector")


def check_kernels(module: ModuleOp) -> Iterator[Diagnostic]:
    """Report modules without an entry, and functions that do not say which core they run on."""
    definitions = [op for op in module.walk() if isinstance(op, func.FuncOp) and not op.is_declaration]
    if len(definitions) > 1 and not any(name in op.attributes for op in definitions for name in _ENTRY):
        yield Diagnostic(
            "TW0508",
            f"none of {len(definitions)} functions has pto.entry: ptoas makes no kernel of this module",
            location_of(definitions[0]),
            Severity.WARNING,
            help=("add attributes {pto.entry} to the function that is launched",),
        )
    for function in definitions:
        works = any(isinstance(op, InstructionOp) for op in function.walk())
        sections = any(op.name in _SECTIONS for op in function.walk())
        if works and not sections and "pto.kernel_kind" not in function.attributes:
            yield Diagnostic(
                "TW0509",
                f"@{function.sym_name.data} does not say whether it runs on the cube or on the vector core: "
                "it is compiled for both",
                location_of(function),
                Severity.WARNING,
                help=("add attributes {pto.kernel_kind = #pto.kernel_kind<cube>}, or <vector>",),
            )
