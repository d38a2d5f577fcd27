"""What the exported dialects define, and how IRDL and MLIR spell it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from xdsl.ir import Attribute, Dialect, Operation, TypeAttribute

from tilewright.dialects.registry import DIALECTS
from tilewright.lowering.irdl.model import Symbol

OWN_DIALECTS = ("pto", "task", "tile")
"""The dialects that are ours: real MLIR knows the others."""


@dataclass(frozen=True)
class Vocabulary:
    """The definitions of some dialects by their classes."""

    dialects: tuple[Dialect, ...]
    attributes: Mapping[type[Attribute], Symbol]
    operations: Mapping[type[Operation], str]

    @classmethod
    def of(cls, dialects: Iterable[Dialect]) -> Vocabulary:
        """Name everything that the dialects define."""
        known = tuple(dialects)
        attributes: dict[type[Attribute], Symbol] = {}
        for dialect in known:
            attributes |= _symbols(tuple(dialect.attributes))
        operations: dict[type[Operation], str] = {}
        for dialect in known:
            operations |= _operation_names(tuple(dialect.operations))
        return cls(known, attributes, operations)

    def subclasses(self, abstract: type) -> tuple[Symbol, ...]:
        """The types and attributes that derive from a class."""
        return tuple(symbol for attribute, symbol in self.attributes.items() if issubclass(attribute, abstract))

    def is_mentioned(self, text: str) -> bool:
        """Whether a type or attribute of the dialects occurs in the text of an attribute."""
        return any(f"{sigil}{dialect.name}." in text for dialect in self.dialects for sigil in "!#")


@cache
def own_vocabulary() -> Vocabulary:
    """The vocabulary of our dialects."""
    return Vocabulary.of(DIALECTS[name]() for name in OWN_DIALECTS)


def _symbols(attributes: tuple[type[Attribute], ...]) -> dict[type[Attribute], Symbol]:
    """Name types and attributes, which share a symbol table: beside a type of its name, `#pto.pipe` is `pipe_attr`."""
    types = {_own_name(attribute) for attribute in attributes if issubclass(attribute, TypeAttribute)}
    symbols: dict[type[Attribute], Symbol] = {}
    for attribute in attributes:
        own = _own_name(attribute)
        clashes = own in types and not issubclass(attribute, TypeAttribute)
        name = own.replace(".", "_")
        symbols[attribute] = Symbol(attribute.name.partition(".")[0], f"{name}_attr" if clashes else name)
    return symbols


def _operation_names(operations: tuple[type[Operation], ...]) -> dict[type[Operation], str]:
    """Give each operation a name without its dialect and without dots, which IRDL has not.

    `pto.tmatmul.acc` becomes `tmatmul_acc`, or `tmatmul_acc_dotted` where another operation has that name already.
    """
    taken = {own for own in map(_own_name, operations) if "." not in own}
    names: dict[type[Operation], str] = {}
    for operation in operations:
        own = _own_name(operation)
        name = own.replace(".", "_")
        names[operation] = f"{name}_dotted" if "." in own and name in taken else name
    return names


def _own_name(definition: type[Operation | Attribute]) -> str:
    return definition.name.partition(".")[2]
