"""The physical engine: executes the instruction stream on bytes at addresses, in program order.

It knows memories, fractal layouts and number formats, and shares no arithmetic with the value
engine, so that each can validate the other. Flags and barriers do nothing here: program order
already is one of the orders that they allow.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.lib.stride_tricks import as_strided
from xdsl.dialects import func

from tilewright.arch.chip import load_chip
from tilewright.dialects.diagnostics import fail
from tilewright.dialects.pto import KernelKind
from tilewright.execution.checks import check_bounds
from tilewright.execution.counts import Counts
from tilewright.execution.dtypes import DTYPES, Array, DType, is_array
from tilewright.execution.frames import STEP_LIMIT, Place
from tilewright.execution.instructions import Instruction, TileBuffer, Window
from tilewright.execution.memory import Memory, Region
from tilewright.execution.numerics import NUMERICS
from tilewright.execution.walker import walk


def run_physical(
    function: func.FuncOp,
    arguments: Sequence[object],
    *,
    place: Place | None = None,
    core: KernelKind | None = None,
    limit: int = STEP_LIMIT,
) -> Counts:
    """Run a `pto` function on arrays in global memory, which it writes in place.

    Args:
        function: with addresses on every buffer.
        arguments: a C-contiguous numpy array for each pointer, a number for each scalar.
        place, core, limit: see `walk`.

    Raises:
        DiagnosticError: what `walk` raises; TW0405 for an instruction without numerics here, TW0408
            when bytes that matter were never written, TW0409 when a buffer leaves its memory,
            TW0410 when a window leaves its array, TW0411 when extents disagree, TW0414 when the
            cube unit does not use a buffer's layout.
    """
    arrays = {position: argument for position, argument in enumerate(arguments) if is_array(argument)}
    where = place or Place()
    memories = Core(arrays, where.subblock)
    counts = Counts()
    walked = walk(function, arguments, reader=memories.scalar, place=where, core=core, limit=limit)
    for instruction in walked:
        memories.execute(instruction)
        counts.add(instruction)
    return counts


class Core:
    """One core: its memories, and the global memory that it shares.

    Args:
        arrays: C-contiguous, by the position of the pointer among the function's arguments.
        subblock: number of a vector core beside its cube core.
    """

    def __init__(self, arrays: Mapping[int, Array], subblock: int) -> None:
        self.subblock = subblock
        self._arrays = {position: array.ravel() for position, array in arrays.items()}
        self._memories = {name: Memory(space) for name, space in load_chip().spaces.items()}
        self._instruction: Instruction | None = None

    def execute(self, instruction: Instruction) -> None:
        """Do what one instruction does."""
        if not instruction.writes and instruction.channel is None:
            return  # a flag, a barrier, or a scalar that is read on its own
        run = NUMERICS.get(type(instruction.op))
        if run is None:
            fail("TW0405", f"{instruction.op.name} has no numerics here yet", instruction.op)
        self._instruction = instruction
        run(self, instruction)

    def scalar(self, instruction: Instruction) -> int | float:
        """Give the element that an instruction reads, which is its one source: a `Reader` of `walk`."""
        self._instruction = instruction
        (source,) = instruction.reads
        values = self.read(source) if isinstance(source, TileBuffer) else self.window(source)
        return values.ravel()[0].item()

    def read(self, tile: TileBuffer, region: Region | None = None) -> Array:
        """Read elements whose contents matter; see `numerics.core.Core`."""
        region = Region.leading(tile.valid) if region is None else region
        words = self._memories[tile.space].read(tile, region, self._current)
        return words.view(self._dtype(str(tile.type.element_type)))

    def write(self, tile: TileBuffer, values: Array, region: Region | None = None) -> None:
        """Write elements; see `numerics.core.Core`."""
        region = Region.leading(values.shape) if region is None else region
        words = np.ascontiguousarray(values).view(f"u{values.itemsize}")
        self._memories[tile.space].write(tile, region, words, self._current)

    def erase(self, tile: TileBuffer, region: Region) -> None:
        """Make elements unwritten; see `numerics.core.Core`."""
        self._memories[tile.space].erase(tile, region, self._current)

    def copy(self, source: TileBuffer, region: Region, target: TileBuffer) -> None:
        """Copy a rectangle, written or not; see `numerics.core.Core`."""
        self._memories[target.space].copy_from(self._memories[source.space], source, region, target, self._current)

    def window(self, window: Window) -> Array:
        """Give a window of global memory; see `numerics.core.Core`."""
        array = self._arrays[window.argument]
        check_bounds(window, array, self._current)
        strides = [stride * array.itemsize for stride in window.strides]
        return as_strided(array[window.offset :], window.shape, strides)

    def _dtype(self, element_type: str) -> DType:
        found = DTYPES.get(element_type)
        if found is None:
            op = self._current.op
            fail("TW0405", f"{op.name} works on elements of {element_type}, which this chip does not compute with", op)
        return found

    @property
    def _current(self) -> Instruction:
        assert self._instruction is not None
        return self._instruction
