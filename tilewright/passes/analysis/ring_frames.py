"""How the slots of a ring go on with the loops around: `first + i * speed`, counted in a circle."""

from __future__ import annotations

from collections.abc import Mapping
from math import gcd

from xdsl.dialects import arith, scf
from xdsl.ir import Block, Operation, SSAValue

from tilewright.dialects.constants import constant_value
from tilewright.passes.analysis.memory_touches import MemoryObject, Touches

FrameKey = tuple[int, frozenset[tuple[Block, int]]]
"""The slots of a ring, and its speed in each loop."""

_Form = tuple[Mapping[Block, int], int]
"""A sum of loop variables times numbers, and a number."""


class RingFrames:
    """For each ring, by how many slots it goes on in an iteration of each loop."""

    def __init__(self, touches: Touches) -> None:
        self._forms: dict[tuple[SSAValue, int], _Form | None] = {}
        speeds: dict[MemoryObject, dict[Block, int]] = {}
        for _, group in touches.instructions:
            for touch in group:
                if touch.object.slots == 1:
                    continue
                of_ring = speeds.setdefault(touch.object, {})
                form = None if touch.slot is None else self._form(touch.slot, touch.object.slots)
                # Accesses that go on in another way than the first are taken to reach any slot.
                if form is not None:
                    for loop, speed in form[0].items():
                        of_ring.setdefault(loop, speed)
        self._speeds: Mapping[MemoryObject, Mapping[Block, int]] = speeds
        self._keys = {ring: (ring.slots, frozenset(found.items())) for ring, found in speeds.items()}
        self._by_key = {self._keys[ring]: found for ring, found in speeds.items()}

    def key(self, ring: MemoryObject) -> FrameKey:
        """The same for rings that go on alike."""
        return self._keys[ring]

    def speed(self, key: FrameKey, loop: Block) -> int:
        """By how many slots the rings of a key go on in an iteration of a loop."""
        return self._by_key[key].get(loop, 0)

    def slot(self, ring: MemoryObject, slot: SSAValue | int, op: Operation) -> int | None:
        """The slot that an op means, less what the loops around have gone on; None where that is not known."""
        form: _Form | None = ({}, slot) if isinstance(slot, int) else self._form(slot, ring.slots)
        if form is None:
            return None
        speeds = self._speeds[ring]
        around = {loop: speeds[loop] for loop in _loops_around(op) if loop in speeds} if speeds else {}
        return form[1] % ring.slots if form[0] == around else None

    def _form(self, slot: SSAValue, slots: int) -> _Form | None:
        if (slot, slots) not in self._forms:
            self._forms[slot, slots] = _linear(slot, slots)
        return self._forms[slot, slots]


def fixed_slot(slot: SSAValue, slots: int) -> int | None:
    """The number of a slot that is the same in all iterations of all loops; None for any other."""
    form = _linear(slot, slots)
    return None if form is None or form[0] else form[1] % slots


def _loops_around(op: Operation) -> list[Block]:
    found: list[Block] = []
    parent = op.parent_op()
    while parent is not None:
        if isinstance(parent, scf.ForOp):
            found.append(parent.body.block)
        parent = parent.parent_op()
    return found


def _linear(value: SSAValue, slots: int) -> _Form | None:
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
            times = 1 if isinstance(owner, arith.AddiOp) else -1
            return None if left is None or right is None else _sum(left, right, times, slots)
        case arith.MuliOp():
            values = (owner.lhs, owner.rhs)
            for value, factor in (values, values[::-1]):
                times = constant_value(factor)
                if times is not None:
                    # `times * value` only depends on `value` in a smaller circle.
                    form = _linear(value, slots // gcd(times, slots))
                    return None if form is None else _sum(({}, 0), form, times, slots)
            return None
        case arith.RemUIOp() | arith.RemSIOp():
            divisor = constant_value(owner.rhs)
            return _linear(owner.lhs, slots) if divisor and divisor % slots == 0 else None
        case _:
            return None


def _sum(left: _Form, right: _Form, times: int, slots: int) -> _Form:
    """`left + times * right` in a circle."""
    speeds = {
        loop: (left[0].get(loop, 0) + times * right[0].get(loop, 0)) % slots
        for loop in dict.fromkeys([*left[0], *right[0]])
    }
    return {loop: speed for loop, speed in speeds.items() if speed}, (left[1] + times * right[1]) % slots
