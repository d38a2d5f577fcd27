"""Rules that the vector ops of the `tile` dialect share: places, element types, valid parts."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from typing import TypeAlias

from xdsl.dialects.builtin import DYNAMIC_INDEX, IntegerType
from xdsl.ir import Attribute, SSAValue
from xdsl.irdl import IRDLOperation
from xdsl.utils.exceptions import VerifyException
from xdsl.utils.hints import isa

from tilewright.dialects.names import value_name
from tilewright.dialects.shapes import shape_text
from tilewright.dialects.spaces import Space
from tilewright.dialects.tile.types import TileType

Elements: TypeAlias = AbstractSet[str]
"""Element types by their MLIR names."""

FLOATS: Elements = frozenset({"f16", "bf16", "f32"})
_SIGNED_INTEGERS: Elements = frozenset({"i8", "i16", "i32", "i64"})
_UNSIGNED_INTEGERS: Elements = frozenset({"ui8", "ui16", "ui32", "ui64"})
SIGNED: Elements = FLOATS | _SIGNED_INTEGERS
NUMBERS: Elements = SIGNED | _UNSIGNED_INTEGERS
INTEGERS: Elements = _SIGNED_INTEGERS | _UNSIGNED_INTEGERS | {"i1"}
ANY: Elements = NUMBERS | {"i1"}
SORTABLE: Elements = frozenset({"f16", "f32"})
COUNTABLE: Elements = frozenset({"i16", "i32", "ui16", "ui32"})
INDICES: Elements = frozenset({"i32", "ui32"})


def check_elements(op: IRDLOperation, tile: TileType, elements: Elements) -> None:
    """Raise unless the op takes tiles of this element type."""
    if str(tile.element_type) not in elements:
        raise VerifyException(
            f"TW0108: {op.name} is not for {tile.element_type}; it takes {', '.join(sorted(elements))}"
        )


def check_same_elements(op: IRDLOperation, operands: Sequence[SSAValue], wanted: Attribute | None = None) -> None:
    """Raise unless all operands, tiles or scalars, have one element type: `wanted`, or that of the first tile."""
    elements = {operand: _element_type(operand) for operand in operands}
    if wanted is None:
        wanted = next(elements[operand] for operand in operands if isinstance(operand.type, TileType))
    for operand, element in elements.items():
        if element != wanted and not _stands_for(operand, wanted):
            raise VerifyException(
                f"TW0108: {value_name(operand)} is {operand.type}, but {op.name} works on {wanted} here; "
                "convert a tile with tile.cast, a scalar with arith"
            )


def _stands_for(scalar: SSAValue, wanted: Attribute) -> bool:
    """Whether a scalar without a sign, as `arith` has them, is an unsigned element of the same bits."""
    return isa(wanted, IntegerType) and scalar.type == IntegerType(wanted.width.data)


def _element_type(value: SSAValue) -> Attribute:
    return value.type.element_type if isinstance(value.type, TileType) else value.type


def check_on_vector_core(op: IRDLOperation) -> None:
    """Raise unless every tile of the op sits in Vec, or none has a place yet."""
    tiles = [value for value in (*op.operands, *op.results) if isinstance(value.type, TileType)]
    spaces = {value.type.placement for value in tiles if isinstance(value.type, TileType)}
    if spaces - {None, Space.VEC}:
        raise VerifyException(
            f"TW0107: {op.name} runs on the vector core: its tiles sit in vec, not in "
            f"{', '.join(sorted(str(space) for space in spaces - {None, Space.VEC}))}"
        )
    if len(spaces) > 1:
        raise VerifyException(f"TW0107: the tiles of {op.name} all sit in vec, or none has a space")


def check_same_part(op: IRDLOperation, source: SSAValue[TileType], result: SSAValue[TileType]) -> None:
    """Raise unless two tiles have the same shape and the same valid part."""
    if source.type.shape != result.type.shape or source.type.valid != result.type.valid:
        raise VerifyException(
            f"TW0110: {op.name} keeps shape and valid part, but {value_name(source)} is {source.type} "
            f"and the result is {result.type}"
        )


def check_extents(op: IRDLOperation, result: TileType, expected: tuple[int, int]) -> None:
    """Raise unless the result has the expected extents."""
    if result.extents != expected:
        raise VerifyException(f"TW0110: {op.name} makes a tile of {shape_text(expected)} here, not {result}")


def check_valid(op: IRDLOperation, result: TileType, expected: tuple[int, int]) -> None:
    """Raise unless the result has the expected valid part, `DYNAMIC_INDEX` for `?`."""
    if result.valid_extents != expected:
        raise VerifyException(
            f"TW0162: the valid part of what {op.name} makes is {shape_text(expected)} here, "
            f"not {shape_text(result.valid_extents)}"
        )


def check_static_valid(op: IRDLOperation, result: TileType) -> None:
    """Raise where nothing could say at run time what a `?` in the valid part is."""
    if DYNAMIC_INDEX in result.valid_extents:
        raise VerifyException(
            f"TW0162: nothing tells {op.name} how large the valid part {shape_text(result.valid_extents)} is; "
            "make the tile whole and narrow it with tile.set_valid"
        )


def check_result_element(op: IRDLOperation, result: TileType, expected: Attribute) -> None:
    """Raise unless the result has elements of the expected type."""
    if result.element_type != expected:
        raise VerifyException(f"TW0108: {op.name} makes a tile of {expected} here, not of {result.element_type}")
