"""Movements out of an accumulator: through the FIX pipe, which scales, rounds and cuts."""

from __future__ import annotations

import numpy as np

from tilewright.dialects.diagnostics import fail
from tilewright.dialects.pto import TMovOp, TStoreOp
from tilewright.dialects.pto.modes import ReluPreMode
from tilewright.dialects.pto.scaled_moves import TMovFpOp
from tilewright.dialects.pto.tile_windows import TExtractFpOp, TInsertFpOp, TInsertOp
from tilewright.dialects.spaces import Space
from tilewright.execution.dtypes import Array
from tilewright.execution.instructions import Instruction, TileBuffer
from tilewright.execution.memory import Region
from tilewright.execution.numerics import fixpipe
from tilewright.execution.numerics.core import Core, Family

_WORD = (1 << 64) - 1


def converted(core: Core, instruction: Instruction, region: Region, after: str) -> Array:
    """Read a rectangle of the accumulator that an instruction moves, and convert it on its way out.

    Args:
        core: which holds the accumulator.
        instruction: whose first source is the accumulator, and whose second is a row of scales if there is one.
        region: of the accumulator.
        after: MLIR name of the element type that it becomes.

    Raises:
        DiagnosticError: TW0405 for types that the FIX pipe does not convert so.
    """
    op = instruction.op
    source = instruction.reads[0]
    assert isinstance(source, TileBuffer)
    if source.space is not Space.ACC:
        # Only the target A5 has inserts that do not start in Acc.
        fail("TW0405", f"{op.name} moves data out of acc on this chip, not out of {source.space}", op)
    pair = (str(source.type.element_type).removeprefix("s"), after.removeprefix("s"))
    cuts = isinstance(op, TMovOp | TStoreOp) and op.relu.data is not ReluPreMode.NONE
    values = core.read(source, region)
    if len(instruction.reads) > 1:
        # An extract starts at its column in the row of scales, too.
        words = _words(core, instruction, region.column, region.columns)
        result = fixpipe.scaled(values, pair, words, by_column=True, cut=cuts)
        how = "with a scale for each column"
    elif isinstance(op, TMovOp | TStoreOp) and op.scale is not None:
        word = np.array([int(instruction.scalars[-1]) & _WORD], np.uint64)
        result = fixpipe.scaled(values, pair, word, by_column=False, cut=cuts)
        how = "with one scale"
    else:
        result = fixpipe.plain(values, pair, cut=cuts)
        how = "without a scale"
    if result is None:
        fail(
            "TW0405",
            f"{op.name}: the FIX pipe does not convert {pair[0]} to {pair[1]} {how}",
            op,
            help=(
                "without a scale it gives f32, f16 or bf16 of f32, and i32 of i32; scaled elements are 8-bit or f16",
            ),
        )
    return result


def _words(core: Core, instruction: Instruction, first: int, count: int) -> fixpipe.Words:
    scales = instruction.reads[1]
    assert isinstance(scales, TileBuffer)
    op = instruction.op
    if scales.layout.item_bytes != 8:
        fail(
            "TW0405",
            f"{op.name} takes scales of 64 bits, not {scales.type.element_type}",
            op,
            help=("write the scales as ui64",),
        )
    return core.read(scales, Region(0, first, 1, count)).view(np.uint64)[0]


def move(core: Core, instruction: Instruction) -> None:
    """Move the valid part of an accumulator to the start of a tile."""
    source, target = _tiles(instruction)
    _put(core, instruction, Region.leading(source.valid), target, (0, 0))


def _extract(core: Core, instruction: Instruction) -> None:
    source, target = _tiles(instruction)
    _check_part(source, instruction, target.valid)
    _put(core, instruction, Region(*instruction.origin, *target.valid), target, (0, 0))


def _insert(core: Core, instruction: Instruction) -> None:
    source, target = _tiles(instruction)
    _check_part(target, instruction, source.valid)
    _put(core, instruction, Region.leading(source.valid), target, instruction.origin)


def _put(core: Core, instruction: Instruction, region: Region, target: TileBuffer, origin: tuple[int, int]) -> None:
    """Write whole fractals; what is beside the region is no value."""
    source, _ = _tiles(instruction)
    row, column = origin
    values = converted(core, instruction, region, str(target.type.element_type))
    # All rows of the accumulator go, written or not; columns go in whole blocks. The tile may end before.
    _, columns = target.layout.in_boxes((region.rows, region.columns))
    core.erase(target, Region(row, column, source.layout.rows - region.row, columns))
    core.write(target, values, Region(row, column, region.rows, region.columns))


def _tiles(instruction: Instruction) -> tuple[TileBuffer, TileBuffer]:
    source, target = instruction.reads[0], instruction.writes[0]
    assert isinstance(source, TileBuffer)
    assert isinstance(target, TileBuffer)
    return source, target


def _check_part(whole: TileBuffer, instruction: Instruction, extents: tuple[int, int]) -> None:
    """A part lies within a tile, and starts at one of its blocks of columns."""
    op, block = instruction.op, whole.layout.box_columns
    if instruction.origin[1] % block:
        fail(
            "TW0411",
            f"{op.name} starts at column {instruction.origin[1]} of {whole.name}, which is not a multiple of {block}",
            op,
        )
    for axis, (start, extent) in enumerate(zip(instruction.origin, extents, strict=True)):
        limit = whole.type.extents[axis]
        if not 0 <= start <= limit - extent:
            fail(
                "TW0411",
                f"{op.name} reaches elements {start} to {start + extent} of dimension {axis} of {whole.name}, "
                f"which has {limit}",
                op,
            )


NUMERICS: Family = {
    TExtractFpOp: _extract,
    TInsertFpOp: _insert,
    TInsertOp: _insert,
    TMovFpOp: move,
}
