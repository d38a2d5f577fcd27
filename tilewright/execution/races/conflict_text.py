"""What a report says of two accesses that nothing orders."""

from __future__ import annotations

from collections.abc import Mapping

from tilewright.dialects.diagnostics import Diagnostic
from tilewright.execution.races.events import Conflict, Event, Order
from tilewright.execution.races.touches import memory_text
from tilewright.execution.races.words import Words

_CODES: Mapping[Order, str] = {
    Order.READ_AFTER_WRITE: "TW0430",
    Order.WRITE_AFTER_READ: "TW0431",
    Order.WRITE_AFTER_WRITE: "TW0432",
}
_OWN_PIPE = "TW0433"

_DOES: Mapping[Order, tuple[str, str]] = {
    Order.READ_AFTER_WRITE: ("write", "reads"),
    Order.WRITE_AFTER_READ: ("read", "writes"),
    Order.WRITE_AFTER_WRITE: ("write", "writes"),
}


def conflict_report(found: Conflict, words: Words) -> Diagnostic:
    """Say which accesses, to which bytes, in which order they break the program, and what would order them."""
    earlier, later = found.earlier, found.later
    first, second = words.pipe(earlier.pipe, earlier), words.pipe(later.pipe, later)
    does, then = _DOES[found.order]
    own = _is_own_pipe(found)
    bytes_text = f"bytes {found.start} to {found.stop} of {memory_text(found.memory)}"
    ending = "no barrier keeps the two apart" if own else f"nothing makes {second} wait"
    return Diagnostic(
        _OWN_PIPE if own else _CODES[found.order],
        f"{first} may still {does} {bytes_text} by {earlier.instruction.op.name} at {words.line(earlier)} "
        f"while {second} {then} them by {later.instruction.op.name} at {words.line(later)}: {ending}",
        later.instruction.location,
        notes=(
            f"first: {words.event(earlier)}",
            f"then: {words.event(later)}",
            *_awaited(found, words),
            f"an order of events that breaks it:\n{_events(found, words)}",
        ),
        help=(_remedy(found, words),),
    )


def _is_own_pipe(found: Conflict) -> bool:
    return found.earlier.core == found.later.core and found.earlier.pipe is found.later.pipe


def _awaited(found: Conflict, words: Words) -> tuple[str, ...]:
    if found.awaited is None or _is_own_pipe(found):
        return ()
    first, second = words.pipe(found.earlier.pipe), words.pipe(found.later.pipe)
    where = f"{words.line(found.awaited)}{words.iterations(found.awaited)}"
    return (f"the flag from {first} that {second} awaited last, at {where}, was raised before that",)


def _events(found: Conflict, words: Words) -> str:
    earlier, later = found.earlier, found.later
    first, second = words.pipe(earlier.pipe, earlier), words.pipe(later.pipe, later)
    one, other = words.short(earlier), words.short(later)
    steps = {
        Order.READ_AFTER_WRITE: (
            f"{first} starts {one}",
            f"{second} executes {other}, and reads what the bytes held before",
            f"{first} writes the bytes",
        ),
        Order.WRITE_AFTER_READ: (
            f"{first} starts {one}",
            f"{second} executes {other}, and writes the bytes",
            f"{first} reads the new contents in place of the old",
        ),
        Order.WRITE_AFTER_WRITE: (
            f"{first} starts {one}",
            f"{second} executes {other}, and writes the bytes",
            f"{first} writes the bytes, and the new contents are gone",
        ),
    }[found.order]
    return "\n".join(f"{number}. {step}" for number, step in enumerate(steps, 1))


def _remedy(found: Conflict, words: Words) -> str:
    earlier, later = found.earlier, found.later
    first, second = words.pipe(earlier.pipe), words.pipe(later.pipe)
    if _is_own_pipe(found):
        return f"pto.barrier <{later.pipe}> before {words.line(later)}"
    if (divider := words.divider(earlier, later)) is not None:
        return f"let each work on bytes of its own, at an offset that grows with {divider}"
    if earlier.core != later.core:
        return (
            f"a signal from {words.core(earlier)} to {words.core(later)}: pto.sync.set <{earlier.pipe}> after "
            f"{words.line(earlier)}, pto.sync.wait before {words.line(later)}"
        )
    flag = f"a flag from {first} to {second}"
    loop = _carried_by(earlier, later)
    if loop is None:
        return f"{flag}, raised after {words.line(earlier)} and awaited before {words.line(later)}"
    return (
        f"{flag}, raised after {words.line(earlier)} and once before the loop of {loop}, awaited before "
        f"{words.line(later)} and once after the loop"
    )


def _carried_by(earlier: Event, later: Event) -> str | None:
    """The variable of the loop whose iterations the two accesses are apart; None within one iteration.

    Where the earlier access also stands first in the text, a flag in the same iteration orders both.
    """
    one, other = earlier.instruction.location, later.instruction.location
    if one is not None and other is not None and (one.line, one.column) < (other.line, other.column):
        return None
    pairs = zip(earlier.iterations, later.iterations, strict=False)
    return next((name for (name, value), (_, then) in pairs if value != then), None)
