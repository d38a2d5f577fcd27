"""Ops of the `pto` dialect for pipes between the cube core and its vector cores, as front ends write them."""

from __future__ import annotations

from abc import ABC
from collections.abc import Sequence
from typing import cast

from xdsl.dialects.builtin import (
    DYNAMIC_INDEX,
    BoolAttr,
    FlatSymbolRefAttrConstr,
    IndexType,
    StringAttr,
    SymbolRefAttr,
    i32,
)
from xdsl.dialects.func import FuncOp
from xdsl.ir import Operation, SSAValue
from xdsl.irdl import (
    AttrSizedOperandSegments,
    base,
    irdl_op_definition,
    opt_prop_def,
    prop_def,
    result_def,
    traits_def,
)
from xdsl.traits import MemoryReadEffect, MemoryWriteEffect, SymbolTable
from xdsl.utils.exceptions import VerifyException

from tilewright.dialects.diagnostics import fail, location_of
from tilewright.dialects.fields import typed_operand, typed_opt_operand
from tilewright.dialects.pto.attributes import AddressSpace, AddressSpaceAttr, KernelKind
from tilewright.dialects.pto.core_places import CoreOp, CubeCoreOp, VectorCoreOp, check_only
from tilewright.dialects.pto.kernels import function_of
from tilewright.dialects.pto.operands import BUFFER
from tilewright.dialects.pto.pipe_ends import (
    I32,
    NUMBERED_SPLIT,
    Direction,
    FreeOp,
    PipeEndOp,
    PipeUserOp,
    PopOp,
    PushOp,
    RoomOp,
)
from tilewright.dialects.pto.pipe_peers import check_ends
from tilewright.dialects.pto.pipe_settings import ThreeSettings
from tilewright.dialects.pto.pipe_users import check_reached
from tilewright.dialects.pto.types import PtrType, TileBufType


class FrontEndPipeOp(CoreOp, ABC):
    """An op on a pipe that has a number in newer versions of ptoas, and none before."""

    given_number = opt_prop_def(I32, prop_name="id")

    @property
    def number(self) -> int:
        """The number of the pipe, 0 unless the op says otherwise."""
        return 0 if self.given_number is None else self.given_number.value.data

    def check_number(self) -> None:
        """A number is not negative."""
        if self.number < 0:
            raise VerifyException(f"TW0141: the id of a pipe is not negative, got {self.number}")


class InitializePipeOp(FrontEndPipeOp, PipeEndOp, ABC):
    """Set up the pipes of a kernel; the slots lie in global memory, and in the memory of who takes them."""

    slot_num = opt_prop_def(I32)
    local_slot_num = opt_prop_def(I32)
    custom_directives = (ThreeSettings,)

    gm_slots = typed_opt_operand(base(PtrType))
    to_vector = typed_operand(i32)
    to_cube = typed_operand(i32)

    @property
    def lacks_slots(self) -> bool:
        return self.gm_slots is None

    assembly_format = (
        "` ` `{` (`id` `=` $id^ `,`)? `dir_mask` `=` $dir_mask `,` `slot_size` `=` $slot_size"
        " custom<ThreeSettings>($slot_num, $local_slot_num, $nosplit) `}`"
        " `(` (`gm_slot_buffer` `=` $gm_slots^ `:` type($gm_slots) `,`)?"
        " `c2v_consumer_buf` `=` $to_vector `:` type($to_vector) `,`"
        " `v2c_consumer_buf` `=` $to_cube `:` type($to_cube) `)` attr-dict"
    )

    @property
    def rooms(self) -> tuple[tuple[Direction, SSAValue], ...]:
        both = ((Direction.TO_VECTOR, self.to_vector), (Direction.TO_CUBE, self.to_cube))
        return tuple(each for each in both if each[0] in self.direction)

    @property
    def gm_address(self) -> SSAValue | None:
        return self.gm_slots

    @property
    def users(self) -> Sequence[PipeUserOp]:
        function = function_of(self)
        found = () if function is None else function.walk()
        return [op for op in found if isinstance(op, FrontEndUserOp) and op.direction in self.direction]

    @property
    def given_flag(self) -> int | None:
        return None

    @property
    def usual_slots(self) -> int:
        """The number of slots where the op does not say it."""
        # ptoas shares eight slots between the directions.
        return 4 if self.direction is Direction.BOTH else 8

    @property
    def slots(self) -> int:
        return self.usual_slots if self.slot_num is None else self.slot_num.value.data

    @property
    def local_slots(self) -> int:
        return self.slots if self.local_slot_num is None else self.local_slot_num.value.data

    def check_parts(self) -> None:
        super().check_parts()
        self.check_number()
        if self.slots < 1:
            raise VerifyException(f"TW0141: a pipe has at least one slot, got {self.slots}")
        if not 1 <= self.local_slots <= self.slots:
            raise VerifyException(f"TW0141: of {self.slots} slots 1 to {self.slots} are local, got {self.local_slots}")

    def verify_(self) -> None:
        self.check_parts()
        check_ends(self)

    def check_place(self) -> None:
        super().check_place()
        check_only(self)


