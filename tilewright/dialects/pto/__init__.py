"""The `pto` dialect of ptoas 0.27: buffers, pipes and flags, in destination-passing style."""

from xdsl.ir import Dialect

from tilewright.dialects.pto.attributes import (
    AddressSpaceAttr,
    Event,
    EventAttr,
    GmLayout,
    KernelKind,
    KernelKindAttr,
    LayoutAttr,
    PipeAttr,
)
from tilewright.dialects.pto.compute import CubeOp, TMatmulAccOp, TMatmulOp
from tilewright.dialects.pto.core_ops import CORE_ATTRIBUTES, CORE_OPERATIONS
from tilewright.dialects.pto.destination import InstructionOp
from tilewright.dialects.pto.movement import TLoadOp, TMovOp, TStoreOp
from tilewright.dialects.pto.storage import AllocMultiTileOp, AllocTileOp, MultiTileGetOp
from tilewright.dialects.pto.sync import (
    BarrierOp,
    DynamicFlagOp,
    FlagOp,
    SetFlagDynOp,
    SetFlagOp,
    StaticFlagOp,
    WaitFlagDynOp,
    WaitFlagOp,
)
from tilewright.dialects.pto.tile_windows import TExtractOp
from tilewright.dialects.pto.types import (
    MultiTileBufType,
    PartitionViewType,
    PtrType,
    TensorViewType,
    TileBufType,
)
from tilewright.dialects.pto.vector_ops import VECTOR_ATTRIBUTES, VECTOR_OPS
from tilewright.dialects.pto.views import MakeTensorViewOp, PartitionViewOp

Pto = Dialect("pto", [*CORE_OPERATIONS, *VECTOR_OPS], [*CORE_ATTRIBUTES, *VECTOR_ATTRIBUTES])

__all__ = [
    "AddressSpaceAttr",
    "AllocMultiTileOp",
    "AllocTileOp",
    "BarrierOp",
    "CubeOp",
    "DynamicFlagOp",
    "Event",
    "EventAttr",
    "FlagOp",
    "GmLayout",
    "InstructionOp",
    "KernelKind",
    "KernelKindAttr",
    "LayoutAttr",
    "MakeTensorViewOp",
    "MultiTileBufType",
    "MultiTileGetOp",
    "PartitionViewOp",
    "PartitionViewType",
    "PipeAttr",
    "Pto",
    "PtrType",
    "SetFlagDynOp",
    "SetFlagOp",
    "StaticFlagOp",
    "TExtractOp",
    "TLoadOp",
    "TMatmulAccOp",
    "TMatmulOp",
    "TMovOp",
    "TStoreOp",
    "TensorViewType",
    "TileBufType",
    "WaitFlagDynOp",
    "WaitFlagOp",
]
