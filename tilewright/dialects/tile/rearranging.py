"""Ops of the `tile` dialect that take elements from elsewhere in a tile: gathers and sorting."""

from __future__ import annotations

from collections.abc import Sequence

from xdsl.dialects.builtin import DYNAMIC_INDEX, I64, IntegerAttr, i64
from xdsl.ir import Attribute, SSAValue
from xdsl.irdl import IRDLOperation, irdl_op_definition, opt_prop_def, prop_def, result_def, traits_def
from xdsl.traits import Pure
from xdsl.utils.exceptions import VerifyException

from tilewright.arch.chip import ELEMENT_BITS
from tilewright.dialects.fields import typed_operand, typed_operands
from tilewright.dialects.names import value_name
from tilewright.dialects.tile.attributes import MaskPattern, MaskPatternAttr
from tilewright.dialects.tile.rules import (
    INDICES,
    NUMBERS,
    SORTABLE,
    check_elements,
    check_extents,
    check_on_vector_core,
    check_result_element,
    check_valid,
)
from tilewright.dialects.tile.types import TileType

SORTED_GROUP = 32
"""Neighbouring elements that `tile.sort32` sorts together."""

PAIR_BITS = 64
"""A value and its index, as sorted lists hold them."""

BLOCK_STEP = 64
"""`tile.merge_sort` merges blocks of a multiple of this many elements."""

MOST_LISTS = 4
"""Lists that one merge takes."""


def pair_width(element: Attribute) -> int:
    """How many elements of a type hold a value and its index."""
    return PAIR_BITS // ELEMENT_BITS[str(element)]


@irdl_op_definition
class GatherOp(IRDLOperation):
    """Take elements of each row by their columns: `%b = tile.gather %a[%i] : T[I] -> U`, `b[m, k] = a[m, i[m, k]]`.

    `%i` holds i32 or ui32 and has the shape and the valid part of the result.
    """

    name = "tile.gather"

    source = typed_operand(TileType)
    indices = typed_operand(TileType)
    result = result_def(TileType)

    traits = traits_def(Pure())

    assembly_format = "$source `[` $indices `]` attr-dict `:` type($source) `[` type($indices) `]` `->` type($result)"

    def __init__(self, source: SSAValue, indices: SSAValue, result_type: TileType) -> None:
        super().__init__(operands=[source, indices], result_types=[result_type])

    def verify_(self) -> None:
        source, indices, result = self.source.type, self.indices.type, self.result.type
        check_on_vector_core(self)
        check_elements(self, source, NUMBERS)
        check_elements(self, indices, INDICES)
        check_result_element(self, result, source.element_type)
        check_extents(self, result, (source.extents[0], indices.extents[1]))
        check_extents(self, indices, result.extents)
        check_valid(self, result, indices.valid_extents)


@irdl_op_definition
class GatherMaskOp(IRDLOperation):
    """Keep every second or fourth column: `%b = tile.gather_mask P0101 %a : T -> U`.

    The last digit of the pattern stands for the first of four columns. The result may have another element type of
    the same size, which reads the same bits.
    """

    name = "tile.gather_mask"

    source = typed_operand(TileType)
    pattern = prop_def(MaskPatternAttr)
    result = result_def(TileType)

    traits = traits_def(Pure())

    assembly_format = "$pattern $source attr-dict `:` type($source) `->` type($result)"

    def __init__(self, source: SSAValue, result_type: TileType, pattern: MaskPattern | str) -> None:
        super().__init__(
            operands=[source],
            result_types=[result_type],
            properties={"pattern": MaskPatternAttr(MaskPattern(pattern))},
        )

    def verify_(self) -> None:
        source, result, pattern = self.source.type, self.result.type, self.pattern.data
        check_on_vector_core(self)
        for tile in (source, result):
            check_elements(self, tile, NUMBERS)
        if ELEMENT_BITS[str(source.element_type)] != ELEMENT_BITS[str(result.element_type)]:
            raise VerifyException(
                f"TW0108: {self.name} keeps the bits of its elements, but {source.element_type} and "
                f"{result.element_type} differ in size"
            )
        (rows, columns), (valid_rows, valid_columns) = source.extents, source.valid_extents
        check_extents(self, result, (rows, pattern.kept(columns)))
        kept = valid_columns if valid_columns == DYNAMIC_INDEX else pattern.kept(valid_columns)
        check_valid(self, result, (valid_rows, kept))


