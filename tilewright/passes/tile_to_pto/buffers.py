"""Buffers for tiles and rings; they stand before the outermost loop that uses them."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager

from xdsl.builder import Builder
from xdsl.ir import SSAValue

from tilewright.dialects.diagnostics import fail
from tilewright.dialects.names import value_name
from tilewright.dialects.pto import (
    AllocMultiTileOp,
    AllocTileOp,
    MultiTileBufType,
    TileBufType,
)
from tilewright.dialects.tile import RingType, TileType
from tilewright.passes.building import rename


class Buffers:
    """Makes the buffers of one function."""

    def __init__(self) -> None:
        self._outermost: Builder | None = None

    @contextmanager
    def outside(self, builder: Builder) -> Generator[None]:
        """While the body of a loop is converted, buffers are made by `builder`, before the outermost loop."""
        previous = self._outermost
        self._outermost = previous or builder
        try:
            yield
        finally:
            self._outermost = previous

    def tile(self, builder: Builder, value: SSAValue) -> SSAValue:
        """A buffer for one tile."""
        buffer = (self._outermost or builder).insert(AllocTileOp(self._type(value)))
        return rename(buffer.result, value.name_hint)

    def ring(self, builder: Builder, value: SSAValue) -> SSAValue:
        """Buffers for the slots of a ring."""
        assert isinstance(value.type, RingType)
        ring = MultiTileBufType.of(self._tile_type(value, value.type.tile), value.type.slots)
        buffer = (self._outermost or builder).insert(AllocMultiTileOp(ring))
        return rename(buffer.result, value.name_hint)

    def _type(self, value: SSAValue) -> TileBufType:
        assert isinstance(value.type, TileType)
        return self._tile_type(value, value.type)

    def _tile_type(self, value: SSAValue, tile: TileType) -> TileBufType:
        if tile.placement is None:
            fail(
                "TW0304",
                f"{value_name(value)} has no space yet",
                value,
                help=("run plan-matmul and lower-matmul first, or write its space: !tile.tile<…, mat>",),
            )
        return TileBufType.of(tile.placement, tile.element_type, tile.extents, tile.valid_extents)
