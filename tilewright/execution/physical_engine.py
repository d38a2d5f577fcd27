"""The physical engine: executes the instruction stream on bytes at addresses, in program order.

It knows memories, fractal layouts and number formats, and shares no arithmetic with the value
engine, so that each can validate the other. Flags and barriers do nothing here: program order
already is one of the orders that they allow.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import prod
from typing import TypeAlias

import numpy as np
from numpy.lib.stride_tricks import as_strided
from xdsl.dialects import func
from xdsl.ir import Operation

from tilewright.arch.chip import load_chip
from tilewright.dialects.diagnostics import fail
from tilewright.dialects.pto import (
    GmLayout,
    TExtractOp,
    TLoadOp,
    TMatmulAccOp,
    TMatmulOp,
    TMovOp,
    TStoreOp,
)
from tilewright.execution import number_formats
from tilewright.execution.checks import (
    check_bounds,
    check_cube_layout,
    check_factors,
    check_origin,
)
from tilewright.execution.counts import Counts
from tilewright.execution.dtypes import Array, is_array
from tilewright.execution.instructions import Instruction, TileBuffer, Window
from tilewright.execution.memory import Memory, Region
from tilewright.execution.walker import walk


def run_physical(function: func.FuncOp, arguments: Sequence[object]) -> Counts:
    """Run a `pto` function on arrays in global memory, which it writes in place.

    Args:
        function: with addresses on every buffer.
        arguments: a C-contiguous numpy array for each pointer, an integer for each scalar.

    Raises:
        DiagnosticError: what `walk` raises; TW0405 for an instruction without numerics here, TW0408
            when bytes that matter were never written, TW0409 when a buffer leaves its memory,
            TW0410 when a window leaves its array, TW0411 when extents disagree, TW0414 when the
            cube unit does not use a buffer's layout.
    """
    arrays = {position: argument for position, argument in enumerate(arguments) if is_array(argument)}
    core = Core(arrays)
    counts = Counts()
    for instruction in walk(function, arguments):
        core.execute(instruction)
        counts.add(instruction)
    return counts


class Core:
    """One core: its memories, and the global memory that it shares.

    Args:
        arrays: C-contiguous, by the position of the pointer among the function's arguments.
    """

    def __init__(self, arrays: Mapping[int, Array]) -> None:
        self._arrays = {position: array.reshape(-1) for position, array in arrays.items()}
        self._memories = {name: Memory(space) for name, space in load_chip().spaces.items()}

    def execute(self, instruction: Instruction) -> None:
        """Do what one instruction does."""
        if not instruction.writes:
            return  # a flag or a barrier
        run = _NUMERICS.get(type(instruction.op))
        if run is None:
            fail("TW0405", f"{instruction.op.name} has no numerics here yet", instruction.op)
        run(self, instruction)

    def load(self, instruction: Instruction) -> None:
        (window,), (tile,) = instruction.reads, instruction.writes
        assert isinstance(window, Window)
        assert isinstance(tile, TileBuffer)
        source = self._window(window, tile, instruction)
        values = number_formats.to_words(np.ascontiguousarray(source).reshape(tile.valid))
        self._memories[tile.space].write(tile, Region.leading(tile.valid), values, instruction)

    def store(self, instruction: Instruction) -> None:
        (tile,), (window,) = instruction.reads, instruction.writes
        assert isinstance(tile, TileBuffer)
        assert isinstance(window, Window)
        target = self._window(window, tile, instruction)
        words = self._memories[tile.space].read(tile, Region.leading(tile.valid), instruction)
        converted = number_formats.convert(words, str(tile.type.element_type), window.element_type)
        target[...] = converted.view(target.dtype).reshape(target.shape)

    def move(self, instruction: Instruction) -> None:
        """Copy whole fractals from `origin` on, written or not: only their readers mind."""
        (source,), (target,) = instruction.reads, instruction.writes
        assert isinstance(source, TileBuffer)
        assert isinstance(target, TileBuffer)
        row, column = instruction.origin
        rows, columns = _in_whole_boxes(source, target)
        check_origin(source, instruction, rows, columns)
        region = Region(row, column, rows, columns)
        source_memory, target_memory = self._memories[source.space], self._memories[target.space]
        before, after = str(source.type.element_type), str(target.type.element_type)
        if before == after:
            target_memory.copy_from(source_memory, source, region, target, instruction)
            return
        valid = Region.leading(target.valid)
        words = source_memory.read(source, valid, instruction)
        converted = number_formats.convert(words, before, after)
        target_memory.write(target, valid, converted, instruction)

    def multiply(self, instruction: Instruction) -> None:
        left, right = instruction.reads[-2:]
        (target,) = instruction.writes
        assert isinstance(left, TileBuffer)
        assert isinstance(right, TileBuffer)
        assert isinstance(target, TileBuffer)
        for tile in (left, right, target):
            check_cube_layout(tile, instruction)
        check_factors(left, right, instruction)
        a = self._memories[left.space].read(left, Region.leading(left.valid), instruction)
        b = self._memories[right.space].read(right, Region.leading(right.valid), instruction)
        product = number_formats.matmul(a, b, str(left.type.element_type))
        accumulators = self._memories[target.space]
        valid = Region.leading(product.shape)
        if isinstance(instruction.op, TMatmulAccOp):
            words = accumulators.read(target, valid, instruction)
            product = number_formats.accumulate(words, product)
        # The cube unit writes whole fractals; what is beside the product is no value.
        touched = Region.leading(_round_up(product.shape, target))
        if touched != valid:
            accumulators.erase(target, touched, instruction)
        accumulators.write(target, valid, number_formats.to_words(product), instruction)

    def _window(self, window: Window, tile: TileBuffer, instruction: Instruction) -> Array:
        """Give a window of global memory, which has the extents of the tile's valid part.

        Returns:
            A view of the array, of the window's shape; all dimensions but the last count as rows.
        """
        *outer, columns = window.shape
        rows = prod(outer)
        if window.gm_layout is GmLayout.NZ:
            fail(
                "TW0405",
                f"{window.name} has the layout nz, which is not executed yet",
                instruction.op,
            )
        if (rows, columns) != tile.valid:
            fail(
                "TW0411",
                f"the window of {window.name} is {rows}x{columns}, but the valid part of "
                f"{tile.name} is {tile.valid[0]}x{tile.valid[1]}",
                instruction.op,
            )
        array = self._arrays[window.argument]
        check_bounds(window, array, instruction)
        return as_strided(
            array[window.offset :],
            window.shape,
            [stride * array.itemsize for stride in window.strides],
        )


def _in_whole_boxes(source: TileBuffer, target: TileBuffer) -> tuple[int, int]:
    """Give the extents of a move: the target's valid part in whole boxes of both tiles."""
    # Box sides are powers of two, so the larger of two is a multiple of the smaller.
    rows, columns = _round_up(_round_up(target.valid, source), target)
    return min(rows, target.layout.rows), min(columns, target.layout.columns)


def _round_up(extents: Sequence[int], tile: TileBuffer) -> tuple[int, int]:
    rows, columns = extents
    box_rows, box_columns = tile.layout.box_rows, tile.layout.box_columns
    return -(-rows // box_rows) * box_rows, -(-columns // box_columns) * box_columns


_Numerics: TypeAlias = Callable[[Core, Instruction], None]

_NUMERICS: Mapping[type[Operation], _Numerics] = {
    TExtractOp: Core.move,
    TLoadOp: Core.load,
    TMatmulAccOp: Core.multiply,
    TMatmulOp: Core.multiply,
    TMovOp: Core.move,
    TStoreOp: Core.store,
}
