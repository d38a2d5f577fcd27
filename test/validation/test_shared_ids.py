"""Signals that may share an event id share one here, each two of them alone: flags still keep every order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations

import pytest
from xdsl.dialects import func
from xdsl.ir import Operation

from tilewright.arch.chip import Pipe, load_chip
from tilewright.execution.walker import walk
from tilewright.passes.analysis.memory_touches import Touches
from tilewright.passes.analysis.sync_plan import Signal, SyncPlan
from tilewright.passes.sync_writer import SyncWriter

from .compiled import compiled
from .happens_before import problems
from .random_programs import POINTERS, texts
from .slot_programs import SLOT_PROGRAMS

_SHARING = {
    0: 9,
    1: 1,
    3: 0,
    4: 8,
    5: 8,
    11: 4,
    13: 7,
    14: 9,
    20: 6,
    23: 1,
}
"""How many pairs of signals of a random program may share an id."""

_SLOTS = {"loaded-ahead": 3, "slots-in-a-branch": 2, "between-two-slots": 0, "behind-one-slot": 0}

_TEXTS = texts(1 + max(_SHARING))

CASES = [
    *(pytest.param(_TEXTS[number], count, id=f"random-{number}") for number, count in _SHARING.items()),
    *(pytest.param(SLOT_PROGRAMS[name], count, id=name) for name, count in _SLOTS.items()),
]


def _settled_plan(function: func.FuncOp) -> tuple[SyncPlan, dict[Operation, None]]:
    """A plan whose signals are all safe, and the ops before which all pipes meet for that."""
    touches, fences = Touches(function, []), dict[Operation, None]()
    while True:
        plan = SyncPlan(function, touches, [], fences, {})
        place = next((found for signal in plan.signals if (found := plan.unsafe_at(signal)) is not None), None)
        if place is None:
            return plan, fences
        fences[place] = None


def _pipes(signal: Signal) -> tuple[Pipe, Pipe]:
    return signal.channel.from_pipe, signal.channel.to_pipe


def _ids(signals: Sequence[Signal], one: int, other: int) -> list[int] | None:
    """An id for each signal, the same for two of them; None where there are not enough."""
    used: Counter[tuple[Pipe, Pipe]] = Counter()
    used[_pipes(signals[one])] = max(signals[each].channel.slots for each in (one, other))
    found = [0] * len(signals)
    for number, signal in enumerate(signals):
        if number not in (one, other):
            found[number] = used[_pipes(signal)]
            used[_pipes(signal)] += signal.channel.slots
    return found if all(number <= load_chip().event_ids for number in used.values()) else None


def _shared(plan: SyncPlan) -> Iterator[list[int]]:
    for one, other in combinations(range(len(plan.signals)), 2):
        first, second = plan.signals[one], plan.signals[other]
        if _pipes(first) == _pipes(second) and plan.may_share(first, second):
            ids = _ids(plan.signals, one, other)
            if ids is not None:
                yield ids


@pytest.mark.parametrize("text, number", CASES)
def test_two_signals_share_an_id(text: str, number: int) -> None:
    module = compiled(text, "plan-memory")
    function = next(op for op in module.ops if isinstance(op, func.FuncOp))
    plan, fences = _settled_plan(function)
    shared = list(_shared(plan))
    assert len(shared) == number
    for ids in shared:
        writer = SyncWriter.of(plan, ids, fences)
        writer.write()
        for trips in (1, 2, 5):
            for condition in (0, 1):
                found = list(problems(walk(function, [None] * POINTERS + [trips, condition])))
                assert found == [], f"{ids}, {trips} trips, condition {condition}\n{module}"
        writer.erase()
