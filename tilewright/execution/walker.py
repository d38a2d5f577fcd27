"""Walk a `pto` function once, with concrete arguments, into the instructions that it executes.

The walker interprets scalars, loops and branches, and resolves buffers, windows and event ids. It
moves no data: numerics, race checking and timing consume the stream.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xdsl.dialects import func
from xdsl.ir import Operation
from xdsl.traits import SymbolTable
from xdsl.utils.exceptions import VerifyException

from tilewright.dialects.diagnostics import fail, split_code
from tilewright.dialects.pto import KernelKind
from tilewright.execution.decode import decode_leaf
from tilewright.execution.decode_blocks import Body, Handed
from tilewright.execution.decode_control import CONTROL
from tilewright.execution.frames import STEP_LIMIT, Frame, Place, Reader
from tilewright.execution.instructions import Instruction
from tilewright.execution.names import argument_names
from tilewright.execution.parameters import parameter
from tilewright.execution.steps import Control, Environment, Slots, Step, assign, values_of

__all__ = ["Place", "Reader", "walk"]


def walk(
    function: func.FuncOp,
    arguments: Sequence[object],
    *,
    reader: Reader | None = None,
    place: Place | None = None,
    core: KernelKind | None = None,
    limit: int = STEP_LIMIT,
) -> Iterator[Instruction]:
    """Give the instructions that `function` executes, in program order.

    Args:
        function: at the level of buffers, with addresses on every buffer.
        arguments: one entry per argument of the function: a number for a scalar; the entry for a
            pointer is not looked at.
        reader: gives a scalar that comes from memory. It is called with the instruction that reads
            it, after that instruction was given.
        place: which core walks; by default the only one.
        core: walk only the sections for this kind of core; None walks all sections.
        limit: steps after which the walk gives up: instructions, scalar operations, iterations.

    Raises:
        DiagnosticError: while walking, at the operation concerned: TW0405 for an operation that
            cannot be walked, TW0407 for a buffer without address, TW0410 for a window outside of
            its view, TW0411 and TW0412 for extents, slots and scalars without meaning, TW0413 for
            a recursive call, TW0415 when the limit is reached, TW0416 for a trap.
    """
    frame = Frame(place or Place(), core, reader, limit)
    code = _FunctionCode(function, (), frame)
    names = argument_names(function)
    environment = code.environment()
    for position, (value, argument) in enumerate(zip(function.args, arguments, strict=True)):
        environment[code.slots[value]] = parameter(position, names[position], value, argument)
    yield from code.body.run(environment)


class _FunctionCode:
    """One decoded function.

    Attributes:
        slots: where its values are kept.
        body: its blocks.
    """

    def __init__(self, function: func.FuncOp, callers: tuple[func.FuncOp, ...], frame: Frame) -> None:
        if function in callers:
            fail("TW0413", f"@{function.sym_name.data} calls itself", function)
        self._callers = (*callers, function)
        self.slots = Slots(frame)
        self.body = Body(function.body, function, self)

    def environment(self) -> Environment:
        """Give fresh slots for one call."""
        return [None] * len(self.slots)

    def step(self, op: Operation) -> Step:
        """Decode an operation that ends no block."""
        try:
            if isinstance(op, func.CallOp):
                return self._call(op)
            control = CONTROL.get(type(op))
            return decode_leaf(op, self.slots) if control is None else control(op, self)
        except VerifyException as error:
            # A path that the chip does not have, in IR that nobody verified.
            fail(*split_code(str(error), "TW0405"), op)

    def _call(self, op: func.CallOp) -> Step:
        callee = SymbolTable.lookup_symbol(op, op.callee)
        if not isinstance(callee, func.FuncOp) or callee.is_declaration:
            fail("TW0400", f"{op.callee} has no definition here", op)
        code = _FunctionCode(callee, self._callers, self.slots.frame)
        arguments, results = self.slots.many(op.operands), self.slots.many(op.results)

        def run(environment: Environment) -> Iterator[Instruction]:
            inner = code.environment()
            assign(inner, code.body.arguments, values_of(environment, arguments))
            handed: Handed = yield from code.body.run(inner)
            assign(environment, results, handed)

        return Control(run)
