"""Ops of the `pto` dialect for pipes between cores as values; ptoas lowers those of front ends to them."""

from __future__ import annotations

from abc import ABC
from collections.abc import Sequence

from xdsl.ir import OpResult, SSAValue
from xdsl.irdl import (
    AnyAttr,
    base,
    irdl_op_definition,
    operand_def,
    opt_operand_def,
    opt_prop_def,
    prop_def,
    result_def,
)
from xdsl.utils.exceptions import VerifyException

from tilewright.dialects.fields import typed_operand
from tilewright.dialects.pto.kernels import is_placed
from tilewright.dialects.pto.operands import buffer_operand
from tilewright.dialects.pto.pipe_ends import (
    I32,
    SPLIT_FORMAT,
    Direction,
    FreeOp,
    PipeEndOp,
    PipeUserOp,
    PopOp,
    PushOp,
)
from tilewright.dialects.pto.pipe_peers import check_ends
from tilewright.dialects.pto.pipe_settings import ThreeSettings, TwoSettings
from tilewright.dialects.pto.types import PipeType, TileBufType

_L2L_SLOTS = 2
"""Slots in the memory of the core that takes the tiles, where tiles make no stop in global memory."""


class InitializeHandleOp(PipeEndOp, ABC):
    """Set up a pipe between cores."""

    slot_num = prop_def(I32)
    flag_base = opt_prop_def(I32)
    local = operand_def(AnyAttr())
    peer = opt_operand_def(AnyAttr())
    result = result_def(PipeType)

    @property
    def rooms(self) -> tuple[tuple[Direction, SSAValue], ...]:
        if self.direction is not Direction.BOTH:
            return ((self.direction, self.local),)
        cube = () if self.peer is None else ((Direction.TO_CUBE, self.peer),)
        return ((Direction.TO_VECTOR, self.local), *cube)

    @property
    def users(self) -> Sequence[PipeUserOp]:
        return [use.operation for use in self.result.uses if isinstance(use.operation, PipeUserOp)]

    @property
    def given_flag(self) -> int | None:
        return None if self.flag_base is None else self.flag_base.value.data

    @property
    def slots(self) -> int:
        return self.slot_num.value.data

    def check_parts(self) -> None:
        super().check_parts()
        if self.slot_num.value.data not in (4, 8):
            raise VerifyException(f"TW0141: a pipe has 4 or 8 slots, got {self.slot_num.value.data}")
        if self.flag_base is not None and self.flag_base.value.data < 0:
            raise VerifyException(f"TW0141: flag_base {self.flag_base.value.data} is negative")
        if (self.dir_mask.value.data == 3) != (self.peer is not None):
            raise VerifyException("TW0141: a pipe in both directions, and no other, has a second local address")

    def verify_(self) -> None:
        self.check_parts()
        check_ends(self)

    def check_place(self) -> None:
        """Both ends may stand anywhere: what they have to agree on is part of verification."""


@irdl_op_definition
class InitializeL2G2LPipeOp(InitializeHandleOp):
    """A pipe through global memory: `%p = pto.initialize_l2g2l_pipe {dir_mask = 1, …} (%g : PTR, %l : i32) -> …`."""

    name = "pto.initialize_l2g2l_pipe"

    local_slot_num = opt_prop_def(I32)
    gm = operand_def(AnyAttr())
    local = operand_def(AnyAttr())
    peer = opt_operand_def(AnyAttr())

    custom_directives = (ThreeSettings,)

    assembly_format = (
        "` ` `{` `dir_mask` `=` $dir_mask `,` `slot_size` `=` $slot_size `,` `slot_num` `=` $slot_num"
        " custom<ThreeSettings>($local_slot_num, $flag_base, $nosplit) `}`"
        " `(` $gm `:` type($gm) `,` $local `:` type($local) (`,` $peer^ `:` type($peer))? `)`"
        " attr-dict `->` type($result)"
    )

    @property
    def gm_address(self) -> SSAValue | None:
        return self.gm

    @property
    def local_slots(self) -> int:
        return self.slots if self.local_slot_num is None else self.local_slot_num.value.data

    def check_parts(self) -> None:
        super().check_parts()
        if not 1 <= self.local_slots <= self.slots:
            raise VerifyException(f"TW0141: of {self.slots} slots 1 to {self.slots} are local, got {self.local_slots}")


@irdl_op_definition
class InitializeL2LPipeOp(InitializeHandleOp):
    """A pipe without a stop in global memory (A5): `%p = pto.initialize_l2l_pipe {dir_mask = 1, …} (%l : i32) -> …`."""

    name = "pto.initialize_l2l_pipe"

    custom_directives = (TwoSettings,)

    assembly_format = (
        "` ` `{` `dir_mask` `=` $dir_mask `,` `slot_size` `=` $slot_size `,` `slot_num` `=` $slot_num"
        " custom<TwoSettings>($flag_base, $nosplit) `}`"
        " `(` $local `:` type($local) (`,` $peer^ `:` type($peer))? `)` attr-dict `->` type($result)"
    )

    @property
    def gm_address(self) -> SSAValue | None:
        return None

    @property
    def local_slots(self) -> int:
        return _L2L_SLOTS


class HandleUserOp(PipeUserOp, ABC):
    """An instruction on a pipe between cores."""

    handle = typed_operand(base(PipeType))

    @property
    def end(self) -> PipeEndOp | None:
        handle = self.handle
        found = handle.op if isinstance(handle, OpResult) else None
        return found if isinstance(found, PipeEndOp) else None

    def check(self) -> None:
        super().check()
        if self.end is None:
            raise VerifyException(f"TW0141: {self.name} takes the result of an initialize op")

    def check_place(self) -> None:
        if not is_placed(self):
            raise VerifyException(f"TW0141: {self.name} belongs into a section or a function with pto.kernel_kind")


_TRANSFER_FORMAT = "`(` $tile `,` $handle `:` type($tile) `,` type($handle) `)` " + SPLIT_FORMAT


@irdl_op_definition
class TPushOp(PushOp, HandleUserOp):
    """Hand a tile to the other core: `pto.tpush(%t, %p : T, !pto.pipe) {split = 0}`; FIX from acc, MTE3 from vec."""

    name = "pto.tpush"

    tile = buffer_operand()
    handle = typed_operand(base(PipeType))

    assembly_format = _TRANSFER_FORMAT


@irdl_op_definition
class TPopOp(PopOp, HandleUserOp):
    """Take the next tile: `pto.tpop(%t, %p : T, !pto.pipe) {split = 0}`; pipe MTE2."""

    name = "pto.tpop"

    tile = buffer_operand()
    handle = typed_operand(base(PipeType))

    assembly_format = _TRANSFER_FORMAT

    @property
    def popped(self) -> SSAValue[TileBufType]:
        return self.tile


@irdl_op_definition
class TFreeOp(FreeOp, HandleUserOp):
    """Give a slot back: `pto.tfree(%p : !pto.pipe) {split = 0}`."""

    name = "pto.tfree"

    assembly_format = "`(` $handle `:` type($handle) `)` " + SPLIT_FORMAT
