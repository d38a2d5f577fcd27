"""The instruction streams of the cores of one block, from the one walker."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xdsl.dialects import func

from tilewright.dialects.pto import KernelKind
from tilewright.execution.frames import STEP_LIMIT, Place, Reader
from tilewright.execution.functions import Program, programs_of_block
from tilewright.execution.instructions import Instruction
from tilewright.execution.walker import walk


def streams_of_block(
    functions: Sequence[func.FuncOp],
    arguments: Sequence[object],
    *,
    block: int = 0,
    blocks: int = 1,
    reader: Reader | None = None,
    limit: int = STEP_LIMIT,
) -> dict[str, Iterator[Instruction]]:
    """Give the instructions of each core of a block, by its name: `cube`, `vector 0`, or `core` for one of no kind.

    Args:
        functions: one kernel with addresses on every buffer, or those of the cube core and of the vector cores.
        arguments: one entry for each argument of the kernels: a number for a scalar; the entry for a pointer is not
            looked at.
        block, blocks: which block it is, of how many.
        reader, limit: see `walk`.

    Raises:
        DiagnosticError: while they are walked, what `walk` raises.
    """
    return {
        _name(program): walk(
            program.function,
            arguments,
            reader=reader,
            place=Place(block, blocks, program.subblock, program.subblocks),
            core=program.kind,
            limit=limit,
        )
        for program in programs_of_block(functions)
    }


def _name(program: Program) -> str:
    match program.kind:
        case None:
            return "core"
        case KernelKind.CUBE:
            return "cube"
        case KernelKind.VECTOR:
            return f"vector {program.subblock}"
