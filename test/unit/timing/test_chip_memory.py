"""Fair shares of a memory, and the fluid that follows them."""

from __future__ import annotations

from itertools import pairwise
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tilewright.timing.memory_sharing import Flow, SharedMemory, fair_level

DEMANDS = st.lists(st.floats(0.001, 1000), min_size=1, max_size=30)


@pytest.mark.parametrize(
    "demands, capacity, level",
    [([], 1, inf), ([1, 2], 3, inf), ([4, 4], 4, 2), ([1, 4, 4], 6, 2.5), ([1, 2, 9], 6, 3), ([5], 2, 2)],
)
def test_level(demands: list[float], capacity: float, level: float) -> None:
    assert fair_level(demands, capacity) == level


@given(demands=DEMANDS, capacity=st.floats(0.1, 5000))
def test_shares_use_what_there_is_and_no_more(demands: list[float], capacity: float) -> None:
    level = fair_level(demands, capacity)
    used = sum(min(demand, level) for demand in demands)
    assert used == pytest.approx(min(capacity, sum(demands)))


def ends(memory: SharedMemory, flows: dict[float, list[Flow]]) -> dict[int, float]:
    """Run flows that start at given times; gives when each ends."""
    found: dict[int, float] = {}
    starts = sorted(flows)
    while starts or memory.next_end < inf:
        now = min(memory.next_end, starts[0] if starts else inf)
        for key in memory.take_done(now):
            found[key] = now
        if starts and starts[0] <= now:
            for flow in flows[starts.pop(0)]:
                memory.add(flow, now)
        memory.share()
    return found


def test_two_that_ask_for_all_take_twice_as_long_while_both_run() -> None:
    memory = SharedMemory(hbm=100, l2=1000)
    found = ends(memory, {0.0: [Flow(0, 10, 100, 100)], 5.0: [Flow(1, 10, 100, 100)]})
    assert found == {0: 15, 1: 20}
    assert memory.moved == pytest.approx(2000)
    assert memory.rates[-1] == (20, 0)


def test_one_that_asks_for_little_is_not_held_up() -> None:
    memory = SharedMemory(hbm=100, l2=1000)
    found = ends(memory, {0.0: [Flow(0, 10, 10, 10), Flow(1, 10, 100, 100), Flow(2, 10, 100, 100)]})
    assert found[0] == 10
    # 45 each for 10, then 50 each.
    assert found[1] == found[2] == pytest.approx(10 + 550 / 50)


def test_what_is_in_l2_asks_nothing_of_hbm() -> None:
    memory = SharedMemory(hbm=100, l2=150)
    found = ends(memory, {0.0: [Flow(0, 10, 0, 100), Flow(1, 10, 100, 100)]})
    assert found == {0: pytest.approx(13.333333), 1: pytest.approx(13.333333)}
    assert memory.moved == pytest.approx(1000)


@given(
    flows=st.lists(
        st.tuples(st.integers(0, 20), st.floats(0.5, 50), st.floats(0.1, 300), st.floats(0, 300)),
        min_size=1,
        max_size=20,
    )
)
def test_bytes_are_kept_and_the_rate_is(flows: list[tuple[int, float, float, float]]) -> None:
    by_start: dict[float, list[Flow]] = {}
    for key, (start, alone, hbm, hits) in enumerate(flows):
        by_start.setdefault(float(start), []).append(Flow(key, alone, hbm, hbm + hits))
    memory = SharedMemory(hbm=200, l2=350)
    found = ends(memory, by_start)
    assert memory.moved == pytest.approx(sum(alone * hbm for _, alone, hbm, _ in flows))
    assert all(rate <= 200 * (1 + 1e-9) for _, rate in memory.rates)
    steps = pairwise(memory.rates)
    assert sum((end - start) * rate for (start, rate), (end, _) in steps) == pytest.approx(memory.moved)
    assert all(found[key] >= start + alone * (1 - 1e-9) for key, (start, alone, _, _) in enumerate(flows))
