"""Where the ops of the `task` dialect may stand."""

from __future__ import annotations

from abc import ABC

from xdsl.ir import Operation
from xdsl.irdl import IRDLOperation, traits_def
from xdsl.traits import SymbolUserOpInterface
from xdsl.utils.exceptions import VerifyException

from tilewright.dialects.task.functions import function_of, is_kernel


class _LooksAround(SymbolUserOpInterface):
    """The op's verifier looks at other ops, as that of a symbol's user does."""

    def verify(self, op: Operation) -> None:
        if isinstance(op, OrchestrationOp):
            op.check_place()
            op.check_surroundings()


class OrchestrationOp(IRDLOperation, ABC):
    """An op of functions that submit tasks: not within a scope, not within a kernel."""

    traits = traits_def(_LooksAround())

    def check_place(self) -> None:
        """Raise VerifyException within the code of a task."""
        if enclosing_scope(self) is not None:
            raise VerifyException(f"TW0660: {self.name} stands within a scope, whose code runs on a core")
        if is_kernel(function := function_of(self)) and function is not None:
            raise VerifyException(f"TW0660: {self.name} stands within the kernel @{function.sym_name.data}")

    def check_surroundings(self) -> None:
        """Raise VerifyException where something that the op refers to does not fit it."""


def enclosing_scope(op: Operation) -> Operation | None:
    """The `task.scope` that the op stands in."""
    parent = op.parent_op()
    while parent is not None and parent.name != "task.scope":
        parent = parent.parent_op()
    return parent
