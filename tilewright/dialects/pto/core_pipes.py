"""Ops of the `pto` dialect for pipes between the cube core and its vector cores, as front ends write them."""

from __future__ import annotations

from abc import ABC
from typing import ClassVar

from xdsl.dialects.builtin import (
    DYNAMIC_INDEX,
    BoolAttr,
    FlatSymbolRefAttrConstr,
    IndexType,
    IntegerAttr,
    StringAttr,
    SymbolRefAttr,
    i8,
    i32,
)
from xdsl.dialects.func import FuncOp
from xdsl.ir import Operation
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

from tilewright.dialects.fields import typed_operand, typed_opt_operand
from tilewright.dialects.pto.attributes import AddressSpace, AddressSpaceAttr, KernelKind
from tilewright.dialects.pto.kernels import PlacedOp, function_of, kernel_kind
from tilewright.dialects.pto.operands import BUFFER, buffer_operand
from tilewright.dialects.pto.types import PtrType, TileBufType

I8 = IntegerAttr.constr(type=i8)
I32 = IntegerAttr.constr(type=i32)

SPLIT_FORMAT = "` ` `{` `split` `=` $split `}` attr-dict"


def check_only(op: Operation) -> None:
    """The function has no second op of this kind."""
    function = function_of(op)
    if function is None:
        raise VerifyException(f"TW0142: {op.name} stands in a function")
    if sum(type(other) is type(op) for other in function.walk()) > 1:
        raise VerifyException(f"TW0142: a function has one {op.name} at most")


def check_split(split: IntegerAttr) -> None:
    """A tile goes to one vector core, or is split by rows or by columns."""
    if not 0 <= split.value.data <= 2:
        raise VerifyException(f"TW0141: split is 0 (none), 1 (rows) or 2 (columns), got {split.value.data}")


def check_direction(dir_mask: IntegerAttr, slot_size: IntegerAttr) -> None:
    """A pipe has a direction, and room in its slots."""
    if not 1 <= dir_mask.value.data <= 3:
        raise VerifyException(f"TW0141: dir_mask is 1 (to vector), 2 (to cube) or 3 (both), got {dir_mask.value.data}")
    if slot_size.value.data < 1:
        raise VerifyException(f"TW0141: a slot has at least one byte, got {slot_size.value.data}")


class KernelOp(PlacedOp, ABC):
    """An op of a kernel for one kind of core."""

    CORE: ClassVar[KernelKind]

    def check_place(self) -> None:
        if kernel_kind(self) is not self.CORE:
            raise VerifyException(
                f"TW0141: {self.name} belongs into a function with pto.kernel_kind = #pto.kernel_kind<{self.CORE}>"
            )


class InitializePipeOp(KernelOp, ABC):
    """Set up the pipes of a kernel; the slots lie in global memory, and in the memory of who takes them."""

    dir_mask = prop_def(I8)
    slot_size = prop_def(I32)
    nosplit = opt_prop_def(BoolAttr)
    gm_slots = typed_opt_operand(base(PtrType))
    to_vector = typed_operand(i32)
    to_cube = typed_operand(i32)

    traits = traits_def(MemoryReadEffect(), MemoryWriteEffect())

    assembly_format = (
        "` ` `{` `dir_mask` `=` $dir_mask `,` `slot_size` `=` $slot_size (`,` `nosplit` `=` $nosplit^)? `}`"
        " `(` (`gm_slot_buffer` `=` $gm_slots^ `:` type($gm_slots) `,`)?"
        " `c2v_consumer_buf` `=` $to_vector `:` type($to_vector) `,`"
        " `v2c_consumer_buf` `=` $to_cube `:` type($to_cube) `)` attr-dict"
    )

    def verify_(self) -> None:
        check_direction(self.dir_mask, self.slot_size)
        if self.gm_slots is None:
            raise VerifyException(f"TW0141: on a2a3, {self.name} needs gm_slot_buffer: tiles go through global memory")

    def check_place(self) -> None:
        super().check_place()
        check_only(self)


@irdl_op_definition
class AicInitializePipeOp(InitializePipeOp):
    """`pto.aic_initialize_pipe {dir_mask = 1, slot_size = 1024} (gm_slot_buffer = %g : PTR, …)`: the cube side."""

    name = "pto.aic_initialize_pipe"

    CORE: ClassVar = KernelKind.CUBE


@irdl_op_definition
class AivInitializePipeOp(InitializePipeOp):
    """`pto.aiv_initialize_pipe {dir_mask = 1, slot_size = 1024} (gm_slot_buffer = %g : PTR, …)`: the vector side."""

    name = "pto.aiv_initialize_pipe"

    CORE: ClassVar = KernelKind.VECTOR


