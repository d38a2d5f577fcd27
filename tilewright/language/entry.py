"""Translation of a whole program: the entry function, and the kernels that it calls."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass

from xdsl.dialects import func
from xdsl.dialects.builtin import ModuleOp, UnitAttr
from xdsl.ir import Attribute, Block, Region

from tilewright.dialects.task import KERNEL, ORCHESTRATION
from tilewright.dialects.tile import TensorType
from tilewright.language.expressions import EXPRESSIONS
from tilewright.language.functions import KernelFunction, Role
from tilewright.language.statements import STATEMENTS
from tilewright.language.submits import outputs_of
from tilewright.language.translator import Handlers, Program, Scope, Translator
from tilewright.language.values import ScalarRef, TensorRef, TileRef, WindowRef, describe, is_sequence
from tilewright.language.writes import check_outputs

HANDLERS = Handlers(EXPRESSIONS, STATEMENTS)


@dataclass(frozen=True)
class Translation:
    """A translated program.

    Attributes:
        module: the entry and every kernel that it calls.
        returned: what a call gives back: the name of a parameter, or the number of a tensor that the program makes.
        as_tuple: whether it gives back a tuple.
    """

    module: ModuleOp
    returned: tuple[str | int, ...]
    as_tuple: bool


def translate(function: KernelFunction, kinds: Mapping[str, Attribute], constants: Mapping[str, object]) -> Translation:
    """Translate a program.

    Args:
        function: its entry.
        kinds: the type of each parameter that is a tensor or a number of the kernel.
        constants: the value of each other parameter.

    Returns:
        The program; nothing is verified yet.

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
    results, returned = _results(t, whole)
    t.emit(func.ReturnOp(*(result.ssa for result in results)))
    entry = func.FuncOp(name, (list(kinds.values()), [result.ssa.type for result in results]), Region(block))
    entry.attributes[KERNEL if whole else ORCHESTRATION] = UnitAttr()
    with t.at(source.node):
        entry.location = t.location()
    check_outputs(t, entry)
    return Translation(ModuleOp([entry, *program.functions.values()]), returned, is_sequence(t.returned))


def _results(t: Translator, whole: bool) -> tuple[list[TensorRef], tuple[str | int, ...]]:
    """The tensors that the program makes and returns, and what a call gives back."""
    if t.returned is None:
        return [], ()
    made: list[TensorRef] = []
    returned: list[str | int] = []
    for value in t.returned if is_sequence(t.returned) else (t.returned,):
        tensor = _result(t, value, whole)
        if tensor.ssa in t.blocks[0].args:
            returned.append(tensor.ssa.name_hint or "")
        else:
            returned.append(len(made))
            made.append(tensor)
    return made, tuple(returned)


def _result(t: Translator, value: object, whole: bool) -> TensorRef:
    if isinstance(value, WindowRef):
        value = value.tensor
    if isinstance(value, TensorRef):
        return value
    if isinstance(value, TileRef) and whole:
        t.fail(
            "TW0619",
            f"the kernel returns {describe(value)}; it leaves its results in its pl.Out parameters",
            _return_node(t),
            help=("out = pl.store(tile, [0, 0], out); return out",),
        )
    t.fail("TW0619", f"an entry returns tensors, not {describe(value)}", _return_node(t))


def _return_node(t: Translator) -> ast.AST:
    return next((node for node in t.source.node.body if isinstance(node, ast.Return)), t.source.node)
