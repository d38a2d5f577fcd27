"""Loops, branches, calls and returns."""

from __future__ import annotations

from collections.abc import Sequence

from xdsl.dialects import func, scf
from xdsl.dialects.builtin import UnitAttr
from xdsl.ir import Block, BlockArgument, Operation, OpResult, SSAValue

from tilewright.dialects.pto import TileBufType
from tilewright.lowering.cce.expressions import Call, Expression, Literal, Name, names_in, text
from tilewright.lowering.cce.scope import Handlers, Scope
from tilewright.lowering.cce.types import scalar
from tilewright.lowering.refusals import refuse, refuse_carried


def is_entry(function: func.FuncOp) -> bool:
    """Say whether a function of several is one that the host launches."""
    return any(isinstance(function.attributes.get(name), UnitAttr) for name in ("pto.entry", "hacc.entry"))


def _for(scope: Scope, op: scf.ForOp) -> None:
    """A loop; what it carries are variables that are declared before it."""
    body = op.body.block
    carried = [
        _carried(scope, argument, op, scope.read(initial))
        for argument, initial in zip(body.args[1:], op.iter_args, strict=True)
    ]
    variable = scope.declare(body.args[0], "i")
    type_ = scalar(body.args[0].type, op)
    start, stop = text(scope.read(op.lb)), text(scope.read(op.ub))
    step = scope.read(op.step)
    advance = f"++{variable}" if step == Literal(1) else f"{variable} += {text(step)}"
    scope.writer.line(f"for ({type_} {variable} = {start}; {variable} < {stop}; {advance}) {{", op)
    scope.block(body)
    _assign(scope, carried, _yielded(body), op)
    scope.writer.line("}")
    for result, name in zip(op.results, carried, strict=True):
        scope.spell(result, Name(name))


def _if(scope: Scope, op: scf.IfOp) -> None:
    """A branch; its results are variables that are declared before it and set on both sides."""
    results = [_carried(scope, result, op) for result in op.results]
    scope.writer.line(f"if ({text(scope.read(op.cond))}) {{", op)
    _branch(scope, op.true_region.block, results, op)
    other = op.false_region.first_block
    if other is not None and (results or not isinstance(other.first_op, scf.YieldOp)):
        scope.writer.line("} else {")
        _branch(scope, other, results, op)
    scope.writer.line("}")


def _branch(scope: Scope, block: Block, results: Sequence[str], op: Operation) -> None:
    scope.block(block)
    _assign(scope, results, _yielded(block), op)


def _yield(_scope: Scope, _op: scf.YieldOp) -> None:
    """The operation around it assigns what is yielded."""


def _yielded(block: Block) -> Sequence[SSAValue]:
    return () if block.last_op is None else block.last_op.operands


def _carried(
    scope: Scope,
    value: BlockArgument | OpResult,
    op: Operation,
    initial: Expression | None = None,
) -> str:
    """Declare a variable that several places assign."""
    if isinstance(value.type, TileBufType):
        refuse_carried(op, value)
    type_ = scalar(value.type, op)
    name = scope.declare(value, "v")
    start = "" if initial is None else f" = {text(initial)}"
    scope.writer.line(f"{type_} {name}{start};", op)
    return name


def _assign(scope: Scope, targets: Sequence[str], values: Sequence[SSAValue], op: Operation) -> None:
    """Assign all values as if at once: one that reads an assigned variable is saved before."""
    pairs = [
        (target, scope.read(value), value)
        for target, value in zip(targets, values, strict=True)
        if scope.read(value) != Name(target)
    ]
    with scope.writer.indented():
        assigned: set[str] = set()
        for index, (target, expression, value) in enumerate(pairs):
            if names_in(expression) & assigned:
                saved = scope.names.fresh(f"next_{target}", "next")
                type_ = scalar(value.type, op)
                scope.writer.line(f"const {type_} {saved} = {text(expression)};")
                pairs[index] = (target, Name(saved), value)
            assigned.add(target)
        for target, expression, _ in pairs:
            scope.writer.line(f"{target} = {text(expression)};")


def _call(scope: Scope, op: func.CallOp) -> None:
    """The call of a helper function, which returns at most one scalar."""
    arguments = tuple(scope.read(argument) for argument in op.arguments)
    function = op.callee.string_value()
    match tuple(op.res):
        case ():
            scope.call(function, arguments, op)
        case (result,):
            type_ = scalar(result.type, op)
            name = scope.declare(result, "v")
            call = text(Call(function, arguments))
            scope.writer.line(f"const {type_} {name} = {call};", op)
        case _:
            refuse(op, "C++")


def _return(scope: Scope, op: func.ReturnOp) -> None:
    for value in op.arguments:
        scope.writer.line(f"return {text(scope.read(value))};", op)


HANDLERS: Handlers = {
    scf.ForOp: _for,
    scf.IfOp: _if,
    scf.YieldOp: _yield,
    func.CallOp: _call,
    func.ReturnOp: _return,
}