@irdl_op_definition
class ReserveBufferOp(PlacedOp):
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
class ImportReservedBufferOp(PlacedOp):
    """The other kernel's room: `%b = pto.import_reserved_buffer {name = "n", peer_func = @f} -> i32`."""

    name = "pto.import_reserved_buffer"

    symbol = prop_def(StringAttr, prop_name="name")
    peer = prop_def(FlatSymbolRefAttrConstr, prop_name="peer_func")
    result = result_def(i32)

    traits = traits_def(MemoryReadEffect())

    assembly_format = "` ` `{` `name` `=` $name `,` `peer_func` `=` $peer_func `}` attr-dict `->` type($result)"

    def check_place(self) -> None:
        check_only(self)
        peer = _function_named(self, self.peer)
        if peer is None:
            raise VerifyException(f"TW0142: there is no function {self.peer}")
        names = [op.symbol for op in peer.walk() if isinstance(op, ReserveBufferOp)]
        if self.symbol not in names:
            raise VerifyException(f"TW0142: {self.peer} reserves no buffer {self.symbol}")


def _function_named(op: Operation, name: SymbolRefAttr) -> FuncOp | None:
    found = SymbolTable.lookup_symbol(op, name)
    return found if isinstance(found, FuncOp) else None


class PushOp(KernelOp, ABC):
    """Hand a tile to the other core."""

    tile = buffer_operand()
    split = prop_def(I8)

    traits = traits_def(MemoryReadEffect(), MemoryWriteEffect())

    assembly_format = "`(` $tile `:` type($tile) `)` " + SPLIT_FORMAT

    def verify_(self) -> None:
        check_split(self.split)


@irdl_op_definition
class TPushToAivOp(PushOp):
    """From cube to vector: `pto.tpush_to_aiv(%t : T) {split = 0}`."""

    name = "pto.tpush_to_aiv"

    CORE: ClassVar = KernelKind.CUBE


@irdl_op_definition
class TPushToAicOp(PushOp):
    """From vector to cube: `pto.tpush_to_aic(%t : T) {split = 0}`."""

    name = "pto.tpush_to_aic"

    CORE: ClassVar = KernelKind.VECTOR


class PopOp(KernelOp, ABC):
    """Take the next tile from the other core."""

    valid_row = typed_opt_operand(IndexType)
    valid_col = typed_opt_operand(IndexType)
    split = prop_def(I8)
    result = result_def(BUFFER)

    irdl_options = (AttrSizedOperandSegments(as_property=True),)
    traits = traits_def(MemoryReadEffect(), MemoryWriteEffect())

    assembly_format = (
        "(`(` $valid_row^ `,` $valid_col `)`)? ` ` `{` `split` `=` $split `}` attr-dict `->` type($result)"
    )

    def verify_(self) -> None:
        check_split(self.split)
        if (self.valid_row is None) != (self.valid_col is None):
            raise VerifyException("TW0141: valid rows and columns come together")
        tile = self.result.type
        known = isinstance(tile, TileBufType) and tile.valid_extents != (DYNAMIC_INDEX, DYNAMIC_INDEX)
        if self.valid_row is not None and known:
            raise VerifyException("TW0141: with valid rows and columns the type says valid=?x?")


@irdl_op_definition
class TPopFromAicOp(PopOp):
    """In the vector kernel: `%t = pto.tpop_from_aic {split = 0} -> T`."""

    name = "pto.tpop_from_aic"

    CORE: ClassVar = KernelKind.VECTOR


@irdl_op_definition
class TPopFromAivOp(PopOp):
    """In the cube kernel: `%t = pto.tpop_from_aiv {split = 0} -> T`."""

    name = "pto.tpop_from_aiv"

    CORE: ClassVar = KernelKind.CUBE


class FreeOp(KernelOp, ABC):
    """Give the slot of the last tile back."""

    split = prop_def(I8)

    traits = traits_def(MemoryReadEffect(), MemoryWriteEffect())

    assembly_format = SPLIT_FORMAT

    def verify_(self) -> None:
        check_split(self.split)


@irdl_op_definition
class TFreeFromAicOp(FreeOp):
    """In the vector kernel: `pto.tfree_from_aic {split = 0}`."""

    name = "pto.tfree_from_aic"

    CORE: ClassVar = KernelKind.VECTOR


@irdl_op_definition
class TFreeFromAivOp(FreeOp):
    """In the cube kernel: `pto.tfree_from_aiv {split = 0}`."""

    name = "pto.tfree_from_aiv"

    CORE: ClassVar = KernelKind.CUBE
