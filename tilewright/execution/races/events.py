"""What the race checker says about a program: plain data, no text."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from tilewright.arch.chip import Pipe
from tilewright.execution.instructions import Flag, Instruction


@dataclass(frozen=True, slots=True, eq=False)
class Event:
    """One execution of an instruction.

    Attributes:
        instruction: what is executed.
        core: the position of its core among those of the run.
        number: its position in the stream of the core.
        iterations: name and value of the variable of each loop around it, the outermost first.
    """

    instruction: Instruction
    core: int
    number: int
    iterations: tuple[tuple[str, int], ...]

    @property
    def pipe(self) -> Pipe:
        """The queue that it waits in."""
        return self.instruction.pipe


class Order(StrEnum):
    """What an earlier and a later access to the same bytes are."""

    READ_AFTER_WRITE = "read after write"
    WRITE_AFTER_READ = "write after read"
    WRITE_AFTER_WRITE = "write after write"


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two accesses that nothing orders.

    Attributes:
        earlier, later: in the order of the program.
        order: what they are to each other.
        memory: what holds the bytes.
        start, stop: the range that both lie in.
        awaited: where the pipe of the later one last awaited a flag from the pipe of the earlier one.
    """

    earlier: Event
    later: Event
    order: Order
    memory: tuple[object, ...]
    start: int
    stop: int
    awaited: Event | None


@dataclass(frozen=True, slots=True)
class Lost:
    """A flag that is raised again before it was certainly awaited."""

    flag: Flag
    first: Event
    again: Event


@dataclass(frozen=True, slots=True)
class Stuck:
    """A pipe, or a whole core, that waits for ever for what `waiting` needs."""

    waiting: Event


@dataclass(frozen=True, slots=True)
class Left:
    """A flag that is raised and never awaited."""

    flag: Flag
    raised: Event


@dataclass(frozen=True, slots=True)
class NoSuchFlag:
    """A flag that the chip does not have: its number is too large, or it goes from a pipe to itself."""

    flag: Flag
    used: Event


@dataclass(frozen=True, slots=True)
class AfterFree:
    """A tile of a pipe between cores that is used after its slot was given back."""

    freed: Event
    used: Event


@dataclass(frozen=True, slots=True)
class BeforePop:
    """A slot of a pipe between cores that is read before the first tile comes there."""

    used: Event
    popped: Event


@dataclass(frozen=True, slots=True)
class AddedTwice:
    """Two vector cores that nothing tells apart add the same to the same bytes."""

    first: Event
    again: Event


@dataclass(frozen=True, slots=True)
class Unpopped:
    """A tile that was pushed and never popped."""

    pushed: Event


Finding: TypeAlias = Conflict | Lost | Stuck | Left | NoSuchFlag | AfterFree | BeforePop | AddedTwice | Unpopped
