"""What `pl.<name>` is at run time: markers that only mean something inside a kernel, where they are read as syntax."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from inspect import Parameter, Signature, signature
from typing import Any, NoReturn


class Where(Enum):
    """Where an operation may stand."""

    COMPUTE = "in a compute scope"
    ORCHESTRATION = "outside of compute scopes"
    ANYWHERE = "anywhere"


class LoopKind(Enum):
    """The loops of the language."""

    RANGE = "range"
    PARALLEL = "parallel"
    UNROLL = "unroll"
    PIPELINE = "pipeline"
    WHILE = "while_"
    SPMD = "spmd"


class ScopeKind(Enum):
    """What `with` can open."""

    AT = "at"
    SPMD = "spmd"
    MANUAL = "manual_scope"
    SCOPE = "scope"


def outside(name: str) -> NoReturn:
    """Raise because a kernel's operation was called as a Python function."""
    raise TypeError(f"pl.{name} means something only inside a kernel: kernels are compiled, not run as Python")


@dataclass(frozen=True)
class Op:
    """An operation of the language.

    Attributes:
        name: under `pl`.
        group: the heading of its reference.
        where: where it may stand.
        translate: makes the IR; takes the translator, then the operation's own parameters.
        others: other names of it, such as `tile.load`.
    """

    name: str
    group: str
    where: Where
    translate: Callable[..., object] = field(repr=False)
    others: tuple[str, ...] = ()

    @property
    def signature(self) -> Signature:
        """Its parameters as its user sees them."""
        full = signature(self.translate)
        return full.replace(parameters=list(full.parameters.values())[1:])

    @property
    def doc(self) -> str:
        """What it does."""
        return self.translate.__doc__ or ""

    def __call__(self, *arguments: object, **keywords: object) -> Any:
        outside(self.name)


@dataclass(frozen=True)
class Loop:
    """`pl.range` and the other loops.

    Attributes:
        kind: which one.
        translate: only for its signature and documentation.
    """

    kind: LoopKind
    signature: Signature
    doc: str

    def __call__(self, *arguments: object, **keywords: object) -> Any:
        outside(self.kind.value)


@dataclass(frozen=True)
class ScopeMarker:
    """`pl.at` and the other scopes."""

    kind: ScopeKind
    signature: Signature
    doc: str

    def __call__(self, *arguments: object, **keywords: object) -> Any:
        outside(self.kind.value)


__all__ = ["Loop", "LoopKind", "Op", "Parameter", "ScopeKind", "ScopeMarker", "Signature", "Where", "outside"]
