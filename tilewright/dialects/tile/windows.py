"""Windows of tensors and tiles: what must hold for offsets and sizes."""

from __future__ import annotations

from collections.abc import Sequence
from math import prod

from xdsl.dialects.builtin import DYNAMIC_INDEX
from xdsl.ir import SSAValue
from xdsl.utils.exceptions import VerifyException

from tilewright.dialects.constants import constant_value
from tilewright.dialects.names import value_name
from tilewright.dialects.shapes import shape_text
from tilewright.dialects.tile.types import TensorType, TileType


def check_window(offsets: Sequence[SSAValue], window: Sequence[int], extents: Sequence[int], what: str) -> None:
    """Raise unless a window has one offset per dimension and, at constant offsets, lies within static extents.

    Args:
        offsets: where the window starts.
        window: its sizes; `DYNAMIC_INDEX` for one that only the running program knows.
        extents: those of the object that it is cut from, `DYNAMIC_INDEX` for `?`.
        what: the name of that object.
    """
    if len(offsets) != len(extents):
        raise VerifyException(f"TW0106: {what} has {len(extents)} dimensions, but {len(offsets)} offsets are given")
    for axis, (offset, known, extent) in enumerate(zip(offsets, window, extents, strict=True)):
        size = max(known, 0)
        start = constant_value(offset) or 0
        if start < 0 or (extent != DYNAMIC_INDEX and start + size > extent):
            end = "a dynamic extent" if extent == DYNAMIC_INDEX else extent
            raise VerifyException(
                f"TW0106: {start} to {start + size} lies outside of {what}: dimension {axis} has {end}"
            )


def window_sizes(sizes: Sequence[int] | None, tensor: TensorType, tile: TileType) -> tuple[int, ...]:
    """The sizes of the window of a tensor that a tile is loaded from or stored to, one per dimension.

    Where `sizes` is absent, the tensor has two dimensions and the window is the valid part of the tile, or the
    extent of the tile where that is `?`.

    Raises:
        VerifyException: TW0106, there are no sizes for a tensor of another rank; TW0164, they do not make the tile.
    """
    if sizes is None:
        if len(tensor.extents) != 2:
            raise VerifyException(
                f"TW0106: a tile is cut from a tensor of two dimensions, got {shape_text(tensor.extents)}"
            )
        return tuple(
            whole if part == DYNAMIC_INDEX else part
            for part, whole in zip(tile.valid_extents, tile.extents, strict=True)
        )
    if len(sizes) != len(tensor.extents):
        raise VerifyException(f"TW0164: a window of {tensor} has {len(tensor.extents)} sizes, got {len(sizes)}")
    flat = (prod(sizes[:-1]), sizes[-1])
    parts = zip(flat, tile.valid_extents, tile.extents, strict=True)
    if min(sizes) < 1 or any(not part <= size <= whole for size, part, whole in parts):
        raise VerifyException(
            f"TW0164: a window of {shape_text(sizes)} is {shape_text(flat)} as rows and columns, which does not make "
            f"{tile}"
        )
    return tuple(sizes)


def touched(sizes: Sequence[int], valid: tuple[int, int]) -> tuple[int, ...]:
    """How far a window of these sizes is used in each dimension by the valid part of its tile.

    Rows of the tile count through the leading dimensions, the last of them fastest. `DYNAMIC_INDEX` where only the
    running program knows.
    """
    rows, columns = valid
    *leading, last = sizes
    used = [columns if columns == DYNAMIC_INDEX else min(columns, last)]
    inner = 1
    for size in reversed(leading):
        used.append(DYNAMIC_INDEX if rows == DYNAMIC_INDEX else min(size, -(-rows // inner)))
        inner *= size
    return tuple(reversed(used))


def check_valid_operands(operands: tuple[SSAValue, SSAValue], tile: TileType) -> None:
    """Raise where constants for the valid part of a tile contradict its type."""
    for operand, part, whole in zip(operands, tile.valid_extents, tile.extents, strict=True):
        known = constant_value(operand)
        allowed = range(whole + 1) if part == DYNAMIC_INDEX else (part,)
        if known is not None and known not in allowed:
            raise VerifyException(f"TW0162: {value_name(operand)} is {known}, which is no valid part of {tile}")
