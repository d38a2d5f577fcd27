"""A program with flags as `sync_proof` reads it: which sites there are, and what must come after what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import lcm

from xdsl.dialects import scf
from xdsl.ir import Block, Operation, Region, SSAValue

from tilewright.arch.chip import Pipe, load_chip
from tilewright.dialects.constants import constant_value
from tilewright.dialects.pto import BarrierOp
from tilewright.passes.analysis.memory_touches import MemoryObject, OpTouch, Touches
from tilewright.passes.analysis.ring_frames import FrameKey, RingFrames
from tilewright.passes.analysis.store_sites import StoreSites
from tilewright.passes.analysis.sync_steps import (
    Await,
    Branch,
    Loop,
    Raise,
    Script,
    Settle,
    Step,
    Steps,
    Turn,
    Wheel,
    While,
    Work,
)


@dataclass(frozen=True)
class FlagUse:
    """A flag op: of which signal, whether it awaits, and for which slot."""

    signal: int
    wait: bool
    slot: SSAValue | int


@dataclass(frozen=True)
class FlagSet:
    """The event ids of a signal, and the ring whose slots they stand for."""

    from_pipe: Pipe
    to_pipe: Pipe
    first: int
    slots: int
    ring: MemoryObject | None

    def shares(self, other: FlagSet) -> bool:
        """Whether both have an event id in common."""
        same = (self.from_pipe, self.to_pipe) == (other.from_pipe, other.to_pipe)
        return same and self.first < other.first + other.slots and other.first < self.first + self.slots


class UnknownControlFlow(Exception):
    """There is an op of which it is not known how often, and in which order, its insides run."""


@dataclass
class _Masks:
    """The bits of all sites that touch an object, by slot and pipe."""

    writes: dict[tuple[int, Pipe], int] = field(default_factory=lambda: defaultdict[tuple[int, Pipe], int](int))
    reads: dict[tuple[int, Pipe], int] = field(default_factory=lambda: defaultdict[tuple[int, Pipe], int](int))


_Site = tuple[Operation, MemoryObject | None]


class ScriptWriter:
    """Writes the script of what one core runs.

    Args:
        root: a function, or a section of one.
        touches: what its ops touch.
        skipped: ops whose insides another core runs.
        flags: the flag ops of `signals`, which are the first units.
        barriers: the barriers that are units, and their numbers; any other one stays.
    """

    def __init__(
        self,
        root: Operation,
        touches: Touches,
        skipped: Collection[Operation],
        flags: Mapping[Operation, FlagUse],
        signals: Sequence[FlagSet],
        barriers: Mapping[Operation, int],
    ) -> None:
        self._root = root
        self._touches = touches
        self._skipped = skipped
        self._flags = flags
        self._signals = signals
        self._barriers = barriers
        self._frames = RingFrames(touches)
        used = {touch.pipe for _, group in touches.instructions for touch in group}
        used |= {pipe for signal in signals for pipe in (signal.from_pipe, signal.to_pipe)}
        self._pipes = {pipe: number for number, pipe in enumerate(pipe for pipe in Pipe if pipe in used)}
        self._bits: dict[_Site, tuple[int, ...]] = {}
        self._wheels: list[Wheel] = []
        self._wheel_keys: list[FrameKey] = []
        self._place_sites()
        self._masks = dict[MemoryObject, _Masks]()
        self._waits: list[dict[int, int]] = [defaultdict(int) for _ in signals]
        self._own_masks = self._fill_masks()
        self._conflicts: dict[MemoryObject, list[MemoryObject]] = {}

    def script(self) -> Script:
        """The script.

        Raises:
            UnknownControlFlow: an op runs its insides in a way of its own.
        """
        parts = tuple(tuple(self._steps(block)) for region in self._root.regions for block in region.blocks)
        return Script(parts, self._own_masks, tuple(signal.slots for signal in self._signals), tuple(self._wheels))

    def _sites(self) -> Iterator[tuple[_Site, Pipe]]:
        for op, touches in self._touches.instructions:
            for touch in touches:
                yield (op, self._ring_of(touch.object)), touch.pipe
        for op, use in self._flags.items():
            if use.wait:
                signal = self._signals[use.signal]
                yield (op, self._ring_of(signal.ring)), signal.to_pipe

    def _ring_of(self, object_: MemoryObject | None) -> MemoryObject | None:
        return object_ if object_ is not None and object_.slots > 1 else None

    def _place_sites(self) -> None:
        """Give each site its bits: one, or one for each slot of its ring."""
        by_wheel: dict[FrameKey | None, dict[_Site, None]] = {None: {}}
        for site, _ in self._sites():
            ring = site[1]
            by_wheel.setdefault(None if ring is None else self._frames.key(ring), {})[site] = None
        start = 0
        for key, sites in by_wheel.items():
            slots = 1 if key is None else key[0]
            for number, site in enumerate(sites):
                self._bits[site] = tuple(1 << start + slot * len(sites) + number for slot in range(slots))
            if key is not None:
                signals = tuple(
                    number
                    for number, signal in enumerate(self._signals)
                    if signal.ring is not None and self._frames.key(signal.ring) == key
                )
                self._wheels.append(Wheel(start, len(sites), slots, signals))
                self._wheel_keys.append(key)
            start += slots * len(sites)
        self._stores = StoreSites(self._touches.store_hazards, start, lambda store: self._bits[store, None][0])

    def _fill_masks(self) -> tuple[int, ...]:
        own = [0] * len(self._pipes)
        for site, pipe in self._sites():
            own[self._pipes[pipe]] |= sum(self._bits[site])
        for op, touches in self._touches.instructions:
            for touch in touches:
                masks = self._masks.setdefault(touch.object, _Masks())
                for slot, bit in enumerate(self._bits[op, self._ring_of(touch.object)]):
                    (masks.writes if touch.writes else masks.reads)[slot, touch.pipe] |= bit
        for op, use in self._flags.items():
            if use.wait:
                for slot, bit in enumerate(self._bits[op, self._ring_of(self._signals[use.signal].ring)]):
                    self._waits[use.signal][slot] |= bit
        for pipe, bits in self._stores.own.items():
            own[self._pipes[pipe]] |= bits
        return tuple(own)

    def _steps(self, block: Block) -> Iterator[Step]:
        for op in block.ops:
            if op in self._skipped:
                continue
            touches = self._touches.at(op)
            use = self._flags.get(op)
            if use is not None:
                yield self._flag(op, use)
            elif isinstance(op, BarrierOp):
                pipe = op.pipe.data
                if pipe is Pipe.ALL or pipe in self._pipes:
                    yield Settle(self._barriers.get(op), None if pipe is Pipe.ALL else self._pipes[pipe])
            elif touches:
                yield from self._work(op, touches)
            if op.regions and (inner := self._inside(op)) is not None:
                yield inner

    def _work(self, op: Operation, touches: Iterable[OpTouch]) -> Iterator[Step]:
        by_pipe: dict[Pipe, list[OpTouch]] = {}
        for touch in touches:
            by_pipe.setdefault(touch.pipe, []).append(touch)
        for pipe, group in by_pipe.items():
            needs, own = self._stores.needs(op, pipe), 0
            for touch in group:
                slot = self._slot(touch.object, touch.slot, op)
                needs |= self._needs(touch, slot)
                bits = self._bits[op, self._ring_of(touch.object)]
                own |= sum(bits) if slot is None else bits[slot]
            yield Work(self._pipes[pipe], needs, own)

    def _slot(self, ring: MemoryObject | None, slot: SSAValue | int | None, op: Operation) -> int | None:
        """The slot, counted from the one that the iteration starts with; None where that is not known."""
        if ring is None or ring.slots == 1:
            return 0
        return None if slot is None else self._frames.slot(ring, slot, op)

    def _needs(self, touch: OpTouch, slot: int | None) -> int:
        """What must be over before an access."""
        found = 0
        overtakes = touch.pipe in load_chip().overlapping_pipes
        for other in self._overlapping(touch.object):
            for masks, wanted in ((self._masks[other].writes, True), (self._masks[other].reads, touch.writes)):
                if not wanted:
                    continue
                writes = masks is self._masks[other].writes
                for (place, pipe), mask in masks.items():
                    if other is touch.object and slot is not None and place != slot:
                        continue
                    if pipe is not touch.pipe or (overtakes and writes):
                        found |= mask
        return found

    def _overlapping(self, object_: MemoryObject) -> list[MemoryObject]:
        known = self._conflicts.get(object_)
        if known is None:
            known = self._conflicts[object_] = [other for other in self._masks if object_.overlaps(other)]
        return known

    def _flag(self, op: Operation, use: FlagUse) -> Step:
        signal = self._signals[use.signal]
        slot = self._slot(signal.ring if signal.slots > 1 else None, use.slot, op)
        if use.wait:
            bits = self._bits[op, self._ring_of(signal.ring)]
            known = slot if len(bits) == signal.slots else None
            own = sum(bits) if known is None else bits[known]
            return Await(use.signal, self._pipes[signal.to_pipe], slot, own)
        needs = 0
        for number, other in enumerate(self._signals):
            if signal.shares(other):
                waits = self._waits[number]
                alone = number == use.signal and slot is not None and signal.slots > 1
                needs |= waits[slot] if alone and slot is not None else sum(waits.values())
        return Raise(use.signal, self._pipes[signal.from_pipe], slot, needs)

    def _inside(self, op: Operation) -> Step | None:
        match op:
            case scf.ForOp():
                return self._loop(op)
            case scf.IfOp() | scf.IndexSwitchOp():
                arms = [self._arm(region) for region in op.regions]
                return Branch(tuple(arms)) if any(arms) else None
            case scf.WhileOp():
                return While(self._arm(op.before_region), self._arm(op.after_region))
            case _:
                if any(self._touches.under(op)):
                    raise UnknownControlFlow
                return None

    def _arm(self, region: Region) -> Steps:
        """What a region does: nothing where it has no block."""
        blocks = list(region.blocks)
        if len(blocks) > 1:
            raise UnknownControlFlow
        return tuple(step for block in blocks for step in self._steps(block))

    def _loop(self, op: scf.ForOp) -> Step | None:
        body = self._arm(op.body)
        if not body:
            return None
        lower, upper, step = (constant_value(value) for value in (op.lb, op.ub, op.step))
        end = None
        if lower is not None and upper is not None and step is not None and step > 0:
            end = lower + max(0, -(-(upper - lower) // step)) * step
        block = op.body.block
        leave = self._turn(block, None if end is None else -end)
        return Loop(body, self._turn(block, lower), self._turn(block, step), leave, self._stores.past(op))

    def _turn(self, loop: Block, by: int | None) -> Turn:
        """How the wheels turn where the variable of a loop grows by a number, or by one that is not known."""
        slots = [wheel.slots for wheel in self._wheels]
        speeds = [self._frames.speed(key, loop) for key in self._wheel_keys]
        period = lcm(*(one for one, speed in zip(slots, speeds, strict=True) if speed))
        return tuple(
            dict.fromkeys(
                tuple(speed * steps % one for speed, one in zip(speeds, slots, strict=True))
                for steps in (range(period) if by is None else (by,))
            )
        )