@irdl_op_definition
class Sort32Op(IRDLOperation):
    """Sort every 32 elements of a row with their indices: `%c = tile.sort32 %a, %i : T, I -> U`.

    From the largest value to the smallest, the smaller index first among equals. The result holds pairs of 8 bytes: an
    f32 and the bits of its index, or an f16, two bytes without use and the index. NaN counts as larger than infinity.
    `%i` is ui32 or i32, of the shape of `%a` or one row for all.
    """

    name = "tile.sort32"

    source = typed_operand(TileType)
    indices = typed_operand(TileType)
    result = result_def(TileType)

    traits = traits_def(Pure())

    assembly_format = "$source `,` $indices attr-dict `:` type($source) `,` type($indices) `->` type($result)"

    def __init__(self, source: SSAValue, indices: SSAValue, result_type: TileType) -> None:
        super().__init__(operands=[source, indices], result_types=[result_type])

    def verify_(self) -> None:
        source, indices, result = self.source.type, self.indices.type, self.result.type
        check_on_vector_core(self)
        check_elements(self, source, SORTABLE)
        check_elements(self, indices, INDICES)
        check_result_element(self, result, source.element_type)
        width = pair_width(source.element_type)
        (rows, columns), (valid_rows, valid_columns) = source.extents, source.valid_extents
        check_extents(self, result, (rows, columns * width))
        known = valid_columns == DYNAMIC_INDEX
        check_valid(self, result, (valid_rows, DYNAMIC_INDEX if known else valid_columns * width))
        if not known and valid_columns % SORTED_GROUP:
            raise VerifyException(
                f"TW0165: {self.name} sorts {SORTED_GROUP} elements at a time; {value_name(self.source)} has "
                f"{valid_columns} columns, fill the last {SORTED_GROUP} with tile.fill_pad min"
            )
        if indices.extents not in ((rows, columns), (1, columns)) or indices.valid_extents[1] != valid_columns:
            raise VerifyException(f"TW0110: {value_name(self.indices)} is {indices}, which does not number {source}")


@irdl_op_definition
class MergeSortOp(IRDLOperation):
    """Merge sorted lists, each one row of pairs as `tile.sort32` makes them.

    ```
    %b = tile.merge_sort %a blocks(64) : T -> T        // each four neighbouring blocks of 64 elements of one list
    %e = tile.merge_sort %a, %b, %c : T, U, V -> W     // two to four lists
    ```

    From the largest value to the smallest, the first list first among equals. A result that is shorter than its lists
    holds the largest values.
    """

    name = "tile.merge_sort"

    sources = typed_operands(TileType)
    block_length = opt_prop_def(IntegerAttr[I64])
    result = result_def(TileType)

    traits = traits_def(Pure())

    assembly_format = "$sources (`blocks` `(` $block_length^ `)`)? attr-dict `:` type($sources) `->` type($result)"

    def __init__(self, sources: Sequence[SSAValue], result_type: TileType, block_length: int | None = None) -> None:
        super().__init__(
            operands=[sources],
            result_types=[result_type],
            properties={"block_length": None if block_length is None else IntegerAttr(block_length, i64)},
        )

    @property
    def block_elements(self) -> int | None:
        """The elements of a block where the op merges the blocks of one list, else None."""
        return None if self.block_length is None else self.block_length.value.data

    def verify_(self) -> None:
        check_on_vector_core(self)
        for source in self.sources:
            check_elements(self, source.type, SORTABLE)
            check_result_element(self, self.result.type, source.type.element_type)
            if source.type.extents[0] != 1:
                raise VerifyException(f"TW0110: a sorted list is one row, not {source.type}")
        length = self.block_elements
        if length is None and 2 <= len(self.sources) <= MOST_LISTS:
            self._check_lists()
        elif length is not None and len(self.sources) == 1:
            self._check_blocks(length)
        else:
            raise VerifyException(
                f"TW0165: {self.name} takes one list and the length of its blocks, or 2 to {MOST_LISTS} lists"
            )

    def _check_blocks(self, length: int) -> None:
        source, result = self.sources[0].type, self.result.type
        check_extents(self, result, source.extents)
        check_valid(self, result, source.valid_extents)
        columns = source.valid_extents[1]
        if length < 1 or length % BLOCK_STEP or (columns != DYNAMIC_INDEX and columns % (length * MOST_LISTS)):
            raise VerifyException(
                f"TW0165: {self.name} merges four blocks at a time, each of a multiple of {BLOCK_STEP} elements; "
                f"a list of {columns} elements has no groups of four blocks of {length}"
            )

    def _check_lists(self) -> None:
        result = self.result.type
        total = sum(source.type.extents[1] for source in self.sources)
        valid = [source.type.valid_extents[1] for source in self.sources]
        wanted = result.valid_extents[1]
        if result.extents[0] != 1 or result.extents[1] > total:
            raise VerifyException(f"TW0110: lists of {total} elements do not merge into {result}")
        if DYNAMIC_INDEX in valid:
            return
        if wanted == DYNAMIC_INDEX or wanted > sum(valid):
            raise VerifyException(f"TW0162: lists of {sum(valid)} valid elements do not merge into {result}")
