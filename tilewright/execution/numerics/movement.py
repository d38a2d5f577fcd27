"""Movements between global memory and tiles, and from tile to tile."""

from __future__ import annotations

from math import prod

import numpy as np

from tilewright.dialects.diagnostics import fail
from tilewright.dialects.pto import GmLayout, TExtractOp, TLoadOp, TMovOp, TStoreOp
from tilewright.execution import number_formats
from tilewright.execution.checks import check_origin
from tilewright.execution.dtypes import DTYPES, Array
from tilewright.execution.instructions import Instruction, TileBuffer, Window
from tilewright.execution.memory import Region
from tilewright.execution.numerics.core import Core, Family


def _load(core: Core, instruction: Instruction) -> None:
    (window,), (tile,) = instruction.reads, instruction.writes
    assert isinstance(window, Window)
    assert isinstance(tile, TileBuffer)
    source = _view(core, window, tile, instruction)
    core.write(tile, np.ascontiguousarray(source).reshape(tile.valid))


def _store(core: Core, instruction: Instruction) -> None:
    (tile,), (window,) = instruction.reads, instruction.writes
    assert isinstance(tile, TileBuffer)
    assert isinstance(window, Window)
    target = _view(core, window, tile, instruction)
    converted = _converted(core.read(tile), str(tile.type.element_type), window.element_type)
    target[...] = converted.reshape(target.shape)


def _move(core: Core, instruction: Instruction) -> None:
    """Copy whole fractals from `origin` on, written or not: only their readers mind."""
    (source,), (target,) = instruction.reads, instruction.writes
    assert isinstance(source, TileBuffer)
    assert isinstance(target, TileBuffer)
    row, column = instruction.origin
    rows, columns = _in_whole_boxes(source, target)
    check_origin(source, instruction, rows, columns)
    before, after = str(source.type.element_type), str(target.type.element_type)
    if before == after:
        core.copy(source, Region(row, column, rows, columns), target)
        return
    values = core.read(source, Region.leading(target.valid))
    core.write(target, _converted(values, before, after))


def _converted(values: Array, before: str, after: str) -> Array:
    return number_formats.convert(number_formats.to_words(values), before, after).view(DTYPES[after])


def _view(core: Core, window: Window, tile: TileBuffer, instruction: Instruction) -> Array:
    """Give a window of global memory, which has the extents of the tile's valid part.

    Returns:
        A view of the array, of the window's shape; all dimensions but the last count as rows.
    """
    *outer, columns = window.shape
    rows = prod(outer)
    if window.gm_layout is GmLayout.NZ:
        fail("TW0405", f"{window.name} has the layout nz, which is not executed yet", instruction.op)
    if (rows, columns) != tile.valid:
        fail(
            "TW0411",
            f"the window of {window.name} is {rows}x{columns}, but the valid part of "
            f"{tile.name} is {tile.valid[0]}x{tile.valid[1]}",
            instruction.op,
        )
    return core.window(window)


def _in_whole_boxes(source: TileBuffer, target: TileBuffer) -> tuple[int, int]:
    """Give the extents of a move: the target's valid part in whole boxes of both tiles."""
    # Box sides are powers of two, so the larger of two is a multiple of the smaller.
    rows, columns = target.layout.in_boxes(source.layout.in_boxes(target.valid))
    return min(rows, target.layout.rows), min(columns, target.layout.columns)


NUMERICS: Family = {
    TExtractOp: _move,
    TLoadOp: _load,
    TMovOp: _move,
    TStoreOp: _store,
}
