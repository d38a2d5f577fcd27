"""Runs the kernels of all cores of a launch together, on shared global memory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xdsl.dialects import func
from xdsl.dialects.builtin import ModuleOp

from tilewright.arch.chip import load_chip
from tilewright.dialects.pto import KernelKind, KernelKindAttr
from tilewright.dialects.pto.kernels import KERNEL_KIND
from tilewright.dialects.pto.system import SectionCubeOp, SectionVectorOp
from tilewright.execution.counts import Counts
from tilewright.execution.dtypes import is_array
from tilewright.execution.frames import STEP_LIMIT, Place
from tilewright.execution.mailbox import Mailbox, Station
from tilewright.execution.physical_engine import Core
from tilewright.execution.runner import find_function
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
        for function, kind, subblock, subblocks in _programs(functions):
            place = Place(block, blocks, subblock, subblocks)
            core = Core(arrays, subblock)
            stream = walk(function, arguments, reader=core.scalar, place=place, core=kind, limit=limit)
            name = f"@{function.sym_name.data}"
            if blocks > 1 or subblocks > 1:
                name += f" (block {block}, vector core {subblock})" if subblocks > 1 else f" (block {block})"
            cores.append(CoreRun(name, Station(kind, block, subblock), core, stream, counts))
    Machine(cores, Mailbox([core.station for core in cores]), order, seed).run()
    return counts


def find_kernels(module: ModuleOp, name: str | None) -> list[func.FuncOp]:
    """Find what runs: the function of a name, the only one, or the kernels of the cube core and of the vector cores.

    Raises:
        DiagnosticError: TW0400 when there is none, or it is not clear which.
    """
    if name is None:
        functions = [op for op in module.ops if isinstance(op, func.FuncOp) and not op.is_declaration]
        kinds = [function.attributes.get(KERNEL_KIND) for function in functions]
        alike = len({function.function_type for function in functions}) == 1
        if alike and len(functions) == len(set(kinds)) > 1 and None not in kinds:
            return functions
    return [find_function(module, name)]


def _programs(functions: Sequence[func.FuncOp]) -> Iterator[tuple[func.FuncOp, KernelKind | None, int, int]]:
    """What runs on the cores of one block: a function, the kind of core, and which vector core of how many."""
    kinds = [(function, kind) for function in functions for kind in _kinds(function)]
    # A cube core has two vector cores beside it; without one, a vector core is a block of its own.
    chip = load_chip()
    mixed = any(kind is KernelKind.CUBE for _, kind in kinds)
    for function, kind in kinds:
        subblocks = chip.vector_cores // chip.cube_cores if mixed and kind is KernelKind.VECTOR else 1
        for subblock in range(subblocks):
            yield function, kind, subblock, subblocks


def _kinds(function: func.FuncOp) -> Sequence[KernelKind | None]:
    """The kinds of cores that a function runs on; None where it does not say."""
    kind = function.attributes.get(KERNEL_KIND)
    if isinstance(kind, KernelKindAttr):
        return [kind.data]
    ops = list(function.walk())
    found = [
        each
        for each, section in ((KernelKind.CUBE, SectionCubeOp), (KernelKind.VECTOR, SectionVectorOp))
        if any(isinstance(op, section) for op in ops)
    ]
    return found or [None]
