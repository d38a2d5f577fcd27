"""What a simulated core consists of: the queues of its pipes, its flags, and what it knows of each operation."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from enum import IntEnum, auto
from typing import TypeAlias

from xdsl.dialects.builtin import DYNAMIC_INDEX
from xdsl.ir import Operation

from tilewright.arch.chip import Pipe
from tilewright.dialects.diagnostics import SourceLocation, location_of
from tilewright.dialects.pto.pipe_ends import FreeOp, PushOp
from tilewright.execution.instructions import Instruction, Operand, TileBuffer
from tilewright.timing.costs import Cost, orders
from tilewright.timing.passages import Passage


class Kind(IntEnum):
    """What an instruction does to the queues."""

    WORK = auto()
    SET_FLAG = auto()
    WAIT_FLAG = auto()
    BARRIER = auto()
    BARRIER_OF_ALL = auto()
    AWAIT_TILE = auto()
    PUSH = auto()
    POP = auto()
    FREE = auto()
    SET_SIGNAL = auto()
    WAIT_SIGNAL = auto()


@dataclass(slots=True)
class Cell:
    """The cost of an instruction, and how often it was paid."""

    cycles: int
    start_cycles: int
    path: str
    size_bytes: int
    constant: str
    pipe: Pipe
    count: int = 0

    @classmethod
    def of(cls, cost: Cost, pipe: Pipe) -> Cell:
        """The cost of an instruction of a pipe, which nobody has paid yet."""
        return cls(cost.cycles, cost.start_cycles, cost.path, cost.size_bytes, cost.constant, pipe)


@dataclass(slots=True, eq=False)
class Queue:
    """The queue of one pipe.

    Attributes:
        pipe: the pipe.
        ready: cycle from which it may execute what stands next.
        free: cycle in which it ended what it executed last.
        reason: what `ready` comes from where it is later than `free`.
        starts: whether the next instruction is the first of a vector stream.
        busy: cycles in which it executed.
        start_cycles: those of them that were paid as the first of a vector stream.
        used: whether it executed anything.
        waiting: what stands in it, when its head waits for something that is not there yet, with the cycle in which
            each was issued; None when it goes on.
    """

    pipe: Pipe
    ready: int = 0
    free: int = 0
    reason: str = ""
    starts: bool = True
    busy: int = 0
    start_cycles: int = 0
    used: bool = False
    waiting: deque[tuple[Unit, Instruction, int]] | None = None


@dataclass(slots=True, eq=False)
class Tokens:
    """A flag.

    Attributes:
        reason: what an instruction says that waited for it.
        times: the cycles in which it was raised and not yet awaited, the earliest first.
        sleeper: the queue that waits for it.
    """

    reason: str
    times: deque[int] = field(default_factory=deque[int])
    sleeper: Queue | None = None


FlagKey: TypeAlias = tuple[Pipe, Pipe, int]
"""A flag is known by both of its pipes and its number."""


@dataclass(slots=True, eq=False)
class Unit:
    """What a core knows of one operation.

    Attributes:
        op: the operation.
        kind: what it does.
        queue: where it waits.
        cell: its cost, when that is the same each time.
        cells: its costs, by the valid parts of its tiles.
        flags: its flags, by their number.
        reason: what an instruction on a pipe between cores says that waited.
        passage: where it finds the tiles of its pipe between cores.
        then: what the scalar unit issues once it has awaited a tile or a slot.
    """

    op: Operation
    kind: Kind
    queue: Queue
    cell: Cell | None = None
    cells: dict[tuple[tuple[int, int], ...], Cell] = field(default_factory=dict[tuple[tuple[int, int], ...], Cell])
    flags: dict[int, Tokens] = field(default_factory=dict[int, Tokens])
    reason: str = ""
    passage: Passage | None = None
    then: Unit | None = None

    @property
    def location(self) -> SourceLocation | None:
        """Where the operation stands in the user's text."""
        return location_of(self.op)


def kind_of(instruction: Instruction) -> Kind:
    """What an instruction does to the queues."""
    if (flag := instruction.flag) is not None:
        return Kind.SET_FLAG if flag.is_set else Kind.WAIT_FLAG
    if (signal := instruction.signal) is not None:
        return Kind.SET_SIGNAL if signal.is_set else Kind.WAIT_SIGNAL
    if instruction.channel is not None:
        if isinstance(instruction.op, PushOp):
            return Kind.PUSH
        return Kind.FREE if isinstance(instruction.op, FreeOp) else Kind.POP
    if orders(instruction):
        return Kind.BARRIER_OF_ALL if instruction.pipe is Pipe.ALL else Kind.BARRIER
    return Kind.WORK


def has_one_cost(instruction: Instruction) -> bool:
    """Whether the types of its tiles say all that the cost depends on."""
    tiles = _tiles((*instruction.reads, *instruction.writes))
    return bool(tiles) and not any(DYNAMIC_INDEX in tile.type.valid_extents for tile in tiles)


def valid_parts(instruction: Instruction) -> tuple[tuple[int, int], ...]:
    """The valid parts of its tiles, which its cost depends on besides their types."""
    return tuple([tile.valid for tile in _tiles((*instruction.reads, *instruction.writes))])


def _tiles(operands: tuple[Operand, ...]) -> list[TileBuffer]:
    return [operand for operand in operands if isinstance(operand, TileBuffer)]
