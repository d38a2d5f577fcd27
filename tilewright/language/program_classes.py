"""Programs as classes: `@pl.program` on a class whose methods are decorated with `@pl.function(type=...)`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from inspect import Signature
from typing import TYPE_CHECKING, Any

from tilewright.language.enums import FunctionType
from tilewright.language.functions import Role
from tilewright.language.jit import Kernel

if TYPE_CHECKING:
    from tilewright.language.compiled import Compiled
    from tilewright.language.source import Source

_ROLES = {
    FunctionType.Opaque: Role.INLINE,
    FunctionType.InCore: Role.KERNEL,
    FunctionType.Orchestration: Role.ENTRY,
    FunctionType.Inline: Role.INLINE,
}


def function(
    python: Callable[..., Any] | None = None, *, type: FunctionType = FunctionType.Opaque, **options: object
) -> Any:
    """Make a function, or a method of a `pl.program` class, one of the language.

    Args:
        python: the function.
        type: `InCore` is a kernel, `Orchestration` submits kernels, `Inline` and `Opaque` are spliced in where they are
            called.
        options: hints for the chip; they change nothing here.
    """

    def decorate(inner: Callable[..., Any]) -> Kernel:
        return Kernel(inner, _ROLES[type])

    return decorate if python is None else decorate(python)


class Method(Kernel):
    """A function of a program; `self` in it is the program."""

    def __init__(self, function: Kernel, program: Program) -> None:
        super().__init__(function.python, function.role, function.given)
        self.program = program

    def source(self) -> Source:
        """Its text, in which `self` is the program."""
        found = super().source()
        return replace(found, names={**found.names, "self": self.program})

    @property
    def signature(self) -> Signature:
        """Its parameters without `self`."""
        full = super().signature
        return full.replace(parameters=list(full.parameters.values())[1:])


class Program:
    """A class of functions that call each other as `self.f(...)`.

    Its entry is the function of type `Orchestration`, or else the last one. What a kernel can do, the program can:
    `compile`, running it on arrays, `ir`, `pto` and the rest are those of the entry.

    Attributes:
        name: of the class.
        functions: by name, in order.
    """

    def __init__(self, name: str, functions: dict[str, Kernel]) -> None:
        self.name = name
        self.functions = {each: Method(function, self) for each, function in functions.items()}

    @property
    def entry(self) -> Kernel:
        """The function that a run begins with."""
        functions = list(self.functions.values())
        return next((each for each in functions if each.role is Role.ENTRY), functions[-1])

    def compile(self, *arguments: object, options: str = "", **keywords: object) -> Compiled:
        """Compile the entry, as `Kernel.compile` does."""
        return self.entry.compile(*arguments, options=options, **keywords)

    def __call__(self, *arguments: object, engine: str | None = None, **keywords: object) -> Any:
        """Run the entry on arrays, as a kernel does."""
        return self.entry(*arguments, engine=engine, **keywords)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or name == "functions":
            raise AttributeError(name)
        return self.functions[name] if name in self.functions else getattr(self.entry, name)

    def __repr__(self) -> str:
        return f"pl.program {self.name}"


def program(cls: type) -> Program:
    """Make a class with decorated methods a program.

    Raises:
        TypeError: no method is decorated with `@pl.function`.
    """
    functions = {name: value for name, value in vars(cls).items() if isinstance(value, Kernel)}
    if not functions:
        raise TypeError(f"{cls.__name__} has no method that is decorated with @pl.function")
    return Program(cls.__name__, functions)
