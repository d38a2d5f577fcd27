"""What is known about the loops of a body that is translated more than once."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Settled:
    """What was found out about a loop, and about the loops in it, in order.

    The same loops come in the same order when the body around them is translated once more, and begin with what was
    found before: without that, the time would grow with a power of the depth.

    Attributes:
        place: of the loop, to know it again.
        carried: names of tensors that a turn leaves something else in.
        met: names whose start took the form that the end of a turn has.
    """

    place: object
    carried: set[str] = field(default_factory=set[str])
    met: dict[str, object] = field(default_factory=dict[str, object])
    inner: list[Settled] = field(default_factory=list["Settled"])


class Attempts:
    """The loops around the current point, each with what was found before and what is found now."""

    def __init__(self) -> None:
        self._known: list[list[Settled]] = [[]]
        self._found: list[list[Settled]] = [[]]

    def enter(self, place: object) -> Settled:
        """Begin with a loop: what is known about it."""
        known, position = self._known[-1], len(self._found[-1])
        if position < len(known) and known[position].place == place:
            return known[position]
        return Settled(place)

    def attempt(self, loop: Settled) -> None:
        """Translate the body once."""
        self._known.append(loop.inner)
        self._found.append([])

    def done(self, loop: Settled) -> None:
        """The body was translated."""
        self._known.pop()
        loop.inner = self._found.pop()

    def leave(self, loop: Settled) -> None:
        """Nothing changes any more."""
        self._found[-1].append(loop)
