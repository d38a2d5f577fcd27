"""`expand-multi-tile`: a slot of a ring becomes a tile at a computed address, which ptoas 0.27 reads."""

from __future__ import annotations

from dataclasses import dataclass

from xdsl.builder import Builder
from xdsl.context import Context
from xdsl.dialects import arith
from xdsl.dialects.builtin import ModuleOp, i64
from xdsl.ir import SSAValue
from xdsl.passes import ModulePass
from xdsl.rewriter import InsertPoint, Rewriter

from tilewright.dialects.constants import constant_value
from tilewright.dialects.diagnostics import fail
from tilewright.dialects.names import value_name
from tilewright.dialects.pto import AllocMultiTileOp, AllocTileOp, MultiTileGetOp
from tilewright.passes.building import byte_constant, rename, replace_uses


def _address(builder: Builder, ring: AllocMultiTileOp, base: SSAValue, slot: SSAValue) -> SSAValue:
    """`base + slot * slot_bytes`, as a constant when the slot is known."""
    stride = ring.result.type.slot_bytes
    start, known = constant_value(base), constant_value(slot)
    if start is not None and known is not None:
        return byte_constant(builder, start + known * stride)
    wide = builder.insert(arith.IndexCastOp(slot, i64)).result
    offset = builder.insert(arith.MuliOp(wide, byte_constant(builder, stride))).result
    if start == 0:
        return offset
    return builder.insert(arith.AddiOp(offset, base)).result


def _expand(ring: AllocMultiTileOp) -> None:
    if ring.addr is None:
        fail(
            "TW0307",
            f"{value_name(ring.result)} has no address yet",
            ring,
            help=("run plan-memory first (level 3), or unroll-slots (level 2)",),
        )
    for use in list(ring.result.uses):
        get = use.operation
        assert isinstance(get, MultiTileGetOp)
        builder = Builder(InsertPoint.before(get))
        address = rename(_address(builder, ring, ring.addr, get.slot), f"{get.result.name_hint or 'tile'}_addr")
        tile = builder.insert(AllocTileOp(get.result.type, address))
        tile.location = get.location
        rename(tile.result, get.result.name_hint)
        replace_uses(get.result, tile.result)
        Rewriter.erase_op(get)
    Rewriter.erase_op(ring)


@dataclass(frozen=True)
class ExpandMultiTilePass(ModulePass):
    """Replace `pto.alloc_multi_tile` and `pto.multi_tile_get` by `pto.alloc_tile` at `base + slot * bytes`.

    Requires: rings have addresses (TW0307).
    Ensures: only ops that ptoas 0.27 knows are left; the code is the same for every number of slots.
    """

    name = "expand-multi-tile"

    def apply(self, ctx: Context, op: ModuleOp) -> None:
        for ring in [inner for inner in op.walk() if isinstance(inner, AllocMultiTileOp)]:
            _expand(ring)
