"""Which tile has to be given back before another is pushed."""

from __future__ import annotations

from collections import deque

import pytest

from tilewright.dialects.pto.pipe_ends import Direction
from tilewright.execution.instructions import Channel
from tilewright.timing.exchange import Exchange
from tilewright.timing.queues import Kind


def channel(slots: int) -> Channel:
    return Channel("@f.room", 0, Direction.TO_VECTOR, 0, slots, 1024, slots, 0, None)


@pytest.mark.parametrize("slots", range(1, 10))
def test_a_push_takes_the_signals_of_groups_of_slots_in_their_order(slots: int) -> None:
    """Each signal is told by the tile that was given back last: tile n in cycle n + 1."""
    one, exchange = channel(slots), Exchange(["cube", "vector 0"])
    push, free = (exchange.passage(core, kind, one) for core, kind in (("cube", Kind.PUSH), ("vector 0", Kind.FREE)))
    count = 6 * slots
    signals = deque(tile + 1 for tile in range(count) if (tile + 1) % one.period == 0)
    for tile in range(count):
        exchange.note(free, tile + 1)
    for tile in range(count):
        waits = tile >= slots and tile % one.period == 0
        assert push.ready(tile) == (signals.popleft() if waits else 0)


def test_a_push_waits_for_both_vector_cores() -> None:
    exchange = Exchange(["cube", "vector 0", "vector 1"])
    push = exchange.passage("cube", Kind.PUSH, channel(1))
    exchange.note(exchange.passage("vector 0", Kind.FREE, channel(1)), 5)
    assert push.ready(1) is None
    exchange.note(exchange.passage("vector 1", Kind.FREE, channel(1)), 3)
    assert push.ready(1) == 5


def test_a_pop_waits_for_its_own_tile() -> None:
    exchange = Exchange(["cube", "vector 0"])
    pop = exchange.passage("vector 0", Kind.POP, channel(8))
    exchange.note(exchange.passage("cube", Kind.PUSH, channel(8)), 7)
    assert (pop.ready(0), pop.ready(1)) == (7, None)
