"""Ops of the `pto` dialect that order the pipes of one core."""

from __future__ import annotations

from abc import ABC

from xdsl.dialects.builtin import IndexType
from xdsl.ir import SSAValue
from xdsl.irdl import IRDLOperation, irdl_op_definition, prop_def, traits_def
from xdsl.traits import MemoryReadEffect, MemoryWriteEffect

from tilewright.arch.chip import Pipe
from tilewright.dialects.fields import typed_operand
from tilewright.dialects.pto.attributes import Event, EventAttr, PipeAttr


class FlagOp(IRDLOperation, ABC):
    """A flag from one pipe to another: raised when all earlier work of `src_pipe` is done, awaited by `dst_pipe`."""

    src_pipe = prop_def(PipeAttr)
    dst_pipe = prop_def(PipeAttr)

    # Effects on everything, so that no rewrite moves work across a flag.
    traits = traits_def(MemoryReadEffect(), MemoryWriteEffect())

    assembly_format = "`[` $src_pipe `,` $dst_pipe `,` $event_id `]` attr-dict"


class StaticFlagOp(FlagOp, ABC):
    """A flag whose event id is known."""

    event_id = prop_def(EventAttr)

    def __init__(self, src_pipe: Pipe, dst_pipe: Pipe, event_id: int) -> None:
        super().__init__(
            properties={
                "src_pipe": PipeAttr(src_pipe),
                "dst_pipe": PipeAttr(dst_pipe),
                "event_id": EventAttr(Event(f"EVENT_ID{event_id}")),
            }
        )


class DynamicFlagOp(FlagOp, ABC):
    """A flag whose event id is computed."""

    event_id = typed_operand(IndexType)

    def __init__(self, src_pipe: Pipe, dst_pipe: Pipe, event_id: SSAValue) -> None:
        super().__init__(
            operands=[event_id],
            properties={"src_pipe": PipeAttr(src_pipe), "dst_pipe": PipeAttr(dst_pipe)},
        )


@irdl_op_definition
class SetFlagOp(StaticFlagOp):
    """Raise a flag: `pto.set_flag[<PIPE_MTE2>, <PIPE_MTE1>, <EVENT_ID0>]`."""

    name = "pto.set_flag"


@irdl_op_definition
class WaitFlagOp(StaticFlagOp):
    """Wait for a flag: `pto.wait_flag[<PIPE_MTE2>, <PIPE_MTE1>, <EVENT_ID0>]`."""

    name = "pto.wait_flag"


@irdl_op_definition
class SetFlagDynOp(DynamicFlagOp):
    """Raise a flag whose id is computed: `pto.set_flag_dyn[<PIPE_MTE2>, <PIPE_MTE1>, %slot]`."""

    name = "pto.set_flag_dyn"


@irdl_op_definition
class WaitFlagDynOp(DynamicFlagOp):
    """Wait for a flag whose id is computed: `pto.wait_flag_dyn[<PIPE_MTE2>, <PIPE_MTE1>, %slot]`."""

    name = "pto.wait_flag_dyn"


@irdl_op_definition
class BarrierOp(IRDLOperation):
    """`pto.barrier <PIPE_ALL>`: later work of the pipe starts after all earlier work of it."""

    name = "pto.barrier"

    pipe = prop_def(PipeAttr)

    traits = traits_def(MemoryReadEffect(), MemoryWriteEffect())

    assembly_format = "$pipe attr-dict"

    def __init__(self, pipe: Pipe) -> None:
        super().__init__(properties={"pipe": PipeAttr(pipe)})
