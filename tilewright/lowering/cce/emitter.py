"""Writes a module: the frame, the type aliases, and its functions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from xdsl.dialects.builtin import ModuleOp
from xdsl.dialects.func import FuncOp

from tilewright.dialects.diagnostics import fail, location_of
from tilewright.dialects.pto import KernelKind, KernelKindAttr
from tilewright.lowering.cce import arithmetic, control, instructions, memory
from tilewright.lowering.cce.names import Names, is_identifier
from tilewright.lowering.cce.scope import Handlers, Scope
from tilewright.lowering.cce.types import Aliases, scalar
from tilewright.lowering.cce.writer import file_name
from tilewright.lowering.refusals import refuse

HANDLERS: Handlers = {
    **arithmetic.HANDLERS,
    **control.HANDLERS,
    **instructions.HANDLERS,
    **memory.HANDLERS,
}
"""Everything that can be written."""

_GUARDS: Mapping[KernelKind, tuple[str, Sequence[str]]] = {
    KernelKind.CUBE: ("__DAV_CUBE__", ()),
    # Vector instructions inherit the mask from whatever ran before, so every lane is enabled first.
    KernelKind.VECTOR: ("__DAV_VEC__", ("set_mask_norm();", "set_vector_mask(-1, -1);")),
}

_MAX_WIDTH = 90
"""Characters of a signature in one line."""


def module_text(module: ModuleOp) -> str:
    """Give a module as C++.

    Raises:
        DiagnosticError: TW0330 to TW0334 for what cannot be written.
    """
    functions = _functions(module)
    definitions = [function for function in functions if not function.is_declaration]
    kernels = definitions if len(definitions) == 1 else [*filter(control.is_entry, definitions)]
    names = Names()
    for function in functions:
        names.reserve(function.sym_name.data)
    aliases = Aliases(names)
    bodies = [_definition(function, function in kernels, aliases) for function in definitions]
    # The aliases are complete only after the bodies, but come before them.
    parts = [
        _heading(module),
        "".join(f"{line}\n" for line in aliases.lines()),
        "".join(_prototype(function) for function in functions if function not in kernels),
        *bodies,
    ]
    return "\n".join(filter(None, parts))


def _heading(module: ModuleOp) -> str:
    place = location_of(module)
    origin = f" from {file_name(place)}" if place else ""
    return f'// Written by tilewright{origin}.\n#include "pto/pto-inst.hpp"\n\nusing namespace pto;\n'


def _functions(module: ModuleOp) -> list[FuncOp]:
    functions: list[FuncOp] = []
    for op in module.ops:
        if not isinstance(op, FuncOp):
            refuse(op, "C++")
        if not is_identifier(op.sym_name.data):
            fail(
                "TW0334",
                f"a C++ function cannot be called '{op.sym_name.data}'",
                op,
                help=("rename the function: letters, digits and single underscores",),
            )
        functions.append(op)
    return functions


def _definition(function: FuncOp, is_kernel: bool, aliases: Aliases) -> str:
    scope = Scope(HANDLERS, aliases, Names(aliases.names))
    writer = scope.writer
    block = function.body.blocks[0]
    if len(function.body.blocks) > 1 and (branch := block.last_op) is not None:
        refuse(branch, "C++")
    parameters = [f"{scalar(argument.type, argument)} {scope.declare(argument, 'arg')}" for argument in block.args]
    writer.line(f"{_signature(function, is_kernel, parameters)} {{", function)
    guard, prologue = _guard(function)
    if guard:
        writer.directive(f"#if defined({guard})")
    with writer.indented():
        for line in prologue:
            writer.line(line)
    scope.block(block)
    if is_kernel:
        with writer.indented():
            # The next kernel on this core may reuse every memory, so nothing may be in flight.
            writer.line("pipe_barrier(PIPE_ALL);")
    if guard:
        writer.directive(f"#endif  // {guard}")
    writer.line("}")
    return writer.text


def _guard(function: FuncOp) -> tuple[str, Sequence[str]]:
    kind = function.attributes.get("pto.kernel_kind")
    return _GUARDS[kind.data] if isinstance(kind, KernelKindAttr) else ("", ())


def _prototype(function: FuncOp) -> str:
    parameters = [scalar(type_, function) for type_ in function.function_type.inputs]
    return f"{_signature(function, False, parameters)};\n"


def _signature(function: FuncOp, is_kernel: bool, parameters: Sequence[str]) -> str:
    name = function.sym_name.data
    results = function.function_type.outputs.data
    if is_kernel and results:
        fail("TW0331", f"'{name}' returns a value, but the host takes none from a kernel", function)
    if len(results) > 1:
        fail("TW0331", f"'{name}' returns {len(results)} values, C++ at most one", function)
    returned = scalar(results[0], function) if results else "void"
    text = f"{_linkage(function, is_kernel)}AICORE {returned} {name}("
    if len(text) + len(", ".join(parameters)) < _MAX_WIDTH:
        return f"{text}{', '.join(parameters)})"
    return text + "\n    " + ",\n    ".join(parameters) + ")"


def _linkage(function: FuncOp, is_kernel: bool) -> str:
    if is_kernel:
        return "__global__ "
    visibility = function.sym_visibility
    private = visibility is not None and visibility.data == "private"
    return "static " if private and not function.is_declaration else ""
