"""What all `pto` instructions share: they read `ins`, write `outs`, and run on one pipe."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import ClassVar

from xdsl.dialects.builtin import MemRefType
from xdsl.ir import SSAValue
from xdsl.irdl import IRDLOperation
from xdsl.utils.exceptions import VerifyException

from tilewright.arch.chip import Pipe
from tilewright.dialects.names import value_name
from tilewright.dialects.pto.types import TileBufType
from tilewright.dialects.shapes import shape_text


class InstructionOp(IRDLOperation, ABC):
    """An instruction that a pipe executes, in destination-passing style.

    A subclass says in `check` what ptoas 0.27 demands of it. As in ptoas, nothing is checked where an operand is a
    memref, unless the class sets `CHECKS_MEMREFS`: then its rules can judge memrefs too.
    """

    CHECKS_MEMREFS: ClassVar[bool] = False
    ANY_VALID_PART: ClassVar[bool] = False
    """Whether ptoas takes tiles here whose valid part is larger than the tile."""

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
        if self.CHECKS_MEMREFS or not any(isinstance(value.type, MemRefType) for value in self.operands):
            if not self.ANY_VALID_PART:
                self._check_valid_parts()
            self.check()

    def _check_valid_parts(self) -> None:
        for value in self.operands:
            tile = value.type
            if not isinstance(tile, TileBufType):
                continue
            if any(valid > extent for valid, extent in zip(tile.valid_extents, tile.extents, strict=True)):
                raise VerifyException(
                    f"TW0104: the valid part of {value_name(value)}, {shape_text(tile.valid_extents)}, does not lie "
                    f"within the tile, {shape_text(tile.extents)}"
                )


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
