"""Ops of the `pto` dialect that make tile buffers."""

from __future__ import annotations

from xdsl.dialects.builtin import DYNAMIC_INDEX, IndexType, i64
from xdsl.ir import SSAValue
from xdsl.irdl import (
    AttrSizedOperandSegments,
    IRDLOperation,
    irdl_op_definition,
    result_def,
    traits_def,
)
from xdsl.traits import MemoryAllocEffect, Pure
from xdsl.utils.exceptions import VerifyException

from tilewright.dialects.constants import constant_value
from tilewright.dialects.fields import typed_operand, typed_opt_operand
from tilewright.dialects.pto.operands import BUFFER
from tilewright.dialects.pto.types import MultiTileBufType, TileBufType


@irdl_op_definition
class AllocTileOp(IRDLOperation):
    """A buffer for one tile: `%t = pto.alloc_tile addr = %a : !pto.tile_buf<…>`.

    `addr` is a byte offset inside the space (level 3 only); `valid_row` and `valid_col` come exactly where the type
    has `?`.
    """

    name = "pto.alloc_tile"

    addr = typed_opt_operand(i64)
    valid_row = typed_opt_operand(IndexType)
    valid_col = typed_opt_operand(IndexType)
    result = result_def(TileBufType)

    irdl_options = (AttrSizedOperandSegments(as_property=True),)
    traits = traits_def(MemoryAllocEffect())

    assembly_format = (
        "(`addr` `=` $addr^)? (`valid_row` `=` $valid_row^)? (`valid_col` `=` $valid_col^)? attr-dict `:` type($result)"
    )

    def __init__(
        self,
        result_type: TileBufType,
        addr: SSAValue | None = None,
        valid_row: SSAValue | None = None,
        valid_col: SSAValue | None = None,
    ) -> None:
        super().__init__(operands=[addr, valid_row, valid_col], result_types=[result_type])

    def verify_(self) -> None:
        tile = self.result.type
        for name, operand, extent in zip(
            ("valid_row", "valid_col"), (self.valid_row, self.valid_col), tile.valid_extents, strict=True
        ):
            if (operand is None) == (extent == DYNAMIC_INDEX):
                state = "is required" if operand is None else "must be absent"
                raise VerifyException(
                    f"TW0118: {name} {state}: the type says {'?' if extent == DYNAMIC_INDEX else extent}"
                )


@irdl_op_definition
class AllocMultiTileOp(IRDLOperation):
    """Equal buffers that are used in turn: `%r = pto.alloc_multi_tile addr = %a : !pto.multi_tile_buf<…, count=3>`.

    ptoas 0.27 does not know it: `expand-multi-tile` or `unroll-slots` replaces it before text is written.
    """

    name = "pto.alloc_multi_tile"

    addr = typed_opt_operand(i64)
    result = result_def(MultiTileBufType)

    traits = traits_def(MemoryAllocEffect())

    assembly_format = "(`addr` `=` $addr^)? attr-dict `:` type($result)"

    def __init__(self, result_type: MultiTileBufType, addr: SSAValue | None = None) -> None:
        super().__init__(operands=[addr], result_types=[result_type])


@irdl_op_definition
class MultiTileGetOp(IRDLOperation):
    """One buffer of several: `%t = pto.multi_tile_get %r[%slot] : !pto.multi_tile_buf<T, count=3> -> T`."""

    name = "pto.multi_tile_get"

    source = typed_operand(MultiTileBufType)
    slot = typed_operand(IndexType)
    result = result_def(TileBufType)

    traits = traits_def(Pure())

    assembly_format = "$source `[` $slot `]` attr-dict `:` type($source) `->` type($result)"

    def __init__(self, source: SSAValue[MultiTileBufType], slot: SSAValue) -> None:
        super().__init__(operands=[source, slot], result_types=[source.type.tile])

    def verify_(self) -> None:
        ring = self.source.type
        if self.result.type != ring.tile:
            raise VerifyException(f"TW0110: a slot of {ring} is {ring.tile}, not {self.result.type}")
        slot = constant_value(self.slot)
        if slot is not None and not 0 <= slot < ring.slots:
            raise VerifyException(f"TW0105: slot {slot} does not exist: the ring has {ring.slots}")


@irdl_op_definition
class DeclareTileOp(IRDLOperation):
    """A buffer that a pipe fills in: `%t = pto.declare_tile -> T`; `pto.tpop` gives it an address."""

    name = "pto.declare_tile"

    result = result_def(BUFFER)

    traits = traits_def(Pure())

    assembly_format = "attr-dict `->` type($result)"
