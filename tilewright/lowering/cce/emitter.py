"""Writes a module: the frame, the type aliases, and its functions."""

from __future__ import annotations

from collections.abc import Sequence

from xdsl.dialects.builtin import ModuleOp, UnitAttr
from xdsl.dialects.func import FuncOp
from xdsl.ir import Attribute, SSAValue

from tilewright.dialects.diagnostics import Place, fail, location_of
from tilewright.dialects.names import value_name
from tilewright.dialects.pto import KernelKind, KernelKindAttr, TensorViewType
from tilewright.dialects.pto.module_rules import ENTRY_ATTRIBUTES
from tilewright.lowering.cce import blocks, memrefs, system
from tilewright.lowering.cce.handlers import HANDLERS
from tilewright.lowering.cce.names import Names, is_identifier
from tilewright.lowering.cce.scope import Scope
from tilewright.lowering.cce.types import Aliases, buffer_type, scalar, variable
from tilewright.lowering.cce.writer import file_name
from tilewright.lowering.kernels import is_on_cores
from tilewright.lowering.refusals import refuse

_MAX_WIDTH = 90
"""Characters of a signature in one line."""


def module_text(module: ModuleOp) -> str:
    """Give a module as C++.

    Raises:
        DiagnosticError: TW0330 to TW0338 for what cannot be written, as `cce.emit` says.
    """
    functions = _functions(module)
    definitions = [function for function in functions if not function.is_declaration]
    kernels = [*filter(_is_entry, definitions)]
    if len(definitions) == 1 and not any(map(_is_internal, definitions[0].body.blocks[0].args)):
        kernels = definitions
    names = Names()
    for function in functions:
        names.reserve(function.sym_name.data)
    aliases = Aliases(names)
    bodies = [_definition(function, function in kernels, aliases) for function in definitions]
    prototypes = [_prototype(function, aliases) for function in functions if function not in kernels]
    # The aliases are complete only after the bodies, but come before them.
    parts = [
        _heading(module),
        "".join(f"{line}\n" for line in aliases.lines()),
        "".join(prototypes),
        *bodies,
    ]
    return "\n".join(filter(None, parts))


def _heading(module: ModuleOp) -> str:
    place = location_of(module)
    origin = f" from {file_name(place)}" if place else ""
    return f'// Written by tilewright{origin}.\n#include "pto/pto-inst.hpp"\n\nusing namespace pto;\n'


def _functions(module: ModuleOp) -> list[FuncOp]:
    functions: list[FuncOp] = []
    for op in filter(is_on_cores, module.ops):
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
    parameters = [
        f"{_parameter(argument.type, aliases, argument)} {scope.declare(argument, 'arg')}" for argument in block.args
    ]
    if is_kernel:
        _check_launch(function)
    writer.line(f"{_signature(function, is_kernel, parameters)} {{", function)
    with system.guarded(writer, _kind(function)):
        with writer.indented():
            memrefs.declare_windows(scope, block.args, function)
        blocks.function_body(scope, function)
        if is_kernel:
            with writer.indented():
                # The next kernel on this core may reuse every memory, so nothing may be in flight.
                writer.line("pipe_barrier(PIPE_ALL);")
    writer.line("}")
    return writer.text


def _is_entry(function: FuncOp) -> bool:
    """Say whether a function of several is one that the host launches."""
    return any(isinstance(function.attributes.get(name), UnitAttr) for name in ENTRY_ATTRIBUTES)


def _kind(function: FuncOp) -> KernelKind | None:
    kind = function.attributes.get("pto.kernel_kind")
    return kind.data if isinstance(kind, KernelKindAttr) else None


def _parameter(type_: Attribute, aliases: Aliases, at: Place) -> str:
    """Give the type of a parameter; a buffer is handed on as the variable that it is."""
    return variable(type_, aliases, at) + ("&" if buffer_type(type_, at) else "")


def _check_launch(function: FuncOp) -> None:
    """Refuse a kernel with a parameter that is no number and no pointer."""
    for argument in filter(_is_internal, function.body.blocks[0].args):
        fail(
            "TW0331",
            f"'{function.sym_name.data}' takes {value_name(argument)}, but the host has only numbers and pointers",
            argument,
        )


def _is_internal(argument: SSAValue) -> bool:
    """Whether an argument is a buffer or a view, which only a function of the same core hands on."""
    return isinstance(argument.type, TensorViewType) or buffer_type(argument.type, argument) is not None


def _prototype(function: FuncOp, aliases: Aliases) -> str:
    parameters = [_parameter(type_, aliases, function) for type_ in function.function_type.inputs]
    return f"{_signature(function, False, parameters)};\n"


def _signature(function: FuncOp, is_kernel: bool, parameters: Sequence[str]) -> str:
    name = function.sym_name.data
    results = function.function_type.outputs.data
    if is_kernel and results:
        fail("TW0331", f"'{name}' returns a value, but the host takes none from a kernel", function)
    if len(results) > 1:
        fail("TW0331", f"'{name}' returns {len(results)} values, C++ at most one", function)
    returned = _returned(results[0], function) if results else "void"
    text = f"{_linkage(function, is_kernel)}AICORE {returned} {name}("
    if len(text) + len(", ".join(parameters)) < _MAX_WIDTH:
        return f"{text}{', '.join(parameters)})"
    return text + "\n    " + ",\n    ".join(parameters) + ")"


def _returned(type_: Attribute, function: FuncOp) -> str:
    if buffer_type(type_, function):
        fail("TW0331", f"'{function.sym_name.data}' returns a {type_}, which belongs to its caller", function)
    return scalar(type_, function)


def _linkage(function: FuncOp, is_kernel: bool) -> str:
    if is_kernel:
        return "__global__ "
    visibility = function.sym_visibility
    private = visibility is not None and visibility.data == "private"
    return "static " if private and not function.is_declaration else ""
