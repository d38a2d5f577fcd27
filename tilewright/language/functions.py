"""Functions that authors decorate: the Python function, what it is for, and its source when somebody needs it."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tilewright.language.source import Source


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
        given: its source, once it was read.
    """

    python: Callable[..., Any]
    role: Role
    given: Source | None = field(default=None, repr=False)

    @property
    def name(self) -> str:
        """Its name."""
        return self.python.__name__

    def source(self) -> Source:
        """Its text as it was when it was first asked for, with what the names in it stand for now."""
        from tilewright.language.source import function_source, visible_names  # they load xDSL

        if self.given is None:
            self.given = function_source(self.python)
        return replace(self.given, names=visible_names(self.python))

    @property
    def signature(self) -> inspect.Signature:
        """Its parameters, with annotations that are values, not text."""
        return inspect.signature(self.python, eval_str=True)
