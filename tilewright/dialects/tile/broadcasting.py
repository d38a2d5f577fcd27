"""Which operands fit together in an elementwise op, and which part of the result they define."""

from __future__ import annotations

from collections.abc import Sequence

from xdsl.dialects.builtin import DYNAMIC_INDEX
from xdsl.ir import SSAValue
from xdsl.irdl import IRDLOperation
from xdsl.utils.exceptions import VerifyException

from tilewright.dialects.names import value_name
from tilewright.dialects.shapes import shape_text
from tilewright.dialects.tile.types import TileType


def check_broadcast(op: IRDLOperation, operands: Sequence[SSAValue], result: SSAValue[TileType]) -> None:
    """Raise unless the operands, tiles or scalars, make the result.

    Raises:
        VerifyException: TW0161, all are scalars; TW0110, shapes do not fit; TW0162, valid parts do not.
    """
    tiles = [(value, value.type) for value in operands if isinstance(value.type, TileType)]
    if not tiles:
        raise VerifyException(f"TW0161: {op.name} needs a tile among its operands; two scalars are computed with arith")
    extents = result.type.extents
    if not any(tile.extents == extents for _, tile in tiles):
        raise VerifyException(f"TW0110: no operand of {op.name} has the shape of its result, {shape_text(extents)}")
    rows, columns = extents
    for value, tile in tiles:
        if tile.extents not in (extents, (rows, 1), (1, columns)):
            raise VerifyException(
                f"TW0110: {value_name(value)} is {tile}; beside a tile of {shape_text(extents)} {op.name} takes "
                f"{rows}x1, 1x{columns}, or the same shape"
            )
    for axis in range(2):
        _check_valid(op, tiles, result.type, axis)


def _check_valid(op: IRDLOperation, tiles: Sequence[tuple[SSAValue, TileType]], result: TileType, axis: int) -> None:
    """Raise unless the operands that run along an axis define the result's valid part there."""
    along = [(value, tile) for value, tile in tiles if tile.extents[axis] == result.extents[axis]]
    wanted = result.valid_extents[axis]
    if wanted == DYNAMIC_INDEX:
        if all(tile.valid_extents[axis] != DYNAMIC_INDEX for _, tile in along):
            raise VerifyException(
                f"TW0162: no operand of {op.name} has a valid part that is only known at run time, as {result} has"
            )
        return
    for value, tile in along:
        if tile.valid_extents[axis] not in range(wanted, result.extents[axis] + 1) and (
            tile.valid_extents[axis] != DYNAMIC_INDEX
        ):
            raise VerifyException(
                f"TW0162: the valid part {shape_text(tile.valid_extents)} of {value_name(value)} does not cover "
                f"that of the result, {shape_text(result.valid_extents)}"
            )
