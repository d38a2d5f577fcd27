"""Sequences, triangles, and padding."""

from __future__ import annotations

import numpy as np

from tilewright.dialects.diagnostics import fail
from tilewright.dialects.pto.fill import (
    FillPadOp,
    TCIOp,
    TFillPadExpandOp,
    TFillPadInplaceOp,
    TFillPadOp,
    TTriOp,
)
from tilewright.execution.instructions import Instruction
from tilewright.execution.memory import Region
from tilewright.execution.numerics.core import Core, Family, Numerics
from tilewright.execution.numerics.operands import Operands, dtype_of, element
from tilewright.execution.numerics.padding import padding

_BLOCK_BYTES = 32


def _sequence(core: Core, instruction: Instruction) -> None:
    """Count up or down from `start` in the first row; it wraps around."""
    op = instruction.op
    assert isinstance(op, TCIOp)
    operands = Operands(core, instruction)
    tile = operands.tile(op.dst)
    steps = np.arange(tile.valid[1], dtype=np.int64)
    start = int(element(operands.integer(op.start), dtype_of(tile)))
    values = start - steps if op.descending.value.data else start + steps
    operands.write(op.dst, values.astype(dtype_of(tile))[np.newaxis])


def _triangle(core: Core, instruction: Instruction) -> None:
    """Ones up to and including the diagonal (lower), or from it on (upper); zeros elsewhere."""
    op = instruction.op
    assert isinstance(op, TTriOp)
    operands = Operands(core, instruction)
    tile = operands.tile(op.dst)
    rows, columns = tile.valid
    diagonal = np.arange(rows)[:, np.newaxis] + operands.integer(op.diagonal)
    column = np.arange(columns)[np.newaxis, :]
    inside = column >= diagonal if op.upper_or_lower.value.data else column <= diagonal
    operands.write(op.dst, inside.astype(dtype_of(tile)))


def _padded(*, in_place: bool) -> Numerics:
    """Copy rows, then fill to the right up to the end of the buffer, then below down to the last valid row.

    Where both types say the same `pad`, the block of 32 bytes in which the data ends keeps what the source has there:
    a load has padded it already.
    """

    def run(core: Core, instruction: Instruction) -> None:
        op = instruction.op
        assert isinstance(op, FillPadOp)
        operands = Operands(core, instruction)
        source, target = operands.tile(op.src), operands.tile(op.dst)
        rows, columns = source.valid
        width = target.layout.columns
        if rows > target.valid[0] or columns > width:
            operands.disagree(source, target)
        if in_place and source.address != target.address:
            fail(
                "TW0425",
                f"{op.name} fills in place, but {source.name} starts at byte {source.address} and {target.name} at "
                f"byte {target.address}",
                op,
                help=("use pto.tfillpad, which copies",),
            )
        core.read(source)
        if not in_place:
            core.copy(source, Region(0, 0, rows, min(source.layout.columns, width)), target)
        block = _BLOCK_BYTES // target.layout.item_bytes
        start = columns if source.type.pad != target.type.pad else min(-(-columns // block) * block, width)
        for region in (
            Region(0, start, rows, width - start),
            Region(rows, 0, target.valid[0] - rows, width),
        ):
            core.write(target, padding(target, region), region)

    return run


NUMERICS: Family = {
    TCIOp: _sequence,
    TFillPadExpandOp: _padded(in_place=False),
    TFillPadInplaceOp: _padded(in_place=True),
    TFillPadOp: _padded(in_place=False),
    TTriOp: _triangle,
}
