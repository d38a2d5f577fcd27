"""`plan-core-pipes`: give the room that kernels reserve for the slots of pipes its place."""

from __future__ import annotations

from dataclasses import dataclass

from xdsl.context import Context
from xdsl.dialects.builtin import BoolAttr, IntegerAttr, ModuleOp, i32
from xdsl.passes import ModulePass

from tilewright.passes.analysis.reserved_room import place_of_room, rooms_of


@dataclass(frozen=True)
class PlanCorePipesPass(ModulePass):
    """Write a `base` into every `pto.reserve_buffer` that has none.

    Requires: every buffer in the space of the room has a constant address, as after `plan-memory`.
    Ensures: every room lies clear of the buffers of its function (TW0338), and says `auto = false`, as ptoas wants it
    at level 3.
    """

    name = "plan-core-pipes"

    def apply(self, ctx: Context, op: ModuleOp) -> None:
        for room in rooms_of(op):
            if room.start is None:
                room.start = IntegerAttr(place_of_room(room), i32)
                room.auto_alloc = BoolAttr.from_bool(False)
