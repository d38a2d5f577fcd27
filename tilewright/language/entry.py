"""Translation of a whole program: the entry function, and the kernels that it calls."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence

from xdsl.dialects import func
from xdsl.dialects.builtin import DYNAMIC_INDEX, ModuleOp, UnitAttr
from xdsl.ir import Attribute, Block, Region

from tilewright.dialects.diagnostics import fail
from tilewright.dialects.task import KERNEL, ORCHESTRATION
from tilewright.dialects.tile import TensorType
from tilewright.language.annotations import AnnotationError, Directed, DynamicExtent, ScalarSpec, TensorSpec
from tilewright.language.annotations import Tensor as BareTensor
from tilewright.language.expressions import EXPRESSIONS
from tilewright.language.functions import KernelFunction, Role
from tilewright.language.source import Source
from tilewright.language.statements import STATEMENTS
from tilewright.language.submits import outputs_of
from tilewright.language.translator import Handlers, Program, Scope, Translator
from tilewright.language.types import ir_type
from tilewright.language.values import ScalarRef, TensorRef, TileRef, WindowRef, describe, is_sequence
from tilewright.language.writes import check_outputs

HANDLERS = Handlers(EXPRESSIONS, STATEMENTS)


def translate(function: KernelFunction, kinds: Mapping[str, Attribute], constants: Mapping[str, object]) -> ModuleOp:
    """Translate a program.

    Args:
        function: its entry.
        kinds: the type of each parameter that is a tensor or a number of the kernel.
        constants: the value of each other parameter.

    Returns:
        A module with the entry and every kernel that it calls; nothing is verified yet.

    Raises:
        DiagnosticError: what is wrong with the program, at the author's line.
    """
    source = function.source()
    program = Program()
    name = program.unique(function.name)
    block = Block(arg_types=list(kinds.values()))
    t = Translator(source, HANDLERS, program, block)
    for (parameter, kind), argument in zip(kinds.items(), block.args, strict=True):
        argument.name_hint = parameter
        t.names.bind(parameter, TensorRef(argument) if isinstance(kind, TensorType) else ScalarRef(argument))
    for parameter, value in constants.items():
        t.names.bind(parameter, value)
    t.outputs = outputs_of(function)
    whole = function.role is Role.KERNEL
    if whole:
        t.scopes.append(Scope(name, block))
    t.statements(source.node.body)
    results = _results(t, list(kinds), whole)
    t.emit(func.ReturnOp(*(result.ssa for result in results)))
    entry = func.FuncOp(name, (list(kinds.values()), [result.ssa.type for result in results]), Region(block))
    entry.attributes[KERNEL if whole else ORCHESTRATION] = UnitAttr()
    with t.at(source.node):
        entry.location = t.location()
    check_outputs(t, entry, {name: t.outputs for name in (entry.sym_name.data,)})
    return ModuleOp([entry, *program.functions.values()])


def _results(t: Translator, parameters: Sequence[str], whole: bool) -> list[TensorRef]:
    """The tensors that the entry returns and that are no parameters."""
    if t.returned is None:
        return []
    values = t.returned if is_sequence(t.returned) else (t.returned,)
    return [tensor for value in values if (tensor := _result(t, value, whole)) is not None]


def _result(t: Translator, value: object, whole: bool) -> TensorRef | None:
    if isinstance(value, WindowRef):
        value = value.tensor
    if not isinstance(value, TensorRef):
        if isinstance(value, TileRef) and whole:
            t.fail(
                "TW0619",
                f"the kernel returns {describe(value)}; it leaves its results in its pl.Out parameters",
                _return_node(t),
                help=("out = pl.store(tile, [0, 0], out); return out",),
            )
        t.fail("TW0619", f"an entry returns tensors, not {describe(value)}", _return_node(t))
    return None if value.ssa in t.blocks[0].args else value


def _return_node(t: Translator) -> ast.AST:
    return next((node for node in t.source.node.body if isinstance(node, ast.Return)), t.source.node)


def parameter_kind(source: Source, name: str, annotation: object) -> tuple[object, Attribute | None]:
    """What an annotation says: the annotation without its direction, and the type if that is complete.

    Raises:
        DiagnosticError: TW0620 for an annotation that no parameter can have.
    """
    inner = annotation.inner if isinstance(annotation, Directed) else annotation
    if inner is BareTensor:
        inner = TensorSpec()
    match inner:
        case TensorSpec(shape, dtype) if shape is not None and dtype is not None:
            if not dtype.mlir:
                _refuse(source, name, f"{dtype!r} is not an element type of a2a3 (910B, 910C): later chips have it")
            extents = [DYNAMIC_INDEX if isinstance(extent, DynamicExtent) else extent for extent in shape]
            return inner, TensorType.of(extents, ir_type(dtype))
        case TensorSpec():
            return inner, None
        case ScalarSpec(dtype):
            if not dtype.mlir or dtype.mlir.startswith("!"):
                _refuse(source, name, f"a number cannot be {dtype!r}")
            return inner, ir_type(dtype)
        case _:
            return inner, None


def _refuse(source: Source, name: str, message: str) -> None:
    arguments = source.node.args
    every = (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)
    node = next((each for each in every if each.arg == name), source.node)
    fail("TW0620", f"parameter '{name}': {message}", source.locate(node), span=source.span(node))


__all__ = ["AnnotationError", "parameter_kind", "translate"]
