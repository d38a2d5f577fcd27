"""From placed tiles to buffers: `convert-tile-to-pto`."""

from tilewright.lowering.tile_to_pto.convert import ConvertTileToPtoPass

__all__ = ["ConvertTileToPtoPass"]
