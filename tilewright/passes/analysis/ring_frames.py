"""How the slots of a ring go on with the loops around: `first + i * speed`, counted in a circle."""

from __future__ import annotations

from collections.abc import Mapping

from xdsl.dialects import arith, scf
from xdsl.ir import Block, Operation, SSAValue

from tilewright.dialects.constants import constant_value
from tilewright.passes.analysis.memory_touches import MemoryObject, Touches


class RingFrames:
    """For each ring, by how many slots it goes on in an iteration of each loop."""

    def __init__(self, touches: Touches, root: Operation) -> None:
        self._speeds: dict[MemoryObject, dict[Block, int]] = {}
        for op in root.walk():
            for touch in touches.at(op):
                if touch.object.slots == 1:
                    continue
                speeds = self._speeds.setdefault(touch.object, {})
                form = None if touch.slot is None else _linear(touch.slot, touch.object.slots)
                # Accesses that go on in another way than the first are taken to reach any slot.
                for loop, speed in {} if form is None else form[0].items():
                    speeds.setdefault(loop, speed)

    def key(self, ring: MemoryObject) -> object:
        """The same for rings that go on alike."""
        return ring.slots, frozenset(self._speeds.get(ring, {}).items())

    def speed(self, key: object, loop: Block) -> int:
        """By how many slots the rings of a key go on in an iteration of a loop."""
        return next((speeds.get(loop, 0) for ring, speeds in self._speeds.items() if self.key(ring) == key), 0)

    def slot(self, ring: MemoryObject, slot: SSAValue | int, op: Operation) -> int | None:
        """The slot that an op means, less what the loops around have gone on; None where that is not known."""
        form = ({}, slot) if isinstance(slot, int) else _linear(slot, ring.slots)
        if form is None:
            return None
        speeds = self._speeds.get(ring, {})
        around = {loop: speeds[loop] for loop in _loops_around(op) if loop in speeds}
        return form[1] % ring.slots if form[0] == around else None


def _loops_around(op: Operation) -> list[Block]:
    found: list[Block] = []
    parent = op.parent_op()
    while parent is not None:
        if isinstance(parent, scf.ForOp):
            found.append(parent.body.block)
        parent = parent.parent_op()
    return found


def _linear(value: SSAValue, slots: int) -> tuple[Mapping[Block, int], int] | None:
    """`value` in a circle of `slots`, as a sum of loop variables times numbers, and a number; None for any other."""
    known = constant_value(value)
    if known is not None:
        return {}, known % slots
    owner = value.owner
    if isinstance(owner, Block):
        loop = owner.parent_op()
        return ({owner: 1}, 0) if isinstance(loop, scf.ForOp) and value is owner.args[0] else None
    match owner:
        case arith.AddiOp() | arith.SubiOp():
            left, right = _linear(owner.lhs, slots), _linear(owner.rhs, slots)
            sign = 1 if isinstance(owner, arith.AddiOp) else -1
            return None if left is None or right is None else _sum(left, right, sign, slots)
        case arith.MuliOp():
            left, right = _linear(owner.lhs, slots), _linear(owner.rhs, slots)
            if left is None or right is None or (left[0] and right[0]):
                return None
            (speeds, first), factor = (right, left[1]) if not left[0] else (left, right[1])
            return _sum(({}, 0), ({loop: speed * factor for loop, speed in speeds.items()}, first * factor), 1, slots)
        case arith.RemUIOp() | arith.RemSIOp():
            divisor = constant_value(owner.rhs)
            return _linear(owner.lhs, slots) if divisor and divisor % slots == 0 else None
        case _:
            return None


def _sum(
    left: tuple[Mapping[Block, int], int], right: tuple[Mapping[Block, int], int], sign: int, slots: int
) -> tuple[Mapping[Block, int], int]:
    speeds = {
        loop: (left[0].get(loop, 0) + sign * right[0].get(loop, 0)) % slots for loop in dict.fromkeys([*left[0], *right[0]])
    }
    return {loop: speed for loop, speed in speeds.items() if speed}, (left[1] + sign * right[1]) % slots
