"""Decoding of the `pto` operations without regions."""

from __future__ import annotations

from collections.abc import Mapping

from xdsl.dialects.builtin import MemRefType, VectorType
from xdsl.ir import Operation, SSAValue

from tilewright.dialects.diagnostics import fail
from tilewright.dialects.names import value_name
from tilewright.dialects.paths import path_between
from tilewright.dialects.pto import InstructionOp
from tilewright.dialects.pto.core_ops import DeclareTileMemRefOp, DeclareTileOp
from tilewright.dialects.pto.movement import MovementOp
from tilewright.dialects.pto.tile_windows import WindowOp
from tilewright.execution.decode_aliases import ALIASES
from tilewright.execution.decode_buffers import BUFFERS, NO_ADDRESS
from tilewright.execution.decode_elements import ELEMENTS
from tilewright.execution.decode_events import EVENTS
from tilewright.execution.decode_memrefs import MEMREFS
from tilewright.execution.decode_pipes import PIPES
from tilewright.execution.decode_system import SYSTEM
from tilewright.execution.decode_views import VIEWS
from tilewright.execution.float_scalars import FLOAT_SCALARS
from tilewright.execution.instructions import Instruction, TileBuffer
from tilewright.execution.scalars import SCALARS, Maker
from tilewright.execution.steps import Compute, Decode, Emit, Environment, Slots, Step, assign, reader, values_of
from tilewright.execution.wide_scalars import WIDE_SCALARS

_LEAVES: Mapping[type[Operation], Decode] = {
    **ALIASES,
    **BUFFERS,
    **ELEMENTS,
    **EVENTS,
    **MEMREFS,
    **PIPES,
    **SYSTEM,
    **VIEWS,
}

_SCALARS: Mapping[type[Operation], Maker] = {**SCALARS, **FLOAT_SCALARS}


def decode_leaf(op: Operation, slots: Slots) -> Step:
    """Decode an operation without regions.

    Raises:
        DiagnosticError: TW0405 when the walker does not know it, TW0407 when it is a buffer without
            an address.
        VerifyException: a movement on a path that the chip does not have.
    """
    if (scalar := _SCALARS.get(type(op))) is not None:
        return _scalar(op, scalar, slots)
    if (pair := WIDE_SCALARS.get(type(op))) is not None:
        compute, operands, results = pair(op), slots.many(op.operands), slots.many(op.results)
        return Compute(lambda environment: assign(environment, results, compute(*values_of(environment, operands))))
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


def _scalar(op: Operation, maker: Maker, slots: Slots) -> Step:
    function = maker(op)
    result, operands = slots[op.results[0]], slots.many(op.operands)

    def run(environment: Environment) -> None:
        try:
            environment[result] = function(*[environment[operand] for operand in operands])
        except (ZeroDivisionError, ValueError):
            values = ", ".join(str(environment[operand]) for operand in operands)
            fail("TW0412", f"{op.name} has no value for {values}", op)

    return Compute(run)


def _instruction(op: InstructionOp, slots: Slots) -> Step:
    _check_path(op)
    pipe = op.pipe
    reads, writes = slots.many(op.sources), slots.many(op.destinations)
    memory = {*op.sources, *op.destinations}
    # The counts of a merge are a vector, which nothing reads.
    others = [operand for operand in op.operands if not isinstance(operand.type, VectorType)]
    scalars = slots.many([operand for operand in others if operand not in memory])
    origin = slots.many((op.row, op.column)) if isinstance(op, WindowOp) else None

    sources, destinations, numbers = reader(reads), reader(writes), reader(scalars)
    start = _at_origin if origin is None else reader(origin)

    def run(environment: Environment) -> Instruction:
        return Instruction(
            op, pipe, sources(environment), destinations(environment), start(environment), numbers(environment)
        )

    declared = [operand for operand in op.operands if isinstance(operand.owner, DeclareTileOp | DeclareTileMemRefOp)]
    if not declared:
        return Emit(run)

    def run_checked(environment: Environment) -> Instruction:
        for value in declared:
            _check_placed(environment[slots[value]], value, op)
        return run(environment)

    return Emit(run_checked)


def _at_origin(_environment: Environment) -> tuple[int, int]:
    """Where an instruction without a window starts."""
    return 0, 0


def _check_placed(buffer: TileBuffer, value: SSAValue, op: Operation) -> None:
    """A buffer that a pipe fills in has been filled."""
    if buffer.address == NO_ADDRESS:
        fail(
            "TW0407",
            f"{value_name(value)} has no address: no pipe has filled it yet",
            op,
            help=("pop a tile into it first: pto.tpop",),
        )


def _check_path(op: InstructionOp) -> None:
    """A movement between tiles takes a path that the chip has; IR that nobody verified may name any."""
    if isinstance(op, MovementOp) and not any(isinstance(value.type, MemRefType) for value in op.operands):
        path_between(*op.memories)
