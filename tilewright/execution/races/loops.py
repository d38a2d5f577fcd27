"""Which iteration of which loop an instruction belongs to: marks in a copy of the program say so.

A stream holds instructions only. A mark is an instruction at the start of each loop body whose scalar is the variable
of the loop; it touches nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from xdsl.dialects import scf
from xdsl.dialects.builtin import ModuleOp
from xdsl.ir import Block, Operation, SSAValue
from xdsl.irdl import irdl_op_definition, var_operand_def
from xdsl.rewriter import InsertPoint, Rewriter

from tilewright.arch.chip import Pipe
from tilewright.dialects.names import value_name
from tilewright.dialects.pto import InstructionOp
from tilewright.execution.instructions import Instruction
from tilewright.execution.races.events import Event


@irdl_op_definition
class LoopMarkOp(InstructionOp):
    """The start of an iteration; never part of a program that anybody sees."""

    name = "pto.loop_mark"

    variable = var_operand_def()

    @property
    def pipe(self) -> Pipe:
        return Pipe.S

    @property
    def sources(self) -> tuple[SSAValue, ...]:
        return ()

    @property
    def destinations(self) -> tuple[SSAValue, ...]:
        return ()


def with_marks(module: ModuleOp) -> ModuleOp:
    """Give a copy of a module with a mark at the start of each loop."""
    copy = module.clone()
    for op in list(copy.walk()):
        match op:
            case scf.ForOp():
                _mark(op.body.block, [op.body.block.args[0]])
            case scf.WhileOp():
                _mark(op.after_region.block, [])
            case _:
                pass
    return copy


def _mark(block: Block, variable: list[SSAValue]) -> None:
    mark = LoopMarkOp(operands=[variable])
    Rewriter.insert_op(mark, InsertPoint.at_start(block))


def located(core: int, stream: Iterable[Instruction]) -> Iterator[Event]:
    """Give the instructions of a core as events, without the marks."""
    known: dict[Operation, tuple[Operation, ...]] = {}
    current: dict[Operation, tuple[str, int]] = {}
    number = 0
    for instruction in stream:
        op = instruction.op
        if isinstance(op, LoopMarkOp):
            _enter(op, instruction, current)
            continue
        loops = known.get(op)
        if loops is None:
            loops = known[op] = _loops_around(op)
        number += 1
        iterations = tuple([current[loop] for loop in loops if loop in current])
        yield Event(instruction, core, number, iterations)


def _enter(mark: LoopMarkOp, instruction: Instruction, current: dict[Operation, tuple[str, int]]) -> None:
    loop = mark.parent_op()
    assert loop is not None
    if instruction.scalars:
        current[loop] = value_name(mark.variable[0]), int(instruction.scalars[0])
    else:
        name = "iteration"
        current[loop] = name, current.get(loop, (name, -1))[1] + 1


def _loops_around(op: Operation) -> tuple[Operation, ...]:
    """The loops around an op, the outermost first."""
    found: list[Operation] = []
    parent = op.parent_op()
    while parent is not None:
        if isinstance(parent, scf.ForOp | scf.WhileOp):
            found.append(parent)
        parent = parent.parent_op()
    return tuple(reversed(found))
