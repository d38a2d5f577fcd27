"""Calls of functions, and returns from them."""

from __future__ import annotations

from xdsl.dialects import func
from xdsl.ir import SSAValue

from tilewright.dialects.diagnostics import fail
from tilewright.dialects.names import value_name
from tilewright.lowering.cce.buffer_types import memory_of, variable_type
from tilewright.lowering.cce.expressions import Call, Expression, text
from tilewright.lowering.cce.memrefs import declare_windows, pointer
from tilewright.lowering.cce.scope import Handlers, Scope
from tilewright.lowering.cce.types import buffer_type, tile_alias
from tilewright.lowering.refusals import refuse


def _call(scope: Scope, op: func.CallOp) -> None:
    """The call of a helper function, which returns at most one scalar."""
    function = op.callee.string_value()
    arguments = tuple(_handed_over(scope, argument, function, op) for argument in op.arguments)
    match tuple(op.res):
        case ():
            scope.call(function, arguments, op)
        case (result,):
            scope.define(result, Call(function, arguments), op, type_=variable_type(scope, result, op))
            declare_windows(scope, (result,), op)
        case _:
            refuse(op, "C++")


def _handed_over(scope: Scope, value: SSAValue, function: str, op: func.CallOp) -> Expression:
    """Give an argument of a call; a buffer has to be a variable of the type that the function takes.

    Raises:
        DiagnosticError: TW0336 for a part with gaps.
    """
    taken = buffer_type(value.type, op)
    if taken is not None and (type_ := memory_of(value, op)) != taken:
        fail(
            "TW0336",
            f"{value_name(value)} is a {tile_alias(type_)}, but '{function}' takes a {tile_alias(taken)}",
            op,
            help=("hand over the whole buffer and cut the part in the function",),
        )
    return pointer(scope, value)


def _return(scope: Scope, op: func.ReturnOp) -> None:
    for value in op.arguments:
        scope.writer.line(f"return {text(pointer(scope, value))};", op)


HANDLERS: Handlers = {
    func.CallOp: _call,
    func.ReturnOp: _return,
}
