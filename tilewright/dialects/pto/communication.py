"""Ops of the `pto` dialect that move data between chips."""

from __future__ import annotations

from abc import ABC
from collections.abc import Sequence
from math import prod

from xdsl.dialects.builtin import DYNAMIC_INDEX, IntegerAttr, MemRefType, i1, i32, i64
from xdsl.ir import SSAValue
from xdsl.irdl import (
    IRDLOperation,
    ParsePropInAttrDict,
    base,
    irdl_op_definition,
    opt_prop_def,
    result_def,
    traits_def,
)
from xdsl.traits import MemoryReadEffect, MemoryWriteEffect
from xdsl.utils.exceptions import VerifyException

from tilewright.arch.chip import element_bits
from tilewright.dialects.fields import typed_operand
from tilewright.dialects.names import value_name
from tilewright.dialects.pto import rules
from tilewright.dialects.pto.operands import buffer_operand, tile_type
from tilewright.dialects.pto.pointers import POINTER
from tilewright.dialects.pto.types import (
    AsyncEventType,
    AsyncSessionType,
    PartitionViewType,
    TensorViewType,
)
from tilewright.dialects.shapes import shape_text
from tilewright.dialects.spaces import Space

_I32 = IntegerAttr.constr(type=i32)
_I64 = IntegerAttr.constr(type=i64)

_RANGES = {
    "sync_id": (0, 7),
    "block_bytes": (1, None),
    "comm_block_offset": (0, None),
    "queue_num": (1, None),
    "channel_group_idx": (0, 2**32 - 1),
}


@irdl_op_definition
class BuildAsyncSessionOp(IRDLOperation):
    """Begin a session: `%s = pto.build_async_session(%scratch, %ws : T, W) -> !pto.async_session`."""

    name = "pto.build_async_session"

    scratch = buffer_operand()
    workspace = typed_operand(POINTER)
    sync_id = opt_prop_def(_I32)
    block_bytes = opt_prop_def(_I64)
    comm_block_offset = opt_prop_def(_I64)
    queue_num = opt_prop_def(_I32)
    channel_group_idx = opt_prop_def(_I64)
    result = result_def(AsyncSessionType)

    irdl_options = (ParsePropInAttrDict(),)
    traits = traits_def(MemoryReadEffect(), MemoryWriteEffect())

    assembly_format = (
        "`(` $scratch `,` $workspace `:` type($scratch) `,` type($workspace) `)` attr-dict `->` type($result)"
    )

    def verify_(self) -> None:
        if (tile := tile_type(self.scratch)) is not None:
            rules.in_space("scratch", spaces=(Space.VEC,))(self)
            if prod(tile.extents) * element_bits(str(tile.element_type)) < 64:
                raise VerifyException(f"TW0148: {value_name(self.scratch)} has fewer than the 8 bytes of a session")
        found = self.workspace.type.element_type
        if str(found).lstrip("us") != "i8":
            raise VerifyException(f"TW0148: a workspace holds 8-bit integers, not {found}")
        for key, (least, most) in _RANGES.items():
            attr = self.properties.get(key)
            if isinstance(attr, IntegerAttr) and not least <= attr.value.data <= (most or attr.value.data):
                raise VerifyException(f"TW0148: {key} is at least {least}, got {attr.value.data}")


class AsyncTransferOp(IRDLOperation, ABC):
    """A transfer that goes on while the program does."""

    target = typed_operand(base(TensorViewType) | base(PartitionViewType) | base(MemRefType))
    source = typed_operand(base(TensorViewType) | base(PartitionViewType) | base(MemRefType))
    session = typed_operand(base(AsyncSessionType))
    result = result_def(AsyncEventType)

    traits = traits_def(MemoryReadEffect(), MemoryWriteEffect())

    assembly_format = (
        "`(` $target `,` $source `,` $session `:` type($target) `,` type($source) `,` type($session) `)`"
        " attr-dict `->` type($result)"
    )

    def verify_(self) -> None:
        target, source = self.target.type, self.source.type
        if target.element_type != source.element_type:
            raise VerifyException(
                f"TW0148: a transfer keeps the element type, got {source.element_type} and {target.element_type}"
            )
        extents = [_check_row(self, value) for value in (self.target, self.source)]
        if extents[0] != extents[1]:
            raise VerifyException(
                f"TW0148: a transfer keeps the shape, got {shape_text(extents[1])} and {shape_text(extents[0])}"
            )


def _check_row(op: IRDLOperation, value: SSAValue) -> Sequence[int]:
    """Both ends of a transfer are rows of known length."""
    kind = value.type
    if isinstance(kind, MemRefType):
        extents = kind.get_shape()
    else:
        assert isinstance(kind, TensorViewType | PartitionViewType)
        extents = kind.extents
    if DYNAMIC_INDEX in extents or any(extent != 1 for extent in extents[:-1]):
        raise VerifyException(
            f"TW0148: {op.name} takes one row of known length, {value_name(value)} is {shape_text(extents)}"
        )
    return extents


@irdl_op_definition
class TPutAsyncOp(AsyncTransferOp):
    """Write to another chip: `%e = pto.tput_async(%d, %s, %sess : D, S, !pto.async_session) -> !pto.async_event`."""

    name = "pto.tput_async"


@irdl_op_definition
class TGetAsyncOp(AsyncTransferOp):
    """Read from another chip: `%e = pto.tget_async(%d, %s, %sess : D, S, !pto.async_session) -> !pto.async_event`."""

    name = "pto.tget_async"


class AsyncEventOp(IRDLOperation, ABC):
    """Ask whether a transfer is done."""

    event = typed_operand(base(AsyncEventType))
    session = typed_operand(base(AsyncSessionType))
    result = result_def(i1)

    traits = traits_def(MemoryReadEffect(), MemoryWriteEffect())

    assembly_format = "`(` $event `,` $session `:` type($event) `,` type($session) `)` attr-dict `->` type($result)"


@irdl_op_definition
class WaitAsyncEventOp(AsyncEventOp):
    """Wait for the end: `%ok = pto.wait_async_event(%e, %s : !pto.async_event, !pto.async_session) -> i1`."""

    name = "pto.wait_async_event"


@irdl_op_definition
class TestAsyncEventOp(AsyncEventOp):
    """Look without waiting: `%ok = pto.test_async_event(%e, %s : !pto.async_event, !pto.async_session) -> i1`."""

    name = "pto.test_async_event"
