"""Ops of the `pto` dialect for pipes between cores as values; ptoas lowers those of front ends to them."""

from __future__ import annotations

from abc import ABC
from typing import cast

from xdsl.dialects.builtin import BoolAttr, MemRefType
from xdsl.ir import Attribute, OpResult, SSAValue
from xdsl.irdl import (
    AnyAttr,
    IRDLOperation,
    base,
    irdl_op_definition,
    operand_def,
    opt_operand_def,
    opt_prop_def,
    prop_def,
    result_def,
    traits_def,
)
from xdsl.traits import MemoryReadEffect, MemoryWriteEffect
from xdsl.utils.exceptions import VerifyException

from tilewright.arch.chip import Pipe
from tilewright.dialects.fields import typed_operand
from tilewright.dialects.pto.attributes import AddressSpace, AddressSpaceAttr
from tilewright.dialects.pto.core_pipes import I8, I32, SPLIT_FORMAT, check_direction, check_split
from tilewright.dialects.pto.kernels import PlacedOp, is_placed
from tilewright.dialects.pto.operands import buffer_operand
from tilewright.dialects.pto.types import PipeType, TileBufType


class InitializeHandleOp(IRDLOperation, ABC):
    """Set up a pipe between cores."""

    dir_mask = prop_def(I8)
    slot_size = prop_def(I32)
    slot_num = prop_def(I32)
    flag_base = opt_prop_def(I32)
    nosplit = opt_prop_def(BoolAttr)
    local = operand_def(AnyAttr())
    peer = opt_operand_def(AnyAttr())
    result = result_def(PipeType)

    traits = traits_def(MemoryReadEffect(), MemoryWriteEffect())

    def verify_(self) -> None:
        check_direction(self.dir_mask, self.slot_size)
        if self.slot_num.value.data not in (4, 8):
            raise VerifyException(f"TW0141: a pipe has 4 or 8 slots, got {self.slot_num.value.data}")
        if self.flag_base is not None and self.flag_base.value.data < 0:
            raise VerifyException(f"TW0141: flag_base {self.flag_base.value.data} is negative")
        if (self.dir_mask.value.data == 3) != (self.peer is not None):
            raise VerifyException("TW0141: a pipe in both directions, and no other, has a second local address")


@irdl_op_definition
class InitializeL2G2LPipeOp(InitializeHandleOp):
    """A pipe through global memory: `%p = pto.initialize_l2g2l_pipe {dir_mask = 1, …} (%g : PTR, %l : i32) -> …`."""

    name = "pto.initialize_l2g2l_pipe"

    local_slot_num = opt_prop_def(I32)
    gm = operand_def(AnyAttr())
    local = operand_def(AnyAttr())
    peer = opt_operand_def(AnyAttr())

    assembly_format = (
        "` ` `{` `dir_mask` `=` $dir_mask `,` `slot_size` `=` $slot_size `,` `slot_num` `=` $slot_num"
        " (`,` `local_slot_num` `=` $local_slot_num^)? (`,` `flag_base` `=` $flag_base^)?"
        " (`,` `nosplit` `=` $nosplit^)? `}`"
        " `(` $gm `:` type($gm) `,` $local `:` type($local) (`,` $peer^ `:` type($peer))? `)`"
        " attr-dict `->` type($result)"
    )

    def verify_(self) -> None:
        super().verify_()
        if self.local_slot_num is not None:
            local, slots = self.local_slot_num.value.data, self.slot_num.value.data
            if not 1 <= local <= slots:
                raise VerifyException(f"TW0141: of {slots} slots 1 to {slots} are local, got {local}")


@irdl_op_definition
class InitializeL2LPipeOp(InitializeHandleOp):
    """A pipe without a stop in global memory (A5): `%p = pto.initialize_l2l_pipe {dir_mask = 1, …} (%l : i32) -> …`."""

    name = "pto.initialize_l2l_pipe"

    assembly_format = (
        "` ` `{` `dir_mask` `=` $dir_mask `,` `slot_size` `=` $slot_size `,` `slot_num` `=` $slot_num"
        " (`,` `flag_base` `=` $flag_base^)? (`,` `nosplit` `=` $nosplit^)? `}`"
        " `(` $local `:` type($local) (`,` $peer^ `:` type($peer))? `)` attr-dict `->` type($result)"
    )


class HandleUserOp(PlacedOp, ABC):
    """An instruction on a pipe between cores."""

    handle = typed_operand(base(PipeType))
    split = prop_def(I8)

    traits = traits_def(MemoryReadEffect(), MemoryWriteEffect())

    def verify_(self) -> None:
        check_split(self.split)
        handle = self.handle
        if not (isinstance(handle, OpResult) and isinstance(handle.op, InitializeHandleOp)):
            raise VerifyException(f"TW0141: {self.name} takes the result of an initialize op")

    def check_place(self) -> None:
        if not is_placed(self):
            raise VerifyException(f"TW0141: {self.name} belongs into a section or a function with pto.kernel_kind")


def _memory(value: SSAValue) -> str | None:
    """The memory of a buffer or of a memref that stands for one."""
    kind = value.type
    if isinstance(kind, TileBufType):
        return kind.location
    space = cast("MemRefType[Attribute]", kind).memory_space if isinstance(kind, MemRefType) else None
    return space.data if isinstance(space, AddressSpaceAttr) else None


class TileTransferOp(HandleUserOp, ABC):
    """A tile goes through a pipe between cores."""

    tile = buffer_operand()
    handle = typed_operand(base(PipeType))

    assembly_format = "`(` $tile `,` $handle `:` type($tile) `,` type($handle) `)` " + SPLIT_FORMAT


_PUSH_PIPES = {AddressSpace.ACC: Pipe.FIX, AddressSpace.VEC: Pipe.MTE3}


@irdl_op_definition
class TPushOp(TileTransferOp):
    """Hand a tile to the other core: `pto.tpush(%t, %p : T, !pto.pipe) {split = 0}`; FIX from acc, MTE3 from vec."""

    name = "pto.tpush"

    @property
    def pipe(self) -> Pipe | None:
        """The queue that executes the instruction; None when no queue can."""
        return {str(space): pipe for space, pipe in _PUSH_PIPES.items()}.get(_memory(self.tile) or "")

    def verify_(self) -> None:
        super().verify_()
        if self.pipe is None:
            raise VerifyException(f"TW0141: a tile is pushed from acc or vec, not from {_memory(self.tile)}")


@irdl_op_definition
class TPopOp(TileTransferOp):
    """Take the next tile: `pto.tpop(%t, %p : T, !pto.pipe) {split = 0}`; pipe MTE2."""

    name = "pto.tpop"

    def verify_(self) -> None:
        super().verify_()
        if _memory(self.tile) not in (AddressSpace.VEC, AddressSpace.MAT):
            raise VerifyException(f"TW0141: a tile is popped into vec or mat, not into {_memory(self.tile)}")


@irdl_op_definition
class TFreeOp(HandleUserOp):
    """Give a slot back: `pto.tfree(%p : !pto.pipe) {split = 0}`."""

    name = "pto.tfree"

    assembly_format = "`(` $handle `:` type($handle) `)` " + SPLIT_FORMAT
