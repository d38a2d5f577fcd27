"""What the checker knows at one moment, without the past that led there.

Two moments with the same state have the same future, whatever is executed from then on: which accesses somebody does
not yet know to be over, and which flags are raised and what they say. Clocks only serve to compare, so what counts of
an access is who knows of it, and who will when it awaits a flag.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

from tilewright.arch.chip import load_chip
from tilewright.execution.races.clocks import PIPES, Clock
from tilewright.execution.races.knowledge import Knowledge
from tilewright.execution.races.touches import is_global

State: TypeAlias = frozenset[object]
"""Compared for equality only."""


def state_of(knowledge: Knowledge, is_past: Callable[[tuple[object, ...]], bool]) -> State | None:
    """Give the state of a run.

    Args:
        knowledge: what the checker keeps.
        is_past: whether nothing accesses a memory any more.

    None while a pipe waits for a flag that is raised later in the program.
    """
    if knowledge.waits():
        return None
    return frozenset(_facts(knowledge, is_past))


def _facts(knowledge: Knowledge, is_past: Callable[[tuple[object, ...]], bool]) -> Iterator[object]:
    flags = sorted(knowledge.flags.states(), key=lambda state: state[0])
    clocks = [*knowledge.clocks.of, *(message for _, raised, _ in flags for message in raised)]
    agents = len(knowledge.clocks.of)
    for key, raised, awaited in flags:
        yield key, len(raised), _who_knows(clocks, key[1], awaited)
    chip = load_chip()
    overlapping = [pipe in chip.overlapping_pipes for pipe in PIPES]
    reordering = [pipe in chip.reordering_store_pipes for pipe in PIPES]
    for memory, region, cell in knowledge.accesses.cells():
        if is_past(memory):
            continue
        for kind, accesses in enumerate((cell.reads, cell.writes, cell.adds)):
            for one, (moment, _) in accesses.items():
                known = _who_knows(clocks, one, moment)
                pipe = one % len(PIPES)
                stores = reordering[pipe] and is_global(memory) and accesses is not cell.reads
                ended = not (overlapping[pipe] or stores) or knowledge.clocks.settled[one] >= moment
                # What everybody knows to be over never matters again.
                if not (ended and all(known[:agents])):
                    yield memory, region, kind, one, known, ended


def _who_knows(clocks: Sequence[Clock], one: int, moment: int) -> tuple[bool, ...]:
    return tuple([clock[one] >= moment for clock in clocks])
