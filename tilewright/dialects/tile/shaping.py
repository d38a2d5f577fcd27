"""Ops of the `tile` dialect that change the shape or the valid part of a tile, or put tiles together."""

from __future__ import annotations

from abc import ABC
from collections.abc import Sequence
from math import prod

from xdsl.dialects.builtin import DYNAMIC_INDEX, IndexType
from xdsl.ir import SSAValue
from xdsl.irdl import IRDLOperation, irdl_op_definition, prop_def, result_def, traits_def
from xdsl.traits import Pure
from xdsl.utils.exceptions import VerifyException

from tilewright.dialects.fields import typed_operand, typed_operands
from tilewright.dialects.names import value_name
from tilewright.dialects.shapes import is_static, shape_text
from tilewright.dialects.tile.attributes import PadValue, PadValueAttr
from tilewright.dialects.tile.rules import (
    NUMBERS,
    check_elements,
    check_extents,
    check_on_vector_core,
    check_result_element,
    check_valid,
)
from tilewright.dialects.tile.types import TileType
from tilewright.dialects.tile.windows import check_valid_operands, check_window


class ShapingOp(IRDLOperation, ABC):
    """`tile.reshape %a : T -> U`: the same elements in another shape."""

    source = typed_operand(TileType)
    result = result_def(TileType)

    traits = traits_def(Pure())

    assembly_format = "$source attr-dict `:` type($source) `->` type($result)"

    def __init__(self, source: SSAValue, result_type: TileType) -> None:
        super().__init__(operands=[source], result_types=[result_type])

    def verify_(self) -> None:
        check_on_vector_core(self)
        check_result_element(self, self.result.type, self.source.type.element_type)
        self.check_shape(self.source.type, self.result.type)

    def check_shape(self, source: TileType, result: TileType) -> None:
        """Raise unless the source makes the result."""


@irdl_op_definition
class ExpandOp(ShapingOp):
    """Repeat a column, a row or a number: `%b = tile.expand %a : !tile.tile<16x1xf32> -> !tile.tile<16x64xf32>`."""

    name = "tile.expand"

    def check_shape(self, source: TileType, result: TileType) -> None:
        if any(one not in (1, whole) for one, whole in zip(source.extents, result.extents, strict=True)):
            raise VerifyException(f"TW0110: {source} cannot be repeated to make {result}")
        valid = zip(source.extents, source.valid_extents, result.extents, result.valid_extents, strict=True)
        for extent, part, whole, wanted in valid:
            repeated = extent == 1 and whole != 1
            if wanted == DYNAMIC_INDEX if repeated else wanted != part:
                raise VerifyException(
                    f"TW0162: the valid part {shape_text(source.valid_extents)} cannot be repeated to make "
                    f"{shape_text(result.valid_extents)}"
                )


@irdl_op_definition
class ReshapeOp(ShapingOp):
    """Read the elements, row after row, in another shape: `tile.reshape %a : !tile.tile<16x1xf32> -> …<1x16xf32>`.

    In both shapes the valid part is one run of elements: whole rows, or part of a single row.
    """

    name = "tile.reshape"

    def check_shape(self, source: TileType, result: TileType) -> None:
        if prod(source.extents) != prod(result.extents):
            raise VerifyException(f"TW0110: {source} and {result} have different numbers of elements")
        if source.valid_extents == result.valid_extents and source.extents == result.extents:
            return
        for tile in (source, result):
            if tile.valid_extents[1] != tile.extents[1] and tile.valid_extents[0] != 1:
                raise VerifyException(
                    f"TW0162: the valid part {shape_text(tile.valid_extents)} of {tile} is not one run of elements; "
                    "fill the tile with tile.fill_pad before it takes another shape"
                )
        parts = (source.valid_extents, result.valid_extents)
        known = all(is_static(part) for part in parts)
        if (known and prod(parts[0]) != prod(parts[1])) or is_static(parts[0]) != is_static(parts[1]):
            raise VerifyException(f"TW0162: the valid part {shape_text(parts[0])} cannot become {shape_text(parts[1])}")


@irdl_op_definition
class TransposeOp(ShapingOp):
    """Exchange rows and columns: `%b = tile.transpose %a : !tile.tile<16x64xf32> -> !tile.tile<64x16xf32>`."""

    name = "tile.transpose"

    def check_shape(self, source: TileType, result: TileType) -> None:
        check_extents(self, result, (source.extents[1], source.extents[0]))
        check_valid(self, result, (source.valid_extents[1], source.valid_extents[0]))


