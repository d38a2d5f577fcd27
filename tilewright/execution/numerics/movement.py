"""Movements between global memory and tiles, and from tile to tile."""

from __future__ import annotations

import numpy as np

from tilewright.dialects.pto import TExtractOp, TLoadOp, TMovOp, TStoreOp
from tilewright.execution import number_formats
from tilewright.execution.checks import check_origin
from tilewright.execution.dtypes import DTYPES, Array
from tilewright.execution.instructions import Instruction, TileBuffer, Window
from tilewright.execution.memory import Region
from tilewright.execution.numerics.core import Core, Family
from tilewright.execution.numerics.windows import matrix


def _load(core: Core, instruction: Instruction) -> None:
    (window,), (tile,) = instruction.reads, instruction.writes
    assert isinstance(window, Window)
    assert isinstance(tile, TileBuffer)
    source = matrix(core, window, tile, instruction)
    core.write(tile, np.ascontiguousarray(source).reshape(tile.valid))


def _store(core: Core, instruction: Instruction) -> None:
    (tile,), (window,) = instruction.reads, instruction.writes
    assert isinstance(tile, TileBuffer)
    assert isinstance(window, Window)
    target = matrix(core, window, tile, instruction)
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
