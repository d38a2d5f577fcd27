"""Translation of calls: operations, other kernels, and Python functions of what is known now."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from tilewright.language import scalars
from tilewright.language.functions import KernelFunction, Role
from tilewright.language.objects import Loop, Op, ScopeMarker, Where
from tilewright.language.submits import outputs_of, submit_kernel
from tilewright.language.translator import Translator
from tilewright.language.values import ScalarRef, WindowRef, describe, is_sequence, is_static


@dataclass(frozen=True)
class Special:
    """A call that is syntax: `pl.yield_`, `pl.cond`."""

    name: str

    def __call__(self, *arguments: object) -> Any:
        from tilewright.language.objects import outside

        outside(self.name)


YIELD = Special("yield_")
COND = Special("cond")


def is_yield(t: Translator, node: ast.Call) -> bool:
    """Whether a call is `pl.yield_(...)`."""
    return isinstance(node.func, ast.Attribute) and t.expression(node.func) is YIELD


def call(t: Translator, node: ast.expr) -> object:
    """The value of a call."""
    assert isinstance(node, ast.Call)
    function = t.expression(node.func)
    match function:
        case Special(name="yield_"):
            t.fail("TW0615", "pl.yield_ ends a loop with init_values", node)
        case Special():
            t.fail("TW0615", f"pl.{function.name} stands first in the body of pl.while_", node)
        case Loop() | ScopeMarker():
            t.fail("TW0602", f"pl.{function.kind.value} is no value: it stands after `for ... in` or `with`", node)
        case _:
            pass
    arguments, keywords = _arguments(t, node)
    match function:
        case Op():
            return call_operation(t, function, arguments, keywords)
        case KernelFunction():
            return call_kernel(t, function, arguments, keywords)
        case _ if callable(function):
            return _python(t, function, arguments, keywords)
        case _:
            t.fail("TW0605", f"{describe(function)} cannot be called", node)


def positional(t: Translator, node: ast.Call) -> list[object]:
    """The arguments of a call without names; `*several` are spread."""
    arguments: list[object] = []
    for each in node.args:
        if isinstance(each, ast.Starred):
            parts = t.expression(each.value)
            if not is_sequence(parts):
                t.fail("TW0605", f"{describe(parts)} cannot be spread over arguments", each)
            arguments.extend(parts)
        else:
            arguments.append(t.expression(each))
    return arguments


def _arguments(t: Translator, node: ast.Call) -> tuple[tuple[object, ...], dict[str, object]]:
    arguments = positional(t, node)
    keywords: dict[str, object] = {}
    for each in node.keywords:
        if each.arg is None:
            t.fail("TW0602", "** cannot be used in a kernel", each.value)
        keywords[each.arg] = t.expression(each.value)
    return tuple(arguments), keywords


def call_operation(t: Translator, op: Op, arguments: tuple[object, ...], keywords: Mapping[str, object]) -> object:
    """An operation of the language.

    Raises:
        DiagnosticError: TW0601 when it stands in the wrong place, TW0615 for arguments that it does not take, and
            what the operation itself refuses.
    """
    try:
        bound = op.signature.bind(*arguments, **keywords)
    except TypeError as error:
        t.fail("TW0615", f"pl.{op.name}: {error}", help=(f"pl.{op.name}{op.signature}",))
    if op.where is Where.COMPUTE and not t.in_scope and not _of_numbers(arguments, keywords):
        t.fail(
            "TW0601",
            f"pl.{op.name} computes, and stands outside of a compute scope",
            help=("put it into `with pl.at(level=pl.Level.CORE_GROUP):`, or make the function a @pl.jit.incore",),
        )
    if op.where is Where.ORCHESTRATION and t.in_scope:
        t.fail("TW0601", f"pl.{op.name} is for the code around compute scopes, and stands in one")
    return op.translate(t, *bound.args, **bound.kwargs)


def _of_numbers(arguments: tuple[object, ...], keywords: Mapping[str, object]) -> bool:
    """Whether an operation has only numbers to work on: those are computed anywhere."""
    values = (*arguments, *keywords.values())
    return bool(values) and isinstance(values[0], bool | int | float | ScalarRef)


def call_kernel(
    t: Translator, function: KernelFunction, arguments: tuple[object, ...], keywords: Mapping[str, object]
) -> object:
    """Another function of the language: spliced in, or submitted as a kernel.

    Raises:
        DiagnosticError: TW0618 for recursion, TW0615 for arguments that do not fit.
    """
    source = function.source()
    if any(
        each.file == source.file and each.first_line == source.first_line and each.node.name == source.node.name
        for each in t.inlined
    ):
        t.fail("TW0618", f"{function.name} calls itself; kernels have no recursion", help=("write a loop",))
    try:
        bound = function.signature.bind(*arguments, **keywords)
    except TypeError as error:
        t.fail("TW0615", f"{function.name}: {error}")
    bound.apply_defaults()
    if function.role is Role.KERNEL and not t.in_scope:
        return submit_kernel(t, function, source, bound.arguments, ())[0]
    written = outputs_of(function)
    names = {
        name: replace(value, is_view=True) if name in written and isinstance(value, WindowRef) else value
        for name, value in bound.arguments.items()
    }
    with t.inlining(source, names):
        t.statements(source.node.body)
        return t.returned


_NUMERIC: Mapping[object, str] = {builtins.min: "min", builtins.max: "max"}


def _python(
    t: Translator, function: Callable[..., object], arguments: tuple[object, ...], keywords: Mapping[str, object]
) -> object:
    """A Python function of what is known while translating; min, max, int, float and abs also of numbers of the IR."""
    if is_static(arguments) and is_static(tuple(keywords.values())):
        return scalars.python_value(t, lambda: function(*arguments, **keywords))
    numbers = all(scalars.is_number(argument) for argument in arguments) and not keywords
    if numbers and (name := _NUMERIC.get(function)) is not None:
        first, *rest = arguments
        for value in rest:
            first = scalars.compute(t, name, first, value)
        return first
    if numbers and function in (builtins.int, builtins.float) and len(arguments) == 1:
        from tilewright.language.dtypes import FP32, INDEX
        from tilewright.language.types import ir_type

        return scalars.convert(t, arguments[0], ir_type(INDEX if function is builtins.int else FP32))
    name = getattr(function, "__name__", describe(function))
    t.fail(
        "TW0602",
        f"the Python function {name} cannot work on what is only known when the kernel runs",
        help=("make it a @pl.jit.inline function",),
    )
