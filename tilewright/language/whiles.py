"""Translation of loops that end by a condition."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from xdsl.dialects import scf
from xdsl.ir import Block, Operation, Region

from tilewright.language import scalars
from tilewright.language.calls import COND
from tilewright.language.carries import Carried, as_carried, from_carried
from tilewright.language.loop_turns import (
    Carry,
    Turn,
    check_same,
    finish,
    rebound,
    translate_body,
    yielded,
)
from tilewright.language.operands import sequence
from tilewright.language.settling import settled_turn
from tilewright.language.translator import Translator


def while_loop(t: Translator, node: ast.stmt) -> None:
    """`while condition:`; what the body binds anew is carried."""
    assert isinstance(node, ast.While)
    if node.orelse:
        t.fail("TW0602", "a loop of a kernel has no else", node.orelse[0])
    before = t.names.snapshot()
    names = rebound(t, node)
    if not names:
        t.fail("TW0602", "nothing that the condition reads changes in the loop: it would never end", node)
    turn = settled_turn(t, names, node.body)
    after = t.names.snapshot()
    t.names.restore(before)
    test = _test(t, turn.carries, node.test)
    t.names.restore(after)
    finish(t, turn, before, lambda done: _make(test, done), scf.YieldOp)


def explicit_while(t: Translator, node: ast.For, call: ast.Call) -> None:
    """`for (a, b) in pl.while_(init_values=(a0, b0)):` with `pl.cond(...)` as the first statement."""
    given = next((each.value for each in call.keywords if each.arg == "init_values"), None)
    if given is None:
        t.fail("TW0615", "pl.while_ needs init_values=", call)
    values = sequence(t, t.expression(given), "init_values")
    parts: Sequence[ast.expr] = node.target.elts if isinstance(node.target, ast.Tuple) else [node.target]
    names = [part.id for part in parts if isinstance(part, ast.Name)]
    if len(names) != len(values):
        t.fail("TW0615", f"{len(values)} init_values, but {len(names)} names for them", node.target)
    match node.body[0]:
        case ast.Expr(value=ast.Call(func=function, args=[condition])) if t.expression(function) is COND:
            pass
        case _:
            t.fail("TW0615", "the first statement in pl.while_ is pl.cond(condition)", node.body[0])
    before = t.names.snapshot()
    starts: list[Carried] = [as_carried(t, name, value) for name, value in zip(names, values, strict=True)]
    carries = [Carry(name, start, name) for name, start in zip(names, starts, strict=True)]
    test = _test(t, carries, condition)
    *body, last = node.body[1:]
    turn = translate_body(t, carries, body)
    with t.inside(turn.block):
        targets, ends = yielded(t, last, len(carries))
        for carry, target, value in zip(carries, targets, ends, strict=True):
            found = as_carried(t, carry.name, value, carry.start.ssa.type)
            check_same(t, carry.name, carry.start, found)
            turn.yielded.append(found)
            carry.result = target
    finish(t, turn, before, lambda done: _make(test, done), scf.YieldOp)


def _test(t: Translator, carries: Sequence[Carry], condition: ast.expr) -> Block:
    """The block that decides whether another turn follows."""
    block = Block(arg_types=[carry.start.ssa.type for carry in carries])
    with t.inside(block), t.names.branch():
        for carry, argument in zip(carries, block.args, strict=True):
            t.names.bind(carry.name, from_carried(carry.start, argument))
        value = scalars.truth(t, t.expression(condition))
        t.emit(scf.ConditionOp(value, *block.args))
    return block


def _make(test: Block, turn: Turn) -> Operation:
    starts = [carry.start.ssa for carry in turn.carries]
    return scf.WhileOp(starts, [start.type for start in starts], Region(test), Region(turn.block))
