"""Decoding of flags, barriers, signals between cores, and event ids that the program keeps itself."""

from __future__ import annotations

from collections.abc import Mapping

from xdsl.ir import Operation, SSAValue

from tilewright.arch.chip import Pipe
from tilewright.dialects.diagnostics import fail
from tilewright.dialects.names import value_name
from tilewright.dialects.pto import (
    BarrierOp,
    DynamicFlagOp,
    Event,
    SetFlagDynOp,
    SetFlagOp,
    StaticFlagOp,
    WaitFlagDynOp,
    WaitFlagOp,
)
from tilewright.dialects.pto.core_ops import (
    BarrierSyncOp,
    DeclareEventIdArrayOp,
    EventIdArrayGetOp,
    EventIdArraySetOp,
    GetBufOp,
    RecordEventOp,
    RlsBufOp,
    SyncSetOp,
    SyncWaitOp,
    TSyncOp,
    WaitEventOp,
)
from tilewright.dialects.pto.core_sync import CoreSyncOp
from tilewright.dialects.pto.events import BufferIdOp, EventOp
from tilewright.execution.instructions import Flag, Instruction, Signal
from tilewright.execution.steps import Compute, Decode, Emit, Environment, Slots, Step

_EVENT_IDS = {event: position for position, event in enumerate(Event)}

_BETWEEN_CORES = 2
"""The mode of a signal between a cube core and its vector cores."""


def _static_flag(op: StaticFlagOp, _slots: Slots) -> Step:
    event = _EVENT_IDS[op.event_id.data]
    return _always(_flag(op, isinstance(op, SetFlagOp), op.src_pipe.data, op.dst_pipe.data, event))


def _event(op: EventOp, _slots: Slots) -> Step:
    """An event between two kinds of instruction is a flag between their pipes."""
    event = _EVENT_IDS[op.event_id.data]
    return _always(_flag(op, isinstance(op, RecordEventOp), op.src_op.data.pipe, op.dst_op.data.pipe, event))


def _dynamic_flag(op: DynamicFlagOp, slots: Slots) -> Step:
    event = slots[op.event_id]
    is_set, source, target = isinstance(op, SetFlagDynOp), op.src_pipe.data, op.dst_pipe.data
    # A ring uses a handful of ids again and again, so their instructions are made once.
    known: dict[int, Instruction] = {}

    def run(environment: Environment) -> Instruction:
        number = environment[event]
        if number not in known:
            known[number] = _flag(op, is_set, source, target, number)
        return known[number]

    return Emit(run)


def _flag(op: Operation, is_set: bool, source: Pipe, target: Pipe, event: int) -> Instruction:
    # A flag waits in the queue of the pipe that executes it.
    return Instruction(op, source if is_set else target, flag=Flag(is_set, source, target, event))


def _always(instruction: Instruction) -> Step:
    return Emit(lambda environment: instruction)


def _barrier(op: BarrierOp, _slots: Slots) -> Step:
    return _always(Instruction(op, op.pipe.data))


def _barrier_of_kind(op: BarrierSyncOp, _slots: Slots) -> Step:
    return _always(Instruction(op, op.op_type.data.pipe))


def _sync(op: TSyncOp, _slots: Slots) -> Step:
    """All pipes wait for each other, whatever buffers are named: so it is compiled."""
    return _always(Instruction(op, Pipe.ALL))


def _signal(op: CoreSyncOp, slots: Slots) -> Step:
    pipe, is_set, mode = op.pipe.data, isinstance(op, SyncSetOp), _BETWEEN_CORES
    if isinstance(op, SyncSetOp) and op.ffts_mode is not None:
        mode = op.ffts_mode.value.data
    if op.event_id is not None:
        return _always(Instruction(op, pipe, signal=Signal(is_set, op.event_id.value.data, mode)))
    assert op.event_id_dyn is not None
    number = slots[op.event_id_dyn]
    return Emit(lambda environment: Instruction(op, pipe, signal=Signal(is_set, environment[number], mode)))


def _buffer_id(op: BufferIdOp, _slots: Slots) -> Step:
    fail(
        "TW0405",
        f"{op.name} cannot be executed: this chip does not order instructions by the numbers of buffers",
        op,
        help=("use pto.set_flag and pto.wait_flag",),
    )


def _declare_ids(op: DeclareEventIdArrayOp, slots: Slots) -> Step:
    result, size = slots[op.result], op.result.type.size.value.data

    def run(environment: Environment) -> None:
        environment[result] = [0] * size

    return Compute(run)


def _get_id(op: EventIdArrayGetOp, slots: Slots) -> Step:
    array, index, result = slots.many((op.array, op.index, op.result))

    def run(environment: Environment) -> None:
        environment[result] = environment[array][_checked(environment, array, index, op, op.array)]

    return Compute(run)


def _set_id(op: EventIdArraySetOp, slots: Slots) -> Step:
    array, index, value = slots.many((op.array, op.index, op.value))

    def run(environment: Environment) -> None:
        environment[array][_checked(environment, array, index, op, op.array)] = environment[value]

    return Compute(run)


def _checked(environment: Environment, array: int, index: int, op: Operation, value: SSAValue) -> int:
    number, size = environment[index], len(environment[array])
    if not 0 <= number < size:
        fail("TW0412", f"event id {number} of {value_name(value)} does not exist: there are {size}", op)
    return number


EVENTS: Mapping[type[Operation], Decode] = {
    BarrierOp: _barrier,
    BarrierSyncOp: _barrier_of_kind,
    DeclareEventIdArrayOp: _declare_ids,
    EventIdArrayGetOp: _get_id,
    EventIdArraySetOp: _set_id,
    GetBufOp: _buffer_id,
    RecordEventOp: _event,
    RlsBufOp: _buffer_id,
    SetFlagDynOp: _dynamic_flag,
    SetFlagOp: _static_flag,
    SyncSetOp: _signal,
    SyncWaitOp: _signal,
    TSyncOp: _sync,
    WaitEventOp: _event,
    WaitFlagDynOp: _dynamic_flag,
    WaitFlagOp: _static_flag,
}
