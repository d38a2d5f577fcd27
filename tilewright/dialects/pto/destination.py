"""What all `pto` instructions share: they read `ins`, write `outs`, and run on one pipe."""

from __future__ import annotations

from abc import ABC, abstractmethod

from xdsl.ir import SSAValue
from xdsl.irdl import IRDLOperation

from tilewright.arch.chip import Pipe


class InstructionOp(IRDLOperation, ABC):
    """An instruction that a pipe executes, in destination-passing style."""

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
