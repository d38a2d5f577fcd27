"""Calls with template parameters, enumerators, and scalars of the element type of a tile."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias, TypeVar

from xdsl.dialects.builtin import MemRefType
from xdsl.ir import Attribute, Operation, SSAValue

from tilewright.dialects.pto import PartitionViewType, TileBufType
from tilewright.lowering.cce.expressions import Cast, Expression, Name, text
from tilewright.lowering.cce.instructions import As
from tilewright.lowering.cce.scope import Handler, Scope
from tilewright.lowering.cce.types import scalar, tile, tile_alias

Argument: TypeAlias = SSAValue | As | Expression
Parameter: TypeAlias = SSAValue | str
"""A template parameter: the type of a value, or the text of any other."""

_Op = TypeVar("_Op", bound=Operation)


def template_call(
    op_type: type[_Op],
    function: str,
    arguments: Callable[[_Op], tuple[Argument, ...]],
    parameters: Callable[[_Op], tuple[Parameter, ...]] = lambda _op: (),
) -> tuple[type[Operation], Handler]:
    """Let an operation be written as the call of `function`, which may be a template."""

    def emit(scope: Scope, op: _Op) -> None:
        types = ", ".join(_parameter(scope, each, op) for each in parameters(op))
        spelled = tuple(argument(scope, each) for each in arguments(op))
        scope.call(f"{function}<{types}>" if types else function, spelled, op)

    return op_type, emit


def enumerator(enumeration: str, member: str) -> Name:
    """Give a member of an enumeration of the library: `CmpMode::GT`."""
    return Name(f"{enumeration}::{member}")


def given(value: SSAValue | None) -> tuple[SSAValue, ...]:
    """Give the operand if there is one."""
    return () if value is None else (value,)


def element(op: Operation, value: SSAValue, element_type: Attribute) -> SSAValue | As:
    """Give a scalar in the element type of a tile, converted if it has another type."""
    return value if value.type == element_type else As(scalar(element_type, op), value)


def argument(scope: Scope, value: Argument) -> Expression:
    """Give the C++ of an argument."""
    match value:
        case As(type_, converted):
            return Cast(type_, scope.read(converted))
        case SSAValue():
            return scope.read(value)
        case _:
            return value


def _parameter(scope: Scope, parameter: Parameter, op: Operation) -> str:
    if isinstance(parameter, str):
        return parameter
    type_ = parameter.type
    if isinstance(type_, TileBufType):
        return scope.aliases.name(tile(type_, op), tile_alias(type_))
    if isinstance(type_, PartitionViewType | MemRefType):
        # The C++ type of a window follows from where it is made, which its variable knows.
        return f"decltype({text(scope.read(parameter))})"
    return scalar(type_, op)
