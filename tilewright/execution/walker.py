"""Walk a `pto` function once, with concrete arguments, into the instructions that it executes.

The walker interprets scalars, loops and branches, and resolves buffers, windows and event ids. It
moves no data: numerics, race checking and timing consume the stream.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from xdsl.dialects import func, scf
from xdsl.ir import Block, Operation, Region
from xdsl.traits import SymbolTable
from xdsl.utils.exceptions import VerifyException

from tilewright.dialects.diagnostics import fail, split_code
from tilewright.dialects.pto import PtrType
from tilewright.execution.decode import decode_leaf
from tilewright.execution.decode_views import Pointer
from tilewright.execution.instructions import Instruction
from tilewright.execution.names import argument_names
from tilewright.execution.steps import (
    Code,
    Control,
    Environment,
    Slots,
    Step,
    assign,
    execute,
)


def walk(function: func.FuncOp, arguments: Sequence[object]) -> Iterator[Instruction]:
    """Give the instructions that `function` executes, in program order.

    Args:
        function: at the level of buffers, with addresses on every buffer.
        arguments: one entry per argument of the function: an integer for an integer or index; the
            entry for a pointer is not looked at.

    Raises:
        DiagnosticError: while walking, at the operation concerned: TW0405 for an operation that
            cannot be walked, TW0407 for a buffer without address, TW0410 for a window outside of
            its view, TW0411 and TW0412 for extents, slots and scalars without meaning, TW0413 for
            a recursive call.
    """
    code = _FunctionCode(function, ())
    names = argument_names(function)
    environment = code.environment()
    for position, (value, argument) in enumerate(zip(function.args, arguments, strict=True)):
        if isinstance(value.type, PtrType):
            argument = Pointer(position, names[position], str(value.type.element_type))
        environment[code.slots[value]] = argument
    yield from execute(code.body, environment)


class _FunctionCode:
    """One decoded function.

    Attributes:
        slots: where its values are kept.
        arguments: slots of its arguments.
        results: slots of what it returns.
        body: its steps.
    """

    def __init__(self, function: func.FuncOp, callers: tuple[func.FuncOp, ...]) -> None:
        if function in callers:
            fail("TW0413", f"@{function.sym_name.data} calls itself", function)
        self._callers = (*callers, function)
        self.slots = Slots()
        self.arguments = self.slots.many(function.args)
        block = _single_block(function, function.body)
        self.results = self._terminator(block)
        self.body = self._decode_block(block)

    def environment(self) -> Environment:
        """Give fresh slots for one call."""
        return [None] * len(self.slots)

    def _terminator(self, block: Block) -> tuple[int, ...]:
        """Give the slots of the values that a block ends with."""
        last = block.last_op
        return () if last is None else self.slots.many(last.operands)

    def _decode_block(self, block: Block) -> Code:
        return [self._decode(op) for op in block.ops if not isinstance(op, _TERMINATORS)]

    def _decode(self, op: Operation) -> Step:
        try:
            control = _CONTROL.get(type(op))
            return decode_leaf(op, self.slots) if control is None else control(self, op)
        except VerifyException as error:
            # A path that the chip does not have, in IR that nobody verified.
            fail(*split_code(str(error), "TW0405"), op)

    def decode_for(self, op: scf.ForOp) -> Step:
        block = op.body.block
        lower, upper, step = self.slots.many((op.lb, op.ub, op.step))
        variable, *carried = self.slots.many(block.args)
        initial, results = self.slots.many(op.iter_args), self.slots.many(op.results)
        yielded = self._terminator(block)
        body = self._decode_block(block)

        def run(environment: Environment) -> Iterator[Instruction]:
            values = [environment[slot] for slot in initial]
            if environment[step] < 1:
                fail("TW0412", f"the step of a loop is positive, got {environment[step]}", op)
            for iteration in range(environment[lower], environment[upper], environment[step]):
                environment[variable] = iteration
                assign(environment, carried, values)
                yield from execute(body, environment)
                values = [environment[slot] for slot in yielded]
            assign(environment, results, values)

        return Control(run)

    def decode_if(self, op: scf.IfOp) -> Step:
        condition, results = self.slots[op.cond], self.slots.many(op.results)
        branches = [self._decode_branch(region) for region in (op.false_region, op.true_region)]

        def run(environment: Environment) -> Iterator[Instruction]:
            body, yielded = branches[bool(environment[condition])]
            yield from execute(body, environment)
            assign(environment, results, [environment[slot] for slot in yielded])

        return Control(run)

    def _decode_branch(self, region: Region) -> tuple[Code, tuple[int, ...]]:
        block = region.first_block
        return ((), ()) if block is None else (self._decode_block(block), self._terminator(block))

    def decode_call(self, op: func.CallOp) -> Step:
        callee = SymbolTable.lookup_symbol(op, op.callee)
        if not isinstance(callee, func.FuncOp) or callee.is_declaration:
            fail("TW0400", f"{op.callee} has no definition here", op)
        code = _FunctionCode(callee, self._callers)
        arguments, results = self.slots.many(op.operands), self.slots.many(op.results)

        def run(environment: Environment) -> Iterator[Instruction]:
            inner = code.environment()
            assign(inner, code.arguments, [environment[slot] for slot in arguments])
            yield from execute(code.body, inner)
            assign(environment, results, [inner[slot] for slot in code.results])

        return Control(run)


def _single_block(op: Operation, region: Region) -> Block:
    if len(region.blocks) != 1:
        fail(
            "TW0405",
            "a function with several blocks cannot be executed: branches are written as scf.if",
            op,
        )
    return region.block


_TERMINATORS = (func.ReturnOp, scf.YieldOp)

_Decode: TypeAlias = Callable[[_FunctionCode, Any], Step]

_CONTROL: Mapping[type[Operation], _Decode] = {
    func.CallOp: _FunctionCode.decode_call,
    scf.ForOp: _FunctionCode.decode_for,
    scf.IfOp: _FunctionCode.decode_if,
}
