"""From placed tiles to buffers: `convert-tile-to-pto`."""

from tilewright.passes.tile_to_pto.convert import ConvertTileToPtoPass

__all__ = ["ConvertTileToPtoPass"]
