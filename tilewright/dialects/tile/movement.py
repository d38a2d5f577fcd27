"""Ops of the `tile` dialect that move data: global memory to tile and back, memory to memory."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Self

from xdsl.dialects.builtin import I64, DenseArrayBase, IndexType, UnitAttr, i64
from xdsl.ir import SSAValue
from xdsl.irdl import (
    AttrSizedOperandSegments,
    IRDLOperation,
    irdl_op_definition,
    opt_prop_def,
    result_def,
    traits_def,
)
from xdsl.traits import MemoryReadEffect, MemoryWriteEffect, Pure
from xdsl.utils.exceptions import VerifyException

from tilewright.dialects.fields import typed_operand, typed_operands, typed_opt_operand
from tilewright.dialects.names import value_name
from tilewright.dialects.paths import check_path
from tilewright.dialects.spaces import Space
from tilewright.dialects.tile.attributes import Atomic, AtomicAttr
from tilewright.dialects.tile.types import RingType, TensorType, TileType
from tilewright.dialects.tile.windows import check_valid_operands, check_window, touched, window_sizes


class RingUserOp(IRDLOperation, ABC):
    """An op whose result may be bound to one slot of a ring of buffers, `into %ring[%slot]`."""

    ring = typed_opt_operand(RingType)
    slot = typed_opt_operand(IndexType)
    result = result_def(TileType)

    irdl_options = (AttrSizedOperandSegments(as_property=True),)

    @abstractmethod
    def bound_to(self, ring: SSAValue, slot: SSAValue) -> Self:
        """A copy of the op whose result takes `ring[slot]`; it stands in no block yet."""

    def check_ring(self) -> None:
        """Raise unless the ring, if there is one, holds tiles of the result's type."""
        if (self.ring is None) != (self.slot is None):
            raise VerifyException("TW0105: a ring comes with a slot: into %ring[%slot]")
        if self.ring is not None and self.ring.type.tile != self.result.type:
            raise VerifyException(f"TW0105: a ring of {self.ring.type.tile} cannot hold {self.result.type}")


@irdl_op_definition
class LoadOp(RingUserOp):
    """Load a window of a tensor: `%a = tile.load %act[%c0, %k] : !tile.tensor<16x5120xi8> -> !tile.tile<16x512xi8>`.

    The window has the valid extents of the tile; what lies outside of them is undefined. `sizes [1, 16, 128]` gives the
    extents of a window of a tensor of any rank, whose leading dimensions become the rows of the tile; its valid part is
    the leading part of that. `valid(%rows, %columns)` says how much is loaded where the type of the tile has `?`.
    `transposed` makes the rows of the window the columns of the tile.
    """

    name = "tile.load"

    source = typed_operand(TensorType)
    offsets = typed_operands(IndexType)
    rows = typed_opt_operand(IndexType)
    columns = typed_opt_operand(IndexType)
    sizes = opt_prop_def(DenseArrayBase[I64])
    transposed = opt_prop_def(UnitAttr)

    traits = traits_def(MemoryReadEffect())

    assembly_format = (
        "$source `[` $offsets `]` (`sizes` $sizes^)? (`transposed` $transposed^)?"
        " (`valid` `(` $rows^ `,` $columns `)`)? (`into` $ring^ `[` $slot `]` `of` type($ring))? attr-dict"
        " `:` type($source) `->` type($result)"
    )

    def __init__(
        self,
        source: SSAValue,
        offsets: Sequence[SSAValue],
        result_type: TileType,
        ring: SSAValue | None = None,
        slot: SSAValue | None = None,
        *,
        sizes: Sequence[int] | None = None,
        rows: SSAValue | None = None,
        columns: SSAValue | None = None,
        transposed: bool = False,
    ) -> None:
        super().__init__(
            operands=[source, offsets, rows, columns, ring, slot],
            result_types=[result_type],
            properties={
                "sizes": None if sizes is None else DenseArrayBase.from_list(i64, sizes),
                "transposed": UnitAttr() if transposed else None,
            },
        )

    @property
    def is_transposed(self) -> bool:
        """Whether rows of the window are columns of the tile."""
        return self.transposed is not None

    @property
    def loaded(self) -> TileType:
        """The type of the tile as it lies in global memory."""
        tile = self.result.type
        if not self.is_transposed:
            return tile
        return TileType.of(tile.extents[::-1], tile.element_type, tile.placement, tile.valid_extents[::-1])

    @property
    def window(self) -> tuple[int, ...]:
        """The extents of the window that the tile is loaded from, one for each dimension of the tensor."""
        return window_sizes(given_sizes(self.sizes), self.source.type, self.loaded)

    def bound_to(self, ring: SSAValue, slot: SSAValue) -> Self:
        return type(self)(
            self.source,
            self.offsets,
            self.result.type,
            ring,
            slot,
            sizes=given_sizes(self.sizes),
            rows=self.rows,
            columns=self.columns,
            transposed=self.is_transposed,
        )

    def verify_(self) -> None:
        tensor, tile = self.source.type, self.result.type
        extents = touched(self.window, self.loaded.valid_extents)
        check_window(self.offsets, extents, tensor.extents, value_name(self.source))
        is_open = not tile.is_valid_static
        if (self.rows is not None, self.columns is not None) != (is_open, is_open):
            raise VerifyException(
                f"TW0162: a load of {tile} takes valid(%rows, %columns) exactly where the type leaves one open"
            )
        if self.rows is not None and self.columns is not None:
            check_valid_operands((self.rows, self.columns), tile)
        # A tile without a place is judged as if in Mat: the check is on element types only.
        check_path("gm", tile.placement or Space.MAT, tensor.element_type, tile.element_type)
        self.check_ring()


