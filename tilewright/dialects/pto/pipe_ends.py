"""What the ops on pipes between cores share: each sets up one end of a pipe, or works on an end that another set up."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from enum import IntFlag
from typing import ClassVar

from xdsl.dialects.builtin import BoolAttr, IntegerAttr, i8, i32
from xdsl.ir import SSAValue
from xdsl.irdl import opt_prop_def, prop_def, traits_def
from xdsl.traits import MemoryReadEffect, MemoryWriteEffect
from xdsl.utils.exceptions import VerifyException

from tilewright.arch.chip import Pipe
from tilewright.dialects.pto.attributes import AddressSpace
from tilewright.dialects.pto.destination import InstructionOp
from tilewright.dialects.pto.kernels import PlacedOp
from tilewright.dialects.pto.operands import buffer_operand, memory_of
from tilewright.dialects.pto.types import TileBufType

I8 = IntegerAttr.constr(type=i8)
I32 = IntegerAttr.constr(type=i32)

SPLIT_FORMAT = "` ` `{` `split` `=` $split `}` attr-dict"

NUMBERED_SPLIT = "` ` `{` (`id` `=` $id^ `,`)? `split` `=` $split `}` attr-dict"
"""With the number of the pipe, which newer versions of ptoas write."""


class Direction(IntFlag):
    """Which way tiles go through a pipe; the numbers are those of `dir_mask`."""

    TO_VECTOR = 1
    TO_CUBE = 2
    BOTH = TO_VECTOR | TO_CUBE


class RoomOp(PlacedOp, ABC):
    """An op whose result is the address of the room for a pipe's slots."""

    @property
    @abstractmethod
    def room(self) -> tuple[str, str]:
        """The function that reserves the room, and the name that the room has there."""


class PipeUserOp(PlacedOp, InstructionOp, ABC):
    """An instruction on one end of a pipe."""

    CHECKS_MEMREFS: ClassVar = True

    split = prop_def(I8)

    traits = traits_def(MemoryReadEffect(), MemoryWriteEffect())

    @property
    @abstractmethod
    def end(self) -> PipeEndOp | None:
        """The op that sets up the end; None when there is none."""

    @property
    def sources(self) -> tuple[SSAValue, ...]:
        return ()

    @property
    def destinations(self) -> tuple[SSAValue, ...]:
        return ()

    def check(self) -> None:
        """A tile goes to one vector core, or is split by rows or by columns."""
        if not 0 <= self.split.value.data <= 2:
            raise VerifyException(f"TW0141: split is 0 (none), 1 (rows) or 2 (columns), got {self.split.value.data}")


_PUSH_PIPES = {str(AddressSpace.ACC): Pipe.FIX, str(AddressSpace.VEC): Pipe.MTE3}

_POP_SPACES = (AddressSpace.VEC, AddressSpace.MAT)


class PushOp(PipeUserOp, ABC):
    """Hand a tile to the other core; FIX from acc, MTE3 from vec."""

    tile = buffer_operand()

    @property
    def pipe(self) -> Pipe:
        return _PUSH_PIPES[memory_of(self.tile)]

    @property
    def sources(self) -> tuple[SSAValue, ...]:
        return (self.tile,)

    def check(self) -> None:
        super().check()
        if memory_of(self.tile) not in _PUSH_PIPES:
            raise VerifyException(f"TW0141: a tile is pushed from acc or vec, not from {memory_of(self.tile)}")


class PopOp(PipeUserOp, ABC):
    """Take the next tile from the other core, out of global memory: MTE2."""

    @property
    def pipe(self) -> Pipe:
        return Pipe.MTE2

    @property
    @abstractmethod
    def popped(self) -> SSAValue[TileBufType]:
        """The tile that arrives."""

    @property
    def destinations(self) -> tuple[SSAValue, ...]:
        return (self.popped,)

    def check(self) -> None:
        super().check()
        if memory_of(self.popped) not in _POP_SPACES:
            raise VerifyException(f"TW0141: a tile is popped into vec or mat, not into {memory_of(self.popped)}")


class FreeOp(PipeUserOp, ABC):
    """Give the slot of the last tile back."""

    @property
    def pipe(self) -> Pipe:
        return Pipe.S


class PipeEndOp(PlacedOp, ABC):
    """An op that sets up one end of a pipe."""

    dir_mask = prop_def(I8)
    slot_size = prop_def(I32)
    nosplit = opt_prop_def(BoolAttr)

    traits = traits_def(MemoryReadEffect(), MemoryWriteEffect())

    @property
    def lacks_slots(self) -> bool:
        """Whether the pipe has no slots in global memory, although its tiles go through there on this chip."""
        return False

    @property
    def direction(self) -> Direction:
        """Which way tiles go."""
        return Direction(self.dir_mask.value.data)

    @property
    @abstractmethod
    def rooms(self) -> tuple[tuple[Direction, SSAValue], ...]:
        """For each direction the address, in the memory of the core that takes the tiles, of the room for slots."""

    @property
    @abstractmethod
    def gm_address(self) -> SSAValue | None:
        """The address of the slots in global memory."""

    @property
    @abstractmethod
    def users(self) -> Sequence[PipeUserOp]:
        """The instructions on this end, in program order."""

    @property
    @abstractmethod
    def given_flag(self) -> int | None:
        """The first signal of the pipe as far as the op says."""

    @property
    @abstractmethod
    def slots(self) -> int:
        """The number of slots in global memory."""

    @property
    @abstractmethod
    def local_slots(self) -> int:
        """The number of slots in the memory of the core that takes the tiles."""

    def check_parts(self) -> None:
        """A pipe has a direction, and room in its slots."""
        if not 1 <= self.dir_mask.value.data <= 3:
            raise VerifyException(
                f"TW0141: dir_mask is 1 (to vector), 2 (to cube) or 3 (both), got {self.dir_mask.value.data}"
            )
        if self.slot_size.value.data < 1:
            raise VerifyException(f"TW0141: a slot has at least one byte, got {self.slot_size.value.data}")
