"""Runs a function that submits tasks, but not their code: gives every task with its arguments and what it waits for.

Loops are unrolled, branches taken, numbers computed as they would be on the chip. What a kernel would have written is
not there: a function that reads it to decide what to submit is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from xdsl.dialects import func, scf
from xdsl.dialects.builtin import ModuleOp
from xdsl.interpreter import Interpreter, PythonValues, impl, register_impls
from xdsl.ir import Operation, SSAValue

from tilewright.dialects.task import BarrierOp, Direction, DummyOp, ScopeOp, SubmitOp, TaskOp, directions
from tilewright.dialects.tile import PipelineOp
from tilewright.execution.arguments import check_arguments
from tilewright.execution.value_engine import interpret
from tilewright.execution.value_tasks import TaskFunctions, TaskValue
from tilewright.execution.values import TensorValue
from tilewright.passes.analysis.index_forms import Form, Forms
from tilewright.passes.analysis.tensor_accesses import Access, accesses
from tilewright.timing.regions import SharedArrays, Touch, Window, place, window_in


@dataclass(frozen=True, eq=False)
class Submission:
    """A task that was submitted.

    Attributes:
        number: from 0, in the order of submission.
        kernel: name of the kernel or of the scope; empty for a task without code.
        op: the operation that submits it.
        arguments: of the kernel: a `TensorValue` for each tensor, a number for each scalar; none for a scope.
        blocks: how many blocks it has.
        after: the numbers of the tasks that it waits for, whether the program names them or they share memory.
    """

    number: int
    kernel: str
    op: TaskOp
    arguments: Sequence[object]
    blocks: int
    after: Sequence[int]


def record(module: ModuleOp, function: func.FuncOp, arguments: Sequence[object]) -> Sequence[Submission]:
    """List the tasks that a run of a function submits.

    A task waits for those that it names, for those before a barrier, and for those that touch the same elements of an
    array, where one of the two writes; which elements, its code and its arguments say.

    Args:
        module: where kernels are looked up.
        function: what submits; a verified program of the `tile` and `task` dialects.
        arguments: as for `run_function`; only what the function itself writes changes.

    Raises:
        DiagnosticError: TW0401 to TW0404 for arguments that do not fit, TW0405 for an operation that no function that
            submits tasks may have, TW0406 for a value that a kernel would have computed, and what else stops it.
    """
    recorder = _Recorder()
    interpret(module, function, check_arguments(function, arguments), tasks=recorder)
    return recorder.submissions


@dataclass(frozen=True)
class _Code:
    """What a task runs.

    Attributes:
        kernel, arguments, blocks: see `Submission`.
        accesses: to what it gets from outside.
        value_of: gives the values that it gets from outside; None for others.
    """

    kernel: str
    arguments: Sequence[object]
    blocks: int
    accesses: Sequence[Access]
    value_of: Callable[[SSAValue], object]


@register_impls
class _Recorder(TaskFunctions):
    """The `task` dialect: a task that is submitted is written down, and does nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.submissions: list[Submission] = []
        self._arrays = SharedArrays()
        self._kernels: dict[tuple[Operation, int], Sequence[Access]] = {}
        # What the next task waits for after a barrier, and what was submitted since that one.
        self._before_barrier: list[int] = []
        self._since_barrier: list[int] = []

    @impl(ScopeOp)
    def run_scope(self, interpreter: Interpreter, op: ScopeOp, args: PythonValues) -> PythonValues:
        blocks = self._count(op, interpreter)

        def value_of(value: SSAValue) -> object:
            return None if op.is_ancestor(value.owner) else interpreter.get_values((value,))[0]

        code = _Code(op.label.data, (), blocks, accesses(op.body, Forms(op.body, blocks)), value_of)
        return self._add(op, interpreter, code)

    @impl(SubmitOp)
    def run_submit(self, interpreter: Interpreter, op: SubmitOp, args: PythonValues) -> PythonValues:
        blocks, kernel = self._count(op, interpreter), op.kernel
        assert kernel is not None
        arguments = args[: len(op.arguments)]
        names: Sequence[SSAValue] = kernel.args if kernel.body.blocks else op.arguments
        given: Mapping[SSAValue, object] = dict(zip(names, arguments, strict=True))
        found = self._accesses(kernel, blocks) if kernel.body.blocks else _declared(kernel, op)
        return self._add(op, interpreter, _Code(op.kernel_name, arguments, blocks, found, given.get))

    @impl(DummyOp)
    def run_dummy(self, interpreter: Interpreter, op: DummyOp, args: PythonValues) -> PythonValues:
        return self._add(op, interpreter, _Code("", (), 1, (), lambda _: None))

    @impl(BarrierOp)
    def run_barrier(self, interpreter: Interpreter, op: BarrierOp, args: PythonValues) -> PythonValues:
        awaited = {before for task in self._since_barrier for before in self.submissions[task].after}
        self._before_barrier = [task for task in self._since_barrier if task not in awaited] or self._before_barrier
        self._since_barrier = []
        return ()

    def _accesses(self, kernel: func.FuncOp, blocks: int) -> Sequence[Access]:
        key = (kernel, blocks)
        if key not in self._kernels:
            self._kernels[key] = accesses(kernel.body, Forms(kernel.body, blocks))
        return self._kernels[key]

    def _add(self, op: TaskOp, interpreter: Interpreter, code: _Code) -> PythonValues:
        number = len(self.submissions)
        after = dict.fromkeys([*self._before_barrier, *_named(interpreter.get_values(op.dependencies))])
        around = tuple(_loops(op, interpreter))[::-1]
        for access in code.accesses:
            value = code.value_of(access.tensor)
            if not isinstance(value, TensorValue):
                continue  # a tensor of the code's own
            root, offsets = place(value.array)
            window = window_in(offsets, value.array.shape, _window(access, code.value_of))
            touch = Touch(number, window, access.direction.writes, around)
            after.update(dict.fromkeys(self._arrays.touch(root, touch, waits=not op.is_manual)))
        self.submissions.append(Submission(number, code.kernel, op, code.arguments, code.blocks, sorted(after)))
        self._since_barrier.append(number)
        return self._submit()


def _named(values: PythonValues) -> Iterator[int]:
    """The numbers of the tasks in ids and arrays of ids."""
    for value in values:
        match value:
            case TaskValue(number=number) if number:
                yield number - 1
            case [*places]:
                yield from _named(tuple(places))
            case _:
                pass


def _declared(kernel: func.FuncOp, op: SubmitOp) -> Sequence[Access]:
    """What a kernel without a body does, as far as its declaration says: without a direction, everything."""
    return tuple(
        Access(argument, direction or Direction.INOUT, None)
        for argument, direction in zip(op.arguments, directions(kernel), strict=True)
    )


def _window(access: Access, value_of: Callable[[SSAValue], object]) -> Window:
    if access.box is None:
        return None
    return tuple(_side(start, size, value_of) for start, size in access.box)


def _side(start: Form, size: int, value_of: Callable[[SSAValue], object]) -> tuple[int, int]:
    known = 0
    for symbol, factor in start.terms.items():
        value = value_of(symbol)
        assert isinstance(value, int)
        known += factor * value
    return known + start.low, known + start.high + size


def _loops(op: Operation, interpreter: Interpreter) -> Iterator[tuple[Operation, object]]:
    """The counting loops around an op, from the inside out."""
    parent = op.parent_op()
    while parent is not None:
        if isinstance(parent, scf.ForOp | PipelineOp):
            yield parent, interpreter.get_values((parent.body.block.args[0],))[0]
        parent = parent.parent_op()
