"""Gathers and sorting in the value engine.

A sorted list holds pairs of 8 bytes, laid out as elements of the value's type: a value and the bits of its index.
"""

from __future__ import annotations

from heapq import merge

import numpy as np
from xdsl.dialects.builtin import DYNAMIC_INDEX

from tilewright.dialects.diagnostics import fail
from tilewright.dialects.names import value_name
from tilewright.dialects.tile import GatherMaskOp, GatherOp, MergeSortOp, Sort32Op
from tilewright.dialects.tile.rearranging import MOST_LISTS, SORTED_GROUP, pair_width
from tilewright.execution.dtypes import Array
from tilewright.execution.value_calls import Call, Family, check_valid_part, disagree, dtype_of
from tilewright.execution.values import TileValue, defined_part


def gather(call: Call) -> tuple[object, ...]:
    op = call.op
    assert isinstance(op, GatherOp)
    indices = call.data(op.indices).astype(np.int64)
    source = call.tile(op.source)
    limit = source.data.shape[1]
    outside = indices[(indices < 0) | (indices >= limit)]
    if outside.size:
        fail(
            "TW0410",
            f"{op.name} takes column {int(outside[0])} of {value_name(op.source)}, which has {limit} that are defined",
            op,
        )
    rows = defined_part(source, op.source, op, (indices.shape[0], limit))
    return (TileValue(np.take_along_axis(rows, indices, 1)),)


def gather_mask(call: Call) -> tuple[object, ...]:
    op = call.op
    assert isinstance(op, GatherMaskOp)
    pattern = op.pattern.data
    kept = np.ascontiguousarray(call.data(op.source)[:, pattern.start :: pattern.step])
    return (TileValue(kept.view(dtype_of(op.result.type))),)


def sort(call: Call) -> tuple[object, ...]:
    """From the largest value to the smallest; smaller indices come first among equals."""
    op = call.op
    assert isinstance(op, Sort32Op)
    values, indices = call.data(op.source), call.data(op.indices)
    rows, columns = values.shape
    if columns % SORTED_GROUP:
        fail("TW0411", f"{op.name} sorts {SORTED_GROUP} elements at a time, not {columns}", op)
    if indices.shape not in ((rows, columns), (1, columns)):
        disagree(op, op.source, values.shape, op.indices, indices.shape)
    numbers = np.broadcast_to(indices.astype(np.uint32), values.shape)
    pairs = np.empty((rows, columns, 2), np.uint32)
    for row in range(rows):
        for start in range(0, columns, SORTED_GROUP):
            group = range(start, start + SORTED_GROUP)
            order = sorted(group, key=lambda place: (-_rank(values[row, place]), numbers[row, place]))
            pairs[row, start : start + SORTED_GROUP, 0] = _bits(values[row, order])
            pairs[row, start : start + SORTED_GROUP, 1] = numbers[row, order]
    return (TileValue(pairs.reshape(rows, -1).view(values.dtype)),)


def _bits(values: Array) -> Array:
    return np.ascontiguousarray(values).view(np.dtype(f"u{values.itemsize}"))


def _rank(value: np.generic) -> int:
    """An integer that orders floats; NaN comes after infinity, or before all if its sign is set."""
    bits = int(_bits(np.asarray(value)[np.newaxis])[0])
    sign = 1 << (8 * value.itemsize - 1)
    return -(bits - sign) if bits & sign else bits


def merge_sort(call: Call) -> tuple[object, ...]:
    op = call.op
    assert isinstance(op, MergeSortOp)
    lists = [call.data(source) for source in op.sources]
    width, length = pair_width(op.result.type.element_type), op.block_elements
    if length is None:
        merged = _merged(lists, width)
        wanted = op.result.type.valid_extents[1]
        columns = min(merged.shape[1], op.result.type.extents[1] if wanted == DYNAMIC_INDEX else wanted)
        check_valid_part(op, op.result.type, (1, columns))
        return (TileValue(merged[:, :columns]),)
    columns = lists[0].shape[1]
    if columns % (length * MOST_LISTS):
        fail("TW0411", f"{op.name} has no groups of four blocks of {length} in a list of {columns} elements", op)
    blocks = np.split(lists[0], columns // length, axis=1)
    groups = [_merged(blocks[start : start + MOST_LISTS], width) for start in range(0, len(blocks), MOST_LISTS)]
    return (TileValue(np.concatenate(groups, axis=1)),)


def _merged(lists: list[Array], width: int) -> Array:
    """Merge rows of pairs: the largest head goes first, the first list among equals."""
    pairs = [each.reshape(-1, width) for each in lists]
    # `merge` compares heads only and keeps the order of equal ones, as the hardware does.
    merged = list(merge(*pairs, key=lambda pair: -_rank(pair[0])))
    return np.concatenate(merged)[np.newaxis, :] if merged else lists[0]


FAMILY: Family = {GatherMaskOp: gather_mask, GatherOp: gather, MergeSortOp: merge_sort, Sort32Op: sort}
