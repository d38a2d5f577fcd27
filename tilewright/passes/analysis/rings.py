"""Which loads and moves of a loop body take buffers in turn.

Two attributes say so until `lower-pipeline` makes the buffers explicit: `slots` is the number of buffers, and ops with
the same `ring` share theirs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xdsl.dialects.builtin import IntegerAttr, StringAttr
from xdsl.ir import Block, Operation

from tilewright.dialects.tile import LoadOp, PipelineOp, RingUserOp, TileType

SLOTS = "slots"
RING = "ring"


@dataclass(frozen=True)
class RingGroup:
    """The ops of one loop body that share `slots` buffers of one type, in the order of their uses.

    Use `n` of the ring (`iteration * len(members) + position of the member`) takes slot `n mod slots`.
    """

    members: tuple[RingUserOp, ...]
    slots: int

    @property
    def tile(self) -> TileType:
        """The type of one buffer."""
        return self.members[0].result.type

    @property
    def name(self) -> str:
        """What the ring is called: after its role, or after its only member."""
        role = self.members[0].attributes.get(RING)
        if isinstance(role, StringAttr):
            return role.data
        return self.members[0].result.name_hint or "tile"

    @property
    def own_slots(self) -> int | None:
        """Slots per member when each member keeps to slots of its own, None when the members take turns."""
        return self.slots // len(self.members) if self.slots % len(self.members) == 0 else None


def rings_of(loop: PipelineOp) -> list[RingGroup]:
    """The rings of the ops directly in the body of a pipeline.

    An op without `slots` takes as many buffers as the pipeline has stages when it is a load, one otherwise. A ring has
    more slots than that where more of its tiles are needed at once.
    """
    groups: dict[str, list[RingUserOp]] = {}
    for op in unbound_tiles(loop.body.block):
        ring = op.attributes.get(RING)
        key = ring.data if isinstance(ring, StringAttr) else f"#{len(groups)}"
        groups.setdefault(key, []).append(op)
    return [
        RingGroup(tuple(members), _enough(members, _slots(members[0], loop.stage_count)))
        for members in _split_by_type(list(groups.values()))
    ]


def unbound_tiles(block: Block) -> list[RingUserOp]:
    """Ops of a block that make a placed tile which no ring holds yet."""
    return [
        op
        for op in block.ops
        if isinstance(op, RingUserOp) and op.ring is None and op.result.type.placement is not None
    ]


def _split_by_type(groups: Sequence[list[RingUserOp]]) -> list[list[RingUserOp]]:
    """Ops that name one ring but make tiles of different types or layouts get a ring for each."""
    result: list[list[RingUserOp]] = []
    for members in groups:
        by_type: dict[tuple[TileType, bool], list[RingUserOp]] = {}
        for op in members:
            is_transposed = isinstance(op, LoadOp) and op.is_transposed
            by_type.setdefault((op.result.type, is_transposed), []).append(op)
        result.extend(by_type.values())
    return result


def _slots(op: RingUserOp, stages: int) -> int:
    slots = op.attributes.get(SLOTS)
    if isinstance(slots, IntegerAttr):
        return slots.value.data
    return stages if isinstance(op, LoadOp) else 1


def _enough(members: Sequence[RingUserOp], slots: int) -> int:
    """At least `slots`, so that within a turn no member takes a slot whose tile is needed afterwards."""
    while any(_is_needed_after(tile, taker) for tile, taker in zip(members, members[slots:], strict=False)):
        slots += 1
    return slots


def _is_needed_after(tile: RingUserOp, taker: RingUserOp) -> bool:
    for use in tile.result.uses:
        user: Operation | None = use.operation
        while user is not None and user.parent is not taker.parent:
            user = user.parent_op()
        if user is not None and taker.is_before_in_block(user):
            return True
    return False
