"""One turn of a loop: which names it hands to the next, its body, and what names stand for after the loop."""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from xdsl.ir import Block, Operation

from tilewright.language.bindings import Unreadable
from tilewright.language.carries import Carried, as_carried, can_be_carried, from_carried, meeting
from tilewright.language.escapes import visible
from tilewright.language.liveness import assigned_names
from tilewright.language.translator import Translator
from tilewright.language.values import WindowRef, describe


@dataclass
class Carry:
    """One value that goes from turn to turn.

    Attributes:
        name: what the body calls it.
        start: its value before the first turn.
        result: what the code after the loop calls it.
    """

    name: str
    start: Carried
    result: str


@dataclass
class Turn:
    """The body of a loop, translated once: its block, what it carries, and the next values of that.

    Attributes:
        written: names of slices that the body writes to: after the loop they hold something else.
    """

    block: Block
    carries: list[Carry]
    yielded: list[Carried] = field(default_factory=list[Carried])
    written: list[str] = field(default_factory=list[str])


def rebound(t: Translator, node: ast.For | ast.While) -> list[str]:
    """Names that have a value before the loop, change in it, and are needed in the next turn or after the loop."""
    needed = t.live.after[node] | t.live.turn[node]
    target = assigned_names([node.target]) if isinstance(node, ast.For) else []
    return [
        name
        for name in assigned_names(node.body)
        if name in needed and name not in target and name in t.names and can_be_carried(t.names.get(name))
    ]


def translate_body(
    t: Translator, carries: list[Carry], body: Sequence[ast.stmt], bind: Callable[[Block], None] | None = None
) -> Turn:
    """Translate the body of a loop, up to its next values."""
    turn = Turn(Block(arg_types=[carry.start.ssa.type for carry in carries]), carries)
    with t.inside(turn.block):
        for carry, argument in zip(carries, tuple(turn.block.args), strict=True):
            argument.name_hint = carry.name
            t.names.bind(carry.name, from_carried(carry.start, argument))
        if bind is not None:
            bind(turn.block)
        t.statements(body)
        if t.has_returned:
            t.fail("TW0602", "return cannot stand in a loop")
    return turn


def next_value(t: Translator, carry: Carry) -> Carried:
    """The value of a carry at the end of a turn."""
    value = visible(t, carry.name, t.names.get(carry.name))
    if isinstance(value, Unreadable):
        t.fail(value.code, value.message.format(name=carry.name), None, value.help)
    found = as_carried(t, carry.name, meeting(t, value, carry.start), carry.start.ssa.type)
    check_same(t, carry.name, carry.start, found)
    return found


def check_same(t: Translator, name: str, before: Carried, after: Carried) -> None:
    """Raise unless a carried value keeps its type.

    Raises:
        DiagnosticError: TW0614.
    """
    if before.ssa.type != after.ssa.type:
        t.fail(
            "TW0614",
            f"'{name}' is {describe(before)} before the loop, but {describe(after)} after a turn of it",
            help=("what a loop carries keeps its shape and element type; give the new value another name",),
        )


def yielded(t: Translator, last: ast.stmt, count: int) -> tuple[list[str], list[object]]:
    """The names and values of the `pl.yield_` that ends an explicit loop."""
    from tilewright.language.calls import is_yield, positional

    match last:
        case ast.Assign(targets=[target], value=ast.Call() as call) if is_yield(t, call):
            parts = target.elts if isinstance(target, ast.Tuple) else [target]
            names = [part.id for part in parts if isinstance(part, ast.Name)]
        case ast.Expr(value=ast.Call() as call) if is_yield(t, call):
            names = []
        case _:
            t.fail("TW0615", "a loop with init_values ends with `names = pl.yield_(values)`", last)
    values = positional(t, call)
    if len(values) != count or (names and len(names) != count):
        t.fail("TW0615", f"the loop carries {count} values, pl.yield_ has {len(values)}", last)
    return names or [f"_{position}" for position in range(count)], values


def finish(
    t: Translator,
    turn: Turn,
    before: dict[str, object],
    make: Callable[[Turn], Operation],
    end: Callable[..., Operation],
) -> None:
    """Close the body, add the loop, and let names stand for what they are after it."""
    with t.inside(turn.block):
        t.emit(end(*(value.ssa for value in turn.yielded)))
    after = t.names.snapshot()
    t.names.restore(before)
    loop = t.emit(make(turn))
    t.names.forget(
        [name for name in after if name not in before],
        Unreadable(
            "TW0604",
            "'{name}' is assigned in a loop only, and has no value if the loop runs zero times",
            ("assign it before the loop",),
        ),
    )
    for name in turn.written:
        window = t.names.get(name)
        assert isinstance(window, WindowRef)
        t.names.bind(name, window.taken_at(t.block, t.block.last_op))
    for carry, result in zip(turn.carries, loop.results, strict=True):
        result.name_hint = carry.result
        t.names.bind(carry.result, from_carried(carry.start, result))
