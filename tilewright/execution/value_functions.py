"""What the operations of the `tile` dialect compute, as implementations for xDSL's interpreter."""

from __future__ import annotations

from collections.abc import Iterable

from xdsl.interpreter import (
    Interpreter,
    InterpreterFunctions,
    PythonValues,
    ReturnedValues,
    TerminatorValue,
    impl,
    impl_terminator,
    register_impls,
)

from tilewright.dialects.diagnostics import fail
from tilewright.dialects.tile import PipelineOp, YieldOp
from tilewright.execution import (
    value_elementwise,
    value_generation,
    value_matmul,
    value_movement,
    value_rearranging,
    value_reductions,
    value_shaping,
    value_tensors,
)
from tilewright.execution.counts import Counts
from tilewright.execution.value_calls import functions_of

_FAMILIES = (
    value_elementwise.FAMILY,
    value_generation.FAMILY,
    value_matmul.FAMILY,
    value_movement.FAMILY,
    value_rearranging.FAMILY,
    value_reductions.FAMILY,
    value_shaping.FAMILY,
    value_tensors.FAMILY,
)


def tile_functions(counts: Counts) -> Iterable[InterpreterFunctions]:
    """The `tile` dialect on numpy arrays.

    Args:
        counts: where the work is counted.
    """
    yield PipelineFunctions()
    for family in _FAMILIES:
        yield functions_of(family, counts)


@register_impls
class PipelineFunctions(InterpreterFunctions):
    """The loop of the dialect; how far its loads run ahead makes no difference to values."""

    @impl(PipelineOp)
    def run_pipeline(self, interpreter: Interpreter, op: PipelineOp, args: PythonValues) -> PythonValues:
        lower, upper, step, *initial = args
        carried = tuple(initial)
        if step < 1:
            fail("TW0412", f"the step of a pipeline is positive, got {step}", op)
        for iteration in range(lower, upper, step):
            carried = interpreter.run_ssacfg_region(op.body, (iteration, *carried), "pipeline")
        return carried

    @impl_terminator(YieldOp)
    def run_yield(
        self, interpreter: Interpreter, op: YieldOp, args: PythonValues
    ) -> tuple[TerminatorValue, PythonValues]:
        return ReturnedValues(args), ()
