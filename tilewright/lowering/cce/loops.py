"""Loops: `for` and `while`, with the values that they carry."""

from __future__ import annotations

from collections.abc import Sequence

from xdsl.dialects import scf
from xdsl.ir import BlockArgument, Operation, SSAValue

from tilewright.lowering.cce.carried import assign, declare_carried, hand_on, write_block
from tilewright.lowering.cce.expressions import Expression, Literal, Name, Unary, text
from tilewright.lowering.cce.memrefs import declare_windows, pointer
from tilewright.lowering.cce.scope import Handlers, Scope, constant
from tilewright.lowering.cce.types import buffer_type, scalar
from tilewright.lowering.cce.writer import Writer
from tilewright.lowering.refusals import refuse, refuse_carried


def _for(scope: Scope, op: scf.ForOp) -> None:
    """A loop; what it carries are variables that are declared before it."""
    body = op.body.block
    carried = [
        declare_carried(scope, argument, op, pointer(scope, initial))
        for argument, initial in zip(body.args[1:], op.iter_args, strict=True)
    ]
    variable = scope.declare(body.args[0], "i")
    type_ = scalar(body.args[0].type, op)
    start, stop = text(scope.read(op.lb)), text(scope.read(op.ub))
    step = scope.read(op.step)
    advance = f"++{variable}" if step == Literal(1) else f"{variable} += {text(step)}"
    scope.writer.line(f"for ({type_} {variable} = {start}; {variable} < {stop}; {advance}) {{", op)
    hand_on(scope, body, carried, op)
    scope.writer.line("}")
    for result, name in zip(op.results, carried, strict=True):
        scope.spell(result, Name(name))
    declare_windows(scope, op.results, op)


def _while(scope: Scope, op: scf.WhileOp) -> None:
    """A loop that tests between its two regions; a test that is one expression moves into the head."""
    before, after = op.before_region.block, op.after_region.block
    condition = before.last_op
    if not isinstance(condition, scf.ConditionOp):
        refuse(op, "C++")
    for value in condition.args:
        if buffer_type(value.type, op) is not None:
            refuse_carried(op, value)
    carried = [
        declare_carried(scope, argument, op, pointer(scope, initial))
        for argument, initial in zip(before.args, op.arguments, strict=True)
    ]
    outer, scope.writer = scope.writer, Writer()
    write_block(scope, before, op)
    computed, scope.writer = scope.writer.text.splitlines(), outer

    leaving = _results(scope, op, condition, carried)
    test = scope.read(condition.condition)
    in_head = not computed and not leaving
    scope.writer.line(f"while ({text(test) if in_head else 'true'}) {{", op)
    for line in computed:
        scope.writer.line(line)
    if not in_head:
        _leave(scope, test, leaving, condition)
    with scope.writer.indented():
        for argument, value in zip(after.args, condition.args, strict=True):
            expression = pointer(scope, value)
            if not isinstance(expression, Name | Literal):
                name = scope.declare(argument, "v")
                scope.writer.line(f"{constant(scalar(argument.type, op), name)} = {text(expression)};")
                expression = Name(name)
            scope.spell(argument, expression)
    hand_on(scope, after, carried, op)
    scope.writer.line("}")
    declare_windows(scope, op.res, op)


def _results(
    scope: Scope, op: scf.WhileOp, condition: scf.ConditionOp, carried: Sequence[str]
) -> list[tuple[str, SSAValue]]:
    """Spell the results of a loop; give those that need a variable, with the value it takes."""
    leaving: list[tuple[str, SSAValue]] = []
    for result, value in zip(op.res, condition.args, strict=True):
        if isinstance(value, BlockArgument) and value.owner is op.before_region.block:
            # The variable stands before the loop and keeps the last value.
            scope.spell(result, Name(carried[value.index]))
        elif not op.is_ancestor(value.owner):
            scope.spell(result, pointer(scope, value))
        elif result.first_use is not None:
            leaving.append((declare_carried(scope, result, op), value))
    return leaving


def _leave(scope: Scope, test: Expression, leaving: list[tuple[str, SSAValue]], op: Operation) -> None:
    """Leave the loop unless the test holds."""
    stop = text(Unary("!", test))
    with scope.writer.indented():
        if not leaving:
            scope.writer.line(f"if ({stop}) break;", op)
            return
        scope.writer.line(f"if ({stop}) {{", op)
        with scope.writer.indented():
            assign(scope, [name for name, _ in leaving], [value for _, value in leaving], op)
            scope.writer.line("break;")
        scope.writer.line("}")


def _condition(_scope: Scope, _op: scf.ConditionOp) -> None:
    """The loop around it writes the test."""


HANDLERS: Handlers = {
    scf.ForOp: _for,
    scf.WhileOp: _while,
    scf.ConditionOp: _condition,
}
