"""Runs one function of a module on numpy arrays, with the engine of one's choice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from xdsl.dialects import func
from xdsl.dialects.builtin import ModuleOp

from tilewright.dialects.diagnostics import did_you_mean, fail
from tilewright.dialects.pto import Pto
from tilewright.execution.arguments import check_arguments
from tilewright.execution.copies import Copies
from tilewright.execution.counts import Counts
from tilewright.execution.physical_engine import run_physical
from tilewright.execution.planning import planned
from tilewright.execution.value_engine import run_value


class Engine(StrEnum):
    """How to run: `tile` programs on values, `pto` programs on bytes."""

    VALUE = "value"
    PHYSICAL = "physical"


@dataclass(frozen=True)
class Report:
    """What ran, how, and how much work it was; the results are in the caller's arrays."""

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
) -> Report:
    """Run a function; it writes its outputs into the arrays that it is given, once it is done.

    Args:
        module: a verified program of the `tile` or of the `pto` dialect. Where buffers have no addresses
            yet, a copy of it is planned and synchronised first, by the pipeline `pto`.
        name: the function; may be None when the module defines just one.
        arguments: one per argument of the function: a numpy array of its element type for a
            `!tile.tensor` (of its shape) or a `!pto.ptr` (contiguous, any shape), an integer for an
            integer or index, a number for a float.
        engine: `value` or `physical`; None chooses by the dialect of the function.

    Raises:
        DiagnosticError: TW0400 when there is no such function or engine, TW0401 to TW0404 for
            arguments that do not fit, TW0417 for arrays that overlap in part, and what the passes and
            the engines raise. The arrays are then as they were before.
    """
    function = find_function(module, name)
    values = check_arguments(function, arguments)
    chosen = _engine(engine, function)
    copies = Copies(function, values)
    if chosen is Engine.PHYSICAL:
        counts = run_physical(planned(module, function), copies.arguments)
    else:
        counts = run_value(module, function, copies.arguments)
    copies.write_back()
    return Report(function.sym_name.data, chosen, counts)


def find_function(module: ModuleOp, name: str | None) -> func.FuncOp:
    """Find the function to run, by its name or because it is the only one.

    Raises:
        DiagnosticError: TW0400 when there is none, or no single one.
    """
    functions = {op.sym_name.data: op for op in module.ops if isinstance(op, func.FuncOp) and not op.is_declaration}
    listing = ", ".join(f"@{known}" for known in functions) or "none"
    if name is None:
        if len(functions) != 1:
            fail(
                "TW0400",
                f"the module defines {len(functions)} functions: which one runs?",
                module,
                help=(f"name one of {listing}",) if functions else (),
            )
        return next(iter(functions.values()))
    if name not in functions:
        fail(
            "TW0400",
            f"the module does not define @{name}",
            module,
            notes=(f"it defines {listing}",),
            help=did_you_mean(name, functions),
        )
    return functions[name]


def _engine(engine: str | None, function: func.FuncOp) -> Engine:
    if engine is None:
        is_physical = any(op.name.startswith(f"{Pto.name}.") for op in function.walk())
        return Engine.PHYSICAL if is_physical else Engine.VALUE
    if engine not in set(Engine):
        fail("TW0400", f"there is no engine '{engine}'", help=did_you_mean(engine, Engine))
    return Engine(engine)
