"""What all `pto` instructions share: they read `ins`, write `outs`, and run on one pipe."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import ClassVar

from xdsl.dialects.builtin import MemRefType
from xdsl.ir import SSAValue
from xdsl.irdl import IRDLOperation

from tilewright.arch.chip import Pipe


class InstructionOp(IRDLOperation, ABC):
    """An instruction that a pipe executes, in destination-passing style.

    A subclass says in `check` what ptoas 0.27 demands of it; as in ptoas, nothing is checked where an operand is a
    memref.
    """

    @property
    @abstractmethod
    def pipe(self) -> Pipe:
        """The queue that executes the instruction."""

    @property
    @abstractmethod
    def sources(self) -> tuple[SSAValue, ...]:
        """The tiles and views that are read."""

    @property
    @abstractmethod
    def destinations(self) -> tuple[SSAValue, ...]:
        """The tiles and views that are written."""

    def check(self) -> None:
        """Raise VerifyException unless the operands are as the instruction needs them."""

    def verify_(self) -> None:
        if not any(isinstance(value.type, MemRefType) for value in self.operands):
            self.check()


class OneDestinationOp(InstructionOp, ABC):
    """An instruction that reads all of its operands but the last, and writes the last."""

    PIPE: ClassVar[Pipe]
    """The queue that executes every instruction of the class."""

    @property
    def pipe(self) -> Pipe:
        return self.PIPE

    @property
    def sources(self) -> tuple[SSAValue, ...]:
        return tuple(self.operands)[:-1]

    @property
    def destinations(self) -> tuple[SSAValue, ...]:
        return (self.operands[-1],)
