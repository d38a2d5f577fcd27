"""Which bytes of which memory an operand of an instruction is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from tilewright.arch.chip import element_bits
from tilewright.dialects.pto import TStoreOp
from tilewright.dialects.pto.modes import AtomicType
from tilewright.dialects.pto.pipe_ends import PopOp, PushOp
from tilewright.dialects.spaces import Space
from tilewright.execution.instructions import Channel, Instruction, Operand, TileBuffer, Window
from tilewright.execution.layouts import TileLayout
from tilewright.execution.races.regions import Region, region

_GLOBAL = "gm"

_BLOCK_BYTES = 32
"""The unit of vector and transfer instructions on the chip: what fills up the last block of a row is touched, too."""


@dataclass(frozen=True, slots=True)
class Touch:
    """One access of an instruction: which memory, which bytes, whether it writes, and whether it only adds to them."""

    memory: tuple[object, ...]
    region: Region
    writes: bool
    adds: bool = False


def touches_of(instruction: Instruction, core: int, subblock: int = 0) -> Iterator[Touch]:
    """Give the accesses of an instruction that a core executes; `subblock` says which vector core of a block it is.

    What moves an empty tile touches nothing, however large the window or the slot at the other end is.
    """
    if _moves_nothing(instruction):
        return
    for operand in instruction.reads:
        yield Touch(memory_of(operand, core), region_of(operand), False)
    adds = isinstance(instruction.op, TStoreOp) and instruction.op.atomic.data is AtomicType.ADD
    for operand in instruction.writes:
        yield Touch(memory_of(operand, core), region_of(operand), True, adds)
    channel = instruction.channel
    if channel is not None and channel.memory is not None and isinstance(instruction.op, PushOp | PopOp):
        (tile,) = (*instruction.reads, *instruction.writes)
        slot = _slot(channel, channel.memory, tile, subblock)
        yield Touch(memory_of(channel.memory, core), slot, isinstance(instruction.op, PushOp))


def _moves_nothing(instruction: Instruction) -> bool:
    operands = (*instruction.reads, *instruction.writes)
    is_move = instruction.channel is not None or any(isinstance(operand, Window) for operand in operands)
    return is_move and any(isinstance(operand, TileBuffer) and 0 in operand.valid for operand in operands)


def _slot(channel: Channel, memory: Window, tile: Operand, subblock: int) -> Region:
    """The bytes of the slot in global memory that a tile goes through: where vector cores share it, the part of one."""
    start = memory.offset * element_bits(memory.element_type) // 8 + channel.slot * channel.slot_bytes
    if not channel.split or not isinstance(tile, TileBuffer) or tile.space is not Space.VEC:
        return region(start, channel.slot_bytes)
    rows, columns = tile.type.extents
    line = columns * tile.layout.item_bytes
    if channel.split == _BY_ROWS:
        return region(start + subblock * rows * line, rows * line)
    return region(start + subblock * line, line, [(rows, 2 * line)])


_BY_ROWS = 1
"""Vector cores share the rows of a tile; otherwise its columns."""


def memory_of(operand: Operand, core: int) -> tuple[object, ...]:
    """Name the memory that an operand lies in: one of a core, or a tensor in global memory, which all cores share."""
    if isinstance(operand, TileBuffer):
        return core, operand.space
    return _GLOBAL, operand.name


def is_global(memory: tuple[object, ...]) -> bool:
    """Whether a memory is a tensor in global memory."""
    return memory[0] == _GLOBAL


def memory_text(memory: tuple[object, ...]) -> str:
    """What reports call a memory."""
    name = memory[1]
    return f"%{name} in global memory" if is_global(memory) else f"{name}"


def region_of(operand: Operand) -> Region:
    """Give the bytes of an operand: the valid part of a buffer in whole boxes and blocks, the elements of a window."""
    if isinstance(operand, Window):
        return _window_region(operand.offset, operand.shape, operand.strides, operand.element_type)
    return _tile_region(operand.address, operand.layout, operand.valid, operand.size_bytes)


@lru_cache(maxsize=1 << 14)
def _window_region(offset: int, shape: tuple[int, ...], strides: tuple[int, ...], element_type: str) -> Region:
    size = element_bits(element_type)
    steps = [(count, stride * size // 8) for count, stride in zip(shape, strides, strict=True)]
    return region(offset * size // 8, max(1, size // 8), steps)


@lru_cache(maxsize=1 << 14)
def _tile_region(address: int, layout: TileLayout, valid: tuple[int, int], size_bytes: int) -> Region:
    if layout.is_dense and valid == (layout.rows, layout.columns):
        # All of it, with the rows that Acc is charged beyond those of the tile.
        return region(address, max(size_bytes, layout.size_bytes))
    rows, columns = layout.in_boxes(valid)
    if layout.boxes_by_column:
        lines, elements = columns // layout.box_columns, rows * layout.box_columns
    else:
        lines, elements = rows // layout.box_rows, columns * layout.box_rows
    stride = (layout.line_elements + layout.gap) * layout.item_bytes
    run = -(-elements * layout.item_bytes // _BLOCK_BYTES) * _BLOCK_BYTES
    return region(address, min(run, stride) if lines > 1 else run, [(lines, stride)])
