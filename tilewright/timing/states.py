"""What a core's future depends on, and whether two of its states differ by a shift in time only."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from tilewright.timing.core_run import CoreRun


@dataclass(frozen=True, slots=True)
class State:
    """A core between two instructions, with no queue held up.

    Attributes:
        ready: the cycle from which each queue may go on.
        free: the cycle in which each ended what it executed last.
        starts: whether each is at the start of a stream.
        raised: the cycles in which each flag was raised and not awaited.
        counts: busy cycles and cycles of starts of each queue, how often each cost was paid.
    """

    ready: tuple[int, ...]
    free: tuple[int, ...]
    starts: tuple[bool, ...]
    raised: tuple[tuple[int, ...], ...]
    counts: tuple[int, ...]


def state_of(core: CoreRun) -> State:
    """The state of a core, none of whose queues is held up."""
    queues = core.queues.values()
    return State(
        tuple([queue.ready for queue in queues]),
        tuple([queue.free for queue in queues]),
        tuple([queue.starts for queue in queues]),
        tuple([tuple(tokens.times) for tokens in core.flags.values()]),
        (
            *[queue.busy for queue in queues],
            *[queue.start_cycles for queue in queues],
            *[cell.count for cell in core.cells],
        ),
    )


@dataclass(frozen=True, slots=True)
class Shift:
    """What one repetition of a stretch changes: cycles for what is shifted, and counts."""

    cycles: int
    old: State
    counts: Sequence[int]

    def apply(self, core: CoreRun, state: State, times: int) -> None:
        """Make `times` repetitions on a core in `state`, the one that the first stretch ended in."""
        distance = times * self.cycles
        for position, queue in enumerate(core.queues.values()):
            if state.ready[position] != self.old.ready[position]:
                queue.ready += distance
            if state.free[position] != self.old.free[position]:
                queue.free += distance
        for tokens, now, then in zip(core.flags.values(), state.raised, self.old.raised, strict=True):
            for position, (after, before) in enumerate(zip(now, then, strict=True)):
                if after != before:
                    tokens.times[position] += distance
        queues = list(core.queues.values())
        busy, starts, paid = _split(self.counts, len(queues))
        for queue, cycles, start_cycles in zip(queues, busy, starts, strict=True):
            queue.busy += times * cycles
            queue.start_cycles += times * start_cycles
        for cell, count in zip(core.cells, paid, strict=True):
            cell.count += times * count


def _split(counts: Sequence[int], queues: int) -> tuple[Sequence[int], Sequence[int], Sequence[int]]:
    return counts[:queues], counts[queues : 2 * queues], counts[2 * queues :]


def shift_between(old: State, new: State) -> Shift | None:
    """What leads from one state to the other; None when that is more than a shift of what changed at all.

    What did not change must lie before all that did: then it never was the latest of several cycles.
    """
    if old.starts != new.starts or len(old.counts) != len(new.counts):
        return None
    if [len(times) for times in old.raised] != [len(times) for times in new.raised]:
        return None
    pairs = list(_pairs(old, new))
    cycles = max(now - then for then, now in pairs)
    if cycles <= 0 or any(now - then not in (0, cycles) for then, now in pairs):
        return None
    if any(now - then not in (0, cycles) for then, now in zip(old.free, new.free, strict=True)):
        return None
    earliest = min(then for then, now in pairs if now != then)
    if any(now > earliest for then, now in pairs if now == then):
        return None
    return Shift(cycles, old, [now - then for then, now in zip(old.counts, new.counts, strict=True)])


def _pairs(old: State, new: State) -> Iterator[tuple[int, int]]:
    return chain(
        zip(old.ready, new.ready, strict=True),
        *(zip(then, now, strict=True) for then, now in zip(old.raised, new.raised, strict=True)),
    )