@irdl_op_definition
class AicInitializePipeOp(CubeCoreOp, InitializePipeOp):
    """`pto.aic_initialize_pipe {dir_mask = 1, slot_size = 1024} (gm_slot_buffer = %g : PTR, …)`: the cube side."""

    name = "pto.aic_initialize_pipe"


@irdl_op_definition
class AivInitializePipeOp(VectorCoreOp, InitializePipeOp):
    """`pto.aiv_initialize_pipe {dir_mask = 1, slot_size = 1024} (gm_slot_buffer = %g : PTR, …)`: the vector side."""

    name = "pto.aiv_initialize_pipe"


@irdl_op_definition
class ReserveBufferOp(RoomOp):
    """Room for the slots of a pipe: `%b = pto.reserve_buffer {name = "n", size = 8192, …} -> i32`."""

    name = "pto.reserve_buffer"

    symbol = prop_def(StringAttr, prop_name="name")
    size = prop_def(I32)
    space = prop_def(AddressSpaceAttr, prop_name="location")
    auto_alloc = prop_def(BoolAttr, prop_name="autoAlloc")
    start = opt_prop_def(I32, prop_name="base")
    result = result_def(i32)

    traits = traits_def(MemoryWriteEffect())

    assembly_format = (
        "` ` `{` `name` `=` $name `,` `size` `=` $size `,` `location` `=` $location `,` `auto` `=` $autoAlloc"
        " (`,` `base` `=` $base^)? `}` attr-dict `->` type($result)"
    )

    @property
    def room(self) -> tuple[str, str]:
        function = function_of(self)
        return "" if function is None else function.sym_name.data, self.symbol.data

    def verify_(self) -> None:
        if self.size.value.data < 1:
            raise VerifyException(f"TW0142: a reserved buffer has at least one byte, got {self.size.value.data}")
        if self.space.data not in (AddressSpace.VEC, AddressSpace.MAT):
            raise VerifyException(f"TW0142: a buffer is reserved in vec or mat, not in {self.space.data}")
        if self.start is None and not self.auto_alloc.value.data:
            raise VerifyException("TW0142: auto = false needs base = N")
        if self.start is not None and self.start.value.data < 0:
            raise VerifyException(f"TW0142: base {self.start.value.data} is negative")

    def check_place(self) -> None:
        check_only(self)


@irdl_op_definition
class ImportReservedBufferOp(RoomOp):
    """The other kernel's room: `%b = pto.import_reserved_buffer {name = "n", peer_func = @f} -> i32`."""

    name = "pto.import_reserved_buffer"

    symbol = prop_def(StringAttr, prop_name="name")
    peer = prop_def(FlatSymbolRefAttrConstr, prop_name="peer_func")
    result = result_def(i32)

    traits = traits_def(MemoryReadEffect())

    assembly_format = "` ` `{` `name` `=` $name `,` `peer_func` `=` $peer_func `}` attr-dict `->` type($result)"

    @property
    def room(self) -> tuple[str, str]:
        return self.peer.string_value(), self.symbol.data

    @property
    def reserved(self) -> ReserveBufferOp | None:
        """The op that reserves the room; None in a program that does not verify."""
        peer = _function_named(self, self.peer)
        rooms = () if peer is None else peer.walk()
        return next((op for op in rooms if isinstance(op, ReserveBufferOp) and op.symbol == self.symbol), None)

    def check_place(self) -> None:
        check_only(self)
        if _function_named(self, self.peer) is None:
            raise VerifyException(f"TW0142: there is no function {self.peer}")
        if self.reserved is None:
            raise VerifyException(f"TW0142: {self.peer} reserves no buffer {self.symbol}")


