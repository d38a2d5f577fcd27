"""Runs a program of several kernels: its orchestration step by step, each kernel on the engine of one's choice."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import numpy as np
from xdsl.dialects import func
from xdsl.dialects.builtin import ModuleOp

from tilewright.dialects.task import Direction, directions, is_orchestration
from tilewright.execution.arguments import check_arguments
from tilewright.execution.copies import Copies
from tilewright.execution.dtypes import Array, is_array
from tilewright.execution.functions import find_function
from tilewright.execution.runner import Engine, Launch, engine_named, run_function
from tilewright.execution.value_engine import interpret
from tilewright.execution.values import TensorValue

KernelModule = Callable[[str], ModuleOp]
"""Gives the program of one kernel, at a level that the engine can run."""


def run_program(
    module: ModuleOp,
    name: str,
    arguments: Sequence[object],
    engine: str | None = None,
    kernel_module: KernelModule | None = None,
) -> tuple[Array, ...]:
    """Run an entry and the kernels that it submits.

    Args:
        module: a verified program of the `tile` and `task` dialects, its kernels outlined.
        name: the entry.
        arguments: as for `run_function`; outputs are written into the arrays, once all is done.
        engine: one of `Engine`, the value engine by default.
        kernel_module: gives a kernel for the physical and the native engine; by default it is taken out of `module`
            and compiled.

    Returns:
        The tensors that the entry returns.

    Raises:
        DiagnosticError: what the passes and the engine raise; the arrays are then as they were before.
    """
    chosen = Engine.VALUE if engine is None else engine_named(engine)
    function = find_function(module, name)
    kernels = kernel_module or partial(only_kernel, module)
    if chosen is not Engine.VALUE and not is_orchestration(function):
        run_function(kernels(name), name, arguments, chosen)
        return ()
    copies = Copies(function, check_arguments(function, arguments))
    launch = None if chosen is Engine.VALUE else _Launcher(module, chosen, kernels)
    _, results = interpret(module, function, copies.arguments, launch)
    copies.write_back()
    return tuple(result.array for result in results if isinstance(result, TensorValue))


class _Launcher:
    """Runs a kernel that is submitted, on arrays of its own."""

    def __init__(self, module: ModuleOp, engine: Engine, kernels: KernelModule) -> None:
        self._module = module
        self._engine = engine
        self._kernels = kernels

    def __call__(self, name: str, arguments: Sequence[object], blocks: int) -> None:
        """Run `blocks` blocks of a kernel; what it writes is in the tensors afterwards."""
        kernel = find_function(self._module, name)
        given = [value.array if isinstance(value, TensorValue) else value for value in arguments]
        passed = [np.ascontiguousarray(value) if is_array(value) else value for value in given]
        run_function(self._kernels(name), name, passed, self._engine, Launch(blocks=blocks))
        for direction, before, after in zip(directions(kernel), given, passed, strict=True):
            if direction in (Direction.OUT, Direction.INOUT) and is_array(before) and before is not after:
                before[...] = after


def only_kernel(module: ModuleOp, name: str) -> ModuleOp:
    """A module that holds one function of another one, and what that function calls."""
    wanted, found = [name], dict[str, func.FuncOp]()
    while wanted:
        function = find_function(module, wanted.pop())
        if function.sym_name.data not in found:
            found[function.sym_name.data] = function
            wanted += [call.callee.string_value() for call in function.walk() if isinstance(call, func.CallOp)]
    return ModuleOp([function.clone() for function in found.values()])
