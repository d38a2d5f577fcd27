"""Lines of Python, and how each value is written in them."""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from ctypes import c_float
from typing import NoReturn

from xdsl.dialects import arith
from xdsl.dialects.builtin import Float32Type, FloatAttr, IntegerAttr, i1
from xdsl.ir import Attribute, Operation, SSAValue

from tilewright.dialects.diagnostics import fail
from tilewright.language.as_python.names import Names
from tilewright.language.dtypes import BY_MLIR

_INDENT = "    "


def refuse(op: Operation, what: str, notes: Sequence[str] = ()) -> NoReturn:
    """Raise because the language cannot say something.

    Raises:
        DiagnosticError: TW0630.
    """
    fail("TW0630", f"the language cannot say {what}", op, notes=tuple(notes))


class Writer:
    """Writes the functions of a program.

    Attributes:
        lines: what is written.
        origins: the operation that each line stands for.
        names: those of the current function.
        depth: how far lines are indented.
    """

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.origins: list[Operation] = []
        self.names = Names()
        self.depth = 0
        self._spelled: dict[SSAValue, str] = {}
        self._same: dict[SSAValue, SSAValue] = {}

    @property
    def text(self) -> str:
        """All lines."""
        return "".join(f"{line}\n" for line in self.lines)

    def line(self, text: str, op: Operation) -> None:
        """Write a line that stands for an operation."""
        self.lines.append(f"{_INDENT * self.depth}{text}" if text else "")
        self.origins.append(op)

    @contextmanager
    def block(self, head: str, op: Operation) -> Generator[None]:
        """Write the lines of a compound statement meanwhile; `pass` if there are none."""
        self.line(head, op)
        self.depth += 1
        before = len(self.lines)
        yield
        if len(self.lines) == before:
            self.line("pass", op)
        self.depth -= 1

    def define(self, value: SSAValue, default: str) -> str:
        """Give a value a name."""
        name = self.names.new(value.name_hint, default)
        self._spelled[value] = name
        return name

    def spell(self, value: SSAValue, text: str) -> None:
        """Let a value be written in a certain way."""
        self._spelled[value] = text

    def identify(self, pairs: Mapping[SSAValue, SSAValue]) -> None:
        """Let values be written as others are."""
        self._same.update(pairs)

    def origin(self, value: SSAValue) -> SSAValue:
        """The value as whose a value is written."""
        while value in self._same:
            value = self._same[value]
        return value

    def constant(self, value: SSAValue) -> int | float | None:
        """The number that a value always has, None where it has not one."""
        owner = self.origin(value).owner
        if isinstance(owner, arith.ConstantOp) and isinstance(owner.value, IntegerAttr | FloatAttr):
            return owner.value.value.data
        return None

    def use(self, value: SSAValue, at: Operation) -> str:
        """A value where the type of a constant follows from what stands beside it."""
        value = self.origin(value)
        known = self.constant(value)
        if known is not None:
            return number_text(known, value.type)
        if value not in self._spelled:
            refuse(at, f"{at.name} of a value of type {value.type}")
        return self._spelled[value]

    def typed(self, value: SSAValue, at: Operation) -> str:
        """A value, with its type where it is a constant."""
        if self.constant(value) is None:
            return self.use(value, at)
        return f"pl.const({self.use(value, at)}, {self.dtype(value.type, at)})"

    def uses(self, values: Sequence[SSAValue], at: Operation) -> str:
        """Values in brackets."""
        return f"[{', '.join(self.use(value, at) for value in values)}]"

    def dtype(self, element: Attribute, at: Operation) -> str:
        """An element type."""
        found = BY_MLIR.get(str(element))
        if found is None:
            refuse(at, f"the type {element}")
        return repr(found)


def number_text(value: int | float, type_: Attribute) -> str:
    """A number as Python has it."""
    if type_ == i1:
        return str(bool(value))
    if isinstance(value, float) and (value != value or value in (float("inf"), float("-inf"))):
        return f'float("{value}")'
    return _short(value) if isinstance(type_, Float32Type) and isinstance(value, float) else repr(value)


def _short(value: float) -> str:
    """The shortest text that has the same 32 bits."""
    texts = (repr(float(f"{value:.{digits}g}")) for digits in range(1, 10))
    return next((text for text in texts if c_float(float(text)).value == c_float(value).value), repr(value))
