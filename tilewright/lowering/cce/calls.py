"""Calls with template parameters, enumerators, and scalars of the element type of a tile."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias, TypeVar

from xdsl.ir import Attribute, Operation, SSAValue

from tilewright.dialects.pto import PartitionViewType
from tilewright.lowering.cce.buffer_types import variable_type
from tilewright.lowering.cce.expressions import Cast, Expression, Name, text
from tilewright.lowering.cce.memref_types import is_global
from tilewright.lowering.cce.scope import Handler, Scope
from tilewright.lowering.cce.types import scalar


@dataclass(frozen=True)
class As:
    """A value that is converted for the call."""

    type: str
    value: SSAValue


Argument: TypeAlias = SSAValue | As | Expression
Parameter: TypeAlias = SSAValue | str
"""A template parameter: the type of a value, or the text of any other."""

_Op = TypeVar("_Op", bound=Operation)


def call(
    op_type: type[_Op],
    function: str,
    arguments: Callable[[_Op], tuple[Argument, ...]],
    parameters: Callable[[_Op], tuple[Parameter, ...]] = lambda _op: (),
) -> tuple[type[Operation], Handler]:
    """Let an operation be written as the call of `function`, which may be a template."""

    def emit(scope: Scope, op: _Op) -> None:
        types = [_parameter(scope, each, op) for each in parameters(op)]
        spelled = tuple(argument(scope, each) for each in arguments(op))
        scope.call(template(function, types), spelled, op)

    return op_type, emit


def template(function: str, parameters: Sequence[str]) -> str:
    """Give the name of a function with its template parameters, if it has any."""
    return f"{function}<{', '.join(parameters)}>" if parameters else function


def type_of(expression: Expression) -> str:
    """Give the C++ type of an expression, whatever it is."""
    return f"decltype({text(expression)})"


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
    if isinstance(parameter.type, PartitionViewType) or is_global(parameter.type):
        # The C++ type of a window follows from where it is made, which its variable knows.
        return type_of(scope.read(parameter))
    return variable_type(scope, parameter, op)
