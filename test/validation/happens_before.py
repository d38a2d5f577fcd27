"""Does every order that a kernel relies on follow from its flags? A checker of the instruction stream, for tests only.

Each pipe starts its instructions in order; pipes are ordered by flags and barriers alone. A vector clock per pipe says
what of the other pipes has certainly happened. Two accesses of different pipes to the same bytes, one of them a
write, have to be ordered by it. On some pipes an instruction may overtake the results of the one before it: there a
write and a later access have to be ordered as well, by a barrier of the pipe or by way of another pipe. On others that
holds for two stores to the same elements of a tensor, unless both add to them.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from math import prod

from tilewright.arch.chip import ELEMENT_BITS, Pipe, load_chip
from tilewright.dialects.pto import BarrierOp, TStoreOp
from tilewright.dialects.pto.events import BarrierSyncOp, TSyncOp
from tilewright.dialects.pto.modes import AtomicType
from tilewright.execution.instructions import Flag, Instruction, Operand, TileBuffer, Window

Clock = dict[Pipe, int]
Interval = tuple[object, int, int]
"""A memory or an argument, first byte, first byte behind."""

FlagKey = tuple[Pipe, Pipe, int]


def key_of(flag: Flag) -> FlagKey:
    """Source, target and event id of a flag."""
    return flag.source, flag.target, flag.event


def problems(stream: Iterable[Instruction]) -> Iterator[str]:
    """Everything that is wrong with the synchronisation of an instruction stream, one line each."""
    return _Checker().run(stream)


class _Checker:
    def __init__(self) -> None:
        self._clocks: dict[Pipe, Clock] = defaultdict(dict)
        self._settled: Clock = {}
        self._raised: dict[FlagKey, deque[Clock]] = defaultdict(deque)
        self._awaited: dict[FlagKey, tuple[Pipe, int]] = {}
        self._accesses: dict[bool, dict[tuple[Interval, Pipe], tuple[int, Instruction]]] = {False: {}, True: {}}

    def run(self, stream: Iterable[Instruction]) -> Iterator[str]:
        for instruction in stream:
            if instruction.flag is not None:
                yield from self._flag(instruction.flag)
            elif isinstance(instruction.op, BarrierOp | BarrierSyncOp | TSyncOp):
                self._barrier(instruction.pipe)
            else:
                yield from self._access(instruction)
        for key, left in self._raised.items():
            if left:
                yield f"{_name(key)} is raised at the end"

    def _tick(self, pipe: Pipe) -> int:
        clock = self._clocks[pipe]
        clock[pipe] = clock.get(pipe, 0) + 1
        return clock[pipe]

    def _flag(self, flag: Flag) -> Iterator[str]:
        key = key_of(flag)
        if flag.event not in range(load_chip().event_ids):
            yield f"{_name(key)} is no event of the chip"
        if flag.source is flag.target:
            yield f"{_name(key)} is a flag from a pipe to itself"
        if flag.is_set:
            # A flag holds one bit: raised before it was certainly awaited, it would be lost.
            before = self._awaited.get(key)
            if self._raised[key] or (before is not None and not self._ordered(flag.source, *before)):
                yield f"{_name(key)} is raised again before it was awaited"
            self._tick(flag.source)
            self._raised[key].append(dict(self._clocks[flag.source]))
            return
        if not self._raised[key]:
            yield f"{_name(key)} is awaited, but not raised"
            return
        message = self._raised[key].popleft()
        _join(self._clocks[flag.target], message)
        _join(self._settled, {flag.target: message.get(flag.target, 0)})
        self._awaited[key] = flag.target, self._tick(flag.target)

    def _barrier(self, pipe: Pipe) -> None:
        if pipe is not Pipe.ALL:
            self._settled[pipe] = self._clocks[pipe].get(pipe, 0)
            return
        self._settled = {each: clock.get(each, 0) for each, clock in self._clocks.items()}
        together: Clock = {}
        for clock in self._clocks.values():
            _join(together, clock)
        self._clocks = defaultdict(lambda: dict(together), {each: dict(together) for each in self._clocks})

    def _ordered(self, pipe: Pipe, other: Pipe, moment: int) -> bool:
        """Whether what `other` did at `moment` has certainly happened for `pipe`."""
        return pipe is other or self._clocks[pipe].get(other, 0) >= moment

    def _access(self, instruction: Instruction) -> Iterator[str]:
        pipe = instruction.pipe
        touched = [(operand, False) for operand in instruction.reads]
        touched += [(operand, True) for operand in instruction.writes]
        for operand, writes in touched:
            for wrote in (True, False) if writes else (True,):
                yield from self._conflicts(instruction, operand, self._accesses[wrote], wrote)
        moment = self._tick(pipe)
        for operand, writes in touched:
            # The last access of a pipe stands for all before it: they are ordered when it is.
            self._accesses[writes][_interval(operand), pipe] = moment, instruction

    def _conflicts(
        self,
        instruction: Instruction,
        operand: Operand,
        accesses: Mapping[tuple[Interval, Pipe], tuple[int, Instruction]],
        wrote: bool,
    ) -> Iterator[str]:
        space, start, end = _interval(operand)
        for ((other_space, low, high), pipe), (moment, other) in accesses.items():
            meets = space == other_space and start < high and low < end
            overtakes = wrote and pipe is instruction.pipe and self._overtakes(pipe, moment)
            if not overtakes and wrote and isinstance(operand, Window) and pipe is instruction.pipe:
                overtakes = self._stores_again(instruction, operand, other, moment)
            if meets and (overtakes or not self._ordered(instruction.pipe, pipe, moment)):
                yield f"{instruction.op.name} and {other.op.name} are not ordered: {space} {start} to {end}"

    def _stores_again(self, instruction: Instruction, window: Window, other: Instruction, moment: int) -> bool:
        """Whether both store to the same elements, and the second may be over before the first."""
        pipe = instruction.pipe
        if pipe not in load_chip().reordering_store_pipes or self._settled.get(pipe, 0) >= moment:
            return False
        stores = window in instruction.writes and not (_adds(instruction) and _adds(other))
        windows = [each for each in other.writes if isinstance(each, Window) and each.argument == window.argument]
        return stores and any(_elements(window) & _elements(each) for each in windows)

    def _overtakes(self, pipe: Pipe, moment: int) -> bool:
        """Whether the next instruction of a pipe may start before the one of that moment has ended."""
        return pipe in load_chip().overlapping_pipes and self._settled.get(pipe, 0) < moment


def _interval(operand: Operand) -> Interval:
    if isinstance(operand, TileBuffer):
        return str(operand.space), operand.address, operand.address + operand.size_bytes
    last = operand.offset + sum(
        (extent - 1) * step for extent, step in zip(operand.shape, operand.strides, strict=True)
    )
    size = ELEMENT_BITS[operand.element_type] // 8
    if prod(operand.shape) == 0:
        last = operand.offset - 1
    return operand.argument, operand.offset * size, (last + 1) * size


def _adds(instruction: Instruction) -> bool:
    return isinstance(instruction.op, TStoreOp) and instruction.op.atomic.data is AtomicType.ADD


@cache
def _elements(window: Window) -> frozenset[int]:
    found = [window.offset]
    for extent, step in zip(window.shape, window.strides, strict=True):
        found = [element + at * step for element in found for at in range(extent)]
    return frozenset(found)


def _join(clock: Clock, other: Clock) -> None:
    for pipe, moment in other.items():
        clock[pipe] = max(clock.get(pipe, 0), moment)


def _name(key: FlagKey) -> str:
    source, target, event = key
    return f"flag {event} from {source} to {target}"


def flags_of(stream: Sequence[Instruction]) -> list[FlagKey]:
    """All flags that a stream uses."""
    return list(dict.fromkeys(key_of(each.flag) for each in stream if each.flag is not None))


def without(stream: Sequence[Instruction], removed: Iterable[FlagKey]) -> list[Instruction]:
    """The stream without some flags."""
    gone = set(removed)
    return [each for each in stream if each.flag is None or key_of(each.flag) not in gone]
