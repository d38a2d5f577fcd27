"""The instruction stream of a `pto` function: plain data.

Numerics, race checking and timing are consumers of this one stream. A walk makes some of these objects for every
instruction, and a frozen dataclass costs five times what a plain one does: what is made that often has `Final` fields
instead, which type checking keeps from being assigned, and is as hashable as a frozen one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TypeAlias

from xdsl.ir import Operation

from tilewright.arch.chip import Pipe
from tilewright.dialects.diagnostics import SourceLocation, location_of
from tilewright.dialects.pto import GmLayout, TileBufType
from tilewright.dialects.pto.pipe_ends import Direction
from tilewright.dialects.spaces import Space
from tilewright.execution.layouts import TileLayout


@dataclass(slots=True, unsafe_hash=True)
class TileBuffer:
    """A tile buffer at its place.

    Attributes:
        name: what the user calls it.
        space: the memory.
        address: byte offset of the buffer in its space.
        size_bytes: what the buffer is charged; the row steps of Acc may exceed `layout.size_bytes`.
        type: as written.
        layout: where its elements lie, derived from `type`.
        valid: rows and columns that hold data.
    """

    name: Final[str]
    space: Final[Space]
    address: Final[int]
    size_bytes: Final[int]
    type: Final[TileBufType]
    layout: Final[TileLayout]
    valid: Final[tuple[int, int]]


@dataclass(slots=True, unsafe_hash=True)
class Window:
    """A part of one tensor in global memory; all extents are in elements.

    Attributes:
        argument: position of the pointer among the arguments of the walked function.
        name: what the user calls that argument.
        element_type: MLIR name of the element type.
        offset: of the first element from the pointer.
        shape, strides: one entry a dimension.
        gm_layout: how the tensor lies in global memory.
    """

    argument: Final[int]
    name: Final[str]
    element_type: Final[str]
    offset: Final[int]
    shape: Final[tuple[int, ...]]
    strides: Final[tuple[int, ...]]
    gm_layout: Final[GmLayout]


@dataclass(slots=True, unsafe_hash=True)
class Pointer:
    """An argument of the walked function that points into global memory, and a distance from there in elements."""

    argument: Final[int]
    name: Final[str]
    element_type: Final[str]
    offset: Final[int] = 0


@dataclass(frozen=True, slots=True)
class Flag:
    """A flag between two pipes that is raised (`is_set`) or awaited."""

    is_set: bool
    source: Pipe
    target: Pipe
    event: int


@dataclass(slots=True, unsafe_hash=True)
class Channel:
    """The place that a tile takes in a pipe between the cube core and its vector cores.

    Attributes:
        pipe: what both ends of one pipe have in common, and no other pipe has.
        flag: the first signal that the pipe uses.
        direction: which way the tile goes: TO_VECTOR or TO_CUBE.
        index: how many tiles this end has handed over, taken or given back in this direction before.
        slots, slot_bytes: number and size of the slots in global memory, `index % slots` is the tile's.
        local_slots: number of slots in the memory of the core that takes the tiles.
        split: 0 for whole tiles, 1 when the vector cores share its rows, 2 when they share its columns.
        memory: all slots in global memory; None for a pipe without a stop there.
    """

    pipe: Final[str]
    flag: Final[int]
    direction: Final[Direction]
    index: Final[int]
    slots: Final[int]
    slot_bytes: Final[int]
    local_slots: Final[int]
    split: Final[int]
    memory: Final[Window | None]

    @property
    def slot(self) -> int:
        """The slot in global memory."""
        return self.index % self.slots

    @property
    def period(self) -> int:
        """How many slots are given back at once, as the library does it (SyncPeriod of TPush.hpp)."""
        return self.slots if self.slots <= 2 else self.slots // 2


@dataclass(frozen=True, slots=True)
class Signal:
    """A signal between cores that is set (`is_set`) or awaited.

    Attributes:
        number: of the signal.
        mode: who takes part: 0 all cores of a kind, 1 the vector cores of a cube core, 2 a cube core and its vector
            cores.
    """

    is_set: bool
    number: int
    mode: int


Operand: TypeAlias = TileBuffer | Window


@dataclass(slots=True, unsafe_hash=True)
class Instruction:
    """One executed instruction, flag or barrier, with everything that was symbolic resolved.

    Attributes:
        op: the operation that it is an execution of.
        pipe: the queue that it waits in; for a flag, the pipe that raises or awaits it.
        reads: sources in the order of the operation.
        writes: destinations in the order of the operation.
        origin: row and column where a `textract` starts in its source, or a `tinsert` in its destination.
        scalars: values of the operands that are no memory, in the order of the operation.
        flag: set for `set_flag`, `wait_flag`, their dynamic forms, and events between kinds of instructions.
        channel: set for instructions on a pipe between cores.
        signal: set for `sync.set` and `sync.wait`.
    """

    op: Final[Operation]
    pipe: Final[Pipe]
    reads: Final[tuple[Operand, ...]] = ()
    writes: Final[tuple[Operand, ...]] = ()
    origin: Final[tuple[int, int]] = (0, 0)
    scalars: Final[tuple[int | float, ...]] = ()
    flag: Final[Flag | None] = None
    channel: Final[Channel | None] = None
    signal: Final[Signal | None] = None

    @property
    def location(self) -> SourceLocation | None:
        """Where the operation stands in the user's text."""
        return location_of(self.op)
