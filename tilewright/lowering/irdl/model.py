"""What IRDL can say, as plain data: constraints, and definitions made of them.

Each place where a constraint stands is one IRDL value, and IRDL wants all that meets one value to be equal. Only a
`Variable` is therefore written once and used often.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from xdsl.utils.str_enum import StrEnum


@dataclass(frozen=True)
class Anything:
    """No constraint."""


@dataclass(frozen=True)
class Is:
    """One attribute of MLIR's own, as text: `f32`, `"vec"`."""

    text: str


@dataclass(frozen=True)
class Builtin:
    """Any attribute of a class of MLIR's own: `!builtin.integer`."""

    name: str


@dataclass(frozen=True)
class Symbol:
    """A type or attribute that the exported dialects define."""

    dialect: str
    name: str


@dataclass(frozen=True)
class Base:
    """Any type or attribute by that definition."""

    symbol: Symbol


@dataclass(frozen=True)
class Parametric:
    """A type or attribute by that definition, with constrained parameters."""

    symbol: Symbol
    parameters: tuple[Constraint, ...]


@dataclass(frozen=True)
class AnyOf:
    """At least one of several constraints."""

    choices: tuple[Constraint, ...]


@dataclass(frozen=True)
class AllOf:
    """Each of several constraints."""

    parts: tuple[Constraint, ...]


@dataclass(frozen=True)
class Variable:
    """A constraint whose places hold equal attributes, within one definition."""

    name: str
    constraint: Constraint


Constraint: TypeAlias = Anything | Is | Builtin | Base | Parametric | AnyOf | AllOf | Variable


class Variadicity(StrEnum):
    """How many values an operand or a result stands for."""

    SINGLE = "single"
    OPTIONAL = "optional"
    VARIADIC = "variadic"


@dataclass(frozen=True)
class Value:
    """An operand or a result."""

    name: str
    constraint: Constraint
    variadicity: Variadicity = Variadicity.SINGLE


@dataclass(frozen=True)
class Region:
    """A region; `arguments` and `blocks` are None where they are free."""

    name: str
    arguments: tuple[Constraint, ...] | None = None
    blocks: int | None = None


@dataclass(frozen=True)
class Attribute:
    """A type (`is_type`) or an attribute, with named parameters."""

    name: str
    is_type: bool
    parameters: Sequence[tuple[str, Constraint]]


@dataclass(frozen=True)
class Operation:
    """An operation; `attributes` are those that are always there."""

    name: str
    operands: Sequence[Value] = ()
    results: Sequence[Value] = ()
    attributes: Sequence[tuple[str, Constraint]] = ()
    regions: Sequence[Region] = ()


@dataclass(frozen=True)
class Dialect:
    """A dialect: types and attributes, and operations on them."""

    name: str
    attributes: Sequence[Attribute]
    operations: Sequence[Operation]
