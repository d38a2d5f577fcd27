"""What is known while one function is written: the spelling of each value, and the text so far."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from xdsl.ir import Block, Operation, SSAValue

from tilewright.lowering.cce.expressions import Call, Expression, Literal, Name, text
from tilewright.lowering.cce.names import Names
from tilewright.lowering.cce.types import Aliases, scalar
from tilewright.lowering.cce.writer import Writer
from tilewright.lowering.refusals import refuse

_LONGEST_INLINE = 40
"""Characters of an expression that may still be written where it is used."""


@dataclass
class Scope:
    """The function being written.

    Attributes:
        handlers: how each kind of operation is written; one that is missing cannot be.
        aliases: the `using` lines of the module.
        names: the variables of the function.
        writer: the text of the function.
        labels: of the blocks that a branch can name.
        variables: of the arguments of these blocks, which a branch assigns.
        following: the block whose label comes next in the text, where that is known.
    """

    handlers: Handlers
    aliases: Aliases
    names: Names
    writer: Writer = field(default_factory=Writer)
    labels: dict[Block, str] = field(default_factory=dict[Block, str])
    variables: dict[Block, list[str]] = field(default_factory=dict[Block, list[str]])
    following: Block | None = None
    _spellings: dict[SSAValue, Expression] = field(default_factory=dict[SSAValue, Expression])

    def read(self, value: SSAValue) -> Expression:
        """Give the expression that a value is spelled as."""
        return self._spellings[value]

    def read_given(self, *values: SSAValue | None) -> list[Expression | None]:
        """Give the expressions of operands, None for each that is not there."""
        return [None if value is None else self._spellings[value] for value in values]

    def spell(self, value: SSAValue, expression: Expression) -> None:
        """Let a value be spelled as an expression wherever it is used."""
        self._spellings[value] = expression

    def declare(self, value: SSAValue, default: str) -> str:
        """Give a value a variable of its own; the caller writes the declaration."""
        name = self.names.fresh(value.name_hint, default)
        self.spell(value, Name(name))
        return name

    def compute(self, value: SSAValue, expression: Expression, op: Operation) -> None:
        """Spell the result of a pure operation: as the expression, or as a constant that has it."""
        type_ = scalar(value.type, op)
        if _belongs_inline(value, expression):
            self.spell(value, expression)
        else:
            self.define(value, expression, op, type_=type_)

    def define(
        self, value: SSAValue, expression: Expression, op: Operation, default: str = "v", *, type_: str | None = None
    ) -> None:
        """Let a value be a constant that is computed here, since what it reads may change before it is used.

        Args:
            default: the name of a value that has none.
            type_: the C++ type, where it is not that of the scalar.
        """
        type_ = scalar(value.type, op) if type_ is None else type_
        self.writer.line(f"{constant(type_, self.declare(value, default))} = {text(expression)};", op)

    def hold(self, expression: Expression, type_: str, default: str) -> Expression:
        """Give an expression that may be written several times: a constant holds what is longer."""
        if isinstance(expression, Literal | Name):
            return expression
        name = self.names.fresh(default, default)
        self.writer.line(f"{constant(type_, name)} = {text(expression)};")
        return Name(name)

    def call(self, function: str, arguments: tuple[Expression, ...], op: Operation) -> None:
        """Write a statement that calls a function or a macro."""
        self.writer.line(f"{text(Call(function, arguments))};", op)

    def block(self, block: Block) -> None:
        """Write the operations of a block, indented.

        Raises:
            DiagnosticError: TW0330 for an operation that has no C++ form.
        """
        with self.writer.indented():
            self.statements(block)

    def statements(self, block: Block) -> None:
        """Write the operations of a block where the text stands.

        Raises:
            DiagnosticError: TW0330 for an operation that has no C++ form.
        """
        for op in block.ops:
            handler = self.handlers.get(type(op))
            if handler is None:
                refuse(op, "C++")
            handler(self, op)


Handler: TypeAlias = Callable[[Scope, Any], None]
Handlers: TypeAlias = Mapping[type[Operation], Handler]
"""How operations are written, by their type; a handler takes exactly that type."""


def constant(type_: str, name: str) -> str:
    """Give the start of the declaration of a constant; what a pointer points to may still change."""
    return f"{type_} const {name}" if type_.endswith("*") else f"const {type_} {name}"


def _belongs_inline(value: SSAValue, expression: Expression) -> bool:
    """Say whether an expression is written where it is used: if short, and used once, nearby."""
    if isinstance(expression, Literal | Name):
        return True
    users = {use.operation.parent for use in value.uses}
    if users != {value.owner.parent if isinstance(value.owner, Operation) else value.owner}:
        return not users
    return value.has_one_use() and len(text(expression)) <= _LONGEST_INLINE
