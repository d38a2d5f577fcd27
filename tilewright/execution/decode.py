"""Decoding of the `pto` operations without regions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from xdsl.ir import Operation

from tilewright.dialects.diagnostics import fail
from tilewright.dialects.pto import (
    AllocMultiTileOp,
    AllocTileOp,
    BarrierOp,
    DynamicFlagOp,
    Event,
    FlagOp,
    InstructionOp,
    MakeTensorViewOp,
    MultiTileGetOp,
    PartitionViewOp,
    SetFlagDynOp,
    SetFlagOp,
    StaticFlagOp,
    TExtractOp,
    WaitFlagDynOp,
    WaitFlagOp,
)
from tilewright.execution.decode_buffers import (
    decode_alloc_multi_tile,
    decode_alloc_tile,
    decode_multi_tile_get,
)
from tilewright.execution.decode_views import decode_make_tensor_view, decode_partition_view
from tilewright.execution.instructions import Flag, Instruction
from tilewright.execution.scalars import SCALARS
from tilewright.execution.steps import Compute, Emit, Environment, Slots, Step

Decode: TypeAlias = Callable[[Any, Slots], Step]

_EVENT_IDS = {event: position for position, event in enumerate(Event)}


def decode_leaf(op: Operation, slots: Slots) -> Step:
    """Decode an operation without regions.

    Raises:
        DiagnosticError: TW0405 when the walker does not know it, TW0407 when it is a buffer without
            an address.
    """
    if type(op) in SCALARS:
        return _scalar(op, slots)
    if (decode := _LEAVES.get(type(op))) is not None:
        return decode(op, slots)
    if isinstance(op, InstructionOp):
        return _instruction(op, slots)
    fail(
        "TW0405",
        f"{op.name} cannot be executed at the level of buffers",
        op,
        help=("lower the program to the pto dialect first: pto-opt FILE -p a2a3",),
    )


def _scalar(op: Operation, slots: Slots) -> Step:
    function = SCALARS[type(op)](op)
    result, operands = slots[op.results[0]], slots.many(op.operands)

    def run(environment: Environment) -> None:
        try:
            environment[result] = function(*[environment[operand] for operand in operands])
        except (ZeroDivisionError, ValueError):
            values = ", ".join(str(environment[operand]) for operand in operands)
            fail("TW0412", f"{op.name} has no value for {values}", op)

    return Compute(run)


def _instruction(op: InstructionOp, slots: Slots) -> Step:
    pipe = op.pipe
    reads, writes = slots.many(op.sources), slots.many(op.destinations)
    memory = {*op.sources, *op.destinations}
    scalars = slots.many([operand for operand in op.operands if operand not in memory])

    def run(environment: Environment) -> Instruction:
        return Instruction(
            op,
            pipe,
            tuple([environment[slot] for slot in reads]),
            tuple([environment[slot] for slot in writes]),
            scalars=tuple([environment[slot] for slot in scalars]),
        )

    return Emit(run)


def _extract(op: TExtractOp, slots: Slots) -> Step:
    pipe = op.pipe
    source, target = slots[op.source], slots[op.target]
    row, column = slots[op.row], slots[op.column]

    def run(environment: Environment) -> Instruction:
        origin = (environment[row], environment[column])
        return Instruction(op, pipe, (environment[source],), (environment[target],), origin)

    return Emit(run)


def _static_flag(op: StaticFlagOp, slots: Slots) -> Step:
    flag = _flag(op, _EVENT_IDS[op.event_id.data])
    instruction = Instruction(op, flag.source if flag.is_set else flag.target, flag=flag)
    return Emit(lambda environment: instruction)


def _dynamic_flag(op: DynamicFlagOp, slots: Slots) -> Step:
    event = slots[op.event_id]
    # A ring uses a handful of ids again and again, so their instructions are made once.
    known: dict[int, Instruction] = {}

    def run(environment: Environment) -> Instruction:
        number = environment[event]
        if number not in known:
            flag = _flag(op, number)
            pipe = flag.source if flag.is_set else flag.target
            known[number] = Instruction(op, pipe, flag=flag)
        return known[number]

    return Emit(run)


def _flag(op: FlagOp, event: int) -> Flag:
    is_set = isinstance(op, SetFlagOp | SetFlagDynOp)
    return Flag(is_set, op.src_pipe.data, op.dst_pipe.data, event)


def _barrier(op: BarrierOp, slots: Slots) -> Step:
    instruction = Instruction(op, op.pipe.data)
    return Emit(lambda environment: instruction)


_LEAVES: Mapping[type[Operation], Decode] = {
    AllocMultiTileOp: decode_alloc_multi_tile,
    AllocTileOp: decode_alloc_tile,
    BarrierOp: _barrier,
    MakeTensorViewOp: decode_make_tensor_view,
    MultiTileGetOp: decode_multi_tile_get,
    PartitionViewOp: decode_partition_view,
    SetFlagDynOp: _dynamic_flag,
    SetFlagOp: _static_flag,
    TExtractOp: _extract,
    WaitFlagDynOp: _dynamic_flag,
    WaitFlagOp: _static_flag,
}
