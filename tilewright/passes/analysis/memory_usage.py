"""How much of each memory a planned program uses."""

from __future__ import annotations

from collections.abc import Mapping

from xdsl.ir import Operation

from tilewright.dialects.pto import AllocMultiTileOp, AllocTileOp
from tilewright.dialects.spaces import Space
from tilewright.passes.analysis.memory_touches import memory_object


def memory_usage(root: Operation) -> Mapping[Space, int]:
    """The highest byte in use of each memory, over all buffers under `root` with constant addresses."""
    used: dict[Space, int] = {}
    for op in root.walk():
        if isinstance(op, AllocTileOp | AllocMultiTileOp):
            found = memory_object(op)
            if found is not None and found.space is not None:
                used[found.space] = max(used.get(found.space, 0), found.end)
    return used
