"""Comparison of tiles, whose result is one bit an element, and selection by such bits.

Element [row, column] is bit `column % 8`, counted from the lowest, of byte `column // 8` of that row of the mask.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from tilewright.dialects.diagnostics import fail
from tilewright.dialects.pto.compare import TCmpOp, TCmpSOp, TSelOp, TSelSOp
from tilewright.dialects.pto.instruction_attributes import CmpMode
from tilewright.execution.dtypes import Array
from tilewright.execution.instructions import Instruction, TileBuffer
from tilewright.execution.memory import Region
from tilewright.execution.numerics.arithmetic import quiet
from tilewright.execution.numerics.core import Core, Family
from tilewright.execution.numerics.operands import Operands, element

_REPEAT_BYTES = 256
"""What one vector instruction compares at a time; it writes the bits of all of it."""

_COMPARISONS: Mapping[CmpMode, Callable[[Array, Array], Array]] = {
    CmpMode.EQ: np.equal,
    CmpMode.NE: np.not_equal,
    CmpMode.LT: np.less,
    CmpMode.LE: np.less_equal,
    CmpMode.GT: np.greater,
    CmpMode.GE: np.greater_equal,
}


@quiet
def _compare(core: Core, instruction: Instruction) -> None:
    op = instruction.op
    assert isinstance(op, TCmpOp)
    operands = Operands(core, instruction)
    operands.agree(op.src0, op.src1)
    mode = CmpMode.EQ if op.cmp_mode is None else op.cmp_mode.data
    left, right = operands.read(op.src0), operands.read(op.src1)
    _write_mask(operands, operands.tile(op.dst), _compared(operands, mode, left, right), left.itemsize)


@quiet
def _compare_with_scalar(core: Core, instruction: Instruction) -> None:
    op = instruction.op
    assert isinstance(op, TCmpSOp)
    operands = Operands(core, instruction)
    values = operands.read(op.src)
    number = element(operands.scalar(op.scalar), values.dtype)
    if values.dtype.kind in "iu" and values.itemsize == 2:
        # The library compares 16-bit integers as if their bits were float16.
        values, number = values.view(np.float16), number.view(np.float16)
    _write_mask(operands, operands.tile(op.dst), _compared(operands, op.cmp_mode.data, values, number), values.itemsize)


def _compared(operands: Operands, mode: CmpMode, left: Array, right: Array) -> Array:
    if left.dtype == np.int32 and mode not in (CmpMode.EQ, CmpMode.NE):
        fail(
            "TW0423",
            f"{operands.op.name} asks {mode} of i32, but the chip compares i32 for equality only and would answer eq",
            operands.op,
            help=("convert to f32 with pto.tcvt first, or subtract and compare with a float",),
        )
    return _COMPARISONS[mode](left, right)


def _write_mask(operands: Operands, mask: TileBuffer, bits: Array, item_bytes: int) -> None:
    """Write the bits of valid elements; the rest of the last byte is 0, and the rest of the repeat is nobody's."""
    _check_bytes(operands, mask)
    packed = np.packbits(bits, axis=1, bitorder="little").view(np.uint8)
    rows, columns = packed.shape
    repeats = -(-bits.shape[1] * item_bytes // _REPEAT_BYTES)
    end = repeats * _REPEAT_BYTES // item_bytes // 8
    if columns > mask.layout.columns or rows > mask.layout.rows:
        fail(
            "TW0411",
            f"the mask has {rows} rows of {columns} bytes, which {mask.name}, {mask.layout.rows}x"
            f"{mask.layout.columns}, does not hold",
            operands.op,
        )
    operands.core.erase(mask, Region(0, columns, rows, end - columns))
    operands.core.write(mask, packed)


def _check_bytes(operands: Operands, mask: TileBuffer) -> None:
    if mask.layout.item_bytes != 1:
        fail(
            "TW0421",
            f"{operands.op.name} writes bytes of bits, but {mask.name} has elements of {mask.type.element_type}",
            operands.op,
            help=("use ui8 or i8",),
        )


def _read_mask(operands: Operands, mask: TileBuffer, extents: tuple[int, int]) -> Array:
    rows, columns = extents
    width = -(-columns // (8 * mask.layout.item_bytes))
    if width > mask.layout.columns or rows > mask.layout.rows:
        fail(
            "TW0411",
            f"{mask.name} has {mask.layout.rows} rows of {mask.layout.columns * mask.layout.item_bytes} bytes, "
            f"too few for the bits of {rows}x{columns} elements",
            operands.op,
        )
    words = operands.core.read(mask, Region(0, 0, rows, width))
    packed = np.ascontiguousarray(words).view(np.uint8)
    return np.unpackbits(packed, axis=1, count=columns, bitorder="little").astype(np.bool_)


def _select(core: Core, instruction: Instruction) -> None:
    op = instruction.op
    assert isinstance(op, TSelOp)
    operands = Operands(core, instruction)
    extents = operands.tile(op.dst).valid
    mask = _read_mask(operands, operands.tile(op.mask), extents)
    result = np.where(mask, operands.read(op.src0, extents), operands.read(op.src1, extents))
    operands.spoil(op.tmp)
    operands.write(op.dst, result)


def _select_or_scalar(core: Core, instruction: Instruction) -> None:
    op = instruction.op
    assert isinstance(op, TSelSOp)
    operands = Operands(core, instruction)
    extents = operands.agree(op.dst, op.src)
    mask = _read_mask(operands, operands.tile(op.mask), extents)
    values = operands.read(op.src)
    result = np.where(mask, values, element(operands.scalar(op.scalar), values.dtype))
    operands.spoil(op.tmp)
    operands.write(op.dst, result)


NUMERICS: Family = {
    TCmpOp: _compare,
    TCmpSOp: _compare_with_scalar,
    TSelOp: _select,
    TSelSOp: _select_or_scalar,
}
