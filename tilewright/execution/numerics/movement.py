"""Movements between global memory and tiles, and from tile to tile."""

from __future__ import annotations

import numpy as np

from tilewright.dialects.diagnostics import fail
from tilewright.dialects.pto import TExtractOp, TLoadOp, TMovOp, TStoreOp
from tilewright.dialects.pto.modes import AtomicType
from tilewright.dialects.pto.movement import TPrefetchOp
from tilewright.dialects.pto.scaled_moves import TStoreFpOp
from tilewright.dialects.spaces import Space
from tilewright.execution.checks import check_origin
from tilewright.execution.instructions import Instruction, TileBuffer, Window
from tilewright.execution.memory import Region
from tilewright.execution.numerics import out_of_acc
from tilewright.execution.numerics.core import Core, Family
from tilewright.execution.numerics.padding import padded_region, padding
from tilewright.execution.numerics.windows import matrix

_ADDABLE = ("i8", "i16", "i32", "f16", "bf16", "f32")
"""What global memory adds to."""


def _load(core: Core, instruction: Instruction) -> None:
    """Load into the valid part. Only `pad` of the tile's type fills; the library takes no keywords of the load."""
    (window,), (tile,) = instruction.reads, instruction.writes
    assert isinstance(window, Window)
    assert isinstance(tile, TileBuffer)
    source = matrix(core, window, tile, instruction)
    core.write(tile, np.ascontiguousarray(source).reshape(tile.valid))
    region = padded_region(tile)
    if region is not None:
        core.write(tile, padding(tile, region), region)


def _prefetch(core: Core, instruction: Instruction) -> None:
    """Touch a window; the tile was scratch memory, in the order that suited the library."""
    (window,), (tile,) = instruction.reads, instruction.writes
    assert isinstance(window, Window)
    assert isinstance(tile, TileBuffer)
    core.window(window)
    core.erase(tile, Region.leading(tile.type.extents))


def _store(core: Core, instruction: Instruction) -> None:
    tile, (window,) = instruction.reads[0], instruction.writes
    assert isinstance(tile, TileBuffer)
    assert isinstance(window, Window)
    op = instruction.op
    target = matrix(core, window, tile, instruction)
    if tile.space is Space.ACC:
        values = out_of_acc.converted(core, instruction, Region.leading(tile.valid), window.element_type)
    else:
        values = core.read(tile).view(target.dtype)
    values = values.reshape(target.shape)
    if isinstance(op, TStoreOp) and op.atomic.data is AtomicType.ADD:
        if window.element_type not in _ADDABLE:
            fail(
                "TW0405",
                f"{op.name} does not add elements of {window.element_type} to global memory",
                op,
                help=(f"add elements of {', '.join(_ADDABLE)}",),
            )
        with np.errstate(over="ignore", invalid="ignore"):
            values = target + values
    target[...] = values


def _move(core: Core, instruction: Instruction) -> None:
    """Copy whole fractals from `origin` on, written or not: only their readers mind."""
    source, (target,) = instruction.reads[0], instruction.writes
    assert isinstance(source, TileBuffer)
    assert isinstance(target, TileBuffer)
    if source.space is Space.ACC:
        out_of_acc.move(core, instruction)
        return
    row, column = instruction.origin
    rows, columns = _in_whole_boxes(source, target)
    check_origin(source, instruction, rows, columns)
    before, after = (str(tile.type.element_type) for tile in (source, target))
    if before.lstrip("us") == after.lstrip("us"):
        core.copy(source, Region(row, column, rows, columns), target)
    elif (before, after, target.space) == ("f16", "f32", Space.BIAS):
        core.write(target, core.read(source, Region.leading(target.valid)).astype(np.float32))
    else:
        fail(
            "TW0405",
            f"{instruction.op.name} does not convert {before} to {after} from {source.space} to {target.space}",
            instruction.op,
            help=("move elements as they are",),
        )


def _in_whole_boxes(source: TileBuffer, target: TileBuffer) -> tuple[int, int]:
    """Give the extents of a move: the target's valid part in whole boxes of both tiles."""
    # Box sides are powers of two, so the larger of two is a multiple of the smaller.
    rows, columns = target.layout.in_boxes(source.layout.in_boxes(target.valid))
    return min(rows, target.layout.rows), min(columns, target.layout.columns)


NUMERICS: Family = {
    TExtractOp: _move,
    TLoadOp: _load,
    TMovOp: _move,
    TPrefetchOp: _prefetch,
    TStoreFpOp: _store,
    TStoreOp: _store,
}
