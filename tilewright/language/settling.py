"""What a loop carries is known only once a turn of it was translated: the body is translated until nothing changes."""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence

from xdsl.ir import Block

from tilewright.language.carries import as_carried, is_view, meeting, same_place
from tilewright.language.escapes import visible
from tilewright.language.loop_turns import Carry, Turn, next_value, translate_body
from tilewright.language.translator import Translator
from tilewright.language.values import TensorRef, WindowRef


def settled_turn(
    t: Translator, names: Sequence[str], body: Sequence[ast.stmt], bind: Callable[[Block], None] | None = None
) -> Turn:
    """Translate the body of a loop that carries what it binds anew.

    A tensor is changed in place, so a name of one is carried only if a turn leaves something else in it; if that is a
    tile, the loop starts with what the tensor holds.
    """
    loop = t.attempts.enter(t.place)
    starts = {name: visible(t, name, t.names.get(name)) for name in names}
    before = t.names.snapshot()
    in_memory = {name for name in names if isinstance(starts[name], TensorRef | WindowRef)}
    met = {name: meeting(t, starts[name], loop.met.get(name)) for name in names}

    def enter(block: Block) -> None:
        for name in in_memory - loop.carried:
            start = starts[name]
            if isinstance(start, WindowRef) and start.is_view:
                t.names.bind(name, start.taken_at(block, None))
        if bind is not None:
            bind(block)

    while True:
        in_place = in_memory - loop.carried
        carries = [Carry(name, as_carried(t, name, met[name]), name) for name in names if name not in in_place]
        t.attempts.attempt(loop)
        turn = translate_body(t, carries, body, enter)
        t.attempts.done(loop)
        ends = {name: t.names.get(name) for name in names}
        moved = {name for name in in_place if not same_place(starts[name], ends[name])}
        again = {name: meeting(t, met[name], ends[name]) for name in names}
        if not moved and all(again[name] is met[name] for name in names):
            with t.inside(turn.block):
                turn.yielded = [next_value(t, carry) for carry in carries]
            turn.written = [name for name in in_place if is_view(starts[name])]
            t.attempts.leave(loop)
            return turn
        loop.carried |= moved
        loop.met |= {name: ends[name] for name in names if again[name] is not met[name]}
        met = again
        t.names.restore(before)
