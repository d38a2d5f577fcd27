"""What the `task` dialect does in the value engine: tasks run at once, where they are submitted, block after block."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from xdsl.interpreter import Interpreter, InterpreterFunctions, PythonValues, impl, register_impls

from tilewright.dialects.diagnostics import fail
from tilewright.dialects.task import (
    ArrayGetOp,
    ArrayOp,
    ArraySetOp,
    BarrierOp,
    BlockCountOp,
    BlockIndexOp,
    BlocksOp,
    DummyOp,
    NoneOp,
    ScopeOp,
    SubblockIndexOp,
    SubmitOp,
)

Launch = Callable[[str, Sequence[object], int], None]
"""Runs a kernel elsewhere: its name, its arguments, how many blocks."""


@dataclass(frozen=True, slots=True)
class TaskValue:
    """The id of a task: its number in the order of submission, from 1; 0 is no task."""

    number: int


@register_impls
class TaskFunctions(InterpreterFunctions):
    """The `task` dialect. In the order of submission a task never waits: all that it may wait for has ended."""

    def __init__(self, launch: Launch | None = None) -> None:
        super().__init__()
        self._launch = launch
        self._submitted = 0
        # The block that runs, and how many there are: code that is started by itself is one block.
        self._block = (0, 1)

    @impl(ScopeOp)
    def run_scope(self, interpreter: Interpreter, op: ScopeOp, args: PythonValues) -> PythonValues:
        return self._run_blocks(op, interpreter, lambda: interpreter.run_ssacfg_region(op.body, (), op.label.data))

    @impl(SubmitOp)
    def run_submit(self, interpreter: Interpreter, op: SubmitOp, args: PythonValues) -> PythonValues:
        arguments = args[: len(op.arguments)]
        if self._launch is not None:
            self._launch(op.kernel_name, arguments, self._count(op, interpreter))
            return self._submit()
        return self._run_blocks(op, interpreter, lambda: interpreter.call_op(op.kernel_name, arguments))

    @impl(DummyOp)
    def run_dummy(self, interpreter: Interpreter, op: DummyOp, args: PythonValues) -> PythonValues:
        return self._submit()

    @impl(BarrierOp)
    def run_barrier(self, interpreter: Interpreter, op: BarrierOp, args: PythonValues) -> PythonValues:
        return ()

    @impl(BlockIndexOp)
    def run_block_index(self, interpreter: Interpreter, op: BlockIndexOp, args: PythonValues) -> PythonValues:
        return (self._block[0],)

    @impl(BlockCountOp)
    def run_block_count(self, interpreter: Interpreter, op: BlockCountOp, args: PythonValues) -> PythonValues:
        return (self._block[1],)

    @impl(SubblockIndexOp)
    def run_subblock_index(self, interpreter: Interpreter, op: SubblockIndexOp, args: PythonValues) -> PythonValues:
        # One core does the work of all vector cores beside a cube core.
        return (0,)

    @impl(NoneOp)
    def run_none(self, interpreter: Interpreter, op: NoneOp, args: PythonValues) -> PythonValues:
        return (TaskValue(0),)

    @impl(ArrayOp)
    def run_array(self, interpreter: Interpreter, op: ArrayOp, args: PythonValues) -> PythonValues:
        (extent,) = args
        if extent < 1:
            fail("TW0665", f"an array of tasks has at least one place, got {extent}", op)
        return ([TaskValue(0)] * extent,)

    @impl(ArrayGetOp)
    def run_array_get(self, interpreter: Interpreter, op: ArrayGetOp, args: PythonValues) -> PythonValues:
        array, index = args
        return (array[_place(op, array, index)],)

    @impl(ArraySetOp)
    def run_array_set(self, interpreter: Interpreter, op: ArraySetOp, args: PythonValues) -> PythonValues:
        task, array, index = args
        array[_place(op, array, index)] = task
        return ()

    def _run_blocks(self, op: BlocksOp, interpreter: Interpreter, run: Callable[[], object]) -> PythonValues:
        count = self._count(op, interpreter)
        around = self._block
        for index in range(count):
            self._block = (index, count)
            run()
        self._block = around
        return self._submit()

    def _count(self, op: BlocksOp, interpreter: Interpreter) -> int:
        count = 1 if op.blocks is None else interpreter.get_values((op.blocks,))[0]
        if count < 1:
            fail("TW0661", f"a task has at least one block, got {count}", op)
        return count

    def _submit(self) -> PythonValues:
        self._submitted += 1
        return (TaskValue(self._submitted),)


def _place(op: ArrayGetOp | ArraySetOp, array: list[TaskValue], index: int) -> int:
    if not 0 <= index < len(array):
        fail("TW0665", f"the array of {len(array)} has no place {index}", op)
    return index
