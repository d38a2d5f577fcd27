"""Does a program still compute the same? Runs it before and after each pass on the same inputs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from xdsl.dialects import func
from xdsl.dialects.builtin import ModuleOp

from tilewright.dialects.diagnostics import Diagnostic, DiagnosticError, collect_diagnostics
from tilewright.dialects.pto import PtrType
from tilewright.dialects.task import is_kernel, is_orchestration
from tilewright.execution.dtypes import Array, is_array
from tilewright.execution.functions import find_function
from tilewright.execution.inputs import Inputs, inputs_for
from tilewright.execution.planning import planned
from tilewright.execution.programs import run_program
from tilewright.execution.runner import Engine, run_function
from tilewright.execution.separate_buffers import with_separate_buffers

ULPS = 64
"""Floating-point results may differ by this many units in the last place of the largest value of their array: a pass
may add up the same products in another order. Inputs whose sums are exact have to agree exactly."""


@dataclass(frozen=True)
class Difference:
    """One result that a pass has changed.

    Attributes:
        function: which function.
        inputs: on which inputs.
        argument: the position of the array.
        index: the first element that differs, of `count`.
        before, after: its values.
    """

    function: str
    inputs: Inputs
    argument: int
    index: tuple[int, ...]
    count: int
    before: object
    after: object

    def __str__(self) -> str:
        place = ", ".join(map(str, self.index))
        return (
            f"@{self.function} on {self.inputs.name}: element [{place}] of argument {self.argument} was "
            f"{self.before} and is {self.after}; {self.count} elements differ"
        )


_Expected = tuple[str, Inputs, Sequence[object]]
"""A function, what it is run on, and its arguments afterwards."""


@dataclass
class Validator:
    """The results of a module as it was read.

    Where no buffer has an address, each has memory of its own, as far as that fits: no pass has a say in the results.

    Attributes:
        unknown: why a function was not run, by its name; one that another calls runs with that.
    """

    module: ModuleOp
    runs: int = 3
    unknown: dict[str, Diagnostic] = field(default_factory=dict[str, Diagnostic])
    _expected: list[_Expected] = field(default_factory=list["_Expected"])

    def __post_init__(self) -> None:
        self._reference = with_separate_buffers(self.module) or self.module
        calls = (op for op in self.module.walk() if isinstance(op, func.CallOp))
        self._called = {call.callee.string_value() for call in calls}
        for function in self._reference.ops:
            if isinstance(function, func.FuncOp) and not function.is_declaration:
                self._expect(function)

    @property
    def functions(self) -> list[str]:
        """The functions that can be compared."""
        return list(dict.fromkeys(name for name, _, _ in self._expected))

    def differences(self, module: ModuleOp) -> Iterator[Difference]:
        """What a changed module computes otherwise than the one that was read.

        Raises:
            DiagnosticError: the changed module does not run.
        """
        runnable = _with_addresses(module)
        for name, inputs, expected in self._expected:
            actual = _run(runnable, name, inputs)
            found = _first_difference(name, inputs, expected, actual)
            if found is not None:
                yield found

    def _expect(self, function: func.FuncOp) -> None:
        name = function.sym_name.data
        try:
            for inputs in inputs_for(function, self.runs):
                self._expected.append((name, inputs, _run(self._reference, name, inputs)))
        except DiagnosticError as error:
            if name not in self._called:
                self.unknown[name] = error.diagnostics[0]


def _with_addresses(module: ModuleOp) -> ModuleOp:
    """A module that runs as it is: planned once for all runs."""
    functions = [op for op in module.ops if isinstance(op, func.FuncOp) and not op.is_declaration]
    if not functions:
        return module
    with collect_diagnostics(lambda _remark: None):
        found = planned(functions)[0].parent_op()
    assert isinstance(found, ModuleOp)
    return found


def _run(module: ModuleOp, name: str, inputs: Inputs) -> Sequence[object]:
    arguments = inputs.copies()
    with collect_diagnostics(lambda _remark: None):
        if is_orchestration(find_function(module, name)):
            run_program(module, name, arguments, Engine.PHYSICAL if _has_buffers(module) else Engine.VALUE)
        else:
            run_function(module, name, arguments)
    return arguments


def _has_buffers(module: ModuleOp) -> bool:
    """Whether kernels are lowered; the function that submits them stays as it is."""
    kernels = (op for op in module.ops if isinstance(op, func.FuncOp) and is_kernel(op))
    return any(isinstance(argument.type, PtrType) for kernel in kernels for argument in kernel.args)


def _first_difference(
    name: str, inputs: Inputs, expected: Sequence[object], actual: Sequence[object]
) -> Difference | None:
    for position, (before, after) in enumerate(zip(expected, actual, strict=True)):
        if not is_array(before) or not is_array(after):
            continue
        wrong = _differs(before, after, exact=inputs.exact)
        if wrong.any():
            index = tuple(int(each) for each in np.argwhere(wrong)[0])
            return Difference(name, inputs, position, index, int(wrong.sum()), before[index], after[index])
    return None


def _differs(before: Array, after: Array, *, exact: bool) -> Array:
    """Where two results are not the same, NaN being the same as NaN."""
    if before.dtype.kind in "iub":
        return before != after
    wide, other = before.astype(np.float64), after.astype(np.float64)
    same = (wide == other) | (np.isnan(wide) & np.isnan(other))
    if exact:
        return ~same
    finite = wide[np.isfinite(wide)]
    largest = float(np.abs(finite).max()) if finite.size else 0.0
    unit = {2: 2.0**-8, 4: 2.0**-23}.get(before.dtype.itemsize, 2.0**-52) * largest
    with np.errstate(invalid="ignore"):
        return ~(same | (np.abs(wide - other) <= ULPS * unit))