@irdl_op_definition
class StoreOp(IRDLOperation):
    """Store the valid part of a tile: `tile.store %gate, %out[%c0, %c0] : !tile.tile<…>, !tile.tensor<16x256xi32>`.

    `sizes [1, 16, 128]` gives the extents of a window of a tensor of any rank, as for `tile.load`. `atomic add` adds to
    what the tensor holds.
    """

    name = "tile.store"

    tile = typed_operand(TileType)
    target = typed_operand(TensorType)
    offsets = typed_operands(IndexType)
    sizes = opt_prop_def(DenseArrayBase[I64])
    atomic = opt_prop_def(AtomicAttr)

    traits = traits_def(MemoryWriteEffect())

    assembly_format = (
        "$tile `,` $target `[` $offsets `]` (`sizes` $sizes^)? (`atomic` $atomic^)? attr-dict"
        " `:` type($tile) `,` type($target)"
    )

    def __init__(
        self,
        tile: SSAValue,
        target: SSAValue,
        offsets: Sequence[SSAValue],
        *,
        sizes: Sequence[int] | None = None,
        atomic: Atomic | str | None = None,
    ) -> None:
        super().__init__(
            operands=[tile, target, offsets],
            properties={
                "sizes": None if sizes is None else DenseArrayBase.from_list(i64, sizes),
                "atomic": None if atomic is None else AtomicAttr(Atomic(atomic)),
            },
        )

    @property
    def window(self) -> tuple[int, ...]:
        """The extents of the window that the tile is stored to, one for each dimension of the tensor."""
        return window_sizes(given_sizes(self.sizes), self.target.type, self.tile.type)

    def verify_(self) -> None:
        tensor, tile = self.target.type, self.tile.type
        extents = touched(self.window, tile.valid_extents)
        check_window(self.offsets, extents, tensor.extents, value_name(self.target))
        # Without a place a tile may still become an accumulator, which knows the most conversions.
        same = tile.placement is None and tile.element_type == tensor.element_type
        if not same:
            check_path(tile.placement or Space.ACC, "gm", tile.element_type, tensor.element_type)


def given_sizes(sizes: DenseArrayBase[I64] | None) -> tuple[int, ...] | None:
    """The numbers of a `sizes` property, None where it is absent."""
    return None if sizes is None else tuple(sizes.get_values())


@irdl_op_definition
class MoveOp(RingUserOp):
    """Move a tile to another memory: `%l = tile.move %a : !tile.tile<16x64xi8, mat> -> !tile.tile<16x64xi8, left>`."""

    name = "tile.move"

    source = typed_operand(TileType)

    traits = traits_def(Pure())

    assembly_format = (
        "$source (`into` $ring^ `[` $slot `]` `of` type($ring))? attr-dict `:` type($source) `->` type($result)"
    )

    def __init__(
        self,
        source: SSAValue,
        result_type: TileType,
        ring: SSAValue | None = None,
        slot: SSAValue | None = None,
    ) -> None:
        super().__init__(operands=[source, ring, slot], result_types=[result_type])

    def bound_to(self, ring: SSAValue, slot: SSAValue) -> Self:
        return type(self)(self.source, self.result.type, ring, slot)

    def verify_(self) -> None:
        source, result = self.source.type, self.result.type
        if source.placement is Space.ACC and result.placement is Space.ACC:
            raise VerifyException(
                f"TW0109: an accumulator is never copied: {value_name(self.source)} would move from acc to acc "
                f"as {value_name(self.result)}"
            )
        if source.placement is None or result.placement is None:
            raise VerifyException("TW0107: a move is between two memories; both tiles need a space")
        if source.shape != result.shape or source.valid != result.valid:
            raise VerifyException(f"TW0110: a move keeps the shape, got {source} -> {result}")
        check_path(source.placement, result.placement, source.element_type, result.element_type)
        self.check_ring()


@irdl_op_definition
class ExtractOp(RingUserOp):
    """Take a window of a tile.

    `%l = tile.extract %a[%c0, %j] : !tile.tile<16x512xi8, mat> -> !tile.tile<16x128xi8, left>`
    """

    name = "tile.extract"

    source = typed_operand(TileType)
    offsets = typed_operands(IndexType)

    traits = traits_def(Pure())

    assembly_format = (
        "$source `[` $offsets `]` (`into` $ring^ `[` $slot `]` `of` type($ring))? attr-dict"
        " `:` type($source) `->` type($result)"
    )

    def __init__(
        self,
        source: SSAValue,
        offsets: Sequence[SSAValue],
        result_type: TileType,
        ring: SSAValue | None = None,
        slot: SSAValue | None = None,
    ) -> None:
        super().__init__(operands=[source, offsets, ring, slot], result_types=[result_type])

    def bound_to(self, ring: SSAValue, slot: SSAValue) -> Self:
        return type(self)(self.source, self.offsets, self.result.type, ring, slot)

    def verify_(self) -> None:
        source, result = self.source.type, self.result.type
        check_window(self.offsets, result.extents, source.extents, value_name(self.source))
        if (source.placement is None) != (result.placement is None):
            raise VerifyException("TW0107: the tiles of an extract both have a space, or neither has")
        is_in_vec = source.placement is Space.VEC and result.placement is Space.VEC
        if source.placement is None or result.placement is None or is_in_vec:
            if source.element_type != result.element_type:
                raise VerifyException(f"TW0108: an extract keeps the element type, got {source} -> {result}")
        elif result.placement not in (Space.LEFT, Space.RIGHT):
            raise VerifyException(
                f"TW0107: an extract goes from mat to left or right, or stays in vec; not from {source.placement}"
                f" to {result.placement}"
            )
        else:
            check_path(source.placement, result.placement, source.element_type, result.element_type)
        self.check_ring()
