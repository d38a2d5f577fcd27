"""The value engine: runs `tile` programs (levels 1 and 2) on numpy arrays, one value at a time.

Where a tile sits and which ring slot holds it make no difference here; only values count.
"""

from __future__ import annotations

from collections.abc import Sequence

from xdsl.dialects import func
from xdsl.dialects.builtin import ModuleOp
from xdsl.interpreter import Interpreter, PythonValues
from xdsl.interpreters.arith import ArithFunctions
from xdsl.interpreters.func import FuncFunctions
from xdsl.interpreters.scf import ScfFunctions
from xdsl.ir import Operation
from xdsl.utils.exceptions import InterpretationError

from tilewright.dialects.diagnostics import DiagnosticError, fail
from tilewright.execution import value_float_scalars
from tilewright.execution.counts import Counts
from tilewright.execution.dtypes import is_array
from tilewright.execution.names import argument_names
from tilewright.execution.value_calls import functions_of
from tilewright.execution.value_functions import tile_functions
from tilewright.execution.value_scalars import RemainingArithFunctions
from tilewright.execution.value_tasks import Launch, TaskFunctions
from tilewright.execution.values import TensorValue

_MISSING = "Could not find interpretation function"
_SCALAR = ("arith.", "scf.")


def run_value(module: ModuleOp, function: func.FuncOp, arguments: Sequence[object]) -> Counts:
    """Run a `tile` function on arrays in global memory, which it writes in place.

    Args:
        module: where callees are looked up.
        function: what to run.
        arguments: a numpy array for each tensor, an integer for each scalar.

    Raises:
        DiagnosticError: at the operation concerned: TW0405 for an operation that the engine does
            not know, TW0406 when undefined elements are read, TW0410 for a window outside of its
            tensor, TW0412 for a scalar operation without a result.
    """
    return interpret(module, function, arguments)[0]


def interpret(
    module: ModuleOp,
    function: func.FuncOp,
    arguments: Sequence[object],
    launch: Launch | None = None,
    tasks: TaskFunctions | None = None,
) -> tuple[Counts, PythonValues]:
    """Run a function as `run_value` does; gives the values that it returns, too.

    Args:
        launch: runs a kernel that is submitted, given its name, its arguments and the number of blocks; None runs it
            as any other function.
        tasks: does what the `task` dialect does instead, and takes no `launch`; None runs tasks at once.
    """
    counts = Counts()
    last_started = _LastStarted()
    interpreter = Interpreter(module, listeners=(last_started,))
    for functions in (
        ArithFunctions(),
        RemainingArithFunctions(),
        FuncFunctions(),
        ScfFunctions(),
        *tile_functions(counts),
        tasks or TaskFunctions(launch),
    ):
        interpreter.register_implementations(functions)
    # xDSL computes these in f64 and does not round.
    interpreter.register_implementations(functions_of(value_float_scalars.FAMILY, counts), override=True)
    values = tuple(
        TensorValue(name, argument) if is_array(argument) else argument
        for name, argument in zip(argument_names(function), arguments, strict=True)
    )
    try:
        return counts, interpreter.call_op(function, values)
    except DiagnosticError as error:
        # A fresh one: xDSL has appended the text of the whole module to this.
        raise DiagnosticError(*error.diagnostics) from None
    except Exception as error:
        _explain(error, last_started.op)
        raise


class _LastStarted(Interpreter.Listener):
    """Remembers the operation that was started last: the innermost one when something fails."""

    op: Operation | None = None

    def will_interpret_op(self, op: Operation, args: PythonValues) -> None:
        self.op = op


def _explain(error: Exception, op: Operation | None) -> None:
    """Raise a diagnostic for an exception of the interpreter that the user's program caused."""
    name = "the program" if op is None else op.name
    match error:
        case InterpretationError() if str(error).startswith(_MISSING):
            fail(
                "TW0405",
                f"{name} cannot be executed at the level of tiles",
                op,
                help=("run a program of the pto dialect on the physical engine",),
            )
        case RecursionError():
            fail("TW0413", f"{name} calls itself", op)
        case AssertionError() | ValueError() | ZeroDivisionError() if name.startswith(_SCALAR):
            fail("TW0412", f"{name} has no value for its operands", op)
        case _:
            pass
