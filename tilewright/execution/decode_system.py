"""Decoding of the operations about the core that walks: which block it is, what it prints, where it stops."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from xdsl.ir import Operation

from tilewright.arch.chip import Pipe
from tilewright.dialects.diagnostics import fail
from tilewright.dialects.pto.core_ops import (
    GetBlockIdxOp,
    GetBlockNumOp,
    GetSubBlockIdxOp,
    GetSubBlockNumOp,
    PrintOp,
    SetFftsOp,
    TrapOp,
)
from tilewright.dialects.pto.system import BlockQueryOp
from tilewright.execution.frames import Place
from tilewright.execution.instructions import Instruction
from tilewright.execution.steps import Compute, Decode, Emit, Environment, Slots, Step


def _number(ask: Callable[[Place], int]) -> Decode:
    def decode(op: BlockQueryOp, slots: Slots) -> Step:
        result, number = slots[op.result], ask(slots.frame.place)

        def run(environment: Environment) -> None:
            environment[result] = number

        return Compute(run)

    return decode


def _print(op: PrintOp, slots: Slots) -> Step:
    """What is printed is the scalar of the instruction; who wants to see it looks there."""
    scalar = slots[op.scalar]
    return Emit(lambda environment: Instruction(op, Pipe.S, scalars=(environment[scalar],)))


def _trap(op: TrapOp, _slots: Slots) -> Step:
    def run(_environment: Environment) -> None:
        fail("TW0416", "the kernel stops itself here", op)

    return Compute(run)


def _set_ffts(_op: SetFftsOp, _slots: Slots) -> Step:
    """Where signals are kept does not matter: nothing else lies there."""
    return Compute(lambda environment: None)


SYSTEM: Mapping[type[Operation], Decode] = {
    GetBlockIdxOp: _number(lambda place: place.block),
    GetBlockNumOp: _number(lambda place: place.blocks),
    GetSubBlockIdxOp: _number(lambda place: place.subblock),
    GetSubBlockNumOp: _number(lambda place: place.subblocks),
    PrintOp: _print,
    SetFftsOp: _set_ffts,
    TrapOp: _trap,
}
