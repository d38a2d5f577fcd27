"""Runs the kernels of all cores of a launch together, on shared global memory."""

from __future__ import annotations

from collections.abc import Sequence

from xdsl.dialects import func

from tilewright.execution.counts import Counts
from tilewright.execution.dtypes import is_array
from tilewright.execution.frames import STEP_LIMIT, Place
from tilewright.execution.functions import programs_of_block
from tilewright.execution.mailbox import Mailbox, Station
from tilewright.execution.physical_engine import Core
from tilewright.execution.scheduling import CoreRun, Machine, Order
from tilewright.execution.walker import walk


def run_cores(
    functions: Sequence[func.FuncOp],
    arguments: Sequence[object],
    *,
    blocks: int = 1,
    order: Order = Order.EARLY,
    seed: int = 0,
    limit: int = STEP_LIMIT,
) -> Counts:
    """Run kernels on arrays in global memory, which they write in place.

    Args:
        functions: one kernel, or those of the cube core and of the vector cores; all take the same arguments.
        arguments: a C-contiguous numpy array for each pointer, a number for each scalar.
        blocks: how many of each run, each with its own memories.
        order: in which order pipes go on where flags leave it open; `seed` is for a random one.
        limit: see `walk`.

    Raises:
        DiagnosticError: TW0470 when nothing can go on; what `run_physical` raises.
    """
    arrays = {position: argument for position, argument in enumerate(arguments) if is_array(argument)}
    cores: list[CoreRun] = []
    counts = Counts()
    for block in range(blocks):
        for program in programs_of_block(functions):
            place = Place(block, blocks, program.subblock, program.subblocks)
            core = Core(arrays, program.subblock)
            stream = walk(program.function, arguments, reader=core.scalar, place=place, core=program.kind, limit=limit)
            name = f"@{program.function.sym_name.data}"
            if program.subblocks > 1:
                name += f" (block {block}, vector core {program.subblock})"
            elif blocks > 1:
                name += f" (block {block})"
            cores.append(CoreRun(name, Station(program.kind, block, program.subblock), core, stream, counts))
    Machine(cores, Mailbox([core.station for core in cores]), order, seed).run()
    return counts
