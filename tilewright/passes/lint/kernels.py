"""TW0508 to TW0511: kernels that nobody can launch, bodies that run on the wrong core, results and recursion."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xdsl.dialects import func
from xdsl.dialects.builtin import ModuleOp

from tilewright.dialects.diagnostics import Diagnostic, Severity, location_of
from tilewright.dialects.pto import InstructionOp

_ENTRY = ("pto.entry", "hacc.entry")
_SECTIONS = ("pto.section.cube", "pto.section.vector")


def check_kernels(module: ModuleOp) -> Iterator[Diagnostic]:
    """Report modules without an entry, functions that do not say where they run, results of entries, recursion."""
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
    yield from _check_results(definitions)
    yield from _check_recursion(definitions)


def _check_results(definitions: Sequence[func.FuncOp]) -> Iterator[Diagnostic]:
    """An entry is launched: nobody takes a result. A function alone in its module is an entry."""
    for function in definitions:
        entry = len(definitions) == 1 or any(name in function.attributes for name in _ENTRY)
        if entry and function.function_type.outputs.data:
            yield Diagnostic(
                "TW0510",
                f"@{function.sym_name.data} is an entry, and an entry returns nothing",
                location_of(function),
                help=("store the result to global memory",),
            )


def _check_recursion(definitions: Sequence[func.FuncOp]) -> Iterator[Diagnostic]:
    """The cores have no call stack."""
    calls = {
        function.sym_name.data: {op.callee.root_reference.data for op in function.walk() if isinstance(op, func.CallOp)}
        for function in definitions
    }
    for function in definitions:
        name = function.sym_name.data
        reached, pending = set[str](), list(calls[name])
        while pending:
            callee = pending.pop()
            if callee not in reached:
                reached.add(callee)
                pending += calls.get(callee, ())
        if name in reached:
            yield Diagnostic("TW0511", f"@{name} calls itself, directly or through others", location_of(function))
