"""Control flow: functions, calls and returns, and all that branches and loops."""

from __future__ import annotations

from xdsl.dialects import func
from xdsl.dialects.builtin import UnitAttr

from tilewright.lowering.cce import blocks, branches, loops
from tilewright.lowering.cce.carried import variable_type
from tilewright.lowering.cce.expressions import Call, text
from tilewright.lowering.cce.scope import Handlers, Scope, constant
from tilewright.lowering.refusals import refuse


def is_entry(function: func.FuncOp) -> bool:
    """Say whether a function of several is one that the host launches."""
    return any(isinstance(function.attributes.get(name), UnitAttr) for name in ("pto.entry", "hacc.entry"))


def _call(scope: Scope, op: func.CallOp) -> None:
    """The call of a helper function, which returns at most one scalar."""
    arguments = tuple(scope.read(argument) for argument in op.arguments)
    function = op.callee.string_value()
    match tuple(op.res):
        case ():
            scope.call(function, arguments, op)
        case (result,):
            type_ = variable_type(scope, result.type, op)
            name = scope.declare(result, "v")
            call = text(Call(function, arguments))
            scope.writer.line(f"{constant(type_, name)} = {call};", op)
        case _:
            refuse(op, "C++")


def _return(scope: Scope, op: func.ReturnOp) -> None:
    for value in op.arguments:
        scope.writer.line(f"return {text(scope.read(value))};", op)


HANDLERS: Handlers = {
    **blocks.HANDLERS,
    **branches.HANDLERS,
    **loops.HANDLERS,
    func.CallOp: _call,
    func.ReturnOp: _return,
}
"""How control flow is written."""
