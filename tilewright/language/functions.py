"""Functions that authors decorate: the Python function, what it is for, and its source when somebody needs it."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from tilewright.language.source import Source, function_source


class Role(Enum):
    """What a decorated function is."""

    ENTRY = "an entry"
    INLINE = "spliced where it is called"
    KERNEL = "a kernel"


@dataclass(eq=False)
class KernelFunction:
    """A function of the language.

    Attributes:
        python: the function as Python sees it; its body is never run.
        role: what it is for.
        given: its source, where it is known already (text that is in no file).
    """

    python: Callable[..., Any]
    role: Role
    given: Source | None = field(default=None, repr=False)

    @property
    def name(self) -> str:
        """Its name."""
        return self.python.__name__

    def source(self) -> Source:
        """Its text; read anew each time, as a notebook's cell may have changed."""
        return self.given or function_source(self.python)

    @property
    def signature(self) -> inspect.Signature:
        """Its parameters, with annotations that are values, not text."""
        return inspect.signature(self.python, eval_str=True)


def bind_arguments(
    function: KernelFunction, arguments: tuple[object, ...], keywords: Mapping[str, object]
) -> dict[str, object]:
    """Pair parameters with arguments, defaults included.

    Raises:
        TypeError: they do not fit.
    """
    bound = function.signature.bind(*arguments, **keywords)
    bound.apply_defaults()
    return dict(bound.arguments)
