"""Where an op stands: in which function, for which core."""

from __future__ import annotations

from abc import ABC, abstractmethod

from xdsl.dialects.func import FuncOp
from xdsl.ir import Operation
from xdsl.irdl import IRDLOperation, traits_def
from xdsl.traits import SymbolUserOpInterface

from tilewright.dialects.pto.attributes import KernelKind, KernelKindAttr
from tilewright.dialects.pto.system import SectionOp

KERNEL_KIND = KernelKindAttr.name
"""The attribute of a function that says which core it runs on."""


class _LooksAround(SymbolUserOpInterface):
    """The op's verifier looks at other ops, as that of a symbol's user does."""

    def verify(self, op: Operation) -> None:
        if isinstance(op, PlacedOp):
            op.check_place()


class PlacedOp(IRDLOperation, ABC):
    """An op that may stand in some places only."""

    traits = traits_def(_LooksAround())

    @abstractmethod
    def check_place(self) -> None:
        """Raise VerifyException unless the op may stand where it does."""


def function_of(op: Operation) -> FuncOp | None:
    """The function that holds the op."""
    parent = op.parent_op()
    while parent is not None and not isinstance(parent, FuncOp):
        parent = parent.parent_op()
    return parent


def kernel_kind(op: Operation) -> KernelKind | None:
    """The core that the op's function says it runs on."""
    function = function_of(op)
    kind = None if function is None else function.attributes.get(KERNEL_KIND)
    return kind.data if isinstance(kind, KernelKindAttr) else None


def is_placed(op: Operation) -> bool:
    """Whether a section around the op or its function says which core it runs on."""
    parent = op.parent_op()
    while parent is not None:
        if isinstance(parent, SectionOp):
            return True
        parent = parent.parent_op()
    return kernel_kind(op) is not None
