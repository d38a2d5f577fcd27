"""Runs one function of a module on numpy arrays, with the engine of one's choice."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from xdsl.dialects import func
from xdsl.dialects.builtin import ModuleOp

from tilewright.dialects.diagnostics import did_you_mean, fail
from tilewright.dialects.pto import Pto
from tilewright.dialects.registry import make_context
from tilewright.dialects.tile import Tile
from tilewright.execution.arguments import check_arguments
from tilewright.execution.copies import Copies
from tilewright.execution.cores import run_cores
from tilewright.execution.counts import Counts
from tilewright.execution.engines import Engine as Engine
from tilewright.execution.frames import STEP_LIMIT, Place
from tilewright.execution.functions import find_function, find_kernels, programs_of_block
from tilewright.execution.native.engine import run_native
from tilewright.execution.native.process import SECONDS
from tilewright.execution.physical_engine import run_physical
from tilewright.execution.planning import planned
from tilewright.execution.scheduling import Order
from tilewright.execution.value_engine import run_value
from tilewright.passes.manager import parse_pipeline, run_passes


@dataclass(frozen=True)
class Launch:
    """How a function is started.

    Attributes:
        blocks: how many blocks run.
        order: in which order the pipes go on where flags leave it open, for the physical engine; None is the order
            of the program.
        seed: draws a random order.
        steps: after which the physical engine gives up.
        seconds: after which the native engine does.
    """

    blocks: int = 1
    order: Order | None = None
    seed: int = 0
    steps: int = STEP_LIMIT
    seconds: float = SECONDS


@dataclass(frozen=True)
class Report:
    """What ran, how, and how much work it was; the results are in the caller's arrays.

    The native engine counts nothing.
    """

    function: str
    engine: Engine
    counts: Counts

    def __str__(self) -> str:
        return f"@{self.function} on the {self.engine} engine\n{self.counts}"


def run_function(
    module: ModuleOp,
    name: str | None,
    arguments: Sequence[object],
    engine: str | None = None,
    launch: Launch | None = None,
) -> Report:
    """Run a function; it writes its outputs into the arrays that it is given, once it is done.

    Args:
        module: a verified program of the `tile` or of the `pto` dialect. Where an engine needs addresses and flags
            and there are none yet, a copy of it is compiled first, by the pipeline `a2a3` or `pto`.
        name: the function; may be None when the module defines just one, or one for each kind of core, which then
            run together.
        arguments: one per argument of the function: a numpy array of its element type for a
            `!tile.tensor` (of its shape) or a `!pto.ptr` (contiguous, any shape), an integer for an
            integer or index, a number for a float.
        engine: one of `Engine`; None chooses by the dialect of the function.
        launch: how it is started; None is one block, in the order of the program.

    Raises:
        DiagnosticError: TW0400 when there is no such function or engine, or the engine cannot run it, TW0401 to
            TW0404 for arguments that do not fit, TW0417 for arrays that overlap in part, and what the passes and
            the engines raise. The arrays are then as they were before.
    """
    kernels = find_kernels(module, name)
    function = kernels[0]
    values = check_arguments(function, arguments)
    chosen = _default_engine(function) if engine is None else engine_named(engine)
    copies = Copies(function, values)
    counts = _RUNS[chosen](kernels, copies.arguments, launch or Launch())
    copies.write_back()
    return Report(function.sym_name.data, chosen, counts)


def engine_named(name: str) -> Engine:
    """The engine of that name.

    Raises:
        DiagnosticError: TW0400 when there is none.
    """
    if name not in set(Engine):
        fail("TW0400", f"there is no engine '{name}'", help=did_you_mean(name, Engine))
    return Engine(name)


def _default_engine(function: func.FuncOp) -> Engine:
    return Engine.PHYSICAL if _uses(function, Pto.name) else Engine.VALUE


def _uses(function: func.FuncOp, dialect: str) -> bool:
    return any(op.name.startswith(f"{dialect}.") for op in function.walk())


def _run_value(kernels: Sequence[func.FuncOp], arguments: Sequence[object], launch: Launch) -> Counts:
    function = kernels[0]
    refusal = None
    if launch.blocks != 1:
        refusal = f"the value engine runs one block, not {launch.blocks}"
    elif launch.order is not None:
        refusal = "the value engine knows no pipes, and so no order of them"
    if refusal is not None:
        fail("TW0400", refusal, function, help=("choose the engine physical or native",))
    return run_value(_module(function), function, arguments)


def _run_physical(kernels: Sequence[func.FuncOp], arguments: Sequence[object], launch: Launch) -> Counts:
    """Run the blocks one after the other in program order, else together."""
    functions = _compiled(kernels)
    if launch.order is not None or len(list(programs_of_block(functions))) > 1:
        # Kernels that wait for each other have no program order: there the first of the others is as good.
        order = launch.order or Order.EARLY
        return run_cores(functions, arguments, blocks=launch.blocks, order=order, seed=launch.seed, limit=launch.steps)
    counts = Counts()
    for block in range(launch.blocks):
        place = Place(block, launch.blocks)
        counts.include(run_physical(functions[0], arguments, place=place, limit=launch.steps))
    return counts


def _run_native(kernels: Sequence[func.FuncOp], arguments: Sequence[object], launch: Launch) -> Counts:
    if launch.order is not None:
        message = "the native engine runs pipes in the order of the program only"
        fail("TW0400", message, kernels[0], help=("choose the engine physical",))
    run_native(_compiled(kernels), arguments, blocks=launch.blocks, seconds=launch.seconds)
    return Counts()


_RUNS: Mapping[Engine, Callable[[Sequence[func.FuncOp], Sequence[object], Launch], Counts]] = {
    Engine.VALUE: _run_value,
    Engine.PHYSICAL: _run_physical,
    Engine.NATIVE: _run_native,
}


def _compiled(kernels: Sequence[func.FuncOp]) -> list[func.FuncOp]:
    """Give kernels at the level that has addresses and flags, in a module of their own if need be."""
    if not _uses(kernels[0], Tile.name):
        return planned(kernels)
    copy = _module(kernels[0]).clone()
    run_passes(make_context(), copy, parse_pipeline("a2a3"))
    return [find_function(copy, kernel.sym_name.data) for kernel in kernels]


def _module(function: func.FuncOp) -> ModuleOp:
    module = function.parent_op()
    assert isinstance(module, ModuleOp)
    return module
