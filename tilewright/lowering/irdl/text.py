"""Write IRDL as text that every MLIR since LLVM 19 reads.

The short form of `irdl.operands` and its kin changed after LLVM 19 (names came in), so these few are written in the
generic form: there LLVM 19 takes the names for an attribute that it need not know. A type and an operation of one name
would clash in one symbol table, so types and attributes stand in a module of their own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tilewright.lowering.irdl.model import (
    AllOf,
    AnyOf,
    Anything,
    Attribute,
    Base,
    Builtin,
    Constraint,
    Dialect,
    Is,
    Operation,
    Parametric,
    Region,
    Symbol,
    Value,
    Variable,
)

_TYPES = "types"
_CONSTRAINT = "!irdl.attribute"
_REGION = "!irdl.region"


def irdl_text(dialects: Sequence[Dialect]) -> str:
    """The dialects as a file for `mlir-opt --irdl-file`."""
    return "".join(f"{line}\n" for line in _lines(dialects))


def _lines(dialects: Sequence[Dialect]) -> Iterator[str]:
    yield f"module @{_TYPES} {{"
    for dialect in dialects:
        yield f"  irdl.dialect @{dialect.name} {{"
        for attribute in dialect.attributes:
            yield from _indented(_attribute_lines(attribute), 4)
        yield "  }"
    yield "}"
    for dialect in dialects:
        yield f"irdl.dialect @{dialect.name} {{"
        for operation in dialect.operations:
            yield from _indented(_operation_lines(operation), 2)
        yield "}"


def _indented(lines: Iterator[str], width: int) -> Iterator[str]:
    return (f"{' ' * width}{line}" for line in lines)


def _attribute_lines(attribute: Attribute) -> Iterator[str]:
    body = _Body("")
    if attribute.parameters:
        arguments = [body.value(constraint) for _, constraint in attribute.parameters]
        body.end("irdl.parameters", arguments, _CONSTRAINT, _names([name for name, _ in attribute.parameters]))
    yield f"irdl.{'type' if attribute.is_type else 'attribute'} @{attribute.name} {{"
    yield from _indented(iter(body.lines), 2)
    yield "}"


def _operation_lines(operation: Operation) -> Iterator[str]:
    body = _Body(f"@{_TYPES}::")
    for op, values in (("irdl.operands", operation.operands), ("irdl.results", operation.results)):
        if values:
            body.end(op, [body.value(value.constraint) for value in values], _CONSTRAINT, _value_properties(values))
    if operation.attributes:
        entries = [f'"{name}" = {body.value(constraint)}' for name, constraint in operation.attributes]
        body.lines.append(f"irdl.attributes {{ {', '.join(entries)} }}")
    if operation.regions:
        arguments = [body.region(region) for region in operation.regions]
        body.end("irdl.regions", arguments, _REGION, _names([region.name for region in operation.regions]))
    yield f"irdl.operation @{operation.name} {{"
    yield from _indented(iter(body.lines), 2)
    yield "}"


def _names(names: Sequence[str]) -> str:
    quoted = ", ".join(f'"{name}"' for name in names)
    return f"names = [{quoted}]"


def _value_properties(values: Sequence[Value]) -> str:
    variadicity = ", ".join(value.variadicity for value in values)
    return f"{_names([value.name for value in values])}, variadicity = #irdl<variadicity_array[ {variadicity}]>"


class _Body:
    """The lines of one definition; `types` is the path to the dialects that define types."""

    def __init__(self, types: str) -> None:
        self.lines: list[str] = []
        self._types = types
        self._count = 0
        self._variables: dict[str, str] = {}

    def end(self, op: str, arguments: Sequence[str], kind: str, properties: str) -> None:
        kinds = ", ".join([kind] * len(arguments))
        self.lines.append(f'"{op}"({", ".join(arguments)}) {{{properties}}} : ({kinds}) -> ()')

    def value(self, constraint: Constraint) -> str:
        """Write a constraint; gives the name of its value."""
        match constraint:
            case Variable():
                if constraint.name not in self._variables:
                    self._variables[constraint.name] = self.value(constraint.constraint)
                return self._variables[constraint.name]
            case Anything():
                return self._add("irdl.any")
            case Is():
                return self._add(f"irdl.is {constraint.text}")
            case Builtin():
                return self._add(f'irdl.base "{constraint.name}"')
            case Base():
                # The braces end the op: a string on the next line would be taken for a second name.
                return self._add(f"irdl.base {self._reference(constraint.symbol)} {{}}")
            case Parametric():
                arguments = self._list(constraint.parameters)
                return self._add(f"irdl.parametric {self._reference(constraint.symbol)}<{arguments}>")
            case AnyOf():
                return self._add(f"irdl.any_of({self._list(constraint.choices)})")
            case AllOf():
                return self._add(f"irdl.all_of({self._list(constraint.parts)})")

    def region(self, region: Region) -> str:
        arguments = "" if region.arguments is None else f"({self._list(region.arguments)})"
        blocks = "" if region.blocks is None else f" with size {region.blocks}"
        return self._add(f"irdl.region{arguments}{blocks}")

    def _list(self, constraints: Sequence[Constraint]) -> str:
        return ", ".join([self.value(constraint) for constraint in constraints])

    def _reference(self, symbol: Symbol) -> str:
        return f"{self._types}@{symbol.dialect}::@{symbol.name}"

    def _add(self, text: str) -> str:
        name = f"%{self._count}"
        self._count += 1
        self.lines.append(f"{name} = {text}")
        return name
