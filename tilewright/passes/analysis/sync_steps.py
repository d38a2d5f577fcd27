"""The words of `sync_proof`: what the pipes of a program do, step by step. Plain numbers, no IR.

A site is an instruction, or the wait for a flag; each has a bit in a number that says what is known. A site of a ring
has a bit for each slot. Slots count from the one that the current iteration starts with, so that an iteration looks
like the one before: the bits turn from one to the next.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce


@dataclass(frozen=True, slots=True)
class Wheel:
    """Sites of rings that turn together: `sites` bits from `first` on for slot 0, then those for slot 1, ..."""

    first: int
    sites: int
    slots: int
    messages: tuple[int, ...] = ()
    """Signals whose flags turn with it."""

    def turned(self, known: int, by: int) -> int:
        """What is known, counted from the slot that is `by` slots on."""
        low, high = self.sites * by, self.sites * (self.slots - by)
        every = (1 << self.sites * self.slots) - 1
        part = known >> self.first & every
        return known & ~(every << self.first) | ((part >> low | part << high) & every) << self.first


Turn = tuple[tuple[int, ...], ...]
"""What may happen to the wheels: for each possibility, by how many slots each of them turns."""


@dataclass(frozen=True, slots=True)
class Work:
    """An instruction of a pipe: it must come after the sites `needs`, and happens at the sites `own`."""

    pipe: int
    needs: int
    own: int


@dataclass(frozen=True, slots=True)
class Raise:
    """A pipe raises the flag of a signal for a slot, or for one that is not known; `needs` are the waits before it."""

    signal: int
    pipe: int
    slot: int | None
    needs: int


@dataclass(frozen=True, slots=True)
class Await:
    """A pipe awaits the flag of a signal, which happens at the sites `own`."""

    signal: int
    pipe: int
    slot: int | None
    own: int


@dataclass(frozen=True, slots=True)
class Settle:
    """A barrier: of one pipe, or of all where that is None. `unit` is what can be left out, None if it has to stay."""

    unit: int | None
    pipe: int | None


@dataclass(frozen=True, slots=True)
class Branch:
    """One of several programs happens."""

    arms: tuple[Steps, ...]


@dataclass(frozen=True, slots=True)
class Loop:
    """A program happens any number of times, and the wheels turn: before the first, after each, behind the last.

    `past` pairs a site with one that stands for what happened at it in earlier iterations: before the first, nothing.
    """

    body: Steps
    enter: Turn
    turn: Turn
    leave: Turn
    past: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class While:
    """`before` happens, then `after` and `before` again any number of times."""

    before: Steps
    after: Steps


Step = Work | Raise | Await | Settle | Branch | Loop | While
Steps = tuple[Step, ...]


@dataclass(frozen=True)
class Script:
    """A program, and what its numbers mean.

    Attributes:
        parts: programs that each begin with nothing known but the first.
        pipes: the sites of each pipe.
        slots: of each signal, how many flags it has.
        wheels: what turns.
    """

    parts: tuple[Steps, ...]
    pipes: tuple[int, ...]
    slots: tuple[int, ...]
    wheels: tuple[Wheel, ...]

    @property
    def everything(self) -> int:
        """All sites."""
        return reduce(lambda one, other: one | other, self.pipes, 0)
