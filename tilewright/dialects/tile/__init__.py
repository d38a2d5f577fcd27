"""The `tile` dialect: programs over tiles of numbers, with value semantics."""

from xdsl.ir import Dialect

from tilewright.dialects.tile.matmul import MatmulOp
from tilewright.dialects.tile.movement import ExtractOp, LoadOp, MoveOp, RingUserOp, StoreOp
from tilewright.dialects.tile.pipeline import PipelineOp, YieldOp
from tilewright.dialects.tile.storage import EmptyOp, FullOp, RingOp
from tilewright.dialects.tile.types import RingType, SpaceAttr, TensorType, TileType

Tile = Dialect(
    "tile",
    [EmptyOp, ExtractOp, FullOp, LoadOp, MatmulOp, MoveOp, PipelineOp, RingOp, StoreOp, YieldOp],
    [RingType, SpaceAttr, TensorType, TileType],
)

__all__ = [
    "EmptyOp",
    "ExtractOp",
    "FullOp",
    "LoadOp",
    "MatmulOp",
    "MoveOp",
    "PipelineOp",
    "RingOp",
    "RingType",
    "RingUserOp",
    "SpaceAttr",
    "StoreOp",
    "TensorType",
    "Tile",
    "TileType",
    "YieldOp",
]
