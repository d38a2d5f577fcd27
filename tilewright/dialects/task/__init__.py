"""The `task` dialect: functions that submit kernels, and what the kernels wait for."""

from xdsl.ir import Dialect

from tilewright.dialects.task.arrays import ArrayGetOp, ArrayOp, ArraySetOp, NoneOp
from tilewright.dialects.task.blocks import BlockCountOp, BlockIndexOp, PositionOp, SubblockIndexOp
from tilewright.dialects.task.functions import (
    DIRECTION,
    EARLY_DISPATCH,
    KERNEL,
    MANUAL,
    ORCHESTRATION,
    PARALLEL,
    SYNC_START,
    Direction,
    directions,
    function_of,
    is_kernel,
    is_orchestration,
    set_directions,
)
from tilewright.dialects.task.places import enclosing_scope
from tilewright.dialects.task.submission import BarrierOp, BlocksOp, DummyOp, ScopeOp, SubmitOp, TaskOp
from tilewright.dialects.task.types import ArrayType, IdType

Task = Dialect(
    "task",
    [
        ArrayGetOp,
        ArrayOp,
        ArraySetOp,
        BarrierOp,
        BlockCountOp,
        BlockIndexOp,
        DummyOp,
        NoneOp,
        ScopeOp,
        SubblockIndexOp,
        SubmitOp,
    ],
    [ArrayType, IdType],
)

__all__ = [
    "DIRECTION",
    "EARLY_DISPATCH",
    "KERNEL",
    "MANUAL",
    "ORCHESTRATION",
    "PARALLEL",
    "SYNC_START",
    "ArrayGetOp",
    "ArrayOp",
    "ArraySetOp",
    "ArrayType",
    "BarrierOp",
    "BlockCountOp",
    "BlockIndexOp",
    "BlocksOp",
    "Direction",
    "DummyOp",
    "IdType",
    "NoneOp",
    "PositionOp",
    "ScopeOp",
    "SubblockIndexOp",
    "SubmitOp",
    "Task",
    "TaskOp",
    "directions",
    "enclosing_scope",
    "function_of",
    "is_kernel",
    "is_orchestration",
    "set_directions",
]