def _function_named(op: Operation, name: SymbolRefAttr) -> FuncOp | None:
    found = SymbolTable.lookup_symbol(op, name)
    return found if isinstance(found, FuncOp) else None


class FrontEndUserOp(FrontEndPipeOp, PipeUserOp, ABC):
    """An instruction on the pipe that its function sets up."""

    @property
    def end(self) -> InitializePipeOp | None:
        function = function_of(self)
        found = () if function is None else function.walk()
        return next((op for op in found if isinstance(op, InitializePipeOp)), None)

    @property
    def direction(self) -> Direction:
        """Which way the tile goes."""
        hands_over = isinstance(self, PushOp)
        return Direction.TO_VECTOR if hands_over == (self.CORE is KernelKind.CUBE) else Direction.TO_CUBE

    def verify_(self) -> None:
        super().verify_()
        self.check_number()
        end = self.end
        check_reached(self, end, self.direction)
        if end is not None and self.number != end.number:
            fail(
                "TW0158",
                f"{self.name} works on pipe {self.number}, but the function sets up pipe {end.number}",
                self,
                notes=(f"the pipe is set up at {location_of(end)}",),
            )


class FrontEndPushOp(PushOp, FrontEndUserOp, ABC):
    """Hand a tile to the other core."""

    assembly_format = "`(` $tile `:` type($tile) `)` " + NUMBERED_SPLIT


@irdl_op_definition
class TPushToAivOp(CubeCoreOp, FrontEndPushOp):
    """From cube to vector: `pto.tpush_to_aiv(%t : T) {split = 0}`."""

    name = "pto.tpush_to_aiv"


@irdl_op_definition
class TPushToAicOp(VectorCoreOp, FrontEndPushOp):
    """From vector to cube: `pto.tpush_to_aic(%t : T) {split = 0}`."""

    name = "pto.tpush_to_aic"


class FrontEndPopOp(PopOp, FrontEndUserOp, ABC):
    """Take the next tile from the other core; the result is a buffer that lies where the tile arrives."""

    valid_row = typed_opt_operand(IndexType)
    valid_col = typed_opt_operand(IndexType)
    result = result_def(BUFFER)

    irdl_options = (AttrSizedOperandSegments(as_property=True),)

    assembly_format = "(`(` $valid_row^ `,` $valid_col `)`)?" + NUMBERED_SPLIT + " `->` type($result)"

    @property
    def popped(self) -> SSAValue[TileBufType]:
        return cast("SSAValue[TileBufType]", self.result)

    def check(self) -> None:
        super().check()
        if (self.valid_row is None) != (self.valid_col is None):
            raise VerifyException("TW0141: valid rows and columns come together")
        tile = self.result.type
        known = isinstance(tile, TileBufType) and tile.valid_extents != (DYNAMIC_INDEX, DYNAMIC_INDEX)
        if self.valid_row is not None and known:
            raise VerifyException("TW0141: with valid rows and columns the type says valid=?x?")


@irdl_op_definition
class TPopFromAicOp(VectorCoreOp, FrontEndPopOp):
    """In the vector kernel: `%t = pto.tpop_from_aic {split = 0} -> T`."""

    name = "pto.tpop_from_aic"


@irdl_op_definition
class TPopFromAivOp(CubeCoreOp, FrontEndPopOp):
    """In the cube kernel: `%t = pto.tpop_from_aiv {split = 0} -> T`."""

    name = "pto.tpop_from_aiv"


class FrontEndFreeOp(FreeOp, FrontEndUserOp, ABC):
    """Give the slot of the last tile back."""

    assembly_format = NUMBERED_SPLIT


@irdl_op_definition
class TFreeFromAicOp(VectorCoreOp, FrontEndFreeOp):
    """In the vector kernel: `pto.tfree_from_aic {split = 0}`."""

    name = "pto.tfree_from_aic"


@irdl_op_definition
class TFreeFromAivOp(CubeCoreOp, FrontEndFreeOp):
    """In the cube kernel: `pto.tfree_from_aiv {split = 0}`."""

    name = "pto.tfree_from_aiv"
