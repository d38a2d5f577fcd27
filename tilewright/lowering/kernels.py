"""The kernels of a program: the functions that submit them run elsewhere, and have no form in what a core runs."""

from __future__ import annotations

from xdsl.dialects.builtin import ArrayAttr, DictionaryAttr, ModuleOp
from xdsl.dialects.func import FuncOp
from xdsl.ir import Attribute, Operation

from tilewright.dialects.task import Task, is_orchestration


def is_on_cores(op: Operation) -> bool:
    """Whether an operation of a module is for the cores: all but the functions that submit tasks."""
    return not is_orchestration(op)


def kernels_of(module: ModuleOp) -> ModuleOp:
    """A module without the functions that submit tasks, and without what they need to know of the others.

    The module itself where nothing is to be left out; else a copy, and the module stays as it is.
    """
    functions = [op for op in module.ops if isinstance(op, FuncOp)]
    if not any(is_orchestration(function) or _named(function) for function in functions):
        return module
    copy = module.clone()
    for op in list(copy.ops):
        if not is_on_cores(op):
            op.detach()
            op.erase()
        elif isinstance(op, FuncOp):
            _forget_tasks(op)
    return copy


def _named(function: FuncOp) -> bool:
    return any(map(_is_of_tasks, function.attributes)) or any(
        map(_is_of_tasks, (name for argument in _arguments(function) for name in argument))
    )


def _is_of_tasks(name: str) -> bool:
    return name.startswith(f"{Task.name}.")


def _arguments(function: FuncOp) -> list[dict[str, Attribute]]:
    given = function.arg_attrs
    return [dict(each.data) for each in given] if isinstance(given, ArrayAttr) else []


def _forget_tasks(function: FuncOp) -> None:
    for name in filter(_is_of_tasks, list(function.attributes)):
        del function.attributes[name]
    arguments = [
        {name: value for name, value in argument.items() if not _is_of_tasks(name)} for argument in _arguments(function)
    ]
    function.arg_attrs = ArrayAttr(map(DictionaryAttr, arguments)) if any(arguments) else None
