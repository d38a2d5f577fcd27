"""What kernel authors know under `pl` and this compiler does not do: importing it works, using it is refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NoReturn


@dataclass(frozen=True)
class Refused:
    """A name that is outside of what this compiler does; so is all that is made from it.

    Attributes:
        name: as its author writes it.
        reason: why it is refused.
        help: what to do in its place.
    """

    name: str
    reason: str
    help: tuple[str, ...] = ()

    @property
    def message(self) -> str:
        """What is said when a kernel uses it."""
        return f"{self.name} is not supported: {self.reason}"

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return Refused(f"{self.name}.{name}", self.reason, self.help)

    def __getitem__(self, key: object) -> Refused:
        return self

    def __call__(self, *arguments: object, **options: object) -> Any:
        """As a decorator, with or without options."""
        if len(arguments) == 1 and not options and callable(arguments[0]) and hasattr(arguments[0], "__code__"):
            return RefusedKernel(self, arguments[0])
        return self


@dataclass(frozen=True, eq=False)
class RefusedKernel:
    """A function whose decorator is refused: whoever runs, compiles or calls it is told so.

    Attributes:
        what: its decorator.
        python: the function.
    """

    what: Refused
    python: Callable[..., Any]

    @property
    def message(self) -> str:
        """What is said when a kernel calls it."""
        return f"{self.python.__name__} is a function of {self.what.message}"

    @property
    def help(self) -> tuple[str, ...]:
        """What to do in its place."""
        return self.what.help

    def compile(self, *_: object, **__: object) -> NoReturn:
        """Refuse.

        Raises:
            CompileError: TW0623, at the function.
        """
        from tilewright.dialects.diagnostics import fail
        from tilewright.language.failures import as_compile_error
        from tilewright.language.source import function_source

        with as_compile_error():
            source = function_source(self.python)
            fail("TW0623", self.message, source.locate(source.node), help=self.help)

    def __call__(self, *arguments: object, **keywords: object) -> NoReturn:
        self.compile()


SEVERAL_CHIPS = "a program runs on one chip"
"""Why what is distributed is refused."""

HOST = Refused("pl.jit.host", SEVERAL_CHIPS, ("call its @pl.jit functions from Python",))
EXTERN = Refused("pl.jit.extern", "a kernel in C++ cannot be checked or planned", ("write the kernel with pl",))
