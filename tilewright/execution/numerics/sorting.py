"""Sorting of 32 values at a time, and merging of sorted lists.

A list holds structures of 8 bytes, a value and its 32-bit index: a float32 and the index, or a float16, two bytes
without use and the index. Lists run from the largest value to the smallest. NaN counts as larger than infinity, or
smaller than all if its sign is set.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from xdsl.ir import SSAValue

from tilewright.dialects.diagnostics import fail
from tilewright.dialects.pto.sorting import TMrgSortOp, TSort32Op
from tilewright.execution.dtypes import Array
from tilewright.execution.instructions import Instruction
from tilewright.execution.memory import Region
from tilewright.execution.numerics.core import Core, Family
from tilewright.execution.numerics.operands import Operands

_GROUP = 32
_STRUCTURE_BYTES = 8
_LISTS = 4


def _sort(core: Core, instruction: Instruction) -> None:
    """Sort every 32 values of a row with their indices; smaller indices come first among equals."""
    op = instruction.op
    assert isinstance(op, TSort32Op)
    operands = Operands(core, instruction)
    values, index = operands.read(op.src), operands.tile(op.idx)
    rows, columns = values.shape
    if op.tmp is None:
        # Without scratch memory the library leaves a tail of less than 32 alone.
        columns -= columns % _GROUP
        values = values[:, :columns]
    if index.valid[0] not in (1, rows):
        operands.disagree(index, operands.tile(op.src))
    indices = np.broadcast_to(operands.read(op.idx, (index.valid[0], columns)), values.shape)
    group = np.broadcast_to(np.arange(columns, dtype=np.int64) // _GROUP, values.shape)
    order = np.lexsort((indices, -_key(values), group))
    structures = _structures(np.take_along_axis(values, order, 1), np.take_along_axis(indices, order, 1))
    if op.tmp is not None and columns % _GROUP:
        operands.spoil(op.tmp)
        # The chip sorts a whole group: behind the tail comes what was there, with a NaN for a value.
        width = structures.shape[1] // columns * (-(-columns // _GROUP) * _GROUP)
        core.erase(operands.tile(op.dst), Region(0, 0, rows, width))
    operands.write(op.dst, structures)


def _key(values: Array) -> Array:
    """Give integers in the order of the values."""
    size = values.itemsize
    bits = values.view(np.dtype(f"i{size}")).astype(np.int64)
    magnitude = bits & ((1 << (8 * size - 1)) - 1)
    return np.where(bits < 0, -magnitude, magnitude)


def _structures(values: Array, indices: Array) -> Array:
    """Lay values and indices out as elements of the value's type."""
    rows, columns = values.shape
    words = np.zeros((rows, columns, 2), np.uint32)
    words[..., 0] = values.view(np.dtype(f"u{values.itemsize}"))
    words[..., 1] = indices
    return words.reshape(rows, -1).view(values.dtype)


def _merge(core: Core, instruction: Instruction) -> None:
    op = instruction.op
    assert isinstance(op, TMrgSortOp)
    operands = Operands(core, instruction)
    if op.block_len is not None:
        _merge_blocks(operands, op, op.block_len)
    else:
        _merge_lists(operands, op)


def _merge_blocks(operands: Operands, op: TMrgSortOp, block_length: SSAValue) -> None:
    """Merge each four neighbouring blocks of a list."""
    length = operands.integer(block_length)
    values = operands.read(op.srcs[0])
    columns = values.shape[1]
    if length < 1 or length % 64 or columns % (length * _LISTS):
        fail(
            "TW0426",
            f"{op.name} merges four blocks at a time, of a multiple of 64 elements each; a list of {columns} elements "
            f"has no groups of four blocks of {length}",
            op,
        )
    groups = values.reshape(-1, _LISTS * length)
    operands.write(op.dst, _merged(groups, [length] * _LISTS).reshape(1, -1))


def _merge_lists(operands: Operands, op: TMrgSortOp) -> None:
    """Merge two to four lists; with `exhausted`, only until one of them is at its end."""
    lists = [operands.read(value) for value in op.srcs]
    lengths = [each.shape[1] for each in lists]
    target = operands.tile(op.dst)
    merged = _merged(np.concatenate(lists, axis=1), lengths)
    if op.exhausted.value.data:
        merged = merged[:, : _until_exhausted(lists)]
    operands.spoil(op.tmp)
    operands.write(op.dst, merged[:, : target.valid[1]])


def _merged(lists: Array, lengths: Sequence[int]) -> Array:
    """Merge lists that lie one after the other in a row: the largest head goes first, the first list among equals.

    An element cannot go before its predecessors in its list, so the smallest value up to it is what it is sorted by.
    """
    rows = len(lists)
    width = _STRUCTURE_BYTES // lists.itemsize
    structures = lists.reshape(rows, -1, width)
    keys = _prefix_keys(structures[..., 0], [length // width for length in lengths])
    order = np.argsort(-keys, axis=1, kind="stable")
    return np.take_along_axis(structures, order[..., np.newaxis], 1).reshape(rows, -1)


def _prefix_keys(values: Array, lengths: Sequence[int]) -> Array:
    parts = np.split(_key(np.ascontiguousarray(values)), np.cumsum(lengths)[:-1], axis=1)
    return np.concatenate([np.minimum.accumulate(part, axis=1) for part in parts], axis=1)


def _until_exhausted(lists: Sequence[Array]) -> int:
    """Count the elements that are merged when the first list ends."""
    width = _STRUCTURE_BYTES // lists[0].itemsize
    lengths = [each.shape[1] // width for each in lists]
    keys = _prefix_keys(np.concatenate([each[:, ::width] for each in lists], axis=1), lengths)[0]
    order = np.argsort(-keys, kind="stable")
    places = np.argsort(order)
    ends = np.cumsum(lengths) - 1
    return (int(places[ends].min()) + 1) * width


NUMERICS: Family = {
    TMrgSortOp: _merge,
    TSort32Op: _sort,
}