@irdl_op_definition
class ConcatOp(IRDLOperation):
    """Put two tiles side by side: `%c = tile.concat %a, %b : T, U -> V`, [M, N] and [M, K] make [M, N + K].

    The left tile holds data in all of its columns, and both in equally many rows.
    """

    name = "tile.concat"

    lhs = typed_operand(TileType)
    rhs = typed_operand(TileType)
    result = result_def(TileType)

    traits = traits_def(Pure())

    assembly_format = "$lhs `,` $rhs attr-dict `:` type($lhs) `,` type($rhs) `->` type($result)"

    def __init__(self, lhs: SSAValue, rhs: SSAValue, result_type: TileType) -> None:
        super().__init__(operands=[lhs, rhs], result_types=[result_type])

    def verify_(self) -> None:
        left, right, result = self.lhs.type, self.rhs.type, self.result.type
        check_on_vector_core(self)
        for tile in (right, result):
            check_result_element(self, tile, left.element_type)
        if left.extents[0] != right.extents[0]:
            raise VerifyException(f"TW0110: {left} and {right} have different numbers of rows")
        if left.valid_extents[0] != right.valid_extents[0] or left.valid_extents[1] != left.extents[1]:
            raise VerifyException(
                f"TW0162: {left} and {right} cannot stand side by side: the left one holds data in all of its "
                "columns, and both in equally many rows"
            )
        rows, columns = right.valid_extents
        check_extents(self, result, (left.extents[0], left.extents[1] + right.extents[1]))
        check_valid(self, result, (rows, columns if columns == DYNAMIC_INDEX else left.extents[1] + columns))


@irdl_op_definition
class InsertOp(IRDLOperation):
    """A copy of a tile with a window replaced: `%c = tile.insert %a into %b[%i, %j] : T into U -> U`.

    The valid part of `%a` is the window. The result has the type of `%b`, which stays as it is.
    """

    name = "tile.insert"

    source = typed_operand(TileType)
    target = typed_operand(TileType)
    offsets = typed_operands(IndexType)
    result = result_def(TileType)

    traits = traits_def(Pure())

    assembly_format = (
        "$source `into` $target `[` $offsets `]` attr-dict `:` type($source) `into` type($target) `->` type($result)"
    )

    def __init__(self, source: SSAValue, target: SSAValue, offsets: Sequence[SSAValue], result_type: TileType) -> None:
        super().__init__(operands=[source, target, offsets], result_types=[result_type])

    def verify_(self) -> None:
        check_on_vector_core(self)
        check_result_element(self, self.source.type, self.target.type.element_type)
        if self.result.type != self.target.type:
            raise VerifyException(
                f"TW0110: an insert into {self.target.type} makes another such tile, not {self.result.type}"
            )
        check_window(self.offsets, self.source.type.valid_extents, self.target.type.extents, value_name(self.target))


@irdl_op_definition
class SetValidOp(IRDLOperation):
    """Say how much of a tile counts: `%b = tile.set_valid %a[%rows, %columns] : !tile.tile<16x64xf32> -> T`.

    T is for example `!tile.tile<16x64xf32, valid = ?x64>`. What it leaves open is known when the program runs; the rest
    agrees with the operands.
    """

    name = "tile.set_valid"

    source = typed_operand(TileType)
    rows = typed_operand(IndexType)
    columns = typed_operand(IndexType)
    result = result_def(TileType)

    traits = traits_def(Pure())

    assembly_format = "$source `[` $rows `,` $columns `]` attr-dict `:` type($source) `->` type($result)"

    def __init__(self, source: SSAValue, rows: SSAValue, columns: SSAValue, result_type: TileType) -> None:
        super().__init__(operands=[source, rows, columns], result_types=[result_type])

    def verify_(self) -> None:
        source, result = self.source.type, self.result.type
        check_result_element(self, result, source.element_type)
        if source.extents != result.extents or source.placement != result.placement:
            raise VerifyException(f"TW0110: only the valid part of {source} can be set, but {result} differs elsewhere")
        check_valid_operands((self.rows, self.columns), result)


@irdl_op_definition
class FillPadOp(IRDLOperation):
    """Fill what lies beside the valid part: `%b = tile.fill_pad zero %a : T -> U`.

    T is for example `!tile.tile<16x64xf32, valid = 5x64>`, U then `!tile.tile<16x64xf32>`.
    """

    name = "tile.fill_pad"

    source = typed_operand(TileType)
    value = prop_def(PadValueAttr)
    result = result_def(TileType)

    traits = traits_def(Pure())

    assembly_format = "$value $source attr-dict `:` type($source) `->` type($result)"

    def __init__(self, source: SSAValue, result_type: TileType, value: PadValue | str = PadValue.ZERO) -> None:
        super().__init__(
            operands=[source], result_types=[result_type], properties={"value": PadValueAttr(PadValue(value))}
        )

    def verify_(self) -> None:
        check_on_vector_core(self)
        check_elements(self, self.source.type, NUMBERS)
        check_result_element(self, self.result.type, self.source.type.element_type)
        check_extents(self, self.result.type, self.source.type.extents)
        check_valid(self, self.result.type, self.source.type.extents)
