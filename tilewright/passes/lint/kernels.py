"""TW0508 to TW0511 and TW0332: kernels that nobody can launch or on the wrong core, results of entries, recursion."""

from __future__ import annotations

from collections.abc import Iterator

from xdsl.dialects.builtin import ModuleOp

from tilewright.dialects.diagnostics import Diagnostic, Severity, location_of
from tilewright.dialects.pto import InstructionOp
from tilewright.dialects.pto.module_rules import ENTRY_ATTRIBUTES, definitions_of, module_problems

_SECTIONS = ("pto.section.cube", "pto.section.vector")


def check_kernels(module: ModuleOp) -> Iterator[Diagnostic]:
    """Report modules without an entry, functions that do not say where they run, what ptoas refuses."""
    definitions = definitions_of(module)
    if len(definitions) > 1 and not any(name in op.attributes for op in definitions for name in ENTRY_ATTRIBUTES):
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
    yield from module_problems(module)
