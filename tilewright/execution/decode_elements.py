"""Decoding of the operations on single elements, in global memory and of tiles."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from xdsl.dialects.builtin import AnyFloat
from xdsl.ir import Attribute, Operation, SSAValue

from tilewright.arch.chip import Pipe
from tilewright.dialects.diagnostics import fail
from tilewright.dialects.pto import GmLayout
from tilewright.dialects.pto.conversion import TGetValOp, TSetValOp
from tilewright.dialects.pto.core_ops import LoadScalarOp, StoreScalarOp
from tilewright.execution.instructions import Instruction, Operand, Pointer, TileBuffer, Window
from tilewright.execution.layouts import TileLayout
from tilewright.execution.scalars import bits_of, wrapper
from tilewright.execution.steps import Control, Decode, Emit, Environment, Slots, Step


def _load(op: LoadScalarOp, slots: Slots) -> Step:
    return _reading(op, op.ptr, op.offset, op.result, slots)


def _get(op: TGetValOp, slots: Slots) -> Step:
    return _reading(op, op.src, op.offset, op.dst, slots)


def _reading(op: Operation, source: SSAValue, offset: SSAValue, result: SSAValue, slots: Slots) -> Step:
    """Give the instruction first, so that all before it has been seen, then ask for what it reads."""
    base, index, target = slots.many((source, offset, result))
    frame, as_type = slots.frame, _as_type(result.type)

    def run(environment: Environment) -> Iterator[Instruction]:
        number = environment[index]
        element = element_of(environment[base], number, op)
        instruction = Instruction(op, Pipe.S, (element,), scalars=(number,))
        yield instruction
        environment[target] = as_type(frame.read(instruction))

    return Control(run)


def _store(op: StoreScalarOp, slots: Slots) -> Step:
    return _writing(op, op.ptr, op.offset, op.value, slots)


def _set(op: TSetValOp, slots: Slots) -> Step:
    return _writing(op, op.dst, op.offset, op.val, slots)


def _writing(op: Operation, target: SSAValue, offset: SSAValue, scalar: SSAValue, slots: Slots) -> Step:
    base, index, value = slots.many((target, offset, scalar))

    def run(environment: Environment) -> Instruction:
        number = environment[index]
        element = element_of(environment[base], number, op)
        return Instruction(op, Pipe.S, (), (element,), scalars=(number, environment[value]))

    return Emit(run)


def element_of(base: Pointer | Window | TileBuffer, index: int, op: Operation) -> Operand:
    """Give one element, counted from the start of the memory, whatever its arrangement.

    Raises:
        DiagnosticError: TW0411 for an element that a tile does not have.
    """
    if isinstance(base, Pointer | Window):
        at = base.offset + index
        return Window(base.argument, base.name, base.element_type, at, (1,), (1,), GmLayout.ND)
    size = base.layout.item_bytes
    count = base.layout.size_bytes // size
    if not 0 <= index < count:
        fail("TW0411", f"{op.name} names element {index} of {base.name}, which has {count}", op)
    return replace(
        base,
        name=f"{base.name}[{index}]",
        address=base.address + index * size,
        size_bytes=size,
        layout=TileLayout(1, 1, 1, 1, False, False, size),
        valid=(1, 1),
    )


def _as_type(type_: Attribute) -> Callable[[int | float], int | float]:
    if isinstance(type_, AnyFloat):
        return float
    wrap = wrapper(bits_of(type_))
    return lambda value: wrap(int(value))


ELEMENTS: Mapping[type[Operation], Decode] = {
    LoadScalarOp: _load,
    StoreScalarOp: _store,
    TGetValOp: _get,
    TSetValOp: _set,
}
